"""The byline of a page: structured data first, then meta tags, then what readers see."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import html as lxml_html

from transforms.agencies import Agencies
from transforms.bylines import ENTRY_DIVIDER, ORGANIZATION, PERSON, THING, read_byline
from transforms.jsonld import Node, list_authors
from transforms.page_meta import Meta, collect_all_meta, get_element_text

_AUTHOR_NAMES: Final = (
    *("author", "article:author", "og:article:author", "byl", "parsely-author", "sailthru.author", "dc.creator"),
    *("dcterms.creator", "citation_author", "cxenseparse:author", "article.author", "authors"),
)
_ACCOUNTS: Final = frozenset({"admin", "administrator", "webmaster", "root", "editor", "user", "wordpress"})
"""Names of accounts that content systems make by themselves: who writes under them is not known."""

_LABELLED: Final = re.compile(
    r"(?:^|[-_\s])(?:by-?line|authors?|author-?_?names?|autor(?:en|in|name)?|auteurs?|writers?|reporter|yazar|muhabir|"
    r"meta-?info-?author\w*|person-link|vcard)(?:$|[-_\s]|list)",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(
    r"bio|comment|relat|recommend|teaser|card|promo|caption|credit|avatar|image|img|photo|share|follow|social|popular|"
    r"sidebar|footer|nav|menu|widget|most-|trending",
    re.IGNORECASE,
)
_OUTSIDE: Final = frozenset({"aside", "nav", "footer", "figure", "figcaption", "form"})
_MAX_BYLINE_CHAR_COUNT: Final = 150
_MAX_ELEMENTS: Final = 60


class Byline(NamedTuple):
    """A byline as it came.

    Attributes:
        text: Its entries, divided by "; ".
        types: What each entry is, divided likewise: Person, Organization or Thing.
    """

    text: str
    types: str


def find_byline(tree: lxml_html.HtmlElement, node: Node, meta: Meta, agencies: Agencies) -> Byline | None:
    """Return the first byline that names a person; without one the first that names a desk or an agency, else any."""
    candidates: list[tuple[Byline, bool]] = []
    for byline in _list_bylines(tree, node, meta):
        kinds = {credit.author_type for credit in read_byline(*byline, agencies)}
        if "person" in kinds:
            return byline
        candidates.append((byline, bool(kinds & {"desk", "agency"})))
    known = next((byline for byline, is_known in candidates if is_known), None)
    return known or next((byline for byline, _ in candidates), None)


def _list_bylines(tree: lxml_html.HtmlElement, node: Node, meta: Meta) -> Iterator[Byline]:
    yield from _join(list_authors(node.get("author")) or list_authors(node.get("creator")))
    for name in _AUTHOR_NAMES:
        if name in meta:
            yield from _join([(text, THING) for text in collect_all_meta(tree, name)])
    yield from _list_shown(tree)


def _join(authors: list[tuple[str, str]]) -> Iterator[Byline]:
    """Yield the byline of some authors, addresses and accounts left out."""
    once = {name.replace(";", ","): kind for name, kind in authors if _is_name(name)}
    if once:
        kinds = (kind if kind in {PERSON, ORGANIZATION} else THING for kind in once.values())
        yield Byline(ENTRY_DIVIDER.join(once), ENTRY_DIVIDER.join(kinds))


def _is_name(name: str) -> bool:
    return "://" not in name and name.casefold() not in _ACCOUNTS and any(char.isalpha() for char in name)


def _list_shown(tree: lxml_html.HtmlElement) -> Iterator[Byline]:
    """Yield what the page shows as bylines: elements marked as the author's, those beside the article left out.

    Where many elements are marked the same way, they are the bylines of other articles.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for element in _list_marked(tree):
        text = get_element_text(element)
        if text is None or len(text) > _MAX_BYLINE_CHAR_COUNT or _is_beside(element):
            continue
        key = (element.tag, element.get("class") or "", element.get("rel") or "", element.get("itemprop") or "")
        groups.setdefault(key, []).append(text)
    for texts in groups.values():
        once = list(dict.fromkeys(texts))
        if len(once) <= 4:  # noqa: PLR2004  more than four authors are seldom marked one by one
            yield from _join([(text, THING) for text in once])


def _list_marked(tree: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    """Return the elements marked as an author's, the machine-readable marks first."""
    marked = tree.xpath("//*[@rel='author' or @itemprop='author']")
    named = [
        element
        for element in tree.xpath("//body//*[@class]")
        if _LABELLED.search(element.get("class")) is not None and not _BESIDE.search(element.get("class"))
    ]
    return [*marked, *named][:_MAX_ELEMENTS]


def _is_beside(element: lxml_html.HtmlElement) -> bool:
    """Tell whether an element stands in something that is not the head of the article."""
    for above in element.iterancestors():
        if above.tag in _OUTSIDE:
            return True
        if above.tag in {"article", "main", "body"}:
            return False
        if _BESIDE.search(f"{above.get('class') or ''} {above.get('id') or ''}") is not None:
            return True
    return False
