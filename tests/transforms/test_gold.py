"""Gold files: what is wrong in one is said with its line, and nothing that is wrong gets through."""

import json
from typing import Any

import pytest

from transforms.gold import GoldError, GoldMention, parse_gold, uses_coarse_types

MENTION = {"start": 0, "end": 3, "surface": "Ann", "type": "PERSON", "entity": "ann"}
ARTICLE = {"id": "one", "text": "Ann spoke.", "mentions": [MENTION]}


def encode(**changes: Any) -> bytes:
    """Return a line of a gold file: one article, with changes; what is changed to ... is left out."""
    return json.dumps({key: value for key, value in {**ARTICLE, **changes}.items() if value is not ...}).encode()


def relabel(**changes: Any) -> bytes:
    """Return a line whose one label has changes."""
    return encode(mentions=[{key: value for key, value in {**MENTION, **changes}.items() if value is not ...}])


def test_a_line_is_an_article_with_its_labels() -> None:
    (article,) = parse_gold([encode(title="Ann", published="2026-11-03", section="x")])
    assert (article.article_id, article.text, article.title) == ("one", "Ann spoke.", "Ann")
    assert article.mentions == (GoldMention(0, 3, "PERSON", "ann"),)
    assert article.record == {
        "id": "one",
        "text": "Ann spoke.",
        "title": "Ann",
        "published": "2026-11-03",
        "section": "x",
    }


def test_offsets_count_characters_and_not_bytes() -> None:
    mention = {**MENTION, "start": 5, "end": 8}
    (article,) = parse_gold([encode(text="É — 😀Ann", mentions=[mention])])
    assert article.mentions[0].start == 5


def test_empty_lines_are_passed_over_and_counted() -> None:
    with pytest.raises(GoldError, match=r"^line 3: not JSON"):
        parse_gold([encode(), b"  ", b"{"])


def test_an_entity_may_be_unknown() -> None:
    for line in (relabel(entity=None), relabel(entity=...)):
        assert parse_gold([line])[0].mentions[0].entity is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(b"[]", "line 1: not a JSON object", id="no object"),
        pytest.param(b"\xff", "line 1: not JSON", id="no UTF-8"),
        pytest.param(rb'{"id": "\ud800"}', "line 1: not JSON", id="half a character"),
        pytest.param(b"[" * 10_000, "line 1: not JSON", id="nested without end"),
        pytest.param(encode(id=...), "line 1: 'id' has to be a text, and is None", id="no id"),
        pytest.param(encode(id=7), "line 1: 'id' has to be a text, and is 7", id="an id that is a number"),
        pytest.param(encode(id=""), "line 1: id or text is empty", id="an empty id"),
        pytest.param(encode(text=" \n"), "line 1: id or text is empty", id="an empty text"),
        pytest.param(encode(title=5), "line 1: 'title' has to be a text, and is 5", id="a title that is a number"),
        pytest.param(encode(mentions=...), "line 1: 'mentions' has to be a list, and is None", id="no labels"),
        pytest.param(encode(mentions=["Ann"]), "line 1, mention 1: not a JSON object", id="a label that is a text"),
        pytest.param(relabel(start=True), "mention 1: 'start' has to be a whole number, and is True", id="a flag"),
        pytest.param(relabel(start=-1), "mention 1: -1-3 is no place in a text of 10 characters", id="before the text"),
        pytest.param(relabel(end=11), "mention 1: 0-11 is no place in a text of 10 characters", id="after the text"),
        pytest.param(relabel(end=0), "mention 1: 0-0 is no place", id="nothing"),
        pytest.param(relabel(start=1), "mention 1: at 1-3 the text has 'nn', not 'Ann'", id="an offset that is wrong"),
        pytest.param(relabel(type="HUMAN"), "mention 1: unknown type 'HUMAN'", id="an unknown type"),
        pytest.param(relabel(type="DATE"), "mention 1: unknown type 'DATE'", id="a label that is no name"),
        pytest.param(relabel(entity=5), "mention 1: 'entity' has to be a text, and is 5", id="an entity number"),
        pytest.param(encode(mentions=[MENTION] * 2), "mention 2: 0-3 is labelled already", id="a label twice"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line: bytes, message: str) -> None:
    with pytest.raises(GoldError) as caught:
        parse_gold([line])
    assert message in str(caught.value)


def test_an_id_that_is_there_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(GoldError, match="line 2: id 'one' is that of line 1, too"):
        parse_gold([encode(), encode()])


def test_types_of_two_sets_are_not_mixed() -> None:
    with pytest.raises(GoldError, match="MISC and PERSON"):
        parse_gold([encode(), encode(id="two", mentions=[{**MENTION, "type": "MISC"}])])


@pytest.mark.parametrize("lines", [[], [b"", b"\n"]], ids=["nothing", "empty lines"])
def test_a_file_without_an_article_is_refused(lines: list[bytes]) -> None:
    with pytest.raises(GoldError, match="no article"):
        parse_gold(lines)


def test_a_file_without_a_label_is_refused_and_an_article_without_one_is_not() -> None:
    bare = encode(id="two", mentions=[])
    with pytest.raises(GoldError, match="no name is labelled"):
        parse_gold([bare])
    assert [len(article.mentions) for article in parse_gold([bare, relabel(type="ORG")])] == [0, 1]


@pytest.mark.parametrize(("kind", "is_coarse"), [("PER", True), ("ORG", True), ("GPE", False), ("PERSON", False)])
def test_the_set_of_types_is_told_by_what_only_one_has(kind: str, *, is_coarse: bool) -> None:
    assert uses_coarse_types(parse_gold([relabel(type=kind)])) is is_coarse
