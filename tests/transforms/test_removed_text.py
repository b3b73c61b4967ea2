"""A text as it came: the lines that were taken out stand where they stood."""

from transforms.furniture import REPEATED_LINE
from transforms.removed_text import TextPart, restore_text

Line = dict[str, object]


def take(rule: str, line: str, paragraph_number: int | None, line_number: int | None) -> Line:
    """Return a line that was taken out."""
    return {"rule": rule, "line": line, "paragraph_number": paragraph_number, "line_number": line_number}


def test_lines_stand_between_the_paragraphs_that_they_stood_between() -> None:
    removed = [take("share", "Mail", 1, 2), take("share", "Tweet", 1, 1), take("tags", "Tags: rain", 2, 1)]
    assert restore_text("Rain fell.\n\nIt stopped.", removed) == [
        TextPart("Rain fell.", None),
        TextPart("Tweet", "share"),
        TextPart("Mail", "share"),
        TextPart("It stopped.", None),
        TextPart("Tags: rain", "tags"),
    ]


def test_recurring_lines_count_as_paragraphs_and_furniture_beside_them_keeps_its_place() -> None:
    # As it came: Gazette | Share | Rain fell. | Desk | Tags
    removed = [
        take(REPEATED_LINE, "Gazette", 0, None),
        take("share", "Share", 1, 1),
        take(REPEATED_LINE, "Desk", 2, None),
        take("tags", "Tags", 3, 1),
    ]
    assert [part.text for part in restore_text("Rain fell.", removed)] == [
        *("Gazette", "Share", "Rain fell.", "Desk", "Tags")
    ]


def test_lines_without_a_place_come_last() -> None:
    parts = restore_text("Rain fell.\n\nIt stopped.", [take("share", "Tweet", None, None)])
    assert [part.rule for part in parts] == [None, None, "share"]


def test_a_text_from_which_nothing_was_taken_is_its_body() -> None:
    assert restore_text("Rain fell.", []) == [TextPart("Rain fell.", None)]
    assert restore_text("", []) == []
