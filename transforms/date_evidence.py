"""All dates that tell when an article was published, and the one that is taken for it.

The order of trust is that of PUBLISHED_METHODS: what the record or page says in so many words, then what the feed or
sitemap says that led to it, then what it shows, then its address. Two rules go before the order. A date is sound only
when it is not after the document was fetched and is no program's zero; and the first date that one of another origin
agrees with wins over one that stands alone. What is not chosen stays beside what is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

from transforms.dateline import Dateline
from transforms.dates import DateHabits, DateReading, make_habits, read_date, read_epoch
from transforms.fields import WrittenDate
from transforms.text import normalize_line

PUBLISHED_METHODS: Final = {
    "record_published": "record",
    "jsonld_published": "page",
    "meta_published": "page",
    "listing_published": "listing",
    "time_published": "page",
    "jsonld_created": "page",
    "text_published": "text",
    "dateline": "dateline",
    "url": "url",
}
"""What says when an article was published, the most trusted first -> its origin: one program writes all of a page."""

MODIFIED_METHODS: Final = (
    *("record_modified", "jsonld_modified", "meta_modified", "listing_modified", "time_modified", "text_modified"),
)
"""What says when an article was changed last, the most trusted first."""

BOUND_METHODS: Final = ("http_last_modified", "warc")
"""What says that the article was there by then, and is kept as evidence only: when it was served or archived."""

TOLERANCE: Final = timedelta(days=1)
"""By so much a date may lie after what it should lie before: an assumed zone is wrong by up to 14 hours, a day has no
time, and clocks go wrong."""

FIRST_FETCH_AT: Final = datetime(1995, 1, 1, tzinfo=UTC)
"""Files that say they were written before are from archives made without times (1970, 1980): that bounds nothing."""

MAX_RAW_CHAR_COUNT: Final = 200
MAX_LINE_CHAR_COUNT: Final = 120
"""Longer paragraphs are prose: what they say was published on a day is something else."""

_EDGE_COUNT: Final = 5  # paragraphs at both ends of a body that may say when it was published
_ZEROS: Final = frozenset(
    {date(1753, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1), date(1970, 1, 1)}
)
"""Where the calendars of SQL Server, spreadsheets and Unix begin; at midnight that is a field nobody filled in."""

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
)
_TIME_OF_DAY: Final = (
    r"(?:(?:,|\s+at)?[\sT]+\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:[A-Z]{2,4}\b|[+-]\d\d:?\d\d))?)"
)
_TEXT_DATE: Final = re.compile(
    r"(?:^|[|·•–—]\s*|\.\s+)(?:first |last |originally )?(?P<verb>published|posted|updated|modified)"
    r"\s*(?:on\b|:|at\b)?\s*"
    rf"(?P<date>(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?{_DAY}{_TIME_OF_DAY}?)",
    re.IGNORECASE,
)
_URL_DATE: Final = re.compile(
    r"/(?P<date>(?:1[89]|20)\d\d(?P<mark>[/-])(?:\d{1,2}|[a-z]{3})(?P=mark)\d{1,2}(?=[/-]|$)|(?:19|20)\d{6}(?=[/-]|$))"
)


_URL_MARK: Final = re.compile("[/-]")
_NUMBER: Final = re.compile(r"\d+")
_NAME: Final = re.compile(r"[^\W\d_]{3}")
_MONTHS: Final = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}


class Candidate(NamedTuple):
    """A date that may be when an article was published.

    Attributes:
        method: Where it stands.
        text: As it is written, on one line.
        reading: What it says; None when it cannot be read.
    """

    method: str
    text: str
    reading: DateReading | None


class Evidence(NamedTuple):
    """The dates of a document.

    Attributes:
        candidates: All of them.
        chosen: The one that tells when it was published; None when none does.
        modified_at: When it was changed last, UTC; None when no sound date says so.
    """

    candidates: Sequence[Candidate]
    chosen: Candidate | None
    modified_at: datetime | None

    @property
    def published_at(self) -> datetime | None:
        """When the document was published, UTC; None when no sound date says so."""
        return None if self.chosen is None or self.chosen.reading is None else self.chosen.reading.at

    def to_rows(self, dateline_at: datetime | None) -> list[dict[str, object]]:
        """Return the candidates as the structs of ``schemas.ARTICLE``.

        Args:
            dateline_at: What day the dateline means, for the one whose year the dateline does not say.
        """
        undated = None if dateline_at is None else DateReading(dateline_at, "assumed", dateline_at.date(), is_day=True)
        rows: list[dict[str, object]] = []
        for method, text, said in self.candidates:
            reading = undated if said is None and method == "dateline" else said
            rows.append(
                {
                    "method": method,
                    "raw_text": text,
                    "candidate_at": None if reading is None else reading.at,
                    "zone_source": None if reading is None else reading.zone_source,
                    "is_chosen": self.chosen is not None and (method, text) == self.chosen[:2],
                }
            )
        return rows


def weigh_dates(written: Iterable[WrittenDate], *, hints: Mapping[str, str | None], fetched_at: datetime) -> Evidence:
    """Return the dates of a document, and which of them counts.

    Args:
        written: As they stand in the document and around it.
        hints: ``schemas.RAW_DOCUMENT``; of these timezone and country, which say how the outlet writes dates.
        fetched_at: When the document was fetched.
    """
    habits = make_habits(hints.get("timezone"), hints.get("country"))
    known: dict[tuple[str, str], str] = {}
    for item in written:
        known.setdefault((item.method, normalize_line(item.text)[:MAX_RAW_CHAR_COUNT]), item.text)
    candidates = [Candidate(*shown, _read(shown[0], text, habits)) for shown, text in known.items() if shown[1]]
    latest = fetched_at + TOLERANCE if fetched_at >= FIRST_FETCH_AT else None
    sound = [candidate for candidate in candidates if is_sound(candidate.reading, latest)]
    modified = _rank(sound, MODIFIED_METHODS)
    modified_at = modified[0].reading.at if modified and modified[0].reading is not None else None
    return Evidence(candidates, _choose(_rank(sound, tuple(PUBLISHED_METHODS)), modified_at), modified_at)


def list_hint_dates(hints: Mapping[str, str | None]) -> Iterator[WrittenDate]:
    """Yield what the feed, sitemap or server says that a document came from."""
    for name, method in (
        ("published", "listing_published"),
        ("modified", "listing_modified"),
        ("last_modified", "http_last_modified"),
    ):
        text = hints.get(name)
        if text is not None:
            yield WrittenDate(method, text)


def list_shown_dates(url: str | None, paragraphs: Sequence[str], dateline: Dateline | None) -> Iterator[WrittenDate]:
    """Yield the dates in an article's address, in the lines around its text, and in its dateline.

    Args:
        url: Canonical.
        paragraphs: Of the text, lines that are no part of the article included.
        dateline: As it was read.
    """
    edges = (
        paragraphs if len(paragraphs) <= 2 * _EDGE_COUNT else [*paragraphs[:_EDGE_COUNT], *paragraphs[-_EDGE_COUNT:]]
    )
    for paragraph in edges:
        if len(paragraph) <= MAX_LINE_CHAR_COUNT:
            for match in _TEXT_DATE.finditer(paragraph):
                is_first = match["verb"].lower() in {"published", "posted"}
                yield WrittenDate("text_published" if is_first else "text_modified", match["date"])
    if dateline is not None and dateline.date_text is not None:
        yield WrittenDate("dateline", dateline.date_text)
    in_address = None if url is None else _URL_DATE.search(url)
    if in_address is not None:
        yield WrittenDate("url", in_address["date"])


def resolve_day(text: str, published_at: datetime | None) -> date | None:
    """Return the day that "Feb 8" means in an article: the one nearest to its date; None when that is not known.

    Args:
        text: A month and a day, with or without the year, as ``transforms.dateline`` finds them.
        published_at: When the article was published.

    Examples:
        >>> resolve_day("Dec. 31", datetime(2024, 1, 1, 9, tzinfo=UTC))
        datetime.date(2023, 12, 31)
    """
    numbers = [int(digits) for digits in _NUMBER.findall(text)]
    name = _NAME.search(text)
    month = None if name is None else _MONTHS.get(name[0].lower())
    if month is None or not numbers:
        return None
    if len(numbers) > 1:
        years: tuple[int, ...] = (numbers[1],)
    elif published_at is not None:
        years = (published_at.year - 1, published_at.year, published_at.year + 1)
    else:
        return None
    days = [day for year in years if (day := _make_day(year, month, numbers[0])) is not None]
    return min(days, key=lambda day: abs(day - (day if published_at is None else published_at.date())), default=None)


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def make_midnight(day: date | None) -> datetime | None:
    """Return the midnight at which a day begins, UTC."""
    return None if day is None else datetime.combine(day, time(), UTC)


def _read(method: str, text: str, habits: DateHabits) -> DateReading | None:
    if method == "url":
        return read_date("-".join(part.zfill(2) for part in _URL_MARK.split(text)))
    if method == "dateline":
        at = make_midnight(resolve_day(text, None))
        return None if at is None else DateReading(at, "assumed", at.date(), is_day=True)
    return read_epoch(text) or read_date(text, habits)


def is_sound(reading: DateReading | None, latest: datetime | None) -> bool:
    """Return whether a date can be true: it is read, not after the latest it can be, and no program's zero."""
    if reading is None or (latest is not None and reading.at > latest):
        return False
    is_zero = reading.at.time() == time() and reading.at.date() in _ZEROS
    return not is_zero and not (reading.day in _ZEROS and reading.is_day)


