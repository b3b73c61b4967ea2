"""Acronyms and what they stand for."""

import pytest

from transforms.acronyms import compute_initials, find_introduced_names
from transforms.cues import read_cues
from transforms.mentions import build_mention
from transforms.name_lists import NameLists
from transforms.spans import Span


def introduce(text: str, marked: str, lists: NameLists) -> list[tuple[str, str]]:
    mention = build_mention(text, Span(text.index(marked), text.index(marked) + len(marked), "ORG"))
    assert mention is not None
    return [(found.surface_text, found.label) for found in find_introduced_names(read_cues(text, lists), [mention])]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        pytest.param("The Elbonian Tea Board (ETB) met.", "Elbonian Tea Board", ["ETB"], id="acronym unmarked"),
        pytest.param("The Elbonian Tea Board (ETB) met.", "ETB", ["Elbonian Tea Board"], id="full name unmarked"),
        pytest.param("Fans of ETB (Elbonian Tea Board) met.", "ETB", ["Elbonian Tea Board"], id="the other order"),
        pytest.param("The Board of Tea (“BOT”) met.", "Board of Tea", ["BOT"], id="small words count or not"),
    ],
)
def test_a_bracket_introduces_both_halves(text: str, marked: str, expected: list[str], lists: NameLists) -> None:
    found = [surface for surface, label in introduce(text, marked, lists) if surface != marked and label == "ORG"]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Acme said Gross Tea Product (GTP) fell.", id="two unmarked halves"),
        pytest.param("Acme paid its Tea Board (XYZ) a fee.", id="other initials"),
        pytest.param("Acme met Chief of Army Staff (COAS) Ann Lee.", id="a title"),
    ],
)
def test_a_bracket_that_shows_no_name_introduces_nothing(text: str, lists: NameLists) -> None:
    assert introduce(text, "Acme", lists) == []


def test_initials_leave_small_words_out_or_not() -> None:
    assert compute_initials("federal bureau of investigation") == {"fboi", "fbi"}
