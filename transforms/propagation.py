"""Later mentions the model missed: once "Asim Munir" is known, every "Munir" in the article is a mention.

Only names that were marked somewhere in the same article are looked for, word by word, and a single word only where it
cannot well be something else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from transforms.chains import Chain
from transforms.mentions import PERSON
from transforms.names import PARTICLES, Word, parse_person, split_words, strip_name
from transforms.titles import TitleRun

_MIN_SINGLE_LETTERS: Final = 3
_SENTENCE_ENDS: Final = '.!?:\n"“”'


class Form(NamedTuple):
    """A name to look for.

    Attributes:
        words: Its folded words.
        chain: Whose name it is.
        is_capitals: Whether it is written in capitals only, as "US" is, and must be found so.
    """

    words: tuple[str, ...]
    chain: Chain
    is_capitals: bool


class OrdinaryWords(NamedTuple):
    """Words that are no names.

    Attributes:
        lower: Those the text has in lower case.
        stop_words: Those of the language.
    """

    lower: set[str]
    stop_words: frozenset[str]


Forms = Mapping[str, Sequence[Form]]


def collect_forms(chains: Iterable[Chain]) -> Forms:
    """Return first word -> the names that begin with it, longest first.

    Args:
        chains: The entities of a text. A form that two of them bear is left out.
    """
    owners: dict[tuple[str, ...], dict[int, Form]] = {}
    for chain in chains:
        for form in _list_forms(chain):
            owners.setdefault(form.words, {}).setdefault(id(chain), form)
    by_first: dict[str, list[Form]] = {}
    for words, forms in owners.items():
        if len(forms) == 1:
            by_first.setdefault(words[0], []).extend(forms.values())
    for forms_of_word in by_first.values():
        forms_of_word.sort(key=lambda form: (-len(form.words), form.words))
    return by_first


def _list_forms(chain: Chain) -> Iterator[Form]:
    """Yield the names an entity is found under in its text, and a person's surname."""
    for surface in sorted({mention.surface_text for mention, _ in chain.mentions}):
        words = tuple(word.folded for word in split_words(surface))
        if words and surface[0].isupper() and "" not in words:
            yield Form(words, chain, surface.isupper())
    if chain.entity_type == PERSON:
        surname = tuple(parse_person(chain.name_key).surname.split())
        if surname and surname[0] not in PARTICLES and " " in chain.name_key:
            yield Form(surname, chain, is_capitals=False)


def find_body_names(
    text: str,
    words: Sequence[Word],
    forms: Forms,
    *,
    taken: Iterable[tuple[int, int]],
    runs: Sequence[TitleRun],
    stop_words: frozenset[str],
) -> list[tuple[int, int, Chain]]:
    """Return the places of known names that no mention covers yet: (start, end, whose).

    Args:
        text: The body.
        words: Its words.
        forms: The names to look for.
        taken: The spans of the mentions there are.
        runs: The titles of the text.
        stop_words: Lower-case words before which a capitalised word stands alone.
    """
    known = OrdinaryWords({word.text for word in words if word.text.islower()}, stop_words)
    covered = sorted(taken)
    title_ends = {run.end for run in runs}
    found = []
    at = next_taken = 0
    while at < len(words):
        while next_taken < len(covered) and covered[next_taken][1] <= words[at].start:
            next_taken += 1
        limit = covered[next_taken][0] if next_taken < len(covered) else len(text)
        form = _match_form(words, at, forms, limit)
        if form is None or (len(form.words) == 1 and not _stands_alone(text, words, at, known, title_ends)):
            at += 1
            continue
        last = at + len(form.words) - 1
        start, end = strip_name(text, words[at].start, words[last].end)
        found.append((start, _drop_stop(text, start, end), form.chain))
        at = last + 1
    return found


def find_headline_names(headline: str, forms: Forms) -> list[tuple[int, int, Chain]]:
    """Return the places of the body's names in the headline: (start, end, whose).

    In Title Case a capital says nothing, so only names that the body has are accepted, and neighbours are not asked.
    """
    words = split_words(headline)
    found = []
    at = 0
    while at < len(words):
        form = _match_form(words, at, forms, len(headline))
        if form is None:
            at += 1
            continue
        last = at + len(form.words) - 1
        start, end = strip_name(headline, words[at].start, words[last].end)
        found.append((start, _drop_stop(headline, start, end), form.chain))
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
            and (not form.is_capitals or words[at].text.removesuffix("'s").removesuffix("’s").isupper())
            and (len(form.words) > 1 or form.is_capitals or len(words[at].folded) >= _MIN_SINGLE_LETTERS)
        ):
            return form
    return None


def _stands_alone(text: str, words: Sequence[Word], at: int, known: OrdinaryWords, title_ends: set[int]) -> bool:
    """Tell whether a single capitalised word is a name by itself: no ordinary word, no part of a longer name."""
    word = words[at]
    if word.text.lower().removesuffix("'s").removesuffix("’s").rstrip(".") in known.lower:
        return False
    if at + 1 < len(words) and text[word.end : words[at + 1].start] in {" ", "-"} and words[at + 1].text[0].isupper():
        return word.text.endswith((".", "'s", "’s"))
    if at == 0:
        return True
    before = words[at - 1]
    if before.end in title_ends or text[before.end : word.start] not in {" ", "-"}:
        return True
    is_ordinary = before.text.lower() in known.stop_words or before.text.lower() in known.lower
    return is_ordinary or not before.text[0].isupper() or before.text[-1] in _SENTENCE_ENDS


def _drop_stop(text: str, start: int, end: int) -> int:
    """Return the end without a sentence's full stop, which words keep for the sake of initials."""
    return end - 1 if text[end - 1] == "." and "." not in text[start : end - 1] and end - start > len("J.") else end
