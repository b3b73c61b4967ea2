def sql() -> None:
    """Ask."""
