"""What a page says of the site it is on: its name, its language, where its feeds are."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final
from urllib.parse import urljoin

from lxml import html as lxml_html

from transforms.page_meta import collect_meta
from transforms.pages import parse_page
from transforms.rejects import RejectedDocumentError
from transforms.text import normalize_line
from transforms.urls import canonicalize_url, extract_domain

FEED_TYPES: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
"""The media types by which a page links to its feeds (https://www.rssboard.org/rss-autodiscovery,
https://www.jsonfeed.org/version/1.1/#discovery). "application/json" is none: it is more often an interface for
programs."""

_TITLE_DIVIDER: Final = re.compile(r"\s+[|–—·»:-]+\s+|\s*\|\s*|:\s+")
_OF_COMMENTS: Final = re.compile(r"\bcomments?\b", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)


@dataclass(frozen=True)
class SitePage:
    """What a page says of its site.

    Attributes:
        name: Of the outlet; None when the page does not say.
        language: ISO 639-1 in form, not looked up; None when the page does not say.
        feeds: Addresses of its feeds, those of comments left out.
    """

    name: str | None = None
    language: str | None = None
    feeds: tuple[str, ...] = ()


def analyze_site(page: str, *, url: str) -> SitePage:
    """Return what a page says of its site; nothing when it is no page.

    Args:
        page: The markup, decoded.
        url: Where it was found, in the end.

    Examples:
        >>> analyze_site('<html lang="en-IE"><title>News | The Gazette</title>', url="https://gazette.example")
        SitePage(name='The Gazette', language='en', feeds=())
    """
    try:
        tree = parse_page(page)
    except RejectedDocumentError:
        return SitePage()
    return SitePage(name=_find_name(tree, url), language=_find_language(tree), feeds=_find_feeds(tree, url))


def _find_name(tree: lxml_html.HtmlElement, url: str) -> str | None:
    """Return the name the page gives for its site, else the part of its title that is most like the domain."""
    said = normalize_line(collect_meta(tree).get("og:site_name", ""))
    title = normalize_line(tree.findtext(".//title") or "")
    parts = [part for part in _TITLE_DIVIDER.split(title) if part]
    label = (extract_domain(url) or "").partition(".")[0]
    return said or max(parts, key=lambda part: _compute_likeness(part, label), default=None)


def _compute_likeness(name: str, label: str) -> float:
    letters = "".join(char for char in name.casefold() if char.isalnum())
    return SequenceMatcher(None, letters, label, autojunk=False).ratio()


def _find_language(tree: lxml_html.HtmlElement) -> str | None:
    match = _LANGUAGE.fullmatch((tree.get("lang") or tree.get("xml:lang") or "").strip())
    return None if match is None else match[1].lower()


def _find_feeds(tree: lxml_html.HtmlElement, url: str) -> tuple[str, ...]:
    """Return the feeds that the page's links of rel="alternate" name, in its order, each once."""
    base = _join(url, next(iter(tree.xpath("//base/@href")), ""))
    feeds: dict[str, str] = {}
    for link in tree.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        media_type = (link.get("type") or "").partition(";")[0].strip().lower()
        feed = _join(base, (link.get("href") or "").strip())
        canonical = canonicalize_url(feed)
        is_feed = "alternate" in relations and media_type in FEED_TYPES and canonical is not None
        if is_feed and not _OF_COMMENTS.search(f"{feed} {link.get('title') or ''}"):
            feeds.setdefault(canonical or feed, feed)
    return tuple(feeds.values())


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # brackets that are no IPv6 address
        return base
