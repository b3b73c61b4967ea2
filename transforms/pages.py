"""What a page says of its article: structured data first, then meta tags, then what its elements show.

The body is found by trafilatura in its fast mode, on a tree that is parsed once.
"""

import re
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from transforms.agencies import Agencies
from transforms.fields import DocumentFields
from transforms.jsonld import Node, find_article_node, get_names, get_text
from transforms.page_authors import find_byline
from transforms.page_body import extract_body
from transforms.page_dates import list_dates
from transforms.page_details import find_details
from transforms.page_kinds import refuse_page
from transforms.page_meta import Meta, collect_meta, pick_meta
from transforms.page_titles import find_alternative, find_title
from transforms.rejects import RejectedDocumentError
from transforms.urls import is_front_page, is_same_site
from transforms.withdrawals import find_work_status

MIN_BODY_CHAR_COUNT: Final = 40
"""A page with less text than a sentence holds no article."""

_MAX_CHAR_COUNT: Final = 5_000_000
_MAX_DEPTH: Final = 400  # trafilatura recurses over the tree; real pages have up to some 60
_MAX_ELEMENT_COUNT: Final = 50_000  # trafilatura takes up to 0.25 ms for each; long live blogs have some 20,000
_count_elements: Final = etree.XPath("count(//*)")
_is_deep: Final = etree.XPath(f"boolean({'/*' * (_MAX_DEPTH + 1)})")
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")  # elsewhere it would cost the square of the white space

_SITE_NAMES: Final = ("og:site_name", "application-name", "publisher", "dc.publisher")
_ADDRESS_NAMES: Final = ("og:url", "twitter:url")


def extract_page(page: str, *, url: str | None, agencies: Agencies) -> DocumentFields:
    """Return what a page says of its article; ``text`` is the body, paragraphs divided by blank lines.

    Args:
        page: The markup, decoded.
        url: Where the page was found, when that is known; a canonical address in the page goes before it.
        agencies: The agencies that are known.

    Raises:
        RejectedDocumentError: live_blog, gallery, index_page, no_article, or too_large.
    """
    tree = parse_page(page)
    meta = collect_meta(tree)
    scripts = [str(script) for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()")]
    node = find_article_node(scripts)
    refuse_page(tree, scripts, node, meta, url)
    site = next(iter(get_names(node.get("publisher"))), None) or pick_meta(meta, _SITE_NAMES)
    title = find_title(tree, node, meta, site)
    address = _find_address(tree, node, meta, url)
    byline = find_byline(tree, node, meta, agencies)
    fields = DocumentFields(
        title=title,
        url=address,
        source=site,
        author=None if byline is None else byline.text,
        author_types=None if byline is None else byline.types,
        alternative_headline=find_alternative(title, tree, node, meta, site),
        **find_details(tree, node, meta, url=address),
        dateline=get_text(node, "dateline"),
        dates=list_dates(tree, node, meta),
        withdrawal=find_work_status(node),
        language=get_text(node, "inLanguage") or tree.get("lang") or tree.get("xml:lang"),
    )
    # trafilatura prunes the tree it is given: all else has to be read before.
    return _with_text(fields, extract_body(tree) or get_text(node, "articleBody"))


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
    _check_size(tree)
    return tree


def _check_size(tree: lxml_html.HtmlElement) -> None:
    """Refuse a tree that would take the extraction without bound."""
    if _is_deep(tree):
        raise RejectedDocumentError("no_article", f"elements are nested more than {_MAX_DEPTH} deep")
    if _count_elements(tree) > _MAX_ELEMENT_COUNT:
        raise RejectedDocumentError("too_large", f"a page of more than {_MAX_ELEMENT_COUNT:,} elements")


def _find_address(tree: lxml_html.HtmlElement, node: Node, meta: Meta, url: str | None) -> str | None:
    """Return the address the page calls its own, else where it was found.

    A page of another site that prints it is not its own address: it is where the article was taken from. Nor is the
    front page of the site, which careless templates name on each of its pages
    (https://developers.google.com/search/blog/2013/04/5-common-mistakes-with-relcanonical): all would be one article.
    """
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    page = node.get("mainEntityOfPage")
    said = (
        *canonical[:1],
        pick_meta(meta, _ADDRESS_NAMES),
        page.get("@id") if isinstance(page, dict) else page,
        get_text(node, "url"),
        url,
    )
    known = (str(address) for address in said if isinstance(address, str) and "://" in address)
    own = (address for address in known if url is None or is_same_site(address, url))
    return next((address for address in own if not is_front_page(address)), url)
