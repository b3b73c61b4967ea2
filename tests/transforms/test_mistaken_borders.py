"""Names of people whose borders the model mistook."""

from dataclasses import replace

import pytest

from transforms.cues import read_cues
from transforms.known_names import confirm_mentions
from transforms.means import ALL_MEANS
from transforms.mentions import build_mention
from transforms.name_lists import NameLists
from transforms.spans import Span


def confirm(text: str, marked: str, label: str, lists: NameLists) -> list[tuple[str, str]]:
    """Return surfaces and labels of what is left of one marked name."""
    start = text.index(marked)
    mention = build_mention(text, Span(start, start + len(marked), label))
    mentions = [] if mention is None else [mention]
    found = confirm_mentions(read_cues(text, lists), mentions, lists, ALL_MEANS)
    return [(one.surface_text, one.label) for one in found]


@pytest.mark.parametrize(
    ("text", "marked", "label", "expected"),
    [
        pytest.param("He met the envoy,-Ann Quist, there.", "Quist", "PERSON", "Ann Quist", id="behind-a-dash"),
        pytest.param('"It rains."?Ann Quist said so.', "Quist", "PERSON", "Ann Quist", id="behind-a-lost-character"),
        pytest.param("Then Will Quist go?", "Quist", "PERSON", "Quist", id="word-that-is-a-given-name"),
        pytest.param("We saw Ann, Quist and others.", "Quist", "PERSON", "Quist", id="comma-between"),
        pytest.param("We saw Arle Quist there.", "Quist", "PERSON", "Quist", id="no-given-name"),
        pytest.param("The Ann Quist is a ship.", "Quist", "ORG", "Quist", id="no-person"),
    ],
)
def test_a_given_name_before_a_lone_surname_is_part_of_the_name(
    text: str, marked: str, label: str, expected: str, lists: NameLists
) -> None:
    assert confirm(text, marked, label, lists) == [(expected, label)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("France Ann Quist", [("France", "ORG"), ("Ann Quist", "PERSON")], id="country"),
        pytest.param("Bank of France Ann Quist", [("Bank of France", "ORG"), ("Ann Quist", "PERSON")], id="its-body"),
        pytest.param("Arle Ann Quist", [("Arle Ann Quist", "ORG")], id="no-country"),
        pytest.param("Bank of France Arle Quist", [("Bank of France Arle Quist", "ORG")], id="no-given-name"),
    ],
)
def test_a_person_behind_a_country_or_its_body_is_somebody_else(
    marked: str, expected: list[tuple[str, str]], lists: NameLists
) -> None:
    assert confirm(f"The governor of the {marked} spoke.", marked, "ORG", lists) == expected


def test_a_title_is_no_given_name_though_some_bear_it(lists: NameLists) -> None:
    bearing = replace(lists, given_names={**lists.given_names, "king": "m"})
    assert confirm("They saw King Quist there.", "Quist", "PERSON", bearing) == [("Quist", "PERSON")]


def test_a_word_behind_a_dash_opens_a_sentence(lists: NameLists) -> None:
    text = "They asked who it was.- - Who asked first is open."
    assert confirm(text, "Who", "ORG", lists) == []
