"""The body of a page: its paragraphs, without what stands between and beside them.

trafilatura finds them, in its fast mode. What is known not to be the article is taken out of the tree before: boxes for
newsletters and related articles, captions, paragraphs that are nothing but a link. Where trafilatura has left out most
of the page's prose, the prose is taken as it stands.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from transforms.page_meta import get_element_text
from transforms.text import PARAGRAPH_DIVIDER

_BOX: Final = re.compile(
    r"news-?letter|sign-?up(?:$|[-_\s])|most-?(?:read|popular|viewed)|popular-|latest-from|more-from|also-?like|"
    r"also-?read|read-?(?:more|next)|(?:^|[-_\s])related|recirc|recommend|trending|outbrain|taboola|promo(?:$|[-_\s])|"
    r"caption|image-?widget|comment-?(?:policy|form|list)|no-access-comments|notification-bar|side-?bar-?block|"
    r"tooltip|popover|rollover|sr-only|visually-hidden|screen-reader|"
    r"author-?bio|about-?the-?author|(?:^|[-_\s])share(?:$|[-_\s])|social-?(?:share|links|media)|cookie",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"(?:more (?:from|on|in|like)|related|recommended|you (?:may|might)|most (?:popular|read|viewed)|"
    r"read (?:more|next)|trending|popular$|editor'?s'? picks|mehr zum thema|mehr aus|lesen sie auch|"
    r"das könnte sie|meistgelesen|à lire|"
    r"lire aussi|sur le même|les plus lus|te puede|le puede|más noticias|noticias relacionadas|lo más|benzer haber|"
    r"ilgili haber|関連|おすすめ)",
    re.IGNORECASE,
)
_WHOLES: Final = frozenset({"article", "main", "body", "html"})
_MAX_LIST_DEPTH: Final = 4
_MAX_LIST_RATIO: Final = 0.3
_BOX_TAGS: Final = frozenset({"div", "section", "aside", "ul", "ol", "p", "span", "figcaption", "header", "footer"})
_LINKED_TAGS: Final = frozenset({"p", "li", "h2", "h3", "h4", "h5"})
_LABEL_ENDS: Final = (":", "|", "►", ">", "»", "-", "–")
_MAX_LINK_DEPTH: Final = 4
_MAX_STOP_CHAR_COUNT: Final = 2
_MAX_POINTER_CHAR_COUNT: Final = 200
_MAX_LABEL_CHAR_COUNT: Final = 30
_MAX_BOX_RATIO: Final = 0.25
"""A box with more of the page's prose than this is none."""

_MIN_PROSE_CHAR_COUNT: Final = 80
"""A paragraph that is shorter may be a teaser or a label."""

_PLAIN_TAGS: Final = frozenset({"p", "h2", "h3", "h4", "blockquote"})
_MIN_HELD_RATIO: Final = 0.5
_COMPARED_CHAR_COUNT: Final = 60
_MIN_COVERED_RATIO: Final = 0.1
_MAX_COVERED_RATIO: Final = 0.7
_MIN_MISSED_CHAR_COUNT: Final = 400


def extract_body(tree: lxml_html.HtmlElement) -> str | None:
    """Return the body's paragraphs, divided by blank lines; None when none are found. The tree is spent."""
    weights = _weigh_prose(tree)
    _drop_boxes(tree, weights)
    _drop_lists(tree, weights)
    _drop_pointers(_find_container(weights, tree))
    plain = _list_plain(tree)
    found = trafilatura.bare_extraction(
        tree, fast=True, include_comments=False, include_tables=False, include_images=False, with_metadata=False
    )
    paragraphs: list[str] = []
    if found is not None and not isinstance(found, dict) and found.body is not None:
        paragraphs = [text for element in _list_blocks(found.body) if (text := get_element_text(element)) is not None]
    return PARAGRAPH_DIVIDER.join(plain if _misses_most(paragraphs, plain) else paragraphs) or None


def _weigh_prose(tree: lxml_html.HtmlElement) -> Counter[lxml_html.HtmlElement]:
    """Return how many characters of prose stand under each element."""
    weights: Counter[lxml_html.HtmlElement] = Counter()
    for element in tree.iter("p"):
        text = get_element_text(element)
        if text is not None and len(text) >= _MIN_PROSE_CHAR_COUNT:
            for above in element.iterancestors():
                weights[above] += len(text)
    return weights


def _find_container(weights: Mapping[lxml_html.HtmlElement, int], tree: lxml_html.HtmlElement) -> lxml_html.HtmlElement:
    """Return the innermost element with more than half of the prose."""
    holders = [element for element, weight in weights.items() if weight > _MIN_HELD_RATIO * weights[tree]]
    return min(holders, key=lambda element: weights[element], default=tree)


