"""Names in lists: of "Germany, Elbonia and France" the middle one is a place, though the model did not mark it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from transforms.cues import TextCues
from transforms.mentions import Mention, build_mention
from transforms.name_lists import NameLists
from transforms.spans import Span
from transforms.titled_names import CALENDAR_WORDS

_NAME: Final = r"([A-Z][\w'.-]+(?: (?:[A-Z][\w'.-]+|de|van|von|al|bin|of)){0,3})"
_BETWEEN: Final = re.compile(rf",\s+{_NAME},?\s+(?:and\s+|or\s+)?")
_LAST: Final = re.compile(rf",?\s+(?:and|or)\s+{_NAME}(?=[,.;:)]|\s[a-z])")
_LIST_GAP: Final = re.compile(r",\s+")
_KINDS: Final = frozenset("PERSON ORG GPE NORP".split())


def find_enumerated_names(cues: TextCues, mentions: Sequence[Mention], lists: NameLists) -> list[Mention]:
    """Return the unmarked names inside or at the end of a list of marked names of one kind.

    Args:
        cues: Of the body.
        mentions: In order, not overlapping.
        lists: The reviewed lists.
    """
    return [
        mention
        for span in _find_members(cues.text, mentions)
        for mention in [build_mention(cues.text, span)]
        if mention is not None and _can_be_name(cues, mention, lists)
    ]


def _find_members(text: str, mentions: Sequence[Mention]) -> Iterator[Span]:
    for index in range(1, len(mentions)):
        one, other = mentions[index - 1], mentions[index]
        if one.label != other.label or one.label not in _KINDS:
            continue
        between = _BETWEEN.fullmatch(text, one.end, other.start)
        if between is not None:
            yield Span(*between.span(1), one.label)
        if _LIST_GAP.fullmatch(text, one.end, other.start):
            limit = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
            last = _LAST.match(text, other.end, limit)
            if last is not None:
                yield Span(*last.span(1), one.label)


def _can_be_name(cues: TextCues, mention: Mention, lists: NameLists) -> bool:
    """Tell whether every word may be part of a name: no month, no title, no word the text writes small."""
    words = mention.name_key.split()
    if cues.is_in_heading(mention.start) or any(word in CALENDAR_WORDS for word in words):
        return False
    return not cues.is_ordinary(words[0]) and words[0] not in lists.titles
