"""Records as documents: pages with their address and date, whatever else an archive holds or lacks."""

import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest

from flows.readers.chunks import read_chunks
from flows.readers.found import FoundFile, RawDocument, Refusal
from flows.readers.warc import MAX_HEADER_BYTES, read_warc
from transforms.rejects import RejectedDocumentError

FOUND = FoundFile(path=Path("/news/crawl.warc.gz"), external_id="news/crawl.warc.gz", size=8, modified_us=5)
PAGE = b"<html><title>Storm</title><p>Rain fell in Oakhaven.</html>"
DATE = "2024-02-08T10:00:00Z"
ARC = (
    b"filedesc://a.arc 0.0.0.0 20140216050221 text/plain 45\n1 0 Archive\nURL IP-address Archive-date Content-type\n\n"
    b"http://quay.example/storm 1.2.3.4 20140216050221 text/html 74\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>Rain fell.</p></html>\n\n"
)


class Archive:
    """A WARC file in the making, written out by hand after the standard."""

    def __init__(self, *, packed: bool = False) -> None:
        self.content = b""
        self.packed = packed

    def add(
        self,
        body: bytes = PAGE,
        *,
        uri: str = "https://quay.example/storm",
        kind: str = "response",
        status: str = "HTTP/1.1 200 OK",
        headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),),
        date: str = DATE,
    ) -> "Archive":
        """Add a record and return the archive."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        block = body if kind == "resource" else f"{status}\r\n{lines}\r\n".encode() + body
        content_type = dict(headers)["Content-Type"] if kind == "resource" else "application/http"
        head = (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {date}\r\n"
            f"WARC-Record-ID: <urn:uuid:{uri[-5:]}>\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        record = head.encode() + block + b"\r\n\r\n"
        self.content += gzip.compress(record) if self.packed else record
        return self


def read(content: bytes, limit: int = 100_000) -> tuple[list[Any], RejectedDocumentError | None]:
    """Return what is read of a file, and the error that ended it."""
    items: list[RawDocument | Refusal] = []
    chunks = read_chunks(io.BytesIO(content))
    try:
        items.extend(read_warc(chunks, FOUND, source=None, limit=limit))
    except RejectedDocumentError as error:
        return items, error
    return items, None


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_is_a_document_with_address_and_date(*, packed: bool) -> None:
    (document,), error = read(Archive(packed=packed).add().content)
    assert error is None
    assert (document.payload, document.media_type, document.source_hint) == (PAGE, "text/html", "crawl")
    assert document.uri == "file:///news/crawl.warc.gz#urn:uuid:storm"
    assert json.loads(document.hints) == {"url": "https://quay.example/storm", "encoding": None}
    assert datetime.fromtimestamp(document.fetched_at / 1e6, UTC) == datetime(2024, 2, 8, 10, tzinfo=UTC)


def test_an_archive_packed_as_a_whole_is_read_too() -> None:
    (document,), error = read(gzip.compress(Archive().add().content))
    assert (document.payload, error) == (PAGE, None)


def test_an_arc_file_is_read() -> None:
    (document,), error = read(ARC)
    assert error is None
    assert document.payload == b"<html><p>Rain fell.</p></html>"
    assert json.loads(document.hints)["url"] == "http://quay.example/storm"


def test_only_pages_count() -> None:
    archive = (
        Archive().add(kind="request", status="GET / HTTP/1.1").add(kind="metadata", uri="https://quay.example/about")
    )
    items, error = read(archive.content)
    assert items == []
    assert error is not None
    assert error.reason == "empty"


def test_a_resource_needs_no_answer_of_a_server() -> None:
    (document,), _ = read(Archive().add(kind="resource", headers=(("Content-Type", "text/plain"),)).content)
    assert (document.payload, document.media_type) == (PAGE, "text/plain")


def test_what_the_server_packed_and_cut_into_chunks_is_put_together() -> None:
    packed = gzip.compress(PAGE)
    chunked = b"%x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (9, packed[:9], len(packed) - 9, packed[9:])
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    (document,), _ = read(Archive().add(chunked, headers=headers).content)
    assert document.payload == PAGE


def test_what_the_server_packed_with_brotli_is_unpacked() -> None:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "br"))
    (document,), _ = read(Archive().add(brotli.compress(PAGE), headers=headers).content)
    assert document.payload == PAGE


def test_a_page_that_unfolds_without_bound_is_left_folded() -> None:
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "br"))
    archive = (
        Archive()
        .add(brotli.compress(bytes(100_000_000), quality=1), headers=headers)
        .add(uri="https://quay.example/rain")
    )
    (bomb, document), _ = read(archive.content)
    assert len(bomb.payload) < 100_000
    assert document.payload == PAGE


def test_the_charset_the_server_named_goes_along() -> None:
    headers = (("Content-Type", "text/html; charset=ISO-8859-2"),)
    (document,), _ = read(Archive().add(headers=headers).content)
    assert json.loads(document.hints)["encoding"] == "iso8859_2"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"status": "HTTP/1.1 404 Not Found"}, "http_error", id="not found"),
        pytest.param({"status": "HTTP/1.1 301 Moved"}, "http_error", id="moved"),
        pytest.param({"headers": (("Content-Type", "image/png"),)}, "unsupported_format", id="an image"),
        pytest.param({"body": b"x" * 2000}, "too_large", id="too large"),
        pytest.param(
            {
                "body": gzip.compress(b"x" * 9000),
                "headers": (("Content-Type", "text/html"), ("Content-Encoding", "gzip")),
            },
            "too_large",
            id="too large once unpacked",
        ),
    ],
)
def test_a_record_of_no_use_costs_itself_only(changes: dict[str, Any], reason: str) -> None:
    archive = Archive().add(uri="https://quay.example/other", **changes).add()
    (refusal, document), error = read(archive.content, limit=1000)
    assert error is None
    assert (refusal.reason, refusal.uri) == (reason, "file:///news/crawl.warc.gz#urn:uuid:other")
    assert "https://quay.example/other" in refusal.detail
    assert document.payload == PAGE


def test_a_record_cut_short_is_refused_and_those_before_it_read() -> None:
    content = Archive().add().add(uri="https://quay.example/other", body=PAGE * 100).content
    (document, refusal), error = read(content[:-500])
    assert error is None
    assert document.payload == PAGE
    assert refusal.reason == "truncated"
    assert "bytes of the record are missing" in refusal.detail


def test_a_packed_archive_cut_short_says_so() -> None:
    content = Archive(packed=True).add().add(uri="https://quay.example/other", body=bytes(range(256)) * 400).content
    items, error = read(content[: len(content) - 100])
    assert items[0].payload == PAGE
    assert error is not None
    assert error.reason == "truncated"


def test_a_record_that_says_it_is_longer_takes_what_follows_with_it_and_is_refused() -> None:
    content = Archive().add().add(uri="https://quay.example/other").content
    wrong = content.replace(b"Content-Length: ", b"Content-Length: 1", 1)
    (refusal,), error = read(wrong)
    assert error is None
    assert refusal.reason == "truncated"
    assert refusal.detail.endswith("bytes of the record are missing: https://quay.example/storm")


def test_a_date_that_is_none_leaves_that_of_the_file() -> None:
    (document,), _ = read(Archive().add(date="yesterday").content)
    assert document.fetched_at == 5


def test_a_record_that_is_no_page_and_cut_short_is_told_too() -> None:
    content = Archive().add().add(kind="metadata", uri="https://quay.example/fetch").content
    (page, cut), error = read(content[:-30])
    assert error is None
    assert isinstance(page, RawDocument)
    assert isinstance(cut, Refusal)
    assert (cut.reason, cut.detail[:8]) == ("truncated", "26 bytes")


@pytest.mark.parametrize("packed", [False, True])
def test_a_document_knows_where_its_record_begins_in_the_unpacked_file(*, packed: bool) -> None:
    archive, plain = Archive(packed=packed), Archive()
    for uri in ("https://quay.example/1", "https://quay.example/2"):
        archive.add(uri=uri)
        plain.add(uri=uri)
    items, _ = read(archive.content)
    offsets = [item.container_offset for item in items if isinstance(item, RawDocument)]
    assert offsets == [0, plain.content.index(b"WARC/1.1", 1)]


def test_a_record_of_arc_has_the_same_name_each_time() -> None:
    (document,), _ = read(ARC)
    (again,), _ = read(ARC)
    assert document.external_id == again.external_id
    assert document.external_id.endswith("#20140216050221/http://quay.example/storm")
    assert datetime.fromtimestamp(document.fetched_at / 1_000_000, UTC).isoformat() == "2014-02-16T05:02:21+00:00"


def test_a_record_without_an_address_ends_nothing() -> None:
    damaged = Archive().add().content.replace(b"WARC-Target-URI", b"X-URI", 1)
    items, error = read(damaged + Archive().add().content)
    assert error is None
    assert len(items) == 2
    assert items[1].payload == PAGE


def test_an_empty_answer_costs_itself_only() -> None:
    empty = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/a\r\nContent-Type: application/http"
        b"\r\nContent-Length: 99\r\n\r\n"
    )
    refusal, document = read(Archive().add().content + empty)[0][::-1]
    assert (refusal.reason, refusal.detail) == ("truncated", "nothing but headers: https://quay.example/a")
    assert document.payload == PAGE


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-02-30", ""])
def test_a_date_that_is_none_is_passed_over(date: str) -> None:
    (document,), error = read(Archive().add(date=date).content)
    assert error is None
    assert document.fetched_at == FOUND.modified_us


def test_a_name_that_cannot_be_stored_is_mended() -> None:
    content = Archive().add().content.replace(b"<urn:uuid:", b"<urn:\0uuid:")
    (document,), _ = read(content)
    assert document.external_id.endswith("#urn:uuid:storm")


def test_the_library_says_nothing_on_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    read(Archive().add().content.replace(b"Content-Length: ", b"Content-Length: 1", 1) + b"x" * 99)
    read(Archive().add().content[:-4] + b"more than it says\r\n\r\n" + Archive().add().content)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "filling",
    [
        pytest.param(b"WARC/1.1\r\n" + b"x" * 2 * MAX_HEADER_BYTES, id="a line without end"),
        pytest.param(b"WARC/1.1\r\n" + b"X-A: b\r\n" * (MAX_HEADER_BYTES // 7), id="headers without end"),
        pytest.param(b"\r\n" * MAX_HEADER_BYTES, id="blank lines without end"),
    ],
)
def test_headers_without_end_are_not_read_on(filling: bytes) -> None:
    (document,), error = read(Archive().add().content + filling)
    assert document.payload == PAGE
    assert error is not None
    assert error.reason == "truncated"
    assert "headers of more than 1,048,576 bytes" in error.detail


def test_a_length_that_no_file_has_is_what_is_missing() -> None:
    content = Archive().add().content.replace(b"Content-Length: ", b"Content-Length: " + b"9" * 400)
    (refusal,), error = read(content)
    assert error is None
    assert refusal.reason == "truncated"
