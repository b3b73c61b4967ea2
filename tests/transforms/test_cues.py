"""What the writing of a text tells about its names."""

import pytest

from transforms.cues import read_cues
from transforms.name_lists import NameLists


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("Rovers Beat United to Reach Final", True, id="title case"),
        pytest.param("ROVERS BEAT UNITED AGAIN", True, id="capitals"),
        pytest.param("Rovers beat United after extra time", False, id="sentence case"),
        pytest.param("Rovers Beat United To Reach Final.", True, id="title case with a full stop"),
        pytest.param("Rovers beat United and reached Final.", False, id="a full stop ends a sentence"),
        pytest.param("Ann Lee and Joan Kim are in Elbonia.", False, id="a sentence of names"),
        pytest.param("Ann Lee", False, id="a name on a line"),
    ],
)
def test_a_line_in_title_case_or_capitals_is_a_heading(line: str, lists: NameLists, *, expected: bool) -> None:
    cues = read_cues(f"It rained.\n\n{line}\n\nThen it stopped.", lists)
    assert cues.is_in_heading(len("It rained.\n\n")) is expected
    assert not cues.is_in_heading(0)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        pytest.param("A luck like that. Luck won.", "Luck", True, id="written small"),
        pytest.param("By luck, the coach met Luck and thanked Luck.", "Luck", False, id="more often a name"),
        pytest.param("See http://lee.example/lee-wins today.", "Lee", False, id="in an address"),
        pytest.param("Nothing here.", "The", True, id="a stop word"),
        pytest.param("He met the lee's owner and a lee.", "Lee's", True, id="possessive"),
    ],
)
def test_a_word_is_ordinary_where_the_text_writes_it_small(
    text: str, word: str, lists: NameLists, *, expected: bool
) -> None:
    assert read_cues(text, lists).is_ordinary(word) is expected


def test_an_empty_body_has_no_cues(lists: NameLists) -> None:
    cues = read_cues("", lists)
    assert (list(cues.words), list(cues.headings), cues.is_in_heading(0)) == ([], [], False)
