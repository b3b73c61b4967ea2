"""Spans that what stands beside them shows to be no name, or two: "House Bill 12", "Fed up", "Sino-Elbonian relations".

The model reads a word by itself. What follows it, or stands before it, tells that it is the word and not the name.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from transforms.cues import TextCues
from transforms.mentions import PERSON, Mention, build_mention
from transforms.name_lists import NameLists
from transforms.spans import Span

_VERSE: Final = re.compile(r"\s\d+:\d+")
"""Behind the name of a people: chapter and verse of the letter to them."""

_BETWEEN_STATES: Final = re.compile(
    r" (?:relations|ties|border|alliance|talks|trade|treaty|friendship|cooperation|co-operation|tensions|rivalry)\b"
)
"""What two states have: "Turkish-Elbonian relations" are no people of double descent."""

_ONE: Final = re.compile(r"\b[Aa]n? $")
_PEOPLES: Final = "ans"
"""The end of many a people's name in the plural: "an Elbonians fan" is a club's, whose name is longer."""

_LAW: Final = "bill"
_BEFORE_LAW: Final = re.compile(r"(?:\)|\b(?:House|Senate|Assembly|[Aa]|[Tt]his)) $")
_CAPITALISED: Final = re.compile(r"\b([A-Z][a-z]+) $")
_NUMBER: Final = re.compile(r" (?:No\. ?)?\d")
_PARTICLE: Final = re.compile(r" (?:up|off|out|by|with)\b")
"""Behind a word that opens a sentence: it is a participle ("Fed up with it, she left")."""

_OPENS: Final = re.compile(r"(?:^|[.!?:\n\"“”])\s*$")
_MAX_BEFORE: Final = 12


def drop_misread(cues: TextCues, mentions: Sequence[Mention], lists: NameLists) -> list[Mention]:
    """Return the mentions without those that are no names; of two states the two peoples.

    Args:
        cues: Of the body.
        mentions: In order, not overlapping.
        lists: The reviewed lists.
    """
    kept: list[Mention] = []
    for mention in mentions:
        if mention.label == "NORP":
            kept += _read_people(cues, mention, lists)
        elif not _is_bill(cues, mention) and not _is_participle(cues.text, mention, lists):
            kept.append(mention)
    return kept


def _read_people(cues: TextCues, mention: Mention, lists: NameLists) -> Sequence[Mention]:
    """Return a people as it is, none of a book of the Bible, and two of what two states have."""
    if _VERSE.match(cues.text, mention.end) is not None:
        return ()
    before = cues.text[max(0, mention.start - _MAX_BEFORE) : mention.start]
    if mention.name_key.endswith(_PEOPLES) and _ONE.search(before) is not None:
        return ()
    if " " not in mention.name_key or _BETWEEN_STATES.match(cues.text, mention.end) is None:
        return (mention,)
    peoples = list(_divide(cues, mention))
    are_known = len(peoples) > 1 and all(people.name_key in lists.demonyms for people in peoples)
    return peoples if are_known else (mention,)


def _divide(cues: TextCues, mention: Mention) -> Iterator[Mention]:
    for word in cues.words[bisect_left(cues.starts, mention.start) : bisect_left(cues.starts, mention.end)]:
        found = build_mention(cues.text, Span(word.start, word.end, mention.label))
        if found is not None:
            yield found


def _is_bill(cues: TextCues, mention: Mention) -> bool:
    """Tell whether what was taken for somebody called Bill is a law that is not passed yet."""
    if mention.name_key != _LAW or mention.label != PERSON:
        return False
    before = cues.text[max(0, mention.start - _MAX_BEFORE) : mention.start]
    word = _CAPITALISED.search(before)
    is_named = _BEFORE_LAW.search(before) is not None or (word is not None and cues.is_ordinary(word[1]))
    return is_named or _NUMBER.match(cues.text, mention.end) is not None


def _is_participle(text: str, mention: Mention, lists: NameLists) -> bool:
    """Tell whether a short name that is a word, too, opens a sentence as that word."""
    known = lists.well_known.get(mention.name_key)
    if known is None or not known.is_ambiguous or " " in mention.name_key or mention.surface_text.isupper():
        return False
    before = text[max(0, mention.start - _MAX_BEFORE) : mention.start]
    return _OPENS.search(before) is not None and _PARTICLE.match(text, mention.end) is not None
