"""Acronyms and what they stand for: introduced in brackets, in both orders, or told by initials.

After Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text (2003), with
initials only where no bracket introduces the acronym, since names rarely abbreviate by inner letters.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from transforms.cues import TextCues
from transforms.mentions import Mention, build_mention
from transforms.spans import Span

SMALL_WORDS: Final = frozenset("of the and for in on at to de la du des und der die e y".split())
"""Words of a name that its acronym may leave out."""

_BRACKETED: Final = re.compile(r"[(\[]\s*[\"“']?([A-Z][A-Za-z&.-]{1,9})[\"”']?\s*[)\]]")
_EXPANSION: Final = re.compile(r"\(\s*(?:the\s+)?([A-Z][^()\n]{5,80})\)")
_MIN_CAPITALS: Final = 2


def compute_initials(name_key: str) -> frozenset[str]:
    """Return the acronyms a name can have: its initials with and without its small words.

    Examples:
        >>> sorted(compute_initials("department of justice"))
        ['dj', 'doj']
    """
    words = name_key.split()
    return frozenset(
        {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in SMALL_WORDS)},
    )


def find_introduced_names(cues: TextCues, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that a bracket after a name, or around one, introduces and the model missed.

    "the Elbonian Tea Board (ETB)" makes both a name of the kind of whichever is marked somewhere in the text, as
    "ETB (Elbonian Tea Board)" does. Nothing is made of two unmarked halves: "gross domestic product (GDP)" is no name.

    Args:
        cues: Of the body.
        mentions: In order, not overlapping.
    """
    labels = {mention.name_key: mention.label for mention in mentions}
    found: list[Mention] = []
    for full, short in _find_pairs(cues):
        label = labels.get(full.name_key) or labels.get(short.name_key)
        if label is not None:
            found += [half._replace(label=label) for half in (full, short)]
    covered = {place for mention in mentions for place in (mention.start, mention.end)}
    return [mention for mention in found if not {mention.start, mention.end} <= covered]


def _find_pairs(cues: TextCues) -> Iterator[tuple[Mention, Mention]]:
    """Yield (full name, acronym) for each introduction in a body; titles introduce no organisation."""
    text = cues.text
    titled = {run.end for run in cues.runs}
    for match in _BRACKETED.finditer(text):
        short = build_mention(text, Span(*match.span(1), "ORG"))
        if short is None or sum(map(str.isupper, short.surface_text)) < _MIN_CAPITALS or match.end() in titled:
            continue
        full = _find_full_before(text, match.start(), short.name_key)
        if full is not None:
            yield full, short
    for match in _EXPANSION.finditer(text):
        full = build_mention(text, Span(*match.span(1), "ORG"))
        before = re.search(r"\b[A-Z][A-Za-z&.]{1,9}$", text[max(0, match.start() - 12) : match.start()].rstrip(" "))
        if full is None or before is None:
            continue
        end = match.start() - (text[match.start() - 1] == " ")
        short = build_mention(text, Span(end - len(before[0]), end, "ORG"))
        if short is not None and short.surface_text.isupper() and short.name_key in compute_initials(full.name_key):
            yield full, short


def _find_full_before(text: str, end: int, acronym: str) -> Mention | None:
    """Return the fewest capitalised words before a bracket whose initials are the acronym."""
    start = max(text.rfind("\n", 0, end) + 1, end - 100)
    words = list(re.finditer(r"[\w'.&]+", text[start:end]))
    for first in range(len(words) - 1, -1, -1):
        word = words[first][0]
        if not word[0].isupper():
            if word not in SMALL_WORDS:
                return None
            continue
        full = build_mention(text, Span(start + words[first].start(), end, "ORG"))
        if full is not None and " " in full.name_key and acronym in compute_initials(full.name_key):
            return full
    return None
