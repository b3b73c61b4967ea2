"""Load what is expected of outlets, and whether it came true.

Every function is one transaction, as in ``warehouse.load``; they are called once articles, authors, outlets and
coverage are loaded. What a row says follows from what is in the warehouse and the sources file alone, so that the order
of loads does not matter. The connection remembers what it changed; as a day is judged by those before it, the rows of
each outlet are made anew from the first day on that may have changed.

The bounds of what was usual follow the anomaly tests of Elementary (https://docs.elementary-data.com), with the median
in place of the mean: a training period of days, a least number of them, and a sensitivity in units of the spread.
"""

from typing import Final

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.scripts import run_tables

HISTORY_DAY_COUNT: Final = 28
"""Days before the one that is judged, on which the outlet was asked, or due: four weeks have four of each weekday."""

MIN_HISTORY_DAY_COUNT: Final = 7
"""Of these, days with enough to learn from; Elementary's min_training_set_size, and each weekday once."""

TOLERANCE: Final = 3.0
"""How many spreads from the median are usual; Elementary's anomaly_sensitivity."""

MAD_SCALE: Final = 1.4826
"""From a median absolute deviation to the standard deviation of a normal distribution (https://doi.org/10.1080/01621459.1993.10476408)."""

MIN_OBSERVED_COUNT: Final = 10
"""Articles, or pages, that a part or a median is judged on: of three, one without an author is no news."""

MIN_USUAL_COUNT: Final = 10
"""Articles a day, in the median, from which on their number is judged by history.

With fewer no day, not even one without any, is further from the median than chance takes it: a count varies by its
square root, and 9 - 3 * 3 = 0.
"""

RATIO_SPREAD: Final = 0.05
"""The least spread of a part: within 15 points of the usual nothing is said, though it never changed before."""

WORD_COUNT_SPREAD: Final = 0.1
"""The least spread of the median number of words, as a part of it."""


def load_source_expectations(con: duckdb.DuckDBPyConnection, expectations: pl.DataFrame) -> None:
    """Keep what the sources file expects, instead of what an earlier one did.

    Args:
        con: A connection to the file under construction.
        expectations: SOURCE_EXPECTATION rows.
    """
    with registered(con, incoming_source_expectation=expectations), transaction(con):
        run_tables(con, "expectations", "change_log", "source_expectation")


def refresh_expectations(con: duckdb.DuckDBPyConnection, *, is_whole: bool = False) -> None:
    """Judge the days of every outlet, from the first on that may have changed.

    Args:
        con: The connection that loaded articles, authors, outlets and coverage.
        is_whole: Judge all days anew, whatever was loaded: for a new connection, or a new rule.
    """
    with transaction(con):
        former = _find_last_day(con)
        _judge_days(con, is_whole=is_whole)
        latter = _find_last_day(con)
        # A last day may go, when its articles turn out to be older: which is the last then is said of all outlets.
        if not is_whole and former is not None and (latter is None or latter < former):
            _judge_days(con, is_whole=True)


def _find_last_day(con: duckdb.DuckDBPyConnection) -> int | None:
    """Return the last day that is judged, as date_key."""
    (last_day,) = con.execute("select max(date_key) from fact_source_expectation").fetchall()[0]
    return last_day if last_day is None else int(last_day)


def _judge_days(con: duckdb.DuckDBPyConnection, *, is_whole: bool) -> None:
    """Judge the days that have to be, in four steps: which, what they had, what is usual, the verdict."""
    learning = {"history_day_count": HISTORY_DAY_COUNT, "min_observed_count": MIN_OBSERVED_COUNT}
    run_tables(con, "coverage", "change_log")
    run_tables(con, "expectations", "change_log", "remade_outlet", is_whole=is_whole)
    (since_date,) = con.execute("select min(since_date) from remade_outlet").fetchall()[0]
    if since_date is None:
        return
    run_tables(con, "expectations", "observed_day", since_date=since_date)
    run_tables(con, "expectations", "year_in_use")
    run_tables(con, "calendar", "dim_date")
    run_tables(con, "expectations", "observed_measure", "earlier_measure", **learning)
    run_tables(
        con,
        "expectations",
        "usual_range",
        history_day_count=HISTORY_DAY_COUNT,
        tolerance=TOLERANCE,
        mad_scale=MAD_SCALE,
        ratio_spread=RATIO_SPREAD,
        word_count_spread=WORD_COUNT_SPREAD,
    )
    run_tables(
        con,
        "expectations",
        "fact_source_expectation",
        min_history_day_count=MIN_HISTORY_DAY_COUNT,
        min_observed_count=MIN_OBSERVED_COUNT,
        min_usual_count=MIN_USUAL_COUNT,
    )
