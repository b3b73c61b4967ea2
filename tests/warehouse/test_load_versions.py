"""Versions of articles: what changes with them, what stays, and whose text is taken over."""

from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    fetch,
    frame_mentions,
    frame_texts,
    frame_versions,
    load_article,
    make_mention,
    make_version,
)
from warehouse.errors import InvalidFrameError
from warehouse.load import load_texts, load_versions

Con = duckdb.DuckDBPyConnection

LATE = datetime(2026, 11, 19, tzinfo=UTC)


def read_fact(con: Con, columns: str) -> list[object]:
    return fetch(con, f"select {columns} from fact_article order by article_key")  # noqa: S608 - a literal of the test


def test_a_version_becomes_a_dimension_row_and_a_fact(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1", author="By A. Lee"), run_key=7)
    assert fetch(con, "select article_id, version, author, is_current from dim_article where article_key = 1") == [
        ("one", 1, "By A. Lee", True),
    ]
    columns = "source_key, published_date_key, ingested_date_key, story_key, word_count, mention_count, run_key"
    assert read_fact(con, columns) == [(10, 20261103, 20261120, -1, 4, 0, 7)]


def test_an_undated_version_has_the_unknown_day(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1", published_at=None))
    assert read_fact(con, "published_date_key, published_at") == [(-1, None)]


def test_the_calendar_holds_every_day_of_the_years_in_use(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1", published_at=datetime(2024, 2, 29, tzinfo=UTC)))
    assert fetch(con, "select year, count(*) from dim_date where date_key > 0 group by year order by year") == [
        (2024, 366),  # published, a leap year
        (2026, 365),  # ingested
    ]


@pytest.mark.parametrize(
    ("date_key", "expected"),
    [
        pytest.param(
            20240229, (date(2024, 2, 29), 2024, 1, 2, 9, 4, False, 2024, date(2024, 2, 26)), id="leap-day-thursday"
        ),
        pytest.param(
            20240107, (date(2024, 1, 7), 2024, 1, 1, 1, 7, True, 2024, date(2024, 1, 1)), id="sunday-ends-week-1"
        ),
        pytest.param(
            20241230,
            (date(2024, 12, 30), 2024, 4, 12, 1, 1, False, 2025, date(2024, 12, 30)),
            id="monday-of-next-years-week-1",
        ),
    ],
)
def test_a_day_of_the_calendar(con: Con, date_key: int, expected: tuple[object, ...]) -> None:
    load_article(con, make_version(1, "one", "c1", published_at=datetime(2024, 2, 29, tzinfo=UTC)))
    assert fetch(con, f"select * exclude (date_key) from dim_date where date_key = {date_key}") == [expected]  # noqa: S608 - a literal of the test


def test_a_week_of_the_calendar_has_seven_days(con: Con) -> None:
    """January 1 of 2026 is a Thursday: its week begins in 2025, and 2024 is in use, too."""
    for number, year in enumerate((2024, 2025), start=1):
        load_article(con, make_version(number, f"{year}", f"c{number}", published_at=datetime(year, 2, 1, tzinfo=UTC)))
    whole_weeks = "date between '2024-01-01' and '2026-12-27'"
    for week in ("iso_year, iso_week", "week_start_date"):
        query = f"select distinct count(*) over (partition by {week}) from dim_date where {whole_weeks}"  # noqa: S608 - names above
        assert fetch(con, query) == [7]


def test_a_row_that_says_the_same_keeps_run_and_day_of_the_first_load(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"), run_key=1)
    versions = frame_versions(make_version(1, "one", "c1"))
    load_versions(con, versions, run_key=2, ingested_at=LOADED_AT + timedelta(days=9))
    assert read_fact(con, "run_key, ingested_date_key") == [(1, 20261120)]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"published_at": LATE}, id="day"),
        pytest.param({"published_at": None}, id="no-day"),
        pytest.param({"source_key": 11}, id="source"),
        pytest.param({"word_count": 5}, id="words"),
        pytest.param({"text_hash": "other"}, id="text"),
    ],
)
def test_a_row_that_changes_bears_the_run_that_changed_it(con: Con, changes: Row) -> None:
    load_article(con, make_version(1, "one", "c1"), run_key=1)
    load_versions(
        con,
        frame_versions(make_version(1, "one", "c1", **changes)),
        run_key=2,
        ingested_at=LOADED_AT + timedelta(days=9),
    )
    assert read_fact(con, "run_key, ingested_date_key") == [(2, 20261120)]


