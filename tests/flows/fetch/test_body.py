"""Bodies: packed, broken, too large, of no use."""

import gzip
import zlib
from contextlib import suppress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.body import check_media_type, read_body, read_start, unpack_pieces
from flows.fetch.failures import FetchError

TEXT = b"Rain fell on the harbour. " * 40
GZIP = gzip.compress(TEXT)
BOMB = gzip.compress(b"\0" * 20_000_000)


def deflate_raw(content: bytes) -> bytes:
    """Return "deflate" as some servers misread it: without its wrapper."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def read(content: bytes, coding: str = "", limit: int = 1 << 24, size: int = 7) -> bytes:
    """Return a body that comes in small pieces."""
    pieces = (content[start : start + size] for start in range(0, len(content), size))
    return read_body(pieces, httpx.Headers({"Content-Encoding": coding}), limit)


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("content", "coding"),
    [
        pytest.param(TEXT, "", id="plain"),
        pytest.param(TEXT, "Identity", id="identity"),
        pytest.param(GZIP, "gzip", id="gzip"),
        pytest.param(GZIP, " GZIP ", id="gzip, oddly written"),
        pytest.param(GZIP, "x-gzip", id="x-gzip"),
        pytest.param(gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), "gzip", id="gzip in two members"),
        pytest.param(GZIP + b"\0\0\0", "gzip", id="padding"),
        pytest.param(GZIP + b"<!-- served in 0.3 s -->", "gzip", id="something after the end"),
        pytest.param(zlib.compress(TEXT), "deflate", id="deflate"),
        pytest.param(deflate_raw(TEXT), "deflate", id="deflate without wrapper"),
    ],
)
def test_a_body_is_unpacked(content: bytes, coding: str, size: int) -> None:
    assert read(content, coding, size=size) == TEXT


def test_no_body_is_no_fault() -> None:
    assert [read(b"", coding) for coding in ("", "gzip", "deflate")] == [b"", b"", b""]


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress", "nonsense"])
def test_a_coding_that_was_not_asked_for_is_refused(coding: str) -> None:
    with pytest.raises(FetchError, match="bad_encoding") as caught:
        read(b"\x0b\x02\x80rain", coding)
    assert coding in caught.value.detail


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_body_that_is_not_packed_as_it_says_is_refused(coding: str) -> None:
    with pytest.raises(FetchError, match="bad_encoding"):
        read(b"<html>", coding)


def test_a_packed_body_that_is_damaged_is_refused() -> None:
    damaged = bytearray(GZIP)
    damaged[-6] ^= 0xFF  # its checksum
    with pytest.raises(FetchError, match="bad_encoding"):
        read(bytes(damaged), "gzip")


@pytest.mark.parametrize(
    ("content", "coding"),
    [
        # With names of their own: gzip writes the time, and two processes have to collect the same tests.
        pytest.param(GZIP[:-9], "gzip", id="gzip"),
        pytest.param(zlib.compress(TEXT)[:-5], "deflate", id="deflate"),
        pytest.param(GZIP[:1], "gzip", id="one-byte"),
    ],
)
def test_a_packed_body_that_ends_early_is_truncated(content: bytes, coding: str) -> None:
    with pytest.raises(FetchError, match="truncated"):
        read(content, coding)


def test_the_limit_counts_what_comes_out() -> None:
    assert read(GZIP, "gzip", limit=len(TEXT)) == TEXT
    with pytest.raises(FetchError, match="too_large"):
        read(GZIP, "gzip", limit=len(TEXT) - 1)


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    pieces = iter([b"Rain"])
    with pytest.raises(FetchError, match="5,000 bytes; the limit is 100"):
        read_body(pieces, httpx.Headers({"Content-Length": "5000"}), 100)
    assert list(pieces) == [b"Rain"]


def test_a_bomb_is_put_out_long_before_the_limit() -> None:
    counts: list[int] = []
    with pytest.raises(FetchError, match=r"too_large: .*a compression bomb"):
        counts.extend(map(len, unpack_pieces([BOMB], "gzip")))
    assert sum(counts) < 5_000_000


def test_a_short_page_may_pack_well() -> None:
    content = b" " * 1_000_000
    assert read(gzip.compress(content), "gzip") == content


def test_the_start_is_read_and_no_more() -> None:
    pieces = iter([b"abc", b"def", b"ghi"])
    assert read_start(pieces, httpx.Headers(), 4) == b"abcd"
    assert list(pieces) == [b"ghi"]


@given(st.binary(), st.sampled_from(["gzip", "deflate"]))
def test_no_rubbish_breaks_the_unpacking(content: bytes, coding: str) -> None:
    with suppress(FetchError):
        assert isinstance(read(content, coding), bytes)


@pytest.mark.parametrize("content_type", ["image/png", "Video/mp4; x=y", "audio/mpeg", "application/PDF", "font/woff2"])
def test_what_is_plainly_no_text_is_refused_for_good(content_type: str) -> None:
    with pytest.raises(FetchError, match="unsupported_format") as caught:
        check_media_type(content_type)
    assert caught.value.is_final


@pytest.mark.parametrize(
    "content_type",
    ["", "text/html", "application/rss+xml", "application/octet-stream", "application/x-gzip", "text/xml; charset=x"],
)
def test_what_may_be_a_page_or_a_list_is_read(content_type: str) -> None:
    check_media_type(content_type)
