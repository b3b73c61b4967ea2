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
    return confirm_all(text, [(marked, label)], lists)


def confirm_all(text: str, marked: list[tuple[str, str]], lists: NameLists) -> list[tuple[str, str]]:
    """Return surfaces and labels of what is left of marked names, each marked where the text has it last."""
    spans = [Span(text.rindex(name), text.rindex(name) + len(name), label) for name, label in marked]
    mentions = [mention for span in spans if (mention := build_mention(text, span)) is not None]
    found = confirm_mentions(read_cues(text, lists), mentions, lists, ALL_MEANS)
    return [(one.surface_text, one.label) for one in found]


@pytest.mark.parametrize(
    ("text", "marked", "label", "expected"),
    [
        pytest.param("He met the envoy,-Ann Quist, there.", "Quist", "PERSON", "Ann Quist", id="behind-a-dash"),
        pytest.param('"It rains."?Ann Quist said so.', "Quist", "PERSON", "Ann Quist", id="behind-a-lost-character"),
        pytest.param("Then Will Quist go?", "Quist", "PERSON", "Quist", id="word-that-is-a-given-name"),
        pytest.param("We saw Ann, Quist and others.", "Quist", "PERSON", "Quist", id="comma-between"),
        pytest.param("We saw Karachi Quist there.", "Quist", "PERSON", "Quist", id="place"),
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


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        pytest.param("We saw Ann Le Quist there.", "Ann Le", "Ann Le Quist", id="surname"),
        pytest.param("We saw Ann Le Quist.", "Ann Le", "Ann Le Quist", id="end-of-the-sentence"),
        pytest.param("We saw Ann Le there.", "Ann Le", "Ann Le", id="no-more"),
        pytest.param("We saw Ann Le, Quist and Kim.", "Ann Le", "Ann Le", id="comma-between"),
        pytest.param("We saw Ann Le Tuesday.", "Ann Le", "Ann Le", id="day"),
        pytest.param("We saw Ann Lee Quist there.", "Ann Lee", "Ann Lee", id="no-beginning"),
    ],
)
def test_a_name_that_ends_where_a_surname_begins_goes_on(
    text: str, marked: str, expected: str, lists: NameLists
) -> None:
    assert confirm(text, marked, "PERSON", lists) == [(expected, "PERSON")]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param("Arle Quist", [("France", "ORG"), ("Arle Quist", "PERSON"), ("Arle Quist", "PERSON")], id="whole"),
        pytest.param("Quist", [("France", "ORG"), ("Arle Quist", "PERSON"), ("Quist", "PERSON")], id="surname"),
        pytest.param("Kim", [("France Arle Quist", "ORG"), ("Kim", "PERSON")], id="of-another"),
    ],
)
def test_a_person_whom_the_article_names_elsewhere_needs_no_known_given_name(
    other: str, expected: list[tuple[str, str]], lists: NameLists
) -> None:
    text = f"The envoy to France Arle Quist spoke. Then {other} left."
    spans = [("France Arle Quist", "ORG"), (other, "PERSON")]
    assert confirm_all(text, spans, lists) == expected


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param("The France Public Library is old. Then Library left.", "Library", id="head"),
        pytest.param("The France Public Hearing is old. A hearing is one. Then Hearing left.", "Hearing", id="word"),
    ],
)
def test_a_noun_that_the_model_took_for_a_person_divides_no_name(text: str, last: str, lists: NameLists) -> None:
    whole = f"France Public {last}"
    assert confirm_all(text, [(whole, "ORG"), (last, "PERSON")], lists)[0] == (whole, "ORG")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("We saw Arlo Quist there.", "Arlo Quist", id="inside-a-sentence"),
        pytest.param('"It rains."?Arlo Quist said so.', "Arlo Quist", id="behind-a-lost-character"),
        pytest.param("An arlo sat there. We saw Arlo Quist.", "Quist", id="word-of-the-text"),
        pytest.param("On Tuesday Quist came.", "Quist", id="day"),
        pytest.param("The American Quist came.", "Quist", id="people"),
        pytest.param("We saw Mr Quist there.", "Quist", id="title"),
        pytest.param("Unlike Quist, she came.", "Quist", id="opener"),
        pytest.param("We saw ARLO Quist there.", "Quist", id="acronym"),
        pytest.param("We saw Arlo, Quist and others.", "Quist", id="comma-between"),
    ],
)
def test_a_word_that_only_a_given_name_explains_is_part_of_the_name(text: str, expected: str, lists: NameLists) -> None:
    assert confirm(text, "Quist", "PERSON", lists) == [(expected, "PERSON")]


def test_a_word_before_a_name_that_the_text_has_had_is_no_given_name(lists: NameLists) -> None:
    text = "Then Quist came. We saw Arlo Quist."
    mentions = [build_mention(text, Span(start, start + 5, "PERSON")) for start in (5, 29)]
    found = confirm_mentions(read_cues(text, lists), [one for one in mentions if one], lists, ALL_MEANS)
    assert [one.surface_text for one in found] == ["Quist", "Quist"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("They told Ann Quist so.", "Ann Quist", id="surname-behind-it"),
        pytest.param("They told Ann Tuesday.", "Ann", id="day-behind-it"),
        pytest.param("They told Ann, Quist and others.", "Ann", id="comma-between"),
    ],
)
def test_a_given_name_is_completed_by_the_surname_behind_it(text: str, expected: str, lists: NameLists) -> None:
    assert confirm(text, "Ann", "PERSON", lists) == [(expected, "PERSON")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She told The Arle Reporter so.", ("The Arle Reporter", "ORG"), id="rest-of-the-title"),
        pytest.param("She told The Arle reporter so.", ("The Arle", "GPE"), id="small-word"),
        pytest.param("She told The Arle Tuesday.", ("The Arle", "GPE"), id="day"),
    ],
)
def test_a_title_with_an_article_is_taken_whole(text: str, expected: tuple[str, str], lists: NameLists) -> None:
    assert confirm(text, "The Arle", "GPE", lists) == [expected]


def test_words_beside_a_name_stay_out_without_the_means(lists: NameLists) -> None:
    text = "We saw Arlo Quist there."
    mention = build_mention(text, Span(12, 17, "PERSON"))
    assert mention is not None
    means = replace(ALL_MEANS, neighbours=False)
    assert confirm_mentions(read_cues(text, lists), [mention], lists, means) == [mention]


def test_a_title_that_most_bear_as_a_given_name_is_one(lists: NameLists) -> None:
    bearing = replace(
        lists, given_names={**lists.given_names, "dean": "m"}, titles={**lists.titles, "dean": (("dean",),)}
    )
    assert confirm("They saw Dean Quist there.", "Quist", "PERSON", bearing) == [("Dean Quist", "PERSON")]


def test_a_title_is_no_given_name_though_some_bear_it(lists: NameLists) -> None:
    bearing = replace(lists, given_names={**lists.given_names, "king": "m"})
    assert confirm("They saw King Quist there.", "Quist", "PERSON", bearing) == [("Quist", "PERSON")]


def test_a_word_behind_a_dash_opens_a_sentence(lists: NameLists) -> None:
    text = "They asked who it was.- - Who asked first is open."
    assert confirm(text, "Who", "ORG", lists) == []
