"""Tables: a row is a document, the file's name the outlet. CSV here, with whatever divides its cells; rows of any kind.

The columns are found by name, as the keys of a record are. A file is streamed: a row at a time is in memory.
"""

import codecs
import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import orjson

from flows.readers.chunks import peek_chunks
from flows.readers.detect import SAMPLE_BYTE_COUNT
from flows.readers.found import FoundFile, Provenance, RawDocument, Refusal, refuse
from flows.readers.jsonl import MEDIA_TYPE
from transforms.decode import decode_payload, find_wide_encoding
from transforms.record_names import NAMES
from transforms.rejects import RejectedDocumentError

_DELIMITERS: Final = (",", ";", "\t", "|")


def read_csv(
    chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int
) -> Iterator[RawDocument | Refusal]:
    """Yield a document a row, and a refusal for each row that does not fit the heading or is above the limit.

    Args:
        chunks: The content; the first row is the heading.
        found: The file.
        source: The outlet; None for the name of the file without its endings.
        limit: Bytes of a row.

    Raises:
        RejectedDocumentError: unsupported_format, when no column holds text; bad_row or truncated, once the rows before
            the damage have been yielded; empty, when there is no row.
    """
    provenance = Provenance(found, MEDIA_TYPE, found.stem if source is None else source)
    number = found_count = 0
    try:
        rows = _read_rows(_split_lines(_decode(chunks), limit), limit)
        names = name_columns([_mend(cell) for cell in next(rows, [])], found.columns)
        for number, row in enumerate(rows, start=2):  # the heading is row 1 (RFC 7111)
            for item in _make_documents(provenance, names, row, number, limit):
                yield item
                found_count += 1
    except RejectedDocumentError as error:
        raise RejectedDocumentError(error.reason, f"{error.detail}; rows read: {max(number - 1, 0)}") from error
    if found_count == 0:
        raise RejectedDocumentError("empty", "a heading and no row")


def name_columns(columns: Sequence[str], given: Mapping[str, str] | None = None) -> list[str]:
    """Return the columns' names with ours for those that are known, whatever their case.

    Args:
        columns: As the table has them.
        given: Our name of a field -> the column that holds it, where the user says so; this goes first.

    Raises:
        RejectedDocumentError: empty, without a column; unsupported_format, when none of them holds text or pages, or
            one that the user names is not there.

    Examples:
        >>> name_columns(["Headline", "maintext", "Section"])
        ['title', 'text', 'Section']
    """
    if not columns:
        raise RejectedDocumentError("empty", "no line has anything on it")
    folded = [column.strip().casefold() for column in columns]
    renamed = list(columns)
    said = {} if given is None else given
    for field, names in NAMES.items():
        wanted = [said[field]] if field in said else names
        place = next((folded.index(name.casefold()) for name in wanted if name.casefold() in folded), None)
        if place is None and field in said:
            raise RejectedDocumentError("unsupported_format", f"a table without the column {said[field]!r}")
        if place is not None:
            renamed[place] = field
    if not {"text", "html"} & set(renamed):
        listed = ", ".join(column[:40] for column in columns[:10])
        raise RejectedDocumentError("unsupported_format", f"a table without a column of text: {listed}")
    return renamed


def make_row(provenance: Provenance, record: Mapping[str, Any], *, number: int, limit: int) -> RawDocument | Refusal:
    """Return the document of one row, or the refusal when it is too large.

    Args:
        provenance: Of the file.
        record: Column -> cell.
        number: Of the row, the first is 1.
        limit: Bytes.
    """
    payload = orjson.dumps(record, default=_to_plain, option=orjson.OPT_NON_STR_KEYS)
    anchor = f"#row={number}"
    if len(payload) > limit:
        detail = f"{len(payload):,} bytes, the limit is {limit:,}"
        return refuse(provenance.found, "too_large", detail, anchor=anchor)
    return provenance.make_document(payload, anchor=anchor)


def _make_documents(
    provenance: Provenance, names: Sequence[str], row: Sequence[str], number: int, limit: int
) -> Iterator[RawDocument | Refusal]:
    """Yield what a row of CSV is, nothing for a blank one."""
    if not any(row):
        return
    if len(row) != len(names):
        detail = f"{len(row)} cells, the heading has {len(names)}"
        yield refuse(provenance.found, "bad_row", detail, anchor=f"#row={number}")
        return
    try:
        record = {name: _mend(cell) for name, cell in zip(names, row, strict=True) if cell}
    except RejectedDocumentError as error:
        yield refuse(provenance.found, error.reason, error.detail, anchor=f"#row={number}")
        return
    yield make_row(provenance, record, number=number, limit=limit)


def _decode(chunks: Iterator[bytes]) -> Iterator[str]:
    """Yield the text; bytes that are not Unicode are escaped, to be read a cell at a time."""
    sample, chunks = peek_chunks(chunks, SAMPLE_BYTE_COUNT)
    wide = find_wide_encoding(sample)
    texts = codecs.iterdecode(chunks, wide or "utf-8", "replace" if wide else "surrogateescape")
    yield next(texts, "").removeprefix("\ufeff")
    yield from texts


def _mend(cell: str) -> str:
    """Return a cell with the bytes that were escaped read in the encoding that makes most sense of them."""
    if cell.isascii():
        return cell
    try:
        cell.encode()
    except UnicodeEncodeError:
        return decode_payload(cell.encode("utf-8", "surrogateescape")).text
    return cell


def _split_lines(texts: Iterator[str], limit: int) -> Iterator[str]:
    """Yield the lines with their ends.

    Raises:
        RejectedDocumentError: too_large.
    """
    kept = ""
    for text in texts:
        *lines, kept = (kept + text).split("\n")
        yield from (f"{line}\n" for line in lines)
        if len(kept) > limit:
            raise RejectedDocumentError("too_large", f"a line of more than {limit:,} characters")
    if kept:
        yield kept


def _read_rows(lines: Iterator[str], limit: int) -> Iterator[list[str]]:
    """Yield the rows, the heading first.

    A spreadsheet that took each line of another CSV for one cell wrote the line as a cell, and empty cells behind it:
    its rows are those in the cells.

    Raises:
        RejectedDocumentError: bad_row.
    """
    heading = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=heading.count)
    csv.field_size_limit(limit)  # the standard library's own limit is 131,072 characters
    try:
        first = next(csv.reader([heading], delimiter=delimiter), [])
        inner = _find_inner_delimiter(first, delimiter)
        for row in chain([first] if first else [], csv.reader(lines, delimiter=delimiter)):
            yield row if inner is None else _unwrap(row, delimiter, inner)
    except csv.Error as error:
        raise RejectedDocumentError("bad_row", f"{error}; a quotation mark that is not closed, most likely") from error


def _find_inner_delimiter(heading: Sequence[str], delimiter: str) -> str | None:
    """Return what divides the cells of a heading that is all in its first cell; None for an ordinary one."""
    if len(heading) <= 1 or any(heading[1:]):
        return None
    inner = max((other for other in _DELIMITERS if other != delimiter), key=heading[0].count)
    return inner if inner in heading[0] else None


def _unwrap(row: Sequence[str], delimiter: str, inner: str) -> list[str]:
    """Return the cells of a row that is the first cell of another."""
    line = delimiter.join(row).rstrip(delimiter)
    return next(csv.reader(line.splitlines(keepends=True), delimiter=inner), [])


def _to_plain(value: object) -> object:
    """Return a value that JSON does not have as text."""
    return decode_payload(value).text if isinstance(value, bytes) else str(value)
