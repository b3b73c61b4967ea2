"""What kind of thing each name of a text is: the model's labels, held against the article and the reviewed tables.

The model labels each mention for itself, and gives the surname in "Lee’s Elbonia" away as a place. An article uses a
name for one thing, so all its mentions have one type, and evidence on one of them counts for all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from transforms.cues import TextCues
from transforms.means import MentionMeans
from transforms.mentions import PERSON, Mention
from transforms.name_lists import NameLists
from transforms.names import CORPORATE_SUFFIXES, fold_word, parse_person

_LABEL_ORDER: Final = (
    *("PERSON", "GPE", "ORG", "LOC", "NORP", "FAC", "EVENT", "PRODUCT"),
    *("LAW", "LANGUAGE", "WORK_OF_ART"),
)
_NEVER_A_PLACE: Final = frozenset({PERSON, "LANGUAGE", "EVENT", "LAW"})
_NEVER_A_PEOPLE: Final = frozenset({PERSON, "LANGUAGE", "EVENT", "LAW", "WORK_OF_ART"})

ORGANISATION_HEADS: Final = frozenset(
    "academy agency airlines alliance assembly association authority bank board bureau club college commission "
    "committee company confederation congress cooperative corporation council department federation foundation fund "
    "group institute institution league ministry movement network office organisation organization parliament party "
    "police school senate service society team trust tribunal union university".split(),
)
"""Nouns that a name of an organisation ends with, or begins with before "of" ("Ministry of Tea")."""

_AMBIGUOUS_FORMS: Final = frozenset({"as", "se", "sa", "co", "bv"})
"""Legal forms that are also words, surnames or initials: no evidence of a company."""


def choose_types(
    groups: Mapping[str, Sequence[Mention]], cues: TextCues, lists: NameLists, means: MentionMeans
) -> dict[str, str]:
    """Return the type of each name: most of its labels, unless the article or a list knows better.

    Args:
        groups: Name key -> the mentions by that name.
        cues: Of the body.
        lists: The reviewed lists.
        means: Which means are used: type_evidence, type_tables.
    """
    titled = {run.name_start for run in cues.runs if run.name_end > run.name_start and not run.is_ambiguous}
    types: dict[str, str] = {}
    shown: set[str] = set()
    for key, group in groups.items():
        kind = None
        if means.type_evidence:
            kind = _read_evidence(key, group, titled, lists)
            if kind == PERSON:
                shown.add(key)
        if kind is None:
            kind = _count_votes(group)
            if means.type_tables:
                kind = _look_up(key, kind, group, cues, lists)
        types[key] = kind
    if means.type_evidence:
        _settle_people(types, shown, lists)
    return types


def _count_votes(group: Sequence[Mention]) -> str:
    votes = Counter(mention.label for mention in group)
    return min(votes, key=lambda name: (-votes[name], _LABEL_ORDER.index(name)))


def _read_evidence(key: str, group: Sequence[Mention], titled: set[int], lists: NameLists) -> str | None:
    """Return the type that the writing of a name shows: a legal form, a title before it; None without any."""
    if any(_has_legal_form(mention.surface_text) for mention in group):
        return "ORG"
    is_titled = any(mention.start in titled and mention.label != "NORP" for mention in group)
    if (
        is_titled
        and not lists.is_place(key)
        and key not in lists.demonyms
        and key.rpartition(" ")[2] not in ORGANISATION_HEADS
    ):
        return PERSON
    return None


def _has_legal_form(surface: str) -> bool:
    _, _, last = surface.rpartition(" ")
    return last != surface and fold_word(last) in CORPORATE_SUFFIXES - _AMBIGUOUS_FORMS


def _look_up(key: str, kind: str, group: Sequence[Mention], cues: TextCues, lists: NameLists) -> str:
    """Return the type of a name as the reviewed tables have it, where the model's label does not speak against it."""
    if key in lists.demonyms and kind not in _NEVER_A_PEOPLE:
        return "NORP"
    if _is_listed_place(key, kind, group, cues, lists):
        return "GPE"
    is_organisation = (key in lists.agencies and kind != PERSON) or _has_organisation_noun(key.split(), kind)
    return "ORG" if is_organisation else kind


def _is_listed_place(key: str, kind: str, group: Sequence[Mention], cues: TextCues, lists: NameLists) -> bool:
    """Tell whether a list has a name as a place; a city's counts only after "in", since much else is called so."""
    if key in lists.cities and any(_is_placed(cues.text, mention) for mention in group):
        return True
    if kind in _NEVER_A_PLACE:
        return False
    if key in lists.countries or (key in lists.provinces and kind != "LOC"):
        return True
    return key in lists.province_aliases and any("." in mention.surface_text for mention in group)


def _has_organisation_noun(words: Sequence[str], kind: str) -> bool:
    """Tell whether a name ends with an organisation's noun, or begins with one and "of"; the former not of places."""
    if len(words) == 1 or kind not in {PERSON, "PRODUCT", "GPE", "LOC"}:
        return False
    begins = words[0] in ORGANISATION_HEADS and words[1] in {"of", "for"}
    return begins or (words[-1] in ORGANISATION_HEADS and kind in {PERSON, "PRODUCT"})


def _is_placed(text: str, mention: Mention) -> bool:
    """Tell whether "in" or "near" stands before a mention."""
    return text[max(0, mention.start - 5) : mention.start].endswith((" in ", "near ", "In "))


def _settle_people(types: dict[str, str], titled: set[str], lists: NameLists) -> None:
    """Make people of the names whose full form, or whose surname, is a person's in the same text, and of no others.

    Args:
        types: Name key -> type; changed.
        titled: Name keys that a title shows to be people's.
        lists: The reviewed lists.
    """
    people = [key for key, kind in types.items() if kind == PERSON]
    surnames = {parse_person(key).surname for key in people if " " in key}
    alone = {key for key in people if " " not in key}
    heads = {
        key.split()[0]
        for key, kind in types.items()
        if kind == "ORG" and " " in key and key.split()[-1] in ORGANISATION_HEADS
    }
    for key in alone & heads - surnames - titled:
        types[key] = "ORG"
    for key, kind in types.items():
        if kind == PERSON or lists.is_place(key) or key in lists.demonyms:
            continue
        words = key.split()
        has_given_name = len(words) in {2, 3} and words[0] in lists.given_names and words[-1] in alone
        if key in surnames or (has_given_name and words[-1] not in ORGANISATION_HEADS):
            types[key] = PERSON
