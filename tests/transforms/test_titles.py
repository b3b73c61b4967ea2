"""Titles before names."""

import pytest

from transforms.name_lists import NameLists
from transforms.names import split_words
from transforms.titles import find_title_runs


@pytest.mark.parametrize(
    ("text", "titles", "name"),
    [
        pytest.param("met General Asim Munir in", "General", "Asim Munir", id="title and name"),
        pytest.param("met General (retd) Lloyd J. Austin, who", "General (retd)", "Lloyd J. Austin", id="retired"),
        pytest.param("Secretary of State Antony J Blinken said", "Secretary of State", "Antony J Blinken", id="role"),
        pytest.param("Chief of Army Staff (COAS) General Ann Lee", "Chief of Army Staff (COAS) General", "Ann Lee",
                     id="titles with an acronym between"),
        pytest.param("said General Munir's aide", "General", "Munir", id="possessive ends the name"),
        pytest.param("President Ursula von der Leyen spoke", "President", "Ursula von der Leyen", id="particles"),
        pytest.param("President Ban Ki-moon spoke", "President", "Ban Ki-moon", id="hyphen"),
        pytest.param("the President, Macron", "President", "", id="a comma divides"),
        pytest.param("the Secretary of State said", "Secretary of State", "", id="no name"),
    ],
)  # fmt: skip
def test_a_title_is_found_with_its_name(text: str, titles: str, name: str, lists: NameLists) -> None:
    run = find_title_runs(text, split_words(text), lists)[0]
    assert (text[run.start : run.end], text[run.name_start : run.name_end]) == (titles, name)


def test_a_title_that_is_a_name_as_well_is_marked(lists: NameLists) -> None:
    runs = find_title_runs("King Charles met General King", split_words("King Charles met General King"), lists)
    assert [run.is_ambiguous for run in runs] == [True, False]


def test_a_text_without_titles_has_none(lists: NameLists) -> None:
    assert find_title_runs("nothing here", split_words("nothing here"), lists) == []
