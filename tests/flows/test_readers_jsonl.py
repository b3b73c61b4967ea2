"""Lines as documents: whatever ends them, however the file is cut into chunks, however long one is."""

import tracemalloc
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers.found import FoundFile, RawDocument, Refusal
from flows.readers.jsonl import read_json_lines
from transforms.rejects import RejectedDocumentError

MEBIBYTE = 1 << 20
FOUND = FoundFile(
    path=Path("/news/quillbridge.jsonl.gz"), external_id="news/quillbridge.jsonl.gz", size=8, modified_us=0
)


def read(chunks: Iterable[bytes], *, limit: int = 1000) -> list[RawDocument | Refusal]:
    return list(read_json_lines(iter(chunks), FOUND, source=None, limit=limit))


def read_payloads(chunks: Iterable[bytes]) -> list[bytes]:
    return [item.payload for item in read(chunks) if isinstance(item, RawDocument)]


def cut_at(content: bytes, cuts: Iterable[int]) -> list[bytes]:
    return [content[start:end] for start, end in pairwise([0, *sorted(cuts), len(content)])]


def test_a_line_is_a_document_with_its_number() -> None:
    (first, second) = read([b'{"id": 1}\n{"id": 2}\n'])
    assert isinstance(first, RawDocument)
    assert first._replace(raw_hash="") == RawDocument(
        uri="file:///news/quillbridge.jsonl.gz#L1",
        external_id="news/quillbridge.jsonl.gz#L1",
        media_type="application/json",
        source_hint="quillbridge",
        fetched_at=0,
        raw_hash="",
        payload=b'{"id": 1}',
    )
    assert second.external_id == "news/quillbridge.jsonl.gz#L2"


def test_a_source_that_is_given_wins_over_the_name() -> None:
    (document,) = read_json_lines(iter([b"{}\n"]), FOUND, source="fennimark.example", limit=10)
    assert isinstance(document, RawDocument)
    assert document.source_hint == "fennimark.example"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"{}\n\n \t\n[]\n", [("#L1", b"{}"), ("#L4", b"[]")], id="blank lines count"),
        pytest.param(b"{}\r\n[]\r\n", [("#L1", b"{}"), ("#L2", b"[]")], id="CRLF"),
        pytest.param(b"{}\n[]", [("#L1", b"{}"), ("#L2", b"[]")], id="no line end at the end"),
        pytest.param(b"not json\n\xff{\n", [("#L1", b"not json"), ("#L2", b"\xff{")], id="lines are not parsed"),
        pytest.param("{}\n[\x85\u2028]".encode(), [("#L1", b"{}"), ("#L2", "[\x85\u2028]".encode())],
                     id="what Unicode calls a line end is not one"),
        pytest.param(b"\xef\xbb\xbf{}\n", [("#L1", b"{}")], id="UTF-8 with a mark"),
    ],
)  # fmt: skip
def test_lines_are_told_apart_and_numbered(content: bytes, expected: list[tuple[str, bytes]]) -> None:
    read_lines = [(item.uri[-3:], item.payload) for item in read([content]) if isinstance(item, RawDocument)]
    assert read_lines == expected


@pytest.mark.parametrize(
    "encoding",
    ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"],
)
def test_wide_encodings_become_utf8_with_mark_or_without(encoding: str) -> None:
    lines = ['{"text": "Fähre, \N{FERRY} und Ċ"}', '{"text": "again"}']  # Ċ is U+010A: its low byte is a line feed
    content = "\n".join(lines).encode(encoding)
    assert read_payloads(cut_at(content, [1, 7, 30])) == [line.encode() for line in lines]


def test_half_a_unit_at_the_end_of_utf16_is_not_swallowed() -> None:
    content = '{"text": "again"}\n{"text": "ag'.encode("utf-16") + b"a"
    assert read_payloads([content]) == [b'{"text": "again"}', '{"text": "ag\ufffd'.encode()]


@given(
    st.lists(st.sampled_from([b"\n", b"\r\n", b"{}", b" ", b"\xef\xbb\xbf", b"{a}", b"\r", b"e\xcc\x81"])),
    st.data(),
)
def test_chunks_make_no_difference(parts: list[bytes], data: st.DataObject) -> None:
    content = b"".join(parts)
    cuts = data.draw(st.lists(st.integers(0, len(content)), max_size=8))
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    expected = [line.removesuffix(b"\r") for line in lines if line.strip()]
    try:
        payloads = read_payloads(cut_at(content, cuts))
    except RejectedDocumentError as error:
        assert (error.reason, expected) == ("empty", [])  # noqa: PT017  which it is depends on the content
    else:
        assert payloads == expected


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(1, 50), st.integers(1, 20))
def test_a_line_is_too_large_whatever_the_chunks(lengths: list[int], chunk_byte_count: int, limit: int) -> None:
    content = b"".join(b"x" * length + b"\n" for length in lengths) + b"end\n"
    chunks = cut_at(content, range(chunk_byte_count, len(content), chunk_byte_count))
    sizes = [
        len(item.payload) if isinstance(item, RawDocument) else int(item.detail.partition(" ")[0])
        for item in read(chunks, limit=limit)
    ]
    refused = [isinstance(item, Refusal) for item in read(chunks, limit=limit)]
    expected = [length for length in [*lengths, 3] if length]
    assert (sizes, refused) == (expected, [length > limit for length in expected])


def test_a_line_above_the_limit_is_refused_and_the_others_are_read() -> None:
    items = read([b"{}\n" + b"x" * 1001, b"\n[]\n"])
    assert [type(item) for item in items] == [RawDocument, Refusal, RawDocument]
    refusal = items[1]
    assert isinstance(refusal, Refusal)
    assert refusal == Refusal(
        "file:///news/quillbridge.jsonl.gz#L2", "news/quillbridge.jsonl.gz#L2", None,
        "too_large", "1,001 bytes, the limit is 1,000",
    )  # fmt: skip


def test_a_line_far_above_the_limit_is_never_in_memory() -> None:
    def make_chunks() -> Iterator[bytes]:
        yield b'{}\n{"text": "'
        for _ in range(40):
            yield b"x" * MEBIBYTE
        yield b'"}\n[]\n'

    tracemalloc.start()
    items = read(make_chunks(), limit=MEBIBYTE)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [item.uri[-2:] for item in items] == ["L1", "L2", "L3"]
    assert isinstance(items[1], Refusal)
    assert items[1].detail == "41,943,052 bytes, the limit is 1,048,576"  # 40 MiB and 12 of JSON
    assert peak < 8 * MEBIBYTE


def test_whole_lines_before_a_cut_are_read_and_the_half_one_is_not() -> None:
    def make_chunks() -> Iterator[bytes]:
        yield b'{"id": 1}\n{"id": 2}\n{"i'
        raise RejectedDocumentError("truncated", "the compressed file ends early")

    lines = read_json_lines(make_chunks(), FOUND, source=None, limit=1000)
    assert [next(lines).uri[-2:], next(lines).uri[-2:]] == ["L1", "L2"]
    with pytest.raises(RejectedDocumentError, match="truncated: the compressed file ends early; lines read: 2"):
        next(lines)


@pytest.mark.parametrize("content", [pytest.param(b"\n\n  \r\n", id="blank lines"), pytest.param(b"", id="nothing")])
def test_a_file_without_anything_on_its_lines_is_empty(content: bytes) -> None:
    with pytest.raises(RejectedDocumentError, match="empty: no line has anything on it"):
        read([content])
