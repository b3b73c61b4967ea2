"""What a page says of its article: structured data first, then meta tags, then what its elements show.

The body is found by trafilatura in its fast mode, on a tree that is parsed once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from transforms.fields import DocumentFields
from transforms.jsonld import Node, find_article_node, get_names, get_text
from transforms.page_dates import list_dates
from transforms.rejects import RejectedDocumentError
from transforms.urls import is_same_site

MIN_BODY_CHAR_COUNT: Final = 40
"""A page with less text than a sentence holds no article."""

_MAX_CHAR_COUNT: Final = 5_000_000
_MAX_DEPTH: Final = 400  # trafilatura recurses over the tree; real pages have up to some 60
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_TITLE_DIVIDER: Final = re.compile(r"\s+[|–—·»-]\s+|\s*\|\s*|\s+::\s+")
_CARRIERS: Final = ("property", "name", "itemprop")

_TITLE_NAMES: Final = ("og:title", "twitter:title", "dc.title", "headline")
_AUTHOR_NAMES: Final = ("author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator")
_SITE_NAMES: Final = ("og:site_name", "application-name", "publisher", "dc.publisher")
_ADDRESS_NAMES: Final = ("og:url", "twitter:url")

Meta = Mapping[str, str]


def extract_page(page: str, *, url: str | None) -> DocumentFields:
    """Return what a page says of its article; ``text`` is the body, paragraphs divided by blank lines.

    Args:
        page: The markup, decoded.
        url: Where the page was found, when that is known; a canonical address in the page goes before it.

    Raises:
        RejectedDocumentError: no_article, or too_large.
    """
    tree = parse_page(page)
    meta = collect_meta(tree)
    node = find_article_node(tree.xpath("//script[contains(@type, 'ld+json')]/text()"))
    site = next(iter(get_names(node.get("publisher"))), None) or _pick(meta, _SITE_NAMES)
    fields = DocumentFields(
        title=_find_title(tree, node, meta, site),
        url=_find_address(tree, node, meta, url),
        source=site,
        author=_find_author(node, meta),
        dateline=get_text(node, "dateline"),
        dates=list_dates(tree, node, meta),
        language=get_text(node, "inLanguage") or tree.get("lang") or tree.get("xml:lang"),
    )
    # trafilatura prunes the tree it is given: all else has to be read before.
    return _with_text(fields, _extract_body(tree) or get_text(node, "articleBody"))


def _with_text(fields: DocumentFields, text: str | None) -> DocumentFields:
    if text is None or len(text) < MIN_BODY_CHAR_COUNT:
        raise RejectedDocumentError("no_article", "the page holds no text that looks like an article's")
    return DocumentFields(**{**vars(fields), "text": text})


def parse_page(page: str) -> lxml_html.HtmlElement:
    """Return the tree of a page.

    Raises:
        RejectedDocumentError: too_large or no_article.
    """
    if len(page) > _MAX_CHAR_COUNT:
        raise RejectedDocumentError("too_large", f"a page of more than {_MAX_CHAR_COUNT:,} characters")
    markup = _XML_DECLARATION.sub("", _UNSTORABLE.sub("", page), count=1)
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(markup, parser=parser)
    except (etree.LxmlError, AssertionError) as error:  # lxml asserts that there is a root
        raise RejectedDocumentError("no_article", "the page has no elements") from error
    if _is_deep(tree):
        raise RejectedDocumentError("no_article", f"elements are nested more than {_MAX_DEPTH} deep")
    return tree


def _is_deep(tree: lxml_html.HtmlElement) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            return True
    return False


def collect_meta(tree: lxml_html.HtmlElement) -> dict[str, str]:
    """Return the names of meta tags, lower case -> the first content that is not blank."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or element.get("value") or "").strip()
        for carrier in _CARRIERS:
            name = (element.get(carrier) or "").strip().lower()
            if name and content:
                meta.setdefault(name, content)
    return meta


def _pick(meta: Meta, names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _find_title(tree: lxml_html.HtmlElement, node: Node, meta: Meta, site: str | None) -> str | None:
    """Return the headline without the outlet's name."""
    candidates: tuple[Callable[[], str | None], ...] = (
        lambda: get_text(node, "headline"),
        lambda: _pick(meta, _TITLE_NAMES),
        lambda: _find_heading(tree),
        lambda: _get_text_of(tree.find(".//title")),
        lambda: get_text(node, "name"),
    )
    for candidate in candidates:
        title = candidate()
        if title is not None and title.casefold() != (site or "").casefold():
            return _drop_site(title, site, _find_heading(tree))
    return None


def _drop_site(title: str, site: str | None, heading: str | None) -> str:
    """Return a title without the name of the outlet at its end or its beginning."""
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


def _find_heading(tree: lxml_html.HtmlElement) -> str | None:
    """Return the text of the page's only first-level heading, that in the article where there are several."""
    inside = [text for element in tree.xpath("//article//h1") if (text := _get_text_of(element)) is not None]
    found = [text for element in tree.iter("h1") if (text := _get_text_of(element)) is not None]
    return inside[0] if len(inside) == 1 else (found[0] if len(found) == 1 else None)


def _get_text_of(element: lxml_html.HtmlElement | None) -> str | None:
    text = "" if element is None else " ".join("".join(element.itertext()).split())
    return text or None


def _find_address(tree: lxml_html.HtmlElement, node: Node, meta: Meta, url: str | None) -> str | None:
    """Return the address the page calls its own, else where it was found.

    A page of another site that prints it is not its own address: it is where the article was taken from.
    """
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    page = node.get("mainEntityOfPage")
    said = (
        *canonical[:1],
        _pick(meta, _ADDRESS_NAMES),
        page.get("@id") if isinstance(page, dict) else page,
        get_text(node, "url"),
        url,
    )
    known = (str(address) for address in said if isinstance(address, str) and "://" in address)
    return next((address for address in known if url is None or is_same_site(address, url)), url)


def _find_author(node: Node, meta: Meta) -> str | None:
    """Return the byline, several names divided by "; "."""
    names = get_names(node.get("author")) or [_pick(meta, _AUTHOR_NAMES) or ""]
    people = [name for name in dict.fromkeys(names) if name and "://" not in name]
    return "; ".join(people) or None


def _extract_body(tree: lxml_html.HtmlElement) -> str | None:
    """Return the body's paragraphs, divided by blank lines; None when none are found."""
    found = trafilatura.bare_extraction(
        tree, fast=True, include_comments=False, include_tables=False, include_images=False, with_metadata=False
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return None
    paragraphs = [text for element in _list_blocks(found.body) if (text := _get_text_of(element)) is not None]
    return "\n\n".join(paragraphs) or None


def _list_blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that are a paragraph each: of a list its items, of a quotation its paragraphs."""
    for element in body:
        inner = [child for child in element if child.tag in {"p", "item", "quote", "list", "head"}]
        if element.tag in {"list", "quote", "div"} and inner:
            yield from _list_blocks(element)
        else:
            yield element
