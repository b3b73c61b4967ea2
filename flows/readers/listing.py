"""What a feed, a sitemap or a list of addresses holds: the same shape whatever it was written in."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final, Literal

import orjson

from flows.readers.found import FoundFile, Link, Refusal, refuse
from transforms.rejects import RejectedDocumentError
from transforms.urls import canonicalize_url

MAX_LIST_BYTES: Final = 2 * 52_428_800
"""A list of addresses is not read past this: twice what https://www.sitemaps.org/protocol.html allows a sitemap."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a list says of one article; the names are those of ``DocumentFields``, dates the text they came as.

    Attributes:
        url: Its address, resolved where that was possible.
        external_id: The guid of RSS, the id of Atom and JSON Feed.
        title: Without markup.
        published: When it was published.
        modified: When it was last changed.
        author: The byline; several names are joined by "; ".
        language: As claimed, by the list where the entry is silent.
        source: The outlet, when the entry names one itself.
        section: The part of the outlet it stands in.
        keywords: Divided by "; ".
        description: Its summary, where there is content beside it.
        image_url: The address of its main image.
        html: The content, else the summary, when it has markup.
        text: The same when it has none. At most one of html and text is set.
        withdrawal: How it says that the article is withdrawn, one of ``withdrawals.METHODS``.
    """

    url: str | None = None
    external_id: str | None = None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    author: str | None = None
    language: str | None = None
    source: str | None = None
    section: str | None = None
    keywords: str | None = None
    description: str | None = None
    image_url: str | None = None
    html: str | None = None
    text: str | None = None
    withdrawal: str | None = None

    @property
    def has_content(self) -> bool:
        """Whether there is something to read without fetching the page."""
        return self.html is not None or self.text is not None

    def to_hints(self) -> str | None:
        """Return as JSON what is known of the page at the address but its content, which the page itself has."""
        known = {name: value for name, value in _list_known(self) if name not in {"url", "html", "text"}}
        return orjson.dumps(known).decode() if known else None

    def to_record(self, *, source: str | None) -> bytes:
        """Return the entry as a record, ``transforms.records``.

        Args:
            source: The outlet where the entry does not name one; None to leave it out.
        """
        known = dict(_list_known(self))
        if "source" not in known and source is not None:
            known["source"] = source
        if "external_id" in known:
            known["id"] = known.pop("external_id")
        return orjson.dumps(known)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list of articles.

    Attributes:
        kind: What it is: a feed, a sitemap (or an index of sitemaps), a plain list of addresses.
        title: Of a feed.
        language: As claimed.
        entries: In their order.
        children: The addresses of the sitemaps that an index names.
        deleted: Of a feed: the entries that it says were deleted, which have an id and a date and no content.
        is_truncated: Whether it ends early; an entry that may be half is left out.
    """

    kind: Literal["feed", "sitemap", "urls"]
    title: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    children: tuple[str, ...] = ()
    deleted: tuple[Entry, ...] = ()
    is_truncated: bool = False


def limit_list(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the chunks of a list of addresses, no more than it may have.

    Raises:
        RejectedDocumentError: too_large, once ``MAX_LIST_BYTES`` have been yielded.
    """
    byte_count = 0
    for chunk in chunks:
        byte_count += len(chunk)
        if byte_count > MAX_LIST_BYTES:
            raise RejectedDocumentError("too_large", f"more than {MAX_LIST_BYTES:,} bytes")
        yield chunk


def make_link(found: FoundFile, url: str, *, number: int, hints: str | None = None) -> Link | Refusal:
    """Return an address of a list as a link, or as refused when it is none that can be fetched.

    Args:
        found: The list.
        url: As it stands there.
        number: Its place in the list, from 0.
        hints: What the list says of it.
    """
    if canonicalize_url(url) is None:
        return refuse(found, "bad_url", f"not an address of http or https: {url[:200]}", anchor=f"#/{number}")
    return Link(url, found.uri, hints)


def _list_known(entry: Entry) -> list[tuple[str, str]]:
    """Return the fields that are set, with their names."""
    values = ((item.name, getattr(entry, item.name)) for item in fields(entry))
    return [(name, value) for name, value in values if value is not None]
