"""Where a place of one text is in another that is nearly the same: an article as it was labelled, and as it is kept.

Normalizing takes lines off, mends white space and characters; offsets in the stored text then are others than those
that a label was given with. Words and marks are the same on both sides, and carry the offsets over.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Final

Place = tuple[int, int]
"""First character, and one past the last."""

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_LEADING_ARTICLE: Final = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_TRAILING_MARKS: Final = re.compile(r"(?:'s|’s|'|’|[,.;:\"]|\s)+$")
_OWN_FULL_STOP: Final = re.compile(r"\b[A-Z]\.$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St)\.$")


def align_texts(own: str, gold: str) -> Callable[[Place], Place | None]:
    """Return what tells the place in the gold text of a place in our own; None for what is not in it.

    Examples:
        >>> locate = align_texts("Asim Munir spoke.", "WASHINGTON - Asim  Munir spoke.")
        >>> locate((0, 10))
        (13, 24)
    """
    if own == gold:
        return lambda place: place
    own_places = [match.span() for match in _TOKEN.finditer(own)]
    gold_places = [match.span() for match in _TOKEN.finditer(gold)]
    blocks = SequenceMatcher(
        None, [own[slice(*place)] for place in own_places], [gold[slice(*place)] for place in gold_places], False
    ).get_matching_blocks()
    matched = [(own_places[block.a + at], gold_places[block.b + at]) for block in blocks for at in range(block.size)]
    starts = [place[0] for place, _ in matched]  # in order: blocks follow each other on both sides

    def locate(place: Place) -> Place | None:
        """Return where the words of a place in the own text stand in the gold's; None when none of them does."""
        first = bisect_left(starts, place[0])
        inside = [there for here, there in matched[first : bisect_left(starts, place[1])] if here[1] <= place[1]]
        return (inside[0][0], inside[-1][1]) if inside else None

    return locate


def trim_place(text: str, place: Place) -> Place:
    """Return a name's place without a leading article, a possessive and marks after it: "the Fed's" is "Fed".

    Labelled sets differ in what they take into a name; both sides are trimmed before they are compared. The full stop
    of an initial or of a short form ("Inc.") stays.

    Examples:
        >>> text = "the Fed's Paxar Inc. said"
        >>> [text[slice(*trim_place(text, place))] for place in [(0, 9), (10, 20)]]
        ['Fed', 'Paxar Inc.']
    """
    start, end = place
    while True:
        name = text[start:end]
        article, marks = _LEADING_ARTICLE.match(name), _TRAILING_MARKS.search(name)
        if article is not None:
            start += article.end()
        elif marks is not None and marks.start() > 0 and _OWN_FULL_STOP.search(name) is None:
            end = start + marks.start()
        else:
            return start, end
