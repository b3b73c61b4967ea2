"""Histories of a warehouse, small enough to be made up by the thousand: what documents say, and loads of them.

A load goes through all loaders in the order of ``flows.steps.load``, on a connection of its own, with frames made by
hand in place of stage files and a model.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import polars as pl

from flows.decisions_file import HEADING, parse_decisions
from flows.reference import read_agencies
from flows.steps.resolve import resolve_entities
from flows.steps.stories import settle_stories
from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    frame_dates,
    frame_edge_lines,
    frame_mentions,
    frame_observations,
    frame_provenance,
    frame_removed_lines,
    frame_texts,
    make_date,
    make_notice,
    make_observation,
    make_provenance,
    make_run,
    name_mention,
    withdraw,
)
from transforms.authors import credit_bylines
from transforms.outlets import key_sources
from transforms.schemas import REJECT
from transforms.versions import order_versions
from warehouse.checks import check_load
from warehouse.connection import Connection, connect
from warehouse.load import load_observations, load_rejects, load_run, load_texts, load_versions, read_observations
from warehouse.load_authors import list_unread_bylines, load_authors
from warehouse.load_counts import refresh_counts
from warehouse.load_expectations import refresh_expectations
from warehouse.load_sources import list_source_ids, load_sources, read_source_versions, refresh_coverage

OUTLETS: Final = {"one": "a.example", "two": "a.example", "three": "b.example", "four": "apnews.com"}
"""Article -> outlet; the last is a news agency."""

_LONG: Final = (
    "The council met on Friday to hear what the harbour would cost and who was to pay for it, and it sat until late in "
    "the evening because nobody could say how many ships would come in a winter like the one that had just begun there."
)

BODIES: Final = {
    "c1": f"Ann Lee spoke first. {_LONG} Lee then left with Bo Kim.",
    "c2": f"Ann Lee spoke first. {_LONG} Lee then left with Bo Kim and Cy Orr.",
    "c3": "Ann Q Lee met Bo Kim. Lee smiled.",
    "c4": "Dan Lee met Cy Orr. Lee slept.",
    "c5": "Rain all day.",
}
"""Content -> text. The first two are copies of each other; who Lee is without a first name has to be found out."""

NAMED: Final = {
    "c1": (("Ann Lee", "Ann Lee"), ("Ann Lee", "Lee then"), ("Bo Kim", "Bo Kim")),
    "c2": (("Ann Lee", "Ann Lee"), ("Lee", "Lee then"), ("Bo Kim", "Bo Kim"), ("Cy Orr", "Cy Orr")),
    "c3": (("Ann Q Lee", "Ann Q Lee"), ("Lee", "Lee smiled"), ("Bo Kim", "Bo Kim")),
    "c4": (("Dan Lee", "Dan Lee"), ("Dan Lee", "Lee slept"), ("Cy Orr", "Cy Orr")),
    "c5": (),
}
"""Content -> the full name of each mention, and the words with which its place begins."""

DECISIONS: Final = {
    "none": (),
    "merge": ("merge,PERSON:dan lee,,,PERSON:cy orr",),
    "split": ("split,PERSON:ann lee,Lee,,PERSON:ann lee#2", 'rename,PERSON:bo kim,,,"Kim, ""Bo"""'),
    "split in an article": ("split,PERSON:bo kim,,two,PERSON:cy orr", "hide,PERSON:cy orr,,,"),
}
"""Decisions files, by what is in them."""


@dataclass(frozen=True, order=True)
class Document:
    """What one document says of an article.

    Attributes:
        article_id: The article, one of ``OUTLETS``.
        content: One of ``BODIES``.
        published_day: Day of November; None when it does not say.
        modified_day: The same.
        fetched_day: The same, of when it came.
        author: The byline; "" for none.
    """

    article_id: str
    content: str
    published_day: int | None
    modified_day: int | None
    fetched_day: int
    author: str


@dataclass(frozen=True, order=True)
class Notice:
    """A document that says that an article is withdrawn.

    Attributes:
        article_id: The article.
        day: Day of November on which it says so.
    """

    article_id: str
    day: int


@dataclass(frozen=True)
class Load:
    """What one load is given.

    Attributes:
        documents: Documents, which may have been there before.
        notices: The same.
        rejected: Inputs that are refused, by number.
        decisions: The decisions file that is there, one of ``DECISIONS``.
    """

    documents: tuple[Document, ...]
    notices: tuple[Notice, ...]
    rejected: tuple[int, ...]
    decisions: str


