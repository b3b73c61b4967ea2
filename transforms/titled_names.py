"""People the model missed although a title stands before them: "Senator Ann Lee", "Mr Lee"."""

from collections.abc import Sequence
from typing import Final

from transforms.cues import TextCues
from transforms.mentions import PERSON, Mention, build_mention
from transforms.name_lists import NameLists
from transforms.name_types import ORGANISATION_HEADS
from transforms.names import PARTICLES, compute_name_key, split_words
from transforms.spans import Span
from transforms.titles import TitleRun

_MAX_NAME_WORDS: Final = 4
_NO_SURNAMES: Final = frozenset("hospital airport stadium hotel staff street road avenue hall house".split())
"""What "General" or "King" before it makes a place or a body of, and no person."""

CALENDAR_WORDS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec christmas easter".split(),
)
"""Capitalised words that stand alone in running text and are no names of people."""


def find_titled_names(cues: TextCues, mentions: Sequence[Mention], lists: NameLists) -> list[Mention]:
    """Return the names right after titles that no mention touches, as people.

    Headings are left out, and names that a list knows for something else ("Chairman Bavaria").

    Args:
        cues: Of the body.
        mentions: In order, not overlapping.
        lists: The reviewed lists.
    """
    found: list[Mention] = []
    at = 0
    for run in cues.runs:
        while at < len(mentions) and mentions[at].end <= run.start:
            at += 1
        if run.name_end == run.name_start or (at < len(mentions) and mentions[at].start < run.name_end):
            continue
        mention = build_mention(cues.text, Span(run.name_start, run.name_end, PERSON))
        if mention is not None and _is_person(cues, run, mention, lists):
            found.append(mention)
    return found


def _is_person(cues: TextCues, run: TitleRun, mention: Mention, lists: NameLists) -> bool:
    """Tell whether what follows a title can only be a person's name."""
    words = mention.name_key.split()
    if run.is_ambiguous or len(words) > _MAX_NAME_WORDS or cues.is_in_heading(run.start):
        return False
    if words[-1] in ORGANISATION_HEADS or words[-1] in _NO_SURNAMES or words[0] in lists.titles:
        return False
    if len(words) == 1 and sum(cues.words[at].folded == words[0] for at in cues.capitals) == 1:
        return False  # "the Commander-in-Chief Forum": a surname comes again
    if any(word in CALENDAR_WORDS or word in cues.stop_words - PARTICLES for word in words):
        return False
    if any(
        lists.is_place(compute_name_key(word.text)) or word.folded in lists.demonyms
        for word in split_words(mention.surface_text)
    ):
        return False
    return not mention.surface_text.isupper() and not all(cues.is_ordinary(word) for word in words)
