"""From paths to batches of raw documents: the unit in which the rest of the run works."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Final

import polars as pl

from flows.readers.archives import Member, read_tar, read_zip
from flows.readers.chunks import peek_chunks, read_chunks
from flows.readers.detect import SAMPLE_BYTE_COUNT, Format, detect_format
from flows.readers.feed import read_feed
from flows.readers.found import FoundFile, Link, RawDocument, Refusal, refuse
from flows.readers.html import MEDIA_TYPE as HTML_MEDIA_TYPE
from flows.readers.html import read_html
from flows.readers.json_list import read_json_list
from flows.readers.jsonl import read_json, read_json_lines
from flows.readers.parquet import read_parquet_rows
from flows.readers.sitemap import read_sitemap
from flows.readers.table import read_csv
from flows.readers.text import read_text
from flows.readers.url_list import read_url_list
from flows.readers.walk import require_paths, walk_paths
from flows.readers.warc import read_warc
from flows.readers.wire import read_wire
from transforms.rejects import RejectedDocumentError
from transforms.schemas import RAW_DOCUMENT, REJECT

ReadItem = RawDocument | Refusal | Link
"""What a reader yields."""

MAX_DOCUMENT_BYTES: Final = 32 * 1024 * 1024
BATCH_BYTES: Final = 500_000

_READERS: Final[dict[Format, Callable[..., Iterator[ReadItem]]]] = {
    Format.TEXT: read_text,
    Format.HTML: read_html,
    Format.JSON_LINES: read_json_lines,
    Format.JSON: read_json,
    Format.JSON_LIST: read_json_list,
    Format.CSV: read_csv,
    Format.PARQUET: read_parquet_rows,
    Format.WARC: read_warc,
    Format.FEED: read_feed,
    Format.SITEMAP: read_sitemap,
    Format.WIRE: read_wire,
    Format.URL_LIST: read_url_list,
}
_NEEDS_FILE: Final = frozenset({Format.ZIP, Format.TAR, Format.PARQUET})
"""What is not read as a stream, or not from within an archive: archives in archives may unfold without end."""

_HTML_BYTES_A_TEXT_BYTE: Final = 10  # most of a page is markup
_MAX_REJECT_COUNT: Final = 1000  # in a batch, so that a folder full of films needs no memory
_MAX_LINK_COUNT: Final = 1000  # in a batch: a sitemap has 50,000
_CUT_DIGITS: Final = "01"  # first hex digits of the hash after which a batch may end: 1 document in 8


@dataclass(frozen=True, kw_only=True)
class ReadBatch:
    """Documents that are worked on together, and what was refused or is to be fetched on the way to them.

    Attributes:
        documents: ``schemas.RAW_DOCUMENT``; may be empty.
        rejects: ``schemas.REJECT``.
        links: What is to be fetched, in the order of reading.
    """

    documents: pl.DataFrame
    rejects: pl.DataFrame
    links: tuple[Link, ...]


@dataclass
class _Filling:
    """A batch in the making.

    Attributes:
        documents: In the order of reading.
        rejects: The same.
        links: The same.
        byte_count: Of text in the documents.
    """

    documents: list[RawDocument] = field(default_factory=list)
    rejects: list[Refusal] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    byte_count: int = 0


def read_paths(
    paths: Sequence[Path],
    *,
    source: str | None,
    columns: Mapping[str, str] | None = None,
    max_document_bytes: int = MAX_DOCUMENT_BYTES,
    batch_bytes: int = BATCH_BYTES,
) -> Iterator[ReadBatch]:
    """Return the documents under paths in batches, in an order that does not depend on the order of paths.

    A batch has at most ``batch_bytes`` of payload (a page counts a tenth, most of it is markup), or one document that
    is larger. From half of that on it ends after a document whose hash says so: when a file is added to a folder, only
    the batches near it change, and the others are known from the last run.

    Args:
        paths: Files and folders, see ``flows.readers.walk``.
        source: The outlet of documents that do not name one; None to tell it from folder and file names.
        columns: Of tables: our name of a field -> the column that holds it; None to tell all by their names.
        max_document_bytes: Larger documents are refused, unpacked size.
        batch_bytes: Bytes.

    Raises:
        UsageError: There is nothing at a path; raised at the call, before anything is read.
    """
    require_paths(paths)
    found = _name_columns(walk_paths(paths), columns or {})
    documents = _read_all(found, source=source, limit=max_document_bytes)
    return _fill_batches(documents, batch_bytes=batch_bytes)


def read_file(found: FoundFile, *, source: str | None, limit: int) -> Iterator[ReadItem]:
    """Yield the documents of a file, the refusals and the links; an error of the file is a refusal too.

    Args:
        found: The file.
        source: The outlet of documents that do not name one.
        limit: Bytes of a document.
    """
    try:
        with found.open() as file:
            yield from read_file_object(file, found, source=source, limit=limit)
    except OSError as error:
        yield refuse(found, "unreadable", error.strerror or str(error))


def read_file_object(file: IO[bytes], found: FoundFile, *, source: str | None, limit: int) -> Iterator[ReadItem]:
    """Yield what is in a file that is open, as ``read_file`` does it.

    Args:
        file: At its beginning.
        found: What it is called and where it is from.
        source: The outlet of documents that do not name one.
        limit: Bytes of a document.

    Raises:
        OSError: It cannot be read.
    """
    try:
        yield from _read_chunks(read_chunks(file), found, source=source, limit=limit)
    except RejectedDocumentError as error:
        yield refuse(found, error.reason, error.detail)


def _read_chunks(chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int) -> Iterator[ReadItem]:
    """Yield what the reader makes of the file that its format asks for.

    Raises:
        RejectedDocumentError: The file is refused, or what is left of it.
    """
    sample, chunks = peek_chunks(chunks, SAMPLE_BYTE_COUNT)
    if not sample:
        next(chunks, None)  # a packed file may be damaged, and then that is what to say of it
        raise RejectedDocumentError("empty", "no bytes")
    form = detect_format(sample, found.path.name)
    if form in _NEEDS_FILE and not found.is_whole:
        raise RejectedDocumentError("unsupported_format", f"{form.value} inside an archive: unpack it")
    if form is Format.ZIP:
        yield from _read_members(read_zip(found), source=source, limit=limit)
    elif form is Format.TAR:
        yield from _read_members(read_tar(chunks, found), source=source, limit=limit)
    else:
        for item in _READERS[form](chunks, found, source=source, limit=limit):
            yield item._replace(reader=form.name.lower()) if isinstance(item, RawDocument) else item


def _read_members(members: Iterator[Member | Refusal], *, source: str | None, limit: int) -> Iterator[ReadItem]:
    """Yield what the files in an archive hold, and the refusals.

    Raises:
        RejectedDocumentError: empty, when there is no file in it; truncated.
    """
    is_empty = True
    for member in members:
        is_empty = False
        if isinstance(member, Refusal):
            yield member
            continue
        found, chunks = member
        try:
            yield from _read_chunks(chunks, found, source=source, limit=limit)
        except RejectedDocumentError as error:
            yield refuse(found, error.reason, error.detail)
    if is_empty:
        raise RejectedDocumentError("empty", "the archive holds no file")


def _name_columns(walked: Iterator[FoundFile | Refusal], columns: Mapping[str, str]) -> Iterator[FoundFile | Refusal]:
    """Yield the files, each with what the user says of its columns."""
    for found in walked:
        yield replace(found, columns=columns) if columns and isinstance(found, FoundFile) else found


def _read_all(files: Iterator[FoundFile | Refusal], *, source: str | None, limit: int) -> Iterator[ReadItem]:
    """Yield what all files hold."""
    for found in files:
        if isinstance(found, Refusal):
            yield found
        else:
            yield from read_file(found, source=source, limit=limit)


def _fill_batches(read: Iterator[ReadItem], *, batch_bytes: int) -> Iterator[ReadBatch]:
    """Yield batches, filled in order."""
    filling = _Filling()
    for item in read:
        if isinstance(item, Refusal):
            filling.rejects.append(item)
            is_cut = len(filling.rejects) >= _MAX_REJECT_COUNT
        elif isinstance(item, Link):
            filling.links.append(item)
            is_cut = len(filling.links) >= _MAX_LINK_COUNT
        else:
            weight = weigh(item)
            if filling.documents and filling.byte_count + weight > batch_bytes:
                yield make_batch(filling.documents, filling.rejects, filling.links)
                filling = _Filling()
            filling.documents.append(item)
            filling.byte_count += weight
            is_cut = filling.byte_count >= batch_bytes / 2 and item.raw_hash[0] in _CUT_DIGITS
        if is_cut:
            yield make_batch(filling.documents, filling.rejects, filling.links)
            filling = _Filling()
    if filling.documents or filling.rejects or filling.links:
        yield make_batch(filling.documents, filling.rejects, filling.links)


def weigh(document: RawDocument) -> int:
    """Return the bytes of text a document has, about."""
    byte_count = len(document.payload)
    return byte_count // _HTML_BYTES_A_TEXT_BYTE if document.media_type == HTML_MEDIA_TYPE else byte_count


def make_batch(documents: Sequence[RawDocument], rejects: Sequence[Refusal], links: Sequence[Link] = ()) -> ReadBatch:
    """Return documents, refusals and links as a batch."""
    return ReadBatch(
        documents=_to_frame(documents, RAW_DOCUMENT), rejects=_to_frame(rejects, REJECT), links=tuple(links)
    )


def _to_frame(rows: Sequence[RawDocument] | Sequence[Refusal], schema: pl.Schema) -> pl.DataFrame:
    """Return rows, whose fields are the columns in order, as a frame."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame(
        [pl.Series(name, values, dtype) for (name, dtype), values in zip(schema.items(), columns, strict=True)]
    )
