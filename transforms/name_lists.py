"""The reviewed lists that resolution leans on: titles, places, peoples, well-known institutions, given names.

Read from seeds/, ISO 3166-2 and a table of nicknames by flows, made into look-up tables here once, handed down as one
frozen object.
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


class WellKnown(NamedTuple):
    """What every newsroom calls by a short name.

    Attributes:
        name: The one name the list gives it.
        entity_type: A spaCy label.
        is_ambiguous: Whether the short name alone also means something else ("the Fed").
    """

    name: str
    entity_type: str
    is_ambiguous: bool


@dataclass(frozen=True, kw_only=True)
class NameTables:
    """The lists as frames, in the columns of seeds/README.md.

    Attributes:
        titles: Columns title, kind (String), is_ambiguous (Boolean); rows of kind ``suffix`` are left out, they stand
            after a name.
        countries: Columns country_code, name, alias (String), is_ambiguous (Boolean); a row an alias.
        province_aliases: Columns name, alias (String); a row an alias.
        cities: Columns city (String), is_ambiguous (Boolean).
        demonyms: Columns adjective, demonym (String); a row a word for a people.
        given_names: Columns given_name, gender (String: f, m, or null for both).
        surnames: Column surname (String).
        agencies: ``agencies.AGENCY_SCHEMA``.
        well_known: Columns alias, name, entity_type (String), is_ambiguous (Boolean); a row an alias.
    """

    titles: pl.DataFrame
    countries: pl.DataFrame
    province_aliases: pl.DataFrame
    cities: pl.DataFrame
    demonyms: pl.DataFrame
    given_names: pl.DataFrame
    surnames: pl.DataFrame
    agencies: pl.DataFrame
    well_known: pl.DataFrame


@dataclass(frozen=True)
class NameLists:
    """Look-up tables, all by folded words (``transforms.names``).

    Attributes:
        titles: First word of a title -> the titles that begin with it, longest first.
        ambiguous_titles: Titles that are names as well ("dean", "king").
        countries: Name key -> country, for names that mean nothing else.
        ambiguous_countries: Name keys that mean a country or something else ("georgia").
        provinces: Name keys of first-level subdivisions.
        province_aliases: Name key of an abbreviation -> the province's name ("calif" -> "California").
        cities: Name keys of large cities that are no names of people.
        demonyms: Name key -> the adjective of the people ("americans" -> "American").
        given_names: Given name -> f or m, "" where both bear it.
        surnames: Surnames that many families bear.
        nicknames: Given name -> the names it can be short for ("bill" -> "william").
        agencies: Name keys of news agencies.
        named_agencies: Name keys of news agencies that are called as somebody is, or a place.
        well_known: Name key -> the institution, region, law or event of the list.
        well_known_starts: First word of a well-known name of several words, of none that is ambiguous -> the name keys
            that begin with it, longest first.
        stop_words: Lower-case words of the language that are no part of a name ("the", "said").
    """

    titles: dict[str, tuple[TitleWords, ...]]
    ambiguous_titles: frozenset[TitleWords]
    countries: dict[str, Country]
    ambiguous_countries: frozenset[str]
    provinces: frozenset[str]
    province_aliases: dict[str, str]
    cities: frozenset[str]
    demonyms: dict[str, str]
    given_names: dict[str, str]
    surnames: frozenset[str]
    nicknames: Mapping[str, frozenset[str]]
    agencies: frozenset[str]
    named_agencies: frozenset[str]
    well_known: dict[str, WellKnown]
    well_known_starts: dict[str, tuple[TitleWords, ...]]
    stop_words: frozenset[str]

    def is_place(self, name_key: str) -> bool:
        """Tell whether a name is a country's or a province's."""
        return name_key in self.countries or name_key in self.provinces or name_key in self.ambiguous_countries


def build_name_lists(
    tables: NameTables,
    *,
    provinces: Iterable[str],
    nicknames: Iterable[tuple[str, str]],
    stop_words: Iterable[str],
) -> NameLists:
    """Return the look-up tables.

    Args:
        tables: The reviewed lists.
        provinces: Names of first-level subdivisions.
        nicknames: (given name, nickname) pairs, lower case.
        stop_words: Lower-case words that are no part of a name.
    """
    titles, ambiguous_titles = _index_titles(tables.titles)
    aliases = list(tables.countries.select("alias", "country_code", "name", "is_ambiguous").iter_rows())
    well_known = {
        compute_name_key(alias): WellKnown(name, kind, doubt)
        for alias, name, kind, doubt in tables.well_known.select(
            "alias", "name", "entity_type", "is_ambiguous"
        ).iter_rows()
    }
    return NameLists(
        titles=titles,
        ambiguous_titles=ambiguous_titles,
        countries={compute_name_key(alias): Country(code, name) for alias, code, name, doubt in aliases if not doubt},
        ambiguous_countries=frozenset(compute_name_key(alias) for alias, _, _, doubt in aliases if doubt),
        provinces=frozenset(compute_name_key(name) for name in provinces),
        province_aliases=_index_names(tables.province_aliases, "alias", "name"),
        cities=frozenset(map(compute_name_key, tables.cities.filter(~pl.col("is_ambiguous"))["city"])),
        demonyms=_index_names(tables.demonyms, "demonym", "adjective"),
        given_names={fold_word(name): gender or "" for name, gender in tables.given_names.iter_rows()},
        surnames=frozenset(map(compute_name_key, tables.surnames["surname"])),
        nicknames=index_nicknames(nicknames),
        agencies=_index_agencies(tables.agencies),
        named_agencies=_index_named_agencies(tables.agencies),
        well_known=well_known,
        well_known_starts=_index_starts(well_known),
        stop_words=frozenset(stop_words),
    )


def index_nicknames(nicknames: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return nickname -> the given names it can be short for.

    Args:
        nicknames: (given name, nickname) pairs, lower case.
    """
    found: dict[str, set[str]] = {}
    for given, nickname in nicknames:
        found.setdefault(nickname, set()).add(given)
    return {nickname: frozenset(given) for nickname, given in found.items()}