def load(path: Path, given: Load, *, run_key: int) -> None:
    """Load into a warehouse file, and check what was loaded as a run does before it publishes.

    Args:
        path: The file, which nobody has open.
        given: What is loaded.
        run_key: The load.

    Raises:
        CheckFailedError: The load broke a promise of the contract.
    """
    with closing(connect(path)) as con:
        _load_articles(con, given.documents, run_key=run_key)
        _load_texts(con, given.documents, run_key=run_key)
        load_authors(con, credit_bylines(list_unread_bylines(con, rules_id="r1"), read_agencies()))
        rejects = [(f"file:///{number}", str(number), None, "empty", "no text") for number in given.rejected]
        rejects_frame = pl.DataFrame(rejects, schema=REJECT, orient="row")
        load_rejects(con, rejects_frame, run_key=run_key, rejected_at=LOADED_AT)
        load_sources(con, key_sources(list_source_ids(con), read_source_versions(con)), loaded_at=LOADED_AT)
        refresh_coverage(con, pl.DataFrame(schema={"source_id": pl.String(), "date": pl.Date()}))
        refresh_expectations(con)
        withdraw(con, *(make_notice(notice.article_id, _date(notice.day)) for notice in given.notices))
        settle_stories(con, sketch_id="s1", agencies=read_agencies())
        decisions = _read_decisions(DECISIONS[given.decisions])
        resolve_entities(con, resolver_version="v1", run_key=run_key, decisions=decisions)
        refresh_counts(con)
        counts = {"loaded_count": len(given.documents), "rejected_count": len(given.rejected)}
        load_run(con, make_run(run_key, read_count=sum(counts.values()), **counts))
        check_load(con)


def _load_articles(con: Connection, documents: Sequence[Document], *, run_key: int) -> None:
    """Load what is known of articles, and the versions that follow from all that is known."""
    touched = load_observations(
        con,
        frame_observations(*map(_observe, documents)),
        frame_edge_lines(),
        frame_removed_lines(),
        frame_provenance(
            *(make_provenance(one.article_id, one.content, **_place(one), **_time(one)) for one in documents)
        ),
        frame_dates(*(_date_document(one) for one in documents if one.published_day is not None)),
    )
    versions = order_versions(read_observations(con, touched))
    load_versions(con, versions, run_key=run_key, ingested_at=LOADED_AT)


def _load_texts(con: Connection, documents: Sequence[Document], *, run_key: int) -> None:
    contents = sorted({one.content for one in documents})
    mentions = [
        name_mention(content, name, BODIES[content].index(place), shown=place.removesuffix(" then").split(" s")[0])
        for content in contents
        for name, place in NAMED[content]
    ]
    texts = frame_texts(**{content: BODIES[content] for content in contents})
    load_texts(con, texts, frame_mentions(*mentions), extraction_id="x1", run_key=run_key)


def _observe(one: Document) -> Row:
    published, modified = one.published_day, one.modified_day
    return make_observation(
        one.article_id,
        one.content,
        **_place(one),
        **_time(one),
        published_at=None if published is None else _date(published),
        modified_at=None if modified is None else _date(modified),
        author=one.author or None,
        word_count=len(BODIES[one.content].split()),
    )


def _date_document(one: Document) -> Row:
    """Return the date that a document says it was published on."""
    day = one.published_day or 0
    raw_text = date(2026, 11, day).isoformat()
    return make_date(one.article_id, one.content, candidate_at=_date(day), raw_text=raw_text, **_time(one))


def _place(one: Document) -> Row:
    """Return the outlet of a document."""
    outlet = OUTLETS[one.article_id]
    return {"source_id": outlet, "source_domain": outlet, "source_name": outlet}


def _time(one: Document) -> Row:
    """Return when a document came."""
    return {"ingested_at": _date(one.fetched_day)}


def _date(day: int) -> datetime:
    return datetime(2026, 11, day, 9, tzinfo=UTC)


def _read_decisions(lines: Sequence[str]) -> pl.DataFrame:
    """Return a decisions file of these lines, each without who and when."""
    signed = [f"{line},,me,2026-11-{number:02}" for number, line in enumerate(lines, start=1)]
    return parse_decisions("\n".join([HEADING, *signed]), Path("decisions.csv")).to_frame()
