"""Full names of one person: "Charles Brown", "Charles Q Brown" and "C. Q. Brown"."""

from collections.abc import Iterable, Sequence
from typing import Final

from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.rules import RULES, Link
from transforms.names import are_compatible, parse_person

GENERATIONS: Final = frozenset("jr sr ii iii iv".split())
"""Suffixes that tell people of one name apart."""

MIN_COMPANIONS: Final = 1
MIN_COMPANIONS_OF_INITIAL: Final = 3
"""Names that two forms of a name must both be beside; more where the given name is an initial."""


def link_full_name(asker: Asker) -> Link | None:
    """Return the fuller form of a person's full name; None where there is none, or where several could be meant.

    Forms that one article has as two are two people, as are those with other suffixes ("Jr.") or given names.
    """
    if asker.entity_type != "PERSON" or asker.is_single:
        return None
    fuller = [candidate for candidate in asker.candidates if _is_fuller(asker.name_key, candidate)]
    if not fuller or not are_one_person([candidate.name_key for candidate in fuller]):
        return None
    best = max(fuller, key=lambda candidate: (candidate.article_count, candidate.name_key))
    is_initial = len(parse_person(asker.name_key).given) == 1
    needed = MIN_COMPANIONS_OF_INITIAL if is_initial else MIN_COMPANIONS
    if best.shared_article_count > 0 or best.shared_companion_count < needed:
        return None
    evidence = f"the only fuller form; {best.shared_companion_count} companions in common"
    return Link(asker.key, NOT_APPLICABLE_KEY, best.key, "full_name", RULES["full_name"], evidence)


def are_one_person(name_keys: Sequence[str]) -> bool:
    """Tell whether full names can all be forms of one, each with each.

    Examples:
        >>> are_one_person(["donald j trump", "donald john trump", "donald trump"])
        True
        >>> are_one_person(["george h w bush", "george walker bush"])
        False
    """
    return all(are_forms(one, other) for at, one in enumerate(name_keys) for other in name_keys[:at])


def are_forms(one: str, other: str) -> bool:
    """Tell whether two full names can be forms of one: compatible, and of one generation.

    Examples:
        >>> are_forms("donald trump", "donald trump jr")
        False
    """
    return find_generation(one) == find_generation(other) and are_compatible(parse_person(one), parse_person(other))


def find_generation(name_key: str) -> str:
    """Return the suffix that tells people of one name apart; "" without one."""
    last = name_key.rpartition(" ")[2]
    return last if last in GENERATIONS else ""


def group_forms(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Return candidates in groups that can be one person, the candidate that most articles have first in each.

    Only people are grouped by their names; of anything else each candidate is a group.
    """
    groups: list[list[Candidate]] = []
    for candidate in sorted(candidates, key=lambda one: (-one.article_count, one.name_key)):
        fits = [group for group in groups if _fits(candidate, group)]
        if len(fits) == 1:
            fits[0].append(candidate)
        else:
            groups.append([candidate])
    return groups


def _fits(candidate: Candidate, group: Sequence[Candidate]) -> bool:
    return candidate.entity_type == "PERSON" and all(are_forms(candidate.name_key, one.name_key) for one in group)


def _is_fuller(name_key: str, candidate: Candidate) -> bool:
    """Tell whether a candidate is the same name with more or longer given names."""
    if candidate.entity_type != "PERSON" or not are_forms(name_key, candidate.name_key):
        return False
    return (len(candidate.name_key.split()), len(candidate.name_key)) > (len(name_key.split()), len(name_key))
