"""HTML that is an article's text and no page, as feeds and news services carry it: all of it counts."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from transforms.pages import parse_page
from transforms.rejects import RejectedDocumentError
from transforms.text import PARAGRAPH_DIVIDER

_PAGE_TAG: Final = re.compile(r"<(?:!doctype|html|head|body|frameset)\b", re.IGNORECASE)
_BLOCKS: Final = frozenset(
    "address article blockquote body center dd details div dl dt fieldset footer h1 h2 h3 h4 h5 h6 header hr html li "
    "main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SKIPPED: Final = frozenset(
    "aside audio button embed figure form iframe nav noscript object picture script select style svg template textarea "
    "video".split()
)


def is_fragment(markup: str) -> bool:
    """Tell whether HTML is a piece of a page: it has none of the elements that only whole pages have.

    Examples:
        >>> is_fragment("<p>Rain fell."), is_fragment("<html><p>Rain fell.")
        (True, False)
    """
    return _PAGE_TAG.search(markup) is None


def extract_fragment(markup: str) -> str:
    r"""Return the text of a fragment, its paragraphs divided by blank lines.

    Args:
        markup: Decoded.

    Raises:
        RejectedDocumentError: no_article, for one without text; too_large.

    Examples:
        >>> extract_fragment("<p>Rain<br>fell.</p><ul><li>North<li>West</ul>")
        'Rain fell.\n\nNorth\n\nWest'
    """
    paragraphs: list[str] = []
    pieces: list[str] = []
    for piece in (*_walk(parse_page(f"<div>{markup}</div>")), None):
        if piece is not None:
            pieces.append(piece)
            continue
        paragraphs.append(" ".join("".join(pieces).split()))
        pieces = []
    text = PARAGRAPH_DIVIDER.join(filter(None, paragraphs))
    if not text:
        raise RejectedDocumentError("no_article", "the markup holds no text")
    return text


def _walk(element: etree._Element) -> Iterator[str | None]:
    """Yield the pieces of text under an element, and None where a block begins or ends."""
    is_block = element.tag in _BLOCKS
    if is_block:
        yield None
    if element.tag == "br":
        yield " "
    if element.tag not in _SKIPPED:
        yield element.text or ""
        for child in element:
            yield from _walk(child)
            yield child.tail or ""
    if is_block:
        yield None
