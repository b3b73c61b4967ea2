"""The bytes of a file in pieces, unpacked where it is compressed, so that no file need fit in memory."""

import io
import sys
import zlib
from bz2 import BZ2Decompressor
from collections.abc import Callable, Iterator
from typing import IO, Final

from flows.readers.detect import BZIP2_START, GZIP_MAGIC, ZSTD_MAGIC
from transforms.rejects import RejectedDocumentError

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdDecompressor, ZstdError
else:
    from backports.zstd import ZstdDecompressor, ZstdError

CHUNK_BYTE_COUNT: Final = 1 << 20
"""How much is read or unpacked at a time."""

_MAGIC_BYTE_COUNT: Final = 10
_PACKED_BYTE_COUNT: Final = 1 << 16
_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS  # with a gzip header: https://docs.python.org/3/library/zlib.html


def read_chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the content of a file, unpacked when it is gzip, bzip2 or zstd by its first bytes.

    Raises:
        RejectedDocumentError: truncated, once all that can be unpacked before the damage has been yielded.
        OSError: The disk.
    """
    head = file.read(_MAGIC_BYTE_COUNT)
    whole = _Rewound(head, file)
    if head.startswith(GZIP_MAGIC):
        yield from _unpack(whole)
    elif head.startswith(ZSTD_MAGIC):
        yield from _unpack_streams(whole, ZstdDecompressor)
    elif BZIP2_START.match(head) is not None:
        yield from _unpack_streams(whole, BZ2Decompressor)
    else:
        while chunk := whole.read(CHUNK_BYTE_COUNT):
            yield chunk


def peek_chunks(chunks: Iterator[bytes], byte_count: int) -> tuple[bytes, Iterator[bytes]]:
    """Return the first bytes, and all chunks again from the start.

    The first chunk then has at least so many bytes, or all there are. An error met on the way is raised when the
    iterator comes to it.
    """
    pieces: list[bytes] = []
    failure: RejectedDocumentError | None = None
    try:
        while sum(map(len, pieces)) < byte_count and (chunk := next(chunks, None)) is not None:
            pieces.append(chunk)
    except RejectedDocumentError as error:
        failure = error
    head = b"".join(pieces)

    def replay() -> Iterator[bytes]:
        """Yield what was taken, then the rest."""
        if head:
            yield head
        if failure is not None:
            raise failure
        yield from chunks

    return head[:byte_count], replay()


class ChunkFile(io.RawIOBase):
    """Chunks as a file that can only be read on."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._kept = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to so many bytes, at the end none."""
        while not self._kept and (chunk := next(self._chunks, None)) is not None:
            self._kept = chunk
        taken, self._kept = (self._kept, b"") if size < 0 else (self._kept[:size], self._kept[size:])
        return taken


class _Rewound(io.RawIOBase):
    """A file of which the first bytes were taken, whole again: not every file can be wound back."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        super().__init__()
        self._head = head
        self._file = file

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to so many bytes, at the end none."""
        if not self._head:
            return self._file.read(size)
        head, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        return head + self._file.read(size if size < 0 else size - len(head))


def _unpack_streams(file: "_Rewound", start: Callable[[], "BZ2Decompressor | ZstdDecompressor"]) -> Iterator[bytes]:
    """Yield the content of all bzip2 streams, or zstd frames, of a file, one after the other.

    Not by Arrow, which has both: of each damaged file it keeps up to a megabyte for good.

    Args:
        file: The file.
        start: Makes what unpacks one stream.

    Raises:
        RejectedDocumentError: truncated.
    """
    unpacker, packed = start(), b""
    try:
        while packed or not unpacker.needs_input or (packed := file.read(_PACKED_BYTE_COUNT)):
            if chunk := unpacker.decompress(packed, CHUNK_BYTE_COUNT):
                yield chunk
            packed = b""
            if unpacker.eof:
                packed = unpacker.unused_data or file.read(_PACKED_BYTE_COUNT)
                if not packed:
                    return
                unpacker = start()
    except (OSError, ZstdError) as error:
        raise _describe_damage(error) from error
    raise RejectedDocumentError("truncated", "the compressed file ends early")


def _describe_damage(error: Exception) -> RejectedDocumentError:
    """Return what a library says of damage as a refusal."""
    cause = str(error).partition("\n")[0]
    return RejectedDocumentError("truncated", f"the compressed file ends early or is damaged: {cause}")


def _unpack(file: "_Rewound") -> Iterator[bytes]:
    """Yield the content of all gzip members of a file, one after the other (RFC 1952, section 2.2)."""
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    while packed := file.read(_PACKED_BYTE_COUNT):
        while packed:
            if unpacker.eof:
                packed = packed.lstrip(b"\0")  # padding is allowed between and after members
                unpacker = zlib.decompressobj(_GZIP_WINDOW) if packed else unpacker
                continue
            yield from _unpack_piece(unpacker, packed)
            packed = unpacker.unused_data
    if not unpacker.eof:
        yield unpacker.flush()
        raise RejectedDocumentError("truncated", "the compressed file ends early")


def _unpack_piece(unpacker: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    """Yield what a piece of a member holds, in bounded chunks; all of it up to the damage when it is damaged."""
    while packed:
        before = unpacker.copy()
        try:
            chunk = unpacker.decompress(packed, CHUNK_BYTE_COUNT)
        except zlib.error as error:
            yield from _unpack_up_to_damage(before, packed)
            raise RejectedDocumentError("truncated", f"the compressed file is damaged: {error}") from error
        if chunk:
            yield chunk
        # At the end of a member its tail may hold what follows, which is in unused_data too.
        packed = b"" if unpacker.eof else unpacker.unconsumed_tail


def _unpack_up_to_damage(unpacker: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    """Yield what can be had of a damaged piece, byte for byte: the library drops what it had in hand at an error."""
    unpacked = bytearray()
    for position in range(len(packed)):
        try:
            unpacked += unpacker.decompress(packed[position : position + 1])
        except zlib.error:
            break
        if len(unpacked) >= CHUNK_BYTE_COUNT:
            yield bytes(unpacked)
            unpacked.clear()
    yield bytes(unpacked)
