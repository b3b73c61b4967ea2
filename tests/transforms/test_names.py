"""Names as text: keys, parts and edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.names import (
    are_compatible,
    compute_name_key,
    parse_person,
    split_words,
    strip_name,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("U.S.", "US", id="full stops"),
        pytest.param("Erdoğan", "ERDOGAN", id="accents and case"),
        pytest.param("the State Department", "State Department", id="article"),
        pytest.param("O’Brien", "O'Brien", id="apostrophes"),
        pytest.param("Munir’s", "Munir", id="possessive"),
        pytest.param("United States'", "United States", id="possessive after s"),
        pytest.param("Ban Ki-moon", "Ban Ki moon", id="hyphen"),
        pytest.param("Acme Corp.", "Acme", id="legal form"),
        pytest.param("Acme Holdings Co. Ltd", "Acme Holdings", id="two legal forms"),
    ],
)
def test_two_spellings_share_a_key(one: str, other: str) -> None:
    assert compute_name_key(one) == compute_name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Asim Munir", "Asif Munir", id="another given name"),
        pytest.param("North Korea", "South Korea", id="another word"),
        pytest.param("Co", "Ltd", id="a name that is nothing but a legal form is kept"),
    ],
)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert compute_name_key(one) != compute_name_key(other)


def test_words_know_their_place() -> None:
    text = "US-led talks; Gen. O’Brien’s"
    words = split_words(text)
    assert [word.text for word in words] == ["US", "led", "talks", "Gen.", "O’Brien’s"]
    assert all(text[word.start : word.end] == word.text for word in words)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("charles q brown", "charles brown", True, id="middle initial left out"),
        pytest.param("c brown", "charles brown", True, id="initial"),
        pytest.param("charles quinton brown", "charles q brown", True, id="middle name shortened"),
        pytest.param("charles brown", "carl brown", False, id="two given names"),
        pytest.param("charles brown", "charles green", False, id="two surnames"),
        pytest.param("john a smith", "john b smith", False, id="two middle initials"),
    ],
)
def test_given_names_decide_whether_two_forms_fit(one: str, other: str, *, expected: bool) -> None:
    assert are_compatible(parse_person(one), parse_person(other)) is expected


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        pytest.param("ursula von der leyen", "von der leyen", id="particles"),
        pytest.param("martin luther king jr", "king", id="suffix"),
        pytest.param("munir", "munir", id="single name"),
        pytest.param("al gore", "gore", id="a given name is no particle"),
    ],
)
def test_the_surname_is_found(name: str, surname: str) -> None:
    assert parse_person(name).surname == surname


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        pytest.param("to the United States", (3, 20), "United States", id="lower-case article"),
        pytest.param("The United States said", (0, 17), "United States", id="article at the beginning"),
        pytest.param("judges in The Hague met", (10, 19), "The Hague", id="capital article inside a sentence"),
        pytest.param("General Munir's visit", (8, 15), "Munir", id="possessive"),
        pytest.param("FOR LEE'S PLAN", (4, 9), "LEE", id="possessive in capitals"),
        pytest.param("THE TEA BOARD MET", (0, 13), "TEA BOARD", id="article in capitals"),
        pytest.param("Ms Lee (D-Arle) left", (8, 14), "Arle", id="party before a place"),
        pytest.param("a non-NATO ally", (2, 10), "NATO", id="prefix"),
        pytest.param("the Lee-led team", (4, 11), "Lee", id="a participle behind"),
        pytest.param("“Acme” said", (0, 6), "Acme", id="quotation marks"),
        pytest.param("The judges met", (0, 3), "The", id="an article alone"),
        pytest.param("by Acme Inc. today", (3, 12), "Acme Inc.", id="full stop of an abbreviation stays"),
    ],
)
def test_a_span_is_narrowed_to_the_name(text: str, span: tuple[int, int], expected: str) -> None:
    start, end = strip_name(text, *span)
    assert text[start:end] == expected


@given(st.text(), st.integers(0, 30), st.integers(0, 30))
def test_narrowing_never_leaves_the_span(text: str, one: int, other: int) -> None:
    low, high = sorted((min(one, len(text)), min(other, len(text))))
    start, end = strip_name(text, low, high)
    assert low <= start
    assert end <= high
