"""Feeds of every kind as documents, whatever is broken in them, and hostile ones as refusals; nothing is fetched."""

import itertools
import json
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers import parse_listing
from flows.readers.batches import read_file
from flows.readers.feed import MAX_FEED_BYTES, parse_feed, read_feed
from flows.readers.found import FoundFile, Link, RawDocument, Refusal
from flows.readers.listing import Entry, Listing
from transforms.records import parse_record
from transforms.rejects import REASONS, RejectedDocumentError

FOUND = FoundFile(path=Path("/news/quay.xml"), external_id="news/quay.xml", size=8, modified_us=5)
CORPUS = Path(__file__).parents[3] / "shared" / "data" / "feeds"
MODULES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
ITEM = (
    "<item><title>Storm &amp;amp; rain</title><link>https://quay.example/1?a=1&amp;b=2</link><guid>q-1</guid>"
    "<pubDate>Thu, 08 Feb 2024 10:00:00 GMT</pubDate><author>desk@quay.example (A. Poe)</author>"
    "<description>Short.</description>"
    "<content:encoded><![CDATA[<p>Rain fell in Oakhaven.</p>]]></content:encoded></item>"
)
RSS = (
    f'<?xml version="1.0"?><rss version="2.0" {MODULES}><channel><title>The Quay</title><link>https://quay.example/</link>'
    f"<language>en-gb</language>{ITEM}</channel></rss>"
)
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://quay.example/news/">
  <title type="html">The &lt;b&gt;Quay&lt;/b&gt;</title><author><name>The Desk</name></author>
  <entry xml:base="2024/"><id>tag:quay.example,2024:1</id><title type="xhtml"><div>Storm <b>hits</b> coast</div></title>
    <link rel="self" href="1.atom"/><link href="1.html"/><published>2024-02-08T10:00:00Z</published>
    <updated>2024-02-08T11:00:00Z</updated><author><name>A. Poe</name></author><author><name>B. Low</name></author>
    <summary>Short.</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Rain &amp; wind.</p></div></content></entry>
  <entry><id>tag:quay.example,2024:2</id><title>3 &lt; 4</title><link href="/2"/><summary>Rain fell.</summary></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>The Quay</title></channel>
  <item rdf:about="https://quay.example/1"><title>Storm</title><link>https://quay.example/1</link>
  <dc:creator>A. Poe</dc:creator><dc:date>2024-02-08</dc:date><description>Rain fell.</description></item></rdf:RDF>"""
CDF = """<CHANNEL HREF="https://quay.example/"><TITLE>The Quay</TITLE><ITEM HREF="1.html" LASTMOD="2024-02-08T10:00">
  <TITLE>Storm</TITLE><ABSTRACT>Rain fell.</ABSTRACT></ITEM></CHANNEL>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Quay",
    "language": "en",
    "authors": [{"name": "The Desk"}],
    "items": [
        {
            "id": 7,
            "url": "/1",
            "title": "Storm",
            "content_html": "<p>Rain fell.",
            "date_published": "2024-02-08T10:00:00Z",
        },
        {"id": "b", "external_url": "https://gull.example/", "summary": "Rain fell.", "author": {"name": "A. Poe"}},
    ],
}
SAMPLES = {"RSS": RSS, "Atom": ATOM, "RDF": RDF, "CDF": CDF, "JSON Feed": json.dumps(JSON_FEED)}


def read(
    *chunks: bytes, source: str | None = None, limit: int = 100_000
) -> tuple[list[Any], RejectedDocumentError | None]:
    """Return what a file holds, and the error that ended it."""
    items: list[RawDocument | Refusal] = []
    try:
        for item in read_feed(iter(chunks), FOUND, source=source, limit=limit):
            items.append(item)  # noqa: PERF402  what came before an error is kept
    except RejectedDocumentError as error:
        return items, error
    return items, None


def parse_one(item: str, head: str = f'<rss version="2.0" {MODULES}>') -> Entry:
    """Return the entry of a feed that has one."""
    (entry,) = parse_feed(f"{head}<channel>{item}</channel></rss>".encode()).entries
    return entry


