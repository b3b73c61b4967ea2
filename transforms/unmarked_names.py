"""Names the model marked nowhere in an article, told by how they are written.

The model knows few clubs and small outlets. Three ways of writing are as good as a label: a given name with a surname,
a plural that the text capitalises after "the" and never writes small ("the Rovers"), and capitals that say something
("ETB reported").
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from transforms.cues import TextCues
from transforms.mentions import PERSON, Mention, build_mention
from transforms.name_lists import NameLists
from transforms.name_types import ORGANISATION_HEADS
from transforms.names import Word
from transforms.spans import Span
from transforms.titled_names import CALENDAR_WORDS

_SURNAME: Final = re.compile(r"(?:Mc|Mac|O['’]|De|La)?[A-Z][a-z]+")
_INITIAL: Final = re.compile(r"[A-Z]\.")
_PLURAL: Final = re.compile(r"[A-Z][a-z]{3,}s")
_ACRONYM: Final = re.compile(r"[A-Z]{2,6}")
_NO_NAME_BEFORE: Final = frozenset("-–.'’“\"&")
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
    words = cues.words
    counts = Counter(words[at].folded for at in cues.capitals)
    for at in cues.capitals:
        word = words[at]
        if word.folded in lists.countries or word.folded in lists.demonyms:
            if _is_alone(cues, at, at) and len(word.folded) >= _MIN_LISTED_LETTERS and not cues.is_ordinary(word.text):
                label = "GPE" if word.folded in lists.countries else "NORP"
                yield Span(word.start, word.start + len(word.text.rstrip(".")), label)
        elif word.folded in lists.given_names:
            last = _find_surname(cues, at, lists)
            if last is not None:
                yield Span(word.start, words[last].end, PERSON)
        elif _ACRONYM.fullmatch(word.text) and len(word.text) > 2 and _is_speaking(words, at) and not _is_other(cues, word.folded, lists):
            yield Span(word.start, word.end, "ORG")
        elif counts[word.folded] >= _MIN_COUNT and _PLURAL.fullmatch(word.text) and not _is_other(cues, word.folded, lists):
            first = _find_article(cues, at)
            if first is not None and _is_alone(cues, first, at):
                yield Span(words[first].start, word.end, "ORG")


def _is_alone(cues: TextCues, first: int, last: int) -> bool:
    """Tell whether no word with a capital stands right before or after a row of words."""
    words, text = cues.words, cues.text
    before = words[first - 1] if first > 0 else None
    after = words[last + 1] if last + 1 < len(words) else None
    if before is not None and before.text[0].isupper() and before.text not in _ARTICLES and not _ACRONYM.fullmatch(before.text):
        if text[before.end : words[first].start] in {" ", "-"} and not before.text.endswith("."):
            return False
    return after is None or not after.text[0].isupper() or text[words[last].end : after.start] not in {" ", "-"}


def _find_surname(cues: TextCues, at: int, lists: NameLists) -> int | None:
    """Return the index of the surname after a given name and perhaps an initial; None where there is none."""
    words, text = cues.words, cues.text
    last = at + 1
    if last < len(words) and _INITIAL.fullmatch(words[last].text):
        last += 1
    if last >= len(words) or any(text[words[index - 1].end : words[index].start] != " " for index in range(at + 1, last + 1)):
        return None
    is_name = _SURNAME.fullmatch(words[last].text) and _SURNAME.fullmatch(words[at].text)
    if not is_name or text[words[at].start - 1 : words[at].start] in _NO_NAME_BEFORE or text[words[last].end : words[last].end + 1] in {"”", '"', "-"}:
        return None
    is_known = any(_is_other(cues, words[index].folded, lists) for index in (at, last))
    return last if not is_known and words[last].folded not in ORGANISATION_HEADS and _is_alone(cues, at, last) else None


def _is_speaking(words: Sequence[Word], at: int) -> bool:
    """Tell whether a verb of saying follows a word, or one that takes a hearer or a source stands before it."""
    after = words[at + 1].text.rstrip(".") if at + 1 < len(words) else ""
    return after in _SPEAKING or (at > 0 and words[at - 1].text in {"reported", "told"})


def _find_article(cues: TextCues, at: int) -> int | None:
    """Return where the name begins that a plural ends and "the" introduces ("the Elbonia Rovers"); None without."""
    words = cues.words
    for first in (at, at - 1):
        if first > 1 and words[first].text[0].isupper() and words[first - 1].text in {"the", "The"} and words[first - 2].text != "of":
            return first
    return None


def _is_other(cues: TextCues, word: str, lists: NameLists) -> bool:
    """Tell whether a word is known for something else than a name."""
    return (
        cues.is_ordinary(word)
        or cues.is_ordinary(word.removesuffix("s"))
        or word in CALENDAR_WORDS
        or word in lists.demonyms
        or word in lists.titles
        or lists.is_place(word)
        or word.removesuffix("s") in lists.titles
    )
