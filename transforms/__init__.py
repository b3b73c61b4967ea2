"""Pure functions: a polars frame or a spaCy Doc in, the same out. No I/O, no clock, no randomness."""
