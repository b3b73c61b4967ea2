"""The answer to a query written out: as a table for people, as CSV, JSON, JSON Lines or Parquet for programs."""

import csv
import io
import os
import secrets
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq
from rich.table import Table
from rich.text import Text

from flows.errors import DatelineError
from flows.terminal import make_console, make_printable
from warehouse.query import QueryResult
from warehouse.query_protocol import Shape

_SHOWN_BREAKS: Final = str.maketrans({"\n": "⏎", "\r": "⏎", "\t": " "})


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    PARQUET = "parquet"

    @property
    def shape(self) -> Shape:
        """The form in which the database hands over the rows."""
        return _SHAPES[self]


_SHAPES: Final = {
    Format.TABLE: Shape.TEXT,
    Format.CSV: Shape.CSV,
    Format.JSON: Shape.JSON,
    Format.JSONL: Shape.JSON,
    Format.PARQUET: Shape.ARROW,
}


def write_answer(result: QueryResult, form: Format, sink: BinaryIO) -> None:
    """Write an answer; memory is bounded by one batch, except for a table.

    Args:
        result: The answer, in the shape ``form.shape``.
        form: How to write it.
        sink: Where to; it is flushed.

    Raises:
        QueryError: The query failed on the way.
    """
    _WRITERS[form](result, sink)
    sink.flush()


def _write_table(result: QueryResult, sink: BinaryIO) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in result.columns:
        name = Text(_put_on_line(column.name))
        table.add_column(name, justify="right" if column.is_number else "left", overflow="fold")
    for batch in result:
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            table.add_row(*(_show(value) for value in row))
    console = make_console(io.TextIOWrapper(sink, encoding="utf-8", write_through=True))
    console.print(table)
    console.file.detach()  # type: ignore[attr-defined]  # the sink is the caller's to close


def _show(value: str | None) -> Text:
    """Return a value that cannot steer the terminal; a null looks like no text can."""
    return Text("null", style="dim italic") if value is None else Text(_put_on_line(value))


def _put_on_line(text: str) -> str:
    """Return text on one line, its line ends shown."""
    return text if text.isprintable() else make_printable(text.translate(_SHOWN_BREAKS))


def _write_csv(result: QueryResult, sink: BinaryIO) -> None:
    header = io.StringIO()
    csv.writer(header, lineterminator=os.linesep).writerow(column.name for column in result.columns)
    sink.write(header.getvalue().encode())
    sink.writelines(f"{line}{os.linesep}".encode() for line in _list_lines(result))


def _write_json(result: QueryResult, sink: BinaryIO) -> None:
    sink.write(b"[")
    sink.writelines(f"{',' if number else ''}\n{line}".encode() for number, line in enumerate(_list_lines(result)))
    sink.write(b"\n]\n")


def _write_json_lines(result: QueryResult, sink: BinaryIO) -> None:
    sink.writelines(f"{line}\n".encode() for line in _list_lines(result))


def _list_lines(result: QueryResult) -> Iterator[str]:
    for batch in result:
        yield from batch.column(0).to_pylist()


def _write_parquet(result: QueryResult, sink: BinaryIO) -> None:
    with pq.ParquetWriter(sink, result.schema, compression="zstd") as writer:
        for batch in result:
            writer.write_table(pa.Table.from_batches([batch], schema=result.schema))


_WRITERS: Final[Mapping[Format, Callable[[QueryResult, BinaryIO], None]]] = {
    Format.TABLE: _write_table,
    Format.CSV: _write_csv,
    Format.JSON: _write_json,
    Format.JSONL: _write_json_lines,
    Format.PARQUET: _write_parquet,
}


@contextmanager
def open_output(path: Path | None) -> Iterator[BinaryIO]:
    """Give standard output, or a file that gets its name only when all of it is written.

    Through a link its target is written; a device or a pipe is written to as it is.

    Args:
        path: The file; None for standard output.

    Raises:
        DatelineError: The file cannot be written.
    """
    if path is None:
        yield from _give_standard_output()
        return
    if path.exists() and not path.is_file():
        with _translated(path), path.open("wb") as file:
            yield file
        return
    path = path.resolve()
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    with _translated(path):
        try:
            with temporary.open("xb") as file:
                yield file
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def _give_standard_output() -> Iterator[BinaryIO]:
    """Yield standard output such that all it is given is written: without a buffer it may write a part, and say so."""
    if not isinstance(sys.stdout.buffer, io.RawIOBase):
        yield sys.stdout.buffer
        return
    with open(sys.stdout.fileno(), "wb", closefd=False) as file:
        yield file


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Make errors of the disk ours."""
    try:
        yield
    except OSError as error:
        raise DatelineError(f"cannot write {path}: {error.strerror or error}") from error
