"""Why a date of an article was chosen for its publication, or was not: the rules of ``date_evidence`` in words."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final

from transforms.date_evidence import (
    BOUND_METHODS,
    FIRST_FETCH_AT,
    MODIFIED_METHODS,
    PUBLISHED_METHODS,
    TOLERANCE,
    is_sound,
)
from transforms.dates import DateReading

_ORDER: Final = tuple(PUBLISHED_METHODS)

Row = Mapping[str, Any]


def explain_dates(candidates: Sequence[Row], *, fetched_at: datetime | None, modified_at: datetime | None) -> list[str]:
    """Return for each candidate why it was chosen or not, in their order.

    Args:
        candidates: Mappings with method, raw_text, candidate_at and is_chosen, as ``schemas.DATE_CANDIDATE`` has them.
        fetched_at: When the last of the documents was fetched; None when that is not known.
        modified_at: When the article was changed last; None when it does not say.
    """
    chosen = next((row for row in candidates if row["is_chosen"]), None)
    latest = None if fetched_at is None or fetched_at < FIRST_FETCH_AT else fetched_at + TOLERANCE
    return [
        _praise(row, candidates) if row is chosen else _judge(row, chosen, latest, modified_at) for row in candidates
    ]


def _praise(chosen: Row, candidates: Sequence[Row]) -> str:
    """Return why a date was chosen."""
    if chosen["method"] not in PUBLISHED_METHODS:
        return "chosen: loaded before dates were kept as evidence"
    if any(_is_seconded(chosen, other) for other in candidates):
        return "chosen: the most trusted of those that a date of another origin agrees with"
    return "chosen: the most trusted that is sound"


def _is_seconded(chosen: Row, other: Row) -> bool:
    """Return whether a date of another origin says the same, by a day."""
    origin = PUBLISHED_METHODS.get(other["method"])
    if origin is None or origin == PUBLISHED_METHODS[chosen["method"]] or other["candidate_at"] is None:
        return False
    return bool(abs(other["candidate_at"] - chosen["candidate_at"]) <= TOLERANCE)


def _judge(row: Row, chosen: Row | None, latest: datetime | None, modified_at: datetime | None) -> str:
    """Return why a date was not chosen."""
    at, method = row["candidate_at"], row["method"]
    if at is None:
        return "cannot be read, or in more than one way"
    flaws = {
        "says when it was served or archived, not when it was published": method in BOUND_METHODS,
        "says when it was changed": method in MODIFIED_METHODS,
        "lies after the article was fetched": latest is not None and at > latest,
        "the zero of a program, not a date": not is_sound(_read_back(at), None),
        "lies after the last change": modified_at is not None and at > modified_at + TOLERANCE,
        "no sound date was chosen": chosen is None,
    }
    flaw = next((words for words, is_true in flaws.items() if is_true), None)
    return _compare(row, chosen) if flaw is None and chosen is not None else flaw or ""


def _compare(row: Row, chosen: Row) -> str:
    """Return what is better about the date that was chosen than about another sound one."""
    if row["candidate_at"] == chosen["candidate_at"]:
        return "says the same"
    if _rank(row) >= _rank(chosen):
        return f"{chosen['method']} is trusted more"
    is_day = row["candidate_at"].time() == time() and row["candidate_at"].date() == chosen["candidate_at"].date()
    return "has no time; the one chosen has one on that day" if is_day else "no date of another origin agrees with it"


def _rank(row: Row) -> int:
    return _ORDER.index(row["method"]) if row["method"] in _ORDER else len(_ORDER)


def _read_back(at: datetime) -> DateReading:
    """Return the reading of a date as it is stored: midnight stands for a day."""
    return DateReading(at, "assumed", at.date(), is_day=at.time() == time())
