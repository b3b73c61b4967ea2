"""Wire copy as documents: NewsML-G2 alone and in messages, NITF alone and within it, ninjs of each version."""

import itertools
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers.batches import read_file
from flows.readers.found import FoundFile, RawDocument, Refusal
from flows.readers.wire import MAX_WIRE_BYTES, read_wire
from transforms.records import parse_record
from transforms.rejects import RejectedDocumentError

FOUND = FoundFile(path=Path("/news/gull.xml"), external_id="news/gull.xml", size=8, modified_us=0)
META = """<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:GULL"/>
  <versionCreated>2024-02-08T11:00:00Z</versionCreated><firstCreated>2024-02-08T10:00:00Z</firstCreated>
  <pubStatus qcode="stat:usable"/><title>storm-desk</title>
  <link rel="irel:permalink" href="https://gull.example/1"/></itemMeta>
 <contentMeta><headline>Storm <em>hits</em> coast</headline><by>By A. Poe</by><language tag="en-GB"/></contentMeta>"""
HTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>
  </head><body><h2>Waves</h2><p>Rain fell &amp; wind <b>blew</b>.<br/>All day.</p><ul><li>One</li></ul>
  <figure><p>A pier.</p></figure></body></html></inlineXML>"""
NITF = """<nitf xml:lang="en"><head><title>x</title><docdata><doc-id id-string="gull-2" regsrc="gull"/>
   <date.issue norm="20240208T100000Z"/><doc.copyright holder="Gull News"/></docdata>
   <pubdata ex-ref="https://gull.example/2"/></head>
 <body><body.head><hedline><hl1>Storm</hl1><hl2>More to come</hl2></hedline><distributor>Gull</distributor>
   <byline>By <person>A. Poe</person><byttl>Editor</byttl></byline><dateline>OAKHAVEN</dateline></body.head>
  <body.content><block><p>Rain
