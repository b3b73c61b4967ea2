"""Points in time as news sources write them."""

import html
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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

_MONTH_FIRST_COUNTRIES: Final = frozenset({"US", "AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "UM", "VI"})
_EITHER_ORDER_COUNTRIES: Final = frozenset({"CA", "CN", "JP", "KP", "KR", "MN", "TW"})
"""Countries that put the month first, and those with both orders in English; after the Unicode CLDR's "yMd" of each."""

_EPOCH: Final = re.compile(r"([0-9]{9,19})(?:\.[0-9]*)?")
_EPOCH_SCALES: Final = {9: 1, 10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}
"""Digits of a count since 1970 -> units a second."""

_COMPACT_CHAR_COUNTS: Final = (8, 14)  # yyyymmdd, yyyymmddhhmmss
_YEAR_FIRST: Final = re.compile(r"\D*\d{4}(?:\D|\d{4})")
_DIGITS_ONLY: Final = re.compile(r"\d+")
_REMARK: Final = re.compile(r"\t|\s#|[\x00-\x08\x0e-\x1f]|&#(?:\d|[12]\d|3[01]);")
_CLOCK: Final = re.compile(r"\d:\d|\d\s?[ap]\.?\s?m\b|\dT\d|\b\d{14}\b|\d{2}h\d{2}", re.IGNORECASE)
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


class DateHabits(NamedTuple):
    """How an outlet writes dates, as far as that is known.

    Attributes:
        timezone: The zone of its times without one; None when it is not known.
        is_month_first: Whether 02/08/2024 is 8 February; None where it may as well be 2 August.
    """

    timezone: tzinfo | None = None
    is_month_first: bool | None = None


UNKNOWN_HABITS: Final = DateHabits()
"""Of an outlet of which nothing is known."""


class DateReading(NamedTuple):
    """What a text says of a point in time.

    Attributes:
        at: The point in time, UTC.
        zone_source: Where its zone is from: "text", "source" (the outlet's), or "assumed": UTC, for want of another.
        day: The day as it is written.
        is_day: Whether there is no time of day: the point in time is the day's midnight, UTC whatever the outlet's
            zone. Moved by a zone, a day would be filed under its neighbour.
    """

    at: datetime
    zone_source: str
    day: date
    is_day: bool


@lru_cache(maxsize=1024)
def make_habits(timezone_name: str | None, country_code: str | None) -> DateHabits:
    """Return how an outlet writes dates.

    Args:
        timezone_name: IANA; None, or one that this machine does not know, for unknown.
        country_code: ISO 3166-1 alpha-2; None for unknown.
    """
    zone: tzinfo | None = None
    if timezone_name is not None:
        try:
            zone = ZoneInfo(timezone_name)
        except (ZoneInfoNotFoundError, ValueError):
            zone = None
    is_either = country_code is None or country_code in _EITHER_ORDER_COUNTRIES
    return DateHabits(zone, None if is_either else country_code in _MONTH_FIRST_COUNTRIES)


def parse_timestamp(text: str) -> datetime | None:
    """Return a point in time in UTC, None when the text does not name exactly one: ``read_date``, of no outlet.

    Examples:
        >>> parse_timestamp("2017-02-07T10:30:00+02:00")
        datetime.datetime(2017, 2, 7, 8, 30, tzinfo=datetime.timezone.utc)
    """
    reading = read_date(text)
    return None if reading is None else reading.at


@lru_cache(maxsize=4096)
def read_date(text: str, habits: DateHabits = UNKNOWN_HABITS) -> DateReading | None:
    """Return what a text says of a point in time, None when it does not name exactly one.

    ISO 8601 (calendar and week dates), RFC 2822, and what else dateutil understands: "26-FEB-1987 15:01:01.79",
    "Feb 8, 2024 3:04 p.m. ET". A day is its midnight. A time without a zone, or with one that nobody knows, is in the
    outlet's, else in UTC; of the hour that comes twice when clocks are put back, the first is taken. A remark behind a
    tab, another control character or a "#" does not count. None for a date with a part missing ("12 May"), for one that
    is read differently in Britain and America ("02/08/2024") from an outlet of which it is not known which it follows,
    for bare digits but yyyymmdd and yyyymmddhhmmss, and out of MIN_YEAR to MAX_YEAR.

    Args:
        text: As it was written.
        habits: How its outlet writes dates.

    Examples:
        >>> read_date("02/08/2024", DateHabits(is_month_first=True)).day
        datetime.date(2024, 2, 8)
    """
    dated = _REMARK.split(text.strip(), maxsplit=1)[0]
    bare = " ".join((html.unescape(dated) if "&" in dated else dated).split())
    if len(bare) > MAX_CHAR_COUNT or not any(char.isdigit() for char in bare):
        return None
    try:
        moment = datetime.fromisoformat(bare)
    except ValueError:
        written = _parse_written(bare, habits.is_month_first)
        if written is None:
            return None
        moment = written
    is_day = moment.tzinfo is None and moment.time() == time() and _CLOCK.search(bare) is None
    return _settle(moment, None if is_day else habits.timezone, is_day=is_day)


def read_epoch(text: str) -> DateReading | None:
    """Return the point in time that a count of seconds, or of their thousandths and smaller, since 1970 is.

    None for what is no number, or has another number of digits than such a count has today: 9 or 10 (seconds since
    1973), 13 (milliseconds since 2001), 16 or 19.

    Examples:
        >>> read_epoch("1486461000").at.isoformat(), read_epoch("20170207")
        ('2017-02-07T09:50:00+00:00', None)
    """
    match = _EPOCH.fullmatch(text.strip())
    scale = None if match is None else _EPOCH_SCALES.get(len(match[1]))
    if match is None or scale is None:
        return None
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(match[1]) * 1_000_000 // scale)
    return DateReading(at, "text", at.date(), is_day=False) if at.year <= MAX_YEAR else None


def _parse_written(text: str, is_month_first: bool | None) -> datetime | None:  # noqa: FBT001  private, None is a third
    """Return the time dateutil reads in a text, None when a part of the date is missing or ambiguous."""
    if _DIGITS_ONLY.fullmatch(text) is not None and len(text) not in _COMPACT_CHAR_COUNTS:
        return None  # dateutil makes a date of six digits and of a count of seconds
    region = _REGION.search(text)
    bare = _HALF_DAY.sub(r"\1m", text if region is None else _REGION.sub(" ", text, count=1)).strip()
    orders = (False, True) if is_month_first is None else (not is_month_first, not is_month_first)
    if _YEAR_FIRST.match(bare) is not None:
        orders = (False, False)
    first = _parse_by_library(bare, default=_DEFAULTS[0], day_first=orders[0])
    second = _parse_by_library(bare, default=_DEFAULTS[1], day_first=orders[1])
    if first is None or first != second:
        return None
    if region is not None and first.tzinfo is None:
        return first.replace(tzinfo=ZoneInfo(_REGIONS[region[1]]))
    return first


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


def _settle(moment: datetime, zone: tzinfo | None, *, is_day: bool) -> DateReading | None:
    """Return a moment in UTC; one without a zone is in the zone given, else in UTC."""
    zone_source = "text" if moment.tzinfo is not None else ("assumed" if zone is None else "source")
    zoned = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC if zone is None else zone)
    try:
        at = zoned.astimezone(UTC)
    except OverflowError:
        return None
    return DateReading(at, zone_source, moment.date(), is_day) if MIN_YEAR <= at.year <= MAX_YEAR else None