def load_one_text(con: Con, *versions: Row) -> None:
    """Load article one, content c1, which names Ann Lee, and the versions given after that."""
    load_article(con, make_version(1, "one", "c1"))
    mentions = frame_mentions(make_mention("c1", 100, "Ann Lee", 0))
    load_texts(con, frame_texts(c1="Ann Lee spoke."), mentions, extraction_id="x1", run_key=1)
    load_versions(con, frame_versions(*versions), run_key=2, ingested_at=LOADED_AT)


MENTIONS = "select article_key, source_key, published_date_key, run_key from fact_entity_mention order by article_key"


def test_mentions_stay_with_a_version_that_stays(con: Con) -> None:
    load_one_text(con, make_version(1, "one", "c1"))
    assert fetch(con, MENTIONS) == [(1, 10, 20261103, 1)]
    assert read_fact(con, "mention_count, extraction_id") == [(1, "x1")]


def test_mentions_follow_their_version_to_another_outlet_and_day(con: Con) -> None:
    load_one_text(con, make_version(1, "one", "c1", source_key=11, published_at=datetime(2026, 11, 5, tzinfo=UTC)))
    assert fetch(con, MENTIONS) == [(1, 11, 20261105, 2)]


def test_mentions_of_an_outlet_follow_a_version_that_loses_its_day(con: Con) -> None:
    load_one_text(con, make_version(1, "one", "c1", published_at=None))
    assert fetch(con, MENTIONS) == [(1, 10, -1, 2)]


def test_a_version_with_another_text_loses_body_and_mentions(con: Con) -> None:
    load_one_text(con, make_version(1, "one", "c1", text_hash="trimmed"))
    assert fetch(con, MENTIONS) == []
    assert fetch(con, "from article_body") == []
    assert read_fact(con, "mention_count, extraction_id") == [(0, None)]


def test_a_version_that_is_gone_takes_everything_with_it(con: Con) -> None:
    load_one_text(con, make_version(2, "one", "c2"))
    assert fetch(con, MENTIONS) == []
    assert fetch(con, "from article_body") == []
    assert read_fact(con, "article_key") == [2]
    assert fetch(con, "select article_key from dim_article where article_key >= 0") == [2]


def test_other_articles_are_left_alone(con: Con) -> None:
    load_one_text(con, make_version(2, "two", "c2"))
    assert read_fact(con, "article_key, run_key") == [(1, 1), (2, 2)]
    assert fetch(con, MENTIONS) == [(1, 10, 20261103, 1)]


def test_a_text_the_warehouse_has_is_taken_over_by_another_article(con: Con) -> None:
    load_one_text(con, make_version(2, "two", "c1", source_key=11, published_at=None))
    assert fetch(con, MENTIONS) == [(1, 10, 20261103, 1), (2, 11, -1, 2)]
    assert fetch(con, "select body from article_body where article_key = 2") == ["Ann Lee spoke."]
    assert read_fact(con, "mention_count, extraction_id") == [(1, "x1"), (1, "x1")]


def test_a_text_survives_the_version_that_brought_it(con: Con) -> None:
    load_one_text(con, make_version(3, "one", "c1"))
    assert fetch(con, MENTIONS) == [(3, 10, 20261103, 2)]
    assert fetch(con, "select article_key, body from article_body") == [(3, "Ann Lee spoke.")]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([make_version(1, "one", "c1"), make_version(1, "two", "c1")], id="key"),
        pytest.param([make_version(1, "one", "c1"), make_version(2, "one", "c2")], id="version"),
    ],
)
def test_versions_that_break_their_grain_are_refused(con: Con, rows: list[Row]) -> None:
    with pytest.raises(InvalidFrameError, match="versions: more than one row for"):
        load_versions(con, frame_versions(*rows), run_key=1, ingested_at=LOADED_AT)


def test_a_load_that_fails_half_way_changes_nothing(con: Con) -> None:
    broken = frame_versions(make_version(1, "one", "c1", headline=None))
    with pytest.raises(duckdb.ConstraintException):
        load_versions(con, broken, run_key=1, ingested_at=LOADED_AT)
    assert read_fact(con, "article_key") == []
    assert fetch(con, "select count(*) from dim_date") == [2]
