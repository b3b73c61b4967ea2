"""Text as feeds carry it: plain, or HTML that was escaped, or HTML that was not. Which of them, a feed does not say.

Elements are known by one name each, whatever namespace a version of RSS or Atom puts them in, declared or not.
"""

import binascii
import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from flows.readers.xml_text import remove_unstorable

_PREFIXES: Final = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://purl.org/atompub/tombstones/1.0": "at:",
}
_OWN_NAMESPACES: Final = re.compile(
    r"""https?://(?:www\.w3\.org/2005/atom|purl\.org/(?:atom|echo|rss|net/rss)|my\.netscape\.com/rdf|channel\.netscape\.com/rdf
    |backend\.userland\.com/rss|blogs\.law\.harvard\.edu/tech|cyber\.(?:law|harvard)|www\.rssboard\.org)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Those of Atom 1.0 and 0.3, and all that RSS was ever put in. Compared without regard to case."""

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"

# Elements that feeds have in titles and summaries: "<" and a name alone may be text about mathematics.
_TAG: Final = re.compile(
    r"</?(?:a|abbr|acronym|address|applet|article|aside|audio|b|big|blink|blockquote|body|br|center|cite|code|del|div|dd"
    r"|dl|dt|em|embed|figure|figcaption|font|footer|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|ins|li|link"
    r"|meta|object|ol|p|picture|pre|q|s|script|section|small|source|span|strike|strong|style|sub|sup|table|tbody|td"
    r"|tfoot|th|thead|title|tr|tt|u|ul|video|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_NO_TEXT: Final = re.compile(
    r"<!--(?:.*?-->|.*)|<script\b(?:.*?</script\s*>|.*)|<style\b(?:.*?</style\s*>|.*)|<!DOCTYPE[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_WRITTEN_TAG: Final = re.compile(r"<[^<>]*>")
_DECLARED_NAMESPACE: Final = re.compile(r"""\sxmlns(?::[\w.-]+)?="[^"]*\"""")
_PREFIX_OF_TAG: Final = re.compile(r"<(/?)[\w-]+:(?=\w)")
_PLAIN_TYPES: Final = frozenset({"text", "text/plain"})
_MARKUP_TYPES: Final = frozenset({"html", "xhtml", "text/html", "application/xhtml+xml", "xml", "text/xml"})


@lru_cache(maxsize=512)
def name_tag(tag: str) -> str:
    """Return the one name of an element: lower case, with the usual prefix when it is of a module of RSS.

    Examples:
        >>> name_tag("{http://www.w3.org/2005/Atom}entry"), name_tag("DC:Creator"), name_tag("{urn:x}title")
        ('entry', 'dc:creator', '?:title')
    """
    namespace, _, local = tag.rpartition("}")
    if not namespace:
        return local.lower()
    namespace = namespace[1:].strip()
    if _OWN_NAMESPACES.match(namespace) is not None and namespace.lower() not in _PREFIXES:
        return local.lower()
    return _PREFIXES.get(namespace.lower(), "?:") + local.lower()


def index_children(element: etree._Element) -> dict[str, list[etree._Element]]:
    """Return the children of an element by their names."""
    children: dict[str, list[etree._Element]] = {}
    for child in element:
        children.setdefault(name_tag(child.tag), []).append(child)
    return children


def get_attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute whatever its case; None when it is not there or blank."""
    value = element.get(name)
    if value is None:
        value = next((value for key, value in element.items() if key.lower() == name), None)
    return (value or "").strip() or None


def get_plain(element: etree._Element) -> str | None:
    """Return all text of an element as one line; None when it is blank."""
    return " ".join("".join(element.itertext()).split()) or None


def read_title(element: etree._Element) -> str | None:
    """Return the text of a title as one line, its markup reduced to text unless it says that it has none."""
    text = get_plain(element)
    if text is not None and _is_base64(element):
        text = _decode_base64(text)
    if text is None or len(element) or (get_attribute(element, "type") or "").lower() in _PLAIN_TYPES:
        return text
    return reduce_markup(text)


def reduce_markup(text: str) -> str | None:
    """Return text without tags, references resolved, as one line.

    Examples:
        >>> reduce_markup("<b>Storm</b> &amp; rain, 3 < 4")
        'Storm & rain, 3 < 4'
    """
    plain = _TAG.sub("", _NO_TEXT.sub("", text)) if "<" in text else text
    return " ".join(remove_unstorable(html.unescape(plain)).split()) or None


def has_markup(text: str) -> bool:
    """Tell whether text is HTML: a tag that feeds use stands in it."""
    return "<" in text and _TAG.search(text) is not None


def read_content(element: etree._Element) -> tuple[str | None, str | None]:
    """Return the content of an element as (html, text); at most one is set, and neither for content of another kind.

    Markup is told from text by looking, unless the element says that it is text: feeds that say ``type="html"`` have
    text, and elements of RSS that say nothing have both.
    """
    kind = (get_attribute(element, "type") or "").lower()
    if len(element):
        return _serialize(element).strip() or None, None
    value = (element.text or "").strip()
    if _is_base64(element):
        return split_markup(_decode_base64(value))
    if not value or ("/" in kind and kind not in _PLAIN_TYPES | _MARKUP_TYPES):
        return None, None
    return (None, value) if kind in _PLAIN_TYPES else split_markup(value)


def split_markup(value: str) -> tuple[str | None, str | None]:
    """Return a text of unknown kind as (html, text), one of them set; neither when it is blank.

    Examples:
        >>> split_markup("<p>Rain fell."), split_markup("Rain &amp; wind")
        (('<p>Rain fell.', None), (None, 'Rain & wind'))
    """
    if has_markup(value):
        return value, None
    return None, remove_unstorable(html.unescape(value)).strip() or None


def find_language(element: etree._Element) -> str | None:
    """Return the language that an element or the nearest around it declares."""
    while element is not None:
        language = get_attribute(element, f"{_XML}lang") or get_attribute(element, "xml:lang")
        if language is not None:
            return language
        element = element.getparent()
    return None


def resolve_url(element: etree._Element, url: str, base: str | None) -> str:
    """Return an address that stands in an element, resolved against the xml:base of those around it and the feed's.

    Args:
        element: Where it stands.
        url: As written.
        base: The address of the feed; None when that is not known.
    """
    url = "".join(url.split("\n")).strip()
    bases = [url]
    while element is not None:
        bases.append(get_attribute(element, f"{_XML}base") or "")
        element = element.getparent()
    return _join(reversed([*bases, base or ""]))


def _join(parts: Iterator[str]) -> str:
    """Return addresses joined, each relative to those before it."""
    whole = ""
    for part in parts:
        try:
            whole = urljoin(whole, part) if part else whole
        except ValueError:  # a bracket without its other half
            whole = part
    return whole


def _serialize(element: etree._Element) -> str:
    """Return what is within an element as HTML: its namespaces mean nothing there."""
    inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return html.escape(element.text or "", quote=False) + _WRITTEN_TAG.sub(_strip_namespaces, inner)


def _strip_namespaces(tag: re.Match[str]) -> str:
    return _DECLARED_NAMESPACE.sub("", _PREFIX_OF_TAG.sub(r"<\1", tag[0]))


def _is_base64(element: etree._Element) -> bool:
    """Tell whether the text of an element is encoded: in Atom 0.3 it says so, in Atom 1.0 the type does."""
    return get_attribute(element, "mode") == "base64" or get_attribute(element, "type") == "application/octet-stream"


def _decode_base64(value: str) -> str:
    try:
        return remove_unstorable(binascii.a2b_base64(value).decode()).strip()
    except ValueError:  # of both steps
        return ""
