"""JSON Feed 1.0 and 1.1, fetched: https://www.jsonfeed.org/version/1.1/.

A JSON Feed in a file is read by ``json_list``, an item at a time and kept as it came.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin

import orjson

from flows.readers.feed_markup import reduce_markup, split_markup
from flows.readers.listing import Entry, Listing
from transforms.record_details import read_details
from transforms.rejects import RejectedDocumentError

_VERSION: Final = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')


def is_json_feed(payload: bytes) -> bool:
    """Tell whether a JSON text says it is a JSON Feed."""
    return payload.lstrip()[:1] == b"{" and _VERSION.search(payload) is not None


def parse_json_feed(payload: bytes, *, url: str | None = None) -> Listing:
    """Return what a JSON Feed holds.

    Args:
        payload: UTF-8, without a byte order mark.
        url: The address of the feed, which relative ones are resolved against.

    Raises:
        RejectedDocumentError: bad_feed.
    """
    try:
        feed = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise RejectedDocumentError("bad_feed", f"not JSON: {error}") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise RejectedDocumentError("bad_feed", "a JSON Feed without a list of items")
    author, language = _read_authors(feed), _get_text(feed, "language")
    entries = tuple(_read_item(item, url, author, language) for item in items if isinstance(item, dict))
    return Listing(kind="feed", title=_get_line(feed, "title"), language=language, entries=entries)


def _read_item(item: Mapping[str, Any], base: str | None, author: str | None, language: str | None) -> Entry:
    """Return what an item says; a page elsewhere that it is about is its address only when it has none of its own."""
    html, text = _get_text(item, "content_html"), _get_text(item, "content_text")
    details = read_details({name: item.get(name) for name in ("summary", "tags", "image", "banner_image")})
    if html is None and text is None:
        html, text = split_markup(_get_text(item, "summary") or "")
        details["description"] = None
    address = _get_text(item, "url") or _get_text(item, "external_url")
    number = item.get("id")
    return Entry(
        url=None if address is None else _resolve(base, address),
        external_id=str(number) if isinstance(number, int) else _get_text(item, "id"),
        title=_get_line(item, "title"),
        published=_get_text(item, "date_published"),
        modified=_get_text(item, "date_modified"),
        author=_read_authors(item) or author,
        language=_get_text(item, "language") or language,
        keywords=details["keywords"],
        description=details["description"],
        image_url=details["image_url"],
        html=html if text is None else None,
        text=text,
    )


def _read_authors(holder: Mapping[str, Any]) -> str | None:
    """Return the names of the authors: a list since version 1.1, one before."""
    authors = holder.get("authors")
    people = authors if isinstance(authors, list) else [holder.get("author")]
    names = (_get_line(person, "name") for person in people if isinstance(person, dict))
    return "; ".join(dict.fromkeys(filter(None, names))) or None


def _get_text(holder: Mapping[str, Any], key: str) -> str | None:
    value = holder.get(key)
    return value.replace("\0", "").strip() or None if isinstance(value, str) else None


def _get_line(holder: Mapping[str, Any], key: str) -> str | None:
    value = _get_text(holder, key)
    return None if value is None else reduce_markup(value)


def _resolve(base: str | None, address: str) -> str:
    try:
        return address if base is None else urljoin(base, address)
    except ValueError:  # a bracket without its other half
        return address
