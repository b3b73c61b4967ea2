"""Sitemaps as links: addresses with what is known of them, sitemaps in an index, hostile and broken ones."""

import gzip
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.readers import parse_listing, read_paths
from flows.readers.found import FoundFile, Link, Refusal
from flows.readers.listing import MAX_LIST_BYTES, Entry
from flows.readers.sitemap import parse_sitemap, read_sitemap
from transforms.rejects import RejectedDocumentError

MEBIBYTE = 1 << 20
FOUND = FoundFile(path=Path("/news/sitemap.xml"), external_id="news/sitemap.xml", size=8, modified_us=0)
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
URL = "<url><loc>https://quay.example/1?a=1&amp;b=2</loc><lastmod>2024-02-08</lastmod><priority>0.5</priority></url>"
SITEMAP = f"<?xml version='1.0'?>\n<urlset {NAMESPACE}>{URL}</urlset>"
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NAMESPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://quay.example/storm </loc>
    <news:news><news:publication><news:name>The Quay</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2024-02-08T10:00:00Z</news:publication_date>
      <news:title><![CDATA[Storm > rain & wind]]></news:title></news:news>
    <image:image><image:loc>https://quay.example/storm.jpg</image:loc><image:title>A pier</image:title></image:image>
  </url>
</urlset>"""
INDEX = f"""<sitemapindex {NAMESPACE}><sitemap><loc>https://quay.example/a.xml.gz</loc><lastmod>2024-02-08</lastmod></sitemap>
<sitemap><loc>https://quay.example/b.xml</loc></sitemap></sitemapindex>"""


def read(*chunks: bytes) -> tuple[list[Link | Refusal], RejectedDocumentError | None]:
    """Return what a file holds, and the error that ended it."""
    items: list[Link | Refusal] = []
    try:
        for item in read_sitemap(iter(chunks), FOUND, source=None, limit=1):
            items.append(item)  # noqa: PERF402  what came before an error is kept
    except RejectedDocumentError as error:
        return items, error
    return items, None


def get_hints(item: Link | Refusal) -> dict[str, str]:
    """Return what a link says of its page."""
    assert isinstance(item, Link)
    hints: dict[str, str] = json.loads(item.hints or "{}")
    return hints


def test_an_address_is_a_link_with_its_date() -> None:
    items, error = read(SITEMAP.encode())
    assert error is None
    assert items == [Link("https://quay.example/1?a=1&b=2", "file:///news/sitemap.xml", '{"modified":"2024-02-08"}')]


def test_a_news_sitemap_says_more_and_pictures_are_no_pages() -> None:
    (link,), error = read(NEWS.encode())
    assert error is None
    assert link[0] == "https://quay.example/storm"
    assert get_hints(link) == {
        "title": "Storm > rain & wind",
        "published": "2024-02-08T10:00:00Z",
        "language": "en",
        "source": "The Quay",
    }


def test_an_index_is_a_link_a_sitemap() -> None:
    items, error = read(INDEX.encode())
    assert error is None
    assert [item[0] for item in items] == ["https://quay.example/a.xml.gz", "https://quay.example/b.xml"]
    assert {item[2] for item in items} == {None}


@pytest.mark.parametrize(
    ("changed", "by"),
    [
        pytest.param(f" {NAMESPACE}", "", id="no namespace"),
        pytest.param("http://www.sitemaps.org", "https://www.google.com", id="another namespace"),
        pytest.param("&amp;", "&", id="a bare ampersand"),
        pytest.param("<?xml version='1.0'?>\n", "\n\n<?xml version='1.0'?>", id="white space in front"),
        pytest.param("<?xml version='1.0'?>", "<!DOCTYPE urlset>", id="a document type"),
        pytest.param("<loc>", "<LOC>", id="a tag in capitals, closed in small letters"),
        pytest.param("<priority>0.5", "<priority>\x00\x0b", id="control characters"),
        pytest.param("</urlset>", "</urlset>junk", id="junk behind"),
    ],
)
def test_what_sitemaps_get_wrong_costs_no_address(changed: str, by: str) -> None:
    items, error = read(SITEMAP.replace(changed, by).encode())
    assert error is None or "LOC" in by
    assert [item[0] for item in items] == ["https://quay.example/1?a=1&b=2"] or "LOC" in by


def test_undeclared_namespaces_are_known_by_their_prefix() -> None:
    content = NEWS.replace('xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', "").replace(
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"', ""
    )
    (link,), _ = read(content.encode())
    assert link[0] == "https://quay.example/storm"
    assert get_hints(link)["title"] == "Storm > rain & wind"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding: str) -> None:
    content = NEWS.replace("Storm >", "Sturm über").replace("UTF-8", "windows-1252")
    (link,), _ = read(content.encode(encoding))
    assert get_hints(link)["title"] == "Sturm über rain & wind"


