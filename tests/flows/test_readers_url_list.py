"""Lists of addresses as links: a line an address, whatever else is on a line."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers import parse_listing, read_paths
from flows.readers.found import FoundFile, Link, Refusal
from flows.readers.listing import Entry, Listing
from flows.readers.url_list import read_url_list
from flows.readers.url_shape import is_url_list
from transforms.rejects import RejectedDocumentError

FOUND = FoundFile(path=Path("/news/urls.txt"), external_id="news/urls.txt", size=8, modified_us=0)
LIST = b"# The Quay\nhttps://quay.example/1\r\n\n  HTTPS://quay.example/2  \n"


def read(*chunks: bytes) -> tuple[list[Link | Refusal], RejectedDocumentError | None]:
    """Return what a file holds, and the error that ended it."""
    items: list[Link | Refusal] = []
    try:
        for item in read_url_list(iter(chunks), FOUND, source=None, limit=1):
            items.append(item)  # noqa: PERF402  what came before an error is kept
    except RejectedDocumentError as error:
        return items, error
    return items, None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_line_is_a_link(encoding: str) -> None:
    items, error = read(LIST.decode().encode(encoding))
    assert error is None
    assert items == [
        Link("https://quay.example/1", "file:///news/urls.txt"),
        Link("HTTPS://quay.example/2", "file:///news/urls.txt"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"https://quay.example/1\t2024-02-08", id="more after a tab"),
        pytest.param(b"https://quay.example/1 Storm", id="more after a space"),
        pytest.param(b"javascript:alert(1)", id="a script"),
        pytest.param(b"file:///etc/passwd", id="a file"),
        pytest.param(b"https://" + b"x" * 9000, id="too long for one"),
        pytest.param(b"https://quay.example/\xff\x00", id="no text"),
        pytest.param(b"Rain fell.", id="prose"),
    ],
)
def test_a_line_that_is_more_or_less_than_an_address_is_refused(line: bytes) -> None:
    (first, refusal, last), error = read(b"https://quay.example/a\n" + line + b"\nhttps://quay.example/b\n")
    assert error is None
    assert isinstance(refusal, Refusal)
    assert (refusal.reason, refusal.uri) == ("bad_url", "file:///news/urls.txt#/1")
    assert (first[0], last[0]) == ("https://quay.example/a", "https://quay.example/b")


def test_a_list_without_an_address_is_empty() -> None:
    items, error = read(b"# nothing yet\n\n")
    assert error is not None
    assert (items, error.reason) == ([], "empty")


def test_a_list_that_breaks_off_says_how_far_it_was_read() -> None:
    def cut() -> Iterator[bytes]:
        yield b"https://quay.example/1\nhttps://quay"
        raise RejectedDocumentError("truncated", "the compressed file ends early")

    items, error = read(*[])
    with pytest.raises(RejectedDocumentError, match="ends early; addresses read: 1"):
        items.extend(read_url_list(cut(), FOUND, source=None, limit=1))
    assert error is not None


@pytest.mark.parametrize("piece", [b"https://quay.example/1\n", b"\n", b"#\n", b"x"])
def test_an_endless_list_is_left_at_the_limit(piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.readers.listing.MAX_LIST_BYTES", 1 << 20)
    chunks = (piece * 10_000 for _ in itertools.count())
    with pytest.raises(RejectedDocumentError, match="too_large"):
        for _ in read_url_list(chunks, FOUND, source=None, limit=1):
            pass


@pytest.mark.parametrize(
    ("sample", "is_whole", "expected"),
    [
        pytest.param(b"https://quay.example/1", True, True, id="one"),
        pytest.param(b"https://quay.example/1\nhttps://qu", False, True, id="the last line cut"),
        pytest.param(b"https://quay.example/1\nSee", False, True, id="the last line cut, whatever it is"),
        pytest.param(b"https://qu", False, False, id="no line is whole"),
        pytest.param(b"ftp://quay.example/1", True, False, id="another scheme"),
        pytest.param(b"# a\n", True, False, id="comments only"),
        pytest.param(b"", True, False, id="nothing"),
    ],
)
def test_a_list_is_told_from_text(sample: bytes, is_whole: bool, expected: bool) -> None:  # noqa: FBT001  columns of a table
    assert is_url_list(sample, is_whole=is_whole) is expected


@pytest.mark.parametrize(
    ("url", "content_type", "is_known"),
    [
        pytest.param("https://quay.example/urls", "text/plain; charset=utf-8", True, id="by its type"),
        pytest.param("https://quay.example/urls.txt?a=1", "", True, id="by its name"),
        pytest.param("https://quay.example/urls", "text/html", False, id="by neither"),
    ],
)
def test_a_list_that_was_fetched_must_say_that_it_is_plain(url: str, content_type: str, *, is_known: bool) -> None:
    entries = (Entry(url="https://quay.example/1"), Entry(url="HTTPS://quay.example/2"))
    expected = Listing(kind="urls", entries=entries) if is_known else None
    assert parse_listing(LIST, url=url, content_type=content_type, limit=1000) == expected


def test_links_and_documents_of_a_folder_are_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(LIST)
    (tmp_path / "b.txt").write_text("Ferry returns\n\nIt sails again.\n")
    (batch,) = read_paths([tmp_path], source=None)
    assert (len(batch.links), batch.documents.height, batch.rejects.height) == (2, 1, 0)
    assert batch.links[0].parent_uri == (tmp_path / "a.txt").as_uri()


@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode), st.integers(0, 200))
def test_any_bytes_are_read_or_refused(content: bytes, cut: int) -> None:
    items, error = read(content[:cut], content[cut:])
    assert items or error is not None
    assert error is None or error.reason == "empty"
