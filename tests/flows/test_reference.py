"""The reviewed lists as resolution gets them, by the language of the texts."""

import pytest

from flows.reference import read_name_lists


@pytest.mark.parametrize(
    ("language_code", "name_key", "country"),
    [
        ("en", "germany", "Germany"),
        ("fr", "germany", "Germany"),
        ("fr", "allemagne", "Germany"),
        ("fr", "russie", "Russia"),
        ("de", "frankreich", "France"),
    ],
)
def test_a_country_is_known_by_its_name_in_the_language(language_code: str, name_key: str, country: str) -> None:
    assert read_name_lists(language_code).countries[name_key].name == country


def test_english_texts_know_the_english_names_alone() -> None:
    countries = read_name_lists("en").countries
    assert "allemagne" not in countries
    assert len(countries) < len(read_name_lists("fr").countries)


@pytest.mark.parametrize(("language_code", "word"), [("en", "the"), ("fr", "avec"), ("xx", "the")])
def test_stop_words_are_those_of_the_language_or_else_english(language_code: str, word: str) -> None:
    assert word in read_name_lists(language_code).stop_words
