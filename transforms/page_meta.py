"""The small readers that every part of a page is found by: meta tags, and the text of elements."""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import html as lxml_html

Meta = Mapping[str, str]

_CARRIERS: Final = ("property", "name", "itemprop")


def collect_meta(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """Return the names of meta tags, lower case -> the first content that is not blank."""
    meta: dict[str, str] = {}
    for name, content in _list_meta(tree):
        meta.setdefault(name, content)
    return meta


def collect_all_meta(tree: lxml_html.HtmlElement, name: str) -> list[str]:
    """Return all that meta tags of one name say, for those that may be there several times."""
    return [content for found, content in _list_meta(tree) if found == name]


def _list_meta(tree: lxml_html.HtmlElement) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or element.get("value") or "").split())
        for carrier in _CARRIERS:
            name = (element.get(carrier) or "").strip().lower()
            if name and content:
                yield name, content


def pick_meta(meta: Meta, names: tuple[str, ...]) -> str | None:
    """Return the first of some meta tags that is there."""
    return next((meta[name] for name in names if name in meta), None)


def get_element_text(element: lxml_html.HtmlElement | None) -> str | None:
    """Return the text of an element on one line, None when it has none."""
    text = "" if element is None else " ".join("".join(element.itertext()).split())
    return text or None
