"""Spans held against what else the article says: a heading believes what running text bears out, a verb is no name.

"Lee Returns" in a heading is "Lee" when running text has a "Lee"; "Suspected Bank Robber", whose words the text writes
small elsewhere, is no name at all.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from transforms.cues import TextCues
from transforms.means import MentionMeans
from transforms.mentions import PERSON, Mention, build_mention, drop_overlaps
from transforms.mistaken_borders import Neighbours, is_unbroken, split_person, take_given_name, take_neighbours
from transforms.name_lists import NameLists
from transforms.names import PARTICLES, Word, drop_stop, parse_person
from transforms.spans import Span

_MAX_FORM_WORDS: Final = 6
_MAX_EXTENSION: Final = 2
_MIN_CASED_LETTERS: Final = 3
_PAIR_WORD_COUNT: Final = 2
_UNDIVIDED: Final = frozenset({"LAW", "EVENT"})
_JOINT: Final = re.compile(r" (and|at|in) (?=[A-Z])")
_HYPHEN: Final = re.compile(r"[-–]")
_SENTENCE_ENDS: Final = '.!?:"“”\n'


class KnownName(NamedTuple):
    """A name in running text.

    Attributes:
        label: PERSON where any mention is a person, else of the first.
        bearers: Name keys of the mentions that bear it: "ann lee" and "lee" bear "lee".
        bearer_count: How many mentions they are.
    """

    label: str
    bearers: frozenset[str]
    bearer_count: int

    def is_shown_by_others(self, name_key: str) -> bool:
        """Tell whether a mention other than those by one name bears it."""
        return bool(self.bearers - {name_key})


Forms = Mapping[tuple[str, ...], KnownName]
"""Folded words -> the name."""

Starters = Mapping[str, Sequence[tuple[str, ...]]]
"""First word -> the names of several words that begin with it, longest first."""


def confirm_mentions(
    cues: TextCues, mentions: Sequence[Mention], lists: NameLists, means: MentionMeans
) -> list[Mention]:
    """Return the mentions, those that hold more than a name cut to it, those that hold none left out.

    Args:
        cues: Of the body.
        mentions: In order, not overlapping.
        lists: The reviewed lists.
        means: Which means are used: headings, known_names.
    """
    in_heading = [means.headings and cues.is_in_heading(mention.start) for mention in mentions]
    forms = _collect_forms([mention for mention, skipped in zip(mentions, in_heading, strict=True) if not skipped])
    starters = _index_starters(forms)
    counts = Counter(mention.name_key for mention in mentions)
    confirmed: list[Mention] = []
    places = _place_neighbours(cues, mentions)
    for mention, is_heading, place in zip(mentions, in_heading, places, strict=True):
        first, beyond = place.first, place.beyond
        words = cues.words[first:beyond]
        completed = None
        if means.known_names:
            completed = _complete(cues, mention, (first, beyond), forms, starters)
            completed = completed or take_given_name(cues, mention, place, lists)
        if completed is None and means.neighbours:
            completed = take_neighbours(cues, mention, place, lists)
        if completed is not None:
            confirmed.append(completed)
        elif is_heading:
            confirmed += _confirm_heading(cues, mention, words, forms, lists)
        elif not means.known_names:
            confirmed.append(mention)
        elif len(words) == 1 and _opens_sentence(cues.text, words[0]) and cues.is_ordinary(words[0].text):
            continue
        elif len(words) > 1 and counts[mention.name_key] == 1:
            cut = _cut_opening(cues, mention, words, forms, lists) or split_person(
                cues, mention, words, lists, has_bearer=_is_surname(words[-1], mention, forms)
            )
            confirmed += cut or _divide_known(cues, mention, forms)
        else:
            confirmed += _divide_known(cues, mention, forms)
    return drop_overlaps(confirmed)


def _place_neighbours(cues: TextCues, mentions: Sequence[Mention]) -> list[Neighbours]:
    """Return what stands around each mention."""
    places = []
    seen: set[str] = set()
    for at, mention in enumerate(mentions):
        first, beyond = bisect_left(cues.starts, mention.start), bisect_left(cues.starts, mention.end)
        free = mentions[at - 1].end if at else 0, mentions[at + 1].start if at + 1 < len(mentions) else len(cues.text)
        places.append(Neighbours(first, beyond, *free, is_known=mention.name_key in seen))
        seen.add(mention.name_key)
    return places


def _complete(
    cues: TextCues, mention: Mention, place: tuple[int, int], forms: Forms, starters: Starters
) -> Mention | None:
    """Return the longer known name that begins before or goes on beyond a mention; None when there is none.

    A given name before a surname of the article ("Ann" in "Ann Lee", when "Lee" is elsewhere) is completed too.

    Args:
        cues: Of the body.
        mention: The mention.
        place: The index of its first word and of the one after its last.
        forms: The names of running text.
        starters: Their first words.
    """
    first, beyond = place
    for start in range(max(0, first - _MAX_EXTENSION), min(first + 1, len(cues.words))):
        for form in starters.get(cues.words[start].folded, ()):
            end = start + len(form)
            words = cues.words[start:end]
            if end <= first or (start == first and end <= beyond) or form != tuple(word.folded for word in words):
                continue
            if _completes(forms[form], mention) and is_unbroken(cues.text, words):
                return build_mention(cues.text, Span(words[0].start, words[-1].end, forms[form].label))
    pair = cues.words[first : beyond + 1]
    if mention.label != PERSON or beyond != first + 1 or len(pair) == 1 or not is_unbroken(cues.text, pair):
        return None
    is_whole = _is_surname(pair[1], mention, forms)
    return build_mention(cues.text, Span(mention.start, pair[1].end, PERSON)) if is_whole else None


def _is_surname(word: Word, mention: Mention, forms: Forms) -> bool:
    """Tell whether a word is the surname of a person whom another name of the article shows."""
    known = forms.get((word.folded,))
    return known is not None and known.label == PERSON and known.is_shown_by_others(mention.name_key)


def _completes(known: KnownName, mention: Mention) -> bool:
    """Tell whether a name is sure enough to take a mention in: of a person, or met twice and no people's."""
    if PERSON in {known.label, mention.label}:
        return known.label == mention.label
    return known.label == "ORG" and known.bearer_count > 1


