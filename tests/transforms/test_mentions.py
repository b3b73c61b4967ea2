"""What the model marked, mended by titles."""

import pytest

from transforms.cues import read_cues
from transforms.mentions import repair_spans
from transforms.name_lists import NameLists
from transforms.spans import Span


def repair(text: str, marked: list[tuple[str, str]], lists: NameLists) -> list[tuple[str, str]]:
    spans = [Span(text.index(part), text.index(part) + len(part), label) for part, label in marked]
    mentions = repair_spans(read_cues(text, lists), spans, lists)
    assert all(text[mention.start : mention.end] == mention.surface_text for mention in mentions)
    return [(mention.surface_text, mention.label) for mention in mentions]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        pytest.param("by Spokesperson Matthew Miller", [("Spokesperson Matthew Miller", "PERSON")],
                     [("Matthew Miller", "PERSON")], id="the title is cut off"),
        pytest.param("Secretary of State Antony J Blinken", [("State", "ORG"), ("Blinken", "GPE")],
                     [("Antony J Blinken", "PERSON")], id="a name after a title is one person"),
        pytest.param("Secretary of State Antony J Blinken", [("State Antony J", "PERSON"), ("Blinken", "GPE")],
                     [("Antony J Blinken", "PERSON")], id="two halves become one name"),
        pytest.param("“The council met", [("The", "ORG")], [], id="an article alone is no name"),
        pytest.param("the Secretary of State said", [("State", "ORG")], [], id="part of a title is no name"),
        pytest.param("Chief of Army Staff (COAS) General Asim Munir",
                     [("Army", "ORG"), ("COAS", "ORG"), ("Asim Munir", "PERSON")],
                     [("Asim Munir", "PERSON")], id="the acronym of a title is no name"),
        pytest.param("shares of General Electric", [("General Electric", "ORG")], [("General Electric", "ORG")],
                     id="a company that begins like a title stays"),
        pytest.param("a talk by King today", [("King", "PERSON")], [("King", "PERSON")],
                     id="a name that can be a title stays"),
        pytest.param("Senator Texas Republican", [("Texas", "GPE")], [("Texas", "GPE")],
                     id="a place that does not end the name stays"),
        pytest.param("Domain Names\n\nRoot Zone", [("Domain Names\n\nRoot Zone", "ORG")],
                     [("Domain Names", "ORG"), ("Root Zone", "ORG")], id="a name ends with its paragraph"),
        pytest.param("the 3 – of", [("3 –", "ORG")], [], id="no letters, no name"),
        pytest.param("so said X.", [("X.", "PERSON")], [], id="a letter alone is no name"),
        pytest.param("he told ETB. Then", [("ETB.", "ORG")], [("ETB", "ORG")],
                     id="a full stop after capitals is the sentence's"),
        pytest.param("Acme Corp. grew", [("Acme Corp.", "ORG")], [("Acme Corp.", "ORG")],
                     id="the full stop of an abbreviation stays"),
        pytest.param("said Quinn F\ufffd\ufffdin today", [("Quinn F\ufffd\ufffd", "ORG")],
                     [("Quinn F\ufffd\ufffdin", "ORG")], id="a damaged word is whole"),
    ],
)  # fmt: skip
def test_spans_become_names(
    text: str, marked: list[tuple[str, str]], expected: list[tuple[str, str]], lists: NameLists
) -> None:
    assert repair(text, marked, lists) == expected


def test_of_two_that_overlap_the_longer_stays(lists: NameLists) -> None:
    text = "the Bank of England said"
    assert repair(text, [("Bank", "ORG"), ("Bank of England", "ORG")], lists) == [("Bank of England", "ORG")]
