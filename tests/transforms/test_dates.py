"""Points in time as news sources write them."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.dates import MAX_CHAR_COUNT, MAX_YEAR, MIN_YEAR, parse_timestamp


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2017-02-07", "2017-02-07", id="day"),
        pytest.param("20170207", "2017-02-07", id="day without dashes"),
        pytest.param("2017-W06-2", "2017-02-07", id="week date"),
        pytest.param("2017-02-07T10:30", "2017-02-07T10:30", id="no zone is UTC"),
        pytest.param("2017-02-07 10:30:15", "2017-02-07T10:30:15", id="blank for T"),
        pytest.param("2017-02-07T10:30:00Z", "2017-02-07T10:30", id="Z"),
        pytest.param("2017-02-07T01:30:00+02:00", "2017-02-06T23:30", id="east of Greenwich, the day before"),
        pytest.param("2017-02-07T22:30:00-0500", "2017-02-08T03:30", id="west of Greenwich, the day after"),
        pytest.param("2017-02-07T10:30:00.123456789Z", "2017-02-07T10:30:00.123456", id="nanoseconds are cut"),
        pytest.param("20170207T103000Z", "2017-02-07T10:30", id="compact with T"),
        pytest.param("20170207103000", "2017-02-07T10:30", id="fourteen digits"),
        pytest.param("20170207 10:30", "2017-02-07T10:30", id="eight digits and a time"),
        pytest.param("  2017-02-07\n", "2017-02-07", id="white space around"),
        pytest.param("٢٠١٧-٠٢-٠٧", "2017-02-07", id="Arabic digits"),
    ],
)
def test_iso_8601_is_read(text: str, expected: str) -> None:
    assert parse_timestamp(text) == at(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Tue, 07 Feb 2017 10:30:00 GMT", "2017-02-07T10:30", id="GMT"),
        pytest.param("Tue, 07 Feb 2017 10:30:00 +0530", "2017-02-07T05:00", id="offset"),
        pytest.param("7 Feb 2017 10:30 EST", "2017-02-07T15:30", id="American zone, no week day, no seconds"),
        pytest.param("Tue, 07 Feb 17 10:30:00 UT", "2017-02-07T10:30", id="year of two digits"),
        pytest.param("Mon, 07 Feb 87 10:30:00 GMT", "1987-02-07T10:30", id="year of two digits of the last century"),
        pytest.param("Mon, 07 Feb 2017 10:30:00 GMT", "2017-02-07T10:30", id="the wrong day of the week"),
    ],
)
def test_rfc_2822_is_read(text: str, expected: str) -> None:
    assert parse_timestamp(text) == at(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01.790000", id="wire copy of 1987"),
        pytest.param("Feb 8, 2024 3:04 p.m. ET", "2024-02-08T20:04", id="American, eastern time"),
        pytest.param("February 8, 2024 at 12:04 A.M. PT", "2024-02-08T08:04", id="just after midnight, Pacific time"),
        pytest.param("8 February 2024", "2024-02-08", id="British"),
        pytest.param("8th February 2024, 3pm", "2024-02-08T15:00", id="ordinal"),
        pytest.param("Thursday, February 8, 2024", "2024-02-08", id="day of the week"),
        pytest.param("2024/02/08 15:04", "2024-02-08T15:04", id="year first with slashes"),
        pytest.param("2024.02.08", "2024-02-08", id="year first with dots"),
        pytest.param("13/02/2024", "2024-02-13", id="day first, as a month it would be the thirteenth"),
        pytest.param("02/13/2024", "2024-02-13", id="month first, for the same reason"),
        pytest.param("8/8/2024", "2024-08-08", id="the same both ways"),
        pytest.param("8 Feb 2024 15:04 BST", "2024-02-08T14:04", id="British summer time"),
        pytest.param("8 Feb 2024 15:04 IST", "2024-02-08T15:04", id="a zone name of several meanings is UTC"),
        pytest.param("8 Feb 2024 15:04 XYZ", "2024-02-08T15:04", id="a zone that nobody knows is UTC"),
    ],
)
def test_written_dates_are_read(text: str, expected: str) -> None:
    assert parse_timestamp(text) == at(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Mar 10, 2024 1:59 a.m. ET", "2024-03-10T06:59", id="before clocks go forward"),
        pytest.param("Mar 10, 2024 3:00 a.m. ET", "2024-03-10T07:00", id="after clocks go forward"),
        pytest.param("Mar 10, 2024 2:30 a.m. ET", "2024-03-10T07:30", id="a time that was not: as if still winter"),
        pytest.param("Nov 3, 2024 1:30 a.m. ET", "2024-11-03T05:30", id="a time that was twice: the first"),
        pytest.param("Nov 3, 2024 2:00 a.m. ET", "2024-11-03T07:00", id="after clocks go back"),
        pytest.param("July 4, 2024 9:00 a.m. CT", "2024-07-04T14:00", id="Chicago in summer"),
        pytest.param("Jan 4, 2024 9:00 a.m. MT", "2024-01-04T16:00", id="Denver in winter"),
    ],
)
def test_american_zones_follow_winter_and_summer(text: str, expected: str) -> None:
    assert parse_timestamp(text) == at(expected)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("02/08/2024", id="8 February or 2 August"),
        pytest.param("08.02.2024", id="the same with dots"),
        pytest.param("02/08/24 10:30", id="the same with a short year"),
        pytest.param("12 May", id="no year"),
        pytest.param("May 2024", id="no day"),
        pytest.param("2024", id="year alone"),
        pytest.param("10:30", id="time alone"),
        pytest.param("Thursday 10:30", id="day of the week alone"),
    ],
)
def test_a_date_with_two_readings_or_a_gap_is_none(text: str) -> None:
    assert parse_timestamp(text) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2023-02-29", id="no leap year"),
        pytest.param("30 Feb 2024", id="30 February"),
        pytest.param("2024-13-01", id="month 13"),
        pytest.param("2024-02-08T25:00", id="hour 25"),
        pytest.param("2024-02-08T10:61", id="minute 61"),
        pytest.param("2024-02-08T10:30+25:00", id="offset of a day"),
        pytest.param("02082024 10:30", id="eight digits, the year last"),
        pytest.param("20172030103000", id="fourteen digits, month 20"),
        pytest.param("0000-00-00 00:00:00", id="the null date of databases"),
        pytest.param("170207", id="six digits"),
        pytest.param("1486461000", id="seconds since 1970"),
        pytest.param("1701011200", id="seconds since 1970 that look like a date"),
        pytest.param("1486461000000", id="milliseconds since 1970"),
        pytest.param("٢٠١٧٠٢", id="six Arabic digits"),
        pytest.param("²⁰²⁴-02-08", id="superscripts"),
        pytest.param("", id="empty"),
        pytest.param("   ", id="blank"),
        pytest.param("yesterday", id="word"),
        pytest.param("n/a", id="not available"),
        pytest.param("article 7", id="a number that is no date"),
        pytest.param("1" * 10_000, id="10,000 digits"),
        pytest.param("2024-02-08 " * 1_000, id="a thousand dates"),
        pytest.param("9" * 40 + ":00", id="an hour of forty digits"),
    ],
)
def test_what_is_no_point_in_time_is_none(text: str) -> None:
    assert parse_timestamp(text) is None


def test_white_space_does_not_make_a_date_too_long() -> None:
    assert parse_timestamp(" " * 10_000 + "2024-02-08" + " " * 10_000) == at("2024-02-08")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{MIN_YEAR}-01-01", f"{MIN_YEAR}-01-01", id="first day"),
        pytest.param(f"{MIN_YEAR - 1}-12-31T23:59", None, id="the minute before"),
        pytest.param(
            f"{MIN_YEAR - 1}-12-31T23:59-01:00", f"{MIN_YEAR}-01-01T00:59", id="the minute before, to the west"
        ),
        pytest.param(f"{MAX_YEAR}-12-31T23:59", f"{MAX_YEAR}-12-31T23:59", id="last minute"),
        pytest.param(f"{MAX_YEAR}-12-31T23:59-01:00", None, id="last minute, to the west"),
        pytest.param("0001-01-01T00:00+14:00", None, id="before the calendar"),
        pytest.param("9999-12-31T23:59-10:00", None, id="after the calendar"),
    ],
)
def test_years_have_bounds(text: str, expected: str | None) -> None:
    assert parse_timestamp(text) == (None if expected is None else at(expected))


PIECES = (
    "2017 02 Feb 8 12 30 : - / . , T Z + 02:00 GMT ET am p.m. Mon ٣ ² ½ e5 nan inf 0x1 th of ' W06 ( ) % \0 \ud83d"
).split(" ")


@given(
    st.text(max_size=MAX_CHAR_COUNT)
    | st.lists(st.sampled_from([*PIECES, " ", "9" * 20]), max_size=10).map("".join)
    | st.from_regex(
        re.compile(r"\d{1,4}[-/. ]\w{1,3}[-/. ]\d{1,4}( \d{1,2}:\d{1,2}( [A-Z+-]\w{1,5})?)?"), fullmatch=True
    )
)
@example("st02:009999999999999999999930799999999999999999999")
def test_any_text_is_a_time_in_bounds_or_none(text: str) -> None:
    moment = parse_timestamp(text)
    assert moment is None or (moment.tzinfo is UTC and MIN_YEAR <= moment.year <= MAX_YEAR)


@given(
    st.datetimes(
        datetime(MIN_YEAR, 1, 2),  # noqa: DTZ001  the zones are given apart
        datetime(MAX_YEAR, 12, 30),  # noqa: DTZ001  the same
        timezones=st.timezones(),
    )
)
def test_what_iso_8601_writes_is_read_back(moment: datetime) -> None:
    assert parse_timestamp(moment.isoformat()) == datetime.fromisoformat(moment.isoformat()).astimezone(UTC)
