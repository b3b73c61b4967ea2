"""The elements of NewsML-G2, NITF and XHTML by their local names, and the paragraphs in them."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from transforms.text import PARAGRAPH_DIVIDER

_BLOCK_NAMES: Final = frozenset(
    "p hl1 hl2 h1 h2 h3 h4 h5 h6 li dt dd pre bq blockquote td th tr div block inlineData body.content body".split()
)
_SKIPPED_NAMES: Final = frozenset("media figure script style head body.head body.end note remoteContent title".split())
"""Captions of pictures, notes to editors, and what is not the text."""

_BREAK: Final = "br"


def name_local(element: etree._Element) -> str:
    """Return the name of an element without namespace and prefix."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def find_all(element: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at a path of local names, in their order.

    Args:
        element: Where the path begins.
        path: Such as "head/docdata".
    """
    found = [element]
    for name in path.split("/"):
        found = [child for parent in found for child in parent if name_local(child) == name]
    return found


def find_first(element: etree._Element, path: str) -> etree._Element | None:
    """Return the first element at a path of local names; None when there is none."""
    return next(iter(find_all(element, path)), None)


def get_line(element: etree._Element) -> str | None:
    """Return all text of an element as one line; None when it is blank."""
    return " ".join("".join(element.itertext()).split()) or None


def collect_paragraphs(element: etree._Element) -> str | None:
    """Return the text of an element, its paragraphs divided by blank lines; None when it is blank.

    Lines within plain text stay as they are: that they are paragraphs, or wrapped, is told later, ``transforms.text``.
    """
    parts: list[str] = []
    pieces: list[str] = []
    for text, is_end in _walk(element):
        pieces.append(text)
        if is_end:
            parts.append("".join(pieces).strip())
            pieces = []
    parts.append("".join(pieces).strip())
    return PARAGRAPH_DIVIDER.join(filter(None, parts)) or None


def _walk(element: etree._Element) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of text under an element, each with whether a block begins or ends after it."""
    is_block = name_local(element) in _BLOCK_NAMES
    yield element.text or "", False
    for child in element:
        name = name_local(child)
        if name == _BREAK:
            yield "\n", False
        elif name not in _SKIPPED_NAMES:
            yield "", name in _BLOCK_NAMES
            yield from _walk(child)
        yield child.tail or "", False
    yield "", is_block
