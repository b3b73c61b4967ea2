"""Feeds: an entry is a document, the feed's title the outlet. RSS 0.9 to 2.0, Atom 0.3 and 1.0, CDF; no network, ever.

They are read by lxml, in the way it recovers from errors, and not by a library for feeds. fastfeedparser rewrites dates
("12 May" gets the year of the clock), knows no xml:base, and takes one author; feedparser has a pattern that takes time
with the square of an author's length, 16 seconds for 50 KB. Where this reader differs from feedparser on the test files
of feedparser it is mostly by decision: an id of Atom is no address, dc:date is when an article was published.

What becomes a document is a record of what the entry says: the XML itself is not kept.
"""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from lxml import etree

from flows.readers.feed_entry import (
    ENTRY_NAMES,
    TOMBSTONE_NAMES,
    Inherited,
    find_author,
    find_link,
    find_plain,
    list_elements,
    read_entry,
    read_tombstone,
)
from flows.readers.feed_markup import find_language, get_attribute, index_children, name_tag, read_title, resolve_url
from flows.readers.found import FoundFile, Provenance, RawDocument, Refusal, refuse
from flows.readers.jsonl import MEDIA_TYPE
from flows.readers.listing import Entry, Listing
from flows.readers.text import join_chunks
from flows.readers.xml_prologue import FEED_ROOTS, Prologue
from flows.readers.xml_text import decode_xml, parse_tree
from transforms.rejects import RejectedDocumentError

MAX_FEED_BYTES: Final = 16 * 1024 * 1024
"""A feed is read as a whole. Its tree takes some ten times as much, and broken at every tag up to sixty times."""

MAX_ENTRY_COUNT: Final = 50_000
"""Feeds with more entries are refused: as many as a sitemap may have addresses."""

_MAX_ANCHOR_CHAR_COUNT: Final = 500


def read_feed(
    chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int
) -> Iterator[RawDocument | Refusal]:
    """Yield a document an entry, and a refusal for each that has no content or more than the limit.

    An entry that was deleted is a document without content, which says so.

    Args:
        chunks: The content.
        found: The file.
        source: The outlet; None for the title of the feed, or the name of the file without its endings. An entry that
            names another outlet as its source keeps that.
        limit: Bytes of an entry, as JSON.

    Raises:
        RejectedDocumentError: bad_feed; too_large, as soon as ``MAX_FEED_BYTES`` are passed; truncated, once the
            entries that are whole have been yielded; empty.
    """
    listing = parse_feed(join_chunks(chunks, limit=MAX_FEED_BYTES))
    provenance = Provenance(found, MEDIA_TYPE, found.stem if source is None else source)
    outlet = listing.title if source is None else None
    entries = (*listing.entries, *listing.deleted)
    for anchor, entry in zip(_name_entries(entries), entries, strict=True):
        payload = entry.to_record(source=outlet)
        if not entry.has_content and entry.withdrawal is None:
            yield refuse(
                found, "missing_text", f"neither content nor summary: {entry.title}: {entry.url}", anchor=anchor
            )
        elif len(payload) > limit:
            yield refuse(found, "too_large", f"{len(payload):,} bytes, the limit is {limit:,}", anchor=anchor)
        else:
            yield provenance.make_document(payload, anchor=anchor)
    if listing.is_truncated:
        raise RejectedDocumentError("truncated", f"the feed ends early; entries read: {len(listing.entries)}")
    if not entries:
        raise RejectedDocumentError("empty", "the feed has no entry")


def parse_feed(payload: bytes, *, url: str | None = None, charset: str | None = None) -> Listing:
    """Return what a feed holds.

    Args:
        payload: The feed, XML.
        url: Its address, which relative ones are resolved against; None for the one it gives for itself.
        charset: The codec its server named.

    Raises:
        RejectedDocumentError: bad_feed; too_large, for more than ``MAX_ENTRY_COUNT`` entries.
    """
    prologue, text = decode_xml(payload, charset=charset)
    if prologue.local_name.lower() not in FEED_ROOTS:
        raise RejectedDocumentError("bad_feed", f"the root of a feed is not <{prologue.root[:40]}>")
    root = parse_tree(text)
    _own_namespace(root)
    channel = next((element for element in root.iter() if name_tag(element.tag) == "channel"), root)
    children = index_children(channel)
    base = url or _find_own_url(channel, children)
    language = find_plain(children, "language", "dc:language") or find_language(channel)
    inherited = Inherited(base, _find_feed_author(root, channel), language)
    entries = tuple(read_entry(element, inherited) for element in _list_entries(root, ENTRY_NAMES))
    tombstones = (read_tombstone(element, inherited) for element in _list_entries(root, TOMBSTONE_NAMES))
    is_truncated = _is_truncated(prologue, text)
    return Listing(
        kind="feed",
        title=next(filter(None, map(read_title, list_elements(children, "title", "dc:title"))), None),
        language=language,
        entries=entries[:-1] if is_truncated else entries,
        deleted=() if is_truncated else tuple(filter(None, tombstones)),
        is_truncated=is_truncated,
    )


def _list_entries(root: etree._Element, names: Collection[str]) -> list[etree._Element]:
    """Return the elements of these names, wherever they stand: in RSS 1.0 entries are beside the channel, else in it.

    Raises:
        RejectedDocumentError: too_large.
    """
    found = (element for element in root.iter() if name_tag(element.tag) in names)
    elements = list(islice(found, MAX_ENTRY_COUNT + 1))
    if len(elements) > MAX_ENTRY_COUNT:
        raise RejectedDocumentError("too_large", f"more than {MAX_ENTRY_COUNT:,} entries")
    return elements


def _own_namespace(root: etree._Element) -> None:
    """Take the elements of the root's namespace out of it when it is one that no feed should be in."""
    namespace = root.tag.rpartition("}")[0] + "}"
    if name_tag(root.tag).startswith("?:"):
        for element in root.iter(f"{namespace}*"):
            name = element.tag.removeprefix(namespace)
            if ":" not in name:  # a prefix that is not declared: the parser reads such a name, and lets nobody write it
                element.tag = name


def _find_own_url(channel: etree._Element, children: dict[str, list[etree._Element]]) -> str | None:
    """Return the address a feed gives for itself, else that of the page it belongs to."""
    for link in children.get("link", ()):
        href = get_attribute(link, "href")
        if href is not None and get_attribute(link, "rel") == "self":
            return resolve_url(link, href, None)
    return find_link(channel, children, None)


def _find_feed_author(root: etree._Element, channel: etree._Element) -> str | None:
    """Return the author of an Atom feed."""
    return find_author(index_children(root)) if channel is root and name_tag(root.tag) == "feed" else None


def _is_truncated(prologue: Prologue, text: str) -> bool:
    """Tell whether the root is opened and never closed."""
    return text.rfind(f"</{prologue.root}") < 0 and not text.rstrip().endswith("/>")


def _name_entries(entries: tuple[Entry, ...]) -> Iterator[str]:
    """Yield an anchor for each entry, unique in the feed: its own id, else its place."""
    taken: set[str] = set()
    for number, entry in enumerate(entries):
        name = entry.external_id or ""
        if not name or name in taken or len(name) > _MAX_ANCHOR_CHAR_COUNT:
            name = f"/{number}"
        while name in taken:  # an id that looks like a place
            name += "+"
        taken.add(name)
        yield f"#{name}"
