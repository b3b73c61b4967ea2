"""Small frames to load: an article is a few arguments, everything else about it is fixed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb
import polars as pl

from flows.steps.resolve import place_entities, resolve_entities
from flows.steps.stories import settle_stories
from transforms.agencies import AGENCY_SCHEMA, build_agencies
from transforms.interval_schemas import INTERVAL_ATTEMPT
from transforms.keys import compute_key
from transforms.places import GAZETTEER
from transforms.schemas import (
    ARTICLE_VERSION,
    CREDIT,
    DATE_CANDIDATE,
    DETAILS,
    EVALUATION_SCORE,
    MENTION,
    OBSERVATION,
    PROVENANCE,
    REMOVED_LINE,
    TEXT,
    WITHDRAWAL,
)
from transforms.source_schemas import FETCH, SOURCE
from warehouse.evaluations import EvaluationRecord
from warehouse.load import RunRecord, load_observations, load_run, load_texts, load_versions
from warehouse.load_authors import list_unread_bylines, load_authors
from warehouse.load_counts import refresh_counts
from warehouse.load_expectations import refresh_expectations
from warehouse.load_sources import load_sources
from warehouse.load_withdrawals import load_withdrawals, refresh_withdrawals

LOADED_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
EDGE_LINE = pl.Schema(
    {
        "source_id": pl.String(),
        "article_id": pl.String(),
        "content_hash": pl.String(),
        "line": pl.String(),
        "is_head": pl.Boolean(),
    },
)

Row = dict[str, Any]


def make_observation(article_id: str, content: str, **changes: object) -> Row:
    """Return an OBSERVATION row: outlet a.example, published on 2026-11-03, unless said otherwise."""
    row = {
        "article_id": article_id,
        "source_id": "a.example",
        "source_name": "The A",
        "source_domain": "a.example",
        "external_id": f"{article_id}.txt",
        "url": None,
        "author": None,
        "headline": "Rain",
        "language_code": "en",
        "word_count": 4,
        "content_hash": content,
        "published_at": datetime(2026, 11, 3, 9, tzinfo=UTC),
        "modified_at": None,
        "ingested_uri": f"file:///{article_id}.txt",
        "ingested_at": datetime(2026, 11, 19, tzinfo=UTC),
        "raw_hash": f"raw-{article_id}-{content}",
        "text_hash": f"text-{content}",
        "dateline_place": None,
        "dateline_agency": None,
        "dateline_date": None,
    }
    return row | dict.fromkeys(DETAILS) | changes


def make_version(article_key: int, article_id: str, content: str, **changes: object) -> Row:
    """Return an ARTICLE_VERSION row: the only version of its article, outlet 10, unless said otherwise."""
    observed = make_observation(article_id, content)
    row = {name: observed[name] for name in ARTICLE_VERSION.names() if name in observed} | {
        "article_key": article_key,
        "version": 1,
        "source_key": 10,
        "valid_from": datetime(2026, 11, 3, 9, tzinfo=UTC),
        "valid_to": END_OF_TIME,
        "is_current": True,
    }
    return row | changes


def make_mention(content: str, entity_key: int, name: str, start_char: int, **changes: object) -> Row:
    """Return a MENTION row: a person in the body under the full name, unless said otherwise."""
    row = {
        "text_hash": f"text-{content}",
        "entity_key": entity_key,
        "field": "body",
        "sentence_number": 1,
        "start_char": start_char,
        "end_char": start_char + len(name),
        "surface_text": name,
        "label": "PERSON",
        "resolution_rule": "exact",
        "resolution_score": 1.0,
        "entity_id": f"PERSON:{entity_key}",
        "entity_type": "PERSON",
        "country_code": None,
        "full_name": name,
        "alias_key": name.casefold(),
    }
    return row | changes


def name_mention(
    content: str,
    name: str,
    start_char: int,
    *,
    shown: str | None = None,
    entity_type: str = "PERSON",
    **changes: object,
) -> Row:
    """Return a mention of a person of that name, or of what the type says, written in another form if given."""
    key, form = name.casefold(), shown or name
    return make_mention(
        content,
        compute_key("entity", entity_type, key),
        form,
        start_char,
        label=entity_type,
        entity_type=entity_type,
        entity_id=f"{entity_type}:{key}",
        full_name=name,
        alias_key=form.casefold(),
        **changes,
    )


def frame_observations(*rows: Row) -> pl.DataFrame:
    """Return the rows as an OBSERVATION frame."""
    return pl.DataFrame(rows, schema=OBSERVATION)


def frame_versions(*rows: Row) -> pl.DataFrame:
    """Return the rows as an ARTICLE_VERSION frame."""
    return pl.DataFrame(rows, schema=ARTICLE_VERSION)


def frame_mentions(*rows: Row) -> pl.DataFrame:
    """Return the rows as a MENTION frame."""
    return pl.DataFrame(rows, schema=MENTION)


def frame_texts(**bodies: str) -> pl.DataFrame:
    """Return a TEXT frame: content -> body."""
    rows = [
        {"text_hash": f"text-{content}", "headline": "Rain", "body": body, "language_code": "en"}
        for content, body in bodies.items()
    ]
    return pl.DataFrame(rows, schema=TEXT)


def frame_edge_lines(*rows: tuple[str, str, str, str, bool]) -> pl.DataFrame:
    """Return (source_id, article_id, content_hash, line, is_head) rows as a frame."""
    return pl.DataFrame(rows, schema=EDGE_LINE, orient="row")


def frame_removed_lines(*rows: tuple[str, str, str, str, int | None, int | None]) -> pl.DataFrame:
    """Return REMOVED_LINE rows as a frame."""
    return pl.DataFrame(rows, schema=REMOVED_LINE, orient="row")


def make_run(run_key: int, **changes: Any) -> RunRecord:
    """Return the record of a load that read nothing, unless said otherwise."""
    counts: dict[str, Any] = {
        "read_count": 0,
        "loaded_count": 0,
        "unchanged_count": 0,
        "duplicate_count": 0,
        "rejected_count": 0,
    }
    return RunRecord(run_key=run_key, started_at=LOADED_AT, finished_at=LOADED_AT, code_version="0", **counts | changes)


def make_attempt(run_key: int, source_id: str = "a.example", **changes: object) -> Row:
    """Return an INTERVAL_ATTEMPT row: 2026-11-03, which succeeded and read nothing, unless said otherwise."""
    row = {
        "run_key": run_key,
        "source_id": source_id,
        "interval_start": datetime(2026, 11, 3, tzinfo=UTC),
        "interval_end": datetime(2026, 11, 4, tzinfo=UTC),
        "state": "success",
        "flow_run_id": None,
        "started_at": LOADED_AT,
        "finished_at": LOADED_AT,
        "code_version": "0",
        "model_name": "m",
        "model_version": "1",
        "input_hash": "h1",
        "detail": "",
    }
    counts = ("read_count", "loaded_count", "unchanged_count", "duplicate_count", "rejected_count", "unseen_count")
    return row | dict.fromkeys(counts, 0) | changes


def frame_attempts(*rows: Row) -> pl.DataFrame:
    """Return a frame as load_attempts takes it."""
    return pl.DataFrame(rows, schema=INTERVAL_ATTEMPT)


def make_provenance(article_id: str, content: str, **changes: object) -> Row:
    """Return a PROVENANCE row: a text file of the outlet a.example, unless said otherwise."""
    observed = make_observation(article_id, content)
    row = {name: observed[name] for name in PROVENANCE.names() if name in observed}
    return row | {"media_type": "text/plain", "reader": "text"} | changes


def make_date(article_id: str, content: str, **changes: object) -> Row:
    """Return a DATE_CANDIDATE row: the record says that it was published on 2026-11-03, unless said otherwise."""
    observed = make_observation(article_id, content)
    row = {
        **{name: observed[name] for name in ("article_id", "content_hash", "ingested_at")},
        "method": "record_published",
        "raw_text": "2026-11-03T09:00Z",
        "candidate_at": observed["published_at"],
        "zone_source": "text",
        "is_chosen": True,
    }
    return row | changes


def frame_dates(*rows: Row) -> pl.DataFrame:
    """Return the rows as a DATE_CANDIDATE frame."""
    return pl.DataFrame(rows, schema=DATE_CANDIDATE)


def make_source(source_key: int = 10, source_id: str = "a.example", **changes: object) -> Row:
    """Return a SOURCE row: an outlet of which nothing is known, in its only version, unless said otherwise."""
    always = {"valid_from": datetime(1900, 1, 1, tzinfo=UTC), "valid_to": END_OF_TIME}
    return {"source_key": source_key, "source_id": source_id} | always | changes


def make_fetch(url: str, fetched_at: datetime, **changes: object) -> Row:
    """Return a FETCH row: a page of the outlet a.example that came, unless said otherwise."""
    row = {"source_id": "a.example", "kind": "page", "url": url, "outcome": "fetched", "fetched_at": fetched_at}
    return row | changes


def frame_provenance(*rows: Row) -> pl.DataFrame:
    """Return the rows as a PROVENANCE frame."""
    return pl.DataFrame(rows, schema=PROVENANCE)


def frame_fetches(*rows: Row) -> pl.DataFrame:
    """Return the rows as a FETCH frame."""
    return pl.DataFrame(rows, schema=FETCH)


def frame_sources(*rows: Row) -> pl.DataFrame:
    """Return the rows as a SOURCE frame."""
    return pl.DataFrame(rows, schema=SOURCE)


def make_credit(author: str, name: str, **changes: object) -> Row:
    """Return a CREDIT row: a person, the only author of a byline, unless said otherwise."""
    row = {
        "author": author,
        "author_types": None,
        "author_key": sum(map(ord, name.casefold())),
        "author_id": name.casefold(),
        "name": name,
        "author_type": "person",
        "position": 1,
        "weight": 1.0,
    }
    return row | changes


def frame_credits(*rows: Row) -> pl.DataFrame:
    """Return the rows as a CREDIT frame."""
    return pl.DataFrame(rows, schema=CREDIT)


def sign(con: duckdb.DuckDBPyConnection, *signed: Row, rules_id: str = "r1") -> list[Any]:
    """Load the authors of bylines; return those that were unread."""
    unread = list_unread_bylines(con, rules_id=rules_id)
    load_authors(con, frame_credits(*signed))
    return unread["author"].to_list()


def observe(
    con: duckdb.DuckDBPyConnection, *rows: Row, provenance: Sequence[Row] = (), dates: Sequence[Row] = ()
) -> pl.DataFrame:
    """Load observations without any lines."""
    lines = (frame_edge_lines(), frame_removed_lines())
    return load_observations(con, frame_observations(*rows), *lines, frame_provenance(*provenance), frame_dates(*dates))


def make_notice(article_id: str, stated_at: datetime, **changes: object) -> Row:
    """Return a WITHDRAWAL row: wire copy of the outlet a.example, unless said otherwise."""
    row = {
        "article_id": article_id,
        "source_id": "a.example",
        "external_id": f"{article_id}.txt",
        "method": "pub_status",
        "stated_at": stated_at,
        "raw_hash": f"raw-notice-{article_id}",
        "ingested_uri": "file:///notice.xml",
        "ingested_at": datetime(2026, 11, 19, tzinfo=UTC),
    }
    return row | changes


def withdraw(con: duckdb.DuckDBPyConnection, *notices: Row) -> None:
    """Load notices, and weigh all that speaks for withdrawn articles."""
    load_withdrawals(con, pl.DataFrame(notices, schema=WITHDRAWAL))
    refresh_withdrawals(con)


def load_article(con: duckdb.DuckDBPyConnection, *versions: Row, run_key: int = 1, signed: Sequence[Row] = ()) -> None:
    """Load versions, the outlet a.example, and the authors of their bylines."""
    contents = [(row["article_id"], row["content_hash"]) for row in versions]
    observe(
        con,
        *(make_observation(*content) for content in contents),
        provenance=[make_provenance(*content) for content in contents],
        dates=[
            make_date(row["article_id"], row["content_hash"], candidate_at=row["published_at"])
            for row in versions
            if row["published_at"] is not None
        ],
    )
    load_versions(con, frame_versions(*versions), run_key=run_key, ingested_at=LOADED_AT)
    load_sources(con, frame_sources(make_source()), loaded_at=LOADED_AT)
    sign(con, *signed)


def load_sample(con: duckdb.DuckDBPyConnection) -> None:
    """Load a warehouse that passes every check.

    Article one, by Cy Orr and Di Poe, names Ann Lee; article two, by nobody, Ann Lee and Bo Kim.
    """
    both = "Cy Orr and Di Poe"
    signed = [make_credit(both, "Cy Orr", weight=0.5), make_credit(both, "Di Poe", position=2, weight=0.5)]
    load_article(con, make_version(1, "one", "c1", author=both), make_version(2, "two", "c2"), signed=signed)
    mentions = frame_mentions(
        make_mention("c1", 100, "Ann Lee", 0),
        make_mention("c2", 100, "Ann Lee", 3),
        make_mention("c2", 200, "Bo Kim", 15),
    )
    texts = frame_texts(c1="Ann Lee spoke.", c2="To Ann Lee and Bo Kim.")
    load_texts(con, texts, mentions, extraction_id="x1", run_key=1)
    settle(con)
    refresh_expectations(con)
    resolve(con)
    load_run(con, make_run(1, read_count=2, loaded_count=2))


def load_news(con: duckdb.DuckDBPyConnection) -> None:
    """Load a warehouse that passes every check: three articles, of three names.

    One and two name Ann Lee, later Lee, and Bo Kim. Three names Ann Q Lee and Bo Kim. Rules take Ann Lee and Ann Q Lee
    for one, as both keep company with Bo Kim.
    """
    load_article(con, make_version(1, "one", "c1"), make_version(2, "two", "c2"), make_version(3, "three", "c3"))
    texts = frame_texts(
        c1="Ann Lee met Bo Kim. Lee spoke.", c2="Ann Lee left Bo Kim. Lee wept.", c3="Ann Q Lee. Bo Kim."
    )
    mentions = [
        *(name_mention(content, "Ann Lee", 0) for content in ("c1", "c2")),
        name_mention("c1", "Ann Lee", 20, shown="Lee"),
        name_mention("c2", "Ann Lee", 21, shown="Lee"),
        name_mention("c3", "Ann Q Lee", 0),
        name_mention("c1", "Bo Kim", 12),
        name_mention("c2", "Bo Kim", 13),
        name_mention("c3", "Bo Kim", 11),
    ]
    load_texts(con, texts, frame_mentions(*mentions), extraction_id="x1", run_key=1)
    settle(con)
    refresh_expectations(con)
    resolve(con)
    load_run(con, make_run(1, read_count=3, loaded_count=3))


def settle(con: duckdb.DuckDBPyConnection) -> None:
    """Give every article its story; the Wire (wire.example) is the only agency."""
    wire = ("Wire", "Wire", "wire", False, "wire.example")
    agencies = build_agencies(pl.DataFrame([wire], schema=AGENCY_SCHEMA, orient="row"))
    settle_stories(con, sketch_id="s1", agencies=agencies)


def resolve(con: duckdb.DuckDBPyConnection, *, resolver_version: str = "v1", run_key: int = 1) -> None:
    """Give every name an entity, and count who is named with whom."""
    resolve_entities(con, resolver_version=resolver_version, run_key=run_key)
    count_names(con)


def count_names(con: duckdb.DuckDBPyConnection) -> None:
    """Count who is named with whom, and place what may be a place; no place is known."""
    refresh_counts(con)
    place_entities(con, GAZETTEER.to_frame(), rules_id="none")


def fetch(con: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    """Return the rows of a query, or the bare values of a query with one column."""
    rows = con.execute(query).fetchall()
    return [row[0] for row in rows] if rows and len(rows[0]) == 1 else rows


def make_evaluation(evaluation_key: int = 1, **changes: object) -> EvaluationRecord:
    """Return an evaluation of two articles, begun on 2026-11-20, unless said otherwise."""
    row: Row = {
        "evaluation_key": evaluation_key,
        "evaluated_at": LOADED_AT,
        "gold_name": "gold.jsonl",
        "gold_hash": "c0ffee",
        "model_name": "a_model",
        "model_version": "1.0",
        "model_backend": "none",
        "code_version": "0.1.0+0",
        "article_count": 2,
        "missing_article_count": 0,
    }
    return EvaluationRecord(**{**row, **changes})


def frame_scores(true_positive_count: int = 3) -> pl.DataFrame:
    """Return the figures of persons: of four labelled names so many found, and one that is none."""
    count = true_positive_count
    precision, recall = count / (count + 1), count / 4
    rows = [
        ("PERSON", "mention_precision", precision, count, 1, 4 - count),
        ("PERSON", "mention_recall", recall, count, 1, 4 - count),
        ("PERSON", "mention_f1", 2 * precision * recall / (precision + recall), count, 1, 4 - count),
    ]
    return pl.DataFrame(rows, schema=EVALUATION_SCORE, orient="row")
