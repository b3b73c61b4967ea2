"""Past intervals loaded in order: which there are, what is to be done about each, and doing it."""
