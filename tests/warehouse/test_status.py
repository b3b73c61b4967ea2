"""The numbers about a warehouse: counted by hand on the sample of two articles."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    frame_dates,
    frame_edge_lines,
    frame_fetches,
    frame_observations,
    frame_provenance,
    frame_removed_lines,
    frame_sources,
    load_sample,
    make_fetch,
    make_observation,
    make_run,
    make_source,
)
from transforms.schemas import REJECT
from transforms.source_schemas import SOURCE_VERSION
from warehouse.errors import MigrationError, MissingWarehouseError, WarehouseError
from warehouse.load import load_observations, load_rejects, load_run
from warehouse.load_sources import load_fetches, load_source_versions, load_sources, refresh_coverage
from warehouse.status import Holdings, read_status

Publish = Callable[[Callable[[duckdb.DuckDBPyConnection], object]], Path]


def test_an_empty_warehouse_holds_nothing(publish: Publish) -> None:
    status = read_status(publish(lambda _: None))
    assert status.holdings == Holdings(
        article_count=0,
        version_count=0,
        source_count=0,
        mention_count=0,
        entity_count=0,
        first_published_date=None,
        last_published_date=None,
    )
    assert (status.top_names, status.last_runs, status.rejects, status.removed_lines) == ([], [], [], [])


def test_holdings_are_counted_without_special_members(publish: Publish) -> None:
    status = read_status(publish(load_sample))
    assert status.holdings == Holdings(
        article_count=2,
        version_count=2,
        source_count=1,
        mention_count=3,
        entity_count=2,
        first_published_date=date(2026, 11, 3),
        last_published_date=date(2026, 11, 3),
    )
    assert status.byte_count > 0
    assert status.schema_version >= 1


def test_names_are_listed_by_their_mentions(publish: Publish) -> None:
    rows = read_status(publish(load_sample)).top_names
    assert [tuple(row.values()) for row in rows] == [("Ann Lee", "PERSON", 2, 2), ("Bo Kim", "PERSON", 1, 1)]
    assert [row["name"] for row in read_status(publish(load_sample), row_limit=1).top_names] == ["Ann Lee"]


def test_sources_are_listed_with_their_articles(publish: Publish) -> None:
    rows = read_status(publish(load_sample)).top_sources
    assert [(row["source_id"], row["name"], row["article_count"], row["mention_count"]) for row in rows] == [
        ("a.example", "The A", 2, 3)
    ]


def test_the_last_run_comes_first(publish: Publish) -> None:
    def load(con: duckdb.DuckDBPyConnection) -> None:
        load_run(con, make_run(1, model_name="m", model_version="1.0"))
        load_run(con, make_run(2, read_count=3, rejected_count=3))

    runs = read_status(publish(load), run_limit=1).last_runs
    assert [(run["run_key"], run["read_count"], run["rejected_count"], run["model_label"]) for run in runs] == [
        ("2", 3, 3, "")
    ]


def test_rejects_are_counted_by_reason_with_an_example(publish: Publish) -> None:
    rows = [("file:///a", "a", "h1", "empty", "no bytes"), ("file:///b", "b", "h2", "empty", "blank")]
    rejects = pl.DataFrame([*rows, ("file:///c", "c", None, "bad_json", "cut")], schema=REJECT, orient="row")
    status = read_status(publish(lambda con: load_rejects(con, rejects, run_key=1, rejected_at=LOADED_AT)))
    assert [tuple(row.values()) for row in status.rejects] == [
        ("empty", 2, "file:///b", "blank"),
        ("bad_json", 1, "file:///c", "cut"),
    ]


def test_removed_lines_are_counted_by_rule_with_the_most_frequent(publish: Publish) -> None:
    def load(con: duckdb.DuckDBPyConnection) -> None:
        observations = [make_observation(name, f"c{name}") for name in "abc"]
        words = {"a": "Share", "b": "Tweet", "c": "Tweet"}
        lines = [(name, f"c{name}", "share", word, 2, 1) for name, word in words.items()]
        load_observations(
            con,
            frame_observations(*observations),
            frame_edge_lines(),
            frame_removed_lines(*lines),
            frame_provenance(),
            frame_dates(),
        )

    assert [tuple(row.values()) for row in read_status(publish(load)).removed_lines] == [("share", 3, "Tweet")]


def test_without_a_warehouse_the_error_says_what_to_type(published: Path) -> None:
    with pytest.raises(MissingWarehouseError, match="load one with: dateline run"):
        read_status(published)


def test_a_warehouse_of_newer_code_is_refused(publish: Publish) -> None:
    path = publish(lambda con: con.execute("insert into schema_migration values (999, 'x', 'x', now()::timestamp)"))
    with pytest.raises(MigrationError, match="install a newer Dateline"):
        read_status(path)


def test_a_warehouse_of_older_code_is_brought_up_to_date_first(publish: Publish) -> None:
    path = publish(lambda con: con.execute("delete from schema_migration where version > 1"))
    with pytest.raises(MigrationError, match=r"the warehouse has schema 1, this code [0-9]+: any dateline run"):
        read_status(path)


def test_days_of_fetching_are_counted_by_how_they_went(publish: Publish) -> None:
    def load(con: duckdb.DuckDBPyConnection) -> None:
        days = (datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC))
        feeds = [make_fetch("https://a.example/feed", day, kind="feed") for day in days]
        load_fetches(con, frame_fetches(*feeds, make_fetch("https://a.example/1", days[1], outcome="failed")))
        named = frame_sources(make_source(name="The A")).with_columns(schedule=pl.lit(None, pl.String))
        load_source_versions(con, named.select(SOURCE_VERSION.names()))
        load_sources(con, frame_sources(make_source()), loaded_at=LOADED_AT)
        refresh_coverage(con, pl.DataFrame(schema={"source_id": pl.String(), "date": pl.Date()}))

    (row,) = read_status(publish(load)).coverage
    assert list(row.values()) == ["a.example", date(2026, 11, 4), "partial", 1, 1, 0, 1, 0, 1]


def test_a_file_that_is_no_warehouse_is_an_error_of_one_line(published: Path) -> None:
    published.write_bytes(b"no database")
    with pytest.raises(WarehouseError) as failed:
        read_status(published)
    assert "\n" not in str(failed.value)
