"""Page furniture: what the reviewed list takes off, what recurs at the edges, and what must stay."""

from typing import Any

import polars as pl
import pytest

from transforms.furniture import (
    REPEATED_LINE,
    FurnitureRules,
    RemovedLine,
    build_furniture_rules,
    collect_edge_lines,
    take_marked,
    trim_articles,
)
from transforms.keys import compute_hash
from transforms.schemas import ARTICLE

TABLE = [
    ("back_to_top", "line", "anywhere", "Back to top button"),
    ("read_more", "prefix", "anywhere", "Read more:"),
    ("comments", "pattern", "anywhere", r"\d{1,6} comments?"),
    ("tags", "line", "edge", "Topics"),
]
REPEATED = pl.Schema({"source_id": pl.String(), "line": pl.String(), "is_head": pl.Boolean()})


@pytest.fixture(scope="module")
def rules() -> FurnitureRules:
    return build_furniture_rules(pl.DataFrame(TABLE, schema=["rule", "kind", "position", "text"], orient="row"))


def frame(*bodies: str, **changes: Any) -> pl.DataFrame:
    """Return articles of one source with these bodies."""
    rows = [
        {
            "source_id": "a.example",
            "article_id": f"{number}",
            "content_hash": f"c{number}",
            "headline": "Rain",
            "body": body,
            "word_count": 0,
            "removed_lines": [],
        }
        | changes
        for number, body in enumerate(bodies)
    ]
    return pl.DataFrame(rows, schema_overrides={"removed_lines": ARTICLE["removed_lines"]})


def repeat(*rows: tuple[str, str, bool]) -> pl.DataFrame:
    """Return lines that recur."""
    return pl.DataFrame(rows, schema=REPEATED, orient="row")


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        pytest.param("Back to top button", "back_to_top", id="the line itself"),
        pytest.param("BACK TO TOP BUTTON »", "back_to_top", id="case and outer signs"),
        pytest.param("Read more: What the mayor said", "read_more", id="a beginning"),
        pytest.param("12 Comments", "comments", id="a pattern"),
    ],
)
def test_a_known_line_is_taken_out_wherever_it_stands(rules: FurnitureRules, line: str, rule: str) -> None:
    assert rules.mark(["Rain fell.", line, "It stopped."]) == [None, rule, None]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("The back to top button was broken.", id="a line that has the words"),
        pytest.param("Read more books, the minister said.", id="a beginning without its colon"),
        pytest.param("The post drew 12 comments.", id="a pattern inside a sentence"),
        pytest.param("Read more: " + "long " * 50, id="a paragraph too long for furniture"),
    ],
)
def test_prose_stays(rules: FurnitureRules, line: str) -> None:
    assert rules.mark(["Rain fell.", line, "It stopped."]) == [None, None, None]


@pytest.mark.parametrize(
    ("paragraphs", "kept"),
    [
        pytest.param(["Topics", "Rain fell.", "It stopped."], ["Rain fell.", "It stopped."], id="at the start"),
        pytest.param(["Rain fell.", "Topics", "Back to top button"], ["Rain fell."], id="before other furniture"),
        pytest.param(["Rain fell.", "Topics", "It stopped."], ["Rain fell.", "Topics", "It stopped."], id="inside"),
    ],
)
def test_a_line_of_the_edge_goes_only_there(rules: FurnitureRules, paragraphs: list[str], kept: list[str]) -> None:
    assert take_marked(paragraphs, rules.mark(paragraphs))[0] == kept


def test_nothing_is_left_of_a_page_of_furniture(rules: FurnitureRules) -> None:
    assert rules.mark(["Topics", "Back to top button"]) == ["tags", "back_to_top"]


