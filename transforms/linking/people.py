"""Full names of one person: "Charles Brown", "Charles Q Brown" and "C. Q. Brown"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.rules import PERSON, RULES, Link
from transforms.names import (
    FAMILY_NAMES_FIRST,
    NO_NICKNAMES,
    are_compatible,
    fold_word,
    is_form_of_given,
    parse_person,
    split_nickname,
)

Nicknames = Mapping[str, frozenset[str]]
"""Given name -> the names it can be short for."""

GENERATIONS: Final = frozenset("jr sr ii iii iv".split())
"""Suffixes that tell people of one name apart."""

MIN_COMPANIONS_OF_SHORT: Final = 4
"""Names that two forms of a name must both be beside where the given name is shortened ("C.", "Fred", "Ted")."""

MIN_RATIO_OF_SHORT: Final = 0.25
MIN_RATIO_OF_SHORT_COMMON: Final = 0.28
MIN_RATIO_OF_MIDDLE: Final = 0.1
MIN_RATIO_OF_MIDDLE_COMMON: Final = 0.25
"""Of all names that the rarer form is beside, the share that the other must be beside, too, where no article has the
two as one: if the given name is shortened, or else one form alone has a middle name or initial, each for a rare surname
and for a common one. Of such links in 3,272 articles of 2016 and 2017, one in five below was wrong, and one in fifty
above."""

MIN_TELLING_COMPANIONS: Final = 10
"""Names beside the rarer form from which on their lack tells that a rare surname is somebody else's."""

MAX_INITIALS: Final = 2
"""Letters of a word in the middle of a name that may be initials: "H.W."."""

MIN_SHORT_LETTERS: Final = 3
"""Letters of a shortened given name that is not an initial."""


def link_full_name(asker: Asker) -> Link | None:
    """Return the fuller form of a person's full name; None where there is none, or where several could be meant.

    Forms that one article has as two are two people, as are those with other suffixes ("Jr.") or given names.
    """
    if asker.entity_type != PERSON or asker.is_single:
        return None
    fuller = [candidate for candidate in asker.candidates if _is_fuller(asker, candidate)]
    if not fuller or not are_one_person([candidate.name_key for candidate in fuller], asker.lists.nicknames):
        return None
    best = max(fuller, key=lambda candidate: (candidate.article_count, candidate.name_key))
    if _is_contradiction(asker, best) or best.shared_article_count > 0 or not _is_in_company(asker, best):
        return None
    evidence = f"the only fuller form; {best.shared_companion_count} of {asker.companion_count} companions in common"
    return Link(asker.key, NOT_APPLICABLE_KEY, best.key, "full_name", RULES["full_name"], evidence)


def _is_in_company(asker: Asker, best: Candidate) -> bool:
    """Tell whether two forms of a name are beside the same names as often as their difference asks for.

    Where some article has the two as one, the same given name asks for nothing.
    """
    is_same_given = _is_same_given(asker.name_key, best.name_key)
    if best.alias_article_count > 0:
        return is_same_given or best.shared_companion_count >= MIN_COMPANIONS_OF_SHORT
    is_common = parse_person(asker.name_key).surname in asker.lists.common_surnames
    smaller = min(asker.companion_count, best.companion_count)
    if is_same_given:
        ratio = MIN_RATIO_OF_MIDDLE_COMMON if is_common else MIN_RATIO_OF_MIDDLE
        is_told = is_common or smaller >= MIN_TELLING_COMPANIONS
        return not is_told or best.shared_companion_count > ratio * smaller
    ratio = MIN_RATIO_OF_SHORT_COMMON if is_common else MIN_RATIO_OF_SHORT
    if parse_person(asker.name_key).given == parse_person(best.name_key).given:
        ratio = 0.0  # one form alone has a suffix
    return best.shared_companion_count >= MIN_COMPANIONS_OF_SHORT and best.shared_companion_count > ratio * smaller


def _is_contradiction(asker: Asker, best: Candidate) -> bool:
    """Tell whether two forms differ in a shortened given name and in a middle name in full at once.

    "Bill Owens" is not "William Ryan Owens", unless some article has the two as one.
    """
    is_same_given = _is_same_given(asker.name_key, best.name_key)
    has_middle_name = _has_middle_name(asker.name_key) != _has_middle_name(best.name_key)
    return best.alias_article_count == 0 and not is_same_given and has_middle_name


def _has_middle_name(name_key: str) -> bool:
    """Tell whether a name has a middle name in full."""
    return any(len(word) > MAX_INITIALS for word in parse_person(name_key).middle)


def are_one_person(name_keys: Sequence[str], nicknames: Nicknames = NO_NICKNAMES) -> bool:
    """Tell whether full names can all be forms of one, each with each.

    Examples:
        >>> are_one_person(["donald j trump", "donald john trump", "donald trump"])
        True
        >>> are_one_person(["george h w bush", "george walker bush"])
        False
    """
    return all(are_forms(one, other, nicknames) for at, one in enumerate(name_keys) for other in name_keys[:at])


