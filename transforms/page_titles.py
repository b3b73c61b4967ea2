"""The headline of a page: what the publisher calls the article, without the name of the outlet."""

import re
from typing import Final

from lxml import html as lxml_html

from transforms.jsonld import Node, get_text
from transforms.page_meta import Meta, get_element_text, pick_meta

_TITLE_DIVIDER: Final = re.compile(r"\s+[|–—·»-]\s+|\s*\|\s*|\s+::\s+")
_TITLE_NAMES: Final = ("og:title", "twitter:title", "dc.title", "headline")
_CUT_OFF: Final = re.compile(r"\s*(?:\.\.\.|…)$")


def find_title(tree: lxml_html.HtmlElement, node: Node, meta: Meta, site: str | None) -> str | None:
    """Return the headline without the outlet's name.

    Structured data goes first. But what it calls the headline may be made for search engines: where the heading that
    readers see, og:title, and another title in the structured data itself agree, that is the headline.
    """
    heading = find_heading(tree)
    if heading is not None and _is_agreed(heading, node, meta):
        return heading
    candidates = (
        get_text(node, "headline"),
        pick_meta(meta, _TITLE_NAMES),
        heading,
        get_element_text(tree.find(".//title")),
        get_text(node, "name"),
    )
    for title in candidates:
        if title is not None and title.casefold() != (site or "").casefold():
            return _drop_site(title, site, heading)
    return None


def find_alternative(
    title: str | None, tree: lxml_html.HtmlElement, node: Node, meta: Meta, site: str | None
) -> str | None:
    """Return another headline of the article, such as the one for search engines; None when there is none."""
    if title is None:
        return None
    heading = find_heading(tree)
    said = (get_text(node, "alternativeHeadline"), get_text(node, "headline"), meta.get("og:title"), heading)
    described = {_squeeze(text) for text in (get_text(node, "description"), meta.get("description"), site) if text}
    for other in said:
        name = None if other is None else _CUT_OFF.sub("", _drop_site(other, site, heading))
        if name and not _is_part(_squeeze(name), _squeeze(title)) and _squeeze(name) not in described:
            return name
    return None


def _is_part(one: str, other: str) -> bool:
    return not one or one in other or other in one


def _is_agreed(heading: str, node: Node, meta: Meta) -> bool:
    """Tell whether og:title and structured data both have the heading as a title."""
    others = [get_text(node, key) for key in ("alternativeHeadline", "name")]
    return _squeeze(meta.get("og:title", "")) == _squeeze(heading) and any(
        other is not None and _squeeze(other) == _squeeze(heading) for other in others
    )


def _drop_site(title: str, site: str | None, heading: str | None) -> str:
    """Return a title without the name of the outlet at its end or its beginning."""
    title = " ".join(title.split())  # dividers would cost the square of the white space
    parts = _TITLE_DIVIDER.split(title)
    if len(parts) == 1:
        return title
    if heading is not None and heading != title and title.startswith(heading):
        return heading
    if site is not None and _squeeze(parts[-1]) in _squeeze(site):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·»:-")
    if site is not None and _squeeze(parts[0]) == _squeeze(site):
        return title[title.index(parts[1], len(parts[0])) :]
    return title


def _squeeze(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def find_heading(tree: lxml_html.HtmlElement) -> str | None:
    """Return the text of the page's only first-level heading, that in the article where there are several.

    The same heading for small and large screens is one.
    """
    for path in ("//article//h1", "//h1"):
        found = dict.fromkeys(filter(None, (get_element_text(element) for element in tree.xpath(path))))
        if len(found) == 1:
            return next(iter(found))
    return None
