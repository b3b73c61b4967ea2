"""The same input gives the same warehouse in any order and any number of times.

The rows of all tables are compared but dim_run and the audit columns.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.warehouse.copies import open_copy
from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    frame_dates,
    frame_edge_lines,
    frame_mentions,
    frame_observations,
    frame_provenance,
    frame_removed_lines,
    frame_sources,
    frame_texts,
    frame_versions,
    make_credit,
    make_date,
    make_mention,
    make_observation,
    make_provenance,
    make_run,
    make_source,
    make_version,
    resolve,
    settle,
    sign,
)
from transforms.schemas import REJECT
from warehouse.checks import run_checks
from warehouse.contents import AUDIT_TABLES, list_content_columns
from warehouse.load import (
    load_observations,
    load_rejects,
    load_run,
    load_texts,
    load_versions,
)
from warehouse.load_expectations import refresh_expectations
from warehouse.load_sources import load_sources

BODIES = {"c1": "Ann Lee met Kim.", "c2": "Ann Lee left.", "c3": "Bo Kim met Ann M. Lee."}
MENTIONS = {
    "c1": [make_mention("c1", 100, "Ann Lee", 0), make_mention("c1", 200, "Kim", 12, resolution_rule="surname")],
    "c2": [make_mention("c2", 100, "Ann Lee", 0)],
    "c3": [make_mention("c3", 200, "Bo Kim", 0), make_mention("c3", 100, "Ann M. Lee", 11)],
}
NOV_2 = datetime(2026, 11, 2, tzinfo=UTC)

# Article -> its versions. One text under two addresses, two versions of one article, an undated one, two outlets.
VERSIONS = {
    "one": [
        make_version(1, "one", "c1", is_current=False, valid_to=datetime(2026, 11, 4, tzinfo=UTC)),
        make_version(2, "one", "c2", version=2, valid_from=datetime(2026, 11, 4, tzinfo=UTC)),
    ],
    "two": [make_version(3, "two", "c1", published_at=NOV_2, source_key=20, author="Cy Orr")],
    "three": [make_version(4, "three", "c3", published_at=None)],
}
OBSERVATIONS = [
    make_observation("one", "c1"),
    make_observation("one", "c1", ingested_at=datetime(2026, 11, 18, tzinfo=UTC), headline="Rain", source_name="A"),
    make_observation("one", "c2", modified_at=datetime(2026, 11, 4, tzinfo=UTC)),
    make_observation("two", "c1", published_at=NOV_2, source_id="b.example", source_name="The B"),
    make_observation("three", "c3", published_at=None),
]
SOURCES = frame_sources(make_source(), make_source(20, "b.example"))
REJECTS = [("file:///x", "x", None, "unreadable", "denied"), ("file:///y", "y", "h", "empty", "no text")]


def list_dates(row: Row) -> pl.DataFrame:
    """Return the dates of a sight: two that agree, the early sight chose the other, and an unreadable one."""
    at, ingested_at = row["published_at"], row["ingested_at"]
    known = {"candidate_at": at, "ingested_at": ingested_at}
    is_early = ingested_at.day == 18
    read = [
        make_date(row["article_id"], row["content_hash"], **known, is_chosen=not is_early),
        make_date(row["article_id"], row["content_hash"], **known, method="url", is_chosen=is_early),
    ]
    lost = {"method": "time_published", "raw_text": "today", "candidate_at": None, "zone_source": None}
    return frame_dates(
        *(read if at is not None else []),
        make_date(row["article_id"], row["content_hash"], **lost, is_chosen=False, ingested_at=ingested_at),
    )


def load_part(con: duckdb.DuckDBPyConnection, articles: Sequence[str], *, run_key: int) -> None:
    """Load these articles in this order, each row in a call of its own: a run of its own."""
    for row in (row for article in articles for row in OBSERVATIONS if row["article_id"] == article):
        lines = frame_edge_lines((row["source_id"], row["article_id"], row["content_hash"], "Follow us", True))
        removed = frame_removed_lines((row["article_id"], row["content_hash"], "repeated", "Follow us", 0, None))
        provenance = frame_provenance(make_provenance(row["article_id"], row["content_hash"]))
        load_observations(con, frame_observations(row), lines, removed, provenance, list_dates(row))
    for article in articles:
        load_versions(con, frame_versions(*VERSIONS[article]), run_key=run_key, ingested_at=LOADED_AT)
    contents = dict.fromkeys(version["content_hash"] for article in articles for version in VERSIONS[article])
    for content in contents:
        texts, mentions = frame_texts(**{content: BODIES[content]}), frame_mentions(*MENTIONS[content])
        load_texts(con, texts, mentions, extraction_id="x1", run_key=run_key)
    load_rejects(con, pl.DataFrame(REJECTS, schema=REJECT, orient="row"), run_key=run_key, rejected_at=LOADED_AT)
    load_sources(con, SOURCES, loaded_at=LOADED_AT)
    sign(con, make_credit("Cy Orr", "Cy Orr"))
    settle(con)
    refresh_expectations(con)
    resolve(con)
    load_run(con, make_run(run_key))
    run_checks(con)


def read_tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """Return table -> sorted rows, the audit columns left out."""
    tables = [name for (name,) in con.execute("select table_name from duckdb_tables() where not temporary").fetchall()]
    frames = {table: con.table(table).pl() for table in sorted(tables) if table not in AUDIT_TABLES}
    return {
        table: sorted(frame.select(list_content_columns(frame.columns)).rows(named=True), key=str)
        for table, frame in frames.items()
    }


@pytest.fixture(scope="module")
def expected(empty_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Row]]:
    """Return the tables after one load of everything."""
    with open_copy(empty_warehouse, tmp_path_factory.mktemp("expected") / "warehouse.duckdb") as con:
        load_part(con, ["one", "two", "three"], run_key=1)
        return read_tables(con)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([["three", "two", "one"]], id="backwards"),
        pytest.param([["one"], ["two"], ["three"]], id="three-loads"),
        pytest.param([["three"], ["two"], ["one"]], id="three-loads-backwards"),
        pytest.param([["one", "two", "three"], ["one", "two", "three"]], id="twice"),
        pytest.param([["two"], ["three", "one"], ["two", "one"]], id="overlapping"),
    ],
)
def test_order_and_repetition_do_not_matter(
    empty_warehouse: Path,
    tmp_path: Path,
    expected: dict[str, list[Row]],
    parts: list[list[str]],
) -> None:
    with open_copy(empty_warehouse, tmp_path / "other.duckdb") as con:
        for run_key, articles in enumerate(parts, start=1):
            load_part(con, articles, run_key=run_key)
        tables = read_tables(con)
    assert tables.keys() == expected.keys()
    for table, rows in tables.items():
        assert rows == expected[table], table


def test_the_sample_has_what_could_depend_on_the_order(expected: dict[str, list[Row]]) -> None:
    assert [row["is_duplicate"] for row in expected["fact_article"]].count(True) == 2  # both versions of article one
    assert len(expected["fact_entity_mention"]) == 7
    names = {row["entity_key"]: row["name"] for row in expected["dim_entity"]}
    assert names[100] == "Ann Lee"
    # Kim by articles one and two, Bo Kim by article three.
    assert names[200] == "Kim"
    assert len(expected["article_observation"]) == 5


def test_a_repeated_load_leaves_the_run_of_every_row(empty_warehouse: Path, tmp_path: Path) -> None:
    with open_copy(empty_warehouse, tmp_path / "w.duckdb") as con:
        for run_key in (1, 2):
            load_part(con, ["one", "two", "three"], run_key=run_key)
        for table in ("fact_article", "fact_entity_mention", "rejected_document"):
            assert con.table(table).pl()["run_key"].unique().to_list() == [1], table