fell.</p><p>Wind blew.</p><media><media-caption><p>A pier.</p></media-caption></media></block></body.content>
  <body.end><tagline>Ends</tagline></body.end></body></nitf>"""
NITF_RECORD = {
    "id": "gull-2",
    "url": "https://gull.example/2",
    "title": "Storm",
    "published": "20240208T100000Z",
    "author": "A. Poe",
    "language": "en",
    "source": "Gull",
    "text": "Rain\nfell.\n\nWind blew.",
}


def make_item(
    content: str, *, guid: str = "urn:newsml:gull.example:1", meta: str = META, name: str = "newsItem"
) -> str:
    """Return an item of NewsML-G2."""
    return (
        f'<{name} xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="2">{meta}'
        f"<contentSet>{content}</contentSet></{name}>"
    )


def make_message(*items: str) -> str:
    return f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/><itemSet>{"".join(items)}</itemSet></newsMessage>'


def read(
    *chunks: bytes, source: str | None = None, limit: int = 100_000
) -> tuple[list[Any], RejectedDocumentError | None]:
    """Return what a file holds, and the error that ended it."""
    items: list[RawDocument | Refusal] = []
    try:
        for item in read_wire(iter(chunks), FOUND, source=source, limit=limit):
            items.append(item)  # noqa: PERF402  what came before an error is kept
    except RejectedDocumentError as error:
        return items, error
    return items, None


def test_an_item_is_a_record_with_its_paragraphs() -> None:
    (document,), error = read(make_item(HTML).encode())
    assert error is None
    assert (document.uri, document.source_hint, document.media_type) == (
        "file:///news/gull.xml",
        "gull",
        "application/json",
    )
    assert json.loads(document.payload) == {
        "id": "urn:newsml:gull.example:1",
        "url": "https://gull.example/1",
        "title": "Storm hits coast",
        "published": "2024-02-08T10:00:00Z",
        "modified": "2024-02-08T11:00:00Z",
        "author": "By A. Poe",
        "language": "en-GB",
        "source": "GULL",
        "text": "Waves\n\nRain fell & wind blew.\nAll day.\n\nOne",
    }


def test_nitf_is_a_record() -> None:
    (document,), error = read(f"<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'nitf.dtd'>{NITF}".encode())
    assert error is None
    assert json.loads(document.payload) == NITF_RECORD


def test_nitf_within_an_item_fills_what_the_item_is_silent_of() -> None:
    (document,), _ = read(make_item(f"<inlineXML>{NITF}</inlineXML>", meta="").encode())
    assert json.loads(document.payload) == {**NITF_RECORD, "id": "urn:newsml:gull.example:1"}


def test_details_of_wire_copy() -> None:
    keys = '<key-list><keyword key="rain"/><keyword key="sea"/></key-list></docdata>'
    nitf = NITF.replace("<pubdata ", '<pubdata position.section="World" ').replace("</docdata>", keys)
    more = "<subject><name>Ferries</name></subject><description>Wet.</description></contentMeta>"
    item = make_item(f"<inlineXML>{nitf}</inlineXML>", meta=META.replace("</contentMeta>", more))
    both, alone = (parse_record(read(text.encode())[0][0].payload) for text in (item, nitf))
    assert (both.section, both.keywords, both.description) == ("World", "Ferries", "Wet.")
    assert (alone.section, alone.keywords, alone.description) == ("World", "rain; sea", None)


def test_details_of_ninjs() -> None:
    record = {
        "uri": "urn:gull:1",
        "versioncreated": "2024-02-08T11:00:00Z",
        "bodies": [{"value": "Rain fell."}],
        "descriptions": [{"contenttype": "text/plain", "value": "Wet."}],
        "subject": [{"name": "Ferries"}, {"name": "Sea"}],
        "associations": [{"type": "picture", "renditions": [{"href": "https://gull.example/1.jpg"}]}],
    }
    fields = parse_record(json.dumps(record).encode())
    assert (fields.description, fields.keywords) == ("Wet.", "Ferries; Sea")
    assert fields.image_url == "https://gull.example/1.jpg"


@pytest.mark.parametrize(
    ("meta", "field", "expected"),
    [
        pytest.param("<itemMeta><title>Storm</title></itemMeta>", "title", "Storm", id="a title of the item"),
        pytest.param(
            "<contentMeta><creator><name>A. Poe</name></creator><creator literal='B. Low'/></contentMeta>",
            "author",
            "A. Poe; B. Low",
            id="creators",
        ),
        pytest.param(
            "<itemMeta><provider qcode='a:G'><name>Gull</name></provider></itemMeta>", "source", "Gull", id="a name"
        ),
        pytest.param("<contentMeta><creditline>Gull/AP</creditline></contentMeta>", "source", "Gull/AP", id="a credit"),
    ],
)
def test_fields_are_taken_where_they_are(meta: str, field: str, expected: str) -> None:
    (document,), _ = read(make_item(HTML, meta=meta).encode())
    assert json.loads(document.payload)[field] == expected


def test_a_message_is_a_document_an_item() -> None:
    package = make_item("", guid="urn:p", name="packageItem")
    again = make_item("<inlineData>Rain fell.\nWind blew.</inlineData>", guid="urn:a")
    items, error = read(make_message(make_item(HTML, guid="urn:a"), package, again).encode())
    assert error is None
    assert [item.uri.partition("#")[2] for item in items] == ["urn:a", "urn:p", "/2"]
    assert (items[1].reason, items[1].detail) == ("missing_text", "<packageItem> without text: Storm hits coast")
    assert json.loads(items[2].payload)["text"] == "Rain fell.\nWind blew."


def test_a_source_that_is_given_wins() -> None:
    (document,), _ = read(make_item(HTML).encode(), source="quay.example")
    assert document.source_hint == "quay.example"
    assert "source" not in json.loads(document.payload)


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        pytest.param(make_item("<remoteContent href='a.jpg'/>"), "missing_text", "without text", id="a picture"),
        pytest.param(
            make_item(f"<inlineData>{'x' * 2000}</inlineData>"), "too_large", "limit is 1,000", id="too large"
        ),
    ],
)
def test_an_item_of_no_use_costs_itself_only(content: str, reason: str, detail: str) -> None:
    (refusal, document), error = read(make_message(content, make_item(HTML)).encode(), limit=1000)
    assert error is None
    assert refusal.reason == reason
    assert detail in refusal.detail
    assert isinstance(document, RawDocument)


@pytest.mark.parametrize(
    "code", ["stat:canceled", "stat:withheld", "http://cv.iptc.org/newscodes/pubstatusg2/canceled"]
)
def test_an_item_that_is_withdrawn_is_a_notice_without_text(code: str) -> None:
    (document,), error = read(make_item(HTML).replace("stat:usable", code).encode())
    assert error is None
    record = json.loads(document.payload)
    assert (record["withdrawal"], record["id"]) == ("pub_status", "urn:newsml:gull.example:1")
    assert record["modified"] == "2024-02-08T11:00:00Z"
    assert "text" not in record


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param('management-status="canceled"', ("gull-2", "https://gull.example/2", "pub_status"), id="itself"),
        pytest.param(
            'management-status="usable" management-doc-idref="gull-1" management-idref-status="withheld"',
            ("gull-1", None, "pub_status"),
            id="another one",
        ),
        pytest.param(
            'management-status="canceled" management-doc-idref="gull-1"', ("gull-1", None, "pub_status"), id="the last"
        ),
        pytest.param('management-status="usable"', ("gull-2", "https://gull.example/2", None), id="nothing"),
    ],
)
def test_nitf_withdraws_itself_or_another(attributes: str, expected: tuple[str | None, ...]) -> None:
    (document,), _ = read(NITF.replace("<docdata>", f"<docdata {attributes}>").encode())
    record = json.loads(document.payload)
    assert (record["id"], record.get("url"), record.get("withdrawal")) == expected
    assert ("text" in record) == (expected[2] is None)


@pytest.mark.parametrize(
    ("content", "reason", "count"),
    [
        pytest.param(make_message(), "empty", 0, id="no item"),
        pytest.param(make_message(make_item(HTML), make_item(HTML))[:-200], "truncated", 1, id="cut short"),
        pytest.param("<html><p>No such page", "bad_feed", 0, id="HTML"),
        pytest.param("<newsitem><p>Rain</p></newsitem>", "bad_feed", 0, id="another format"),
        pytest.param("Rain fell.", "bad_feed", 0, id="text"),
        pytest.param(f'<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]>{NITF}', "bad_feed", 0, id="a file"),
        pytest.param(f'<!DOCTYPE nitf [<!ENTITY a "&b;&b;">]>{NITF}', "bad_feed", 0, id="laughs"),
    ],
)
def test_what_is_no_wire_copy_is_refused(content: str, reason: str, count: int) -> None:
    items, error = read(content.encode())
    assert error is not None
    assert (error.reason, len(items)) == (reason, count)


def test_nothing_is_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/nitf.dtd"
        doctype = f'<!DOCTYPE nitf SYSTEM "{address}" [<!ENTITY % a SYSTEM "{address}"> %a;]>'
        (document,), error = read(f"{doctype}{NITF}".encode())
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
    assert error is None
    assert json.loads(document.payload) == NITF_RECORD


def test_an_endless_message_is_left_at_the_limit() -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        yield b"<newsMessage><itemSet>"
        for _ in itertools.count():
            taken += 1
            yield b"<newsItem/>" * 100_000

    with pytest.raises(RejectedDocumentError, match="too_large"):
        list(read_wire(endless(), FOUND, source=None, limit=1))
    assert taken <= MAX_WIRE_BYTES / 1_100_000 + 1


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(
            {"headline": "Storm", "title": "desk", "byline": "A. Poe", "body_text": "Rain fell.", "body_xhtml": "<p>R"},
            ("Storm", "A. Poe", "Rain fell.", None, None),
            id="1.5",
        ),
        pytest.param(
            {"headline": "Storm", "body_xhtml": "<p>Rain fell.", "copyrightholder": "Gull"},
            ("Storm", None, None, "<p>Rain fell.", "Gull"),
            id="1.0, markup only",
        ),
        pytest.param(
            {
                "by": "A. Poe",
                "headlines": [{"role": "short", "value": "S"}, {"role": "main", "value": "Storm"}],
                "bodies": [
                    {"role": "summary", "contenttype": "text/plain", "value": "R."},
                    {"role": "main", "contenttype": "text/plain", "value": "Rain fell."},
                ],
                "infosources": [{"role": "isrol:originfo", "name": "Gull"}],
            },
            ("Storm", "A. Poe", "Rain fell.", None, "Gull"),
            id="2.1",
        ),
        pytest.param(
            {"headlines": [{"value": "Storm"}], "bodies": [{"contentType": "application/xhtml+xml", "value": "<p>R"}]},
            ("Storm", None, None, "<p>R", None),
            id="3.0",
        ),
        pytest.param(
            {"headlines": "x", "bodies": [1, {"value": None}, {"value": "Rain fell."}], "infosources": [2]},
            (None, None, "Rain fell.", None, None),
            id="of other types",
        ),
    ],
)
def test_ninjs_is_read_from_its_file(tmp_path: Path, record: dict[str, Any], expected: tuple[str | None, ...]) -> None:
    dates = {"firstcreated": "2024-02-08T10:00:00Z", "versioncreated": "2024-02-08T11:00:00Z"}
    path = tmp_path / "gull.ninjs"
    path.write_text(json.dumps({"uri": "urn:gull:1", "type": "text", "language": "en", **dates, **record}, indent=1))
    found = FoundFile(path=path, external_id="gull.ninjs", size=1, modified_us=0)
    (document,) = read_file(found, source=None, limit=10_000)
    assert isinstance(document, RawDocument)
    fields = parse_record(document.payload)
    assert (fields.title, fields.author, fields.text, fields.html, fields.source) == expected
    assert (fields.external_id, fields.published, fields.modified) == ("urn:gull:1", *dates.values())


@given(
    st.sampled_from([make_message(make_item(HTML), make_item(NITF)), NITF]),
    st.integers(0, 2500),
    st.integers(0, 60),
    st.sampled_from(["", "<", "&", "]]>", "<p>", "\0", "</nitf>"]) | st.text(max_size=9),
)
def test_any_change_is_read_or_refused(sample: str, start: int, length: int, by: str) -> None:
    items, error = read((sample[:start] + by + sample[start + length :]).encode("utf-8", "replace"))
    assert items or error is not None
    assert error is None or error.reason in {"bad_feed", "truncated", "empty"}