def test_lines_taken_out_say_where_they_stood() -> None:
    paragraphs = ["Share", "Rain fell.", "Tweet", "Mail", "It stopped.", "Tags"]
    kept, removed = take_marked(paragraphs, ["share", None, "share", "share", None, "tags"])
    assert kept == ["Rain fell.", "It stopped."]
    assert removed == [
        RemovedLine("share", "Share", 0, 1),
        RemovedLine("share", "Tweet", 1, 1),
        RemovedLine("share", "Mail", 1, 2),
        RemovedLine("tags", "Tags", 2, 1),
    ]


def test_edge_lines_are_the_short_ends_of_bodies_that_are_no_sentences() -> None:
    body = "Gazette service\n\nRain fell on the city.\n\nIt stopped.\n\n" + "word " * 60 + "\n\nWrite to the night desk"
    lines = collect_edge_lines(frame(body, "One paragraph"))
    assert set(lines.select("line", "is_head").rows()) == {
        ("Gazette service", True),
        ("Gazette service", False),
        ("It stopped.", False),
        ("Write to the night desk", False),
    }


def test_lines_that_recur_go_from_the_ends_inwards_and_are_kept_as_evidence() -> None:
    articles = frame("Gazette\n\nRain fell.\n\nDesk\n\nTower", "Dry.\n\nDesk\n\nNo end")
    trimmed = trim_articles(
        articles, repeat(("a.example", "Gazette", True), ("a.example", "Desk", False), ("a.example", "Tower", False))
    )
    assert trimmed["body"].to_list() == ["Rain fell.", "Dry.\n\nDesk\n\nNo end"]
    assert trimmed["removed_lines"][0].to_list() == [
        {"rule": REPEATED_LINE, "line": line, "paragraph_number": number, "line_number": None}
        for line, number in (("Gazette", 0), ("Desk", 2), ("Tower", 3))
    ]
    assert trimmed["word_count"].to_list() == [3, 5]
    assert trimmed["text_hash"][0] == compute_hash("text", "Rain", "Rain fell.")


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        pytest.param([("b.example", "Desk", False)], "Rain.\n\nDesk", id="of another source"),
        pytest.param([("a.example", "Desk", True)], "Rain.\n\nDesk", id="known at the other end"),
        pytest.param([("a.example", "Desk", False)], "Desk", id="the only paragraph"),
        pytest.param([], "Rain.\n\nDesk", id="none known"),
    ],
)
def test_a_line_stays_that_does_not_recur_there(lines: list[tuple[str, str, bool]], body: str) -> None:
    assert trim_articles(frame(body), repeat(*lines))["body"].to_list() == [body]


def test_trimming_again_changes_nothing() -> None:
    repeated = repeat(("a.example", "Desk", False), ("a.example", "Gazette", True))
    once = trim_articles(frame("Gazette\n\nRain.\n\nDesk\n\nDesk"), repeated)
    assert trim_articles(once, repeated).equals(once)


def test_columns_of_others_pass_through() -> None:
    assert trim_articles(frame("Rain.", url="https://a.example/1"), repeat())["url"].to_list() == [
        "https://a.example/1"
    ]


def test_no_article_is_no_trouble() -> None:
    empty = frame("Rain.").clear()
    assert trim_articles(empty, repeat()).height == 0
    assert collect_edge_lines(empty).columns == ["source_id", "article_id", "content_hash", "line", "is_head"]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param((), [0, 2], id="never trimmed"),
        pytest.param((0, 5), [0, 5, 1, 3], id="one head and one tail before"),
        pytest.param((None,), [None, None, None], id="before places were kept"),
    ],
)
def test_a_line_trimmed_later_has_its_place_in_the_whole_content(
    places: tuple[int | None, ...], expected: list[int | None]
) -> None:
    known = [{"rule": REPEATED_LINE, "line": "x", "paragraph_number": place, "line_number": None} for place in places]
    articles = frame("Gazette\n\nRain fell.\n\nDesk", removed_lines=known)
    trimmed = trim_articles(articles, repeat(("a.example", "Gazette", True), ("a.example", "Desk", False)))
    assert [line["paragraph_number"] for line in trimmed["removed_lines"][0]] == expected