def test_an_entry_is_a_record_with_its_own_id_as_anchor() -> None:
    (document,), error = read(RSS.encode())
    assert error is None
    assert (document.uri, document.external_id) == ("file:///news/quay.xml#q-1", "news/quay.xml#q-1")
    assert (document.media_type, document.source_hint) == ("application/json", "quay")
    assert json.loads(document.payload) == {
        "url": "https://quay.example/1?a=1&b=2",
        "title": "Storm & rain",
        "published": "Thu, 08 Feb 2024 10:00:00 GMT",
        "author": "A. Poe",
        "language": "en-gb",
        "html": "<p>Rain fell in Oakhaven.</p>",
        "description": "Short.",
        "source": "The Quay",
        "id": "q-1",
    }


@pytest.mark.parametrize(
    ("markup", "field", "expected"),
    [
        pytest.param(
            "<category>Rain; wind</category><category>Sea</category>", "keywords", "Rain, wind; Sea", id="RSS"
        ),
        pytest.param('<category term="r" label="Rain"/><category term="sea"/>', "keywords", "Rain; sea", id="Atom"),
        pytest.param("<media:keywords>rain, sea</media:keywords>", "keywords", "rain; sea", id="Media RSS"),
        pytest.param(
            '<media:thumbnail url="https://a.example/1"/>', "image_url", "https://a.example/1", id="thumbnail"
        ),
        pytest.param(
            '<media:group><media:content url="https://a.example/1" medium="video"/>'
            '<media:content url="https://a.example/2" medium="image"/></media:group>',
            "image_url",
            "https://a.example/2",
            id="a picture in a group",
        ),
        pytest.param('<enclosure url="https://a.example/1.mp3" type="audio/mpeg"/>', "image_url", None, id="a sound"),
        pytest.param(
            '<enclosure url="https://a.example/1.JPG"/>', "image_url", "https://a.example/1.JPG", id="by name"
        ),
        pytest.param("<description>Rain fell.</description>", "description", None, id="a summary that is the content"),
    ],
)
def test_details_of_an_entry(markup: str, field: str, expected: str | None) -> None:
    assert getattr(parse_one(f"<item><title>Rain</title>{markup}</item>"), field) == expected


def test_a_record_is_one_that_records_are_read_from() -> None:
    (document,), _ = read(RSS.encode())
    fields = parse_record(document.payload)
    assert (fields.external_id, fields.title, fields.source) == ("q-1", "Storm & rain", "The Quay")


def test_a_source_that_is_given_wins_over_the_title() -> None:
    (document,), _ = read(RSS.encode(), source="quay.example")
    assert document.source_hint == "quay.example"
    assert "source" not in json.loads(document.payload)


def test_an_entry_taken_from_elsewhere_keeps_its_source() -> None:
    content = RSS.replace("<guid>", '<source url="https://gull.example/rss">The Gull</source><guid>')
    (document,), _ = read(content.encode(), source="quay.example")
    assert json.loads(document.payload)["source"] == "The Gull"


def test_atom_is_read_with_its_bases_and_authors() -> None:
    first, second = parse_feed(ATOM.encode()).entries
    assert first == Entry(
        url="https://quay.example/news/2024/1.html",
        external_id="tag:quay.example,2024:1",
        title="Storm hits coast",
        published="2024-02-08T10:00:00Z",
        modified="2024-02-08T11:00:00Z",
        author="A. Poe; B. Low",
        language="en",
        description="Short.",
        html="<div><p>Rain &amp; wind.</p></div>",
    )
    assert (second.url, second.title, second.author, second.text) == (
        "https://quay.example/2",
        "3 < 4",
        "The Desk",
        "Rain fell.",
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            RDF,
            Entry(
                url="https://quay.example/1",
                external_id="https://quay.example/1",
                title="Storm",
                published="2024-02-08",
                author="A. Poe",
                text="Rain fell.",
            ),
            id="RSS 1.0",
        ),
        pytest.param(
            CDF,
            Entry(url="https://quay.example/1.html", title="Storm", modified="2024-02-08T10:00", text="Rain fell."),
            id="CDF",
        ),
    ],
)
def test_older_feeds_are_read(content: str, expected: Entry) -> None:
    listing = parse_feed(content.encode())
    assert (listing.title, listing.entries) == ("The Quay", (expected,))


