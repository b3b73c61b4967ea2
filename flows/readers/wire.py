"""Wire copy: an item is a document, its provider the outlet. NewsML-G2 and NITF, which agencies send news in.

After https://iptc.org/std/NewsML-G2/ and https://iptc.org/std/NITF/. A message may hold many items; packages name
items and hold none. IPTC's own library for NewsML-G2 reads no content, hence this. What becomes a document is a
record of what the item says: the XML itself is not kept. ninjs, its counterpart in JSON, is a record as it is,
``transforms.ninjs``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from flows.readers.found import FoundFile, Provenance, RawDocument, Refusal, refuse
from flows.readers.jsonl import MEDIA_TYPE
from flows.readers.listing import Entry
from flows.readers.text import join_chunks
from flows.readers.wire_text import collect_paragraphs, find_all, find_first, get_line, name_local
from flows.readers.xml_prologue import WIRE_ROOTS
from flows.readers.xml_text import decode_xml, parse_tree
from transforms.rejects import RejectedDocumentError
from transforms.withdrawals import PUB_STATUS, is_withdrawn_status

MAX_WIRE_BYTES: Final = 32 * 1024 * 1024
"""A file is read as a whole, a message with all its items."""

_HELD_NAMES: Final = frozenset(
    {"newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"}
)
_XML_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def read_wire(
    chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int
) -> Iterator[RawDocument | Refusal]:
    """Yield a document an item, and a refusal for each that holds no text or is larger than the limit.

    An item that is withdrawn is a document without text, which says so.

    Args:
        chunks: The content.
        found: The file.
        source: The outlet; None for the provider each item names, or the name of the file without its endings.
        limit: Bytes of an item, as JSON.

    Raises:
        RejectedDocumentError: bad_feed; too_large, as soon as ``MAX_WIRE_BYTES`` are passed; truncated, once the items
            that are whole have been yielded; empty.
    """
    prologue, text = decode_xml(join_chunks(chunks, limit=MAX_WIRE_BYTES))
    if prologue.local_name not in WIRE_ROOTS:
        raise RejectedDocumentError("bad_feed", f"the root of a wire item is not <{prologue.root[:40]}>")
    is_truncated = text.rfind(f"</{prologue.root}") < 0
    root = parse_tree(text)
    items = [root] if name_local(root) != "newsMessage" else _list_items(root)
    whole = items[:-1] if is_truncated else items
    provenance = Provenance(found, MEDIA_TYPE, found.stem if source is None else source)
    taken: set[str] = set()
    for number, item in enumerate(whole):
        name = item.get("guid") or f"/{number}"
        anchor = "" if len(items) == 1 else f"#/{number}" if name in taken else f"#{name}"
        taken.add(name)
        yield _read_item(item, provenance, anchor=anchor, keeps_source=source is None, limit=limit)
    if is_truncated:
        raise RejectedDocumentError("truncated", f"the file ends early; items read: {len(whole)}")
    if not items:
        raise RejectedDocumentError("empty", "the message has no item")


def _list_items(message: etree._Element) -> list[etree._Element]:
    """Return the items of a message."""
    return [item for holder in find_all(message, "itemSet") for item in holder if name_local(item) in _HELD_NAMES]


def _read_item(
    item: etree._Element, provenance: Provenance, *, anchor: str, keeps_source: bool, limit: int
) -> RawDocument | Refusal:
    """Return the document of one item, or why it is none."""
    entry = _read_nitf(item) if name_local(item) == "nitf" else _read_news_item(item)
    payload = entry.to_record(source=None)
    if not entry.has_content and entry.withdrawal is None:
        detail = f"<{name_local(item)}> without text: {entry.title}"
        return refuse(provenance.found, "missing_text", detail, anchor=anchor)
    if len(payload) > limit:
        return refuse(provenance.found, "too_large", f"{len(payload):,} bytes, the limit is {limit:,}", anchor=anchor)
    return provenance.make_document(payload if keeps_source else _drop_source(entry), anchor=anchor)


def _drop_source(entry: Entry) -> bytes:
    """Return the record of an item whose outlet was given from without."""
    return Entry(**{**vars(entry), "source": None}).to_record(source=None)


def _read_news_item(item: etree._Element) -> Entry:
    """Return what an item of NewsML-G2 says; where its content is NITF, what it is silent of is taken from there."""
    content = find_first(item, "contentSet")
    inner = None if content is None else next((node for node in content.iter() if name_local(node) == "nitf"), None)
    said = _read_meta(item)
    if inner is not None:
        nitf = {name: value for name, value in vars(_read_nitf(inner)).items() if value is not None}
        return Entry(**{**nitf, **{name: value for name, value in said.items() if value is not None}})
    text = None if content is None or said["withdrawal"] is not None else collect_paragraphs(content)
    return Entry(**said, text=text)


def _read_meta(item: etree._Element) -> Mapping[str, str | None]:
    """Return what the metadata of an item of NewsML-G2 say."""
    language = find_first(item, "contentMeta/language")
    status = find_first(item, "itemMeta/pubStatus")
    is_withdrawn = status is not None and is_withdrawn_status(status.get("qcode") or status.get("uri"))
    return {
        "external_id": item.get("guid"),
        "title": _find_line(item, "contentMeta/headline", "itemMeta/title"),
        "published": _find_line(item, "itemMeta/firstCreated", "contentMeta/contentCreated"),
        "modified": _find_line(item, "itemMeta/versionCreated", "contentMeta/contentModified"),
        "author": _find_line(item, "contentMeta/by") or _find_creators(item),
        "language": item.get(_XML_LANGUAGE) if language is None else language.get("tag"),
        "source": _find_line(item, "contentMeta/creditline") or _find_provider(item),
        "url": _find_address(item),
        "withdrawal": PUB_STATUS if is_withdrawn else None,
        "keywords": _join_lines(find_all(item, "contentMeta/subject/name"), find_all(item, "contentMeta/keyword")),
        "description": _find_line(item, "contentMeta/description"),
    }


def _find_creators(item: etree._Element) -> str | None:
    """Return the names of the people who wrote an item."""
    names = (_name_party(party) for party in find_all(item, "contentMeta/creator"))
    return "; ".join(dict.fromkeys(filter(None, names))) or None


def _find_provider(item: etree._Element) -> str | None:
    """Return the name of the agency: a name, a literal, or what its code says ("nprov:AFP")."""
    provider = find_first(item, "itemMeta/provider")
    if provider is None:
        return None
    return _name_party(provider) or (provider.get("qcode") or "").rpartition(":")[2] or None


def _name_party(party: etree._Element) -> str | None:
    return _find_line(party, "name") or party.get("literal")


def _find_address(item: etree._Element) -> str | None:
    """Return the address of the page that shows an item, when it names one."""
    links = (link for link in find_all(item, "itemMeta/link") if (link.get("rel") or "").endswith(":permalink"))
    return next((link.get("href") for link in links if link.get("href")), None)


def _read_nitf(nitf: etree._Element) -> Entry:
    """Return what a document of NITF says."""
    body = find_first(nitf, "body/body.content")
    head = "body/body.head"
    entry = Entry(
        external_id=_find_value(nitf, "head/docdata/doc-id", "id-string"),
        title=_find_line(nitf, f"{head}/hedline/hl1", f"{head}/hedline", "head/title"),
        published=_find_value(nitf, "head/docdata/date.issue", "norm"),
        modified=_find_value(nitf, "head/revision-history", "norm"),
        author=_find_byline(nitf, head),
        language=nitf.get(_XML_LANGUAGE) or _find_value(nitf, "body", _XML_LANGUAGE),
        source=_find_line(nitf, f"{head}/distributor") or _find_value(nitf, "head/docdata/doc.copyright", "holder"),
        url=_find_value(nitf, "head/pubdata", "ex-ref"),
        section=_find_value(nitf, "head/pubdata", "position.section"),
        keywords=_list_values(nitf, "head/docdata/key-list/keyword", "key"),
        description=_find_line(nitf, f"{head}/abstract"),
        text=None if body is None else collect_paragraphs(body),
    )
    return _withdraw_nitf(nitf, entry)


def _withdraw_nitf(nitf: etree._Element, entry: Entry) -> Entry:
    """Return what a document says, as a notice if it is one: that it is withdrawn itself, or that another one is."""
    other_id = _find_value(nitf, "head/docdata", "management-doc-idref")
    own = _find_value(nitf, "head/docdata", "management-status")
    others = _find_value(nitf, "head/docdata", "management-idref-status")
    if other_id is not None and is_withdrawn_status(others or own):
        return replace(entry, external_id=other_id, url=None, text=None, withdrawal=PUB_STATUS)
    return replace(entry, text=None, withdrawal=PUB_STATUS) if is_withdrawn_status(own) else entry


def _find_byline(nitf: etree._Element, head: str) -> str | None:
    """Return the bylines; without the title of the job, where that has an element of its own."""
    bylines = find_all(nitf, f"{head}/byline")
    people = [person for byline in bylines for person in find_all(byline, "person")]
    return "; ".join(dict.fromkeys(filter(None, map(get_line, people or bylines)))) or None


def _join_lines(*found: list[etree._Element]) -> str | None:
    """Return the texts of the first elements of which any is not blank, each once."""
    listed = (list(dict.fromkeys(filter(None, map(get_line, nodes)))) for nodes in found)
    return "; ".join(next(filter(None, listed), [])) or None


def _list_values(element: etree._Element, path: str, name: str) -> str | None:
    """Return an attribute of all elements at a path, each value once."""
    return "; ".join(dict.fromkeys(filter(None, (node.get(name) for node in find_all(element, path))))) or None


def _find_line(element: etree._Element, *paths: str) -> str | None:
    """Return the text of the first element at one of the paths that is not blank, as one line."""
    found = (node for path in paths for node in find_all(element, path))
    return next(filter(None, map(get_line, found)), None)


def _find_value(element: etree._Element, path: str, name: str) -> str | None:
    """Return an attribute of the first element at a path that has it."""
    return next((node.get(name) for node in find_all(element, path) if node.get(name)), None)
