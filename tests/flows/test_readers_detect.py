"""Which reader a file is for, and which files are for none."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers.detect import SAMPLE_BYTE_COUNT, Format, detect_format
from transforms.rejects import RejectedDocumentError

RECORD = b'{"title": "Ferry returns", "text": "The ferry to Skarholm sails again."}\n'
NAMES = ("a.txt", "a", "a.jsonl", "a.json", "a.html", "a.csv", "a.JSONL.gz", "")


@pytest.mark.parametrize(
    ("sample", "name", "expected"),
    [
        pytest.param(b"Ferry returns\n\nIt sails again.\n", "a.txt", Format.TEXT, id="text"),
        pytest.param(b"Ferry returns\n", "a", Format.TEXT, id="text without an ending"),
        pytest.param(b"Ferry returns\n", "notes.of.a.meeting", Format.TEXT, id="an unknown ending"),
        pytest.param(RECORD, "a.jsonl", Format.JSON_LINES, id="JSON Lines"),
        pytest.param(RECORD, "a.txt", Format.JSON_LINES, id="JSON Lines under another name"),
        pytest.param(RECORD, "a.json", Format.JSON_LINES, id="JSON Lines named .json"),
        pytest.param(b"\xef\xbb\xbf" + RECORD, "a", Format.JSON_LINES, id="JSON Lines with a mark"),
        pytest.param(RECORD.decode().encode("utf-16"), "a", Format.JSON_LINES, id="JSON Lines in UTF-16 with a mark"),
        pytest.param(RECORD.decode().encode("utf-16-be"), "a", Format.JSON_LINES, id="JSON Lines in UTF-16 without"),
        pytest.param(b"\n \n" + RECORD, "a", Format.JSON_LINES, id="JSON Lines after blank lines"),
        pytest.param(b"not json\n" + RECORD, "a.JSONL", Format.JSON_LINES, id="a broken first line, told by name"),
        pytest.param(b"not json\n", "a.ndjson.gz", Format.JSON_LINES, id="the name inside the packed one"),
        pytest.param(b'{"text": "' + b"x" * SAMPLE_BYTE_COUNT, "a", Format.JSON_LINES, id="a line above the sample"),
        pytest.param(b'{\n "text": "x"\n}\n', "a.json", Format.JSON, id="one object over lines"),
        pytest.param(b' [{"text": "x"}]', "a.txt", Format.JSON_LIST, id="a list"),
        pytest.param('[{"text": "x"}]'.encode("utf-16"), "a", Format.JSON_LIST, id="a list in UTF-16"),
        pytest.param(b'{"status": "ok", "articles": [{"id": 1}]}', "a", Format.JSON_LIST, id="an answer with a list"),
        pytest.param(b"[]", "a.json", Format.JSON_LIST, id="an empty list, told by name"),
        pytest.param(b"[London] It rains.\n", "a.txt", Format.TEXT, id="prose that begins like a list"),
        pytest.param(b'{ "so it began", he said.\n', "a.txt", Format.TEXT, id="prose that begins like a record"),
        pytest.param(b"title,text\n1,2\n", "a.CSV.gz", Format.CSV, id="a table, packed"),
        pytest.param(b"PAR1\x15\x04", "a", Format.PARQUET, id="Parquet"),
        pytest.param(b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "a", Format.WARC, id="WARC"),
        pytest.param(b"filedesc://a.arc 0.0.0.0", "a", Format.WARC, id="ARC"),
        pytest.param(b"PK\x03\x04" + bytes(26) + b"a.txt", "a", Format.ZIP, id="zip"),
        pytest.param(b"a.txt" + bytes(252) + b"ustar\x0000", "a", Format.TAR, id="tar"),
        pytest.param(b"not json\n", "a.jsonl.zst", Format.JSON_LINES, id="the name inside one packed by zstd"),
        pytest.param(b"<!DOCTYPE html><html>", "a.txt", Format.HTML, id="HTML under another name"),
        pytest.param(b"<?xml version='1.0'?>\n<!-- c -->\n<html>", "a", Format.HTML, id="XHTML after a comment"),
        pytest.param("<html>".encode("utf-16"), "a", Format.HTML, id="HTML in UTF-16"),
        pytest.param(b"<p>A part of a page.", "a.htm", Format.HTML, id="a part of a page, told by name"),
        pytest.param(b"Rates <head and shoulders", "a.txt", Format.TEXT, id="text with an angle bracket"),
        pytest.param("Ærø får ny færge\n".encode("latin-1"), "a.txt", Format.TEXT, id="an old encoding"),
        pytest.param(b"Ferry\0 returns to the islands on Monday\n", "a.txt", Format.TEXT, id="one NUL byte"),
        pytest.param(b"  \n\t\n", "a.txt", Format.TEXT, id="white space"),
        pytest.param(b"<?xml version='1.0'?><rss><channel>", "a.txt", Format.FEED, id="a feed under another name"),
        pytest.param(
            b"<!-- by hand -->\n<RSS VERSION='2.0'>", "a", Format.FEED, id="a feed in capitals after a comment"
        ),
        pytest.param(b"\n\nWarning: foo\n<?xml version='1.0'?><rss>", "a.xml", Format.FEED, id="a feed after junk"),
        pytest.param(b"<rss\n", "feed.xml", Format.FEED, id="a feed that goes on in the next line"),
        pytest.param("<?xml version='1.0'?><feed>".encode("utf-16"), "a", Format.FEED, id="a feed in UTF-16"),
        pytest.param(b"<?xml encoding='koi8-r'?><feed title='\xce\xcf'>", "a", Format.FEED, id="an old encoding, XML"),
        pytest.param(b"<rdf:RDF xmlns='x'><channel>", "a", Format.FEED, id="RSS 1.0"),
        pytest.param(b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "a", Format.FEED, id="RSS 1.0 by its namespace"),
        pytest.param(b"<CHANNEL HREF='x'>", "a.cdf", Format.FEED, id="CDF"),
        pytest.param(b"<!DOCTYPE rss [<!ELEMENT rss ANY>]><rss>", "a", Format.FEED, id="a feed with a DTD"),
        pytest.param(b"<urlset>", "a", Format.SITEMAP, id="a sitemap"),
        pytest.param(b"<?xml version='1.0'?><s:sitemapindex>", "a.xml.gz", Format.SITEMAP, id="an index, prefixed"),
        pytest.param(b"<newsMessage>", "a", Format.WIRE, id="NewsML-G2"),
        pytest.param(b"<!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf>", "a", Format.WIRE, id="NITF"),
        pytest.param(
            b"https://quay.example/1\n\n# two\nHTTP://quay.example/2", "a.txt", Format.URL_LIST, id="addresses"
        ),
        pytest.param(b"https://quay.example/1\thalf", "a.txt", Format.TEXT, id="an address and more"),
        pytest.param(b"https://quay.example/1\nSee above.\n", "a.txt", Format.TEXT, id="an address and prose"),
        pytest.param(b"# nothing yet\n", "a.txt", Format.TEXT, id="nothing but a comment"),
        pytest.param(b"See below:\n<?xml version='1.0'?><rss>", "a.txt", Format.TEXT, id="prose about feeds"),
        pytest.param(b'{\n "uri": "urn:q:1",\n "bodies": []\n}', "a", Format.JSON, id="ninjs over lines"),
        pytest.param(
            b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1}]}',
            "a",
            Format.JSON_LIST,
            id="JSON Feed",
        ),
    ],
)
def test_the_format_is_told(sample: bytes, name: str, expected: Format) -> None:
    assert detect_format(sample, name) is expected


@pytest.mark.parametrize(
    ("sample", "detail"),
    [
        pytest.param(b"%PDF-1.7\n", "a PDF", id="PDF"),
        pytest.param(b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "an office program", id="new office"),
        pytest.param(b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub", "an e-book", id="e-book"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office program", id="old office"),
        pytest.param(b"{\\rtf1\\ansi", "rich text", id="RTF"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "a PNG image", id="PNG"),
        pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image", id="JPEG"),
        pytest.param(b"BZh91AY&SY", "bzip2 inside", id="bzip2"),
        pytest.param(b"(\xb5/\xfd\x04\x00", "zstd", id="zstd"),
        pytest.param(gzip.compress(b"twice"), "gzip inside gzip", id="packed twice"),
        pytest.param(b"SQLite format 3\x00", "an SQLite database", id="SQLite"),
        pytest.param(bytes(8) + b"DUCK" + bytes(8), "a DuckDB database", id="DuckDB"),
    ],
)
def test_a_kind_no_reader_knows_is_named(sample: bytes, detail: str) -> None:
    with pytest.raises(RejectedDocumentError, match=detail) as caught:
        detect_format(sample, "a.txt")
    assert caught.value.reason == "unsupported_format"


@pytest.mark.parametrize(
    ("sample", "name", "detail"),
    [
        pytest.param(b"body { margin: 0 }\n", "a.css", "a style sheet", id="style sheet"),
        pytest.param(b"body { margin: 0 }\n", "A.CSS.gz", "a style sheet", id="packed, in capitals"),
        pytest.param(b'"""Rain."""\n', "raw.py", r"the source of a program \(.py\)", id="a program"),
        pytest.param(b"[project]\n", "pyproject.toml", r"settings of a program \(.toml\)", id="settings"),
        pytest.param(b"#!/bin/sh\necho rain\n", "a.txt", "a script", id="a script by its content"),
        pytest.param(b"<?xml version='1.0'?><kml>", "a.txt", "XML of a kind no reader knows: kml", id="other XML"),
        pytest.param(b"<newsitem><text>", "a.xml", "no reader knows: newsitem", id="the case of wire items matters"),
        pytest.param(b"<?xml version='1.0'?><rdf:RDF><foaf:Person/>", "a", "knows: rdf:RDF", id="RDF that is no feed"),
        pytest.param(b"Ferry returns\n", "a.xml", "no XML, for all its name", id="XML by name only"),
    ],
)
def test_text_that_is_no_article_is_refused(sample: bytes, name: str, detail: str) -> None:
    with pytest.raises(RejectedDocumentError, match=detail) as caught:
        detect_format(sample, name)
    assert caught.value.reason == "unsupported_format"


@pytest.mark.parametrize(
    "sample",
    [
        pytest.param(bytes(range(32)) * 8, id="control characters"),
        pytest.param(bytes(1000), id="nothing but NUL"),
        pytest.param(b"\x07\x13\x01" * 5 + b"some words between", id="more than a twentieth"),
    ],
)
def test_bytes_of_no_known_kind_are_not_text(sample: bytes) -> None:
    with pytest.raises(RejectedDocumentError, match="not_text"):
        detect_format(sample, "a.txt")


@pytest.mark.parametrize("piece", [pytest.param(b"<!--a-->", id="comments"), pytest.param(b"<?a?>", id="instructions")])
def test_a_page_of_comments_without_a_tag_is_told_in_no_time(piece: bytes) -> None:
    # A pattern that tries all ways to divide them would not be done in the life of the machine.
    assert detect_format(piece * 5000 + b"x", "a.txt") is Format.TEXT


@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)), st.sampled_from(NAMES))
def test_any_bytes_have_a_format_or_a_reason(sample: bytes, name: str) -> None:
    try:
        detect_format(sample, name)
    except RejectedDocumentError as error:
        assert error.reason in {"unsupported_format", "not_text", "bad_feed"}  # noqa: PT017  both ways are right


def test_half_a_character_in_json_is_no_hindrance() -> None:
    assert detect_format(b'{"title": "\xed\xa0\xbd", "articles": [{"text": "Rain fell."}]}', "a") is Format.JSON_LIST


def test_a_number_of_thousands_of_digits_is_kept_from_the_parser() -> None:
    assert detect_format(b'{"a": ' + b"9" * 5000 + b', "articles": [{"text": "Rain fell."}]}', "a.json") is Format.JSON
