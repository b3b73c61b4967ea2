"""From answers to documents: a page is one, a file that holds several is read as it would be from disk."""

import gzip
import io
import tarfile
import zipfile
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from flows.crawl.pages import make_documents
from flows.fetch.messages import Fetched
from flows.readers.found import Refusal
from tests.flows.crawl.crawling import read_hints, target

URL = "http://news.example/files/all"
MOMENT = datetime(2026, 3, 2, 8, 0, 0, 123_457, tzinfo=UTC)
PAGE = b"<html><body><p>Rain fell in Lisbon on Monday."
LINES = b'{"id": "1", "text": "Rain fell."}\n{"id": "2", "text": "Snow fell."}\n'


def read(body: bytes, content_type: str = "", *, name: str = "", final: str | None = None, **hints: str) -> list[Any]:
    """Return what an answer holds."""
    url = URL + name
    fetched = Fetched(
        url=url,
        final_url=url if final is None else final,
        redirects=(),
        content_type=content_type,
        etag=None,
        last_modified=None,
        fetched_at=MOMENT,
        body=body,
    )
    return list(make_documents(target(url, "page", hints=hints), fetched, limit=10_000))


def pack_zip(**members: bytes) -> bytes:
    """Return a zip archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def pack_tar(**members: bytes) -> bytes:
    """Return a tar archive, compressed."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name.replace("_", "."))
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def test_a_page_is_one_document_as_it_came() -> None:
    (document,) = read(PAGE, "text/html; charset=iso-8859-1", title="Rain")
    assert (document.uri, document.payload, document.media_type, document.reader) == (URL, PAGE, "text/html", "html")
    assert document.fetched_at == 1_772_438_400_123_457
    assert read_hints(document) == {
        "url": URL,
        "encoding": "cp1252",
        "title": "Rain",
        "source_id": "news.example",
        "source": "The News",
    }


def test_where_redirects_led_to_is_kept_and_is_the_address_of_the_article() -> None:
    (document,) = read(PAGE, "text/html", final="http://news.example/elsewhere")
    assert (document.uri, document.final_uri) == (URL, "http://news.example/elsewhere")
    assert read_hints(document)["url"] == "http://news.example/elsewhere"


@pytest.mark.parametrize("name", ["#part", ""], ids=["an anchor", "as it is"])
def test_an_address_written_in_another_way_is_no_redirect(name: str) -> None:
    (document,) = read(PAGE, "text/html", name=name, final=URL)
    assert (document.uri, document.final_uri) == (URL + name, None)


@pytest.mark.parametrize(
    ("body", "name", "anchors"),
    [
        pytest.param(LINES, ".jsonl", ["#L1", "#L2"], id="JSON Lines"),
        pytest.param(gzip.compress(LINES), ".jsonl.gz", ["#L1", "#L2"], id="packed"),
        pytest.param(
            pack_zip(a_txt=b"Rain fell.", b_jsonl=LINES), ".zip", ["#a.txt", "#b.jsonl#L1", "#b.jsonl#L2"], id="zip"
        ),
        pytest.param(pack_tar(a_txt=b"Rain fell.", b_txt=b"Snow fell."), ".tar.gz", ["#a.txt", "#b.txt"], id="tar"),
    ],
)
def test_documents_in_a_file_have_its_address_with_an_anchor(body: bytes, name: str, anchors: list[str]) -> None:
    documents = read(body, "application/octet-stream", name=name)
    assert [document.uri for document in documents] == [URL + name + anchor for anchor in anchors]
    hints = [read_hints(document) for document in documents]
    assert all((known["source_id"], known.get("url")) == ("news.example", None) for known in hints)


def test_the_rows_of_a_parquet_file_are_read(tmp_path: Any) -> None:
    pl.DataFrame({"text": ["Rain fell.", "Snow fell."]}).write_parquet(tmp_path / "x.parquet")
    documents = read((tmp_path / "x.parquet").read_bytes(), name=".parquet")
    assert [document.reader for document in documents] == ["parquet", "parquet"]
    assert len({document.uri for document in documents}) == 2


def test_a_file_of_this_machine_is_never_taken_for_what_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pathlib.Path.open", None)
    monkeypatch.setattr("pathlib.Path.is_file", lambda _: True)
    documents = read(pack_zip(a_txt=b"Rain fell."), name="/../../etc/passwd")
    assert [document.payload for document in documents] == [b"Rain fell."]


def test_the_records_of_an_archive_of_the_web_are_read() -> None:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://old.example/1\r\n"
        "WARC-Date: 2020-01-02T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    (document,) = read(head.encode() + block + b"\r\n\r\n", name=".warc")
    assert document.reader == "warc"
    assert read_hints(document)["url"] == "http://old.example/1"
    assert document.uri.startswith(URL + ".warc#")


def test_wire_copy_is_read() -> None:
    item = (
        b'<?xml version="1.0"?><nitf><head><title>Rain</title></head><body>'
        b"<body.head><hedline><hl1>Rain</hl1></hedline></body.head>"
        b"<body.content><p>Rain fell in Lisbon on Monday.</p></body.content></body></nitf>"
    )
    (document,) = read(item, "application/xml", name=".xml")
    assert document.reader == "wire"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"%PDF-1.7 ...", "unsupported_format", id="a PDF"),
        pytest.param(pack_zip(a_txt=b"Rain fell.")[:-30], "truncated", id="half a zip"),
        pytest.param(bytes(range(256)) * 4, "not_text", id="no text"),
    ],
)
def test_what_holds_no_document_is_refused(body: bytes, reason: str) -> None:
    assert [(type(item), item.uri, item.reason) for item in read(body)] == [(Refusal, URL, reason)]
