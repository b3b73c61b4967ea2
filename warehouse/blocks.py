"""Know which blocks of a published file differ from the file that it replaced, for ``warehouse.recycle``.

A build begins as a copy of the published file. DuckDB's checkpoint never writes over a block of data that the last one
left in use, as a crash would else cost both; so behind one checkpoint a block may be another only where no data lay in
it before: a block that was free, one of metadata (these are written over in place), a new one. Which blocks had data
is listed anyway, when a file is read back; it is kept beside the file, with the blocks that its build may have written.

What is kept is trusted only if all of it holds:

- the record is whole, and of this format: it bears a hash of both;
- both files are those it was made of: device, inode, size, time of the last write, and what DuckDB's header says, the
  number of the checkpoint among it, which has to be the next one;
- the checksum that DuckDB keeps in each block is the same in both files for every other block. These sums do not tell
  the order of words in a block, so they would be no proof alone; they stand guard over the rule above.

Where anything is otherwise (killed between two steps, another program wrote, several checkpoints, another Dateline)
both files are compared in full. The layout of the headers is DuckDB's of 1.5 and 2.0 (storage_info.hpp, block.hpp).
"""

import hashlib
import json
import os
import struct
import sys
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

BLOCK_BYTES: Final = 262_144
"""The block of a DuckDB file; a file with others has no state."""

HEADERS_BYTES: Final = 3 * 4096
"""Before the first block: the main header, and two that are written in turn, one a checkpoint."""

_HEADER: Final = struct.Struct("<8xQ8xQQQ")
"""Behind a checksum: the number of the checkpoint, two pointers, the second one to the list of free blocks, how many
blocks there are, how large one is."""

_CHECKSUM_BYTES: Final = 8

_PIECE_BYTES: Final = (BLOCK_BYTES - _CHECKSUM_BYTES) // 64 // 8 * 8
"""A block of metadata is in 64 pieces. The place of one is its block and, in the highest byte, its number there."""

_PIECE_SHIFT: Final = 56
_BLOCK_MASK: Final = (1 << _PIECE_SHIFT) - 1
_NOWHERE: Final = (1 << 64) - 1
"""Behind the last piece there is none."""

_FORMAT: Final = "1"
"""Of a record. It goes into the hash, so that one of another format is not whole."""


@dataclass(frozen=True, kw_only=True)
class FileState:
    """What tells a file, and what it holds, from others.

    Attributes:
        device: Its disk.
        inode: Its number there.
        byte_count: Its size.
        modified_ns: When it was last written, in nanoseconds since 1970.
        checkpoint_number: Checkpoints that were ever made of it.
        block_count: Its blocks.
    """

    device: int
    inode: int
    byte_count: int
    modified_ns: int
    checkpoint_number: int
    block_count: int


@dataclass(frozen=True, kw_only=True)
class BlockRecord:
    """Which blocks a build wrote.

    Attributes:
        built: The file that was built.
        replaced: The file that it was a copy of.
        written: Blocks in which the two may differ.
        held: Blocks of the file that was built that hold data.
    """

    built: FileState
    replaced: FileState
    written: frozenset[int]
    held: frozenset[int]


def name_record(published: Path) -> Path:
    """Return the hidden name of the record beside a published file."""
    return published.with_name(f".{published.name}.blocks")


def read_state(path: Path) -> FileState | None:
    """Return what tells a file from others; None where it is no DuckDB file with blocks of our size.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        headers = file.read(HEADERS_BYTES)
        stat = os.fstat(file.fileno())
    if len(headers) < HEADERS_BYTES or headers[8:12] != b"DUCK":
        return None
    checkpoint_number, _, block_count, block_bytes = max(_HEADER.unpack_from(headers, start) for start in (4096, 8192))
    if block_bytes != BLOCK_BYTES:
        return None
    return FileState(
        device=stat.st_dev,
        inode=stat.st_ino,
        byte_count=stat.st_size,
        modified_ns=stat.st_mtime_ns,
        checkpoint_number=checkpoint_number,
        block_count=block_count,
    )


def read_free_blocks(path: Path) -> frozenset[int] | None:
    """Return the blocks that hold nothing, as the last checkpoint of a file lists them.

    The list is a chain of pieces of blocks, each of which begins with the place of the next; it opens with a number,
    and that many blocks follow (single_file_block_manager.cpp, metadata_manager.hpp).

    Returns:
        The blocks; None where there is no such list.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        headers = file.read(HEADERS_BYTES)
        _, place, block_count, block_bytes = max(_HEADER.unpack_from(headers, start) for start in (4096, 8192))
        if block_bytes != BLOCK_BYTES:
            return None
        words: list[int] = []
        while place != _NOWHERE and len(words) <= 2 * block_count + 2:
            file.seek(find_block(place & _BLOCK_MASK) + _CHECKSUM_BYTES + (place >> _PIECE_SHIFT) * _PIECE_BYTES)
            piece = file.read(_PIECE_BYTES)
            if len(piece) < _PIECE_BYTES:
                return None
            place, *more = struct.unpack(f"<{_PIECE_BYTES // 8}Q", piece)
            words += more
    free = words[1 : words[0] + 1] if words else []
    is_whole = bool(words) and len(free) == words[0] and all(block < block_count for block in free)
    return frozenset(free) if is_whole else None


