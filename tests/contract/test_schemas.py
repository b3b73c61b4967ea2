"""The names and types users build on, and the frames both layers share: spelled out here, compared with the tables."""

from collections.abc import Iterator

import duckdb
import polars as pl
import pytest

from transforms.decisions import HUMAN_DECISION
from transforms.interval_schemas import INTERVAL_ATTEMPT
from transforms.linking.context import MIN_WEIGHT
from transforms.linking.frames import DECISION, ENTITY_NAME, NAME_BLOCK, NAME_LINK, OBSERVED_NAME
from transforms.linking.spelling import LETTERS_FOR_TWO
from transforms.places import PLACE
from transforms.schemas import (
    ARTICLE_VERSION,
    BYLINE,
    CREDIT,
    DATE_CANDIDATE,
    EVALUATION_SCORE,
    MENTION,
    OBSERVATION,
    PROVENANCE,
    REJECT,
    REMOVED_LINE,
    WITHDRAWAL,
)
from transforms.source_schemas import FETCH, SOURCE, SOURCE_EXPECTATION, SOURCE_VERSION
from transforms.story_schemas import WORDING_PAIR
from warehouse.load_entities import LEAST_CONTEXT_WEIGHT, LONG_NAME_LENGTH
from warehouse.migrate import apply_migrations

KEY, DATE_KEY, COUNT = "BIGINT", "INTEGER", "INTEGER"
TEXT, MOMENT, FLAG = "VARCHAR", "TIMESTAMP", "BOOLEAN"

