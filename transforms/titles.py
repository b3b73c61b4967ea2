"""Where titles stand in a text: "General (retd)", "Deputy Secretary of State", "Prime Minister".

A title is not part of a name. It tells where a personal name begins, and that what it is made of ("State" in "Secretary
of State") is not a name of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from transforms.name_lists import NameLists, TitleWords
from transforms.names import PARTICLES, Word

MAX_NAME_WORDS: Final = 5
"""A personal name after a title has at most this many words; longer runs of capitals are headings."""

_BETWEEN: Final = re.compile(r"\s+(?:\([^()\n]{1,12}\)\s*)?|-")
_PARENTHESIS: Final = re.compile(r"\s*\([A-Za-z][A-Za-z.]{0,9}\)")


class TitleRun(NamedTuple):
    """Titles that follow each other, with the name after them.

    Attributes:
        start: Where the first title begins.
        end: Where the last title ends, a parenthesis such as "(retd)" included.
        name_start: Where the next word begins; equal to name_end where no name follows.
        name_end: Where the run of name words after the title ends.
        is_ambiguous: Whether every title of the run is a name as well ("King").
    """

    start: int
    end: int
    name_start: int
    name_end: int
    is_ambiguous: bool


def find_title_runs(text: str, words: Sequence[Word], lists: NameLists) -> list[TitleRun]:
    """Return the runs of titles in a text, in order.

    Args:
        text: The text.
        words: Its words, from ``names.split_words``.
        lists: The reviewed lists.
    """
    runs: list[TitleRun] = []
    at = 0
    for start in [index for index, word in enumerate(words) if word.folded in lists.titles]:
        title = _match_title(words, start, lists) if start >= at else None
        if title is None:
            continue
        first, is_ambiguous = start, title in lists.ambiguous_titles
        at = start + len(title)
        while (title := _next_title(text, words, at, lists)) is not None:
            is_ambiguous = is_ambiguous and title in lists.ambiguous_titles
            at = _skip_parenthesis(text, words, at) + len(title)
        runs.append(_close_run(text, words, (first, at), is_ambiguous=is_ambiguous))
    return runs


def _match_title(words: Sequence[Word], at: int, lists: NameLists) -> TitleWords | None:
    """Return the longest title that begins at this word, if any."""
    for title in lists.titles.get(words[at].folded, ()):
        if tuple(word.folded for word in words[at : at + len(title)]) == title:
            return title
    return None


def _next_title(text: str, words: Sequence[Word], at: int, lists: NameLists) -> TitleWords | None:
    """Return the title that follows the word before ``at`` with nothing but space or a parenthesis between."""
    beyond = _skip_parenthesis(text, words, at)
    if beyond >= len(words) or _BETWEEN.fullmatch(text, words[at - 1].end, words[beyond].start) is None:
        return None
    return _match_title(words, beyond, lists)


def _skip_parenthesis(text: str, words: Sequence[Word], at: int) -> int:
    """Return the index of the first word after a short parenthesis that begins right before word ``at``."""
    if at < len(words) and text[words[at].start - 1] == "(" and text[words[at].end : words[at].end + 1] == ")":
        return at + 1
    return at


def _close_run(text: str, words: Sequence[Word], span: tuple[int, int], *, is_ambiguous: bool) -> TitleRun:
    """Return the run over the words of ``span``, with the name that follows."""
    first, beyond = span
    end = words[beyond - 1].end
    parenthesis = _PARENTHESIS.match(text, end)
    after = _skip_parenthesis(text, words, beyond)
    if parenthesis is not None and after > beyond:
        end = parenthesis.end()
    is_followed = after < len(words) and text[end : words[after].start].isspace() and text[end - 2 : end] != "'s"
    name = _take_name(text, words, after) if is_followed else None
    name_start, name_end = (end, end) if name is None else name
    return TitleRun(words[first].start, end, name_start, name_end, is_ambiguous)


def _take_name(text: str, words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the span of the name words from word ``at`` on: capitalised, with initials and particles inside."""
    last = None
    for index in range(at, min(at + MAX_NAME_WORDS, len(words))):
        word = words[index]
        gap = " " if index == at else text[words[index - 1].end : word.start]
        if gap not in {" ", "-"}:
            break
        if word.text[0].isupper() or gap == "-":
            last = index
            if _ends_name(word.text):
                break
        elif word.text not in PARTICLES:
            break
    return None if last is None else (words[at].start, _without_tail(words[last]))


def _ends_name(word: str) -> bool:
    """Tell whether nothing of the name can follow: a possessive, or a full stop after more than an initial."""
    return word.endswith(("'s", "s'")) or (word.endswith(".") and len(word) > len("J."))


def _without_tail(word: Word) -> int:
    """Return where a word ends without its possessive or final full stop."""
    if word.text.endswith("'s"):
        return word.end - 2
    return word.end - 1 if word.text.endswith(".") and len(word.text) > len("J.") else word.end


def find_run_at(runs: Sequence[TitleRun], starts: Sequence[int], position: int) -> TitleRun | None:
    """Return the last run that begins at or before a position.

    Args:
        runs: From ``find_title_runs``.
        starts: The ``start`` of each run.
        position: A place in the text.
    """
    index = bisect_right(starts, position) - 1
    return runs[index] if index >= 0 else None
