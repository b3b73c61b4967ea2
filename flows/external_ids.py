"""Reads the table of ids that entities have elsewhere, such as an extract of Wikidata: CSV or Parquet."""

from pathlib import Path
from typing import Final

import polars as pl
from polars.exceptions import PolarsError

from flows.errors import UsageError
from transforms.external_names import EXTERNAL_NAME, EXTERNAL_TABLE, REQUIRED, expand_external_names

_ENDINGS: Final = (".csv", ".parquet")


def read_external_names(path: Path | None) -> pl.DataFrame:
    """Return the names that a table has ids for (``EXTERNAL_NAME``); none without a table.

    Raises:
        UsageError: It cannot be read, or has not the columns that are needed.
    """
    if path is None:
        return EXTERNAL_NAME.to_frame()
    if path.suffix.lower() not in _ENDINGS:
        raise UsageError(f"DATELINE_EXTERNAL_IDS: {path} is neither .csv nor .parquet: name a file of one of the two")
    try:
        is_csv = path.suffix.lower() == ".csv"
        table = pl.read_csv(path, infer_schema=False, glob=False) if is_csv else pl.read_parquet(path, glob=False)
        return expand_external_names(_select_columns(table, path))
    except (OSError, PolarsError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise UsageError(f"DATELINE_EXTERNAL_IDS: cannot read {path}: {reason}") from error


def _select_columns(table: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Return the table with the columns that count, those that it has not null, as text."""
    missing = [name for name in REQUIRED if name not in table.columns]
    if missing:
        raise UsageError(f"DATELINE_EXTERNAL_IDS: {path} has no column {', '.join(missing)}: add it to the heading")
    columns = [
        (pl.col(name) if name in table.columns else pl.lit(None)).cast(dtype).str.strip_chars().replace("", None)
        for name, dtype in EXTERNAL_TABLE.items()
    ]
    names = EXTERNAL_TABLE.names()
    chosen = table.select(column.alias(name) for column, name in zip(columns, names, strict=True))
    return chosen.filter(pl.all_horizontal(pl.col(REQUIRED).is_not_null()))
