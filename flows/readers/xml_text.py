"""XML that strangers wrote, as text that any parser can take without harm: no declarations, no entities, no junk.

A parser never sees a document type declaration: nothing is fetched and nothing expanded, whatever parser it is. What is
declared there is either known anyway (the entities of HTML, which feeds use without declaring them, too), or one
character, or a reason to refuse the document. What feeds get wrong most is mended on the way: junk and white space
before the root, bare ampersands, control characters, the characters of Windows under numbers that are none.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from html.entities import html5
from typing import Any, Final

from lxml import etree

from flows.readers.chunks import peek_chunks
from flows.readers.xml_prologue import PROLOGUE_CHAR_COUNT, Prologue, read_prologue
from transforms.charsets import find_declared_encoding
from transforms.decode import decode_payload
from transforms.rejects import RejectedDocumentError

PARSER_OPTIONS: Final[Mapping[str, Any]] = {
    "recover": True,  # a feed with a broken entry has others that are not
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,  # with the library's own limits on depth (256) and on the length of a text (10 MB)
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}
"""For lxml; the second line of defence behind this module."""

_MAX_TAIL_CHAR_COUNT: Final = 1 << 20  # without the end of a tag: no list of addresses has a text as long
_XML_ENTITIES: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_WINDOWS_CODES: Final = range(0x80, 0xA0)

_ENTITY: Final = re.compile(
    r"""<!ENTITY\s+(?P<kind>%\s+)?(?P<name>[^\s"'>]+)\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|SYSTEM|PUBLIC)"""
)
_HARMLESS_VALUE: Final = re.compile(r"[^&%<]{0,32}|&#\w{1,8};")
_MENDED: Final = re.compile(
    r"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|&(?:#?\w{1,32};)?|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]",
    re.DOTALL,
)
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CDATA: Final = "<![CDATA["


def decode_xml(payload: bytes, *, charset: str | None = None) -> tuple[Prologue, str]:
    """Return the prologue of a document, and its text from the root on, mended.

    Args:
        payload: The document.
        charset: The codec its server named; what the bytes are counts more, see ``transforms.decode``.

    Raises:
        RejectedDocumentError: bad_feed, also for bytes that are no text, a document without a root, and one that
            declares entities which no harmless document needs.
    """
    try:
        text = decode_payload(payload, declared=charset or find_declared_encoding(payload)).text
    except RejectedDocumentError as error:
        raise RejectedDocumentError("bad_feed", f"not text: {error.detail}") from error
    prologue = _require_root(read_prologue(text))
    return prologue, _mend(text[prologue.start :], _read_entities(prologue))


def decode_xml_stream(chunks: Iterator[bytes]) -> tuple[Prologue, Iterator[bytes]]:
    """Return the prologue of a document, and its text from the root on, mended, in pieces of UTF-8.

    Raises:
        RejectedDocumentError: bad_feed, as ``decode_xml``; from the pieces, bad_feed for a text that never ends, and
            what the chunks raise.
    """
    sample, chunks = peek_chunks(chunks, PROLOGUE_CHAR_COUNT)
    whole = sample[: sample.rfind(b">") + 1]  # a character may be cut in two at the end
    try:
        encoding = decode_payload(whole, declared=find_declared_encoding(whole)).encoding
    except RejectedDocumentError as error:
        raise RejectedDocumentError("bad_feed", f"not text: {error.detail}") from error
    texts = codecs.iterdecode(chunks, encoding, "replace")
    head = next(texts, "")
    prologue = _require_root(read_prologue(head))
    return prologue, _mend_stream(head[prologue.start :], texts, _read_entities(prologue))


def remove_unstorable(text: str) -> str:
    """Return text without the characters that XML does not have."""
    return _UNSTORABLE.sub("", text)


def parse_tree(text: str) -> etree._Element:
    """Return the tree of a document that was mended; as much of it as can be made out.

    Raises:
        RejectedDocumentError: bad_feed.
    """
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(encoding="utf-8", **PARSER_OPTIONS))
    except etree.XMLSyntaxError as error:
        raise RejectedDocumentError("bad_feed", f"not XML: {error.msg}") from error
    if root is None:
        raise RejectedDocumentError("bad_feed", "not XML: no element can be made out")
    # Where the parser recovers in another place than we mended, a reference may be left: a node that is no element.
    etree.strip_elements(root, etree.Entity, with_tail=False)
    return root


def _require_root(prologue: Prologue) -> Prologue:
    if not prologue.root:
        raise RejectedDocumentError("bad_feed", "no XML element where the root should be")
    return prologue


def _read_entities(prologue: Prologue) -> dict[str, str]:
    """Return what the entities stand for that a document declares.

    Declarations that would have to be fetched define nothing: references to them stay as they are written. That an
    entity stands for others, for a file or for a long text is what attacks need and feeds do not.

    Raises:
        RejectedDocumentError: bad_feed.
    """
    values = {}
    for match in _ENTITY.finditer(prologue.doctype or ""):
        if match["kind"] is not None:
            continue
        value = match["double"] if match["single"] is None else match["single"]
        if value is None or _HARMLESS_VALUE.fullmatch(value) is None:
            raise RejectedDocumentError(
                "bad_feed", f"declares the entity {match['name'][:40]}, which is not one character"
            )
        values[match["name"]] = _decode_reference(value[2:-1]) if value.startswith("&#") else value
    return values


def _mend(text: str, entities: Mapping[str, str]) -> str:
    """Return text with all references as numbers or as the five that XML has, and without what XML cannot hold."""
    return _MENDED.sub(lambda match: _mend_piece(match[0], entities), text)


def _mend_piece(piece: str, entities: Mapping[str, str]) -> str:
    if piece[0] == "<":
        return remove_unstorable(piece)
    if piece[0] != "&":
        return ""
    if piece == "&":
        return "&amp;"
    name = piece[1:-1]
    if name in _XML_ENTITIES:
        return piece
    value = _decode_reference(name[1:]) if name[0] == "#" else entities.get(name, html5.get(f"{name};"))
    return f"&amp;{name};" if value is None else "".join(f"&#{ord(char)};" for char in value)


def _decode_reference(number: str) -> str:
    """Return the character that "233" or "xe9" is the number of; nothing when it is none that can be stored."""
    try:
        code = int(number[1:], 16) if number[:1] in {"x", "X"} else int(number)
        char = bytes([code]).decode("cp1252", "ignore") if code in _WINDOWS_CODES else chr(code)
    except (ValueError, OverflowError):
        return ""
    return remove_unstorable(char)


def _mend_stream(head: str, texts: Iterator[str], entities: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the text mended, cut at the ends of tags, where no reference is cut in two."""
    kept = head
    while True:
        end = _find_cut(kept)
        if end:
            yield _mend(kept[:end], entities).encode()
            kept = kept[end:]
        if len(kept) > _MAX_TAIL_CHAR_COUNT:
            raise RejectedDocumentError("bad_feed", f"no tag ends within {_MAX_TAIL_CHAR_COUNT:,} characters")
        text = next(texts, None)
        if text is None:
            break
        kept += text
    yield _mend(kept, entities).encode()


def _find_cut(text: str) -> int:
    """Return where the last tag ends that is not within a CDATA section still open."""
    end = text.rfind(">") + 1
    opened = text.rfind(_CDATA, 0, end)
    return opened if opened > text.rfind("]]>", 0, end) else end
