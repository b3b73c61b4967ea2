"""Pages that are no article: live blogs, galleries, front and section pages. Each is refused with its own reason.

An article must never be taken for one of these: a page is refused only where it says itself what it is, or where
nothing on it speaks for an article and several things speak against.
"""

from itertools import islice
from typing import Final

from lxml import html as lxml_html

from transforms.jsonld import Node, list_page_types, list_types
from transforms.page_meta import Meta, get_element_text
from transforms.rejects import RejectedDocumentError
from transforms.urls import is_front_page

_GALLERIES: Final = frozenset({"ImageGallery", "MediaGallery", "VideoGallery"})
_LISTS: Final = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"})
_DATES: Final = ("article:published_time", "datepublished", "og:published_time", "article:modified_time")
_MIN_TEASERS: Final = 8
_MIN_PROSE_CHAR_COUNT: Final = 120
"""A paragraph of an article; that of a teaser is shorter, as a rule."""

_MAX_PROSE_PARAGRAPHS: Final = 2


def refuse_page(tree: lxml_html.HtmlElement, scripts: list[str], node: Node, meta: Meta, url: str | None) -> None:
    """Raise if a page is no article, by what it says of itself.

    Args:
        tree: The page.
        scripts: Its JSON-LD.
        node: Its article in the JSON-LD, empty when there is none.
        meta: Its meta tags.
        url: Its address.

    Raises:
        RejectedDocumentError: live_blog, gallery or index_page.
    """
    if "LiveBlogPosting" in list_types(node):
        raise RejectedDocumentError("live_blog", "the page calls itself a live blog (LiveBlogPosting)")
    if node or meta.get("og:type", "").lower() in {"article", "news", "newsarticle"}:
        return
    if url is not None and is_front_page(url) and "#" not in url:
        raise RejectedDocumentError("index_page", f"the front page of its site: {url[:200]}")
    if any(name in meta for name in _DATES) or _has_prose(tree):
        return
    types = list_page_types(scripts)
    gallery, listed = types & _GALLERIES, types & _LISTS
    if gallery:
        raise RejectedDocumentError("gallery", f"the page calls itself a gallery ({min(gallery)})")
    teasers = _count_teasers(tree)
    if (listed and teasers > 1) or teasers >= _MIN_TEASERS:
        raise RejectedDocumentError("index_page", f"{teasers} headlines that are links, and hardly a paragraph")


def _has_prose(tree: lxml_html.HtmlElement) -> bool:
    """Tell whether there are more than two paragraphs of prose, as an article has them."""
    texts = (get_element_text(element) or "" for element in tree.iter("p"))
    prose = (text for text in texts if len(text) >= _MIN_PROSE_CHAR_COUNT)
    return next(islice(prose, _MAX_PROSE_PARAGRAPHS, None), None) is not None


def _count_teasers(tree: lxml_html.HtmlElement) -> int:
    """Return how many headings are links, or in one."""
    return len(tree.xpath("//*[self::h2 or self::h3 or self::h4][.//a[@href] or ancestor::a[@href]]"))
