"""JSON Lines: a line is a document, the file's name the outlet. Lines are not parsed here.

The file is streamed: what is in memory at a time is a chunk and the line that is not complete yet, never more than the
limit of a document and a chunk. A file in UTF-16 or UTF-32 is handed on as UTF-8, or its lines could not be told apart.
"""

import codecs
from collections.abc import Iterator
from typing import Final, NamedTuple

from flows.readers.chunks import peek_chunks
from flows.readers.detect import SAMPLE_BYTE_COUNT
from flows.readers.found import FoundFile, Provenance, RawDocument, Refusal, refuse
from flows.readers.text import join_chunks
from transforms.decode import find_wide_encoding
from transforms.rejects import RejectedDocumentError

MEDIA_TYPE: Final = "application/json"


class Line(NamedTuple):
    """A line that is not blank.

    Attributes:
        number: 1 is the first line of the file, blank ones counted.
        content: None when it is larger than the limit.
        byte_count: Its length.
    """

    number: int
    content: bytes | None
    byte_count: int


def read_json_lines(
    chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int
) -> Iterator[RawDocument | Refusal]:
    """Yield a document a line, and a refusal for each line above the limit.

    Args:
        chunks: The content.
        found: The file.
        source: The outlet; None for the name of the file without its endings.
        limit: Bytes of a line.

    Raises:
        RejectedDocumentError: truncated, once the complete lines before the damage have been yielded; empty, when all
            lines are blank.
    """
    provenance = Provenance(found, MEDIA_TYPE, found.stem if source is None else source)
    number = 0
    try:
        for number, content, byte_count in split_lines(to_utf8(chunks), limit=limit):
            if content is None:
                detail = f"{byte_count:,} bytes, the limit is {limit:,}"
                yield refuse(found, "too_large", detail, anchor=f"#L{number}")
            else:
                yield provenance.make_document(content, anchor=f"#L{number}")
    except RejectedDocumentError as error:
        raise RejectedDocumentError(error.reason, f"{error.detail}; lines read: {number}") from error
    if number == 0:
        raise RejectedDocumentError("empty", "no line has anything on it")


def read_json(chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int) -> Iterator[RawDocument]:
    """Yield the one document of a file that holds one JSON object over several lines.

    Args:
        chunks: The content.
        found: The file.
        source: The outlet; None for the name of the folder.
        limit: Bytes.

    Raises:
        RejectedDocumentError: too_large, truncated.
    """
    provenance = Provenance(found, MEDIA_TYPE, found.folder_name if source is None else source)
    yield provenance.make_document(join_chunks(chunks, limit=limit))


def to_utf8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the chunks as UTF-8 without a byte order mark when they are Unicode of another kind, else as they are."""
    sample, chunks = peek_chunks(chunks, SAMPLE_BYTE_COUNT)
    wide = find_wide_encoding(sample)
    if wide is not None:
        chunks = (text.encode() for text in codecs.iterdecode(chunks, wide, "replace"))
    yield next(chunks, b"").removeprefix(codecs.BOM_UTF8)
    yield from chunks


def split_lines(chunks: Iterator[bytes], *, limit: int) -> Iterator[Line]:
    """Yield the lines that are not blank; what follows the last line end counts as a line unless an error ends it."""
    number, kept, skipped = 1, bytearray(), 0
    for chunk in chunks:
        first, *others = chunk.split(b"\n")
        kept += first
        if others:
            yield from _make_line(number, bytes(kept), skipped, limit)
            for number, content in enumerate(others[:-1], number + 1):  # noqa: B020  goes on from the last number
                yield from _make_line(number, content, 0, limit)
            number, kept, skipped = number + 1, bytearray(others[-1]), 0
        if len(kept) > limit:
            # Too large already: only its length still matters.
            skipped += len(kept) - 1
            del kept[1:]
    yield from _make_line(number, bytes(kept), skipped, limit)


def _make_line(number: int, kept: bytes, skipped: int, limit: int) -> Iterator[Line]:
    """Yield a line unless it is blank, without its content when it is too large."""
    byte_count = len(kept) + skipped
    if byte_count > limit:
        yield Line(number, None, byte_count)
    elif kept.strip():
        yield Line(number, kept.removesuffix(b"\r"), byte_count)
