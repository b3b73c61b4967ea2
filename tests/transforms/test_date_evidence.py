"""Which of several dates counts, in whose zone, and which are evidence only."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from transforms.date_evidence import Evidence, list_hint_dates, list_shown_dates, resolve_day, weigh_dates
from transforms.dateline import Dateline
from transforms.fields import WrittenDate

FETCHED_AT = datetime(2024, 2, 20, 12, tzinfo=UTC)


def weigh(*written: tuple[str, str], fetched_at: datetime = FETCHED_AT, **hints: Any) -> Evidence:
    return weigh_dates([WrittenDate(*item) for item in written], hints=hints, fetched_at=fetched_at)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_without_dates_nothing_is_known() -> None:
    evidence = weigh()
    assert (evidence.candidates, evidence.published_at, evidence.modified_at) == ([], None, None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            [("meta_published", "2024-02-10T09:00Z"), ("jsonld_published", "2024-02-01T09:00Z")],
            "2024-02-01T09:00",
            id="the most trusted, in whatever order",
        ),
        pytest.param(
            [("jsonld_published", "2024-02-01T09:00Z"), ("meta_published", "2024-02-10T09:00Z"), ("url", "2024/02/10")],
            "2024-02-10T09:00",
            id="two that agree, of different origin",
        ),
        pytest.param(
            [
                ("jsonld_published", "2024-02-01T09:00Z"),
                ("meta_published", "2024-02-10"),
                ("time_published", "2024-02-10"),
            ],
            "2024-02-01T09:00",
            id="a page agrees with itself",
        ),
        pytest.param(
            [("record_published", "2024-02-10"), ("meta_published", "2024-02-10T09:00Z")],
            "2024-02-10T09:00",
            id="the time on the day that counts",
        ),
        pytest.param(
            [("jsonld_published", "2034-02-10T09:00Z"), ("url", "2024/02/10")], "2024-02-10", id="not after the fetch"
        ),
        pytest.param(
            [
                ("jsonld_published", "2024-02-15T09:00Z"),
                ("jsonld_modified", "2024-02-11"),
                ("time_published", "2024-02-10"),
            ],
            "2024-02-10",
            id="not after the last change",
        ),
        pytest.param(
            [("jsonld_published", "2024-02-15T09:00Z"), ("jsonld_modified", "2024-02-11")],
            "2024-02-15T09:00",
            id="after the last change when there is no other",
        ),
        pytest.param([("meta_published", "1970-01-01T00:00:00Z"), ("url", "2024-02-10")], "2024-02-10", id="a zero"),
        pytest.param([("record_published", "1707386400")], "2024-02-08T10:00", id="seconds"),
        pytest.param([("record_published", "1707386400000")], "2024-02-08T10:00", id="milliseconds"),
        pytest.param([("record_published", "20240208")], "2024-02-08", id="a number that is a day"),
        pytest.param([("record_published", "26-FEB-1987 15:01:01.79")], "1987-02-26T15:01:01.790000", id="wire"),
        pytest.param(
            [("record_published", "26-FEB-1987 15:01:01.79&#9;&#9;RM")], "1987-02-26T15:01:01.790000", id="remark"
        ),
        pytest.param(
            [("record_published", "26-FEB-1987 15:01:01.79&#5;&#5;A")], "1987-02-26T15:01:01.790000", id="remark 2"
        ),
        pytest.param([("record_published", "26-FEB-1987 15:01\t\tA")], "1987-02-26T15:01", id="remark 3"),
        pytest.param([("dateline", "Feb 10, 2024")], "2024-02-10", id="a dateline with its year"),
        pytest.param([("dateline", "Feb 10")], None, id="a dateline without"),
        pytest.param([("warc", "2024-02-20T12:00:00+00:00")], None, id="when it was archived"),
        pytest.param([("http_last_modified", "Tue, 20 Feb 2024 12:00:00 GMT")], None, id="when it was served"),
        pytest.param([("jsonld_modified", "2024-02-11")], None, id="when it was changed"),
        pytest.param([("record_published", "2024-02-21T11:00Z")], "2024-02-21T11:00", id="within a day of the fetch"),
        pytest.param([("record_published", "2024-02-21T13:00Z")], None, id="a day and an hour after the fetch"),
    ],
)
def test_one_date_is_chosen(written: list[tuple[str, str]], expected: str | None) -> None:
    assert weigh(*written).published_at == (None if expected is None else at(expected))


def test_what_cannot_be_read_is_kept() -> None:
    rows = weigh(("record_published", "02/08/2024"), ("time_published", "yesterday")).to_rows(None)
    assert [(row["raw_text"], row["candidate_at"], row["is_chosen"]) for row in rows] == [
        ("02/08/2024", None, False),
        ("yesterday", None, False),
    ]


@pytest.mark.parametrize(
    ("text", "hints", "expected", "zone_source"),
    [
        pytest.param("2024-02-08T15:00+02:00", {"timezone": "Asia/Tokyo"}, "2024-02-08T13:00", "text", id="text"),
        pytest.param("2024-02-08T15:00", {"timezone": "Asia/Tokyo"}, "2024-02-08T06:00", "source", id="source"),
        pytest.param("2024-02-08T15:00", {}, "2024-02-08T15:00", "assumed", id="neither"),
        pytest.param("2024-02-08", {"timezone": "Asia/Tokyo"}, "2024-02-08", "assumed", id="a day has no zone"),
        pytest.param("2024-02-08T15:00", {"timezone": "Nowhere/At_All"}, "2024-02-08T15:00", "assumed", id="unknown"),
        pytest.param("02/08/2024", {"country": "US"}, "2024-02-08", "assumed", id="month first"),
        pytest.param("02/08/2023", {"country": "GB"}, "2023-08-02", "assumed", id="day first"),
        pytest.param("1707386400", {"timezone": "Asia/Tokyo"}, "2024-02-08T10:00", "text", id="a count is UTC"),
    ],
)
def test_the_outlet_says_what_the_text_leaves_open(
    text: str, hints: dict[str, Any], expected: str, zone_source: str
) -> None:
    (row,) = weigh(("record_published", text), **hints).to_rows(None)
    assert (row["candidate_at"], row["zone_source"], row["is_chosen"]) == (at(expected), zone_source, True)


@pytest.mark.parametrize("country", ["CA", None])
def test_a_country_with_both_orders_does_not_settle_a_date(country: str | None) -> None:
    assert weigh(("record_published", "02/08/2023"), country=country).published_at is None


def test_a_file_older_than_the_web_bounds_nothing() -> None:
    evidence = weigh(("record_published", "2024-02-08"), fetched_at=datetime(1980, 1, 1, tzinfo=UTC))
    assert evidence.published_at == at("2024-02-08")


def test_the_last_change_is_the_most_trusted_sound_one() -> None:
    evidence = weigh(
        ("meta_modified", "2024-02-12"), ("jsonld_modified", "2124-02-12"), ("listing_modified", "2024-02-13")
    )
    assert evidence.modified_at == at("2024-02-12")


def test_exactly_one_candidate_is_marked() -> None:
    evidence = weigh(("jsonld_published", "2024-02-08"), ("meta_published", "2024-02-08"), ("url", "2024/02/08"))
    assert [row["is_chosen"] for row in evidence.to_rows(None)] == [True, False, False]


def test_a_dateline_gets_the_day_it_means() -> None:
    (row,) = weigh(("dateline", "Feb 8")).to_rows(at("2024-02-08"))
    assert (row["candidate_at"], row["zone_source"], row["is_chosen"]) == (at("2024-02-08"), "assumed", False)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://gull.example/2024/02/08/ferry", ["2024/02/08"], id="slashes"),
        pytest.param("https://gull.example/news/2024-02-08-ferry", ["2024-02-08"], id="dashes"),
        pytest.param("https://gull.example/2024/feb/08/ferry", ["2024/feb/08"], id="a month in letters"),
        pytest.param("https://gull.example/20240208/ferry", ["20240208"], id="eight digits"),
        pytest.param("https://gull.example/2024/02/ferry", [], id="a month is no day"),
        pytest.param("https://gull.example/a/20240208123", [], id="a longer number"),
        pytest.param(None, [], id="none"),
    ],
)
def test_an_address_may_have_a_day(url: str | None, expected: list[str]) -> None:
    assert [item.text for item in list_shown_dates(url, [], None)] == expected


@pytest.mark.parametrize("text", ["2024/02/08", "2024-2-8", "2024/feb/08", "20240208"])
def test_the_day_of_an_address_is_read(text: str) -> None:
    assert weigh(("url", text)).published_at == at("2024-02-08")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published 8 February 2024", [("text_published", "8 February 2024")]),
        (
            "First published on Thursday, February 8, 2024 at 3:04 p.m. EST",
            [("text_published", "Thursday, February 8, 2024 at 3:04 p.m. EST")],
        ),
        (
            "Posted: 2024-02-08 15:04 | Last updated: 9 Feb 2024, 10:00",
            [("text_published", "2024-02-08 15:04"), ("text_modified", "9 Feb 2024, 10:00")],
        ),
        ("A study published 8 February 2024 says so.", []),
        ("Published by the harbour board.", []),
        ("Published 8 February 2024" + " and so on" * 20, []),
    ],
)
def test_a_line_may_say_when_it_was_published(line: str, expected: list[tuple[str, str]]) -> None:
    assert list(list_shown_dates(None, ["Rain", line, "It fell."], None)) == [WrittenDate(*item) for item in expected]


def test_only_the_ends_of_a_text_are_looked_at() -> None:
    assert list(list_shown_dates(None, ["Rain."] * 9 + ["Published 8 February 2024"] + ["Rain."] * 9, None)) == []


def test_the_dateline_and_the_hints_are_dates_too() -> None:
    dateline = Dateline("OSLO, Feb 8 -", "OSLO", None, "Feb 8")
    assert list(list_shown_dates(None, [], dateline)) == [WrittenDate("dateline", "Feb 8")]
    hints = {"published": "a", "modified": "b", "last_modified": "c", "title": "d"}
    methods = ["listing_published", "listing_modified", "http_last_modified"]
    assert [item.method for item in list_hint_dates(hints)] == methods


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Feb 8", "2024-02-08", date(2024, 2, 8)),
        ("31 December", "2024-01-02", date(2023, 12, 31)),
        ("Jan. 1", "2023-12-31", date(2024, 1, 1)),
        ("Feb 29", "2024-03-01", date(2024, 2, 29)),
        ("Feb 30", "2024-03-01", None),
        ("Feb 8, 2021", "2024-02-08", date(2021, 2, 8)),
        ("Feb 8", None, None),
        ("Foo 8", "2024-02-08", None),
    ],
)
def test_the_year_of_a_day_is_that_of_the_article(text: str, published: str | None, expected: date | None) -> None:
    assert resolve_day(text, None if published is None else at(published)) == expected
