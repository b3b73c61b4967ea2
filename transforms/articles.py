"""From raw documents to articles: what each format says of an article, in one normal form, or the reason why not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, NamedTuple

import orjson
import polars as pl

from transforms.agencies import Agencies
from transforms.bylines import type_byline
from transforms.charsets import find_declared_encoding
from transforms.date_evidence import (
    Evidence,
    list_hint_dates,
    list_shown_dates,
    make_midnight,
    resolve_day,
    weigh_dates,
)
from transforms.dateline import DATELINE, Dateline, read_dateline, split_dateline
from transforms.decode import decode_payload
from transforms.fields import DocumentFields, WrittenDate
from transforms.fragments import extract_fragment, is_fragment
from transforms.furniture import FurnitureRules, RemovedLine, take_marked
from transforms.keys import compute_hash
from transforms.language import choose_language, detect_language
from transforms.mojibake import repair_text
from transforms.names import split_words
from transforms.pages import extract_page
from transforms.records import parse_record
from transforms.rejects import RejectedDocumentError
from transforms.schemas import ARTICLE, DETAILS, REJECT, WITHDRAWAL
from transforms.text import PARAGRAPH_DIVIDER, count_words, fold_line, normalize_line, split_paragraphs
from transforms.urls import canonicalize_url, extract_domain, identify_url, parse_domain
from transforms.withdrawals import NOTICES

MAX_HEADLINE_CHAR_COUNT: Final = 200
"""The first line of a text file is its headline unless it is longer; the longest of 2,348 news headlines had 139."""

REPEATED_HEADLINE: Final = "repeated_headline"
"""The rule that takes off a first paragraph which only says the headline again."""

_WORDS: Final = ("title", "text", "author", "alternative_headline", "description", "section", "keywords")
_FEED, _WARC = "feed", "warc"  # readers, names of flows.readers.detect.Format

Row = dict[str, Any]
Hints = Mapping[str, str | None]


@dataclass(frozen=True, kw_only=True)
class ReviewedLists:
    """What is known before any document is read.

    Attributes:
        furniture: Lines of pages that are not the article's.
        agencies: News agencies.
    """

    furniture: FurnitureRules
    agencies: Agencies


@dataclass(frozen=True, kw_only=True)
class NormalizedDocuments:
    """What a batch of raw documents holds.

    Attributes:
        articles: ``schemas.ARTICLE``.
        rejects: ``schemas.REJECT``.
        withdrawals: ``schemas.WITHDRAWAL``.
    """

    articles: pl.DataFrame
    rejects: pl.DataFrame
    withdrawals: pl.DataFrame


def normalize_documents(documents: pl.DataFrame, lists: ReviewedLists) -> NormalizedDocuments:
    """Return the articles in raw documents, in their order, and a reason for each document that is none.

    Args:
        documents: ``schemas.RAW_DOCUMENT``.
        lists: The reviewed lists.
    """
    articles: list[Row] = []
    rejects: list[Row] = []
    withdrawals: list[Row] = []
    for document in documents.iter_rows(named=True):
        hints = {} if document["hints"] is None else orjson.loads(document["hints"])
        try:
            payload, agencies = document["payload"], lists.agencies
            said = _repair(_fill_gaps(_READERS[document["media_type"]](payload, hints, agencies), hints))
            if said.withdrawal is not None:
                withdrawals.append(_describe_withdrawal(said, document, hints))
            articles.append(_normalize_document(said, document, hints, lists))
        except RejectedDocumentError as error:
            rejects.append(_describe_reject(document, error))
    counted = pl.DataFrame(articles, schema=ARTICLE).with_columns(
        word_count=count_words(pl.col("headline")) + count_words(pl.col("body")),
    )
    return NormalizedDocuments(
        articles=counted,
        rejects=pl.DataFrame(rejects, schema=REJECT),
        withdrawals=pl.DataFrame(withdrawals, schema=WITHDRAWAL),
    )


def _normalize_document(said: DocumentFields, document: Row, hints: Hints, lists: ReviewedLists) -> Row:
    """Return the article of one document; word_count is left to the frame.

    Raises:
        RejectedDocumentError: The document is no article.
    """
    if said.withdrawal in NOTICES:
        raise RejectedDocumentError("withdrawn", f"{said.withdrawal}: {said.title or said.external_id or said.url}")
    paragraphs = split_paragraphs(said.text or "")
    parts = _separate(said, paragraphs, lists)
    detected, score = detect_language(parts.body)
    identity = _identify(said, document, hints.get("source_id"))
    author = _normalize_optional(said.author)
    evidence = _weigh_dates(said, document, hints, (identity["url"], paragraphs, parts.dateline))
    return {
        **identity,
        "author": author,
        "headline": parts.headline,
        "body": parts.body,
        "language_code": choose_language(detected, score, said.language),
        "word_count": None,
        "content_hash": compute_hash("content", parts.headline, parts.body),
        "published_at": evidence.published_at,
        "modified_at": evidence.modified_at,
        **_describe_dates(evidence, parts.dateline),
        "removed_lines": [line._asdict() for line in parts.removed],
        "ingested_uri": document["uri"],
        "ingested_at": document["fetched_at"],
        "raw_hash": document["raw_hash"],
        "media_type": document["media_type"],
        "reader": document["reader"],
        "ingested_final_uri": document["final_uri"],
        "ingested_offset": document["container_offset"],
        **{name: _normalize_optional(getattr(said, name)) for name in DETAILS},
        "author_types": type_byline(author, said.author_types, {identity["source_name"], identity["source_domain"]}),
    }


def _describe_withdrawal(said: DocumentFields, document: Row, hints: Hints) -> Row:
    """Return which article a document says is withdrawn, and when."""
    identity = _identify(said, document, hints.get("source_id"))
    evidence = _weigh_dates(said, document, hints, (identity["url"], (), None))
    return {
        **{name: identity[name] for name in ("article_id", "source_id", "external_id")},
        "method": said.withdrawal,
        "stated_at": evidence.modified_at or evidence.published_at or document["fetched_at"],
        "raw_hash": document["raw_hash"],
        "ingested_uri": document["uri"],
        "ingested_at": document["fetched_at"],
    }


def _describe_reject(document: Row, error: RejectedDocumentError) -> Row:
    return {
        "uri": document["uri"],
        "external_id": document["external_id"],
        "content_hash": document["raw_hash"],
        "reason": error.reason,
        "detail": error.detail,
    }


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


class _Parts(NamedTuple):
    """What a document is made of: headline, body, the lines that belong to neither, and the dateline."""

    headline: str
    body: str
    removed: list[RemovedLine]
    dateline: Dateline | None


def _separate(said: DocumentFields, paragraphs: Sequence[str], lists: ReviewedLists) -> _Parts:
    """Return the parts of a document.

    Raises:
        RejectedDocumentError: empty.
    """
    headline = normalize_line(said.title or "")
    if not paragraphs:
        raise RejectedDocumentError("empty", "no text, or nothing but white space")
    rules = lists.furniture.mark(paragraphs)
    if None not in rules:
        raise RejectedDocumentError("empty", f"nothing but page furniture, such as {paragraphs[0][:80]!r}")
    first = rules.index(None)
    if rules.count(None) > 1 and headline and _fold_words(paragraphs[first]) == _fold_words(headline):
        rules[first] = REPEATED_HEADLINE
    kept, removed = take_marked(paragraphs, rules)
    dateline, rest = split_dateline(kept[0], lists.agencies)
    if dateline is not None:
        place = sum(line.paragraph_number == 0 for line in removed)
        removed.insert(place, RemovedLine(DATELINE, dateline.text, 0, place + 1))
        kept[0] = rest
    elif said.dateline is not None:
        dateline = read_dateline(said.dateline, lists.agencies)
    return _Parts(headline, PARAGRAPH_DIVIDER.join(kept), removed, dateline)


def _weigh_dates(
    said: DocumentFields, document: Row, hints: Hints, shown: tuple[str | None, Sequence[str], Dateline | None]
) -> Evidence:
    """Return the dates of a document; of a feed's entry they are the feed's."""
    own = said.dates
    if document["reader"] == _FEED:
        own = tuple(WrittenDate(method.replace("record_", "listing_"), text) for method, text in own)
    archived = [WrittenDate("warc", document["fetched_at"].isoformat())] if document["reader"] == _WARC else []
    written = (*own, *list_hint_dates(hints), *list_shown_dates(*shown), *archived)
    return weigh_dates(written, hints=hints, fetched_at=document["fetched_at"])


def _describe_dates(evidence: Evidence, dateline: Dateline | None) -> Row:
    """Return the columns of dateline and date candidates."""
    day_text = None if dateline is None else dateline.date_text
    day = None if day_text is None else resolve_day(day_text, evidence.published_at)
    return {
        "dateline_place": None if dateline is None else dateline.place,
        "dateline_agency": None if dateline is None else dateline.agency,
        "dateline_date": day,
        "dates": evidence.to_rows(make_midnight(day)),
    }


def _fold_words(line: str) -> list[str]:
    """Return what two spellings of a headline share."""
    return [word.folded for word in split_words(line)]


def _identify(said: DocumentFields, document: Row, given_source_id: str | None) -> Row:
    """Return the columns that say which article of which outlet it is.

    An outlet that was fetched from is known. Another is known by its domain: the one it is given by, else that of the
    article's address; without either by its name. An article is known by what all addresses of its page have in common.
    """
    url = None if said.url is None else canonicalize_url(said.url)
    page = None if url is None else identify_url(url)
    site = None if url is None else extract_domain(url)
    name = normalize_line(said.source or "") or site or normalize_line(document["source_hint"])
    domain = parse_domain(name) or site
    source_id = given_source_id or domain or fold_line(name)
    external_id = normalize_line(said.external_id or "") or document["external_id"]
    return {
        "article_id": f"{source_id}|{external_id}" if page is None else page,
        "source_id": source_id,
        "source_name": name,
        "source_domain": domain,
        "external_id": external_id,
        "url": url,
    }


def _normalize_optional(text: str | None) -> str | None:
    line = None if text is None else normalize_line(text)
    return line or None
