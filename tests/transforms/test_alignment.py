"""Offsets in a text as it is kept, carried over to the text that was labelled."""

import pytest

from transforms.alignment import align_texts, trim_place


def carry(own: str, gold: str, name: str) -> str | None:
    """Return what the gold text has at the place of a name in our own."""
    start = own.index(name)
    place = align_texts(own, gold)((start, start + len(name)))
    return None if place is None else gold[slice(*place)]


@pytest.mark.parametrize(
    ("own", "gold"),
    [
        pytest.param("Ann Lee spoke.", "Ann Lee spoke.", id="the same"),
        pytest.param("Ann Lee spoke.", "Ann\n  Lee spoke.", id="white space"),
        pytest.param("Ann Lee spoke.", "PARIS, May 3 (AFP) - Ann Lee spoke.", id="a dateline taken off"),
        pytest.param("Ann Lee spoke.", "Rain in Paris\n\nAnn Lee spoke.", id="a headline taken off"),
        pytest.param('"Yes," Ann Lee said.', "“Yes,” Ann Lee said.", id="other quotation marks"),
    ],
)
def test_a_name_keeps_its_place(own: str, gold: str) -> None:
    assert " ".join((carry(own, gold, "Ann Lee") or "").split()) == "Ann Lee"


def test_a_name_that_the_other_text_has_not_has_no_place() -> None:
    assert carry("Rain. Ann Lee spoke.", "Rain. Someone spoke.", "Ann Lee") is None


def test_the_second_of_two_equal_names_is_the_second() -> None:
    own, gold = "Lee met Lee.", "Then: Lee met Lee."
    assert align_texts(own, gold)((8, 11)) == (14, 17)


def test_a_word_that_reaches_over_the_end_is_left_out() -> None:
    assert align_texts("Ann Leeds", "An Ann Leeds")((0, 7)) == (3, 6)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("the Fed", "Fed"),
        ("A Tribe", "Tribe"),
        ("Munir's", "Munir"),
        ("Munir’s", "Munir"),
        ("teachers'", "teachers"),
        ('Lemons,"', "Lemons"),
        ("the Fed's", "Fed"),
        ("Paxar Inc.", "Paxar Inc."),
        ("John F.", "John F."),
        ("Paris.", "Paris"),
        ("Theresa", "Theresa"),
        ("'s", "'s"),
    ],
)
def test_a_name_is_trimmed_to_itself(given: str, name: str) -> None:
    assert given[slice(*trim_place(given, (0, len(given))))] == name