def are_forms(one: str, other: str, nicknames: Nicknames = NO_NICKNAMES) -> bool:
    """Tell whether two full names can be forms of one: given names equal, shortened or left out; of one generation.

    Examples:
        >>> are_forms("donald trump", "donald trump jr"), are_forms("fred larue", "frederick cheney larue")
        (False, True)
    """
    a, b = parse_person(one), parse_person(other)
    is_shortened = _is_shortened(a.given, b.given, nicknames)
    if not is_shortened and not is_form_of_given(a.given, b.given, nicknames):
        return False  # first of all, as it is so of most names that are compared
    if find_generation(one) != find_generation(other):
        return False
    if a.middle and b.middle and len(a.middle) != len(b.middle):
        return False  # "George W. Bush", "George W.H. Bush"
    if FAMILY_NAMES_FIRST & {a.given, b.given} and a != b:
        return False
    return are_compatible(a, b, nicknames) or (
        is_shortened and are_compatible(a._replace(given=""), b._replace(given=""))
    )


def _is_shortened(one: str, other: str, nicknames: Nicknames) -> bool:
    """Tell whether a given name is the beginning of another ("fred", "frederick"), and no nickname for a third."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return len(short) >= MIN_SHORT_LETTERS and long.startswith(short) and short not in nicknames


def _is_same_given(one: str, other: str) -> bool:
    """Tell whether two forms have the same given name in full, and the same suffix."""
    given = parse_person(one).given
    return len(given) > 1 and given == parse_person(other).given and find_generation(one) == find_generation(other)


def find_generation(name_key: str) -> str:
    """Return the suffix that tells people of one name apart; "" without one."""
    last = name_key.rpartition(" ")[2]
    return last if last in GENERATIONS else ""


def group_forms(candidates: Iterable[Candidate], nicknames: Nicknames = NO_NICKNAMES) -> list[list[Candidate]]:
    """Return candidates in groups that can be one person, the candidate that most articles have first in each.

    Only people are grouped by their names; of anything else each candidate is a group.
    """
    groups: list[list[Candidate]] = []
    by_initial: dict[str, list[list[Candidate]]] = defaultdict(list)
    for candidate in sorted(candidates, key=lambda one: (-one.article_count, one.name_key)):
        initials = list_initials(parse_person(candidate.name_key).given, nicknames)
        near = {id(group): group for initial in initials for group in by_initial[initial]}
        fits = [group for group in near.values() if _fits(candidate, group, nicknames)]
        if len(fits) == 1:
            fits[0].append(candidate)
            continue
        group = [candidate]
        groups.append(group)
        for initial in initials:
            by_initial[initial].append(group)
    return groups


def list_initials(given: str, nicknames: Nicknames = NO_NICKNAMES) -> set[str]:
    """Return the first letters of a given name and of those that it is short for: forms of one name share one of these.

    Examples:
        >>> sorted(list_initials("bill", {"bill": frozenset({"william"})}))
        ['b', 'w']
    """
    return {given[:1], *(full[:1] for full in nicknames.get(given, ()))}


def _fits(candidate: Candidate, group: Sequence[Candidate], nicknames: Nicknames) -> bool:
    if candidate.entity_type != PERSON or not are_forms(candidate.name_key, group[0].name_key, nicknames):
        return False  # at once, as most groups have one
    return all(are_forms(candidate.name_key, one.name_key, nicknames) for one in group[1:])


def _is_fuller(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether a candidate is the same name with more or longer given names, or with a suffix that is usual.

    "Donald Trump" is not short for "Donald Trump Jr.", whom fewer articles name; "Joe Biden" is for "Joseph Biden Jr.",
    since the given names differ and some article has both for one.
    """
    if candidate.entity_type != PERSON or "person" not in candidate.kinds:
        return False
    return _is_fuller_form(asker, candidate) and not _is_called_otherwise(asker, candidate)


def _is_fuller_form(asker: Asker, candidate: Candidate) -> bool:
    """Tell the same of their keys alone, which say no of most."""
    name_key = candidate.name_key
    suffix = find_generation(name_key)
    is_usual = candidate.article_count > asker.article_count or (
        candidate.alias_article_count > 0 and not _has_given(name_key, parse_person(asker.name_key).given)
    )
    if suffix != "" and find_generation(asker.name_key) == "" and is_usual:
        name_key = name_key.removesuffix(f" {suffix}")
        return are_forms(asker.name_key, name_key, asker.lists.nicknames)
    return are_forms(asker.name_key, name_key, asker.lists.nicknames) and _is_longer(name_key, asker.name_key)


def _is_called_otherwise(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether a candidate has another nickname in quotes: William "Ryan" Owens is not Bill Owens."""
    nickname = fold_word(split_nickname(candidate.name)[1])
    given = parse_person(asker.name_key).given
    return nickname in asker.lists.given_names and given not in {nickname, parse_person(candidate.name_key).given}


def _has_given(name_key: str, given: str) -> bool:
    return parse_person(name_key).given == given


def _is_longer(one: str, other: str) -> bool:
    """Tell whether a full name has more to it than another: more words, or letters, and no initial for a given name."""
    if len(parse_person(one).given) == 1 < len(parse_person(other).given):
        return False
    return (len(one.split()), len(one)) > (len(other.split()), len(other))
