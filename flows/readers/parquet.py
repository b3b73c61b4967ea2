"""Parquet: a row is a document, the file's name the outlet."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from flows.readers.found import FoundFile, Provenance, RawDocument, Refusal, refuse
from flows.readers.jsonl import MEDIA_TYPE
from flows.readers.table import make_row, name_columns
from transforms.rejects import RejectedDocumentError

_BATCH_ROWS = 64

Row = tuple[Any, ...]


def read_parquet_rows(
    chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int
) -> Iterator[RawDocument | Refusal]:
    """Yield a document a row, and a refusal for each row above the limit or with a value that cannot be read.

    Memory is bounded by the largest row group of the file.

    Args:
        chunks: Not read: the format is not for streams, the file is opened anew.
        found: The file.
        source: The outlet; None for the name of the file without its endings.
        limit: Bytes of a row, as JSON.

    Raises:
        RejectedDocumentError: unsupported_format, when no column holds text; truncated, once the rows before the damage
            have been yielded; empty.
    """
    del chunks
    provenance = Provenance(found, MEDIA_TYPE, found.stem if source is None else source)
    number = 0
    try:
        # The library opens no file whose name is not UTF-8.
        with found.open() as opened, pq.ParquetFile(opened) as file:
            names = name_columns(file.schema_arrow.names, found.columns)
            for batch in file.iter_batches(batch_size=_BATCH_ROWS):
                rows = _list_rows(batch)
                for number, row in enumerate(rows, start=number + 1):  # noqa: B020  goes on from the last number
                    if isinstance(row, ValueError | OverflowError):
                        yield refuse(found, "bad_row", f"a value that cannot be read: {row}", anchor=f"#row={number}")
                    else:
                        yield make_row(provenance, dict(zip(names, row, strict=True)), number=number, limit=limit)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # the last: a column's name
        cause = str(error).partition("\n")[0]
        raise RejectedDocumentError("truncated", f"not whole: {cause}; rows read: {number}") from error
    if number == 0:
        raise RejectedDocumentError("empty", "the table has no row")


def _list_rows(batch: pa.RecordBatch) -> list[Row | ValueError | OverflowError]:
    """Return the rows; of one with a value that Python has not (a date past the year 9999, broken UTF-8) the error."""
    columns = [_drop_nanoseconds(column) for column in batch.columns]
    try:
        return list(zip(*(column.to_pylist() for column in columns), strict=True))
    except (ValueError, OverflowError):
        return [_get_row(columns, number) for number in range(batch.num_rows)]


def _drop_nanoseconds(column: pa.Array) -> pa.Array:
    """Return a column of points in time to the microsecond: Python knows no less."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column


def _get_row(columns: Sequence[pa.Array], number: int) -> Row | ValueError | OverflowError:
    try:
        return tuple(column[number].as_py() for column in columns)
    except (ValueError, OverflowError) as error:
        return error