CONTRACT = {
    "dim_date": {
        "date_key": DATE_KEY,
        "date": "DATE",
        "year": "SMALLINT",
        "quarter": "TINYINT",
        "month": "TINYINT",
        "iso_week": "TINYINT",
        "day_of_week": "TINYINT",
        "is_weekend": FLAG,
        "iso_year": "SMALLINT",
        "week_start_date": "DATE",
    },
    "dim_source": {
        "source_key": KEY,
        "source_id": TEXT,
        "name": TEXT,
        "domain": TEXT,
        "country_code": TEXT,
        "timezone": TEXT,
        "valid_from": MOMENT,
        "valid_to": MOMENT,
        "is_current": FLAG,
    },
    "dim_article": {
        "article_key": KEY,
        "article_id": TEXT,
        "version": "INTEGER",
        "external_id": TEXT,
        "url": TEXT,
        "headline": TEXT,
        "language_code": TEXT,
        "content_hash": TEXT,
        "valid_from": MOMENT,
        "valid_to": MOMENT,
        "is_current": FLAG,
        "is_withdrawn": FLAG,
        "withdrawn_at": MOMENT,
        "alternative_headline": TEXT,
        "description": TEXT,
        "section": TEXT,
        "keywords": TEXT,
        "image_url": TEXT,
        "access": TEXT,
        "article_type": TEXT,
    },
    "dim_author": {"author_key": KEY, "author_id": TEXT, "name": TEXT, "author_type": TEXT},
    "bridge_article_author": {"article_key": KEY, "author_key": KEY, "position": "INTEGER", "weight": "DOUBLE"},
    "article_body": {"article_key": KEY, "body": TEXT},
    "fact_article": {
        "article_key": KEY,
        "source_key": KEY,
        "published_date_key": DATE_KEY,
        "ingested_date_key": DATE_KEY,
        "story_key": KEY,
        "published_at": MOMENT,
        "word_count": COUNT,
        "mention_count": COUNT,
        "quote_count": COUNT,
        "is_duplicate": FLAG,
        "run_key": KEY,
    },
    "dim_entity": {
        "entity_key": KEY,
        "entity_id": TEXT,
        "name": TEXT,
        "entity_type": TEXT,
        "country_code": TEXT,
        "place_key": KEY,
        "is_hidden": FLAG,
        "first_seen_date": "DATE",
        "last_seen_date": "DATE",
        "article_count": COUNT,
        "is_ambiguous": FLAG,
        "external_id": TEXT,
        "place_rule": TEXT,
        "place_score": "DOUBLE",
    },
    "dim_place": {
        "place_key": KEY,
        "name": TEXT,
        "country_code": TEXT,
        "latitude": "DOUBLE",
        "longitude": "DOUBLE",
        "geonames_id": KEY,
        "kind": TEXT,
        "population": KEY,
    },
    "observed_entity": {
        "observed_key": KEY,
        "observed_id": TEXT,
        "entity_type": TEXT,
        "name_key": TEXT,
        "name": TEXT,
        "country_code": TEXT,
        "article_count": COUNT,
    },
    "resolution_decision": {
        "observed_key": KEY,
        "article_key": KEY,
        "entity_key": KEY,
        "linked_key": KEY,
        "rule": TEXT,
        "score": "DOUBLE",
        "evidence": TEXT,
        "resolver_version": TEXT,
        "run_key": KEY,
        "alias_key": TEXT,
    },
    "human_decision": {
        "line_number": "INTEGER",
        "decision": TEXT,
        "entity_id": TEXT,
        "part": TEXT,
        "article": TEXT,
        "target": TEXT,
        "note": TEXT,
        "decided_by": TEXT,
        "decided_at": MOMENT,
        "status": TEXT,
        "detail": TEXT,
    },
    "entity_redirect": {"entity_id": TEXT, "current_entity_key": KEY, "current_entity_id": TEXT, "name": TEXT},
    "fact_entity_mention": {
        "article_key": KEY,
        "entity_key": KEY,
        "source_key": KEY,
        "published_date_key": DATE_KEY,
        "field": TEXT,
        "sentence_number": "INTEGER",
        "start_char": "INTEGER",
        "end_char": "INTEGER",
        "surface_text": TEXT,
        "label": TEXT,
        "resolution_rule": TEXT,
        "resolution_score": "DOUBLE",
        "run_key": KEY,
        "observed_key": KEY,
        "observed_rule": TEXT,
        "observed_score": "DOUBLE",
        "alias_key": TEXT,
    },
    "entity_alias": {"entity_key": KEY, "alias": TEXT, "mention_count": COUNT, "rule": TEXT},
    "dim_story": {
        "story_key": KEY,
        "story_id": TEXT,
        "headline": TEXT,
        "first_published_at": MOMENT,
        "article_count": COUNT,
        "source_count": COUNT,
    },
    "fact_article_entity": {
        "article_key": KEY,
        "entity_key": KEY,
        "source_key": KEY,
        "published_date_key": DATE_KEY,
        "mention_count": COUNT,
        "sentence_count": COUNT,
        "is_in_headline": FLAG,
    },
    "fact_cooccurrence": {
        "article_key": KEY,
        "entity_key_a": KEY,
        "entity_key_b": KEY,
        "sentence_count": COUNT,
        "published_date_key": DATE_KEY,
        "source_key": KEY,
    },
    "mart_entity_daily": {
        "date": "DATE",
        "entity_key": KEY,
        "name": TEXT,
        "article_count": COUNT,
        "story_count": COUNT,
    },
    "mart_cooccurrence": {
        "entity_key_a": KEY,
        "entity_key_b": KEY,
        "article_count": COUNT,
        "story_count": COUNT,
        "npmi_ratio": "DOUBLE",
        "first_date": "DATE",
        "last_date": "DATE",
    },
    "mart_story": {"story_key": KEY, "headline": TEXT, "article_count": COUNT, "story_count": COUNT},
    "mart_source_daily": {
        "date": "DATE",
        "source_id": TEXT,
        "article_count": COUNT,
        "story_count": COUNT,
        "status": TEXT,
    },
    "mart_entity_source": {"entity_key": KEY, "source_id": TEXT, "article_count": COUNT, "story_count": COUNT},
    "mart_new_entity": {"entity_key": KEY, "first_seen_date": "DATE", "article_count": COUNT, "story_count": COUNT},
    "mart_versions": {"article_id": TEXT, "version": "INTEGER", "headline": TEXT, "previous_headline": TEXT},
    "rejected_document": {
        "uri": TEXT,
        "external_id": TEXT,
        "content_hash": TEXT,
        "reason": TEXT,
        "detail": TEXT,
        "rejected_at": MOMENT,
        "run_key": KEY,
    },
    "fact_source_coverage": {
        "source_key": KEY,
        "date_key": DATE_KEY,
        "expected_count": COUNT,
        "received_count": COUNT,
        "loaded_count": COUNT,
        "duplicate_count": COUNT,
        "rejected_count": COUNT,
        "status": TEXT,
    },
    "fact_source_expectation": {
        "source_key": KEY,
        "date_key": DATE_KEY,
        "measure": TEXT,
        "observed_value": "DOUBLE",
        "observed_count": COUNT,
        "expected_low": "DOUBLE",
        "expected_high": "DOUBLE",
        "expected_by": TEXT,
        "status": TEXT,
        "reason": TEXT,
    },
    "fact_interval": {
        "source_key": KEY,
        "start_date_key": DATE_KEY,
        "source_id": TEXT,
        "interval_start": MOMENT,
        "interval_end": MOMENT,
        "state": TEXT,
        "attempt_count": COUNT,
        "started_at": MOMENT,
        "finished_at": MOMENT,
        "loaded_at": MOMENT,
        "read_count": COUNT,
        "loaded_count": COUNT,
        "unchanged_count": COUNT,
        "duplicate_count": COUNT,
        "rejected_count": COUNT,
        "unseen_count": COUNT,
        "input_hash": TEXT,
        "code_version": TEXT,
        "model_name": TEXT,
        "detail": TEXT,
        "run_key": KEY,
    },
    "fact_interval_effect": {"run_key": KEY, "changed_date_key": DATE_KEY, "effect": TEXT, "article_count": COUNT},
    "fact_date_candidate": {
        "article_key": KEY,
        "method": TEXT,
        "raw_text": TEXT,
        "candidate_at": MOMENT,
        "zone_source": TEXT,
        "is_chosen": FLAG,
    },
    "fact_evaluation": {
        "evaluation_key": KEY,
        "evaluated_date_key": DATE_KEY,
        "evaluated_at": MOMENT,
        "gold_name": TEXT,
        "gold_hash": TEXT,
        "model_name": TEXT,
        "model_version": TEXT,
        "model_backend": TEXT,
        "code_version": TEXT,
        "article_count": COUNT,
        "missing_article_count": COUNT,
        "entity_type": TEXT,
        "metric": TEXT,
        "value_ratio": "DOUBLE",
        "true_positive_count": KEY,
        "false_positive_count": KEY,
        "false_negative_count": KEY,
    },
    "dim_run": {
        "run_key": KEY,
        "flow_run_id": TEXT,
        "interval_start": MOMENT,
        "interval_end": MOMENT,
        "started_at": MOMENT,
        "finished_at": MOMENT,
        "code_version": TEXT,
        "model_name": TEXT,
        "model_version": TEXT,
        "model_backend": TEXT,
        "read_count": COUNT,
        "loaded_count": COUNT,
        "unchanged_count": COUNT,
        "duplicate_count": COUNT,
        "rejected_count": COUNT,
    },
}
"""Public table -> the columns that must exist -> type."""

