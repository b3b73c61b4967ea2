"""The converter of the gold set: offsets are right, and nothing that is not understood gets through."""

from pathlib import Path

import pytest

from tests.quality.gold_markup import MarkupError, name_entity, parse_articles, read_folder
from transforms.labels import NAME_LABELS

HEADING = "=== rain-1 | 2026-11-03 | a.example\n"
ARTICLE = HEADING + "[Lee|PERSON|ann-lee] wins\n\n[Ann Lee|PERSON] won in [Paris|GPE].\n\nRain fell.\n"


def test_an_article_is_a_record_of_a_gold_file() -> None:
    (record,) = parse_articles(ARTICLE, "a.txt")
    assert record["text"] == "Lee wins\n\nAnn Lee won in Paris.\n\nRain fell."
    assert (record["id"], record["published"], record["source"]) == ("rain-1", "2026-11-03", "a.example")
    assert record["title"] == "Lee wins"


def test_labels_have_their_place_type_and_entity() -> None:
    (record,) = parse_articles(ARTICLE, "a.txt")
    assert [(one["start"], one["end"], one["type"], one["entity"]) for one in record["mentions"]] == [
        (0, 3, "PERSON", "ann-lee"),
        (10, 17, "PERSON", "ann-lee"),
        (25, 30, "GPE", "paris"),
    ]
    assert [record["text"][one["start"] : one["end"]] for one in record["mentions"]] == ["Lee", "Ann Lee", "Paris"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[Ann Lee|HUMAN] won.", "a.txt line 4: Ann Lee: unknown type HUMAN"),
        ("[Ann Lee|DATE] won.", "a.txt line 4: Ann Lee: unknown type DATE"),
        ("[Ann Lee|PERSON won.", "a.txt line 4: a bracket or bar that is no label: [Ann Lee|PERSON won."),
        ("Ann Lee|PERSON] won.", "a.txt line 4: a bracket or bar that is no label"),
        ("[Ann [Lee|PERSON]|PERSON] won.", "a.txt line 4: a bracket or bar that is no label: [Ann"),
        ("[|PERSON] won.", "a.txt line 4: a bracket or bar that is no label"),
        ("[Ann |PERSON] won.", "a.txt line 4: 'Ann ' begins or ends with a space"),
        ("=== rain", "a.txt line 4: not a heading"),
    ],
)
def test_markup_that_is_wrong_is_an_error_with_its_line(line: str, message: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_articles(f"{HEADING}Rain\n\n{line}\n", "a.txt")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "content", ["Rain\n", f"{HEADING}Rain\n", f"{HEADING}\n\nRain\n", f"{HEADING}Rain\nfell\n\nx\n"]
)
def test_an_article_without_heading_title_or_text_is_an_error(content: str) -> None:
    with pytest.raises(MarkupError):
        parse_articles(content, "a.txt")


def test_an_article_that_is_there_twice_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE + ARTICLE, encoding="utf-8")
    with pytest.raises(MarkupError, match="rain-1 are there twice"):
        read_folder(tmp_path)


def test_an_entity_with_two_types_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{HEADING}[Paris|GPE]\n\n[Paris|PERSON]\n", encoding="utf-8")
    with pytest.raises(MarkupError, match="rain-1: Paris: paris is GPE elsewhere"):
        read_folder(tmp_path)


def test_an_entity_is_called_by_its_name() -> None:
    assert name_entity("Jean-Luc O'Brien Jr.") == "jean-luc-o-brien-jr"


def test_the_gold_set_is_as_large_and_varied_as_it_has_to_be() -> None:
    records = read_folder()
    assert len(records) >= 40
    assert [record["id"] for record in records if not 120 <= len(record["text"].split()) <= 300] == []
    assert {mention["type"] for record in records for mention in record["mentions"]} == NAME_LABELS
