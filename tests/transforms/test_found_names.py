"""Names the model did not mark: after titles, in lists, told by their writing."""

import pytest

from transforms.cues import read_cues
from transforms.name_lists import NameLists
from transforms.resolution import find_mentions
from transforms.spans import Span


def find(text: str, marked: list[tuple[str, str]], lists: NameLists) -> list[tuple[str, str]]:
    spans = [Span(text.index(part), text.index(part) + len(part), label) for part, label in marked]
    return [(mention.surface_text, mention.label) for mention in find_mentions(read_cues(text, lists), spans, lists)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We met Senator Eve Moss in town.", [("Eve Moss", "PERSON")], id="a name after a title"),
        pytest.param("We met Senator Moss. Moss left.", [("Moss", "PERSON")], id="a surname"),
        pytest.param("We met Senator Bavaria in town.", [], id="a place after a title"),
        pytest.param("We saw the Senator Forum there.", [], id="a word met once after a title"),
        pytest.param("We met General Hospital staff.", [], id="a building after a title"),
        pytest.param("We met the General's Council there.", [], id="a possessive ends the title's claim"),
        pytest.param("We met Senator Monday in town.", [], id="a day after a title"),
        pytest.param("We met Ann Moss in town.", [("Ann Moss", "PERSON")], id="a given name and a surname"),
        pytest.param("We met Ann Q. Moss in town.", [("Ann Q. Moss", "PERSON")], id="with an initial"),
        pytest.param("We met Ann Moss Clinic staff.", [], id="part of a longer name"),
        pytest.param("We saw “Ann Moss” there.", [], id="a title of a work"),
        pytest.param("Will Moss go? A moss will.", [], id="words that the text writes small"),
        pytest.param("So the Rovers won. Rovers fans sang.", [("Rovers", "ORG")], id="a plural after the"),
        pytest.param("So the Rovers won.", [], id="a plural met once"),
        pytest.param("It rained, ETB reported.", [("ETB", "ORG")], id="capitals that say something"),
        pytest.param("It rained on ETB today.", [], id="capitals that say nothing"),
        pytest.param("They left for France at once.", [("France", "GPE")], id="a country of the list"),
        pytest.param("We read the France Gazette.", [], id="a country inside a longer name"),
    ],
)
def test_the_writing_marks_a_name(text: str, expected: list[tuple[str, str]], lists: NameLists) -> None:
    assert find(text, [], lists) == expected


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        pytest.param("in Arle, Brill and Corse.", ["Arle", "Corse"], "Brill", id="the middle of a list"),
        pytest.param("in Arle, Brill and Corse.", ["Arle", "Brill"], "Corse", id="the end of a list"),
    ],
)
def test_a_list_of_names_makes_names_of_its_members(
    text: str, marked: list[str], expected: str, lists: NameLists
) -> None:
    found = find(text, [(name, "GPE") for name in marked], lists)
    assert (expected, "GPE") in found
    assert len(found) == 3


def test_a_month_in_a_list_is_no_name(lists: NameLists) -> None:
    assert len(find("in Arle, March and Corse.", [("Arle", "GPE"), ("Corse", "GPE")], lists)) == 2


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        pytest.param(
            "Lee Returns to Win Again\n\nFans of Lee sang.",
            [("Lee Returns", "PERSON"), ("Lee sang", "PERSON")],
            ["Lee", "Lee"],
            id="a heading is cut to what running text has",
        ),
        pytest.param("Shy Bank Robber Held\n\nThe bank was shy.", [("Shy Bank Robber", "PERSON")], [],
                     id="a heading of words the text writes small holds no name"),
        pytest.param("Moss Opera Wins Top Prize\n\nIt rained.", [("Moss Opera", "ORG")], ["Moss Opera"],
                     id="a heading that nothing contradicts is believed"),
        pytest.param("Choosing Moss was choosing well. Eve Moss won.",
                     [("Choosing Moss", "PERSON"), ("Eve Moss", "PERSON")], ["Moss", "Eve Moss"],
                     id="the word that opens a sentence is no given name"),
        pytest.param("Residents left. Other residents stayed.", [("Residents", "ORG")], [],
                     id="an ordinary word that opens a sentence"),
        pytest.param("Eve Moss and Kim met. Moss and Kim left.",
                     [("Eve Moss", "PERSON"), ("Kim met", "PERSON"), ("Moss and Kim left", "ORG")],
                     ["Eve Moss", "Kim", "Moss", "Kim"], id="two people taken for a firm"),
        pytest.param("Eve Moss won. Then Eve, or Eve Moss, left.", [("Eve Moss", "PERSON"), ("Eve,", "PERSON")],
                     ["Eve Moss", "Eve"], id="a short form that stands alone stays"),
    ],
)  # fmt: skip
def test_spans_are_held_against_the_article(
    text: str, marked: list[tuple[str, str]], expected: list[str], lists: NameLists
) -> None:
    found = find(text, marked, lists)
    assert [surface for surface, _ in found] == expected
