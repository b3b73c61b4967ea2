"""Reads the reviewed lists that the transforms are handed: names of people and places, furniture, agencies."""

from functools import cache
from importlib.resources import files
from typing import Final

import polars as pl

from transforms.agencies import Agencies, build_agencies
from transforms.furniture import FurnitureRules, build_furniture_rules
from transforms.name_lists import NameLists, NameTables, build_name_lists

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
def read_name_lists() -> NameLists:
    """Return the lists that resolution leans on, read once a process."""
    import pycountry  # noqa: PLC0415  its tables take a while to read, and only workers need them
    from spacy.lang.en.stop_words import STOP_WORDS  # noqa: PLC0415  the same

    tables = NameTables(
        titles=_read_seed("titles.csv"),
        countries=_read_seed("countries.csv"),
        province_aliases=_read_seed("province_aliases.csv"),
        cities=_read_seed("cities.csv"),
        demonyms=_read_seed("demonyms.csv"),
        given_names=_read_seed("given_names.csv"),
        agencies=_read_seed("agencies.csv"),
    )
    provinces = [place.name for place in pycountry.subdivisions if place.type in PROVINCE_TYPES]
    return build_name_lists(tables, provinces=provinces, nicknames=_read_nicknames(), stop_words=STOP_WORDS)


def _read_nicknames() -> list[tuple[str, str]]:
    """Return (given name, nickname) pairs of the package nicknames, a table curated by hand."""
    with files("nicknames").joinpath("names.csv").open("rb") as file:
        table = pl.read_csv(file).filter(pl.col("relationship") == "has_nickname")
    return table.select("name1", "name2").rows()


@cache
def read_furniture_rules() -> FurnitureRules:
    """Return the reviewed list of page furniture, read once a process."""
    return build_furniture_rules(_read_seed("furniture.csv"))


@cache
def read_agencies() -> Agencies:
    """Return the news agencies that are known, read once a process."""
    return build_agencies(_read_seed("agencies.csv"))
