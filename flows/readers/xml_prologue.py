"""What stands before the root of an XML document, and which document that is, told from its first characters."""

import re
from typing import Final, NamedTuple

from transforms.rejects import RejectedDocumentError

FEED_ROOTS: Final = frozenset({"rss", "rdf", "feed", "channel"})
"""Local name of the root, lower case: RSS 0.91 to 2.0, RSS 0.9 and 1.0, Atom, CDF."""

SITEMAP_ROOTS: Final = frozenset({"urlset", "sitemapindex"})
"""The same of sitemaps."""

WIRE_ROOTS: Final = frozenset({"newsItem", "newsMessage", "packageItem", "nitf"})
"""Local name as it is written: <newsitem> is another format."""

PROLOGUE_CHAR_COUNT: Final = 1 << 16
"""The root begins within so many characters, or there is none."""

_JUNK_CHAR_COUNT: Final = 8192  # a warning of the program that made the feed, most often

# Atomic and possessive throughout: a pattern that tries again would take time with the square of the text.
_SKIPPED: Final = re.compile(r"(?>[\s\ufeff]+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_ROOT: Final = re.compile(r"<((?:[\w.-]+:)?[^\W\d][\w.-]*)(?=[\s/>])")
_JUNK_END: Final = re.compile(
    r"<\?xml\s|<!doctype\s+(?!html)|<(?:[\w-]+:)?(?:rss|feed|rdf|urlset|sitemapindex)\s", re.IGNORECASE
)
_DOCTYPE: Final = re.compile(
    r"""<!DOCTYPE(?>[^\[>"']+|"[^"]*"|'[^']*')*+"""
    r"""(?:\[(?P<subset>(?>[^\]"'<]+|<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|<(?!!--|\?))*+)\]\s*)?>"""
    r"""|<!DOCTYPE[^\[>]*>""",
    re.IGNORECASE | re.DOTALL,
)


class Prologue(NamedTuple):
    """What stands before the root.

    Attributes:
        root: The name of the root as it is written, with its prefix; "" when there is no root.
        start: Where the root begins.
        has_declaration: Whether the text begins as XML says it must.
        doctype: The internal subset of the document type; None without one.
    """

    root: str
    start: int
    has_declaration: bool
    doctype: str | None

    @property
    def local_name(self) -> str:
        """The name of the root without its prefix."""
        return self.root.rpartition(":")[2]


def read_prologue(text: str, *, skips_junk: bool = True) -> Prologue:
    """Return what stands before the root of a document.

    Args:
        text: The document or its first ``PROLOGUE_CHAR_COUNT`` characters.
        skips_junk: Whether text before the XML of a feed or sitemap is skipped.

    Raises:
        RejectedDocumentError: bad_feed, when a document type declaration has no end.

    Examples:
        >>> read_prologue("<?xml version='1.0'?><!-- made by hand --><rdf:RDF xmlns='x'>").local_name
        'RDF'
    """
    head = text[:PROLOGUE_CHAR_COUNT]
    start = _skip(head, 0)
    has_declaration = head.lstrip("\ufeff \t\r\n").startswith("<?xml")
    doctype, start = _take_doctype(head, start)
    root = _ROOT.match(head, start)
    if skips_junk and (root is None or not (has_declaration or _is_known(root[1]))):
        junk_end = _JUNK_END.search(head, start, start + _JUNK_CHAR_COUNT)
        if junk_end is not None:
            doctype, start = _take_doctype(head, _skip(head, junk_end.start()))
    root = _ROOT.match(head, start)
    return Prologue("" if root is None else root[1], start, has_declaration, doctype)


def _is_known(root: str) -> bool:
    """Tell whether a reader knows documents with a root of that name."""
    local = root.rpartition(":")[2]
    return local in WIRE_ROOTS or local.lower() in FEED_ROOTS | SITEMAP_ROOTS


def _skip(text: str, start: int) -> int:
    match = _SKIPPED.match(text, start)
    return start if match is None else match.end()


def _take_doctype(text: str, start: int) -> tuple[str | None, int]:
    """Return the internal subset of a document type declaration if there is one, and where what follows it begins."""
    if text[start : start + 9].upper() != "<!DOCTYPE":
        return None, start
    match = _DOCTYPE.match(text, start)
    if match is None:
        raise RejectedDocumentError("bad_feed", "the document type declaration has no end")
    return match["subset"] or "", _skip(text, match.end())