@given(st.lists(st.integers(0, len(NEWS)), max_size=6))
def test_a_sitemap_is_the_same_wherever_it_is_cut(cuts: list[int]) -> None:
    bounds = [0, *sorted(cuts), len(NEWS)]
    assert read(*(NEWS[start:end].encode() for start, end in itertools.pairwise(bounds))) == read(NEWS.encode())


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("/storm", id="relative"),
        pytest.param("http://[1", id="malformed"),
    ],
)
def test_an_address_that_cannot_be_fetched_is_refused(address: str) -> None:
    url = f"<url><loc>{address}</loc></url>"
    (refusal, link), error = read(SITEMAP.replace("<url>", f"{url}<url>").encode())
    assert error is None
    assert isinstance(refusal, Refusal)
    assert (refusal.reason, refusal.uri) == ("bad_url", "file:///news/sitemap.xml#/0")
    assert address in refusal.detail
    assert isinstance(link, Link)


@pytest.mark.parametrize(
    ("content", "reason", "count"),
    [
        pytest.param(SITEMAP.replace(URL, ""), "empty", 0, id="no address"),
        pytest.param(SITEMAP.replace("</urlset>", "<url><loc>https://qu"), "truncated", 1, id="cut short"),
        pytest.param("<html><p>No such page", "bad_feed", 0, id="HTML"),
        pytest.param("Not found", "bad_feed", 0, id="text"),
        pytest.param(
            f'<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset {NAMESPACE}>',
            "bad_feed",
            0,
            id="a file",
        ),
        pytest.param(f"<urlset {NAMESPACE}>" + "x" * 3 * MEBIBYTE, "bad_feed", 0, id="text without an end"),
    ],
)
def test_what_is_no_sitemap_is_refused(content: str, reason: str, count: int) -> None:
    items, error = read(*(content[start : start + MEBIBYTE].encode() for start in range(0, len(content), MEBIBYTE)))
    assert error is not None
    assert (error.reason, len(items)) == (reason, count)


@pytest.mark.parametrize("piece", [URL.encode(), b"<a/>", b"<url>", b"<url><b>", b"<news:news>"])
def test_an_endless_sitemap_is_left_at_the_limit(piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.readers.listing.MAX_LIST_BYTES", 2 * MEBIBYTE)

    def endless() -> Iterator[bytes]:
        yield b"<urlset>"
        for _ in itertools.count():
            yield piece * (MEBIBYTE // len(piece))

    with pytest.raises(RejectedDocumentError, match="too_large"):
        for _ in read_sitemap(endless(), FOUND, source=None, limit=1):
            pass


def test_a_sitemap_that_was_fetched_packed_is_read() -> None:
    listing = parse_listing(gzip.compress(NEWS.encode()), url="https://quay.example/news.xml.gz", limit=10_000)
    assert listing is not None
    assert (listing.kind, len(listing.entries), listing.entries[0].source) == ("sitemap", 1, "The Quay")


def test_an_index_that_was_fetched_has_children() -> None:
    listing = parse_listing(INDEX.encode(), url="https://quay.example/sitemap.xml", limit=10_000)
    assert listing is not None
    assert (listing.entries, listing.children) == ((), ("https://quay.example/a.xml.gz", "https://quay.example/b.xml"))


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        pytest.param(gzip.compress(b" " * 20_000), "too_large", id="a bomb"),
        pytest.param(gzip.compress(SITEMAP.encode())[:-9], "truncated", id="cut short"),
    ],
)
def test_a_packed_body_is_unpacked_with_bounds(payload: bytes, reason: str) -> None:
    with pytest.raises(RejectedDocumentError) as caught:
        parse_listing(payload, url="https://quay.example/sitemap.xml.gz", limit=10_000)
    assert caught.value.reason == reason


def test_a_sitemap_cut_short_is_read_as_far_as_it_goes() -> None:
    listing = parse_sitemap(SITEMAP.replace("</urlset>", "<url><loc>https://qu").encode())
    assert listing.is_truncated
    assert listing.entries == (Entry(url="https://quay.example/1?a=1&b=2", modified="2024-02-08"),)


def test_links_come_in_batches_that_fit_in_memory(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress(SITEMAP.replace(URL, URL * 2500).encode()))
    batches = list(read_paths([tmp_path], source=None))
    assert [len(batch.links) for batch in batches] == [1000, 1000, 500]
    assert all(batch.documents.is_empty() and batch.rejects.is_empty() for batch in batches)


@given(
    st.integers(0, len(NEWS)),
    st.integers(0, 40),
    st.sampled_from(["", "<", "&", "]]>", "<url>", "\0"]) | st.text(max_size=9),
)
def test_any_change_is_read_or_refused(start: int, length: int, by: str) -> None:
    items, error = read((NEWS[:start] + by + NEWS[start + length :]).encode("utf-8", "replace"))
    assert items or error is not None
    assert error is None or error.reason in {"bad_feed", "truncated", "empty"}


def test_the_limit_is_above_what_the_protocol_allows() -> None:
    assert MAX_LIST_BYTES > 52_428_800
