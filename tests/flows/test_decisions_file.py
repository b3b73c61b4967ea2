"""The decisions file: read strictly, as spreadsheets write it too; changed as a whole or not at all."""

from pathlib import Path

import pytest

from flows.decisions_file import (
    HEADING,
    add_decisions,
    parse_decisions,
    read_decisions,
    read_decisions_file,
    remove_line,
    write_decisions,
)
from flows.errors import DecisionsError
from flows.home import Home
from flows.settings import Settings

HIDE = "hide,PERSON:al,,,,,me,2026-11-01"
RENAME = 'rename,PERSON:bo,,,"Kim, ""Bo""",why not,me,2026-11-01T10:00:00Z'


def parse(*lines: str, end: str = "\n") -> tuple[tuple[int, str, str], ...]:
    """Return (line, decision, target) of a file of these lines."""
    file = parse_decisions(end.join(lines), Path("d.csv"))
    return tuple((decision.line_number, decision.verb, decision.target) for decision in file.decisions)


READ = ((2, "hide", ""), (3, "rename", 'Kim, "Bo"'))


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "bom"])
def test_what_spreadsheets_add_means_nothing(end: str, mark: str) -> None:
    assert parse(mark + HEADING, HIDE, RENAME, end=end) == READ


def test_lines_of_commas_and_cells_left_out_at_the_end_are_passed_over() -> None:
    assert parse(HEADING, HIDE, RENAME, ",,,,,,,", "") == READ


def test_an_empty_file_and_a_heading_alone_have_no_decisions() -> None:
    assert parse("") == parse(HEADING) == ()


WRONG = {
    "semicolons": ((HEADING.replace(",", ";"),), "d.csv:1: its columns are divided by semicolons: save it as CSV"),
    "tabs": ((HEADING.replace(",", "\t"),), "d.csv:1: its columns are divided by tabs: save it as CSV"),
    "no-heading": ((HIDE,), "d.csv:1: the heading is not decision,"),
    "too-many-cells": ((HEADING, HIDE + ",x"), "d.csv:2: has 9 columns"),
    "open-quote": ((HEADING, 'hide,"PERSON:al'), "d.csv:2: is no CSV"),
    "unknown": ((HEADING, HIDE, HIDE.replace("hide", "hyde")), "d.csv:3: decision: 'hyde' is none: use one of merge"),
    "short": ((HEADING, "hide,PERSON:al"), "d.csv:2: decided_at: '' is no moment"),
    "conflict": (
        (HEADING, HIDE, HIDE.replace("hide", "show")),
        "d.csv:3: decision: 'show PERSON:al' contradicts line 2",
    ),
}


@pytest.mark.parametrize(("lines", "message"), WRONG.values(), ids=WRONG)
def test_a_file_that_is_wrong_is_refused_with_the_line(lines: tuple[str, ...], message: str) -> None:
    with pytest.raises(DecisionsError) as caught:
        parse(*lines)
    assert str(caught.value).startswith(message)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(DecisionsError) as caught:
        parse(HEADING, "hide,al,,,,,me,2026-11-01", "retype,PERSON:al,,,X,,me,never")
    assert [line.split(": ")[:2] for line in str(caught.value).splitlines()] == [
        ["d.csv:2", "entity_id"],
        ["d.csv:3", "decided_at"],
        ["d.csv:3", "target"],
    ]


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_bytes(b"\xff")
    with pytest.raises(DecisionsError, match="is not UTF-8 at byte 0"):
        read_decisions_file(path)


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match="DATELINE_DECISIONS: there is no"):
        read_decisions(Settings(decisions=tmp_path / "no.csv"), Home(tmp_path))
    assert read_decisions(Settings(), Home(tmp_path)).is_empty()


@pytest.mark.parametrize("text", [f"{HEADING}\n{HIDE}", f"{HEADING}\r\n{HIDE}\r\n", ""], ids=["no-end", "crlf", "none"])
def test_a_decision_is_added_at_the_end_and_removed_again(text: str) -> None:
    before = parse_decisions(text, Path("d.csv"))
    (added,) = parse_decisions(f"{HEADING}\n{RENAME}\n", Path("d.csv")).decisions
    after = add_decisions(before, [added])
    assert after.text.startswith(text)
    assert after.decisions[-1]._replace(line_number=2) == added
    again = remove_line(after, after.decisions[-1].line_number)
    assert again.decisions == before.decisions


def test_a_decision_that_contradicts_the_file_is_not_added() -> None:
    before = parse_decisions(f"{HEADING}\n{HIDE}\n", Path("d.csv"))
    (shown,) = parse_decisions(f"{HEADING}\n{HIDE.replace('hide', 'show')}\n", Path("d.csv")).decisions
    with pytest.raises(DecisionsError, match="contradicts line 2"):
        add_decisions(before, [shown])


@pytest.mark.parametrize("line_number", [0, 1, 3])
def test_a_line_without_a_decision_cannot_be_removed(line_number: int) -> None:
    with pytest.raises(DecisionsError, match=f"no decision on line {line_number}: it has decisions on lines 2 to 2"):
        remove_line(parse_decisions(f"{HEADING}\n{HIDE}\n", Path("d.csv")), line_number)


def test_a_program_killed_before_the_rename_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "d.csv"
    path.write_text(f"{HEADING}\n{HIDE}\n")
    before = read_decisions_file(path)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        write_decisions(before, remove_line(before, 2))
    assert path.read_text() == before.text
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_somebody_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text(f"{HEADING}\n{HIDE}\n")
    before = read_decisions_file(path)
    path.write_text(f"{HEADING}\n{RENAME}\n")
    with pytest.raises(DecisionsError, match="was changed meanwhile"):
        write_decisions(before, remove_line(before, 2))
    assert RENAME in path.read_text()
