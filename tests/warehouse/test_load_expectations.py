"""What is expected of a day of an outlet, by the sources file or by the days before, and whether it came true.

Bounds are worked out by hand: of days with 20 articles each, the spread is the square root of 20, and three of them are
13.4; so 7 to 33 are within it, and the bounds, rounded outwards, are 6 and 34.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    fetch,
    frame_fetches,
    frame_sources,
    frame_versions,
    make_credit,
    make_fetch,
    make_observation,
    make_source,
    make_version,
    observe,
    sign,
)
from transforms.source_schemas import SOURCE_EXPECTATION, SOURCE_VERSION
from warehouse.load import load_versions
from warehouse.load_expectations import load_source_expectations, refresh_expectations
from warehouse.load_sources import load_fetches, load_source_versions, load_sources, refresh_coverage

Con = duckdb.DuckDBPyConnection

MONDAY = datetime(2026, 11, 2, 8, tzinfo=UTC)
NEVER_IDLE = pl.DataFrame(schema={"source_id": pl.String(), "date": pl.Date()})
BEGINNING, END = datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
ALWAYS = ("a.example", BEGINNING, END)


def make_day(day: int, count: int, **changes: Any) -> list[tuple[Row, Row]]:
    """Return the observations and versions of so many new articles, so many days after Monday, unsigned."""
    at = MONDAY + timedelta(days=day)
    names = [f"{day:02}-{number}" for number in range(count)]
    return [
        (
            make_observation(name, name, ingested_at=at),
            make_version(1000 * (day + 1) + number, name, name, **{"section": "News"} | changes),
        )
        for number, name in enumerate(names)
    ]


def load_days(con: Con, *days: Sequence[tuple[Row, Row]], language: str | None = "en") -> None:
    """Load the articles of these days, of an outlet that nobody fetches."""
    rows = [row for day in days for row in day]
    observe(con, *(observation for observation, _ in rows))
    load_versions(con, frame_versions(*(version for _, version in rows)), run_key=1, ingested_at=LOADED_AT)
    load_sources(con, frame_sources(make_source(language_code=language)), loaded_at=LOADED_AT)
    sign(con, make_credit("Cy Orr", "Cy Orr"))


def ask(con: Con, *days: int, lost: Sequence[int] = ()) -> None:
    """Let the feed of the outlet have been asked on these days; it did not answer on those that are lost."""
    feeds = [
        make_fetch(
            "https://a.example/feed",
            MONDAY + timedelta(days=day),
            kind="feed",
            outcome="failed" if day in lost else "fetched",
        )
        for day in days
    ]
    load_fetches(con, frame_fetches(*feeds))
    versions = frame_sources(make_source(name="A")).with_columns(schedule=pl.lit(None, pl.String))
    load_source_versions(con, versions.select(SOURCE_VERSION.names()))
    refresh_coverage(con, NEVER_IDLE)


def expect(con: Con, *rows: tuple[Any, ...]) -> None:
    """Let the sources file say what it expects: SOURCE_EXPECTATION rows."""
    load_source_expectations(con, pl.DataFrame(rows, schema=SOURCE_EXPECTATION, orient="row"))


def judge(con: Con, measure: str = "article_count") -> list[Any]:
    """Return the bounds and the status of each day, in order."""
    refresh_expectations(con)
    query = f"""
        select expected_low, expected_high, expected_by, status from fact_source_expectation
        where measure = '{measure}' order by date_key
    """  # noqa: S608  a measure of the test
    return fetch(con, query)


def read_reasons(con: Con, measure: str = "article_count") -> list[Any]:
    """Return the reason of each day, in order."""
    query = f"select reason from fact_source_expectation where measure = '{measure}' order by date_key"  # noqa: S608  the same
    return fetch(con, query)


def test_what_the_sources_file_says_is_judged_from_the_second_day_on(con: Con) -> None:
    counts = (50, 2, 3, 5, 6, 1)
    load_days(con, *(make_day(day, count) for day, count in enumerate(counts)))
    expect(con, (*ALWAYS, "article_count", 3, 5))
    assert judge(con) == [
        (3, 5, "file", "too_little_data"),
        (3, 5, "file", "low"),
        (3, 5, "file", "met"),
        (3, 5, "file", "met"),
        (3, 5, "file", "high"),
        (3, 5, "file", "too_little_data"),
    ]
    assert read_reasons(con) == [
        "50 new articles; the first day brings what was there before",
        "2 new articles, expected 3 to 5 by the sources file",
        "3 new articles, expected 3 to 5 by the sources file",
        "5 new articles, expected 3 to 5 by the sources file",
        "6 new articles, expected 3 to 5 by the sources file",
        "1 new article; the day may not be over",
    ]


def test_a_day_that_has_too_many_before_it_is_over_is_too_high_already(con: Con) -> None:
    load_days(con, make_day(0, 1), make_day(1, 6))
    expect(con, (*ALWAYS, "article_count", None, 5))
    assert judge(con)[1] == (None, 5, "file", "high")


def test_a_block_holds_for_its_time_only(con: Con) -> None:
    load_days(con, *(make_day(day, 4) for day in range(4)))
    moved = (MONDAY + timedelta(days=2)).replace(hour=0)
    expect(con, ("a.example", moved, END, "article_count", 5, None))
    assert [status for *_, status in judge(con)] == ["too_little_data", "too_little_data", "low", "too_little_data"]


@pytest.mark.parametrize(
    ("count", "status"),
    [(5, "low"), (6, "met"), (34, "met"), (35, "high")],
)
def test_a_number_far_from_the_median_of_the_days_before_is_not_met(con: Con, count: int, status: str) -> None:
    load_days(con, *(make_day(day, 20) for day in range(8)), make_day(8, count), make_day(9, 1))
    assert judge(con)[8] == (6, 34, "history", status)
    assert read_reasons(con)[8] == f"{count} new articles, expected 6 to 34 after the 7 days before"


def test_one_day_less_is_too_little_to_learn_from(con: Con) -> None:
    load_days(con, *(make_day(day, 20) for day in range(7)), make_day(7, 1), make_day(8, 1))
    assert judge(con)[7] == (None, None, "none", "too_little_data")
    assert read_reasons(con)[7] == "1 new article; nothing to compare with: 6 days before, 7 are needed"


def test_a_bad_day_among_those_before_changes_nothing(con: Con) -> None:
    counts = (20, 20, 20, 1, 20, 20, 20, 20, 20)
    load_days(con, *(make_day(day, count) for day, count in enumerate(counts)), make_day(9, 5), make_day(10, 1))
    assert judge(con)[9] == (6, 34, "history", "low")


def test_a_quiet_day_of_the_week_is_met(con: Con) -> None:
    counts = [4 if day % 7 in {5, 6} else 20 for day in range(14)]
    load_days(con, *(make_day(day, count) for day, count in enumerate(counts)), make_day(14, 1))
    saturday = judge(con)[12]
    assert saturday == (4, 34, "history", "met")


def test_a_source_of_three_articles_a_day_does_not_cry_wolf(con: Con) -> None:
    load_days(con, *(make_day(day, 3) for day in range(20)), make_day(21, 1), make_day(22, 9), make_day(23, 1))
    assert {status for *_, status in judge(con)} == {"too_little_data"}
    assert read_reasons(con)[20] == "1 new article; usually fewer than 10 a day, which vary by chance"
    assert {status for *_, status in judge(con, "author_ratio")} == {"too_little_data"}


def test_a_day_on_which_nobody_asked_is_not_judged_and_the_next_may_bring_both(con: Con) -> None:
    load_days(con, *(make_day(day, 20) for day in range(8)), make_day(9, 40), make_day(10, 40), make_day(11, 1))
    ask(con, *range(8), 9, 10, 11)
    gap, after, later, _ = judge(con)[8:]
    assert gap == (6, 34, "history", "too_little_data")
    assert after == (6, 68, "history", "met")
    assert later == (6, 34, "history", "high")
    assert read_reasons(con)[8:10] == [
        "0 new articles; nobody asked on that day",
        "40 new articles, expected 6 to 68, for 2 days after the 7 days before",
    ]


def test_a_day_on_which_nobody_asked_is_low_when_the_sources_file_wants_more(con: Con) -> None:
    load_days(con, make_day(0, 20), make_day(2, 20))
    ask(con, 0, 2)
    expect(con, (*ALWAYS, "article_count", 10, None))
    assert judge(con)[1] == (10, None, "file", "low")
    assert read_reasons(con)[1] == (
        "0 new articles, expected at least 10 by the sources file; nobody asked on that day"
    )


def test_a_feed_that_does_not_answer_is_low_and_teaches_nothing(con: Con) -> None:
    load_days(con, *(make_day(day, 20) for day in range(8)), make_day(9, 20), make_day(10, 1))
    ask(con, *range(11), lost=[8])
    rows = judge(con)
    assert rows[8] == (6, 34, "history", "low")
    assert read_reasons(con)[8].endswith("; nothing answered on that day")
    counted = "select history_day_count from fact_source_expectation where measure = 'article_count' order by date_key"
    assert fetch(con, counted)[8:] == [7, 7, 8]


@pytest.mark.parametrize(("signed_count", "status"), [(16, "low"), (17, "met")])
def test_a_part_that_falls_by_more_than_fifteen_points_is_not_met(con: Con, signed_count: int, status: str) -> None:
    days = [make_day(day, 10, author="Cy Orr") for day in range(7)]
    last = [
        (observation, version | {"author": "Cy Orr"} if number < signed_count else version)
        for number, (observation, version) in enumerate(make_day(7, 20))
    ]
    load_days(con, *days, last)
    assert judge(con, "author_ratio")[7] == (0.85, None, "history", status)
    assert read_reasons(con, "author_ratio")[7] == (
        f"{signed_count} of 20 articles name an author ({signed_count / 20:.2f}), "
        "expected at least 0.85 after the 7 days before"
    )


@pytest.mark.parametrize(
    ("measure", "changes", "words"),
    [
        ("date_ratio", {"published_at": None}, "0 of 10 articles are dated (0.00)"),
        ("section_ratio", {"section": None}, "0 of 10 articles name their section (0.00)"),
        ("language_ratio", {"language_code": "fr"}, "0 of 10 articles are in its language (0.00)"),
        ("word_count_median", {"word_count": 1}, "1 words in the median of 10 articles"),
    ],
)
def test_what_articles_are_without_is_low(con: Con, measure: str, changes: Row, words: str) -> None:
    load_days(con, *(make_day(day, 10) for day in range(7)), make_day(7, 10, **changes))
    assert [status for *_, status in judge(con, measure)][6:] == ["too_little_data", "low"]
    assert read_reasons(con, measure)[7].startswith(words)


def test_any_language_will_do_for_an_outlet_that_has_none(con: Con) -> None:
    load_days(con, make_day(0, 10, language_code="fr"), make_day(1, 10, language_code="und"), language=None)
    refresh_expectations(con)
    query = "select observed_value from fact_source_expectation where measure = 'language_ratio' order by date_key"
    assert fetch(con, query) == [1.0, 0.0]


def test_pages_that_are_refused_are_compared_with_those_before(con: Con) -> None:
    pages = [
        make_fetch(f"https://a.example/{number}", MONDAY, outcome="failed", reason="timed_out") for number in range(10)
    ]
    load_days(con)
    load_fetches(con, frame_fetches(*pages))
    ask(con, 0)
    expect(con, (*ALWAYS, "rejected_ratio", None, 0.2))
    assert judge(con, "rejected_ratio") == [(None, 0.2, "file", "high")]
    assert read_reasons(con, "rejected_ratio") == [
        "10 of 10 pages did not come or were refused (1.00), expected at most 0.2 by the sources file"
    ]


def test_an_article_counts_on_the_day_of_its_first_document_whatever_came_first(con: Con) -> None:
    for day in (3, 1):
        row = make_observation("one", "c1", ingested_at=MONDAY + timedelta(days=day))
        observe(con, row)
    load_versions(con, frame_versions(make_version(1, "one", "c1")), run_key=1, ingested_at=LOADED_AT)
    load_sources(con, frame_sources(make_source()), loaded_at=LOADED_AT)
    sign(con)
    refresh_expectations(con)
    query = "select date_key, observed_count from fact_source_expectation where measure = 'article_count'"
    assert fetch(con, query) == [(20261103, 1)]


def test_judging_again_changes_nothing(con: Con) -> None:
    load_days(con, *(make_day(day, 20) for day in range(9)), make_day(9, 1))
    ask(con, *range(10))
    expect(con, (*ALWAYS, "author_ratio", 0.5, None))
    tables = []
    for _ in range(2):
        refresh_expectations(con)
        tables.append(fetch(con, "select * from fact_source_expectation order by all"))
    assert tables[0] == tables[1] != []
