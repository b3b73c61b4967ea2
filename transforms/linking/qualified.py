"""Names that their text tells from others of their spelling: what they may still be one with.

"lee(ms)" is the one woman called Lee, "lee(iowa)" the town that articles without a state mean by "Lee", if most do.
"""

from typing import Final

from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.aliases import MIN_SHARED_COMPANIONS, link_short_name
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.rules import PERSON, RULES, Link
from transforms.names import parse_person
from transforms.qualified_keys import FEMALE_QUALIFIER, split_qualifier

_PLACE: Final = "GPE"
_MAJORITY: Final = 0.5
"""Of all articles that have the bare name, as anything or as somebody's surname, the share that must mean the place."""


def link_qualified(asker: Asker) -> Link | None:
    """Return what a qualified name stands for; None where that cannot be told, and it stands for itself."""
    bare, qualifier = split_qualifier(asker.name_key)
    if asker.entity_type == _PLACE:
        return _link_place(asker, bare)
    if asker.entity_type != PERSON:
        return None
    if qualifier != FEMALE_QUALIFIER:
        return _link_relative(asker, bare, qualifier)
    women = tuple(one for one in asker.candidates if _may_be_woman(asker, one))
    link = link_short_name(asker._replace(name_key=bare, candidates=women))
    return None if link is None or link.linked_key == asker.key else link


def _link_relative(asker: Asker, given: str, surname: str) -> Link | None:
    """Return the one who bears a given name, and a surname, in the company of whose relative the text calls it."""
    people = [(one, parse_person(one.name_key)) for one in asker.candidates if one.entity_type == PERSON]
    fits = [one for one, person in people if (person.given, person.surname) == (given, surname)]
    best = max(fits, key=lambda one: (one.article_count, one.name_key), default=None)
    if best is None or best.shared_companion_count < MIN_SHARED_COMPANIONS:
        return None
    evidence = (
        f"a relative called {given} of somebody called {surname}; {best.shared_companion_count} companions in common"
    )
    return Link(asker.key, NOT_APPLICABLE_KEY, best.key, "relative", RULES["relative"], evidence)


def _may_be_woman(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether a candidate is a person whose surname it is, with no man's given name."""
    is_bearer = candidate.entity_type == PERSON and "surname" in candidate.kinds
    return is_bearer and parse_person(candidate.name_key).given not in asker.lists.male_names


def _link_place(asker: Asker, bare: str) -> Link | None:
    """Return the place that most articles with the bare name mean."""
    places = [one for one in asker.candidates if one.name_key == bare and one.entity_type == _PLACE]
    total = sum(one.article_count for one in asker.candidates)
    if not places or places[0].article_count <= _MAJORITY * total:
        return None
    evidence = f"{_PLACE} in {places[0].article_count} of {total} articles"
    return Link(asker.key, NOT_APPLICABLE_KEY, places[0].key, "bare_name", RULES["bare_name"], evidence)