DUCKDB_TYPES = {
    pl.String(): TEXT,
    pl.Int32(): "INTEGER",
    pl.Int64(): KEY,
    pl.Float64(): "DOUBLE",
    pl.Boolean(): FLAG,
    pl.Date(): "DATE",
    pl.Datetime("us", "UTC"): MOMENT,
}
"""Type in a frame -> type in a table; a timestamp loses its zone, which is UTC."""


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give an empty warehouse in memory."""
    with duckdb.connect() as connection:
        apply_migrations(connection)
        yield connection


@pytest.fixture(scope="module")
def tables(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Return table -> column -> type, as migrated."""
    found: dict[str, dict[str, str]] = {}
    query = "select table_name, column_name, data_type from duckdb_columns() where not internal order by column_index"
    for table, column, data_type in con.execute(query).fetchall():
        found.setdefault(table, {})[column] = data_type
    return found


@pytest.mark.parametrize(
    ("table", "column", "data_type"),
    [
        pytest.param(table, column, data_type, id=f"{table}.{column}")
        for table, columns in CONTRACT.items()
        for column, data_type in columns.items()
    ],
)
def test_a_public_column_keeps_its_name_and_type(
    tables: dict[str, dict[str, str]],
    table: str,
    column: str,
    data_type: str,
) -> None:
    assert tables[table][column] == data_type


