"""What kind of thing each name of a text is: the model's labels, held against the article and the reviewed tables.

The model labels each mention for itself, and gives the surname in "Lee’s Elbonia" away as a place. An article uses a
name for one thing, so all its mentions have one type, and evidence on one of them counts for all.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from transforms.cues import TextCues
from transforms.listed_names import find_well_known
from transforms.means import MentionMeans
from transforms.mentions import PERSON, Mention
from transforms.name_lists import NameLists
from transforms.names import CORPORATE_SUFFIXES, fold_word, parse_person
from transforms.states import read_state

_LABEL_ORDER: Final = (
    *("PERSON", "GPE", "ORG", "LOC", "NORP", "FAC", "EVENT", "PRODUCT"),
    *("LAW", "LANGUAGE", "WORK_OF_ART"),
)
_NEVER_A_PLACE: Final = frozenset({PERSON, "LANGUAGE", "EVENT", "LAW"})
_NEVER_A_PEOPLE: Final = frozenset({PERSON, "LANGUAGE", "EVENT", "LAW", "WORK_OF_ART"})

ORGANISATION_HEADS: Final = frozenset(
    "academy agency airlines alliance army assembly association authority bank board bureau club coal college "
    "commission committee company confederation congress cooperative corporation council department energy federation "
    "foundation fund group holdings house industries institute institution insurance league library media ministry "
    "motors movement museum navy network office organisation organization parliament party petroleum "
    "pharmaceuticals police school senate service society steel systems team technologies telecom trust tribunal "
    "union university".split(),
)
"""Nouns that a name of an organisation ends with, or begins with before "of" ("Ministry of Tea")."""

_FACILITY_NOUNS: Final = frozenset(
    "airport avenue boulevard hospital palace prison square stadium tower towers".split()
)
"""Nouns that a name of a building or street ends with, and hardly any surname is."""

_PLACED: Final = re.compile(r"(?: [Ii]n|\b[Nn]ear|\b[Tt]owards|\b[Oo]utside|\b[Aa]round) $|[\s(][RDI]-$")
_TOWN_OF: Final = re.compile(r"\b(?:city|town|village|province|district|suburb) of $")
_MAX_CUE_CHARS: Final = 12
"""As far back as the longest of these cues reaches."""

_HAS_LEADER: Final = re.compile(r" (?:(?:deputy|party) )?(?:leader|TD|MLA|MEP|CEO|co-founder) [A-Z]")
"""What follows the name of a party or company that somebody leads or sits for: "Rovers Party leader Ann Lee"."""

_BEFORE_SOURCE: Final = re.compile(r"(?:\btold|\bto|\bby|[\[(]) $|[\[(]$")
_AFTER_SOURCE: Final = re.compile(r"\.?[\])]| (?:reported|reports|news)\b")
"""What stands before and after a news agency that an article quotes: "told Bloomberg", "[Bloomberg]"."""

_SMALL_AFTER: Final = re.compile(r" ([a-z]+)")
_MIN_PLACED: Final = 2
"""Mentions after "in" that make a place of a name that is taken for a person, if they are half of all."""

_ARTICLES: Final = frozenset({"al", "el"})
"""Arabic articles: what begins with one is no full name, and one mention after "in" makes a place of it."""

_ACRONYM_LAST: Final = re.compile(r"[A-Z][a-z]+ [A-Z]{2,4}")
"""A word and an acronym: no person, where the word is no given name ("Neue TVP")."""

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
        means: Which means are used: type_evidence, type_tables, well_known.
    """
    well_known = find_well_known(groups.keys(), lists) if means.well_known else {}
    titled = {run.name_start for run in cues.runs if run.name_end > run.name_start and not run.is_ambiguous}
    borne = {word for key, group in groups.items() if group[0].label == PERSON and " " in key for word in key.split()}
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
            if key in well_known and _is_meant(key, kind, groups, lists):
                kind = well_known[key].entity_type
            elif means.type_tables:
                kind = _look_up(key, kind, group, cues, lists)
                if kind == PERSON and key in lists.cities and key not in borne:
                    kind = "GPE"  # nobody of the text is called after the city
                elif key in lists.named_agencies and key not in borne and _is_source(cues.text, group):
                    kind = "ORG"  # and nobody has the agency's name
        types[key] = kind
    if means.type_evidence:
        _settle_people(types, shown, cues, lists)
    return types


