"""Names of people that the model cut short or ran together with what stands before them.

A dash or a quotation mark that sticks to a given name hides it from the model ("-Ann Lee" is "Lee"), and a name without
a comma before it is taken into the other ("the Bank of Elbonia Ann Lee told reporters").
"""

import itertools
from collections.abc import Sequence
from typing import Final

from transforms.acronyms import SMALL_WORDS
from transforms.cues import TextCues
from transforms.mentions import PERSON, Mention, build_mention
from transforms.name_lists import NameLists
from transforms.names import PARTICLES, Word
from transforms.spans import Span

_FULL_NAME_WORDS: Final = 2
_DIVIDED: Final = frozenset({"ORG", "GPE"})


def take_given_name(cues: TextCues, mention: Mention, place: tuple[int, int], lists: NameLists) -> Mention | None:
    """Return a person's lone name with the given name that stands right before it; None where none does.

    A word that the text writes small elsewhere ("Will Lee go?") is no given name, nor is a title that some bear as
    one ("Prince").

    Args:
        cues: Of the body.
        mention: The mention.
        place: The index of its first word and of the one after its last.
        lists: The reviewed lists.
    """
    first, beyond = place
    if mention.label != PERSON or beyond != first + 1 or first == 0:
        return None
    pair = cues.words[first - 1 : beyond]
    given = pair[0]
    is_title = (given.folded,) in lists.titles.get(given.folded, ())
    if given.folded not in lists.given_names or given.folded in PARTICLES or is_title or cues.is_ordinary(given.text):
        return None
    return build_mention(cues.text, Span(given.start, mention.end, PERSON)) if is_unbroken(cues.text, pair) else None


def split_person(cues: TextCues, mention: Mention, words: Sequence[Word], lists: NameLists) -> list[Mention]:
    """Return the halves of a name that ends with a person's, behind a country or with "of"; nothing where it does not.

    "University of Notre Dame" and "Bank of America" end with no given name before a last word, and other names of
    organisations may end with their founder's.

    Args:
        cues: Of the body.
        mention: The mention.
        words: Its words.
        lists: The reviewed lists.
    """
    cut = len(words) - _FULL_NAME_WORDS
    if mention.label not in _DIVIDED or cut < 1 or words[cut].folded not in lists.given_names:
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
        is_ended = one.text.endswith(("'s", "’s")) or (one.text.endswith(".") and len(one.text) > len("J."))
        if is_ended or text[one.end : other.start] not in {" ", "-"}:
            return False
    return words[0].text[0].isupper() and all(
        word.text[0].isupper() or word.text in PARTICLES or word.text in SMALL_WORDS for word in words
    )