def test_a_json_feed_that_was_fetched_is_read() -> None:
    listing = parse_listing(json.dumps(JSON_FEED).encode(), url="https://quay.example/feed.json", limit=10_000)
    assert listing == Listing(
        kind="feed",
        title="The Quay",
        language="en",
        entries=(
            Entry(
                url="https://quay.example/1",
                external_id="7",
                title="Storm",
                published="2024-02-08T10:00:00Z",
                author="The Desk",
                language="en",
                html="<p>Rain fell.",
            ),
            Entry(url="https://gull.example/", external_id="b", author="A. Poe", language="en", text="Rain fell."),
        ),
    )


@pytest.mark.parametrize(
    ("item", "html", "text"),
    [
        pytest.param("<description>Rain &amp;amp; wind</description>", None, "Rain & wind", id="plain, escaped twice"),
        pytest.param("<description>3 &lt; 4</description>", None, "3 < 4", id="a sign is no tag"),
        pytest.param("<description>&lt;p&gt;Rain</description>", "<p>Rain", None, id="escaped markup"),
        pytest.param("<description>A <b>b</b> &amp; c</description>", "A <b>b</b> &amp; c", None, id="bare markup"),
        pytest.param("<description>a</description><content:encoded> </content:encoded>", None, "a", id="blank content"),
        pytest.param("<content type='image/png'>AAAA</content>", None, None, id="an image"),
        pytest.param("<content mode='base64'>UmFpbiBmZWxsLg==</content>", None, "Rain fell.", id="base64"),
        pytest.param("<content mode='base64'>%%%</content>", None, None, id="no base64"),
        pytest.param("<summary type='text'>&lt;p&gt;</summary>", None, "<p>", id="text that says it is"),
    ],
)
def test_markup_is_told_from_text(item: str, html: str | None, text: str | None) -> None:
    entry = parse_one(f"<item>{item}</item>")
    assert (entry.html, entry.text) == (html, text)


@pytest.mark.parametrize(
    ("item", "url"),
    [
        pytest.param("<link>/1</link>", "https://quay.example/1", id="relative"),
        pytest.param(
            "<link>1</link><guid>https://g.example/</guid>", "https://quay.example/news/1", id="link and guid"
        ),
        pytest.param("<guid>https://quay.example/1</guid>", "https://quay.example/1", id="a guid that is the address"),
        pytest.param("<guid isPermaLink='false'>https://quay.example/1</guid>", None, id="a guid that is none"),
        pytest.param("<link xml:base='//gull.example/a/'>1</link>", "https://gull.example/a/1", id="a base of its own"),
        pytest.param("<link>javascript:alert(1)</link>", "javascript:alert(1)", id="refused when it is fetched"),
        pytest.param("<link>http://[1</link>", "http://[1", id="malformed"),
    ],
)
def test_addresses_are_resolved(item: str, url: str | None) -> None:
    content = f"<rss><channel><item>{item}</item></channel></rss>".encode()
    (entry,) = parse_feed(content, url="https://quay.example/news/feed.xml").entries
    assert entry.url == url


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        pytest.param(f" {MODULES}", "", id="undeclared namespaces"),
        pytest.param('<?xml version="1.0"?>', "\n \n", id="white space for a declaration"),
        pytest.param('<?xml version="1.0"?>', "<b>Warning</b>: x.php\n<?xml version='1.0'?>", id="junk before it"),
        pytest.param('<?xml version="1.0"?>', "<!-- <rss> -->", id="a comment before the root"),
        pytest.param(
            '<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-16"?>', id="another encoding declared"
        ),
        pytest.param("</channel></rss>", "</channel></rss><script>1</script>", id="junk after the root"),
        pytest.param("a=1&amp;b=2", "a=1&b=2", id="a bare ampersand"),
        pytest.param("Storm &amp;amp;", "Storm &amp;\0\x0b", id="control characters"),
        pytest.param('version="2.0"', 'version="2.0" xmlns="http://gull.example/ns"', id="a namespace of its own"),
        pytest.param("<language>", "<b><language>", id="a tag that is never closed"),
        pytest.param('<?xml version="1.0"?>', "<!DOCTYPE rss>", id="a bare document type"),
        pytest.param(
            '<?xml version="1.0"?>',
            '<!DOCTYPE rss [<!ENTITY % latin PUBLIC "-//W3C//ENTITIES" "http://www.w3.org/lat1.ent"> %latin;]>',
            id="the entities of HTML by reference",
        ),
    ],
)
def test_what_feeds_get_wrong_costs_no_entry(changed: str, by: str) -> None:
    (document,), error = read(RSS.replace(changed, by).encode())
    record = json.loads(document.payload)
    assert error is None
    assert (record["title"], record["url"]) == ("Storm & rain", "https://quay.example/1?a=1&b=2")
    assert record["html"] == "<p>Rain fell in Oakhaven.</p>"


