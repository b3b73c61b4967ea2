"""Small reviewed lists for the tests of names, so that a change in seeds/ does not change what they show."""

import polars as pl
import pytest

from transforms.name_lists import NameLists, build_name_lists


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
        ("Senator", "political", False),
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
    return build_name_lists(
        pl.DataFrame(titles, schema=["title", "kind", "is_ambiguous"], orient="row"),
        pl.DataFrame(countries, schema=["country_code", "name", "alias", "is_ambiguous"], orient="row"),
        ["Bavaria", "Washington"],
        ["a", "and", "by", "for", "from", "in", "of", "on", "the", "then", "to", "with"],
    )
