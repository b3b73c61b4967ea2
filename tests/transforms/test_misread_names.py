"""Spans that what stands beside them shows to be no name."""

from dataclasses import replace

import pytest

from transforms.cues import read_cues
from transforms.mentions import build_mention
from transforms.misread_names import drop_misread
from transforms.name_lists import NameLists
from transforms.spans import Span


def read(text: str, marked: str, label: str, lists: NameLists) -> list[str]:
    """Return the surfaces that are left of one marked name."""
    start = text.index(marked)
    mention = build_mention(text, Span(start, start + len(marked), label))
    mentions = [] if mention is None else [mention]
    return [one.surface_text for one in drop_misread(read_cues(text, lists), mentions, lists)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He signed House Bill 12 there.", [], id="chamber"),
        pytest.param("They passed the (Notification) Bill today.", [], id="bracket"),
        pytest.param("Peers amended a Bill there.", [], id="article"),
        pytest.param("They wanted a repeal. The Repeal Bill failed.", [], id="word-of-the-text"),
        pytest.param("They read Bill 12 there.", [], id="number"),
        pytest.param("Her husband, Bill, came.", ["Bill"], id="comma"),
        pytest.param("She and Bill came.", ["Bill"], id="small-word"),
    ],
)
def test_a_bill_is_a_law_where_it_stands_as_one(text: str, expected: list[str], lists: NameLists) -> None:
    assert read(text, "Bill", "PERSON", lists) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She quotes Arlians 8:31 there.", [], id="chapter-and-verse"),
        pytest.param("The Arlians came at 8:31.", ["Arlians"], id="time"),
    ],
)
def test_a_letter_to_a_people_is_not_the_people(text: str, expected: list[str], lists: NameLists) -> None:
    assert read(text, "Arlians", "NORP", lists) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("I am an Arlians fan.", [], id="one-of-several"),
        pytest.param("Many Arlians came.", ["Arlians"], id="several"),
    ],
)
def test_a_people_that_is_one_thing_is_no_people(text: str, expected: list[str], lists: NameLists) -> None:
    assert read(text, "Arlians", "NORP", lists) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("American-Arlian relations are good.", ["American", "Arlian"], id="relations"),
        pytest.param("American-Arlian voters came.", ["American-Arlian"], id="people"),
    ],
)
def test_what_two_states_have_names_two_peoples(text: str, expected: list[str], lists: NameLists) -> None:
    knowing = replace(lists, demonyms={**lists.demonyms, "arlian": "Arlian"})
    assert read(text, "American-Arlian", "NORP", knowing) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It rained. Tides out by noon left mud.", [], id="opens-a-sentence"),
        pytest.param("The Tides by noon said so.", ["Tides"], id="with-an-article"),
        pytest.param("Tides said so.", ["Tides"], id="before-a-verb"),
    ],
)
def test_a_short_name_that_is_a_word_is_none_before_a_particle(
    text: str, expected: list[str], lists: NameLists
) -> None:
    assert read(text, "Tides", "ORG", lists) == expected
