"""A name that asks what it stands for, and the names it may stand for, with all that is known of both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

import polars as pl

from transforms.names import CORPORATE_SUFFIXES, NO_NICKNAMES, fold_word


@dataclass(frozen=True)
class PersonLists:
    """What the reviewed lists know of names of people; all names folded (``transforms.names.fold_word``).

    Attributes:
        nicknames: Given name -> the names it can be short for.
        given_names: Given names.
        common_surnames: Surnames that many families bear; of any other a second bearer is unlikely.
        male_names: Given names that only men bear.
        title_acronyms: Initials of titles of several words: the "NSA" is an agency and an adviser.
    """

    nicknames: Mapping[str, frozenset[str]]
    given_names: frozenset[str]
    common_surnames: frozenset[str]
    male_names: frozenset[str] = frozenset()
    title_acronyms: frozenset[str] = frozenset()

    def is_common(self, name_key: str) -> bool:
        """Tell whether many bear a name, as surname or as given name."""
        return name_key in self.common_surnames or name_key in self.given_names


NO_LISTS: Final = PersonLists(NO_NICKNAMES, frozenset(), frozenset())


class Candidate(NamedTuple):
    """A name that the asking one may stand for. The attributes are columns of ``frames.NAME_PAIR``."""

    key: int
    entity_type: str
    name_key: str
    name: str
    country_code: str | None
    article_count: int
    kinds: tuple[str, ...]
    alias_article_count: int
    shared_article_count: int
    companion_count: int
    shared_companion_count: int


class Asker(NamedTuple):
    """A name with its candidates, and the lists. The other attributes are columns of ``frames.NAME_PAIR``."""

    key: int
    entity_type: str
    name_key: str
    name: str
    country_code: str | None
    article_count: int
    companion_count: int
    candidates: tuple[Candidate, ...]
    lists: PersonLists = NO_LISTS

    @property
    def is_single(self) -> bool:
        """Whether the name is one word."""
        return " " not in self.name_key

    @property
    def has_legal_form(self) -> bool:
        """Whether the name ends with a company's legal form: then it is no place, and no short form of another name."""
        before, _, last = self.name.rpartition(" ")
        return before != "" and fold_word(last) in CORPORATE_SUFFIXES


_KEY: Final = "observed_key"


def read_askers(pairs: pl.DataFrame, lists: PersonLists) -> Iterator[Asker]:
    """Yield the names that ask, by key, each with its candidates by key.

    Args:
        pairs: ``frames.NAME_PAIR``, in any order.
        lists: What is known of names of people.
    """
    ordered = pairs.sort(_KEY, "candidate_key").iter_rows(named=True)
    for key, rows in groupby(ordered, key=itemgetter(_KEY)):
        group = list(rows)
        own = group[0]
        yield Asker(
            key=key,
            entity_type=own["entity_type"],
            name_key=own["name_key"],
            name=own["name"],
            country_code=own["country_code"],
            article_count=own["article_count"],
            companion_count=own["companion_count"],
            candidates=tuple(_read_candidate(row) for row in group),
            lists=lists,
        )


def _read_candidate(row: Mapping[str, Any]) -> Candidate:
    return Candidate(
        key=row["candidate_key"],
        entity_type=row["candidate_type"],
        name_key=row["candidate_name_key"],
        name=row["candidate_name"],
        country_code=row["candidate_country_code"],
        article_count=row["candidate_article_count"],
        kinds=tuple(row["kinds"]),
        alias_article_count=row["alias_article_count"],
        shared_article_count=row["shared_article_count"],
        companion_count=row["candidate_companion_count"],
        shared_companion_count=row["shared_companion_count"],
    )
