"""The body of an answer, read and unpacked within bounds."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

import httpx

from flows.fetch.failures import FetchError
from flows.readers.chunks import peek_chunks

ACCEPT_ENCODING: Final = "gzip, deflate"
"""The content codings that are undone here; what else a server sends, it sends unasked."""

_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS  # with a gzip header: https://docs.python.org/3/library/zlib.html
_GZIP_START: Final = b"\x1f"  # the first byte of a member, and of no text
_ZLIB_METHOD: Final = 8
_PIECE_BYTE_COUNT: Final = 1 << 16

MAX_RATIO: Final = 200
"""Text packs to a tenth, a table of zeros to a thousandth: what unpacks to more than this is made to do harm."""

RATIO_FREE_BYTE_COUNT: Final = 1 << 20
"""So much may come of however little: short repetitive pages pack well too."""

_FOREIGN_PREFIXES: Final = ("image/", "video/", "audio/", "font/", "model/", "application/vnd.openxmlformats")
_FOREIGN_TYPES: Final = frozenset({"application/pdf", "application/msword", "application/zip", "application/epub+zip"})


def check_media_type(content_type: str) -> None:
    """Do nothing when a body may be a page, a feed or a sitemap; octet-stream may be: packed sitemaps come as that.

    Raises:
        FetchError: unsupported_format, final.
    """
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type.startswith(_FOREIGN_PREFIXES) or media_type in _FOREIGN_TYPES:
        raise FetchError("unsupported_format", media_type[:80], is_final=True)


def read_body(pieces: Iterable[bytes], headers: httpx.Headers, limit: int) -> bytes:
    """Return a body, its content coding undone.

    Args:
        pieces: As they come from the connection.
        headers: Of the answer.
        limit: Bytes, unpacked.

    Raises:
        FetchError: too_large, as soon as that is known; bad_encoding; truncated.
    """
    promised = headers.get("content-length", "")
    if promised.isdecimal() and int(promised) > limit:  # h11 refused it if it is longer than 20 digits
        raise FetchError("too_large", f"{int(promised):,} bytes; the limit is {limit:,}")
    body = read_start(pieces, headers, limit + 1)
    if len(body) > limit:
        raise FetchError("too_large", f"more than {limit:,} bytes")
    return body


def read_start(pieces: Iterable[bytes], headers: httpx.Headers, byte_count: int) -> bytes:
    """Return the first bytes of a body, its content coding undone, and read no further.

    Raises:
        FetchError: too_large for a body that unpacks to far more than it is; bad_encoding; truncated.
    """
    body = bytearray()
    for piece in unpack_pieces(pieces, headers.get("content-encoding", "")):
        body += piece
        if len(body) >= byte_count:
            break
    return bytes(body[:byte_count])


def unpack_pieces(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield what a body holds, in bounded pieces.

    Args:
        pieces: As they come from the connection.
        coding: The Content-Encoding header (RFC 9110, section 8.4.1).

    Raises:
        FetchError: bad_encoding for a coding that nobody asked for, or data that are not in it; truncated; too_large.
    """
    match coding.strip().lower():
        case "" | "identity":
            yield from pieces
        case "gzip" | "x-gzip":
            yield from _Unpacker(_GZIP_WINDOW).unpack(pieces)
        case "deflate":
            head, pieces = peek_chunks(iter(pieces), 2)
            yield from _Unpacker(zlib.MAX_WBITS if _has_zlib_header(head) else -zlib.MAX_WBITS).unpack(pieces)
        case unknown:
            raise FetchError("bad_encoding", f"content coding {unknown[:80]!r}, which was not asked for")


class _Unpacker:
    """A packed body in the making.

    Args:
        window: ``zlib.decompressobj``.
    """

    def __init__(self, window: int) -> None:
        self._window = window
        self._stream = zlib.decompressobj(window)
        self._packed_count = 0
        self._unpacked_count = 0

    def unpack(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield what all pieces hold."""
        for piece in pieces:
            self._packed_count += len(piece)
            yield from self._unpack_piece(piece)
        if self._packed_count and not self._stream.eof:
            raise FetchError("truncated", f"the packed body ends early, after {self._packed_count:,} bytes")

    def _unpack_piece(self, packed: bytes) -> Iterator[bytes]:
        """Yield what one piece holds; what stands after the end is left alone, as browsers do."""
        while packed:
            if self._stream.eof:
                if self._window != _GZIP_WINDOW or not packed.startswith(_GZIP_START):
                    return
                self._stream = zlib.decompressobj(self._window)
            try:
                unpacked = self._stream.decompress(packed, _PIECE_BYTE_COUNT)
            except zlib.error as error:
                raise FetchError("bad_encoding", f"the body is not packed as it says: {error}") from error
            self._count(unpacked)
            yield unpacked
            packed = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def _count(self, unpacked: bytes) -> None:
        """Count what came, and refuse a bomb."""
        self._unpacked_count += len(unpacked)
        if self._unpacked_count > max(RATIO_FREE_BYTE_COUNT, MAX_RATIO * self._packed_count):
            detail = f"{self._packed_count:,} bytes unpack to more than {self._unpacked_count:,}: a compression bomb"
            raise FetchError("too_large", detail)


def _has_zlib_header(packed: bytes) -> bool:
    """Return whether "deflate" is what the standard says it is (RFC 1950); some servers leave the wrapper away."""
    head = int.from_bytes(packed[:2].ljust(2, b"\0"), "big")
    return (head >> 8) & 0x0F == _ZLIB_METHOD and head % 31 == 0
