"""Names of people that the model cut short or ran together with what stands before them.

A dash or a quotation mark that sticks to a given name hides it from the model ("-Ann Lee" is "Lee"), which also misses
given names that it does not know, and surnames; a name without a comma before it is taken into the other ("the Bank of
Elbonia Ann Lee told reporters"), and of titles it marks the first word ("The Elbonia" of "The Elbonia Reporter").
"""

import itertools
from collections.abc import Sequence
from typing import Final, NamedTuple

from transforms.acronyms import SMALL_WORDS
from transforms.cues import TextCues
from transforms.mentions import PERSON, Mention, build_mention
from transforms.name_lists import NameLists
from transforms.name_types import ORGANISATION_HEADS
from transforms.names import PARTICLES, SURNAME_STARTS, Word, drop_stop
from transforms.spans import Span
from transforms.titled_names import CALENDAR_WORDS

_FULL_NAME_WORDS: Final = 2
_DIVIDED: Final = frozenset({"ORG", "GPE"})

_GIVEN_TITLES: Final = frozenset({"dean", "don", "earl"})
"""Titles that most bear as a given name: 36 of 37 before a lone surname in 3,272 articles of 2016 and 2017."""

_MIN_GIVEN_LETTERS: Final = 3
_OPENERS: Final = frozenset(
    "century crooked dear despite following former given grand late like little old poor thank unlike young".split(),
)
"""Words with a capital, of a sentence's beginning, an address or a nickname, that no list has."""

_NO_GIVEN_NAMES: Final = _OPENERS | CALENDAR_WORDS | ORGANISATION_HEADS

_MAX_TITLE_WORDS: Final = 2


class Neighbours(NamedTuple):
    """What stands around a mention.

    Attributes:
        first: The index of its first word.
        beyond: The index of the word after its last.
        free_start: Where the mention before it ends.
        free_end: Where the mention after it begins.
        is_known: Whether the text had its name before.
    """

    first: int
    beyond: int
    free_start: int
    free_end: int
    is_known: bool


def take_given_name(cues: TextCues, mention: Mention, place: Neighbours, lists: NameLists) -> Mention | None:
    """Return a person's lone name with the given name that stands right before it; None where none does.

    A word that the text writes small elsewhere ("Will Lee go?") is no given name, nor is a title that some bear as
    one ("Prince").

    Args:
        cues: Of the body.
        mention: The mention.
        place: What stands around it.
        lists: The reviewed lists.
    """
    given = _read_before_lone(cues, mention, place)
    if given is None or not _is_given_name(given, lists):
        return None
    return build_mention(cues.text, Span(given.start, mention.end, PERSON))


def take_neighbours(cues: TextCues, mention: Mention, place: Neighbours, lists: NameLists) -> Mention | None:
    """Return a name with the words beside it that the model cut off; None where there are none.

    They are a given name that no list has ("Arlo" before the lone name of a person), where nothing else explains its
    capital, a surname behind a given name or its own beginning ("Marine Le"), or the rest of a title that begins with
    "The".

    Args:
        cues: Of the body.
        mention: The mention.
        place: What stands around it.
        lists: The reviewed lists.
    """
    if mention.label != PERSON:
        return _take_title(cues, mention, place)
    given = _read_before_lone(cues, mention, place)
    if given is not None and _may_be_given_name(cues, given, place, lists):
        return build_mention(cues.text, Span(given.start, mention.end, PERSON))
    return _take_surname(cues, mention, place, lists)


def _take_surname(cues: TextCues, mention: Mention, place: Neighbours, lists: NameLists) -> Mention | None:
    """Return a given name, or one that ends where a surname begins, with the word right behind; None without any."""
    if place.beyond == place.first:
        return None  # a name without a word
    last, *behind = cues.words[place.beyond - 1 : place.beyond + 1]
    is_cut = last.folded in SURNAME_STARTS and place.beyond > place.first + 1
    if not (is_cut or mention.name_key in lists.given_names) or not behind:
        return None
    (word,) = behind
    if word.end > place.free_end or not is_unbroken(cues.text, [last, word]):
        return None
    is_word = cues.is_ordinary(word.text) or word.folded in CALENDAR_WORDS or word.folded in lists.titles
    if is_word or last.text.isupper() or word.text.isupper() or cues.is_in_heading(mention.start):
        return None
    end = drop_stop(cues.text, mention.start, word.end)
    return build_mention(cues.text, Span(mention.start, end, PERSON))