def test_tags_in_capitals_are_known() -> None:
    (entry,) = parse_feed(
        b"<RSS><CHANNEL><ITEM><TITLE>Storm</TITLE><PubDate>2024</PubDate></ITEM></CHANNEL></RSS>"
    ).entries
    assert (entry.title, entry.published) == ("Storm", "2024")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_other_encodings_are_read(encoding: str) -> None:
    item = "<item><title>Færgen sejler på ny</title><description>Vejret er blevet bedre på øerne.</description></item>"
    content = f'<?xml version="1.0" encoding="iso-8859-1"?><rss><channel>{item}</channel></rss>'
    (entry,) = parse_feed(content.encode(encoding)).entries
    assert entry.title == "Færgen sejler på ny"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        pytest.param("&eacute;&nbsp;&hellip;", "é …", id="of HTML"),
        pytest.param("&own;", "©", id="declared"),
        pytest.param("&xyzzy;", "&xyzzy;", id="undeclared"),
        pytest.param("it&#146;s", "it’s", id="a number of Windows"),
        pytest.param("a&#0;&#xFFFF;&#99999999999;b", "ab", id="a number of none"),
        pytest.param("<![CDATA[a &lt; b]]>", "a < b", id="in a CDATA section"),
    ],
)
def test_references_are_resolved(written: str, read_as: str) -> None:
    content = (
        f'<!DOCTYPE rss [<!ENTITY own "&#169;">]><rss><channel><item><title>{written}</title></item></channel></rss>'
    )
    listing = parse_feed(content.encode())
    assert listing.entries[0].title == read_as


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("<author>a@b.example (A. Poe)</author>", "A. Poe", id="as RSS wants it"),
        pytest.param("<author>A. Poe &lt;a@b.example&gt;</author>", "A. Poe", id="as in e-mail"),
        pytest.param("<author>a@b.example</author>", "a@b.example", id="no name"),
        pytest.param("<dc:creator>A. Poe</dc:creator><dc:creator>B. Low</dc:creator>", "A. Poe; B. Low", id="two"),
        pytest.param("<author><email>a@b.example</email></author>", "a@b.example", id="Atom without a name"),
        pytest.param("<source><author><name>A. Poe</name></author></source>", "A. Poe", id="of the feed it is from"),
    ],
)
def test_authors_are_names(written: str, expected: str) -> None:
    assert parse_one(f"<item>{written}</item>").author == expected


def test_an_entry_without_content_is_refused_with_its_title_and_address() -> None:
    item = "<item><title>Storm</title><link>https://quay.example/1</link></item>"
    (refusal, document), error = read(RSS.replace("<item>", f"{item}<item>").encode())
    assert error is None
    assert (refusal.reason, refusal.uri) == ("missing_text", "file:///news/quay.xml#/0")
    assert refusal.detail == "neither content nor summary: Storm: https://quay.example/1"
    assert isinstance(document, RawDocument)


