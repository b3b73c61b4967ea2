"""The people of one text: "General Asim Munir", "Asim Munir" and "Munir" are one."""

from collections.abc import Mapping, Sequence

from transforms.chains import Chain, start_chain
from transforms.mentions import PERSON, Mention
from transforms.names import PersonName, are_compatible, parse_person


def resolve_people(groups: Mapping[str, Sequence[Mention]]) -> list[Chain]:
    """Return the people of a text.

    Args:
        groups: Name key -> the mentions by that name; titles are off already.
    """
    names = {key: parse_person(key) for key in groups}
    full = sorted(
        (key for key in groups if names[key].given != ""), key=lambda key: (-len(key.split()), -len(key), key)
    )
    chains: list[Chain] = []
    for key in full:
        fits = [chain for chain in chains if are_compatible(parse_person(chain.name_key), names[key])]
        if len(fits) == 1:
            fits[0].add(groups[key], "name_variant")
        else:
            chains.append(start_chain(PERSON, key, groups[key]))
    named_in_full = list(chains)
    single = sorted(groups.keys() - set(full))
    alone = [key for key in single if not _attach_short_name(groups[key], names[key], named_in_full)]
    return [*chains, *(start_chain(PERSON, key, groups[key]) for key in alone)]


def _attach_short_name(group: Sequence[Mention], name: PersonName, chains: Sequence[Chain]) -> bool:
    """Add the mentions by a single name to whoever bears it; tell whether anybody does."""
    people = [(chain, parse_person(chain.name_key)) for chain in chains]
    bearers = [chain for chain, person in people if name.surname in {person.surname, person.surname.split()[-1]}]
    if len(bearers) > 1:
        named_at = {id(chain): sorted(mention.start for mention, _ in chain.mentions) for chain in bearers}
        for mention in group:
            _find_last_named(bearers, named_at, mention).add([mention], "shared_surname")
        return True
    rule = "surname"
    if not bearers:
        bearers, rule = [chain for chain, person in people if person.given == name.surname], "given_name"
    if len(bearers) != 1:
        return False
    bearers[0].add(group, rule)
    return True


def _find_last_named(bearers: Sequence[Chain], named_at: Mapping[int, Sequence[int]], mention: Mention) -> Chain:
    """Return who was last named in full before a mention, else who is named first after it."""

    def rank(chain: Chain) -> tuple[int, int]:
        places = named_at[id(chain)]
        return max((start for start in places if start < mention.start), default=-1), -places[0]

    return max(bearers, key=rank)