def _read_before_lone(cues: TextCues, mention: Mention, place: Neighbours) -> Word | None:
    """Return the capitalised word right before a person's lone name; None where there is none, or it is no name."""
    if mention.label != PERSON or place.beyond != place.first + 1 or place.first == 0:
        return None
    pair = cues.words[place.first - 1 : place.beyond]
    return None if cues.is_ordinary(pair[0].text) or not is_unbroken(cues.text, pair) else pair[0]


def _is_given_name(word: Word, lists: NameLists) -> bool:
    """Tell whether the lists have a word as a given name, and not rather as a title."""
    is_title = (word.folded,) in lists.titles.get(word.folded, ()) and word.folded not in _GIVEN_TITLES
    return word.folded in lists.given_names and word.folded not in PARTICLES and not is_title


def _may_be_given_name(cues: TextCues, word: Word, place: Neighbours, lists: NameLists) -> bool:
    """Tell whether nothing but being a given name explains the capital of a word: no list has it, no name ends with it.

    A text has it where it names somebody for the first time.
    """
    known = word.folded
    is_word = word.text.isalpha() and not word.text.isupper() and len(known) >= _MIN_GIVEN_LETTERS
    if not is_word or place.is_known or word.start < place.free_start or cues.is_in_heading(word.start):
        return False
    if known in _NO_GIVEN_NAMES or known in cues.stop_words:
        return False
    if known in lists.demonyms or known in lists.cities or lists.is_place(known) or known in lists.well_known:
        return False
    is_title = any(run.start <= word.start < run.end for run in cues.runs)
    return not is_title and known.removesuffix("s") not in lists.titles


def _take_title(cues: TextCues, mention: Mention, place: Neighbours) -> Mention | None:
    """Return a name with "The" before it inside a sentence with the words of the title it begins; None without any.

    "The Elbonia" before "Reporter" is an outlet or a work, and no country.
    """
    if not mention.surface_text.startswith("The ") or mention.label == "NORP":
        return None
    words = cues.words[place.first : place.beyond + _MAX_TITLE_WORDS]
    count = place.beyond - place.first
    end = count
    while end < len(words) and words[end].text[0].isupper() and is_unbroken(cues.text, words[end - 1 : end + 1]):
        end += 1
    if end == count or cues.is_in_heading(mention.start) or words[end - 1].folded in CALENDAR_WORDS:
        return None
    return build_mention(cues.text, Span(mention.start, words[end - 1].end, "ORG"))


def split_person(
    cues: TextCues, mention: Mention, words: Sequence[Word], lists: NameLists, *, has_bearer: bool
) -> list[Mention]:
    """Return the halves of a name that ends with a person's, behind a country or with "of"; nothing where it does not.

    "University of Notre Dame" and "Bank of America" end with no given name before a last word, and other names of
    organisations may end with their founder's. No list has all given names: the surname of another name does, too.

    Args:
        cues: Of the body.
        mention: The mention.
        words: Its words.
        lists: The reviewed lists.
        has_bearer: Whether another name of the article has the last word for its surname.
    """
    cut = len(words) - _FULL_NAME_WORDS
    if mention.label not in _DIVIDED or cut < 1:
        return []
    last = words[-1]
    is_surname = has_bearer and last.folded not in ORGANISATION_HEADS and not cues.is_ordinary(last.text)
    if not is_surname and words[cut].folded not in lists.given_names:
        return []
    head = Span(mention.start, words[cut - 1].end, mention.label)
    halves = [build_mention(cues.text, span) for span in (head, Span(words[cut].start, mention.end, PERSON))]
    before, person = halves
    if before is None or person is None or not is_unbroken(cues.text, words[cut:]):
        return []
    is_body = any(word.text == "of" and lists.is_place(words[cut - 1].folded) for word in words[:cut])
    return [before, person] if is_body or lists.is_place(before.name_key) else []


def is_unbroken(text: str, words: Sequence[Word]) -> bool:
    """Tell whether words have capitals, a space or a hyphen divides them, and none but the last is a possessive."""
    for one, other in itertools.pairwise(words):
        is_ended = one.text.endswith("'s") or (one.text.endswith(".") and len(one.text) > len("J."))
        if is_ended or text[one.end : other.start] not in {" ", "-"}:
            return False
    return words[0].text[0].isupper() and all(
        word.text[0].isupper() or word.text in PARTICLES or word.text in SMALL_WORDS for word in words
    )
