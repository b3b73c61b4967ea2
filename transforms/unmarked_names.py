"""Names the model marked nowhere in an article, told by how they are written.

The model knows few clubs and small outlets. Three ways of writing are as good as a label: a given name with a surname,
a plural that the text capitalises after "the" and never writes small ("the Rovers"), and capitals that say something
("ETB reported"). So are the lists of countries, of peoples, and behind "in" of large cities ("in Sana'a").
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from transforms.cues import TextCues
from transforms.mentions import PERSON, Mention, build_mention
from transforms.name_lists import NameLists
from transforms.name_types import ORGANISATION_HEADS
from transforms.spans import Span
from transforms.titled_names import CALENDAR_WORDS

_SURNAME: Final = re.compile(r"(?:Mc|Mac|O'|De|La)?[A-Z][a-z]+")
_INITIAL: Final = re.compile(r"[A-Z]\.")
_PLURAL: Final = re.compile(r"[A-Z][a-z]{3,}s")
_ACRONYM: Final = re.compile(r"[A-Z]{2,6}")
_NO_NAME_BEFORE: Final = frozenset("-–.'“\"&")
_CLOSING: Final = frozenset({"”", '"', "-"})
_TAKES_HEARER: Final = frozenset({"reported", "told"})
_MIN_ACRONYM_LETTERS: Final = 3
_ARTICLES: Final = frozenset({"The", "A", "An"})
_SPEAKING: Final = frozenset("said says reported reports announced told".split())
_MIN_COUNT: Final = 2
_MIN_LISTED_LETTERS: Final = 4


def find_unmarked_names(cues: TextCues, mentions: Sequence[Mention], lists: NameLists) -> list[Mention]:
    """Return the names of running text that no mention touches and whose writing tells what they are.

    Args:
        cues: Of the body.
        mentions: In order, not overlapping.
        lists: The reviewed lists.
    """
    ends = [mention.end for mention in mentions]
    found: list[Mention] = []
    for span in _find_candidates(cues, lists):
        index = bisect_left(ends, span.start)
        is_touched = index < len(mentions) and mentions[index].start <= span.end
        if is_touched or cues.is_in_heading(span.start):
            continue
        mention = build_mention(cues.text, span)
        if mention is not None:
            found.append(mention)
    return found


def _find_candidates(cues: TextCues, lists: NameLists) -> Iterator[Span]:
    """Yield what may be a name at each word with a capital, by the first way of writing that fits."""
    capitals = [cues.words[at] for at in cues.capitals]
    counts = Counter(word.folded for word in capitals)
    for at, (text, _, _, folded) in zip(cues.capitals, capitals, strict=True):
        is_city = folded in lists.cities and at > 0 and cues.words[at - 1].text == "in"
        if is_city or folded in lists.countries or folded in lists.demonyms:
            span = _read_listed(cues, at, lists)
        elif folded in lists.given_names:
            span = _read_person(cues, at, lists)
        elif text.isupper() and _ACRONYM.fullmatch(text):
            span = _read_speaker(cues, at, lists)
        elif counts[folded] >= _MIN_COUNT:
            span = _read_plural(cues, at, lists)
        else:
            span = None
        if span is not None:
            yield span


def _read_listed(cues: TextCues, at: int, lists: NameLists) -> Span | None:
    """Return a country, people or city of the lists that stands alone."""
    word = cues.words[at]
    if len(word.folded) < _MIN_LISTED_LETTERS or cues.is_ordinary(word.text) or not _is_alone(cues, at, at):
        return None
    label = "NORP" if word.folded in lists.demonyms and word.folded not in lists.countries else "GPE"
    return Span(word.start, word.start + len(word.text.rstrip(".")), label)


def _read_person(cues: TextCues, at: int, lists: NameLists) -> Span | None:
    """Return a given name with the surname after it, an initial between them or not."""
    text, words = cues.text, cues.words
    last = at + 2 if at + 1 < len(words) and _INITIAL.fullmatch(words[at + 1].text) else at + 1
    row = words[at : last + 1]
    if len(row) <= last - at or any(text[one.end : other.start] != " " for one, other in itertools.pairwise(row)):
        return None
    given, surname = row[0], row[-1]
    is_quoted = (
        text[given.start - 1 : given.start] in _NO_NAME_BEFORE or text[surname.end : surname.end + 1] in _CLOSING
    )
    if is_quoted or surname.folded in ORGANISATION_HEADS or not _is_alone(cues, at, last):
        return None
    is_name = all(
        _SURNAME.fullmatch(word.text) and not _is_other(cues, word.folded, lists) for word in (given, surname)
    )
    return Span(given.start, surname.end, PERSON) if is_name else None


def _read_speaker(cues: TextCues, at: int, lists: NameLists) -> Span | None:
    """Return an acronym that says something, or is told something."""
    words, word = cues.words, cues.words[at]
    after = words[at + 1].text.rstrip(".") if at + 1 < len(words) else ""
    is_speaking = after in _SPEAKING or (at > 0 and words[at - 1].text in _TAKES_HEARER)
    is_long = len(word.text) >= _MIN_ACRONYM_LETTERS
    return (
        Span(word.start, word.end, "ORG")
        if is_speaking and is_long and not _is_other(cues, word.folded, lists)
        else None
    )


def _read_plural(cues: TextCues, at: int, lists: NameLists) -> Span | None:
    """Return a plural after "the", perhaps with another capitalised word before it ("the Elbonia Rovers")."""
    words = cues.words
    if _PLURAL.fullmatch(words[at].text) is None or _is_other(cues, words[at].folded, lists):
        return None
    for first in (at, at - 1):
        if first <= 1 or not words[first].text[0].isupper() or words[first - 1].text not in {"the", "The"}:
            continue
        if words[first - 2].text != "of" and _is_alone(cues, first, at):
            return Span(words[first].start, words[at].end, "ORG")
    return None


def _is_alone(cues: TextCues, first: int, last: int) -> bool:
    """Tell whether no word with a capital stands right before or after a row of words; acronyms may stand before it."""
    words, text = cues.words, cues.text
    if first > 0:
        before = words[first - 1]
        is_joined = text[before.end : words[first].start] in {" ", "-"} and not before.text.endswith(".")
        may_stand = not before.text[0].isupper() or before.text in _ARTICLES or _ACRONYM.fullmatch(before.text)
        if is_joined and not may_stand:
            return False
    after = words[last + 1] if last + 1 < len(words) else None
    return after is None or not after.text[0].isupper() or text[words[last].end : after.start] not in {" ", "-"}


def _is_other(cues: TextCues, word: str, lists: NameLists) -> bool:
    """Tell whether a word is known for something else than a name."""
    return (
        cues.is_ordinary(word)
        or cues.is_ordinary(word.removesuffix("s"))
        or word in CALENDAR_WORDS
        or word in lists.demonyms
        or word in lists.titles
        or lists.is_place(word)
    )
