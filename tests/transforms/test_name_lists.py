"""Countries under their names in another language."""

import polars as pl
import pytest

from transforms.name_lists import translate_countries

FRENCH = {
    "Germany": "Allemagne",
    "Russian Federation": "Russie, Fédération de",
    "Korea, Republic of": "Corée, République de",
    "Korea, Democratic People's Republic of": "Corée, République populaire démocratique de",
    "South Korea": "Corée du Sud",
    "Georgia": "Géorgie",
}
NAMES = {
    "DE": ("Germany", ""),
    "RU": ("Russian Federation",),
    "KR": ("Korea, Republic of", "South Korea"),
    "KP": ("Korea, Democratic People's Republic of",),
    "GE": ("Georgia",),
    "FR": ("France",),
}


@pytest.fixture(scope="module")
def translated() -> dict[str, tuple[str, bool]]:
    """Return French name -> English name, and whether it is doubtful."""
    rows = [
        ("DE", "Germany", "Germany", False),
        ("DE", "Germany", "FRG", False),
        ("RU", "Russia", "Russia", False),
        ("KR", "South Korea", "South Korea", False),
        ("KP", "North Korea", "North Korea", False),
        ("GE", "Georgia", "Georgia", True),
        ("FR", "France", "France", False),
    ]
    countries = pl.DataFrame(rows, schema=["country_code", "name", "alias", "is_ambiguous"], orient="row")
    found = translate_countries(countries, NAMES, lambda name: FRENCH.get(name, name))
    return {alias: (name, doubt) for _, name, alias, doubt in found.iter_rows()}


def test_a_country_keeps_its_english_name(translated: dict[str, tuple[str, bool]]) -> None:
    assert translated["Allemagne"] == ("Germany", False)


def test_of_a_name_turned_round_the_head_is_taken(translated: dict[str, tuple[str, bool]]) -> None:
    assert translated["Russie"] == ("Russia", False)


def test_a_head_that_two_countries_share_is_nobodys(translated: dict[str, tuple[str, bool]]) -> None:
    assert "Corée" not in translated
    assert translated["Corée du Sud"] == ("South Korea", False)


def test_a_name_that_is_doubtful_in_english_is_doubtful(translated: dict[str, tuple[str, bool]]) -> None:
    assert translated["Géorgie"] == ("Georgia", True)


def test_a_name_that_is_the_same_is_not_there_twice(translated: dict[str, tuple[str, bool]]) -> None:
    assert "France" not in translated
