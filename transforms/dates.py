"""Points in time as news sources write them."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from dateutil import parser

MIN_YEAR, MAX_YEAR = 1600, 2200
"""Dates out of these years are errors. The oldest newspaper is of 1605."""

MAX_CHAR_COUNT: Final = 80
"""No timestamp is longer; the limit keeps the time of parsing bounded."""

_ZONES: Final = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "PKT": 5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
"""Hours from UTC. RFC 2822 section 4.3 fixes the American names; of names with several meanings (BST, CST) the one that
is used in English-language news most is taken, and IST (India, Israel, Ireland) is left out."""

_REGIONS: Final = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""American names that mean winter or summer time, as the date has it."""

_COMPACT_CHAR_COUNTS: Final = (8, 14)  # yyyymmdd, yyyymmddhhmmss
_YEAR_FIRST: Final = re.compile(r"\D*\d{4}(?:\D|\d{4})")
_DIGITS_ONLY: Final = re.compile(r"\d+")
_HALF_DAY: Final = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)
_REGION: Final = re.compile(r"\s*\b(ET|CT|MT|PT)\b\s*")


class _ParserInfo(parser.parserinfo):
    """The words of dates, with two-digit years as RFC 2822 section 4.3 reads them; dateutil's depend on today."""

    def convertyear(self, year: int, century_specified: bool = False) -> int:  # noqa: FBT001, FBT002  dateutil's signature
        """Return the year that two digits mean: 00 to 49 are of this century."""
        if year >= 100 or century_specified:  # noqa: PLR2004
            return year
        return year + (2000 if year < 50 else 1900)  # noqa: PLR2004


_PARSER: Final = parser.parser(_ParserInfo())
_DEFAULTS: Final = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001  fills gaps: a gap is what differs


def parse_timestamp(text: str) -> datetime | None:
    """Return a point in time in UTC, None when the text does not name exactly one.

    ISO 8601 (calendar and week dates), RFC 2822, and what else dateutil understands: "26-FEB-1987 15:01:01.79",
    "Feb 8, 2024 3:04 p.m. ET". A day is its midnight. A time without a zone, or with one that nobody knows, is taken as
    UTC; of the hour that comes twice when clocks are put back, the first is taken. None for a date with a part missing
    ("12 May"), for one that is read differently in Britain and America ("02/08/2024"), for bare digits but yyyymmdd and
    yyyymmddhhmmss, and out of MIN_YEAR to MAX_YEAR.

    Examples:
        >>> parse_timestamp("2017-02-07T10:30:00+02:00")
        datetime.datetime(2017, 2, 7, 8, 30, tzinfo=datetime.timezone.utc)
    """
    bare = " ".join(text.split())
    if len(bare) > MAX_CHAR_COUNT or not any(char.isdigit() for char in bare):
        return None
    try:
        moment = datetime.fromisoformat(bare)
    except ValueError:
        written = _parse_written(bare)
        if written is None:
            return None
        moment = written
    return _to_utc(moment)


def _parse_written(text: str) -> datetime | None:
    """Return the time dateutil reads in a text, None when a part of the date is missing or ambiguous."""
    if _DIGITS_ONLY.fullmatch(text) is not None and len(text) not in _COMPACT_CHAR_COUNTS:
        return None  # dateutil makes a date of six digits and of a count of seconds
    region = _REGION.search(text)
    bare = _HALF_DAY.sub(r"\1m", text if region is None else _REGION.sub(" ", text, count=1)).strip()
    month_first = _parse_by_library(bare, default=_DEFAULTS[0], day_first=False)
    day_first = _parse_by_library(bare, default=_DEFAULTS[1], day_first=_YEAR_FIRST.match(bare) is None)
    if month_first is None or month_first != day_first:
        return None
    if region is not None and month_first.tzinfo is None:
        return month_first.replace(tzinfo=ZoneInfo(_REGIONS[region[1]]))
    return month_first


def _parse_by_library(text: str, *, default: datetime, day_first: bool) -> datetime | None:
    try:
        moment: datetime = _PARSER.parse(text, default=default, dayfirst=day_first, tzinfos=_find_zone)
    except (ValueError, ArithmeticError):  # the latter for numbers of thirty digits
        return None
    return moment


def _find_zone(name: str | None, offset: int | None) -> tzinfo | None:
    """Return the zone of a name or an offset in seconds; dateutil would ask the machine for its own."""
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    hours = None if name is None else _ZONES.get(name.upper())
    return None if hours is None else timezone(timedelta(hours=hours))


def _to_utc(moment: datetime) -> datetime | None:
    try:
        in_utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:
        return None
    return in_utc if MIN_YEAR <= in_utc.year <= MAX_YEAR else None
