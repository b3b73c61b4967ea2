"""What each name stands for, told from the names it shares a block with and from nothing else.

A name is taken for at most one other. So the names of a block can be decided anew whenever one of them changed, and
the order in which articles came plays no part.
"""

from collections.abc import Callable
from typing import Final

import polars as pl

from transforms.linking.aliases import link_short_name
from transforms.linking.candidates import NO_LISTS, Asker, PersonLists, read_askers
from transforms.linking.frames import NAME_LINK
from transforms.linking.long_forms import link_embedded_name, link_long_form
from transforms.linking.people import link_full_name
from transforms.linking.qualified import link_qualified
from transforms.linking.rules import Link
from transforms.linking.spelling import link_spelling
from transforms.linking.types import link_type
from transforms.qualified_keys import split_qualifier

Rule = Callable[[Asker], Link | None]

RULE_ORDER: Final[tuple[Rule, ...]] = (
    link_full_name,
    link_short_name,
    link_type,
    link_embedded_name,
    link_long_form,
    link_spelling,
)
"""The first that has an answer is taken."""


def choose_links(pairs: pl.DataFrame, lists: PersonLists = NO_LISTS) -> pl.DataFrame:
    """Return what names stand for (``frames.NAME_LINK``, for all articles); no row for those that stand for themselves.

    Args:
        pairs: ``frames.NAME_PAIR``: each name with all its candidates.
        lists: What is known of names of people.
    """
    links = [link for asker in read_askers(pairs, lists) if (link := choose_link(asker)) is not None]
    return pl.DataFrame(links, schema=NAME_LINK, orient="row")


def choose_link(asker: Asker) -> Link | None:
    """Return what one name stands for: the answer of the first rule that has one. No country stands for another."""
    possible = tuple(one for one in asker.candidates if not _are_two_countries(asker.country_code, one.country_code))
    narrowed = asker._replace(candidates=possible)
    if split_qualifier(asker.name_key)[1] != "":
        return link_qualified(narrowed)
    return next((link for rule in RULE_ORDER if (link := rule(narrowed)) is not None), None)


def _are_two_countries(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
