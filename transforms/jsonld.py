"""What a page says of its article in JSON-LD, as https://schema.org/NewsArticle has it."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

_MAX_DEPTH: Final = 8
_ARTICLE_TYPES: Final = frozenset(
    "Article NewsArticle ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle BlogPosting LiveBlogPosting SatiricalArticle "
    "TechArticle Report ScholarlyArticle".split(),
)

_NOTHING: Final[tuple[Any, ...]] = (None, "", [], {})
_TAG: Final = re.compile(r"<[^<>]{1,200}>")
_TRAILING_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_CONTROLS: Final = re.compile("[\x00-\x1f]+")

Node = dict[str, Any]


def find_article_node(scripts: Iterable[str]) -> Node:
    """Return the object that is the article, an empty one when there is none.

    Of several the first with a headline, filled up from the others that have the same headline or none. Authors and
    publisher that are given by reference ("@id") are put in place.

    Args:
        scripts: The contents of a page's JSON-LD scripts. What is not JSON is passed over: many pages have such.
    """
    nodes = [node for script in scripts for node in _walk(_load(script), 0)]
    articles = [node for node in nodes if not _ARTICLE_TYPES.isdisjoint(list_types(node))]
    if not articles:
        return {}
    chosen = next((node for node in articles if get_text(node, "headline") is not None), articles[0])
    headline = get_text(chosen, "headline")
    merged = dict(chosen)
    for other in articles:
        if get_text(other, "headline") in {headline, None}:
            merged.update({key: value for key, value in other.items() if merged.get(key) in _NOTHING})
    known = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    return merged | {key: _follow(merged[key], known) for key in ("author", "creator", "publisher") if key in merged}


def list_page_types(scripts: Iterable[str]) -> set[str]:
    """Return the schema.org types of the objects in JSON-LD scripts; of what they are made of only the main part's."""
    return {kind for script in scripts for node in _walk(_load(script), 0) for kind in list_types(node)}


def list_types(node: Node) -> list[str]:
    """Return the schema.org types of an object, without their address."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2].rpartition(":")[2] for kind in listed if isinstance(kind, str)]


def _follow(value: Any, known: dict[str, Node]) -> Any:
    """Return a value with the objects that its references mean."""
    if isinstance(value, list):
        return [_follow(item, known) for item in value]
    if isinstance(value, dict) and "name" not in value:
        return known.get(str(value.get("@id")), value)
    return value


def list_authors(value: object) -> list[tuple[str, str]]:
    """Return name and type of the authors in a property; the type is "" where it does not say.

    Accounts that a content system makes by itself are left out: their address ends in "admin".

    Examples:
        >>> list_authors([{"@type": "Person", "name": "A. Poe"}, "B. Low"])
        [('A. Poe', 'Person'), ('B. Low', '')]
    """
    if isinstance(value, list):
        return [author for item in value for author in list_authors(item)]
    if not isinstance(value, dict):
        return [(name, "") for name in get_names(value)]
    address = str(value.get("url") or value.get("@id") or "").rstrip("/")
    if address.rpartition("/")[2] == "admin":
        return []
    kind = next(iter(list_types(value)), "")
    kind = "Organization" if kind.endswith("Organization") else kind
    return [(name, kind) for name in get_names(value.get("name"))]


def get_text(node: Node, *keys: str) -> str | None:
    """Return the first of some properties that is text, without character entities and outer space."""
    for key in keys:
        value = node.get(key)
        if isinstance(value, str) and value.strip():
            return html.unescape(value).strip()
    return None


def get_names(value: object) -> list[str]:
    """Return the names in a property that is a name, an object with one, or a list of either.

    Examples:
        >>> get_names([{"@type": "Person", "name": "A. Poe"}, "B. Low"])
        ['A. Poe', 'B. Low']
    """
    if isinstance(value, list):
        return [name for item in value for name in get_names(item)]
    if isinstance(value, dict):
        return get_names(value.get("name"))
    text = _TAG.sub("", html.unescape(value)).strip() if isinstance(value, str) else ""
    return [text] if text else []


def _load(script: str) -> Any:
    """Return the value in a script, None when it is not JSON.

    Borne with: comments and CDATA around it, raw line ends inside strings, commas before a closing bracket.
    """
    bare = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    bare = bare.removeprefix("//").strip().removeprefix("<![CDATA[").strip()
    bare = bare.removesuffix("]]>").strip().removesuffix("//").strip().rstrip(";")
    spaced = _CONTROLS.sub(" ", bare)
    for text in (bare, spaced, _TRAILING_COMMA.sub("", spaced)):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            continue
    return None


def _walk(value: object, depth: int) -> Iterator[Node]:
    """Yield the objects in a value: itself, those in lists and in "@graph", and what a page is about."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _walk(value.get(key), depth + 1)
