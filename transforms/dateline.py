"""Datelines: where and when an article was filed, and by which agency, at the head of its text.

After the stylebooks of the agencies: "LONDON, Feb 8 (Reuters) -", "WASHINGTON (AP) —", "MOSCOW, February 9. /TASS/."
Nothing is taken for one but what no sentence begins with: a place, with the day or the name of an agency, and a dash.
"LONDON - the city that never sleeps" stays.
"""

import re
from typing import Final, NamedTuple

from transforms.agencies import Agencies

DATELINE: Final = "dateline"
"""The rule by which a dateline is taken off the text."""

MAX_CHAR_COUNT: Final = 120
"""No dateline is longer."""

_MONTH: Final = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE: Final = rf"(?P<date>(?:{_MONTH}\s*\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?)(?!\w)"
_WORD: Final = r"[^\W\d_](?:[^\W\d_]|['’./-](?=[^\W\d_]))*\.?"
_PLACE: Final = (
    rf"(?P<place>{_WORD}(?: {_WORD}){{0,4}}(?:,\s*{_WORD}(?: {_WORD}){{0,2}}){{0,2}}(?:\s*/[^\W\d_][^/\d]{{2,30}}/)?)"
)
_AGENCY: Final = r"(?:\((?P<agency>[^()]{2,40})\)|/(?P<slashed>[^/]{2,40}(?:/RL)?)/)"
_DASH: Final = r"[-–—―_]"
_DASHES: Final = ("-", "–", "—", "―", "_")
_DIGIT: Final = re.compile(r"\d")
_FIND_AGENCY: Final = re.compile(_AGENCY)
_HEAD: Final = re.compile(
    rf"\W{{0,4}}?{_PLACE}(?:\s*,?\s*{_DATE})?[.,]?(?:\s*{_DASH}{{0,2}}\s*{_AGENCY})?"
    rf"(?:\s*{_DASH}{{1,3}}\s*|(?(slashed)\.\s+|(?(agency)(?<=\))(?=[A-Z“\"])|(?!))))"
)
_DATED: Final = re.compile(rf"(?:^|,?\s+|,){_DATE}[.,]?(?=$|,)")
_GIVEN_PLACE: Final = re.compile(r"(?:[A-Z]|[^\W\d_a-z])[^\d()<>&;:!?]{1,59}")
_NO_PLACE: Final = re.compile(
    r"(?:on|in|by|at|the(?! hague\b)|an?|since|until|from|as|for|to|of|and|but|when|after|before|last|next|this|update"
    r"|correct\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_SMALL_WORD: Final = re.compile(
    r"(?:^|[ ,/-])(?!(?:de|del|da|do|dos|la|las|le|les|los|of|and|am|an|der|den|upon|sur|on|in|el|al|the|di)\b)"
    r"[a-zß-öø-ÿ]"
)
_SENTENCE_START: Final = re.compile(r"[^\w\s]{0,3}[^\W_a-zß-öø-ÿ]")


class Dateline(NamedTuple):
    """A dateline.

    Attributes:
        text: As it stands.
        place: One or more places, as written.
        agency: Who filed it; None when it does not say.
        date_text: The day as written; None when it does not say.
    """

    text: str
    place: str | None
    agency: str | None
    date_text: str | None


def split_dateline(paragraph: str, agencies: Agencies) -> tuple[Dateline | None, str]:
    """Return the dateline at the head of a text's first paragraph, and what follows; None and all of it without one.

    Args:
        paragraph: On one line.
        agencies: Whose names need no day beside them. Other words there are no sign of a dateline.
    """
    match = _HEAD.match(paragraph[: MAX_CHAR_COUNT + 1])
    if match is None or match.end() > MAX_CHAR_COUNT or not _is_sure(match, paragraph[match.end() :], agencies):
        return None, paragraph
    return _describe(match), paragraph[match.end() :].lstrip()


def read_dateline(text: str, agencies: Agencies) -> Dateline | None:
    """Return a dateline that is given as such, apart from the text; None when there is none in it.

    Args:
        text: Such as "SALVADOR, Feb 26 -".
        agencies: As for ``split_dateline``.
    """
    line = " ".join(text.split())[:MAX_CHAR_COUNT]
    match = _HEAD.match(line)
    if match is not None and _is_sure(match, "A", agencies):
        return _describe(match)
    agency = _FIND_AGENCY.search(line)
    bare = (line if agency is None else f"{line[: agency.start()]} {line[agency.end() :]}").strip(" -–—_*")
    dated = _DATED.search(bare)
    undated = bare if dated is None else f"{bare[: dated.start()]},{bare[dated.end() :]}"
    parts = [part.strip() for part in undated.split(",")]
    named = (
        [part for part in parts if agencies.names_one_in_dateline(part)] if agency is None else [agency[1] or agency[2]]
    )
    place = ", ".join(part for part in parts if part and not _DIGIT.search(part) and part not in named).strip(" ,-–—_")
    if _GIVEN_PLACE.fullmatch(place) is None:
        return None
    return Dateline(line, place, named[0] if named else None, None if dated is None else dated["date"])


def _describe(match: re.Match[str]) -> Dateline:
    return Dateline(match[0].strip(), match["place"].strip(), match["agency"] or match["slashed"], match["date"])


def _is_sure(match: re.Match[str], rest: str, agencies: Agencies) -> bool:
    """Return whether what looks like a dateline is one, by itself and by what follows."""
    place, agency = match["place"], match["agency"] or match["slashed"]
    if not rest or _NO_PLACE.match(place) is not None or _SMALL_WORD.search(place) is not None:
        return False
    if agency is not None and agencies.names_one_in_dateline(agency):
        return True
    is_dashed = match[0].rstrip().endswith(_DASHES)
    return match["date"] is not None and is_dashed and (place.isupper() or _SENTENCE_START.match(rest) is not None)