@pytest.mark.parametrize(
    ("frame", "expected_tables"),
    [
        pytest.param(OBSERVATION, ("article_observation",), id="OBSERVATION"),
        pytest.param(ARTICLE_VERSION, ("dim_article", "fact_article"), id="ARTICLE_VERSION"),
        pytest.param(HUMAN_DECISION, ("human_decision",), id="HUMAN_DECISION"),
        pytest.param(MENTION, ("fact_entity_mention", "dim_entity", "dim_article"), id="MENTION"),
        pytest.param(REJECT, ("rejected_document",), id="REJECT"),
        pytest.param(PROVENANCE, ("article_provenance",), id="PROVENANCE"),
        pytest.param(DATE_CANDIDATE, ("article_date", "fact_date_candidate"), id="DATE_CANDIDATE"),
        pytest.param(REMOVED_LINE, ("article_removed_line",), id="REMOVED_LINE"),
        pytest.param(FETCH, ("source_fetch",), id="FETCH"),
        pytest.param(SOURCE, ("dim_source",), id="SOURCE"),
        pytest.param(WITHDRAWAL, ("withdrawal_notice", "article_provenance"), id="WITHDRAWAL"),
        pytest.param(SOURCE_EXPECTATION, ("source_expectation",), id="SOURCE_EXPECTATION"),
        pytest.param(BYLINE, ("dim_article", "article_observation"), id="BYLINE"),
        pytest.param(CREDIT, ("bridge_article_author", "dim_author", "dim_article"), id="CREDIT"),
        pytest.param(WORDING_PAIR, ("wording_pair",), id="WORDING_PAIR"),
        pytest.param(EVALUATION_SCORE, ("fact_evaluation",), id="EVALUATION_SCORE"),
        pytest.param(OBSERVED_NAME, ("observed_entity",), id="OBSERVED_NAME"),
        pytest.param(ENTITY_NAME, ("observed_entity",), id="ENTITY_NAME"),
        pytest.param(NAME_BLOCK, ("observed_block",), id="NAME_BLOCK"),
        pytest.param(NAME_LINK, ("resolution_link", "resolution_decision"), id="NAME_LINK"),
        pytest.param(DECISION, ("resolution_decision",), id="DECISION"),
        pytest.param(PLACE, ("dim_place",), id="PLACE"),
    ],
)
def test_every_column_of_a_frame_has_its_place_and_type(
    tables: dict[str, dict[str, str]],
    frame: pl.Schema,
    expected_tables: tuple[str, ...],
) -> None:
    for column, data_type in frame.items():
        places = [tables[table][column] for table in expected_tables if column in tables[table]]
        assert set(places) == {DUCKDB_TYPES[data_type]}, column


@pytest.mark.parametrize(
    ("table", "frame"),
    [
        pytest.param("fact_interval_attempt", INTERVAL_ATTEMPT, id="INTERVAL_ATTEMPT"),
        pytest.param("article_observation", OBSERVATION, id="OBSERVATION"),
        pytest.param("article_provenance", PROVENANCE, id="PROVENANCE"),
        pytest.param("article_date", DATE_CANDIDATE, id="DATE_CANDIDATE"),
        pytest.param("article_removed_line", REMOVED_LINE, id="REMOVED_LINE"),
        pytest.param("source_fetch", FETCH, id="FETCH"),
        pytest.param("source_version", SOURCE_VERSION, id="SOURCE_VERSION"),
        pytest.param("source_expectation", SOURCE_EXPECTATION, id="SOURCE_EXPECTATION"),
        pytest.param("withdrawal_notice", WITHDRAWAL, id="WITHDRAWAL"),
        pytest.param("wording_pair", WORDING_PAIR, id="WORDING_PAIR"),
        pytest.param("observed_block", NAME_BLOCK, id="NAME_BLOCK"),
        pytest.param("resolution_link", NAME_LINK, id="NAME_LINK"),
    ],
)
def test_a_table_has_the_columns_of_its_frame_in_their_order(
    tables: dict[str, dict[str, str]], table: str, frame: pl.Schema
) -> None:
    assert list(tables[table]) == frame.names()


