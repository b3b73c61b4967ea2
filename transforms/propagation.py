"""Later mentions the model missed: once "Asim Munir" is known, every "Munir" in the article is a mention.

Only names that were marked somewhere in the same article are looked for, word by word, and a single word only where it
cannot well be something else.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from transforms.chains import Chain, choose_first_named
from transforms.cues import TextCues
from transforms.means import MentionMeans
from transforms.mentions import PERSON, Mention
from transforms.name_types import ORGANISATION_HEADS
from transforms.names import PARTICLES, Word, drop_stop, fold_words, parse_person, split_words, strip_name
from transforms.titled_names import CALENDAR_WORDS

_MIN_SINGLE_LETTERS: Final = 3
_PLURAL_TAIL: Final = re.compile(r"[a-z]{3,}[^s]s")
"""The end of a name that can stand for it: of clubs, above all ("Rovers")."""
_OPENINGS: Final = frozenset({"", ".", "\n", "\n\n", "“", '"'})
"""What stands before the word that opens a sentence."""

_DIRECTIONS: Final = frozenset("north south east west northern southern eastern western central".split())
_SENTENCE_ENDS: Final = '.!?:\n"“”'


class Form(NamedTuple):
    """A name to look for.

    Attributes:
        words: Its folded words.
        chains: Whose name it is; several only for people who share it.
        is_capitals: Whether it is written in capitals only, as "US" is, and must be found so.
    """

    words: tuple[str, ...]
    chains: tuple[Chain, ...]
    is_capitals: bool


Forms = Mapping[str, Sequence[Form]]


def collect_forms(chains: Iterable[Chain], means: MentionMeans) -> Forms:
    """Return first word -> the names that begin with it, longest first.

    Args:
        chains: The entities of a text. A form that two of them bear is left out, unless both are people.
        means: Which means are used: tail_forms.
    """
    owners: dict[tuple[str, ...], dict[int, Form]] = {}
    for chain in chains:
        for form in _list_forms(chain, means):
            same = owners.setdefault(form.words, {})
            if same.setdefault(id(chain), form).is_capitals:
                same[id(chain)] = form
    by_first: dict[str, list[Form]] = {}
    for words, forms in owners.items():
        bearers = tuple(form.chains[0] for form in forms.values())
        if len(bearers) == 1 or all(chain.entity_type == PERSON for chain in bearers):
            is_capitals = all(form.is_capitals for form in forms.values())
            by_first.setdefault(words[0], []).append(Form(words, bearers, is_capitals))
    for forms_of_word in by_first.values():
        forms_of_word.sort(key=lambda form: (-len(form.words), form.words))
    return by_first


def _list_forms(chain: Chain, means: MentionMeans) -> Iterator[Form]:
    """Yield the names an entity is found under in its text, a person's surname, and the end of an organisation's."""
    for surface in sorted({mention.surface_text for mention, _ in chain.mentions}):
        words = fold_words(surface)
        is_abbreviation = surface.endswith(".") and not surface.isupper()
        if words and surface[0].isupper() and "" not in words and not is_abbreviation:
            yield Form(words, (chain,), surface.isupper())
    names = tuple(chain.name_key.split())
    if chain.entity_type == PERSON:
        person = parse_person(chain.name_key)
        surname = tuple(person.surname.split())
        if surname and surname[0] not in PARTICLES and len(names) > 1:
            yield Form(surname, (chain,), is_capitals=False)
        if person.middle:
            yield Form((person.given, *surname), (chain,), is_capitals=False)
    elif chain.entity_type == "ORG" and means.tail_forms and _has_plural_tail(chain):
        yield Form(names[-1:], (chain,), is_capitals=False)


def _has_plural_tail(chain: Chain) -> bool:
    """Tell whether an organisation can be called by the end of its name."""
    first, _, last = chain.name_key.rpartition(" ")
    is_plural = _PLURAL_TAIL.fullmatch(last) is not None and last not in ORGANISATION_HEADS
    return first != "" and is_plural and not chain.full_name.isupper()


def find_body_names(cues: TextCues, forms: Forms, taken: Sequence[Mention]) -> list[tuple[int, int, Chain]]:
    """Return the places of known names that no mention covers yet: (start, end, whose).

    Args:
        cues: Of the body.
        forms: The names to look for.
        taken: The mentions there are, in order.
    """
    text, words = cues.text, cues.words
    covered = [(mention.start, mention.end) for mention in taken]
    dividers = {run.end for run in cues.runs} | {mention.end for mention in taken if mention.label == "GPE"}
    found = []
    beyond = next_taken = 0
    for at in cues.capitals:
        if at < beyond or words[at].folded not in forms:
            continue
        while next_taken < len(covered) and covered[next_taken][1] <= words[at].start:
            next_taken += 1
        limit = covered[next_taken][0] if next_taken < len(covered) else len(text)
        form = _match_form(words, at, forms, limit)
        if form is None or (len(form.words) == 1 and not _stands_alone(cues, at, dividers)):
            continue
        beyond = at + len(form.words)
        start, end = strip_name(text, words[at].start, words[beyond - 1].end)
        chain = form.chains[0] if len(form.chains) == 1 else choose_first_named(form.chains)
        found.append((start, drop_stop(text, start, end), chain))
        if chain.entity_type == "GPE":
            dividers.add(words[beyond - 1].end)
    return found


def find_headline_names(headline: str, forms: Forms, cues: TextCues) -> list[tuple[int, int, Chain]]:
    """Return the places of the body's names in the headline: (start, end, whose).

    In Title Case a capital says nothing, so only names that the body has are accepted, single words only where the body
    does not write them small, and neighbours are not asked. Of people who share a name whoever is named most is meant.

    Args:
        headline: The headline.
        forms: The names of the body.
        cues: Of the body.
    """
    words = split_words(headline)
    found = []
    at = 0
    while at < len(words):
        form = _match_form(words, at, forms, len(headline))
        if form is None or (len(form.words) == 1 and not form.is_capitals and cues.is_ordinary(words[at].text)):
            at += 1
            continue
        last = at + len(form.words) - 1
        start, end = strip_name(headline, words[at].start, words[last].end)
        chain = max(form.chains, key=lambda chain: len(chain.mentions))
        found.append((start, drop_stop(headline, start, end), chain))
        at = last + 1
    return found


def _match_form(words: Sequence[Word], at: int, forms: Forms, limit: int) -> Form | None:
    """Return the longest known name that begins at a word and ends before ``limit``."""
    candidates = forms.get(words[at].folded)
    if candidates is None or not words[at].text[0].isupper():
        return None
    for form in candidates:
        last = at + len(form.words) - 1
        if (
            last < len(words)
            and words[last].end <= limit
            and tuple(word.folded for word in words[at : last + 1]) == form.words
            and (not form.is_capitals or words[at].text.removesuffix("'s").isupper())
            and (len(form.words) > 1 or form.is_capitals or len(words[at].folded) >= _MIN_SINGLE_LETTERS)
        ):
            return form
    return None


def _stands_alone(cues: TextCues, at: int, dividers: set[int]) -> bool:
    """Tell whether a single capitalised word is a name by itself: no ordinary word, no part of a longer name.

    In a heading, where all words have capitals, only the first question can be asked.

    Args:
        cues: Of the body.
        at: The index of the word.
        dividers: Ends of titles and places, after which another name may begin.
    """
    text, words = cues.text, cues.words
    word = words[at]
    before = words[at - 1] if at > 0 else None
    is_inside = before is not None and cues.is_inside_sentence(before, word)
    if cues.is_ordinary(word.text) and (
        not is_inside or word.folded in CALENDAR_WORDS or cues.is_in_heading(word.start)
    ):
        return False
    if cues.is_in_heading(word.start):
        return True
    if at + 1 < len(words) and text[word.end : words[at + 1].start] in {" ", "-"} and words[at + 1].text[0].isupper():
        return word.text.endswith((".", "'s"))
    if before is None or before.end in dividers or text[before.end : word.start] not in {" ", "-"}:
        return True
    is_direction = before.folded in _DIRECTIONS  # "North America", though the text has "north", too
    if (
        not before.text[0].isupper()
        or before.text[-1] in _SENTENCE_ENDS
        or (cues.is_ordinary(before.text) and not is_direction)
    ):
        return True
    return before.text.endswith("ing") and text[max(0, before.start - 2) : before.start].strip(" ") in _OPENINGS
