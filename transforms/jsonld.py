"""What a page says of its article in JSON-LD, as https://schema.org/NewsArticle has it."""

import html
from collections.abc import Iterable, Iterator
from typing import Any, Final

import orjson

_MAX_DEPTH: Final = 8
_ARTICLE_TYPES: Final = frozenset(
    "Article NewsArticle ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle BackgroundNewsArticle "
    "ReviewNewsArticle AskPublicNewsArticle AdvertiserContentArticle BlogPosting LiveBlogPosting SatiricalArticle "
    "TechArticle Report ScholarlyArticle".split(),
)

Node = dict[str, Any]


def find_article_node(scripts: Iterable[str]) -> Node:
    """Return the first object that is an article, an empty one when there is none.

    Args:
        scripts: The contents of a page's JSON-LD scripts. What is not JSON is passed over: many pages have such.
    """
    for script in scripts:
        for node in _walk(_load(script), 0):
            kinds = node.get("@type")
            listed = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and kind.rpartition("/")[2] in _ARTICLE_TYPES for kind in listed):
                return node
    return {}


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
    return [html.unescape(value).strip()] if isinstance(value, str) and value.strip() else []


def _load(script: str) -> Any:
    """Return the value in a script, None when it is not JSON; raw line ends inside strings are borne with."""
    bare = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    for text in (bare, " ".join(bare.split())):
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
