"""The people of one text: "General Asim Munir", "Asim Munir" and "Munir" are one; "Mr Lee" and "Ms Lee" are two."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from transforms.chains import Chain, choose_most_named, start_chain
from transforms.cues import TextCues
from transforms.means import MentionMeans
from transforms.mentions import PERSON, Mention
from transforms.name_lists import NameLists
from transforms.names import (
    FAMILY_NAMES_FIRST,
    NO_NICKNAMES,
    PATRONYMICS,
    PersonName,
    are_compatible,
    compute_name_key,
    fold_word,
    parse_person,
    split_nickname,
)

TITLE_GENDERS: Final = {
    **dict.fromkeys("mr sir lord king prince baron duke earl father brother congressman chairman".split(), "m"),
    **dict.fromkeys("mrs ms miss madam lady queen princess baroness duchess countess dame sister".split(), "f"),
    **dict.fromkeys(("congresswoman", "chairwoman", "spokeswoman"), "f"),
    "spokesman": "m",
}
"""Titles that tell the gender of who bears them."""


class _People:
    """The people of one text as they are put together.

    Attributes:
        chains: In the order they were found, the fullest names first.
    """

    def __init__(self, cues: TextCues, lists: NameLists, means: MentionMeans) -> None:
        self.chains: list[Chain] = []
        self._given_names = lists.given_names
        self._nicknames = lists.nicknames if means.nicknames else NO_NICKNAMES
        self._genders = _read_title_genders(cues) if means.honorifics else {}
        self._asks_gender = means.honorifics

    def add_full_name(self, key: str, name: PersonName, group: Sequence[Mention]) -> None:
        """Add the mentions by a full name to the one person it fits, else as a new one."""
        fits = [chain for chain in self.chains if are_compatible(parse_person(chain.name_key), name, self._nicknames)]
        fits = fits or [chain for chain in self.chains if _is_called_without_first_name(chain, key)]
        if len(fits) == 1:
            fits[0].add(group, "name_variant")
        else:
            self.chains.append(start_chain(PERSON, key, group))

    def add_short_name(self, key: str, name: PersonName, group: Sequence[Mention]) -> None:
        """Add the mentions by a single name to whoever bears it, by gender where their titles tell it."""
        bearers = [chain for chain in self.chains if _bears_surname(chain, name.surname)]
        rule = "surname"
        if not bearers:
            bearers, rule = [chain for chain in self.chains if _is_called(chain, name.surname)], "given_name"
            bearers = bearers if len(bearers) == 1 else []
        left = list(group)
        for gender in "fm" if bearers and self._asks_gender else "":
            addressed = [mention for mention in left if self._genders.get(mention.start) == gender]
            suitable = [chain for chain in bearers if self._tell_gender(chain) in {gender, ""}]
            left = [mention for mention in left if mention not in addressed]
            if addressed and not suitable:
                bearers = [*bearers, start_chain(PERSON, key, addressed)]
                self.chains.append(bearers[-1])
            else:
                _add_to_most_named(suitable, addressed, rule)
        if bearers:
            _add_to_most_named(bearers, left, rule)
        else:
            self.chains.append(start_chain(PERSON, key, group))

    def _tell_gender(self, chain: Chain) -> str:
        """Return f or m from the titles of a person's mentions, else from the given name; "" where neither tells."""
        found = Counter(self._genders[mention.start] for mention, _ in chain.mentions if mention.start in self._genders)
        if found:
            return found.most_common(1)[0][0]
        return self._given_names.get(parse_person(chain.name_key).given, "")


def resolve_people(
    groups: Mapping[str, Sequence[Mention]], cues: TextCues, lists: NameLists, means: MentionMeans
) -> list[Chain]:
    """Return the people of a text.

    Args:
        groups: Name key -> the mentions by that name; titles are off already.
        cues: Of the body.
        lists: The reviewed lists.
        means: Which means are used: nicknames, honorifics.
    """
    keys = {key: _find_person_key(key, group) for key, group in groups.items()}
    names = {key: parse_person(person_key) for key, person_key in keys.items()}
    full = sorted(
        (key for key in groups if names[key].given != ""),
        key=lambda key: (-len(keys[key].split()), -len(keys[key]), key),
    )
    people = _People(cues, lists, means)
    for key in full:
        people.add_full_name(keys[key], names[key], groups[key])
    for key in sorted(groups.keys() - set(full)):
        people.add_short_name(key, names[key], groups[key])
    return people.chains


def _find_person_key(key: str, group: Sequence[Mention]) -> str:
    """Return the key of a name without a nickname in quotes, of which other articles have another or none."""
    name, nickname = split_nickname(group[0].surface_text)
    return compute_name_key(name) if nickname else key


def _read_title_genders(cues: TextCues) -> dict[int, str]:
    """Return where a name begins -> what the titles before it tell of its bearer."""
    genders = {}
    for run in cues.runs:
        words = [fold_word(word) for word in cues.text[run.start : run.end].split()]
        found = {TITLE_GENDERS[word] for word in words if word in TITLE_GENDERS}
        if len(found) == 1 and run.name_end > run.name_start:
            genders[run.name_start] = found.pop()
    return genders


def _bears_surname(chain: Chain, surname: str) -> bool:
    person = parse_person(chain.name_key)
    if person.given in FAMILY_NAMES_FIRST and surname == person.given:
        return True
    words = person.surname.split()
    called = {person.surname} if words[0] in PATRONYMICS else {person.surname, words[-1]}
    return person.given != "" and surname in called


def _is_called_without_first_name(chain: Chain, name_key: str) -> bool:
    """Tell whether a name is a person's without the first given name: "Edgar Hoover", "al-Assad"."""
    person = parse_person(chain.name_key)
    return person.given != "" and name_key == " ".join((*person.middle, person.surname))


def _is_called(chain: Chain, given_name: str) -> bool:
    return parse_person(chain.name_key).given == given_name


def _add_to_most_named(bearers: Sequence[Chain], mentions: Sequence[Mention], rule: str) -> None:
    """Add mentions by a name to its bearer, of several to the one whom the text names most."""
    if mentions:
        choose_most_named(bearers).add(mentions, rule if len(bearers) == 1 else "shared_surname")
