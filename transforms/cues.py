"""What the writing of a text tells about its names: its titles, its headings, the words it has in lower case.

In running text a capital inside a sentence marks a name; in a heading ("Rovers Beat United to Reach Final") it marks
nothing, and the model, which was trained on running text, takes verbs into names there.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from transforms.name_lists import NameLists
from transforms.names import Word, split_words
from transforms.titles import TitleRun, find_title_runs

MAX_HEADING_WORDS: Final = 24
"""Longer lines are running text."""

_MIN_HEADING_WORDS: Final = 4
_MIN_LONG_WORD: Final = 4  # letters; style guides write shorter words small in headings
_MIN_CAPITALS_RATIO: Final = 0.75
_MIN_TITLE_WORDS: Final = 5
"""Long words in a heading that ends with a full stop, as some outlets have them; fewer can be a list of names."""

_TITLE_SMALL: Final = frozenset("a an and as at but by for from in of off on or out the to up via vs with".split())
"""Words that headings in title case write small."""

_LINE: Final = re.compile(r"[^\n]+")
_ADDRESS: Final = re.compile(r"\bhttps?:|\bwww\b")
_SMALL_WORD: Final = re.compile(r"(?<![\w/.@='-])[a-z]+(?![\w/@='])")
"""A word in lower case that is no part of an address or a compound."""

_POSSESSIVE: Final = re.compile(r"'s?$")


@dataclass(frozen=True)
class TextCues:
    """A body, read for what tells names from other words.

    Attributes:
        text: The body, with the apostrophes of ASCII (``marks.py``).
        words: Its words.
        starts: Where each of them begins.
        runs: Its titles, in order.
        headings: The lines whose capitals tell nothing: (start, end), in order.
        lower_words: The words it has in lower case at least as often as with a capital inside a sentence.
        capitals: The indices of its words with a capital.
        stop_words: Those of the language that are never names.
    """

    text: str
    words: Sequence[Word]
    starts: Sequence[int]
    runs: Sequence[TitleRun]
    headings: Sequence[tuple[int, int]]
    lower_words: frozenset[str]
    capitals: Sequence[int]
    stop_words: frozenset[str]

    def is_in_heading(self, position: int) -> bool:
        """Tell whether a place is in a heading."""
        index = bisect_right(self.headings, (position, len(self.text))) - 1
        return index >= 0 and position < self.headings[index][1]

    def is_inside_sentence(self, before: Word, word: Word) -> bool:
        """Tell whether a word follows one in lower case with only a space between, so that a capital marks a name."""
        return _is_inside_sentence(self.text, before, word)

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a word is no name by itself: the text has it in lower case, or it is a stop word."""
        bare = _POSSESSIVE.sub("", word.lower()).rstrip(".")
        return bare in self.lower_words or bare in self.stop_words


def read_cues(text: str, lists: NameLists) -> TextCues:
    """Return the cues of a body."""
    words = split_words(text)
    starts = [word.start for word in words]
    has_addresses = _ADDRESS.search(text) is not None
    headings: list[tuple[int, int]] = []
    running: list[str] = []
    for line in _LINE.finditer(text):
        first, beyond = bisect_left(starts, line.start()), bisect_left(starts, line.end())
        is_short = beyond - first <= MAX_HEADING_WORDS
        if is_short and beyond - first >= _MIN_HEADING_WORDS and _is_heading(line[0], words[first:beyond]):
            headings.append(line.span())
        elif not (has_addresses and _ADDRESS.search(line[0]) is not None and (is_short or "/ /" in line[0])):
            running.append(line[0])
    capitals = [index for index, word in enumerate(words) if word.text[0].isupper()]
    return TextCues(
        text=text,
        words=words,
        starts=starts,
        runs=find_title_runs(text, words, lists),
        headings=headings,
        lower_words=_find_lower_words(
            "\n".join(running), [(words[at - 1], words[at]) for at in capitals if at > 0], text
        ),
        capitals=capitals,
        stop_words=lists.stop_words,
    )


def _find_lower_words(running: str, pairs: Sequence[tuple[Word, Word]], text: str) -> frozenset[str]:
    """Return the words that running text has in lower case at least as often as with a capital inside a sentence.

    Args:
        running: The lines that are no headings and no addresses.
        pairs: Each word with a capital after the word before it.
        text: The body.
    """
    small = _SMALL_WORD.findall(running)
    known = frozenset(small)
    capital = Counter(
        word.folded for before, word in pairs if word.folded in known and _is_inside_sentence(text, before, word)
    )
    return known - {word for word, count in capital.items() if count > small.count(word)}


def _is_inside_sentence(text: str, before: Word, word: Word) -> bool:
    return before.text.islower() and before.text[-1] != "." and text[before.end : word.start] == " "


def _is_heading(line: str, words: Sequence[Word]) -> bool:
    if line.rstrip().endswith((".", ";", ",", ".”", '."')):
        return line.rstrip().endswith(".") and _is_title_case(words)
    long = [word.text for word in words if len(word.text) >= _MIN_LONG_WORD and word.text[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) > 1 and capitals >= _MIN_CAPITALS_RATIO * len(long)


def _is_title_case(words: Sequence[Word]) -> bool:
    """Tell whether all words but short prepositions have capitals, as in no sentence of this length."""
    long = [word for word in words if len(word.text) >= _MIN_LONG_WORD]
    return len(long) >= _MIN_TITLE_WORDS and all(
        not word.text[0].islower() or word.text in _TITLE_SMALL for word in words
    )
