"""WARC and ARC: a record that holds a page is a document, the page's address its own.

Read are ``response`` and ``resource`` records; requests, metadata and revisits are what they come with.
After ISO 28500:2017, https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import brotli
import orjson
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParser

from flows.readers.chunks import ChunkFile
from flows.readers.found import FoundFile, Provenance, RawDocument, Refusal, refuse
from transforms.charsets import find_charset
from transforms.rejects import RejectedDocumentError

MAX_HEADER_BYTES: Final = 1 << 20
"""Of one record: its own, those of the answer in it, and what stands before the next; servers send some thousands."""

_RECORD_TYPES: Final = frozenset({"response", "resource"})
_MEDIA_TYPES: Final = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
_PIECE_BYTE_COUNT: Final = 1 << 16
_MAX_UNPACKED_BYTE_COUNT: Final = 1 << 26  # of the 16 KB that the library unpacks at a time; brotli knows no bound
_OK: Final = "200"
_ARC: Final = "arc"
_ARC_DATE: Final = "%Y%m%d%H%M%S"
_WEB: Final = ("http:", "https:")
_HTTP_HEADERS: Final = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)


class _Brotli:
    """Unpacks brotli for the library, whose own way sets an attribute that the objects of brotli do not take."""

    unused_data = b""

    def __init__(self) -> None:
        self._unpacker = brotli.Decompressor()

    def decompress(self, packed: bytes) -> bytes:
        """Return what a piece unpacks to.

        Raises:
            brotli.error: It is damaged, or unpacks to more than any page has.
        """
        unpacked: bytes = self._unpacker.process(packed, output_buffer_limit=_MAX_UNPACKED_BYTE_COUNT)
        if not self._unpacker.can_accept_more_data():
            raise brotli.error(f"more than {_MAX_UNPACKED_BYTE_COUNT:,} bytes")
        return unpacked


BufferedReader.DECOMPRESSORS["br"] = _Brotli


class _Lines(DecompressingBufferedReader):  # type: ignore[misc]  # the library is not typed
    """An archive of which a record has headers within bounds: the library puts them together however long they are."""

    line_byte_count = 0

    def readline(self, length: int | None = None) -> bytes:
        """Return a line.

        Raises:
            ArchiveLoadFailed: The lines of this record have more than ``MAX_HEADER_BYTES``.
        """
        left = MAX_HEADER_BYTES - self.line_byte_count
        line: bytes = super().readline(left + 1 if length is None else min(left + 1, length))
        self.line_byte_count += len(line)
        if len(line) > left:
            raise ArchiveLoadFailed(f"headers of more than {MAX_HEADER_BYTES:,} bytes")
        return line


class _Archive(ArchiveIterator):  # type: ignore[misc]  # the same
    """The records of an archive, of which the library says on stderr that one is damaged: we say so in a refusal."""

    INC_RECORD = ""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__(ChunkFile(chunks), no_record_parse=True)
        self.reader = _Lines(self.fh)

    def _next_record(self, next_line: bytes | None) -> ArcWarcRecord:
        self.reader.line_byte_count = 0
        return super()._next_record(next_line)


def read_warc(
    chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int
) -> Iterator[RawDocument | Refusal]:
    """Yield a document a page, and a refusal for each record that holds something else or is damaged.

    Args:
        chunks: The content, unpacked.
        found: The file.
        source: The outlet of pages that do not name one and have no address; None for the name of the file.
        limit: Bytes of a page, unpacked.

    Raises:
        RejectedDocumentError: truncated, once the records before the damage have been yielded; empty.
    """
    source_hint = found.stem if source is None else source
    count = 0
    try:
        records = _Archive(chunks)
        for record in records:
            offset = records.offset
            if record.rec_type in _RECORD_TYPES:
                count += 1
                yield _place(_read_record(record, found, source_hint, limit), offset)
            elif missing := _count_missing(record):
                yield refuse(found, "truncated", _describe_missing(missing, record), anchor=_name_anchor(record))
    except ArchiveLoadFailed as error:
        cause = " ".join(str(error).split())[:200]
        raise RejectedDocumentError(
            "truncated", f"no record where one should begin: {cause}; records read: {count}"
        ) from error
    except RejectedDocumentError as error:
        raise RejectedDocumentError(error.reason, f"{error.detail}; records read: {count}") from error
    if count == 0:
        raise RejectedDocumentError("empty", "no record holds a page")


def _read_record(record: ArcWarcRecord, found: FoundFile, source_hint: str, limit: int) -> RawDocument | Refusal:
    """Return the document of one record, or why it is none."""
    uri = _get_uri(record)
    anchor = _name_anchor(record)
    try:
        _parse_http_headers(record, uri)
    except EOFError:
        return refuse(found, "truncated", f"nothing but headers: {uri}", anchor=anchor)
    headers = record.http_headers if record.http_headers is not None else record.rec_headers
    content_type = headers.get_header("Content-Type") or "text/html"
    media_type = _MEDIA_TYPES.get(content_type.partition(";")[0].strip().lower())
    status = _OK if record.http_headers is None else record.http_headers.get_statuscode()
    if status != _OK:
        return refuse(found, "http_error", f"HTTP {status}: {uri}", anchor=anchor)
    if media_type is None:
        return refuse(found, "unsupported_format", f"{content_type[:80]}: {uri}", anchor=anchor)
    payload = _read_payload(record, limit)
    if len(payload) > limit:
        return refuse(found, "too_large", f"more than {limit:,} bytes: {uri}", anchor=anchor)
    missing = _count_missing(record)
    if missing:
        return refuse(found, "truncated", _describe_missing(missing, record), anchor=anchor)
    hints = {"url": uri or None, "encoding": find_charset(content_type)}
    provenance = Provenance(
        found, media_type, source_hint, fetched_at=_parse_date(record), hints=orjson.dumps(hints).decode()
    )
    return provenance.make_document(payload, anchor=anchor)


def _place(item: RawDocument | Refusal, offset: int) -> RawDocument | Refusal:
    """Return a document with the place of its record in the unpacked file."""
    return item._replace(container_offset=offset) if isinstance(item, RawDocument) else item


def _describe_missing(missing: int, record: ArcWarcRecord) -> str:
    return f"{missing:,} bytes of the record are missing: {_get_uri(record)}"


def _get_uri(record: ArcWarcRecord) -> str:
    """Return the address of the page; "" when the record names none."""
    return record.rec_headers.get_header("uri" if record.format == _ARC else "WARC-Target-URI") or ""


def _name_anchor(record: ArcWarcRecord) -> str:
    """Return the part of the file that a record is: its own id; in ARC, which has none, date and address."""
    uri = _get_uri(record)
    if record.format == _ARC:
        return f"#{record.rec_headers.get_header('archive-date')}/{uri}"
    return "#" + (record.rec_headers.get_header("WARC-Record-ID") or uri).strip("<>")


def _parse_http_headers(record: ArcWarcRecord, uri: str) -> None:
    """Take the headers of the answer off a record that holds one; the library, asked to, fails without an address.

    Raises:
        EOFError: The record is empty.
    """
    if record.length != 0 and record.rec_type == "response" and uri.startswith(_WEB):
        record.http_headers = _HTTP_HEADERS.parse(record.raw_stream)


def _read_payload(record: ArcWarcRecord, limit: int) -> bytes:
    """Return the body, its transfer and content encodings undone, and a byte more than the limit at most."""
    stream, taken = record.content_stream(), bytearray()
    while len(taken) <= limit and (piece := stream.read(min(_PIECE_BYTE_COUNT, limit + 1 - len(taken)))):
        taken += piece
    return bytes(taken)


def _count_missing(record: ArcWarcRecord) -> int:
    """Return how many bytes the record says it has and has not."""
    while record.raw_stream.read(_PIECE_BYTE_COUNT):
        pass
    return getattr(record.raw_stream, "limit", 0)


def _parse_date(record: ArcWarcRecord) -> int | None:
    """Return when the record was made, microseconds since 1970; None when it does not say."""
    try:
        if record.format == _ARC:
            written = record.rec_headers.get_header("archive-date") or ""
            moment = datetime.strptime(written, _ARC_DATE).replace(tzinfo=UTC)
        else:
            moment = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
        in_utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the latter at both ends of time
        return None
    return int(in_utc.timestamp() * 1_000_000)
