"""Spans as names are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.labels import NAME_LABELS
from transforms.span_repair import join_nicknames, mend_span
from transforms.spans import Span


def mend(text: str, label: str, *, place: str = "") -> list[str]:
    parts = mend_span(text, Span(0, len(text), label), lambda key: key == place)
    return [text[part.start : part.end] for part in parts]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        pytest.param("Source:-Arle Post", "ORG", ["Arle Post"], id="a credit before the name"),
        pytest.param("@arlepost", "ORG", [], id="a handle"),
        pytest.param('don"t', "PERSON", [], id="an apostrophe typed as a quote"),
        pytest.param("Lee v. Kim", "PERSON", ["Lee", "Kim"], id="two sides of a case"),
        pytest.param("Lee in", "PERSON", ["Lee"], id="a word after the name"),
        pytest.param("comedian Ann Lee", "PERSON", ["Ann Lee"], id="a word before the name"),
        pytest.param("Elbonia 3-1", "GPE", ["Elbonia"], id="a score"),
        pytest.param("Rovers 51 - 50", "ORG", ["Rovers"], id="a spaced score"),
        pytest.param("Channel 4", "ORG", ["Channel 4"], id="a number in an organisation's name stays"),
        pytest.param("Rovers beat United", "ORG", ["Rovers", "United"], id="two names around a verb"),
        pytest.param("Ann Lee and Bob Kim", "PERSON", ["Ann Lee", "Bob Kim"], id="two people"),
        pytest.param("Marks and Spencer", "ORG", ["Marks and Spencer"], id="and in a company's name"),
        pytest.param("Arle Post/Tea News", "ORG", ["Arle Post", "Tea News"], id="a stroke between names"),
        pytest.param("ETB/Arle Post", "ORG", ["ETB", "Arle Post"], id="a stroke after an acronym"),
        pytest.param("ETB/OTB Trust", "ORG", ["ETB/OTB Trust"], id="a stroke between acronyms"),
        pytest.param("ARLE - Ann Lee", "PERSON", ["ARLE", "Ann Lee"], id="a hyphen with spaces"),
        pytest.param("Lee, Kim", "PERSON", ["Lee", "Kim"], id="a comma divides people"),
        pytest.param("Ann Lee, Jr", "PERSON", ["Ann Lee, Jr"], id="a suffix after a comma stays"),
        pytest.param("Tea Board (ETB)", "ORG", ["Tea Board", "ETB"], id="an acronym in brackets"),
        pytest.param("Clinic] in", "ORG", ["Clinic"], id="half a bracket"),
        pytest.param("Ann (Nan) Lee", "PERSON", ["Ann (Nan) Lee"], id="a nickname in brackets"),
        pytest.param("North (Arctic) School", "ORG", ["North (Arctic) School"], id="brackets inside a name"),
        pytest.param("Arle Bill (Notice of Tea", "ORG", ["Arle Bill"], id="words after a bracket that never closes"),
        pytest.param("The state", "ORG", [], id="an article alone has a capital"),
        pytest.param("[Ann] Lee", "PERSON", ["[Ann] Lee"], id="an editor's insertion"),
        pytest.param("Lee -- eight years", "PERSON", ["Lee"], id="a dash"),
        pytest.param("Saints RB Pat Doe", "PERSON", ["Saints", "Pat Doe"], id="a position between club and player"),
        pytest.param("Lee. Kimber", "PERSON", ["Lee. Kimber"], id="a short word with a stop may be an abbreviation"),
        pytest.param("Marlow. Kimber", "PERSON", ["Marlow", "Kimber"], id="two sentences"),
        pytest.param("Acme Motor Inc ACM", "ORG", ["Acme Motor Inc"], id="a ticker"),
        pytest.param("Acme Co of Elbonia", "ORG", ["Acme Co of Elbonia"], id="of after a legal form"),
        pytest.param("Peter the Great", "PERSON", ["Peter the Great"], id="an epithet"),
        pytest.param("the Republican party", "ORG", ["Republican party"], id="a noun of its kind, written small"),
        pytest.param("9th Circuit Court", "ORG", ["9th Circuit Court"], id="a number opens a name"),
        pytest.param("undrafted rookie", "GPE", [], id="no capital, no name"),
        pytest.param("Gone with the Wind", "WORK_OF_ART", ["Gone with the Wind"], id="a work can be a sentence"),
    ],
)
def test_a_span_is_trimmed_and_divided(text: str, label: str, expected: list[str]) -> None:
    assert mend(text, label) == expected


def test_and_does_not_divide_a_country() -> None:
    assert mend("Elbonia and Freedonia", "GPE", place="elbonia and freedonia") == ["Elbonia and Freedonia"]


@given(st.text(alphabet="Aa b-.,()[]'&1\t", max_size=40), st.sampled_from(sorted(NAME_LABELS)))
def test_what_is_left_lies_in_the_span_in_order(text: str, label: str) -> None:
    at = 2
    for part in mend_span(f"x {text} y", Span(2, 2 + len(text), label), lambda _: False):
        assert at <= part.start < part.end <= 2 + len(text)
        at = part.end


@pytest.mark.parametrize(
    "name",
    ["Ann 'Nan' Lee", "Ann (Nan) Lee", "Ann “Nan” Lee", "Ann R. 'Nan' Lee"],
    ids=["quoted", "brackets", "curly", "R"],
)
def test_a_name_around_a_nickname_is_one(name: str) -> None:
    text = f"Then {name} spoke."
    assert join_nicknames(text, [Span(5, 8, "PERSON")]) == [Span(5, 5 + len(name), "PERSON")]


def test_a_quoted_word_between_names_of_no_person_joins_nothing() -> None:
    spans = [Span(0, 4, "ORG")]
    assert join_nicknames("Acme 'Best' Tea", spans) == spans
