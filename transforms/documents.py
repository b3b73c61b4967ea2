"""What a raw document says of an article, whatever its format: bytes of text, pages and records -> DocumentFields.

What feeds, sitemaps and servers said of the document besides (its hints) stands where the document is silent.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, Final

from transforms.agencies import Agencies
from transforms.charsets import find_declared_encoding
from transforms.decode import decode_payload
from transforms.fields import DocumentFields, WrittenDate
from transforms.fragments import extract_fragment, is_fragment
from transforms.mojibake import repair_text
from transforms.pages import extract_page
from transforms.records import parse_record
from transforms.rejects import RejectedDocumentError
from transforms.text import PARAGRAPH_DIVIDER, split_paragraphs
from transforms.withdrawals import NOTICES

MAX_HEADLINE_CHAR_COUNT: Final = 200
"""The first line of a text file is its headline unless it is longer; the longest of 2,348 news headlines had 139."""

_WORDS: Final = ("title", "text", "author", "alternative_headline", "description", "section", "keywords")

Row = dict[str, Any]
Hints = Mapping[str, str | None]


def read_document(payload: bytes, media_type: str, hints: Hints, agencies: Agencies) -> DocumentFields:
    """Return the fields of a raw document, its gaps filled by the hints, its words decoded rightly.

    Args:
        payload: As it came, unpacked.
        media_type: text/plain, text/html or application/json.
        hints: What is known of it besides.
        agencies: News agencies, for bylines.

    Raises:
        RejectedDocumentError: It cannot be read, or says that an article is withdrawn and not which.
    """
    said = _fill_gaps(_READERS[media_type](payload, hints, agencies), hints)
    if said.withdrawal in NOTICES and not any(name and name.strip() for name in (said.external_id, said.url)):
        raise RejectedDocumentError("bad_field", f"withdrawal ({said.withdrawal}) of no article: give its id or url")
    return _repair(said)


def _fill_gaps(said: DocumentFields, hints: Hints) -> DocumentFields:
    """Return the fields with the hints where the document itself is silent."""
    known: Row = {item.name: hints.get(item.name) for item in fields(said) if getattr(said, item.name) is None}
    return replace(said, **{name: value for name, value in known.items() if value is not None})


def _repair(said: DocumentFields) -> DocumentFields:
    """Return the fields with the words of the article as they were before they were decoded in a wrong encoding."""
    words = {name: getattr(said, name) for name in _WORDS}
    repaired: Row = {name: repair_text(text) for name, text in words.items() if text is not None}
    return replace(said, **repaired)


def _read_text(payload: bytes, _: Hints, __: Agencies) -> DocumentFields:
    """Return the fields of a text file: a headline on the first line, then paragraphs.

    One paragraph alone is a body, and so is a first paragraph too long for a headline.
    """
    text = decode_payload(payload).text
    first, *others = split_paragraphs(text) or [""]
    if not others or len(first) > MAX_HEADLINE_CHAR_COUNT:
        return DocumentFields(text=text)
    return DocumentFields(title=first, text=PARAGRAPH_DIVIDER.join(others))


def _read_page(payload: bytes, hints: Hints, agencies: Agencies) -> DocumentFields:
    """Return the fields of a page."""
    decoded = decode_payload(payload, declared=hints.get("encoding") or find_declared_encoding(payload))
    return extract_page(decoded.text, url=hints.get("url"), agencies=agencies)


def _read_record(payload: bytes, _: Hints, agencies: Agencies) -> DocumentFields:
    """Return the fields of a record; where it carries a page, what the record is silent of comes from the page."""
    record = parse_record(payload)
    own = tuple(
        WrittenDate(method, text)
        for method, text in (("record_published", record.published), ("record_modified", record.modified))
        if text is not None
    )
    if record.html is None:
        return replace(record, dates=own)
    if is_fragment(record.html):
        return replace(record, text=extract_fragment(record.html), html=None, dates=own)
    page = extract_page(record.html, url=record.url, agencies=agencies)
    if record.author is not None:
        page = replace(page, author=None, author_types=None)
    given: Row = {item.name: getattr(record, item.name) for item in fields(record) if item.name not in {"text", "html"}}
    known = {name: value for name, value in given.items() if value is not None}
    return replace(page, **known | {"dates": own + page.dates})


_READERS: Final[Mapping[str, Callable[[bytes, Hints, Agencies], DocumentFields]]] = {
    "text/plain": _read_text,
    "text/html": _read_page,
    "application/json": _read_record,
}
