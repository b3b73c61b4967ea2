"""JSON lists: an element is a document, the file's name the outlet. ``[...]``, or ``{"articles": [...]}``.

The file is streamed: what is in memory at a time is one element, never more than the limit of a document and a piece.
An element is kept as JSON with the same content, not byte for byte: where it begins and ends only its parser knows.
"""

import codecs
import json
from collections.abc import Iterator
from typing import Any, Final

import ijson
import orjson
from ijson.common import ObjectBuilder

from flows.readers.chunks import peek_chunks
from flows.readers.detect import SAMPLE_BYTE_COUNT
from flows.readers.found import FoundFile, Provenance, RawDocument, Refusal
from flows.readers.json_shape import ENDS, MAX_DIGIT_COUNT, STARTS, find_list, has_long_number
from flows.readers.jsonl import MEDIA_TYPE
from transforms.decode import find_wide_encoding
from transforms.rejects import RejectedDocumentError

MAX_DEPTH: Final = 100
"""Elements nested deeper are refused: no article is, and a parser may be attacked with it."""

_PIECE_BYTE_COUNT: Final = 1 << 16


def read_json_list(
    chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int
) -> Iterator[RawDocument | Refusal]:
    """Yield a document an element.

    Args:
        chunks: The content.
        found: The file.
        source: The outlet; None for the name of the file without its endings.
        limit: Bytes of an element; the file is not read past a larger one.

    Raises:
        RejectedDocumentError: bad_json, too_large or truncated, once the elements before it have been yielded; empty.
    """
    provenance = Provenance(found, MEDIA_TYPE, found.stem if source is None else source)
    sample, texts = peek_chunks(_decode(chunks), SAMPLE_BYTE_COUNT)
    key = find_list(sample) or ""
    number = 0
    try:
        for number, element in enumerate(_list_elements(texts, key, limit), start=1):
            anchor = f"#/{key}/{number - 1}" if key else f"#/{number - 1}"
            yield provenance.make_document(_dump(element), anchor=anchor)
    except RejectedDocumentError as error:
        raise RejectedDocumentError(error.reason, f"{error.detail}; elements read: {number}") from error
    if number == 0:
        raise RejectedDocumentError("empty", "the list has no element")


def _decode(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the chunks as UTF-8 that is whole; bytes that are broken become U+FFFD."""
    sample, chunks = peek_chunks(chunks, SAMPLE_BYTE_COUNT)
    encoding = find_wide_encoding(sample) or "utf-8"
    texts = codecs.iterdecode(chunks, encoding, "replace")
    yield next(texts, "").removeprefix("\ufeff").encode()
    for text in texts:
        yield text.encode()


class _Source:
    """The text as a file for the parser, with an eye on how much of it belongs to one element."""

    def __init__(self, chunks: Iterator[bytes], limit: int) -> None:
        self._pieces = _cut(chunks)
        self._limit = limit
        self._pending = 0
        self._tail = b""

    def read(self, size: int) -> bytes:
        """Return the next piece; nothing at the end.

        Raises:
            RejectedDocumentError: too_large, bad_json.
        """
        if size == 0:  # asked to learn the type
            return b""
        if self._pending > self._limit:
            raise RejectedDocumentError("too_large", f"an element of more than {self._limit:,} bytes")
        piece = next(self._pieces, b"")
        seen = self._tail + piece
        if has_long_number(seen):
            raise RejectedDocumentError("bad_json", f"more than {MAX_DIGIT_COUNT:,} digits in a row")
        self._tail = seen[-MAX_DIGIT_COUNT:]
        self._pending += len(piece)
        return piece

    def start_element(self) -> None:
        """Count anew."""
        self._pending = 0


def _list_elements(chunks: Iterator[bytes], key: str, limit: int) -> Iterator[Any]:
    """Yield the elements of the list, or of the lists where several JSON texts follow each other."""
    source = _Source(chunks, limit)
    events = ijson.basic_parse(source, buf_size=_PIECE_BYTE_COUNT, multiple_values=True)
    try:
        for element in _build_elements(events, key):
            yield element
            source.start_element()
    except ijson.JSONError as error:
        raise RejectedDocumentError("bad_json", _describe(error)) from error


def _build_elements(events: Iterator[tuple[str, Any]], key: str) -> Iterator[Any]:
    """Yield the elements that the events of a parser describe.

    Raises:
        RejectedDocumentError: bad_json, when they are nested too deeply.
    """
    list_depth = 2 if key else 1
    depth, name, in_list, builder = 0, "", False, None
    for event, value in events:
        depth -= event in ENDS
        if in_list and depth < list_depth:
            in_list = False
        elif in_list:
            builder = ObjectBuilder() if builder is None else builder
            builder.event(event, value)
            if depth == list_depth and event not in STARTS:
                yield builder.value
                builder = None
        elif event == "map_key" and depth == 1:
            name = value
        elif event == "start_array" and depth == list_depth - 1 and (not key or name == key):
            in_list = True
        depth += event in STARTS
        if depth > MAX_DEPTH:
            raise RejectedDocumentError("bad_json", f"nested more than {MAX_DEPTH} deep")


def _cut(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        for start in range(0, len(chunk), _PIECE_BYTE_COUNT):
            yield chunk[start : start + _PIECE_BYTE_COUNT]


def _describe(error: ijson.JSONError) -> str:
    """Return the first line of what the parser says, without the stretch of text it shows."""
    message = error.args[0] if error.args else "not JSON"
    text = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
    return text.partition("\n")[0].strip()


def _dump(element: object) -> bytes:
    """Return an element as JSON; the standard library takes the numbers and halves of characters orjson refuses."""
    try:
        return orjson.dumps(element, default=float)
    except orjson.JSONEncodeError:
        return json.dumps(element, default=float).encode()
