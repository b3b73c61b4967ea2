"""What each name stands for, told from the names it shares a block with and from nothing else.

A name is taken for at most one other. So the names of a block can be decided anew whenever one of them changed, and
the order in which articles came plays no part.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Final, NamedTuple

import polars as pl

from transforms.linking.aliases import link_short_name
from transforms.linking.candidates import NO_LISTS, Asker, Candidate, CompanyUnknownError, PersonLists, read_askers
from transforms.linking.frames import NAME_LINK, UNDECIDED_PAIR
from transforms.linking.long_forms import link_embedded_name, link_long_form
from transforms.linking.people import link_full_name
from transforms.linking.qualified import link_qualified
from transforms.linking.rules import Link
from transforms.linking.spelling import link_spelling
from transforms.linking.types import link_type
from transforms.qualified_keys import split_qualifier


class Rule(NamedTuple):
    """A rule.

    Attributes:
        link: Returns what a name stands for; None where this rule has no answer.
        kinds: Of the candidates that it looks for; without any of these it has none.
    """

    link: Callable[[Asker], Link | None]
    kinds: frozenset[str]


RULE_ORDER: Final = (
    Rule(link_full_name, frozenset({"person"})),
    Rule(link_short_name, frozenset({"alias", "surname"})),
    Rule(link_type, frozenset({"name"})),
    Rule(link_embedded_name, frozenset({"embedded"})),
    Rule(link_long_form, frozenset({"head", "initials", "tail"})),
    Rule(link_spelling, frozenset({"core", "spelling"})),
)
"""The first that has an answer is taken."""


class Choice(NamedTuple):
    """What names stand for.

    Attributes:
        links: ``frames.NAME_LINK``, for all articles; no row for names that stand for themselves.
        undecided: ``frames.UNDECIDED_PAIR``: names that have to be asked again, with more of the company of these.
    """

    links: pl.DataFrame
    undecided: pl.DataFrame


def choose_links(pairs: pl.DataFrame, lists: PersonLists = NO_LISTS) -> Choice:
    """Decide what names stand for, as far as what is known of them decides it.

    Args:
        pairs: ``frames.NAME_PAIR``: each name with all its candidates. With the company of all none is undecided.
        lists: What is known of names of people.
    """
    links: list[Link] = []
    undecided: list[tuple[int, int]] = []
    for asker in read_askers(pairs, lists):
        try:
            link = choose_link(asker)
        except CompanyUnknownError:
            undecided += [(asker.key, candidate.key) for candidate in _list_wanted(asker)]
        else:
            links += [link] if link is not None else []
    return Choice(
        pl.DataFrame(links, schema=NAME_LINK, orient="row"),
        pl.DataFrame(undecided, schema=UNDECIDED_PAIR, orient="row"),
    )


def choose_link(asker: Asker) -> Link | None:
    """Return what one name stands for: the answer of the first rule that has one. No country stands for another.

    Raises:
        CompanyUnknownError: That follows from the company of the name, which has not been gathered.
    """
    narrowed = asker if asker.country_code is None else _leave_out_other_countries(asker, asker.country_code)
    if split_qualifier(asker.name_key)[1] != "":
        return link_qualified(narrowed)
    kinds = frozenset(chain.from_iterable(one.kinds for one in narrowed.candidates))
    rules = (rule for rule in RULE_ORDER if not kinds.isdisjoint(rule.kinds))
    return next((link for rule in rules if (link := rule.link(narrowed)) is not None), None)


def _list_wanted(asker: Asker) -> Sequence[Candidate]:
    """Return the candidates of an undecided name whose company would be looked at, were each the only one; else all."""
    if len(asker.candidates) == 1:
        return asker.candidates
    return [one for one in asker.candidates if _is_wanted(asker, one)] or asker.candidates


def _is_wanted(asker: Asker, candidate: Candidate) -> bool:
    try:
        choose_link(asker._replace(candidates=(candidate,)))
    except CompanyUnknownError:
        return True
    return False


def _leave_out_other_countries(asker: Asker, country_code: str) -> Asker:
    """Return a name of a country without the candidates of others."""
    return asker._replace(candidates=tuple(one for one in asker.candidates if one.country_code in {None, country_code}))
