"""Articles that were taken back: what speaks for it and what contradicts it, in whatever order it is loaded."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    fetch,
    frame_fetches,
    frame_versions,
    load_article,
    make_fetch,
    make_notice,
    make_observation,
    make_provenance,
    make_version,
    observe,
    withdraw,
)
from warehouse.load import load_versions
from warehouse.load_sources import load_fetches

Con = duckdb.DuckDBPyConnection

URL, OTHER_URL = "https://a.example/1", "https://a.example/1?amp"
DAYS = [datetime(2026, 11, day, 8, tzinfo=UTC) for day in range(10, 20)]
PLAIN = [day.replace(tzinfo=None) for day in DAYS]


def serve(con: Con, *answers: tuple[int, object], url: str = URL) -> None:
    """Load article one, which was read from a page as raw-c1, and what its server answered: day, and status or hash."""
    rows = []
    for day, answer in answers:
        row: Row = {"fetched_at": DAYS[day], "outcome": "fetched", "raw_hash": answer}
        if answer == 304:
            row |= {"outcome": "unmodified", "raw_hash": None}
        elif isinstance(answer, int):
            row |= {"outcome": "failed", "reason": "http_error", "detail": f"{answer} Of some kind", "raw_hash": None}
        rows.append(make_fetch(url, **row))
    observe(con, make_observation("one", "c1"), provenance=[page("c1", url=url)])
    load_versions(con, frame_versions(make_version(1, "one", "c1")), run_key=1, ingested_at=LOADED_AT)
    load_fetches(con, frame_fetches(*rows))


def page(content: str, url: str = URL) -> Row:
    """Return the provenance of a content that was read from a page."""
    return make_provenance("one", content, ingested_uri=url, raw_hash=f"raw-{content}")


def read_marks(con: Con) -> list[Any]:
    """Return whether article one is withdrawn and since when, for each version."""
    return fetch(con, "select is_withdrawn, withdrawn_at from dim_article where article_id = 'one' order by version")


def read_evidence(con: Con) -> list[Any]:
    """Return what speaks for it."""
    columns = "method, evidence_count, first_at, last_at, is_decisive"
    return fetch(con, f"select {columns} from article_withdrawal order by all")  # noqa: S608  columns of the test


def test_a_page_that_is_gone_for_good_is_withdrawn_at_once(con: Con) -> None:
    serve(con, (0, "raw-c1"), (1, 410), (2, 410))
    withdraw(con)
    assert read_evidence(con) == [("http_410", 2, PLAIN[1], PLAIN[2], True)]
    assert read_marks(con) == [(True, PLAIN[1])]


def test_a_page_that_is_missing_once_is_evidence_and_no_more(con: Con) -> None:
    serve(con, (0, "raw-c1"), (1, 404))
    withdraw(con)
    assert read_evidence(con) == [("http_404", 1, PLAIN[1], PLAIN[1], False)]
    assert read_marks(con) == [(False, None)]


def test_a_page_that_is_missing_on_two_days_is_withdrawn_since_the_first(con: Con) -> None:
    serve(con, (0, "raw-c1"), (1, 404), (3, 404))
    withdraw(con)
    assert read_evidence(con) == [("http_404", 2, PLAIN[1], PLAIN[3], True)]
    assert read_marks(con) == [(True, PLAIN[1])]


def test_a_page_that_is_missing_all_of_one_day_is_not(con: Con) -> None:
    serve(con, (0, "raw-c1"))
    hours = [
        make_fetch(URL, DAYS[1] + timedelta(hours=hour), outcome="failed", reason="http_error", detail="404 Not Found")
        for hour in range(9)
    ]
    load_fetches(con, frame_fetches(*hours))
    withdraw(con)
    assert read_marks(con) == [(False, None)]


@pytest.mark.parametrize("answer", ["raw-c1", 304])
def test_an_article_that_comes_back_is_not_withdrawn_any_longer(con: Con, answer: object) -> None:
    serve(con, (0, "raw-c1"), (1, 410), (2, 410))
    withdraw(con)
    serve(con, (3, answer))
    withdraw(con)
    assert read_evidence(con) == []
    assert read_marks(con) == [(False, None)]


def test_an_article_that_goes_again_is_withdrawn_since_then(con: Con) -> None:
    serve(con, (0, "raw-c1"), (1, 410), (2, "raw-c1"), (4, 410))
    withdraw(con)
    assert read_marks(con) == [(True, PLAIN[4])]


@pytest.mark.parametrize("answer", [500, 403, "raw-of-the-front-page"])
def test_other_answers_say_nothing(con: Con, answer: object) -> None:
    serve(con, (0, "raw-c1"), (1, answer), (2, answer))
    withdraw(con)
    assert read_marks(con) == [(False, None)]
    serve(con, (3, 410), (4, answer))
    withdraw(con)
    assert read_marks(con) == [(True, PLAIN[3])]


def test_an_article_with_an_address_that_is_left_is_not_withdrawn_until_that_goes(con: Con) -> None:
    serve(con, (0, "raw-c1"), (1, 410))
    serve(con, (0, "raw-c1"), (1, 304), url=OTHER_URL)
    withdraw(con)
    assert read_marks(con) == [(False, None)]
    serve(con, (5, 410), url=OTHER_URL)
    withdraw(con)
    assert read_marks(con) == [(True, PLAIN[5])]


def test_all_versions_are_marked_and_stay_what_they_are(con: Con) -> None:
    serve(con, (0, "raw-c1"), (3, 410))
    load_article(
        con,
        make_version(1, "one", "c1", valid_to=DAYS[1], is_current=False),
        make_version(2, "one", "c2", version=2, valid_from=DAYS[1]),
    )
    withdraw(con)
    assert read_marks(con) == [(True, PLAIN[3]), (True, PLAIN[3])]
    assert fetch(con, "select is_current from dim_article where article_id = 'one' order by version") == [False, True]


def test_a_page_that_says_that_it_is_retracted_is_withdrawn_until_it_no_longer_says_so(con: Con) -> None:
    serve(con, (0, "raw-c1"), (1, "raw-c2"), (2, 304))
    observe(con, make_observation("one", "c2"), provenance=[page("c2")])
    said = {"method": "creative_work_status", "ingested_uri": URL, "raw_hash": "raw-c2"}
    withdraw(con, make_notice("one", DAYS[0], **said))
    assert read_evidence(con) == [("creative_work_status", 2, PLAIN[1], PLAIN[2], True)]
    assert read_marks(con) == [(True, PLAIN[1])]
    serve(con, (3, "raw-c1"))
    withdraw(con)
    assert read_marks(con) == [(False, None)]


@pytest.mark.parametrize(
    "named",
    [
        pytest.param({"external_id": "another"}, id="by what it would be called"),
        pytest.param({"article_id": "a.example|one.txt"}, id="by the id its outlet gives it"),
    ],
)
def test_a_notice_withdraws_the_article_that_it_names(con: Con, named: Row) -> None:
    serve(con)
    withdraw(con, make_notice("one", DAYS[2]) | named)
    assert read_evidence(con) == [("pub_status", 1, PLAIN[2], PLAIN[2], True)]
    assert read_marks(con) == [(True, PLAIN[2])]


@pytest.mark.parametrize(
    "named",
    [
        pytest.param({"article_id": "two", "external_id": "two"}, id="another article"),
        pytest.param({"article_id": "b|one.txt", "source_id": "b.example"}, id="the same id of another outlet"),
    ],
)
def test_a_notice_of_another_article_withdraws_none(con: Con, named: Row) -> None:
    serve(con)
    withdraw(con, make_notice("one", DAYS[2]) | named)
    assert read_marks(con) == [(False, None)]


@pytest.mark.parametrize(("later", "expected"), [(1, (False, None)), (-1, (True, PLAIN[2])), (0, (True, PLAIN[2]))])
def test_a_notice_is_contradicted_by_a_version_that_dates_itself_later(
    con: Con, later: int, expected: tuple[Any, ...]
) -> None:
    serve(con)
    withdraw(con, make_notice("one", DAYS[2]))
    observe(con, make_observation("one", "c2", modified_at=DAYS[2] + timedelta(hours=later)))
    withdraw(con)
    assert read_marks(con) == [expected]


def test_a_notice_stands_though_the_page_is_still_there(con: Con) -> None:
    serve(con, (0, "raw-c1"), (3, 304))
    withdraw(con, make_notice("one", DAYS[2]))
    assert read_marks(con) == [(True, PLAIN[2])]


def test_a_notice_that_was_fetched_withdraws_what_is_elsewhere(con: Con) -> None:
    serve(con, (0, "raw-c1"))
    notice = make_notice("one", DAYS[2], ingested_uri="https://a.example/kill", raw_hash="k")
    load_fetches(con, frame_fetches(make_fetch("https://a.example/kill", DAYS[3], raw_hash="k")))
    withdraw(con, notice)
    assert read_marks(con) == [(True, PLAIN[2])]


def test_a_notice_that_comes_before_its_article_is_waiting_for_it(con: Con) -> None:
    withdraw(con, make_notice("one", DAYS[2]))
    assert read_evidence(con) == []
    serve(con)
    withdraw(con)
    assert read_marks(con) == [(True, PLAIN[2])]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 1, 2, 0, 1, 2)])
def test_the_order_of_loading_does_not_matter(con: Con, order: Sequence[int]) -> None:
    answers: list[list[tuple[int, object]]] = [[(0, "raw-c1"), (2, 404)], [(1, "raw-c1"), (5, 404)], [(3, 404)]]
    for place in order:
        serve(con, *answers[place])
        withdraw(con, make_notice("one", DAYS[7 + place]))
    assert read_evidence(con) == [
        ("http_404", 3, PLAIN[2], PLAIN[5], True),
        ("pub_status", 3, PLAIN[7], PLAIN[9], True),
    ]
    assert read_marks(con) == [(True, PLAIN[2])]