def _index_starts(well_known: Mapping[str, WellKnown]) -> dict[str, tuple[TitleWords, ...]]:
    """Return the sure names of several words by their first word, longest first."""
    by_first: dict[str, list[TitleWords]] = {}
    for key, known in well_known.items():
        words = tuple(key.split())
        if len(words) > 1 and not known.is_ambiguous:
            by_first.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(group, key=_longest_first)) for first, group in by_first.items()}


def _index_titles(titles: pl.DataFrame) -> tuple[dict[str, tuple[TitleWords, ...]], frozenset[TitleWords]]:
    """Return the titles that stand before a name by their first word, and those that are names as well."""
    by_first: dict[str, set[TitleWords]] = {}
    ambiguous = set()
    before = titles.filter(pl.col("kind") != "suffix")
    for title, is_ambiguous in before.select("title", "is_ambiguous").iter_rows():
        words = tuple(fold_word(word) for word in title.replace("-", " ").split())
        by_first.setdefault(words[0], set()).add(words)
        if is_ambiguous:
            ambiguous.add(words)
    ordered = {first: tuple(sorted(group, key=_longest_first)) for first, group in by_first.items()}
    return ordered, frozenset(ambiguous)


def _index_agencies(agencies: pl.DataFrame) -> frozenset[str]:
    """Return the name keys of news agencies that are nothing else."""
    sure = agencies.filter((pl.col("kind") == "wire") & ~pl.col("is_ambiguous"))
    return frozenset(map(compute_name_key, sure["name"]))


def _index_named_agencies(agencies: pl.DataFrame) -> frozenset[str]:
    """Return the name keys of news agencies of one word that is no acronym and means something else, too."""
    doubtful = agencies.filter((pl.col("kind") == "wire") & pl.col("is_ambiguous"))["name"]
    return frozenset(compute_name_key(name) for name in doubtful if " " not in name and not name.isupper())


def _index_names(table: pl.DataFrame, key: str, value: str) -> dict[str, str]:
    """Return the name key of one column -> the other column."""
    return {compute_name_key(name): meaning for name, meaning in table.select(key, value).iter_rows()}


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
