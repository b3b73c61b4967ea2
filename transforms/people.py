"""The people of one text: "General Asim Munir", "Asim Munir" and "Munir" are one; "Mr Lee" and "Ms Lee" are two."""

from collections import Counter
from collections.abc import Mapping, Sequence

from transforms.addresses import FEMALE, HEAD, MALE, SPOUSE, read_addresses
from transforms.chains import Chain, choose_first_named, start_chain
from transforms.cues import TextCues
from transforms.means import MentionMeans
from transforms.mentions import PERSON, Mention
from transforms.name_lists import NameLists
from transforms.names import (
    FAMILY_NAMES_FIRST,
    NO_NICKNAMES,
    PARTICLES,
    PATRONYMICS,
    PersonName,
    are_compatible,
    compute_name_key,
    parse_person,
    split_nickname,
)


class _People:
    """The people of one text as they are put together.

    Attributes:
        chains: In the order they were found, the fullest names first.
    """

    def __init__(self, cues: TextCues, lists: NameLists, means: MentionMeans) -> None:
        self.chains: list[Chain] = []
        self._given_names = lists.given_names
        self._nicknames = lists.nicknames if means.nicknames else NO_NICKNAMES
        self._addresses = read_addresses(cues) if means.honorifics else {}
        self._asks_address = means.honorifics

    def add_full_name(self, key: str, name: PersonName, group: Sequence[Mention]) -> None:
        """Add the mentions by a full name to the one person it fits, else as a new one."""
        fits = [chain for chain in self.chains if are_compatible(parse_person(chain.name_key), name, self._nicknames)]
        fits = fits or [chain for chain in self.chains if _is_called_without_first_name(chain, key)]
        fits = fits or [chain for chain in self.chains if _is_called_by_nickname(chain, name)]
        fits = [chain for chain in fits if not _is_told_apart(chain, name, group)]
        if len(fits) != 1:
            self.chains.append(start_chain(PERSON, key, group))
        elif self._is_first_word_foreign(fits[0], key):
            self._rename(fits[0], key, group)
        else:
            fits[0].add(group, "name_variant")

    def _is_first_word_foreign(self, chain: Chain, key: str) -> bool:
        """Tell whether the longer form has a word before it that is none of the name: "Comedian Ann Lee", "Ann Lee"."""
        first, _, rest = chain.name_key.partition(" ")
        given = parse_person(key).given
        is_full = given in self._given_names and given not in PARTICLES
        return rest == key and is_full and len(first) > 1 and first not in self._given_names

    def _rename(self, chain: Chain, key: str, group: Sequence[Mention]) -> None:
        """Give a person another name as the full one, of which the names so far are forms."""
        renamed = start_chain(PERSON, key, group)
        renamed.add([mention for mention, _ in chain.mentions], "name_variant")
        self.chains[self.chains.index(chain)] = renamed

    def add_short_name(self, key: str, name: PersonName, group: Sequence[Mention]) -> None:
        """Add the mentions by a single name to whoever bears it, by gender where their titles tell it."""
        bearers = [chain for chain in self.chains if _bears_surname(chain, name.surname)]
        rule = "surname"
        if not bearers:
            bearers, rule = [chain for chain in self.chains if _is_called(chain, name.surname)], "given_name"
            bearers = bearers if len(bearers) == 1 else []
        left = list(group)
        for address in (FEMALE, MALE, HEAD) if bearers and self._asks_address else ():
            addressed = [mention for mention in left if self._addresses.get(mention.start) == address]
            suitable = [chain for chain in bearers if self._may_be(chain, address)]
            left = [mention for mention in left if mention not in addressed]
            if addressed and not suitable:
                bearers = [*bearers, start_chain(PERSON, key, addressed)]
                self.chains.append(bearers[-1])
            else:
                _add_to_first_named(suitable, addressed, rule)
        if bearers:
            _add_to_first_named(bearers, left, rule)
        else:
            self.chains.append(start_chain(PERSON, key, group))

    def _may_be(self, chain: Chain, address: str) -> bool:
        """Tell whether a person can be meant by a surname with such a title: no First Lady is the president as well."""
        told = Counter(
            self._addresses[mention.start] for mention, _ in chain.mentions if mention.start in self._addresses
        )
        if address == HEAD:
            return SPOUSE not in told or HEAD in told
        found = told[MALE], told[FEMALE] + told[SPOUSE]
        if any(found):
            gender = FEMALE if found[1] > found[0] else MALE
        else:
            gender = self._given_names.get(parse_person(chain.name_key).given, "")
        return gender in {address, ""}


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


def _bears_surname(chain: Chain, surname: str) -> bool:
    person = parse_person(chain.name_key)
    if person.given in FAMILY_NAMES_FIRST and surname == person.given:
        return True
    words = person.surname.split()
    called = {person.surname} if words[0] in PATRONYMICS else {person.surname, words[-1]}
    return person.given != "" and surname in called


def _is_told_apart(chain: Chain, name: PersonName, group: Sequence[Mention]) -> bool:
    """Tell whether a text has "Ann Lee" before a chain's "Ann Lee Jr.": the suffix is there to tell the two apart."""
    first = min(mention.start for mention, _ in chain.mentions)
    return name.generation != parse_person(chain.name_key).generation and group[0].start < first


def _is_called_without_first_name(chain: Chain, name_key: str) -> bool:
    """Tell whether a name is a person's without the first given name: "Edgar Hoover", "al-Assad"."""
    person = parse_person(chain.name_key)
    return person.given != "" and name_key == " ".join((*person.middle, person.surname))


def _is_called_by_nickname(chain: Chain, name: PersonName) -> bool:
    """Tell whether a name has the nickname for a given name that stands in quotes within a person's full name."""
    person = parse_person(chain.name_key)
    nickname = compute_name_key(split_nickname(chain.full_name)[1])
    return (nickname, person.surname) == (name.given, name.surname) and person.given != ""


def _is_called(chain: Chain, name: str) -> bool:
    """Tell whether a single name is a person's given name, or the nickname in quotes within the full one."""
    nickname = split_nickname(chain.full_name)[1]
    return name in {parse_person(chain.name_key).given, compute_name_key(nickname)}


def _add_to_first_named(bearers: Sequence[Chain], mentions: Sequence[Mention], rule: str) -> None:
    """Add mentions by a name to its bearer, of several to the one whom the text names first."""
    if mentions:
        choose_first_named(bearers).add(mentions, rule if len(bearers) == 1 else "shared_surname")