def _collect_forms(mentions: Sequence[Mention]) -> Forms:
    """Return the names of running text, and the surnames of its people."""
    found: dict[tuple[str, ...], list[Mention]] = {}
    for mention in mentions:
        found.setdefault(tuple(mention.name_key.split()), []).append(mention)
        surname = parse_person(mention.name_key).surname
        if mention.label == PERSON and surname != mention.name_key:
            found.setdefault(tuple(surname.split()), []).append(mention)
    return {
        form: KnownName(
            PERSON if any(mention.label == PERSON for mention in bearers) else bearers[0].label,
            frozenset(mention.name_key for mention in bearers),
            len(bearers),
        )
        for form, bearers in found.items()
    }


def _index_starters(forms: Forms) -> Starters:
    """Return first word -> the names of several words that begin with it, longest first."""
    starters: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(forms, key=len, reverse=True):
        if len(form) > 1:
            starters.setdefault(form[0], []).append(form)
    return starters


def _confirm_heading(
    cues: TextCues, mention: Mention, words: Sequence[Word], forms: Forms, lists: NameLists
) -> list[Mention]:
    """Return what running text bears out of a span in a heading; all of it where nothing speaks against it."""
    if tuple(mention.name_key.split()) in forms:
        return [mention]
    found = list(_cut_to_forms(cues, words, forms, lists))
    if found:
        return found
    if not any(cues.is_ordinary(word.text) and word.folded not in PARTICLES for word in words):
        return [mention]
    return _cut_to_given_name(cues, mention, words, lists)


