"""Sitemaps: an address is a link to be fetched, with what a news sitemap says of the page. An index links to sitemaps.

After https://www.sitemaps.org/protocol.html and, for news,
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap. A sitemap is streamed: an address
at a time is in memory. Elements of other kinds (images, videos, translations) have addresses too, which are not taken.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from lxml import etree

from flows.readers.found import FoundFile, Link, Refusal
from flows.readers.listing import Entry, Listing, limit_list, make_link
from flows.readers.xml_prologue import SITEMAP_ROOTS
from flows.readers.xml_text import PARSER_OPTIONS, decode_xml_stream
from transforms.rejects import RejectedDocumentError

_ITEM_NAMES: Final = frozenset({"url", "sitemap"})
_NEWS: Final = "sitemap-news"  # in the namespace of Google's, of any version
_PIECE_CHAR_COUNT: Final = 1 << 16
_MAX_TEXT_CHAR_COUNT: Final = 5000

# The element's name, with "news:" for those of Google's -> the field.
_FIELDS: Final = {
    "loc": "url",
    "lastmod": "modified",
    "news:publication_date": "published",
    "news:title": "title",
    "news:language": "language",
    "news:name": "source",
}


class Child(NamedTuple):
    """A sitemap that an index names."""

    url: str


def read_sitemap(
    chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int
) -> Iterator[Link | Refusal]:
    """Yield a link an address, and a refusal for each that is none of http or https.

    Args:
        chunks: The content.
        found: The file.
        source: Not used: what is at an address says who published it, or the news sitemap does.
        limit: Not used: nothing in a sitemap is a document.

    Raises:
        RejectedDocumentError: bad_feed; too_large, once ``listing.MAX_LIST_BYTES`` have been read; truncated, once the
            addresses before the end have been yielded; empty.
    """
    del source, limit
    count = 0
    try:
        for item in stream_sitemap(chunks):
            hints = item.to_hints() if isinstance(item, Entry) else None
            yield make_link(found, item.url or "", number=count, hints=hints)
            count += 1
    except RejectedDocumentError as error:
        raise RejectedDocumentError(error.reason, f"{error.detail}; addresses read: {count}") from error
    if count == 0:
        raise RejectedDocumentError("empty", "the sitemap has no address")


def parse_sitemap(payload: bytes) -> Listing:
    """Return what a sitemap or an index of sitemaps holds.

    Raises:
        RejectedDocumentError: bad_feed or too_large.
    """
    items: list[Entry | Child] = []
    is_truncated = False
    try:
        items.extend(stream_sitemap(iter([payload])))
    except RejectedDocumentError as error:
        if error.reason != "truncated":
            raise
        is_truncated = True
    return Listing(
        kind="sitemap",
        entries=tuple(item for item in items if isinstance(item, Entry)),
        children=tuple(item.url for item in items if isinstance(item, Child)),
        is_truncated=is_truncated,
    )


def stream_sitemap(chunks: Iterator[bytes]) -> Iterator[Entry | Child]:
    """Yield what a sitemap or an index of sitemaps holds, in its order; an item without an address is left out.

    Raises:
        RejectedDocumentError: bad_feed, too_large, or truncated for a root that is never closed.
    """
    prologue, pieces = decode_xml_stream(limit_list(chunks))
    if prologue.local_name.lower() not in SITEMAP_ROOTS:
        raise RejectedDocumentError("bad_feed", f"the root of a sitemap is not <{prologue.root[:40]}>")
    parser = etree.XMLPullParser(events=("end",), **PARSER_OPTIONS)
    fields: dict[str, str] = {}
    namespace = None
    for element in _list_ends(parser, pieces):
        namespace = element.getroottree().getroot().tag.rpartition("}")[0] if namespace is None else namespace
        name = _name_tag(element.tag, namespace)
        if name in SITEMAP_ROOTS and element.getparent() is None:
            return
        if name in _FIELDS:
            fields.setdefault(_FIELDS[name], _get_text(element))
        elif name in _ITEM_NAMES:
            yield from _make_item(name, fields)
            fields = {}
        _forget(element)
    raise RejectedDocumentError("truncated", "the sitemap ends early")


def _list_ends(parser: etree.XMLPullParser, pieces: Iterator[bytes]) -> Iterator[etree._Element]:
    """Yield the elements as they end.

    Raises:
        RejectedDocumentError: bad_feed.
    """
    try:
        for piece in pieces:
            for start in range(0, len(piece), _PIECE_CHAR_COUNT):
                parser.feed(piece[start : start + _PIECE_CHAR_COUNT])
                yield from (element for _, element in parser.read_events())
    except etree.XMLSyntaxError as error:
        raise RejectedDocumentError("bad_feed", f"not XML: {error.msg}") from error


@lru_cache(maxsize=512)
def _name_tag(tag: str, root_namespace: str) -> str:
    """Return the name of an element in small letters: bare when its namespace is that of the root, whichever it is."""
    namespace, _, local = tag.rpartition("}")
    if _NEWS in namespace:
        return f"news:{local.lower()}"
    is_own = namespace == root_namespace or ":" in local  # a prefix stays where it is not declared
    return local.lower() if is_own else f"?:{local}"


def _get_text(element: etree._Element) -> str:
    return " ".join((element.text or "").split())[:_MAX_TEXT_CHAR_COUNT]


def _make_item(name: str, fields: dict[str, str]) -> Iterator[Entry | Child]:
    known = {field: value for field, value in fields.items() if value}
    if "url" in known:
        yield Child(known["url"]) if name == "sitemap" else Entry(**known)


def _forget(element: etree._Element) -> None:
    """Free what was read: the element's content, and what stands before it, which has ended, too."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
