"""The dates that a page gives, each with the place where it stands: JSON-LD, meta tags, time elements.

All of them, because they contradict each other often enough: which one counts is decided in ``date_evidence``. The
library htmldate, which trafilatura brings along, is not used: it gives one day without time, zone or place where it was
found, for 10 ms a page. Of 58 pages of publishers it dates 57, these three places 55, 52 of them to the minute; the
others have their date in the text only.
"""

import html
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import html as lxml_html

from transforms.fields import WrittenDate
from transforms.jsonld import Node

MAX_DATE_COUNT: Final = 20
"""More dates than this are a list of other articles."""

_JSONLD_KEYS: Final = {
    "datePublished": "jsonld_published",
    "dateCreated": "jsonld_created",
    "dateModified": "jsonld_modified",
}
_META_NAMES: Final = {
    "meta_published": (
        *("article:published_time", "og:published_time", "og:article:published_time", "datepublished"),
        *("parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "date", "pubdate"),
        *("publishdate", "publish-date", "cxenseparse:recs:publishtime"),
    ),
    "meta_modified": ("article:modified_time", "og:modified_time", "og:updated_time", "datemodified", "lastmod"),
}
_MODIFIED_SIGNS: Final = ("modif", "updat")


def list_dates(tree: lxml_html.HtmlElement, node: Node, meta: Mapping[str, str]) -> tuple[WrittenDate, ...]:
    """Return the dates of a page, each once.

    Args:
        tree: The page.
        node: Its article in JSON-LD; empty without one.
        meta: Its meta tags, names in lower case.
    """
    found = (*_list_jsonld(node), *_list_meta(meta), *_list_times(tree))
    return tuple(dict.fromkeys(found))[:MAX_DATE_COUNT]


def _list_jsonld(node: Node) -> Iterator[WrittenDate]:
    for key, method in _JSONLD_KEYS.items():
        value = node.get(key)
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, str | int | float) and not isinstance(entry, bool) and str(entry).strip():
                yield WrittenDate(method, html.unescape(str(entry)).strip())


def _list_meta(meta: Mapping[str, str]) -> Iterator[WrittenDate]:
    for method, names in _META_NAMES.items():
        for name in names:
            if name in meta:
                yield WrittenDate(method, meta[name])


def _list_times(tree: lxml_html.HtmlElement) -> Iterator[WrittenDate]:
    """Yield the first time element of each kind, in the article, else on the page: others belong to other articles."""
    seen: set[str] = set()
    for element in tree.xpath("//article//time") or tree.xpath("//time"):
        text = element.get("datetime") or " ".join("".join(element.itertext()).split())
        signs = " ".join(filter(None, (element.get("itemprop"), element.get("class"), element.get("id")))).lower()
        is_modified = any(sign in signs for sign in _MODIFIED_SIGNS)
        method = "time_modified" if is_modified else "time_published"
        if text.strip() and method not in seen:
            seen.add(method)
            yield WrittenDate(method, text.strip())
