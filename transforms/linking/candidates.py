"""A name that asks what it stands for, and the names it may stand for, with all that is known of both.

Company, the names that articles have beside the two, costs far more to gather than all the rest; most names are decided
without it. So it may be unknown at first: a rule that looks at it then raises ``CompanyUnknownError``, and the name is
asked again with more of it. Rules look at names and counts first, then at the articles that have both, and last at
companions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

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


class CompanyUnknownError(Exception):
    """A rule looked at the company of a name and a candidate, which has not been gathered yet."""


class Company(NamedTuple):
    """The company of a name and a candidate, as far as it is known. The attributes are columns of ``NAME_PAIR``."""

    shared_article_count: int | None
    candidate_companion_count: int | None
    shared_companion_count: int | None
    least_companion_count: int | None = None
    most_shared_companion_count: int | None = None


NO_COMPANY: Final = Company(None, None, None)


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
    company: Company = NO_COMPANY

    @property
    def shared_article_count(self) -> int:
        """Articles that have both, as two."""
        return _require(self.company.shared_article_count)

    @property
    def companion_count(self) -> int:
        """Names that some article has beside the candidate; asked for where it is a fuller form of a person's name."""
        return _require(self.company.candidate_companion_count)

    @property
    def shared_companion_count(self) -> int:
        """Names that are beside both."""
        return _require(self.company.shared_companion_count)

    def is_apart(self, min_companions: int, min_ratio: float) -> bool:
        """Tell whether it is known, without gathering any company, that too few names are beside both.

        Args:
            min_companions: Names that must be beside both.
            min_ratio: Of those that are beside the one that asks, the share that must be beside the candidate, too.
        """
        least, most = self.company.least_companion_count, self.company.most_shared_companion_count
        return least is not None and most is not None and most < max(min_companions, min_ratio * least)


class Asker(NamedTuple):
    """A name with its candidates, one at least, and the lists. The other attributes are columns of ``NAME_PAIR``."""

    key: int
    entity_type: str
    name_key: str
    name: str
    country_code: str | None
    article_count: int
    candidates: tuple[Candidate, ...]
    lists: PersonLists = NO_LISTS
    own_companion_count: int | None = None

    @property
    def companion_count(self) -> int:
        """Names that some article has beside the one that asks."""
        return _require(self.own_companion_count)

    @property
    def is_single(self) -> bool:
        """Whether the name is one word."""
        return " " not in self.name_key

    @property
    def has_legal_form(self) -> bool:
        """Whether the name ends with a company's legal form: then it is no place, and no short form of another name."""
        before, _, last = self.name.rpartition(" ")
        return before != "" and fold_word(last) in CORPORATE_SUFFIXES


_ASKER: Final = ("observed_key", "entity_type", "name_key", "name", "country_code", "article_count")
_CANDIDATE: Final = (
    *("candidate_key", "candidate_type", "candidate_name_key", "candidate_name", "candidate_country_code"),
    *("candidate_article_count", "kinds", "alias_article_count"),
)
_COMPANY: Final = (
    *("shared_article_count", "candidate_companion_count", "shared_companion_count"),
    *("least_companion_count", "most_shared_companion_count"),
)
"""Columns of ``NAME_PAIR`` in the order of the attributes of ``Asker``, ``Candidate`` and ``Company``."""

_SLICE_ROWS: Final = 10_000
_BETWEEN_KINDS: Final = " "


def _require(count: int | None) -> int:
    if count is None:
        raise CompanyUnknownError
    return count


def read_askers(pairs: pl.DataFrame, lists: PersonLists) -> Iterator[Asker]:
    """Yield the names that ask, by key, each with its candidates by key.

    Args:
        pairs: ``frames.NAME_PAIR``, in any order.
        lists: What is known of names of people.
    """
    ordered = pairs.sort("observed_key", "candidate_key")
    askers = ordered.group_by(_ASKER, maintain_order=True).agg(pl.len(), pl.max("companion_count"))
    candidates = _iterate_candidates(ordered)
    for *own, candidate_count, companion_count in askers.iter_rows():
        yield Asker._make((*own, tuple(islice(candidates, candidate_count)), lists, companion_count))


def _iterate_candidates(ordered: pl.DataFrame) -> Iterator[Candidate]:
    """Yield the candidates of ``NAME_PAIR`` rows. By columns and not by rows, as a day has a hundred thousand."""
    written = ordered.select(*_CANDIDATE, *_COMPANY).with_columns(pl.col("kinds").list.join(_BETWEEN_KINDS))
    for part in written.iter_slices(_SLICE_ROWS):
        columns = {column.name: column.to_list() for column in part}
        columns["kinds"] = [_split_kinds(kinds) for kinds in columns["kinds"]]
        companies = map(Company._make, zip(*(columns[name] for name in _COMPANY), strict=True))
        known = zip(*(columns[name] for name in _CANDIDATE), companies, strict=True)
        yield from map(Candidate._make, known)


@lru_cache(maxsize=1_024)
def _split_kinds(kinds: str) -> tuple[str, ...]:
    """Return the kinds of a pair; kept, as there are few, so that no list is made of each row."""
    return tuple(kinds.split(_BETWEEN_KINDS))