def _is_meant(key: str, kind: str, groups: Mapping[str, Sequence[Mention]], lists: NameLists) -> bool:
    """Tell whether a well-known name means what the list has, and not somebody of the text whose name it is, too."""
    if kind != PERSON or " " in key or any(mention.surface_text.isupper() for mention in groups[key]):
        return True
    return key not in lists.given_names and not any(
        " " in other and key in other.split() and group[0].label == PERSON for other, group in groups.items()
    )


def _count_votes(group: Sequence[Mention]) -> str:
    labels = [mention.label for mention in group]
    if labels.count(labels[0]) == len(labels):
        return labels[0]
    votes = Counter(labels)
    return min(votes, key=lambda name: (-votes[name], _LABEL_ORDER.index(name)))


def _read_evidence(key: str, group: Sequence[Mention], titled: set[int], lists: NameLists) -> str | None:
    """Return the type that the writing of a name shows: a legal form, a title before it; None without any."""
    if any(_has_legal_form(mention.surface_text) for mention in group):
        return "ORG"
    is_titled = any(mention.start in titled and mention.label != "NORP" for mention in group)
    if (
        is_titled
        and not (key in lists.well_known and group[0].surface_text.isupper())  # "Deputy UN Ambassador"
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
    words = key.split()
    if key in lists.demonyms and kind not in _NEVER_A_PEOPLE:
        return "NORP"
    if _is_listed_place(key, kind, group, cues, lists):
        return "GPE"
    if kind == PERSON and len(words) > 1 and words[-1] in _FACILITY_NOUNS:
        return "FAC"
    if kind == PERSON and (
        (words[0] not in lists.given_names and _is_led(cues.text, group)) or _is_team(cues, words, group)
    ):
        return "ORG"
    is_organisation = (key in lists.agencies and kind != PERSON) or _has_organisation_noun(words, kind)
    if is_organisation or (kind == PERSON and _ends_with_acronym(words[0], group, lists)):
        return "ORG"
    return kind


def _ends_with_acronym(first: str, group: Sequence[Mention], lists: NameLists) -> bool:
    """Tell whether a name is a word that is no given name, and an acronym."""
    return first not in lists.given_names and all(_ACRONYM_LAST.fullmatch(mention.surface_text) for mention in group)


def _is_listed_place(key: str, kind: str, group: Sequence[Mention], cues: TextCues, lists: NameLists) -> bool:
    """Tell whether a name is a place by the lists or the words before it; a city's counts only where both say so."""
    is_city = key in lists.cities or (kind == PERSON and lists.is_place(key))
    if is_city and any(_is_placed(cues.text, mention) for mention in group):
        return True
    if kind in {PERSON, "ORG"} and (
        _is_called_place(cues.text, group) or all(read_state(cues.text, mention, lists) for mention in group)
    ):
        return True
    if kind == PERSON and _is_mostly_placed(key, group, cues, lists):
        return True
    if kind in _NEVER_A_PLACE:
        return False
    is_known = key in lists.countries or (key in lists.provinces and kind != "LOC")
    if is_known or (kind == "NORP" and key in lists.cities):
        return True
    return key in lists.province_aliases and any("." in mention.surface_text for mention in group)


def _has_organisation_noun(words: Sequence[str], kind: str) -> bool:
    """Tell whether a name ends with an organisation's noun, or begins with one and "of"; the former not of places."""
    if len(words) == 1 or kind not in {PERSON, "PRODUCT", "GPE", "LOC"}:
        return False
    begins = words[0] in ORGANISATION_HEADS and words[1] in {"of", "for"}
    return begins or (words[-1] in ORGANISATION_HEADS and kind in {PERSON, "PRODUCT"})


def _is_mostly_placed(key: str, group: Sequence[Mention], cues: TextCues, lists: NameLists) -> bool:
    """Tell whether half of the mentions of a name stand after "in" or "near", and it begins with no given name."""
    placed = sum(_is_placed(cues.text, mention) for mention in group)
    first = key.split(maxsplit=1)[0]
    if first in _ARTICLES and first != key:
        return placed > 0
    return placed >= _MIN_PLACED and 2 * placed >= len(group) and first not in lists.given_names


def _is_placed(text: str, mention: Mention) -> bool:
    """Tell whether "in" or the like stands before a mention, or a party as before the state of a politician ("R-")."""
    return _PLACED.search(text, max(0, mention.start - _MAX_CUE_CHARS), mention.start) is not None


def _is_called_place(text: str, group: Sequence[Mention]) -> bool:
    """Tell whether any mention stands after "town of" or the like."""
    return any(_TOWN_OF.search(text, max(0, found.start - _MAX_CUE_CHARS), found.start) is not None for found in group)


def _is_source(text: str, group: Sequence[Mention]) -> bool:
    """Tell whether all mentions are where an article names its source."""
    return all(
        _BEFORE_SOURCE.search(text, max(0, found.start - _MAX_CUE_CHARS), found.start) is not None
        or _AFTER_SOURCE.match(text, found.end) is not None
        for found in group
    )


def _is_team(cues: TextCues, words: Sequence[str], group: Sequence[Mention]) -> bool:
    """Tell whether all mentions are plurals after "the", with no noun after them: "the Carolina Rovers are"."""
    if len(words) == 1 or not words[-1].endswith("s"):
        return False
    text = cues.text
    return all(
        text[max(0, mention.start - 4) : mention.start] in {"the ", "The "}
        and ((after := _SMALL_AFTER.match(text, mention.end)) is None or after[1] in cues.stop_words)
        for mention in group
    )


def _is_led(text: str, group: Sequence[Mention]) -> bool:
    """Tell whether any mention stands before the one who leads it, or sits in parliament for it."""
    return any(_HAS_LEADER.match(text, mention.end) is not None for mention in group)


def _settle_people(types: dict[str, str], titled: set[str], cues: TextCues, lists: NameLists) -> None:
    """Make people of the names whose full form, or whose surname, is a person's in the same text, and of no others.

    Args:
        types: Name key -> type; changed.
        titled: Name keys that a title shows to be people's.
        cues: Of the body.
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
        if kind == PERSON or lists.is_place(key) or key in lists.demonyms or key in lists.well_known:
            continue
        words = key.split()
        is_placed = kind == "GPE" and words[0] in _ARTICLES  # "al" is short for Albert, too
        has_given_name = len(words) in {2, 3} and words[0] in lists.given_names and words[-1] not in ORGANISATION_HEADS
        if key in surnames or (
            has_given_name and not is_placed and (words[-1] in alone or _stands_alone(words[-1], cues))
        ):
            types[key] = PERSON


def _stands_alone(surname: str, cues: TextCues) -> bool:
    """Tell whether a word stands as a surname does: capitals neither before nor after it, and no article."""
    words, text = cues.words, cues.text
    for at in cues.capitals:
        if words[at].folded != surname or at == 0 or cues.is_in_heading(words[at].start):
            continue
        before, after = words[at - 1], words[at + 1] if at + 1 < len(words) else None
        is_open = after is None or not after.text[0].isupper() or text[words[at].end : after.start] != " "
        is_begun = before.text[0].isupper() and text[before.end : words[at].start] in {" ", "-", " & "}
        if is_open and not is_begun and before.folded not in {"the", "a", "an", "of"}:
            return True
    return False
