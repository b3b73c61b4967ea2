"""From raw documents to articles: what a document says of an article, in one normal form, or the reason why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import orjson
import polars as pl

from transforms.agencies import Agencies
from transforms.bylines import type_byline
from transforms.date_evidence import (
    Evidence,
    list_hint_dates,
    list_shown_dates,
    make_midnight,
    resolve_day,
    weigh_dates,
)
from transforms.dateline import DATELINE, Dateline, read_dateline, split_dateline
from transforms.documents import Hints, read_document
from transforms.fields import DocumentFields, WrittenDate
from transforms.furniture import FurnitureRules, RemovedLine, take_marked
from transforms.keys import compute_hash
from transforms.language import choose_language, detect_language
from transforms.names import split_words
from transforms.rejects import RejectedDocumentError
from transforms.schemas import ARTICLE, DETAILS, REJECT, WITHDRAWAL
from transforms.text import PARAGRAPH_DIVIDER, count_words, fold_line, normalize_line, split_paragraphs
from transforms.urls import canonicalize_url, extract_domain, identify_url, parse_domain
from transforms.withdrawals import NOTICES

REPEATED_HEADLINE: Final = "repeated_headline"
"""The rule that takes off a first paragraph which only says the headline again."""

_FEED, _WARC = "feed", "warc"  # readers, names of flows.readers.detect.Format

Row = dict[str, Any]


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
            said = read_document(document["payload"], document["media_type"], hints, lists.agencies)
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