def test_an_entry_above_the_limit_costs_itself_only() -> None:
    item = f"<item><description>{'x' * 2000}</description></item>"
    (refusal, document), _ = read(RSS.replace("<item>", f"{item}<item>").encode(), limit=1000)
    assert refusal.reason == "too_large"
    assert isinstance(document, RawDocument)


def test_ids_that_are_given_twice_make_no_anchor_twice() -> None:
    guids = ("a", "a", "/5", "/1", "", "a")
    items = "".join(f"<item><guid>{guid}</guid><description>x</description></item>" for guid in guids)
    documents, _ = read(f"<rss><channel>{items}</channel></rss>".encode())
    assert [document.uri.partition("#")[2] for document in documents] == ["a", "/1", "/5", "/3", "/4", "/5+"]


@pytest.mark.parametrize(
    ("cut", "count"),
    [
        pytest.param("</channel></rss>", 1, id="after an entry, which may be half"),
        pytest.param("fell in Oakhaven", 1, id="within an entry"),
    ],
)
def test_a_feed_cut_short_is_read_up_to_its_last_whole_entry(cut: str, count: int) -> None:
    content = RSS.replace("</channel>", f"{ITEM}</channel>")
    items, error = read(content[: content.rindex(cut)].encode())
    assert error is not None
    assert (error.reason, len(items)) == ("truncated", count)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("<rss><channel><title>Quay</title></channel></rss>", "empty", id="no entry"),
        pytest.param("<!DOCTYPE html><html><body><p>No such page", "bad_feed", id="HTML"),
        pytest.param("Not found", "bad_feed", id="text"),
        pytest.param("\x01\x02\x03\x04\x05", "bad_feed", id="no text"),
        pytest.param("<rss><channel>", "truncated", id="nothing but a beginning"),
        pytest.param(f"<rss>{'<item/>' * 50_001}</rss>", "too_large", id="more entries than any feed has"),
        pytest.param("<!DOCTYPE rss [<!-- ]><rss/>", "bad_feed", id="a document type that never ends"),
    ],
)
def test_what_is_no_feed_is_refused(content: str, reason: str) -> None:
    items, error = read(content.encode())
    assert error is not None
    assert (items, error.reason) == ([], reason)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "subset",
    [
        pytest.param(f'<!ENTITY l0 "lol">{LAUGHS}', id="a billion laughs"),
        pytest.param(f'<!ENTITY l9 "{"x" * 10_000}">', id="a quadratic blow-up"),
        pytest.param('<!ENTITY l9 SYSTEM "file:///etc/passwd">', id="a file"),
        pytest.param('<!ENTITY l9 PUBLIC "a" "http://127.0.0.1/">', id="an address"),
        pytest.param("<!-- ' --><!ENTITY l9 SYSTEM 'file:///etc/passwd'>", id="after a comment with a quote"),
    ],
)
@pytest.mark.parametrize("wide", [False, True], ids=["UTF-8", "UTF-16"])
def test_entities_that_do_harm_are_refused(subset: str, *, wide: bool) -> None:
    content = (
        f"<?xml version='1.0'?><!DOCTYPE rss [{subset}]><rss><channel><item><title>&l9;</title></item></channel></rss>"
    )
    with pytest.raises(RejectedDocumentError, match="bad_feed: declares the entity l"):
        parse_feed(content.encode("utf-16" if wide else "utf-8"))


def test_nothing_is_fetched_and_no_file_opened() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/rss.dtd"
        doctype = f'<!DOCTYPE rss SYSTEM "{address}" [<!ENTITY % a SYSTEM "{address}"> %a;]>'
        include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{address}"/>'
        content = RSS.replace('<?xml version="1.0"?>', f'{doctype}<?xml-stylesheet href="{address}"?>')
        (document,), error = read(content.replace("<language>", f"{include}<language>").encode())
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
    assert error is None
    assert json.loads(document.payload)["title"] == "Storm & rain"


