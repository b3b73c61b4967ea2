"""What happens in histories of a warehouse: documents, notices, answers of servers, files of people, and loads of them.

They are few, so that they meet again often: copies, corrections, names that only others tell.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import Final

OUTLETS: Final = {"one": "a.example", "two": "a.example", "three": "b.example", "four": "apnews.com"}
"""Article -> outlet; the last is a news agency."""

_LONG: Final = (
    "The council met on Friday to hear what the harbour would cost and who was to pay for it, and it sat until late in "
    "the evening because nobody could say how many ships would come in a winter like the one that had just begun there."
)

BODIES: Final = {
    "c1": f"Ann Lee spoke first. {_LONG} Lee then left with Bo Kim.",
    "c2": f"Ann Lee spoke first. {_LONG} Lee then left with Bo Kim and Cy Orr.",
    "c3": "Ann Q Lee met Bo Kim. Lee smiled.",
    "c4": "Dan Lee met Cy Orr. Lee slept.",
    "c5": "Rain all day in Springfield, Ireland.",
    "c6": "Cork, Ireland, saw Bo Kim.",
}
"""Content -> text. The first two are copies of each other; who Lee is without a first name has to be found out."""

NAMED: Final = {
    "c1": (("Ann Lee", "Ann Lee"), ("Ann Lee", "Lee then"), ("Bo Kim", "Bo Kim")),
    "c2": (("Ann Lee", "Ann Lee"), ("Lee", "Lee then"), ("Bo Kim", "Bo Kim"), ("Cy Orr", "Cy Orr")),
    "c3": (("Ann Q Lee", "Ann Q Lee"), ("Lee", "Lee smiled"), ("Bo Kim", "Bo Kim")),
    "c4": (("Dan Lee", "Dan Lee"), ("Dan Lee", "Lee slept"), ("Cy Orr", "Cy Orr")),
    "c5": (("Springfield", "Springfield"), ("Ireland", "Ireland")),
    "c6": (("Cork", "Cork"), ("Ireland", "Ireland"), ("Bo Kim", "Bo Kim")),
}
"""Content -> the full name of each mention, and the words with which its place begins."""

PLACES: Final = {"Springfield": None, "Cork": None, "Ireland": "IE"}
"""Name of a place -> its country code, where it is a country; all other names are people's."""

GAZETTEER_ROWS: Final = (
    (1, "country", "Ireland", "Ireland", "IE", None, None, 5_000_000),
    (2, "city", "Cork", "Cork", "IE", 51.9, -8.5, 220_000),
    (3, "city", "Cork", "Cork", "US", 33.5, -84.1, 900),
    (4, "city", "Springfield", "Springfield", "US", 39.8, -89.6, 114_000),
)
"""A gazetteer of the world's places, as ``transforms.places.GAZETTEER``."""

_BEGINNING, _MOVED, _END = (datetime(*day, tzinfo=UTC) for day in ((1900, 1, 1), (2026, 11, 4), (9999, 12, 31)))

SOURCES_FILES: Final = {
    "none": (),
    "named": (("a.example", "The A", _BEGINNING, _END, 1.0), ("b.example", "The B", _BEGINNING, _END, None)),
    "renamed": (("a.example", "The A", _BEGINNING, _MOVED, 3.0), ("a.example", "The New A", _MOVED, _END, None)),
}
"""What a sources file has: an outlet, its name, from when and until when, and the least articles a day, if any is."""

OUTCOMES: Final = ("fetched", "unmodified", "failed")
"""What may come of asking a server."""

ANSWERS: Final = tuple(product(OUTLETS, OUTCOMES, BODIES))
"""All that an article's page can answer."""

DECISIONS: Final = {
    "none": (),
    "merge": ("merge,PERSON:dan lee,,,PERSON:cy orr",),
    "split": ("split,PERSON:ann lee,Lee,,PERSON:ann lee#2", 'rename,PERSON:bo kim,,,"Kim, ""Bo"""'),
    "split in an article": ("split,PERSON:bo kim,,two,PERSON:cy orr", "hide,PERSON:cy orr,,,"),
}
"""Decisions files, by what is in them."""


@dataclass(frozen=True, order=True)
class Document:
    """What one document says of an article.

    Attributes:
        article_id: The article, one of ``OUTLETS``.
        content: One of ``BODIES``.
        published_day: Day of November; None when it does not say.
        modified_day: The same.
        fetched_day: The same, of when it came.
        author: The byline; "" for none.
    """

    article_id: str
    content: str
    published_day: int | None
    modified_day: int | None
    fetched_day: int
    author: str


@dataclass(frozen=True, order=True)
class Notice:
    """A document that says that an article is withdrawn.

    Attributes:
        article_id: The article.
        day: Day of November on which it says so.
    """

    article_id: str
    day: int


@dataclass(frozen=True, order=True)
class Fetch:
    """What came of asking a server for an article's page, or an outlet's feed.

    Attributes:
        article_id: The article, one of ``OUTLETS``.
        kind: page, its own, or feed, that of its outlet.
        outcome: One of ``OUTCOMES``.
        content: One of ``BODIES``: what a page had that came.
        day: Day of November on which it is asked for.
    """

    article_id: str
    kind: str
    outcome: str
    content: str
    day: int


@dataclass(frozen=True)
class Load:
    """What one load is given.

    Attributes:
        documents: Documents, which may have been there before.
        notices: The same.
        rejected: Inputs that are refused, by number.
        decisions: The decisions file that is there, one of ``DECISIONS``.
        fetches: What was asked of servers, which may have been told before.
        sources: The sources file that is there, one of ``SOURCES_FILES``.
        interval_day: Day of November for which it runs; None for no interval.
    """

    documents: tuple[Document, ...]
    notices: tuple[Notice, ...]
    rejected: tuple[int, ...]
    decisions: str
    fetches: tuple[Fetch, ...]
    sources: str
    interval_day: int | None