def _drop_boxes(tree: lxml_html.HtmlElement, weights: Mapping[lxml_html.HtmlElement, int]) -> None:
    largest = _MAX_BOX_RATIO * weights.get(tree, 0)
    for element in list(tree.iter(*_BOX_TAGS)):
        attributes = element.attrib
        for name in ("class", "id"):
            if name in attributes and _is_box(attributes[name]) and weights.get(element, 0) <= largest:
                element.drop_tree()
                break


def _drop_lists(tree: lxml_html.HtmlElement, weights: Mapping[lxml_html.HtmlElement, int]) -> None:
    """Take out sections whose heading says that they are of other articles, with their heading."""
    largest = _MAX_LIST_RATIO * weights.get(tree, 0)
    for heading in list(tree.iter("h2", "h3", "h4", "h5", "h6")):
        text = get_element_text(heading)
        if text is None or _OTHERS.match(text) is None:
            continue
        section = heading
        for above in islice(heading.iterancestors(), _MAX_LIST_DEPTH):
            if above.tag in _WHOLES or weights.get(above, 0) > largest or next(above.iter("h1"), None) is not None:
                break
            section = above
        if section.getparent() is not None:
            section.drop_tree()


@lru_cache(maxsize=65_536)
def _is_box(label: str) -> bool:
    return _BOX.search(label) is not None


def _drop_pointers(container: lxml_html.HtmlElement) -> None:
    """Take out paragraphs that lead elsewhere: nothing but a link, or a label such as "Read more:" and a link."""
    holders = (_find_holder(link) for link in container.iter("a"))
    for element in dict.fromkeys(holder for holder in holders if holder is not None):
        text = get_element_text(element)
        if text is not None and len(text) <= _MAX_POINTER_CHAR_COUNT and _is_pointer(element, text):
            element.drop_tree()


def _find_holder(link: lxml_html.HtmlElement) -> lxml_html.HtmlElement | None:
    """Return the paragraph, item or subheading a link stands in, a few elements deep."""
    above = link.getparent()
    for _ in range(_MAX_LINK_DEPTH):
        if above is None or above.tag in _LINKED_TAGS:
            return above
        above = above.getparent()
    return None


def _is_pointer(element: lxml_html.HtmlElement, text: str) -> bool:
    links = [linked for link in element.iter("a") if (linked := get_element_text(link)) is not None]
    rest = len(text) - sum(map(len, links))
    if not links or rest > _MAX_LABEL_CHAR_COUNT:
        return False
    before = text.partition(links[0])[0].rstrip()
    return rest <= _MAX_STOP_CHAR_COUNT or (text.endswith(links[0]) and before.endswith(_LABEL_ENDS))


def _list_plain(tree: lxml_html.HtmlElement) -> list[str]:
    """Return the page's prose as it stands: the paragraphs and subheadings in the elements that hold most of it.

    Those are the element with most prose in its own paragraphs, and all others that are marked the same way: some
    pages cut the body in pieces, with advertisements between.
    """
    pieces: dict[tuple[str, str], list[lxml_html.HtmlElement]] = {}
    weights: Counter[tuple[str, str]] = Counter()
    for element in tree.iter("p"):
        text, parent = get_element_text(element), element.getparent()
        if text is None or len(text) < _MIN_PROSE_CHAR_COUNT or parent is None:
            continue
        mark = (parent.tag, parent.get("class") or "")
        weights[mark] += len(text)
        if parent not in pieces.setdefault(mark, []):
            pieces[mark].append(parent)
    if not weights:
        return []
    total = weights.total()
    mark, weight = max(weights.items(), key=lambda item: item[1])
    if weight < _MIN_HELD_RATIO * total or (len(pieces[mark]) > 1 and not mark[1]):
        return []
    inner = (child for piece in pieces[mark] for child in piece if child.tag in _PLAIN_TAGS)
    return [text for child in inner if (text := get_element_text(child)) is not None]


def _misses_most(paragraphs: list[str], plain: list[str]) -> bool:
    """Tell whether paragraphs are a piece of the prose that is there and lack the rest, or are no paragraphs at all."""
    prose = [text for text in plain if len(text) >= _MIN_PROSE_CHAR_COUNT]
    found = "".join("".join(paragraphs).split())
    total = sum(map(len, prose))
    covered = sum(len(text) for text in prose if "".join(text.split())[:_COMPARED_CHAR_COUNT] in found)
    if total - covered <= _MIN_MISSED_CHAR_COUNT or covered >= _MAX_COVERED_RATIO * total:
        return False
    return covered >= _MIN_COVERED_RATIO * total or len(paragraphs) <= 1 or len(found) < _MIN_COVERED_RATIO * total


def _list_blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that are a paragraph each: of a list its items, of a quotation its paragraphs."""
    for element in body:
        inner = [child for child in element if child.tag in {"p", "item", "quote", "list", "head"}]
        if element.tag in {"list", "quote", "div"} and inner:
            yield from _list_blocks(element)
        else:
            yield element
