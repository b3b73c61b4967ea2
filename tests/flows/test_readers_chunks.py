"""Bytes in pieces: gzip in all the states it is met in, and memory that stays bounded."""

import bz2
import gzip
import io
import resource
import tracemalloc
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.readers.chunks import CHUNK_BYTE_COUNT, peek_chunks, read_chunks
from flows.readers.detect import GZIP_MAGIC, ZSTD_MAGIC
from transforms.rejects import RejectedDocumentError

MEBIBYTE = 1 << 20
LINES = b"".join(b'{"id": %d, "text": "A council met in Oakhaven, sitting %d."}\n' % (n, n * n) for n in range(2000))
PACKED = gzip.compress(LINES, mtime=0)


def take(chunks: Iterable[bytes]) -> tuple[bytes, str | None]:
    """Return what was yielded, and the reason it ended early."""
    taken = bytearray()
    try:
        for chunk in chunks:
            taken += chunk
    except RejectedDocumentError as error:
        return bytes(taken), error.reason
    return bytes(taken), None


def read(content: bytes) -> tuple[bytes, str | None]:
    return take(read_chunks(io.BytesIO(content)))


def fail_after(*chunks: bytes) -> Iterator[bytes]:
    yield from chunks
    raise RejectedDocumentError("truncated", "cut")


@given(st.binary(max_size=300).filter(lambda content: not content.startswith((GZIP_MAGIC, ZSTD_MAGIC))))
def test_a_file_that_is_not_packed_comes_as_it_is(content: bytes) -> None:
    assert read(content) == (content, None)


@given(st.binary(max_size=300))
def test_a_packed_file_comes_unpacked(content: bytes) -> None:
    assert read(gzip.compress(content)) == (content, None)


@pytest.mark.parametrize(
    ("packed", "content"),
    [
        pytest.param(gzip.compress(b"one\n") + gzip.compress(b"two\n"), b"one\ntwo\n", id="two members"),
        pytest.param(gzip.compress(b"") + gzip.compress(b"two\n"), b"two\n", id="the first is empty"),
        pytest.param(gzip.compress(b"one\n") + bytes(7) + gzip.compress(b"two\n"), b"one\ntwo\n", id="padding between"),
        pytest.param(gzip.compress(b"one\n") + bytes(200_000), b"one\n", id="padding after, longer than a read"),
        pytest.param(gzip.compress(bytes(3 * MEBIBYTE)) * 2, bytes(6 * MEBIBYTE), id="members larger than a chunk"),
        pytest.param(PACKED * 3, LINES * 3, id="members longer than a read"),
    ],
)
def test_all_members_are_read(packed: bytes, content: bytes) -> None:
    assert read(packed) == (content, None)


@given(st.integers(min_value=2, max_value=len(PACKED) - 1))
@example(2)
@example(len(PACKED) - 1)
def test_a_packed_file_cut_short_gives_all_that_is_before_the_cut(cut: int) -> None:
    available = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(PACKED[:cut])
    assert read(PACKED[:cut]) == (available, "truncated")


@pytest.mark.parametrize(
    "garbage",
    [
        pytest.param(b"!", id="one byte"),
        pytest.param(b"appended by a careless script", id="text"),
        pytest.param(GZIP_MAGIC + b"\xff not a member", id="what begins like a member"),
    ],
)
def test_garbage_after_the_last_member_is_told_and_takes_nothing_away(garbage: bytes) -> None:
    assert read(PACKED + garbage) == (LINES, "truncated")


def test_a_wrong_checksum_is_told_after_the_content() -> None:
    wrong = bytearray(PACKED)
    wrong[-8] ^= 0xFF  # the trailer is CRC-32 and length, 4 bytes each
    assert read(bytes(wrong)) == (LINES, "truncated")


def test_damage_in_the_middle_gives_the_lines_before_it() -> None:
    middle = len(PACKED) // 2
    content, reason = read(PACKED[:middle] + bytes(64) + PACKED[middle + 64 :])
    assert reason == "truncated"
    assert content[: len(LINES) // 4] == LINES[: len(LINES) // 4]


@pytest.mark.parametrize("tail", [pytest.param(b"", id="whole"), pytest.param(b"garbage", id="with garbage appended")])
def test_a_bomb_is_unpacked_in_bounded_memory(tail: bytes) -> None:
    bomb = gzip.compress(bytes(64 * MEBIBYTE)) + tail
    tracemalloc.start()
    largest, total = 0, 0
    try:
        for chunk in read_chunks(io.BytesIO(bomb)):
            largest, total = max(largest, len(chunk)), total + len(chunk)
    except RejectedDocumentError:
        assert tail
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == 64 * MEBIBYTE
    assert largest <= CHUNK_BYTE_COUNT
    assert peak < 8 * MEBIBYTE


def test_a_damaged_bomb_is_unpacked_in_bounded_memory() -> None:
    bomb = bytearray(gzip.compress(bytes(64 * MEBIBYTE)))
    bomb[-8] ^= 0xFF
    tracemalloc.start()
    with pytest.raises(RejectedDocumentError, match="damaged"):
        sum(len(chunk) for chunk in read_chunks(io.BytesIO(bomb)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * MEBIBYTE


@given(st.lists(st.binary(max_size=6), max_size=6), st.integers(min_value=1, max_value=12))
def test_peeking_takes_nothing_away(pieces: list[bytes], byte_count: int) -> None:
    content = b"".join(pieces)
    head, chunks = peek_chunks(iter(pieces), byte_count)
    replayed = list(chunks)
    assert head == content[:byte_count]
    assert b"".join(replayed) == content
    assert len(next(iter(replayed), b"")) >= len(head)


def test_peeking_puts_off_an_error_to_its_place() -> None:
    head, chunks = peek_chunks(fail_after(b"whole\n", b"half"), 100)
    assert head == b"whole\nhalf"
    assert take(chunks) == (b"whole\nhalf", "truncated")


def test_peeking_where_nothing_can_be_read_leaves_only_the_error() -> None:
    head, chunks = peek_chunks(fail_after(b""), 100)
    assert head == b""
    with pytest.raises(RejectedDocumentError, match="cut"):
        next(chunks)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is told by Linux only")
def test_damaged_bzip2_files_leave_nothing_in_memory() -> None:
    packed = bytearray(bz2.compress(LINES))
    packed[len(packed) // 2] ^= 255

    def read_often(count: int) -> int:
        for _ in range(count):
            with pytest.raises(RejectedDocumentError, match="truncated"):
                list(read_chunks(io.BytesIO(bytes(packed))))
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()

    before = read_often(20)
    assert read_often(200) - before < 10 * MEBIBYTE
