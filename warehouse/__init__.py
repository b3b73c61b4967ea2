"""The only place that imports duckdb; the SQL lives beside it in .sql files."""
