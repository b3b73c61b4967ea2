"""The reviewed lists that resolution leans on: titles before names, countries and provinces.

Read from seeds/ and ISO 3166-2 by flows, made into look-up tables here once, handed down as one frozen object.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from transforms.names import compute_name_key, fold_word

TitleWords = tuple[str, ...]


class Country(NamedTuple):
    """A country under all its names.

    Attributes:
        country_code: ISO 3166-1 alpha-2.
        name: The usual English name.
    """

    country_code: str
    name: str


@dataclass(frozen=True)
class NameLists:
    """Look-up tables, all by folded words (``transforms.names``).

    Attributes:
        titles: First word of a title -> the titles that begin with it, longest first.
        ambiguous_titles: Titles that are names as well ("dean", "king").
        countries: Name key -> country, for names that mean nothing else.
        ambiguous_countries: Name keys that mean a country or something else ("georgia").
        provinces: Name keys of first-level subdivisions.
        stop_words: Lower-case words of the language that are no part of a name ("the", "said").
    """

    titles: dict[str, tuple[TitleWords, ...]]
    ambiguous_titles: frozenset[TitleWords]
    countries: dict[str, Country]
    ambiguous_countries: frozenset[str]
    provinces: frozenset[str]
    stop_words: frozenset[str]

    def is_place(self, name_key: str) -> bool:
        """Tell whether a name is a country's or a province's."""
        return name_key in self.countries or name_key in self.provinces or name_key in self.ambiguous_countries


def build_name_lists(
    titles: pl.DataFrame, countries: pl.DataFrame, provinces: Iterable[str], stop_words: Iterable[str]
) -> NameLists:
    """Return the look-up tables.

    Args:
        titles: Columns title, kind (String), is_ambiguous (Boolean); rows of kind ``suffix`` are left out, they stand
            after a name.
        countries: Columns country_code, name, alias (String), is_ambiguous (Boolean); a row an alias.
        provinces: Names of first-level subdivisions.
        stop_words: Lower-case words that are no part of a name.
    """
    before = titles.filter(pl.col("kind") != "suffix")
    by_first: dict[str, set[TitleWords]] = {}
    ambiguous = set()
    for title, is_ambiguous in before.select("title", "is_ambiguous").iter_rows():
        words = tuple(fold_word(word) for word in title.replace("-", " ").split())
        by_first.setdefault(words[0], set()).add(words)
        if is_ambiguous:
            ambiguous.add(words)
    columns = countries.select("alias", "country_code", "name", "is_ambiguous")
    return NameLists(
        titles={first: tuple(sorted(group, key=_longest_first)) for first, group in by_first.items()},
        ambiguous_titles=frozenset(ambiguous),
        countries={
            compute_name_key(alias): Country(code, name)
            for alias, code, name, doubt in columns.iter_rows()
            if not doubt
        },
        ambiguous_countries=frozenset(compute_name_key(alias) for alias, _, _, doubt in columns.iter_rows() if doubt),
        provinces=frozenset(compute_name_key(name) for name in provinces),
        stop_words=frozenset(stop_words),
    )


def translate_countries(
    countries: pl.DataFrame, names: Mapping[str, Sequence[str]], translate: Callable[[str], str]
) -> pl.DataFrame:
    """Return the countries under their names in another language, in the columns of ``countries``.

    A name is doubtful in the other language when it is in English. Of a name turned round ("Russie, Fédération de") the
    part before the comma is taken, unless two countries share it ("Corée").

    Args:
        countries: country_code, name, alias, is_ambiguous, with English aliases.
        names: Country code -> its names as they are translated.
        translate: A name -> the same in the other language.
    """
    found = {code: {translate(name) for name in given if name} for code, given in names.items()}
    heads = {code: {name.partition(",")[0] for name in given} for code, given in found.items()}
    counts = Counter(head for given in heads.values() for head in given)
    rows = []
    for code, name, alias, is_ambiguous in countries.filter(pl.col("alias") == pl.col("name")).iter_rows():
        whole = {other for other in found.get(code, ()) if "," not in other}
        cut = {head for head in heads.get(code, ()) if counts[head] == 1}
        rows += [(code, name, other, is_ambiguous) for other in sorted(whole or cut) if other != alias]
    return pl.DataFrame(rows, schema=countries.schema, orient="row")


def _longest_first(words: TitleWords) -> tuple[int, TitleWords]:
    return -len(words), words