@pytest.mark.parametrize(
    ("table", "filled_by_the_load"),
    [
        pytest.param("rejected_document", {"rejected_at", "run_key"}, id="rejected_document"),
        pytest.param("dim_article", {"is_withdrawn", "withdrawn_at"}, id="dim_article"),
        pytest.param(
            "fact_entity_mention",
            {
                *("article_key", "source_key", "published_date_key", "run_key"),
                *("observed_key", "observed_rule", "observed_score"),
            },
            id="fact_entity_mention",
        ),
    ],
)
def test_a_table_has_no_column_that_its_frame_does_not_fill(
    tables: dict[str, dict[str, str]],
    table: str,
    filled_by_the_load: set[str],
) -> None:
    frame = {"rejected_document": REJECT, "dim_article": ARTICLE_VERSION, "fact_entity_mention": MENTION}[table]
    assert set(tables[table]) - set(frame.names()) == filled_by_the_load


def test_every_table_view_and_macro_has_a_comment(con: duckdb.DuckDBPyConnection) -> None:
    query = """
        select table_name from duckdb_tables() where coalesce(trim(comment), '') = ''
        union all
        select view_name from duckdb_views() where not internal and coalesce(trim(comment), '') = ''
        union all
        select function_name from duckdb_functions() where not internal and coalesce(trim(comment), '') = ''
    """
    assert con.execute(query).fetchall() == []


def test_every_mart_that_counts_articles_counts_stories_beside(tables: dict[str, dict[str, str]]) -> None:
    marts = {name: columns for name, columns in tables.items() if name.startswith("mart_")}
    assert len(marts) == 7
    counting = {name for name, columns in marts.items() if "article_count" in columns}
    assert counting == marts.keys() - {"mart_versions"}
    assert [name for name in counting if "story_count" not in marts[name]] == []


def test_every_column_has_a_comment(con: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select table_name, column_name from duckdb_columns() where not internal and coalesce(trim(comment), '') = ''"
    )
    assert con.execute(query).fetchall() == []


def test_the_comment_of_a_fact_opens_with_its_grain(con: duckdb.DuckDBPyConnection) -> None:
    query = "select table_name, comment from duckdb_tables() where table_name like 'fact\\_%' escape '\\'"
    comments = dict(con.execute(query).fetchall())
    assert comments.keys() == {
        *("fact_article", "fact_article_entity", "fact_cooccurrence", "fact_date_candidate", "fact_entity_mention"),
        *("fact_evaluation", "fact_source_coverage", "fact_source_expectation"),
        *("fact_interval", "fact_interval_attempt", "fact_interval_effect"),
    }
    assert [comment for comment in comments.values() if not comment.startswith("Grain:")] == []


def test_no_key_of_a_fact_may_be_null(con: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select table_name, column_name from duckdb_columns() "
        "where table_name like 'fact%' and column_name like '%key' and is_nullable"
    )
    assert con.execute(query).fetchall() == []


def test_the_tables_bear_no_constraint_but_not_null(con: duckdb.DuckDBPyConnection) -> None:
    query = "select table_name, constraint_type from duckdb_constraints() where constraint_type <> 'NOT NULL'"
    assert con.execute(query).fetchall() == []


@pytest.mark.parametrize(
    "dimension", ["dim_date", "dim_source", "dim_article", "dim_entity", "dim_author", "dim_story", "dim_place"]
)
def test_a_dimension_has_its_special_members(con: duckdb.DuckDBPyConnection, dimension: str) -> None:
    key = dimension.removeprefix("dim_") + "_key"
    found = con.execute(f"select {key} from {dimension} order by all").fetchall()  # noqa: S608 - names of the contract
    assert found == [(-2,), (-1,)]


def test_only_the_special_members_of_the_calendar_have_no_date(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("select date_key from dim_date where date is null order by all").fetchall() == [(-2,), (-1,)]


def test_both_sides_have_the_same_bounds_of_names() -> None:
    assert (LONG_NAME_LENGTH, LEAST_CONTEXT_WEIGHT) == (LETTERS_FOR_TWO, MIN_WEIGHT)
