"""What a page says about its article beside headline, byline and dates: summary, section, keywords, image, access."""

import re
from typing import Any, Final
from urllib.parse import urljoin

from lxml import html as lxml_html

from transforms.jsonld import Node, get_names, get_text, list_types
from transforms.page_meta import Meta, collect_all_meta, pick_meta

KEYWORD_DIVIDER: Final = "; "

FREE, PAYWALLED = "free", "paywalled"
"""How an article can be read: by all, or by subscribers."""

_DESCRIPTION_NAMES: Final = ("og:description", "description", "twitter:description", "dc.description")
_SECTION_NAMES: Final = (
    *("article:section", "og:article:section", "og:section", "parsely-section", "section", "articlesection"),
    "dc.subject.section",
)
_KEYWORD_NAMES: Final = ("news_keywords", "keywords", "parsely-tags", "sailthru.tags")
_IMAGE_NAMES: Final = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_TIERS: Final = {"free": FREE, "locked": PAYWALLED, "metered": PAYWALLED}
"""``article:content_tier`` of Facebook's instant articles: metered is free a few times only."""

_MARKER: Final = re.compile(r"[_@]|\d+$")
"""Words that a content system adds for itself."""

_MAX_KEYWORDS: Final = 50
_ARTICLE_TYPE: Final = re.compile(r"[A-Z]\w*(?:Article|Posting|Report)|Report")


def find_details(tree: lxml_html.HtmlElement, node: Node, meta: Meta, *, url: str | None) -> dict[str, str | None]:
    """Return description, section, keywords, image_url, access and article_type; None for what is not said."""
    return {
        "description": get_text(node, "description") or pick_meta(meta, _DESCRIPTION_NAMES),
        "section": next(iter(get_names(node.get("articleSection"))), None) or pick_meta(meta, _SECTION_NAMES),
        "keywords": KEYWORD_DIVIDER.join(_list_keywords(tree, node, meta)) or None,
        "image_url": _find_image(node, meta, url),
        "access": _find_access(node, meta),
        "article_type": _find_type(tree, node),
    }


def _list_keywords(tree: lxml_html.HtmlElement, node: Node, meta: Meta) -> list[str]:
    """Return the keywords, each once, of the first place that has any."""
    places: tuple[list[str], ...] = (
        get_names(node.get("keywords")),
        [text for text in (pick_meta(meta, _KEYWORD_NAMES),) if text is not None],
        collect_all_meta(tree, "article:tag"),
    )
    said = next(filter(None, places), [])
    words = [word for text in said for word in re.split(r"\s*[,;、]\s*", text)] if len(said) == 1 else said
    once = {word.casefold(): word.replace(";", ",") for word in reversed([" ".join(word.split()) for word in words])}
    kept = [word for word in reversed(once.values()) if word and not _MARKER.match(word)]
    return kept[:_MAX_KEYWORDS]


def _find_image(node: Node, meta: Meta, url: str | None) -> str | None:
    """Return the address of the main image."""
    address = _get_address(node.get("image")) or pick_meta(meta, _IMAGE_NAMES) or _get_address(node.get("thumbnailUrl"))
    if address is None:
        return None
    whole = urljoin(url or "", address) if not address.startswith("//") else f"https:{address}"
    return whole if whole.startswith(("http://", "https://")) else None


def _get_address(value: Any) -> str | None:
    """Return the first address in an image, an object with one, or a list of either."""
    if isinstance(value, list):
        return next(filter(None, map(_get_address, value)), None)
    if isinstance(value, dict):
        return get_text(value, "url", "contentUrl")
    return value.strip() or None if isinstance(value, str) else None


def _find_access(node: Node, meta: Meta) -> str | None:
    """Return how the article can be read (https://developers.google.com/search/docs/appearance/structured-data/paywalled-content)."""
    parts = node.get("hasPart")
    listed = [node, *(part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict))]
    said = [str(item["isAccessibleForFree"]).strip().casefold() for item in listed if "isAccessibleForFree" in item]
    if any(text.rpartition("/")[2] == "false" for text in said):
        return PAYWALLED
    if said and said[0].rpartition("/")[2] == "true":
        return FREE
    return _TIERS.get(meta.get("article:content_tier", "").strip().lower())


def _find_type(tree: lxml_html.HtmlElement, node: Node) -> str | None:
    """Return the schema.org type of the article, in JSON-LD or microdata; of several the most particular."""
    types = [name for name in list_types(node) if _ARTICLE_TYPE.fullmatch(name)]
    if not types:
        items = tree.xpath("//*[@itemscope][contains(@itemtype, 'schema.org/')]/@itemtype")
        found = (str(item).strip().rpartition("/")[2] for item in items)
        types = [name for name in found if _ARTICLE_TYPE.fullmatch(name)][:1]
    return max(types, key=lambda name: (name not in {"Article", "NewsArticle"}, name != "Article"), default=None)