def read_record(published: Path) -> BlockRecord | None:
    """Return the record of a published file; None where there is none, or it is torn, or of another file."""
    try:
        given_hash, _, text = name_record(published).read_text(encoding="ascii").partition("\n")
        state = read_state(published)
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    if given_hash != _hash_text(text):
        return None
    record = json.loads(text)
    built = FileState(**record["built"])
    if built != state:
        return None
    return BlockRecord(
        built=built,
        replaced=FileState(**record["replaced"]),
        written=frozenset(record["written"]),
        held=frozenset(record["held"]),
    )


def write_record(published: Path, record: BlockRecord) -> None:
    """Keep the record of a file that is about to be published. It is not synced: one that is torn is not trusted."""
    text = json.dumps(
        {
            "built": asdict(record.built),
            "replaced": asdict(record.replaced),
            "written": sorted(record.written),
            "held": sorted(record.held),
        }
    )
    name_record(published).write_text(f"{_hash_text(text)}\n{text}", encoding="ascii")


def find_written(published: Path, built: Path) -> frozenset[int]:
    """Return the blocks in which a file may differ from the published one that it was built out of.

    Args:
        published: The published file, with its record where there is one.
        built: The file that began as a copy of it; nobody writes to it any more.

    Raises:
        OSError: A file cannot be read.
    """
    record, state = read_record(published), read_state(built)
    if record is not None and state is not None:
        is_next = state.checkpoint_number == record.built.checkpoint_number + 1
        written = frozenset(range(max(state.block_count, record.built.block_count))) - record.held
        if is_next and is_same_outside(published, built, written):
            return written
    return frozenset(_compare_blocks(published, built))


def is_same_outside(one: Path, other: Path, written: frozenset[int]) -> bool:
    """Tell whether DuckDB's checksums of all blocks that two files have, but some, are the same in both.

    Raises:
        OSError: A file cannot be read.
    """
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb")).fileno() for path in (one, other)]
        block_count = (min(os.fstat(file).st_size for file in files) - HEADERS_BYTES) // BLOCK_BYTES
        starts = [find_block(block) for block in range(block_count) if block not in written]
        for file in files:
            _read_ahead(file, starts)
        first, second = files
        return all(os.pread(first, _CHECKSUM_BYTES, at) == os.pread(second, _CHECKSUM_BYTES, at) for at in starts)


def _read_ahead(file: int, starts: list[int]) -> None:
    """Ask the disk for the checksums at some places of a file, and do not wait for them.

    Most are not in memory when a load begins, and a disk answers many questions together in little more time than one:
    of 24,000 blocks of two files 2.5 s one after the other, 1.1 s and more by eight threads, 0.7 to 1 s asked ahead.
    Where they are in memory threads are no help either: 0.2 s by eight, 0.1 s by one.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # a disk that takes no hints is read without
            for start in starts:
                os.posix_fadvise(file, start, _CHECKSUM_BYTES, os.POSIX_FADV_WILLNEED)


def find_block(block: int) -> int:
    """Return where a block begins, in bytes.

    Examples:
        >>> find_block(0), find_block(2)
        (12288, 536576)
    """
    return HEADERS_BYTES + block * BLOCK_BYTES


def _compare_blocks(one: Path, other: Path) -> Iterable[int]:
    """Yield the blocks in which two files differ, those that only one has among them."""
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("rb")).fileno() for path in (one, other)]
        buffers = [bytearray(BLOCK_BYTES) for _ in files]
        size = max(os.fstat(file).st_size for file in files)
        for block, start in enumerate(range(HEADERS_BYTES, size, BLOCK_BYTES)):
            lengths = {os.preadv(file, [buffer], start) for file, buffer in zip(files, buffers, strict=True)}
            if len(lengths) > 1 or buffers[0] != buffers[1]:
                yield block


def _hash_text(text: str) -> str:
    return hashlib.sha256(f"{_FORMAT}\n{text}".encode("ascii")).hexdigest()
