"""One entry of a feed, in RSS of any version, Atom 0.3 and 1.0, or CDF: from its element to its fields.

After https://www.rssboard.org/rss-specification, https://web.resource.org/rss/1.0/spec, RFC 4287 and
https://www.w3.org/TR/NOTE-CDFsubmit.html. Programs mix them, so an element means the same wherever it is met; of
several that mean one field the first that is not blank counts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from lxml import etree

from flows.readers.feed_markup import (
    find_language,
    get_attribute,
    get_plain,
    index_children,
    name_tag,
    read_content,
    read_title,
    resolve_url,
)
from flows.readers.listing import Entry
from transforms.withdrawals import DELETED_ENTRY

ENTRY_NAMES: Final = frozenset({"item", "entry"})
TOMBSTONE_NAMES: Final = frozenset({"at:deleted-entry"})
"""What stands for an entry that was deleted (RFC 6721), under whatever prefix."""

# Content before summary.
_CONTENT_NAMES: Final = ("content:encoded", "content", "xhtml:body", "body", "fullitem")
_SUMMARY_NAMES: Final = (
    *("description", "summary", "dc:description", "abstract", "itunes:summary", "media:description"),
)
_TITLE_NAMES: Final = ("title", "dc:title", "itunes:title", "media:title")
_ID_NAMES: Final = ("guid", "id", "dc:identifier")
_PUBLISHED_NAMES: Final = (
    *("pubdate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created", "date"),
)
_MODIFIED_NAMES: Final = ("updated", "modified", "dcterms:modified", "lastbuilddate")
_AUTHOR_NAMES: Final = ("author", "dc:creator", "creator", "dc:author", "itunes:author")
_KEYWORD_NAMES: Final = ("category", "dc:subject", "media:keywords", "itunes:keywords")
_IMAGE_NAMES: Final = ("media:content", "media:thumbnail", "enclosure", "itunes:image", "image")
_IMAGE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.IGNORECASE)
_LINK_NAMES: Final = ("link", "a", "url")
_RDF_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"

_PERSON: Final = re.compile(
    r"""(?:mailto:)?[^\s@()]{1,100}@[^\s@()]{1,100}\s*\((?P<after>[^()]+)\)
    |(?P<before>[^@()<>]+?)\s*[(<][^\s@()<>]{1,100}@[^\s@()<>]{1,100}[)>]""",
    re.VERBOSE,
)
"""How RSS wants an author, an e-mail address with the name as a comment, and how others write both."""

_WEB: Final = re.compile(r"https?://", re.IGNORECASE)

Children = Mapping[str, Sequence[Any]]
"""Elements by their names, ``feed_markup.index_children``."""


class Inherited(NamedTuple):
    """What the entries of a feed have from it where they are silent.

    Attributes:
        base: The address that relative ones are resolved against.
        author: Of an Atom feed (RFC 4287, section 4.2.1); the editor of an RSS channel is no byline.
        language: As claimed.
    """

    base: str | None
    author: str | None
    language: str | None


def read_entry(element: etree._Element, inherited: Inherited) -> Entry:
    """Return what an entry says."""
    children = index_children(element)
    html, text, summary = _find_content_and_summary(children)
    source = next(iter(children.get("source", ())), None)
    external_id = find_plain(children, *_ID_NAMES) or get_attribute(element, _RDF_ABOUT)
    return Entry(
        url=_find_url(element, children, inherited.base),
        external_id=external_id,
        title=find_plain_title(children, *_TITLE_NAMES),
        published=find_plain(children, *_PUBLISHED_NAMES),
        modified=find_plain(children, *_MODIFIED_NAMES) or get_attribute(element, "lastmod"),
        author=find_author(children) or _find_author_of(source) or inherited.author,
        language=find_plain(children, "dc:language") or find_language(element) or inherited.language,
        source=_find_source_title(source),
        keywords=_find_keywords(children),
        description=summary,
        image_url=_find_image(children, inherited.base),
        html=html,
        text=text,
    )


def read_tombstone(element: etree._Element, inherited: Inherited) -> Entry | None:
    """Return what the tombstone of an entry says: which, and when it was deleted; None when it names none."""
    children = index_children(element)
    external_id = get_attribute(element, "ref")
    if external_id is None:
        return None
    return Entry(
        url=find_link(element, children, inherited.base),
        external_id=external_id,
        modified=get_attribute(element, "when"),
        source=_find_source_title(next(iter(children.get("source", ())), None)),
        withdrawal=DELETED_ENTRY,
    )


def list_elements(children: Children, *names: str) -> Iterator[etree._Element]:
    """Yield the children that have one of the names, in the order of the names."""
    for name in names:
        yield from children.get(name, ())


def find_plain(children: Children, *names: str) -> str | None:
    """Return the text of the first of the children that is not blank."""
    return next(filter(None, map(get_plain, list_elements(children, *names))), None)


def find_plain_title(children: Children, *names: str) -> str | None:
    """Return the text of the first of the children that is not blank, its markup reduced to text."""
    return next(filter(None, map(read_title, list_elements(children, *names))), None)


def _find_keywords(children: Children) -> str | None:
    """Return the categories of an entry: the text of RSS, the label or term of Atom; the first name that has any."""
    for name in _KEYWORD_NAMES:
        said = (
            get_attribute(element, "label") or get_attribute(element, "term") or get_plain(element)
            for element in children.get(name, ())
        )
        words = [word.strip() for text in filter(None, said) for word in _split_keywords(name, text)]
        if any(words):
            return "; ".join(dict.fromkeys(filter(None, words)))
    return None


def _split_keywords(name: str, text: str) -> list[str]:
    """Return the keywords in an element: a category is one, whatever commas are in it."""
    return text.split(",") if name.endswith("keywords") else [text.replace(";", ",")]


def _find_image(children: Children, base: str | None) -> str | None:
    """Return the address of the first image that goes with an entry (https://www.rssboard.org/media-rss)."""
    groups = [index_children(group) for group in children.get("media:group", ())]
    for element in (found for names in (children, *groups) for found in list_elements(names, *_IMAGE_NAMES)):
        url = get_attribute(element, "url") or get_attribute(element, "href")
        kind = (get_attribute(element, "type") or get_attribute(element, "medium") or "").lower()
        is_thumbnail = name_tag(element.tag) in {"media:thumbnail", "itunes:image", "image"}
        if url is not None and (is_thumbnail or kind.startswith("image") or (not kind and _IMAGE.search(url))):
            return resolve_url(element, url, base)
    return None


def find_author(children: Children) -> str | None:
    """Return the names of the authors, each once; None when there are none."""
    for name in _AUTHOR_NAMES:
        people = dict.fromkeys(filter(None, map(_read_person, children.get(name, ()))))
        if people:
            return "; ".join(people)
    return None


def find_link(element: etree._Element, children: Children, base: str | None) -> str | None:
    """Return the address of the page that an entry or feed is about; None when it names none.

    Of the links of Atom it is the first "alternate", preferably HTML; others are related pages or the feed itself.
    """
    candidates: list[tuple[bool, int, str]] = []
    for link in list_elements(children, *_LINK_NAMES):
        url = get_attribute(link, "href") or (get_plain(link) if not link.keys() or link.text else None)
        if url is not None and (get_attribute(link, "rel") or "alternate").lower().endswith("alternate"):
            is_page = (get_attribute(link, "type") or "text/html").lower() in {"text/html", "application/xhtml+xml"}
            candidates.append((not is_page, len(candidates), resolve_url(link, url, base)))
    if candidates:
        return min(candidates)[2]
    href = get_attribute(element, "href")  # CDF
    return None if href is None else resolve_url(element, href, base)


def _find_content_and_summary(children: Children) -> tuple[str | None, str | None, str | None]:
    """Return the content as (html, text), and the summary where it is not the content, for want of another."""
    html, text = _find_content(children, *_CONTENT_NAMES)
    if html is None and text is None:
        return *_find_content(children, *_SUMMARY_NAMES), None
    return html, text, find_plain_title(children, *_SUMMARY_NAMES)


def _find_content(children: Children, *names: str) -> tuple[str | None, str | None]:
    """Return the content in the first of the children that has any, as (html, text)."""
    for element in list_elements(children, *names):
        html, text = read_content(element)
        if html is not None or text is not None:
            return html, text
    return None, None


def _find_url(element: etree._Element, children: Children, base: str | None) -> str | None:
    """Return the address of an entry: where a service put its own in front, the one it leads to."""
    original = find_plain(children, "feedburner:origlink")
    return original or find_link(element, children, base) or _find_permalink(element, children)


def _find_permalink(element: etree._Element, children: Children) -> str | None:
    """Return the guid of RSS or the name of RSS 1.0 when it is an address."""
    for guid in children.get("guid", ()):
        text = get_plain(guid)
        if text is not None and (get_attribute(guid, "ispermalink") or "true").lower() != "false" and _WEB.match(text):
            return text
    about = get_attribute(element, _RDF_ABOUT)
    return about if about is not None and _WEB.match(about) is not None else None


def _read_person(element: etree._Element) -> str | None:
    """Return the name of a person, else what there is."""
    children = index_children(element)
    text = find_plain(children, "name") if len(element) else get_plain(element)
    if text is None:
        return find_plain(children, "email") if len(element) else None
    match = _PERSON.fullmatch(text)
    return text if match is None else (match["after"] or match["before"]).strip() or None


def _find_author_of(source: etree._Element | None) -> str | None:
    """Return the author of the feed that an entry was taken from."""
    return None if source is None else find_author(index_children(source))


def _find_source_title(source: etree._Element | None) -> str | None:
    """Return the name of the feed that an entry was taken from."""
    if source is None:
        return None
    if not len(source):
        return get_plain(source)
    return next(filter(None, map(read_title, index_children(source).get("title", ()))), None)