@pytest.mark.parametrize("piece", [b"<item>", ITEM.encode(), b" ", b"<!--", b"<!ENTITY ", b"<![CDATA[", b"&lt;"])
def test_an_endless_feed_is_left_at_the_limit(piece: bytes) -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        yield b"<rss><channel>"
        for _ in itertools.count():
            taken += 1
            yield piece * (1 + (1 << 20) // len(piece))

    with pytest.raises(RejectedDocumentError, match="too_large"):
        list(read_feed(endless(), FOUND, source=None, limit=100_000))
    assert taken <= MAX_FEED_BYTES / (1 << 20) + 1


@pytest.mark.parametrize(
    "piece", ["<item>", "<!--", "<![CDATA[", "&", "&a", "<", "<a b='", "<!DOCTYPE ", "<?", "<item><link>", "<script "]
)
@pytest.mark.parametrize("place", ["<rss><channel>", "<rss><channel><item><title>", "", "<!DOCTYPE rss ["])
def test_no_repetition_takes_time_with_its_square(place: str, piece: str) -> None:
    # 400 KB: with the square of that in time the test would not end in hours.
    read((place + piece * (400_000 // len(piece))).encode())


@st.composite
def mutate(draw: st.DrawFn) -> bytes:
    """Return a sample with parts cut out, doubled or replaced."""
    content = draw(st.sampled_from(list(SAMPLES.values()))).encode()
    for _ in range(draw(st.integers(0, 5))):
        start, end = sorted((draw(st.integers(0, len(content))), draw(st.integers(0, len(content)))))
        middle = draw(
            st.sampled_from([b"", content[start:end] * 2, b"<", b"&", b"\0", b"]]>", b"<!DOCTYPE x ["])
            | st.binary(max_size=9)
        )
        content = content[:start] + middle + content[min(end, start + draw(st.integers(0, 40))) :]
    return content


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode) | mutate())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    documents, error = read(content)
    assert documents or error is not None
    for document in documents:
        if isinstance(document, RawDocument):
            parse_record(document.payload)
    try:
        listing = parse_listing(content, url="https://quay.example/", content_type="text/plain", limit=10_000)
    except RejectedDocumentError as raised:
        assert raised.reason in {"bad_feed", "too_large", "truncated"}  # noqa: PT017  both ways are right
    else:
        assert listing is None or listing.kind in {"feed", "urls", "sitemap"}


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_feed_that_was_fetched_is_known_by_its_content(name: str) -> None:
    listing = parse_listing(SAMPLES[name].encode(), url="https://quay.example/", content_type="text/html", limit=10_000)
    assert listing is not None
    assert (listing.kind, listing.title) == ("feed", "The Quay")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        pytest.param(b"<!DOCTYPE html><html><p>Storm", "text/html", id="a page"),
        pytest.param(b"\xef\xbb\xbf<html><p>Storm", "application/rss+xml", id="a page that says it is a feed"),
        pytest.param(b"Rain fell.", "text/plain", id="text"),
        pytest.param(b'{"items": [{"id": 1}]}', "application/json", id="other JSON"),
        pytest.param(b"<?xml version='1.0'?><kml/>", "text/xml", id="other XML"),
        pytest.param(b"%PDF-1.7", "application/pdf", id="a PDF"),
        pytest.param(b"", "text/xml", id="nothing"),
    ],
)
def test_an_answer_that_is_no_list_is_none(content: bytes, content_type: str) -> None:
    assert parse_listing(content, url="https://quay.example/", content_type=content_type, limit=1000) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"<rss><channel><item><title>Sto", "truncated", id="cut within the first entry"),
        pytest.param(b"<rss>" + b" " * 20_000, "too_large", id="too large"),
        pytest.param(
            b'{"version": "https://jsonfeed.org/version/1", "items": [', "bad_feed", id="a JSON Feed cut short"
        ),
        pytest.param(b'{"version": "https://jsonfeed.org/version/1"}', "bad_feed", id="a JSON Feed without items"),
        pytest.param(b"<!DOCTYPE rss [<!ENTITY a '&b;'>]><rss></rss>", "bad_feed", id="entities that do harm"),
    ],
)
def test_a_list_that_is_broken_beyond_reading_says_so(content: bytes, reason: str) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        parse_listing(content, url="https://quay.example/", limit=10_000)
    assert caught.value.reason == reason


