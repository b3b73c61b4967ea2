"""Reads the reviewed lists that the transforms are handed: names of people and places, furniture, agencies."""

import gettext
import importlib
import importlib.util
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from transforms.acronyms import compute_initials
from transforms.agencies import AGENCY_SCHEMA, Agencies, build_agencies
from transforms.furniture import FurnitureRules, build_furniture_rules
from transforms.linking.candidates import PersonLists
from transforms.name_lists import NameLists, NameTables, build_name_lists, index_nicknames, translate_countries
from transforms.names import compute_name_key, fold_word
from transforms.places import GAZETTEER

ENGLISH: Final = "en"

PROVINCE_TYPES: Final = frozenset(
    {
        "Province",
        "State",
        "Region",
        "Autonomous region",
        "Land",
        "Union territory",
        "Republic",
        "Governorate",
        "Territory",
    },
)
"""The ISO 3166-2 categories whose names are used in English news as places and hardly for anything else."""


def _read_seed(name: str) -> pl.DataFrame:
    """Return a table of seeds/, true and false as Booleans."""
    with files("seeds").joinpath(name).open("rb") as file:
        return pl.read_csv(file, infer_schema_length=None)


@cache
def read_name_lists(language_code: str) -> NameLists:
    """Return the lists that resolution leans on in texts of a language, read once a process.

    Countries have their names in that language, as ISO 3166-1 is translated by the iso-codes project, besides those in
    English; a multilingual model has the English ones, stop words too. The titles are the English ones: many are the
    same elsewhere.
    """
    import pycountry  # noqa: PLC0415  its tables take a while to read, and only workers need them

    tables = NameTables(
        titles=_read_seed("titles.csv"),
        countries=_read_countries(language_code),
        province_aliases=_read_seed("province_aliases.csv"),
        cities=_read_seed("cities.csv"),
        demonyms=_read_seed("demonyms.csv"),
        given_names=_read_seed("given_names.csv"),
        surnames=_read_seed("surnames.csv"),
        agencies=_read_agency_table(),
        well_known=_read_seed("well_known.csv"),
    )
    provinces = [place.name for place in pycountry.subdivisions if place.type in PROVINCE_TYPES]
    return build_name_lists(
        tables, provinces=provinces, nicknames=_read_nickname_pairs(), stop_words=_read_stop_words(language_code)
    )


def _read_countries(language_code: str) -> pl.DataFrame:
    """Return the names of countries, in English and in a language."""
    import pycountry  # noqa: PLC0415  its tables take a while to read, and only workers need them

    countries = _read_seed("countries.csv")
    translate = _find_translations(language_code)
    if translate is None:
        return countries
    names = {country.alpha_2: (country.name, getattr(country, "common_name", "")) for country in pycountry.countries}
    return pl.concat([countries, translate_countries(countries, names, translate)])


def _find_translations(language_code: str) -> Callable[[str], str] | None:
    """Return what translates the names of ISO 3166-1 into a language; None for English, and where nothing does."""
    import pycountry  # noqa: PLC0415  its tables take a while to read, and only workers need them

    if language_code == ENGLISH:
        return None
    try:
        return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language_code]).gettext
    except FileNotFoundError:
        return None


def _read_stop_words(language_code: str) -> frozenset[str]:
    """Return the lower-case words of a language that are no part of a name; of English where spaCy has none."""
    name = f"spacy.lang.{language_code}.stop_words"
    if importlib.util.find_spec(name) is None:
        return _read_stop_words(ENGLISH)
    words: set[str] = importlib.import_module(name).STOP_WORDS
    return frozenset(words)


@cache
def read_person_lists() -> PersonLists:
    """Return what the lists know of names of people, for resolution across articles, read once a process."""
    given_names = _read_seed("given_names.csv")
    titles = map(compute_name_key, _read_seed("titles.csv")["title"])
    return PersonLists(
        nicknames=index_nicknames(_read_nickname_pairs()),
        given_names=frozenset(map(fold_word, given_names["given_name"])),
        common_surnames=frozenset(map(compute_name_key, _read_seed("surnames.csv")["surname"])),
        male_names=frozenset(map(fold_word, given_names.filter(gender="m")["given_name"])),
        title_acronyms=frozenset(initials for title in titles for initials in compute_initials(title)),
    )


def _read_nickname_pairs() -> list[tuple[str, str]]:
    """Return (given name, nickname) pairs of the package nicknames, a table curated by hand."""
    with files("nicknames").joinpath("names.csv").open("rb") as file:
        table = pl.read_csv(file).filter(pl.col("relationship") == "has_nickname")
    return table.select("name1", "name2").rows()


@cache
def read_furniture_rules() -> FurnitureRules:
    """Return the reviewed list of page furniture, read once a process."""
    return build_furniture_rules(_read_seed("furniture.csv"))


@cache
def read_gazetteer() -> pl.DataFrame:
    """Return the places of the world (``GAZETTEER``), read once a process."""
    return _read_seed("places.csv").cast(GAZETTEER)


@cache
def read_agencies() -> Agencies:
    """Return the news agencies that are known, read once a process."""
    return build_agencies(_read_agency_table())


def _read_agency_table() -> pl.DataFrame:
    """Return the table of agencies."""
    return _read_seed("agencies.csv").cast(AGENCY_SCHEMA)