def _rank(candidates: Iterable[Candidate], methods: Sequence[str]) -> list[Candidate]:
    """Return the candidates of some methods, in their order."""
    found = [candidate for candidate in candidates if candidate.method in methods]
    return sorted(found, key=lambda candidate: methods.index(candidate.method))


def _choose(ranked: Sequence[Candidate], modified_at: datetime | None) -> Candidate | None:
    """Return the date that counts among sound ones.

    Not one after the last change, if there is another. Then the first that one of another origin agrees with, else the
    first. Where that is a day only, the first with a time on that day stands for it.
    """
    if modified_at is not None:
        ranked = [
            item for item in ranked if item.reading is not None and item.reading.at <= modified_at + TOLERANCE
        ] or ranked
    if not ranked:
        return None
    best = next((item for item in ranked if any(_is_seconded(item, other) for other in ranked)), ranked[0])
    return next((item for item in ranked if _is_more_exact(item, best)), best)


def _is_seconded(candidate: Candidate, other: Candidate) -> bool:
    """Return whether a date of another origin says the same, by a day."""
    if candidate.reading is None or other.reading is None:
        return False
    is_other = PUBLISHED_METHODS[candidate.method] != PUBLISHED_METHODS[other.method]
    return is_other and abs(candidate.reading.at - other.reading.at) <= TOLERANCE


def _is_more_exact(candidate: Candidate, best: Candidate) -> bool:
    """Return whether a date has the time on a day that the best date has without."""
    if candidate.reading is None or best.reading is None or not best.reading.is_day:
        return False
    return not candidate.reading.is_day and candidate.reading.day == best.reading.day