def list_corpus() -> Iterable[Path]:
    return sorted(path for path in CORPUS.glob("*/**/*") if path.is_file())


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the test feeds of feedparser are not here")
def test_every_feed_of_a_large_collection_ends_with_a_result() -> None:
    outcomes = {}
    for path in list_corpus():
        found = FoundFile(path=path, external_id=path.name, size=path.stat().st_size, modified_us=0)
        items = list(read_file(found, source=None, limit=1_000_000))
        assert not any(isinstance(item, Link) for item in items)
        outcomes[path] = {
            item.reason if isinstance(item, Refusal) else "read" for item in items if not isinstance(item, Link)
        }
    assert all(outcomes.values())
    assert set().union(*outcomes.values()) - {"read"} <= set(REASONS)
    assert (
        sum("read" in outcome for outcome in outcomes.values()) > len(outcomes) / 3
    )  # many test the feed's own fields
    assert not any("bad_feed" in outcome for path, outcome in outcomes.items() if "wellformed" in path.parts)


def test_a_reference_that_only_the_parser_sees_is_passed_over() -> None:
    listing = parse_feed(b"<rss a='<![CDATA['><channel>&b;<item><title>Rain &b; wind</title></item></channel></rss>")
    assert [entry.title for entry in listing.entries] == ["Rain wind"]


def test_a_foreign_namespace_with_a_prefix_not_declared_is_read() -> None:
    content = (
        "<rss xmlns='urn:x'><channel><item><title>Storm</title><dc:creator>A. Poe</dc:creator></item></channel></rss>"
    )
    assert [entry.title for entry in parse_feed(content.encode()).entries] == ["Storm"]


TOMBSTONES = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<title>Quay</title><entry><id>tag:quay,1</id><title>Storm</title><summary>Rain fell.</summary></entry>
<at:deleted-entry ref="tag:quay,2" when="2026-03-01T08:00:00Z">
  <at:by><name>A. Poe</name></at:by><at:comment>Wrong in every part</at:comment>
  <link href="https://quay.example/2"/></at:deleted-entry>
<at:deleted-entry ref="tag:quay,1" when="2026-03-02T08:00:00Z"/><at:deleted-entry when="2026-03-03T08:00:00Z"/>
</feed>"""


def test_entries_that_were_deleted_are_documents_that_say_so() -> None:
    items, error = read(TOMBSTONES.encode())
    assert error is None
    assert [item.uri.partition("#")[2] for item in items] == ["tag:quay,1", "tag:quay,2", "/2"]
    assert [json.loads(item.payload) for item in items[1:]] == [
        {
            "id": "tag:quay,2",
            "url": "https://quay.example/2",
            "modified": "2026-03-01T08:00:00Z",
            "source": "Quay",
            "withdrawal": "deleted_entry",
        },
        {"id": "tag:quay,1", "modified": "2026-03-02T08:00:00Z", "source": "Quay", "withdrawal": "deleted_entry"},
    ]


def test_a_feed_of_deleted_entries_alone_is_not_empty() -> None:
    start, end = TOMBSTONES.index("<entry>"), TOMBSTONES.index("</entry>") + len("</entry>")
    items, error = read((TOMBSTONES[:start] + TOMBSTONES[end:]).encode())
    assert error is None
    assert len(items) == 2


def test_of_a_feed_that_ends_early_no_tombstone_is_believed() -> None:
    items, error = read(TOMBSTONES.removesuffix("/>\n</feed>").encode())
    assert error is not None
    assert error.reason == "truncated"
    assert items == []
