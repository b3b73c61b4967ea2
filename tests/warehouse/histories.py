"""Histories of a warehouse, small enough to be made up by the thousand: what documents say, and loads of them.

A load goes through all loaders in the order of ``flows.steps.load``, on a connection of its own, with frames made by
hand in place of stage files and a model.
"""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl

from flows.decisions_file import HEADING, parse_decisions
from flows.reference import read_agencies
from flows.steps.load import settle_days
from flows.steps.resolve import place_entities, resolve_entities
from flows.steps.stories import settle_stories
from tests.warehouse.history_events import (
    ANSWERS,
    BODIES,
    DECISIONS,
    GAZETTEER_ROWS,
    NAMED,
    OUTLETS,
    PLACES,
    SOURCES_FILES,
    Document,
    Fetch,
    Load,
)
from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    frame_attempts,
    frame_dates,
    frame_edge_lines,
    frame_fetches,
    frame_mentions,
    frame_observations,
    frame_provenance,
    frame_removed_lines,
    frame_texts,
    make_attempt,
    make_date,
    make_fetch,
    make_notice,
    make_observation,
    make_provenance,
    make_run,
    name_mention,
    withdraw,
)
from transforms.authors import credit_bylines
from transforms.outlets import key_sources
from transforms.places import GAZETTEER
from transforms.schemas import REJECT
from transforms.source_schemas import SOURCE_EXPECTATION, SOURCE_VERSION
from transforms.versions import order_versions
from warehouse.checks import check_load
from warehouse.connection import Connection, connect
from warehouse.load import load_observations, load_rejects, load_run, load_texts, load_versions, read_observations
from warehouse.load_authors import list_unread_bylines, load_authors
from warehouse.load_counts import refresh_counts
from warehouse.load_expectations import load_source_expectations
from warehouse.load_intervals import load_attempts, note_effects, remember_loaded
from warehouse.load_sources import (
    list_source_ids,
    load_fetches,
    load_source_versions,
    load_sources,
    read_source_versions,
)
from warehouse.watermarks import set_watermarks


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
        set_watermarks(con)
        if given.interval_day is not None:
            articles = pl.Series("article_id", [one.article_id for one in given.documents], dtype=pl.String)
            remember_loaded(con, articles.to_frame())
        _load_articles(con, given.documents, run_key=run_key)
        _load_texts(con, given.documents, run_key=run_key)
        load_authors(con, credit_bylines(list_unread_bylines(con, rules_id="r1"), read_agencies()))
        _note(con, given, "text", run_key=run_key)
        rejects = [(f"file:///{number}", str(number), None, "empty", "no text") for number in given.rejected]
        rejects_frame = pl.DataFrame(rejects, schema=REJECT, orient="row")
        load_rejects(con, rejects_frame, run_key=run_key, rejected_at=LOADED_AT)
        _load_outlets(con, given)
        _note(con, given, "source", run_key=run_key)
        withdraw(con, *(make_notice(notice.article_id, _date(notice.day)) for notice in given.notices))
        settle_stories(con, sketch_id="s1", agencies=read_agencies())
        _note(con, given, "story", run_key=run_key)
        decisions = _read_decisions(DECISIONS[given.decisions])
        resolve_entities(con, resolver_version="v1", run_key=run_key, decisions=decisions)
        _note(con, given, "entity", run_key=run_key)
        refresh_counts(con)
        place_entities(con, pl.DataFrame(GAZETTEER_ROWS, schema=GAZETTEER, orient="row"), rules_id="p1")
        counts = {"loaded_count": len(given.documents), "rejected_count": len(given.rejected)}
        load_run(con, make_run(run_key, read_count=sum(counts.values()), **counts))
        load_attempts(con, frame_attempts(*_list_attempts(given, run_key=run_key)))
        check_load(con)


def _note(con: Connection, given: Load, effect: str, *, run_key: int) -> None:
    """Count what a load for an interval has changed in articles that it did not read."""
    if given.interval_day is not None:
        note_effects(con, effect=effect, run_key=run_key)