def _cut_to_given_name(cues: TextCues, mention: Mention, words: Sequence[Word], lists: NameLists) -> list[Mention]:
    """Return the given name that begins a person's span with the word after it; nothing when that is no name."""
    pair = words[:_PAIR_WORD_COUNT]
    if mention.label != PERSON or len(pair) < _PAIR_WORD_COUNT or pair[0].folded not in lists.given_names:
        return []
    if any(cues.is_ordinary(word.text) for word in pair):
        return []
    cut = build_mention(cues.text, Span(pair[0].start, pair[1].end, PERSON))
    return [] if cut is None else [cut]


def _cut_to_forms(cues: TextCues, words: Sequence[Word], forms: Forms, lists: NameLists) -> Iterator[Mention]:
    """Yield the known names in a row of words, a given name before a surname with it."""
    at = 0
    while at < len(words):
        beyond = _match_form(words, at, forms)
        if beyond is None:
            at += 1
            continue
        label = forms[tuple(word.folded for word in words[at:beyond])].label
        first = at
        if label == PERSON and beyond - at == 1 and at > 0 and words[at - 1].folded in lists.given_names:
            first = at - 1
        start = words[first].start
        mention = build_mention(cues.text, Span(start, drop_stop(cues.text, start, words[beyond - 1].end), label))
        if mention is not None:
            yield mention
        at = beyond


def _match_form(words: Sequence[Word], at: int, forms: Forms) -> int | None:
    """Return the index after the longest known name that begins at a word."""
    if len(words[at].folded) < _MIN_CASED_LETTERS and not words[at].text.isupper():
        return None  # "Us" is not "US"
    for beyond in range(min(len(words), at + _MAX_FORM_WORDS), at, -1):
        if tuple(word.folded for word in words[at:beyond]) in forms:
            return beyond
    return None


def _opens_sentence(text: str, word: Word) -> bool:
    """Tell whether a word stands first in its sentence or behind a dash that divides, where a capital says nothing."""
    gap = text[max(0, word.start - 3) : word.start]
    before = gap.rstrip(" ")[-1:]
    return not before or before in _SENTENCE_ENDS or gap.endswith(("- ", "– ", "— "))


def _cut_opening(
    cues: TextCues, mention: Mention, words: Sequence[Word], forms: Forms, lists: NameLists
) -> list[Mention]:
    """Return a mention without the ordinary word that opens its sentence, where a known person is left; else nothing.

    Only people: "Bank of England" begins with an ordinary word as well. A word that is a given name ("Will") stays.
    """
    opening = words[0]
    rest = tuple(word.folded for word in words[1:])
    known = forms.get(rest)
    if (
        known is None
        or known.label != PERSON
        or not known.is_shown_by_others(mention.name_key)
        or opening.folded in PARTICLES
        or not cues.is_ordinary(opening.text)
        or opening.folded in lists.given_names
        or not _opens_sentence(cues.text, opening)
    ):
        return []
    cut = build_mention(cues.text, Span(words[1].start, mention.end, PERSON))
    return [] if cut is None else [cut]


def _divide_known(cues: TextCues, mention: Mention, forms: Forms) -> list[Mention]:
    """Return a mention's halves where they are names of their own; else it whole.

    "Lee and Kim" is two where one is a person, "Rovers at Elbonia" where "Rovers" is known, "Lee-Kim" where both are.
    """
    if mention.label == PERSON:
        joint = _HYPHEN.search(mention.surface_text)
    else:
        joint = _JOINT.search(mention.surface_text) if mention.label not in _UNDIVIDED else None
    if joint is None:
        return [mention]
    left = Span(mention.start, mention.start + joint.start(), mention.label)
    right = Span(mention.start + joint.end(), mention.end, mention.label)
    halves = [half for half in (build_mention(cues.text, left), build_mention(cues.text, right)) if half is not None]
    if len(halves) < len((left, right)):
        return [mention]
    known = [forms.get(tuple(half.name_key.split())) for half in halves]
    labels = [half.label if name is None else name.label for half, name in zip(halves, known, strict=True)]
    if mention.label == PERSON or joint[0] == " and ":
        is_divided = PERSON in labels if mention.label != PERSON else None not in known
    else:
        is_divided = known[0] is not None
    if not is_divided:
        return [mention]
    return [half._replace(label=label) for half, label in zip(halves, labels, strict=True)]
