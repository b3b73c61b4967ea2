"""Make the copy that a load works on out of the file published before the last, for the price of what differs.

A copy of gigabytes a day costs more than the day's articles. So the file that a publication replaces is not thrown
away: it keeps a hidden name beside the new one, and the next load brings it up to date, block by block, and works on
it. Which blocks differ is known from the build that published the last (``warehouse.blocks``); where that is not
certain both are compared in full, so that whatever it holds it ends as the published file, byte for byte. Only blocks
that may differ are written, and have to reach the disk.

Readers may have opened the file while it was published, and go on reading it as long as they like. So it is written
over only when the kernel says that nobody has it open; else it is left to them, and the load begins with a plain copy.
No load waits for a reader.
"""

import fcntl
import logging
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from warehouse.blocks import (
    BLOCK_BYTES,
    HEADERS_BYTES,
    find_block,
    is_same_outside,
    read_record,
    read_state,
)

LOGGER = logging.getLogger(__name__)


def name_previous(published: Path) -> Path:
    """Return the hidden name under which the file published before the last is kept."""
    return published.with_name(f".{published.name}.previous")


def keep_previous(published: Path) -> None:
    """Give the published file a second, hidden name, under which it stays when another takes its place.

    Args:
        published: The published file. Nothing is kept where there is none, where it is a link to a file that is
            somebody else's, or where the disk knows no second names.
    """
    previous = name_previous(published)
    previous.unlink(missing_ok=True)
    if published.is_symlink() or not published.exists():
        return
    try:
        previous.hardlink_to(published)
    except PermissionError as error:
        LOGGER.info("the next load copies the warehouse: %s takes no second name: %s", published, error)


def prepare_copy(published: Path, copy: Path) -> int:
    """Make a copy of the published file, out of the one before it when nobody reads that any more.

    Args:
        published: The published file, with its record of blocks where there is one.
        copy: Where the copy is to be; there is nothing yet.

    Returns:
        Bytes that were written.

    Raises:
        OSError: The disk is full, or refuses.
    """
    previous = name_previous(published)
    is_recycled = previous.exists() and _is_unused(previous)
    differing = _list_differing(published, previous) if is_recycled else None
    if is_recycled:
        previous.replace(copy)
    else:
        previous.unlink(missing_ok=True)
    written = mirror_file(published, copy) if differing is None else _copy_blocks(published, copy, differing)
    LOGGER.debug("%s is a copy of %s: %d bytes written", copy, published, written)
    return written


def _list_differing(published: Path, previous: Path) -> frozenset[int] | None:
    """Return the blocks in which the published file may differ from the one before; None where that is not certain."""
    record = read_record(published)
    if record is None or record.replaced != read_state(previous):
        return None
    return record.written if is_same_outside(published, previous, record.written) else None


def _copy_blocks(source: Path, target: Path, blocks: frozenset[int]) -> int:
    """Write some blocks of a file, and the headers, into another; return the bytes written."""
    written = 0
    with ExitStack() as stack:
        reading, writing = _open(stack, source, os.O_RDONLY), _open(stack, target, os.O_RDWR)
        size = os.fstat(reading).st_size
        parts = [(0, HEADERS_BYTES), *((find_block(block), BLOCK_BYTES) for block in sorted(blocks))]
        for start, byte_count in parts:
            if start < size:
                written += _write(writing, memoryview(os.pread(reading, byte_count, start)), start)
        os.ftruncate(writing, size)
    return written


def mirror_file(source: Path, target: Path) -> int:
    """Make a file equal to another, writing the blocks that differ.

    Args:
        source: The file to be like; nobody may write to it meanwhile.
        target: The file to change. It is created when it does not exist.

    Returns:
        Bytes that were written.
    """
    ours, theirs = bytearray(BLOCK_BYTES), bytearray(BLOCK_BYTES)
    written = 0
    with ExitStack() as stack:
        reading, writing = _open(stack, source, os.O_RDONLY), _open(stack, target, os.O_RDWR | os.O_CREAT)
        size, held = os.fstat(reading).st_size, os.fstat(writing).st_size
        for start in range(0, size, BLOCK_BYTES):
            length = os.preadv(reading, [theirs], start)
            if start < held and os.preadv(writing, [ours], start) == length and ours == theirs:
                continue
            written += _write(writing, memoryview(theirs)[:length], start)
        os.ftruncate(writing, size)
    return written


def _open(stack: ExitStack, path: Path, flags: int) -> int:
    descriptor = os.open(path, flags, 0o644)
    stack.callback(os.close, descriptor)
    return descriptor


def _write(descriptor: int, block: memoryview, start: int) -> int:
    """Write all of a block; a disk that is all but full takes a part first."""
    done = 0
    while done < len(block):
        done += os.pwrite(descriptor, block[done:], start + done)
    return done


def _is_unused(path: Path) -> bool:
    """Tell whether nobody has a file open or knows it by another name, so that it may be written over.

    The kernel grants a write lease on a file that nobody else has open, in whatever program and with or without a lock
    (fcntl(2)); only Linux has leases, and only the owner gets them.
    """
    if sys.platform != "linux":
        return False
    if path.stat().st_nlink > 1:
        return False
    with ExitStack() as stack:
        try:
            descriptor = _open(stack, path, os.O_RDWR)
            # Who opens it in this moment sends a signal; this one is ignored, the usual one would end the process.
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except (BlockingIOError, PermissionError) as error:
            LOGGER.debug("%s is left alone: %s", path, error)
            return False
    return True
