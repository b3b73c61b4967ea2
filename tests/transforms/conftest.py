"""Small reviewed lists for the tests of names, so that a change in seeds/ does not change what they show."""

import polars as pl
import pytest

from transforms.name_lists import NameLists, NameTables, build_name_lists


@pytest.fixture(scope="session")
def lists() -> NameLists:
    titles = [
        ("General", "military", False),
        ("retd", "military", False),
        ("President", "political", False),
        ("Secretary of State", "role", False),
        ("Secretary of Defence", "role", False),
        ("Chief of Army Staff", "military", False),
        ("Spokesperson", "role", False),
        ("First Lady", "political", False),
        ("Senator", "political", False),
        ("Mr", "honorific", False),
        ("Mrs", "honorific", False),
        ("King", "royal", True),
        ("Jr", "suffix", False),
    ]
    countries = [
        ("US", "United States", "United States", False),
        ("US", "United States", "US", False),
        ("US", "United States", "U.S.", False),
        ("FR", "France", "France", False),
        ("JO", "Jordan", "Jordan", True),
    ]
    well_known = [
        ("Bureau of Tides", "Bureau of Tides", "ORG", False),
        ("BOT", "Bureau of Tides", "ORG", False),
        ("Tides", "Bureau of Tides", "ORG", True),
        ("Saltmarsh", "Saltmarsh", "GPE", False),
        ("Arle Post", "Arle Post", "ORG", False),
    ]
    tables = NameTables(
        titles=pl.DataFrame(titles, schema=["title", "kind", "is_ambiguous"], orient="row"),
        countries=pl.DataFrame(countries, schema=["country_code", "name", "alias", "is_ambiguous"], orient="row"),
        province_aliases=pl.DataFrame({"name": ["North Carolina"], "alias": ["N.C."]}),
        cities=pl.DataFrame({"city": ["Karachi", "Austin"], "is_ambiguous": [False, True]}),
        demonyms=pl.DataFrame({"adjective": ["American", "American"], "demonym": ["American", "Americans"]}),
        given_names=pl.DataFrame({"given_name": ["Ann", "Bob", "Hillary", "Will"], "gender": ["f", "m", "f", "m"]}),
        surnames=pl.DataFrame({"surname": ["Lee"]}),
        agencies=pl.DataFrame({"name": ["Reuters"], "kind": ["wire"], "is_ambiguous": [False]}),
        well_known=pl.DataFrame(well_known, schema=["alias", "name", "entity_type", "is_ambiguous"], orient="row"),
    )
    return build_name_lists(
        tables,
        provinces=["Bavaria", "Washington"],
        nicknames=[("william", "bill"), ("robert", "bob")],
        stop_words=["a", "and", "by", "for", "from", "in", "of", "on", "the", "then", "to", "will", "with"],
    )
