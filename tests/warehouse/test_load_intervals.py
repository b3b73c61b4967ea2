"""The ledger: attempts are kept, an interval says what its last ones say, and effects on others are counted once."""

from datetime import UTC, datetime
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    count_names,
    frame_attempts,
    frame_sources,
    load_sample,
    make_attempt,
    make_source,
)
from warehouse.load_intervals import load_attempts, note_effects, read_unseen, remember_loaded
from warehouse.load_sources import load_sources

Con = duckdb.DuckDBPyConnection

NINE, TEN, ELEVEN = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (9, 10, 11))
SPAN = {"interval_start": datetime(2026, 11, 3, tzinfo=UTC), "interval_end": datetime(2026, 11, 4, tzinfo=UTC)}


def read_interval(con: Con, columns: str) -> list[tuple[Any, ...]]:
    """Return columns of fact_interval."""
    return con.sql(f"select {columns} from fact_interval order by source_id, interval_start").fetchall()  # noqa: S608 - ours


def load(con: Con, *attempts: dict[str, Any]) -> None:
    """Load attempts."""
    load_attempts(con, frame_attempts(*attempts))


def test_the_counts_are_those_of_the_last_success_and_the_state_that_of_the_last_attempt(con: Con) -> None:
    load(con, make_attempt(1, started_at=NINE, finished_at=NINE, read_count=3, loaded_count=3))
    load(con, make_attempt(2, started_at=TEN, state="failed", detail="the disk is full", input_hash=""))

    columns = "state, detail, attempt_count, read_count, input_hash, run_key, loaded_at"
    assert read_interval(con, columns) == [
        ("failed", "the disk is full", 2, 3, "h1", 1, NINE.replace(tzinfo=None)),
    ]


def test_the_last_attempt_is_the_one_that_began_last_in_whatever_order_they_are_loaded(con: Con) -> None:
    load(con, make_attempt(2, started_at=TEN, input_hash="new"))
    load(con, make_attempt(1, started_at=NINE, input_hash="old"))

    assert read_interval(con, "attempt_count, input_hash, run_key") == [(2, "new", 2)]


def test_an_attempt_that_is_handed_over_twice_counts_once(con: Con) -> None:
    load(con, make_attempt(1))
    load(con, make_attempt(1))

    assert read_interval(con, "attempt_count") == [(1,)]


def test_outlets_and_intervals_of_another_length_have_rows_of_their_own(con: Con) -> None:
    load(con, make_attempt(1), make_attempt(1, "b.example"))
    load(con, make_attempt(2, interval_end=datetime(2026, 11, 10, tzinfo=UTC)))

    assert read_interval(con, "source_id, attempt_count") == [("a.example", 1), ("a.example", 1), ("b.example", 1)]


def test_an_interval_that_never_succeeded_has_keys_that_say_so(con: Con) -> None:
    load(con, make_attempt(1, "new.example", state="crashed", detail="gone"))

    assert read_interval(con, "source_key, run_key, loaded_at, read_count") == [(-1, -2, None, 0)]


def test_the_key_of_an_outlet_is_that_of_its_current_version(con: Con) -> None:
    load_sample(con)
    load(con, make_attempt(1, read_count=2, loaded_count=2))

    assert read_interval(con, "source_key, start_date_key") == [(10, 20261103)]


def test_days_of_a_year_without_articles_are_in_the_calendar(con: Con) -> None:
    load(con, make_attempt(1, interval_start=datetime(2001, 2, 3, tzinfo=UTC)))

    assert con.sql("select count(*) from dim_date where year = 2001").fetchall() == [(365,)]


@pytest.mark.parametrize(
    ("loaded", "expected"),
    [
        pytest.param(["one", "two"], [], id="all read"),
        pytest.param(["one"], [("a.example", 1)], id="one is missing"),
        pytest.param([], [("a.example", 2)], id="none read"),
    ],
)
def test_articles_of_the_interval_that_were_not_read_are_counted(
    con: Con, loaded: list[str], expected: list[tuple[str, int]]
) -> None:
    load_sample(con)
    remember_loaded(con, pl.DataFrame({"article_id": loaded}, schema={"article_id": pl.String()}))

    assert read_unseen(con, **SPAN).rows() == expected


def test_articles_of_other_days_are_not_missed(con: Con) -> None:
    load_sample(con)
    remember_loaded(con, pl.DataFrame({"article_id": ["one"]}))
    day_after = {"interval_start": SPAN["interval_end"], "interval_end": datetime(2026, 11, 5, tzinfo=UTC)}

    assert read_unseen(con, **day_after).is_empty()


def read_effects(con: Con) -> list[tuple[Any, ...]]:
    """Return fact_interval_effect."""
    return con.sql("from fact_interval_effect order by all").fetchall()


def test_what_a_load_reads_itself_is_no_effect_on_others(con: Con) -> None:
    load_sample(con)
    remember_loaded(con, pl.DataFrame({"article_id": ["one"]}))
    con.execute("insert into pending_article values (1), (2), (2)")

    note_effects(con, effect="story", run_key=1)

    assert read_effects(con) == [(1, 20261103, "story", 1)]


def test_another_version_of_an_outlet_is_an_effect_once(con: Con) -> None:
    load_sample(con)
    count_names(con)
    remember_loaded(con, pl.DataFrame({"article_id": ["one"]}))
    load_sources(con, frame_sources(make_source(11)), loaded_at=LOADED_AT)
    note_effects(con, effect="source", run_key=1)
    remember_loaded(con, pl.DataFrame({"article_id": ["two"]}))
    note_effects(con, effect="text", run_key=2)

    assert read_effects(con) == [(1, 20261103, "source", 1)]


def test_a_version_counts_under_its_first_effect_alone(con: Con) -> None:
    load_sample(con)
    remember_loaded(con, pl.DataFrame(schema={"article_id": pl.String()}))
    con.execute("insert into pending_article values (1)")
    note_effects(con, effect="story", run_key=1)
    con.execute("insert into pending_article values (2)")
    note_effects(con, effect="entity", run_key=1)

    assert read_effects(con) == [(1, 20261103, "entity", 1), (1, 20261103, "story", 1)]
