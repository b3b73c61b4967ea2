"""Names that the model marked nowhere: of lists, by what stands beside them."""

import pytest

from transforms.cues import read_cues
from transforms.name_lists import NameLists
from transforms.unmarked_names import find_unmarked_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They met in Karachi on Monday.", [("Karachi", "GPE")], id="behind in"),
        pytest.param("They met in Kar'achi.", [("Kar'achi", "GPE")], id="with an apostrophe and a full stop"),
        pytest.param("They met Karachi there.", [], id="elsewhere"),
        pytest.param("They met in Karachi Hall there.", [], id="part of another name"),
        pytest.param("They met in Austin there.", [], id="a city that people are called after"),
        pytest.param("We saw a karachi. They met in Karachi there.", [], id="a word of the text"),
    ],
)
def test_a_large_city_behind_in_is_a_place(text: str, expected: list[tuple[str, str]], lists: NameLists) -> None:
    found = find_unmarked_names(read_cues(text, lists), [], lists)
    assert [(mention.surface_text, mention.label) for mention in found] == expected