def _list_attempts(given: Load, *, run_key: int) -> list[Row]:
    """Return what the ledger says of a load: an attempt for each outlet it has documents of."""
    if given.interval_day is None:
        return []
    start = datetime(2026, 11, given.interval_day, tzinfo=UTC)
    outlets = sorted({OUTLETS[one.article_id] for one in given.documents})
    days = {"interval_start": start, "interval_end": start + timedelta(days=1)}
    return [make_attempt(run_key, outlet, **days) for outlet in outlets]


def _load_outlets(con: Connection, given: Load) -> None:
    """Load what is known of outlets, in the order of ``flows.steps.load``."""
    load_fetches(con, frame_fetches(*map(_fetch, given.fetches)))
    blocks = SOURCES_FILES[given.sources]
    versions = [(outlet, name, start, end) for outlet, name, start, end, _ in blocks]
    named = pl.DataFrame(
        versions, schema=_pick(SOURCE_VERSION, "source_id", "name", "valid_from", "valid_to"), orient="row"
    )
    load_source_versions(con, pl.concat([SOURCE_VERSION.to_frame(), named], how="diagonal"))
    bounds = [(outlet, start, end, "article_count", low, None) for outlet, _, start, end, low in blocks if low]
    load_source_expectations(con, pl.DataFrame(bounds, schema=SOURCE_EXPECTATION, orient="row"))
    load_sources(con, key_sources(list_source_ids(con), read_source_versions(con)), loaded_at=LOADED_AT)
    settle_days(con)


def _pick(schema: pl.Schema, *names: str) -> pl.Schema:
    """Return some columns of a schema."""
    return pl.Schema({name: schema[name] for name in names})


def _fetch(one: Fetch) -> Row:
    """Return what came of asking for a page or a feed: whatever is asked or answered otherwise is at another time."""
    outlet = OUTLETS[one.article_id]
    url = _address(one.article_id) if one.kind == "page" else f"https://{outlet}/feed"
    raw_hash = f"raw-{one.content}" if (one.kind, one.outcome) == ("page", "fetched") else None
    minutes = ANSWERS.index((one.article_id, one.outcome, one.content))
    fetched_at = _date(one.day) + timedelta(minutes=minutes)
    return make_fetch(url, fetched_at, source_id=outlet, kind=one.kind, outcome=one.outcome, raw_hash=raw_hash)


def _address(article_id: str) -> str:
    return f"https://{OUTLETS[article_id]}/{article_id}"


def _load_articles(con: Connection, documents: Sequence[Document], *, run_key: int) -> None:
    """Load what is known of articles, and the versions that follow from all that is known."""
    touched = load_observations(
        con,
        frame_observations(*map(_observe, documents)),
        frame_edge_lines(),
        frame_removed_lines(),
        frame_provenance(*map(_provide, documents)),
        frame_dates(*(_date_document(one) for one in documents if one.published_day is not None)),
    )
    versions = order_versions(read_observations(con, touched))
    load_versions(con, versions, run_key=run_key, ingested_at=LOADED_AT)


def _provide(one: Document) -> Row:
    """Return where a document is from: the page of its article."""
    origin = {"ingested_uri": _address(one.article_id), "raw_hash": f"raw-{one.content}"}
    return make_provenance(one.article_id, one.content, **_place(one), **_time(one), **origin)


def _load_texts(con: Connection, documents: Sequence[Document], *, run_key: int) -> None:
    contents = sorted({one.content for one in documents})
    mentions = [_name(content, name, place) for content in contents for name, place in NAMED[content]]
    texts = frame_texts(**{content: BODIES[content] for content in contents})
    load_texts(con, texts, frame_mentions(*mentions), extraction_id="x1", run_key=run_key)


def _name(content: str, name: str, place: str) -> Row:
    """Return a mention of a person or place, at the words with which it begins."""
    start_char = BODIES[content].index(place)
    if name in PLACES:
        return name_mention(content, name, start_char, entity_type="GPE", country_code=PLACES[name])
    return name_mention(content, name, start_char, shown=place.removesuffix(" then").split(" s")[0])


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
