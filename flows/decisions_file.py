"""The decisions file: what people decided on entities, a CSV file of one decision a line, fit for version control.

It is read strictly: what cannot be understood, and lines that contradict each other, refuse the whole file. Lines are
only ever added at its end or removed, so that a difference of two versions shows decisions and nothing else.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from flows.errors import DecisionsError
from flows.home import Home
from flows.settings import Settings
from flows.text_file import replace_text
from transforms.decision_conflicts import settle_decisions
from transforms.decisions import COLUMNS, Decision, Problem, format_decision, frame_decisions, parse_decision

HEADING: Final = ",".join(COLUMNS)
_BOM: Final = "\ufeff"
_MAX_SHOWN_CHAR_COUNT: Final = 60


@dataclass(frozen=True)
class DecisionsFile:
    """A decisions file that is right.

    Attributes:
        path: Where it is, or will be.
        text: What it holds; "" where it is not there.
        decisions: Its lines in order.
        superseded: Line -> line of the later decision on the same thing.
    """

    path: Path
    text: str
    decisions: tuple[Decision, ...]
    superseded: Mapping[int, int]

    def to_frame(self) -> pl.DataFrame:
        """Return the decisions as ``transforms.decisions.HUMAN_DECISION``."""
        return frame_decisions(list(self.decisions), self.superseded)


def read_decisions(settings: Settings, home: Home) -> pl.DataFrame:
    """Return what people decided (``transforms.decisions.HUMAN_DECISION``); nothing where the home has no such file.

    Raises:
        DecisionsError: A file that is named is not there, or the file is wrong.
    """
    if settings.decisions is not None and not settings.decisions.exists():
        raise DecisionsError(f"DATELINE_DECISIONS: there is no {settings.decisions}: make it, or name another file")
    return read_decisions_file(find_decisions_path(settings, home)).to_frame()


def find_decisions_path(settings: Settings, home: Home) -> Path:
    """Return the decisions file: the one that is named, else the home's own."""
    return home.decisions_path if settings.decisions is None else settings.decisions


def read_decisions_file(path: Path) -> DecisionsFile:
    """Return a decisions file; an empty one where there is none.

    Raises:
        DecisionsError: It cannot be read, or is wrong: a line for each problem.
    """
    return parse_decisions(read_text(path), path)


def read_text(path: Path) -> str:
    """Return the text of a file, line ends as they are; "" where it is not there.

    Raises:
        DecisionsError: It cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise DecisionsError(f"{path}: is not UTF-8 at byte {error.start}: save it as CSV UTF-8") from error
    except OSError as error:
        raise DecisionsError(f"cannot read {path}: {error.strerror}") from error


def parse_decisions(text: str, path: Path) -> DecisionsFile:
    """Return a decisions file by its text.

    Raises:
        DecisionsError: It is wrong: a line for each problem.
    """
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for line_number, fields in list_rows(text, path):
        decision, found = parse_decision(line_number, fields)
        problems += found
        decisions += [] if decision is None else [decision]
    settled = settle_decisions(decisions)
    problems += settled.conflicts
    if problems:
        raise DecisionsError("\n".join(describe_problem(problem, path) for problem in sorted(problems)))
    return DecisionsFile(path, text, tuple(decisions), settled.superseded)


def list_rows(text: str, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, column -> value) of the lines of a decisions file; none of an empty one.

    A byte order mark and CRLF line ends, as spreadsheets write them, mean nothing. Lines of nothing but commas are
    passed over.

    Raises:
        DecisionsError: It is no CSV, or its columns are others.
    """
    rows = _split_rows(text.removeprefix(_BOM), path, delimiter=",")
    _, heading = next(rows, (1, list(COLUMNS)))
    _require_heading(heading, path)
    for line_number, row in rows:
        if len(row) > len(COLUMNS):
            message = f"has {len(row)} columns, more than {len(COLUMNS)}: put a value that has a comma in double quotes"
            raise DecisionsError(f"{path}:{line_number}: {message}")
        if any(cell.strip() for cell in row):
            yield line_number, dict(zip(COLUMNS, row + [""] * (len(COLUMNS) - len(row)), strict=True))


def _split_rows(text: str, path: Path, *, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of the line on which it ends, cells) of each row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise DecisionsError(f"{path}:{reader.line_num}: is no CSV ({error}): mend the quotes") from error


def _require_heading(heading: list[str], path: Path) -> None:
    """Check the first line, and say what a spreadsheet did to it."""
    if tuple(cell.strip() for cell in heading) == COLUMNS:
        return
    joined = heading[0] if len(heading) == 1 else ""
    for delimiter, what in ((";", "semicolons"), ("\t", "tabs")):
        if delimiter in joined:
            raise DecisionsError(f"{path}:1: its columns are divided by {what}: save it as CSV divided by commas")
    raise DecisionsError(f"{path}:1: the heading is not {HEADING}: write it so")


def describe_problem(problem: Problem, path: Path) -> str:
    """Return a problem as one line: file, line, column, value, what to do."""
    value = problem.value[:_MAX_SHOWN_CHAR_COUNT] + ("…" if len(problem.value) > _MAX_SHOWN_CHAR_COUNT else "")
    place = f"{path}:{problem.line_number}" + (f": {problem.column}" if problem.column else "")
    line = f"{place}: {value!r} {problem.message}"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)


def add_decisions(file: DecisionsFile, decisions: Iterable[Decision]) -> DecisionsFile:
    """Return a file with more decisions at its end; nothing is written.

    Raises:
        DecisionsError: They contradict what is there.
    """
    new_line = "\r\n" if "\r\n" in file.text else "\n"
    text = file.text if file.text.strip() else HEADING + new_line
    text += "" if text.endswith("\n") else new_line
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator=new_line)
    writer.writerows(format_decision(decision) for decision in decisions)
    return parse_decisions(text + buffer.getvalue(), file.path)


def remove_line(file: DecisionsFile, line_number: int) -> DecisionsFile:
    """Return a file without one of its decisions; nothing is written.

    Raises:
        DecisionsError: There is no decision on that line.
    """
    ends = [decision.line_number for decision in file.decisions]
    if line_number not in ends:
        known = f"it has decisions on lines {ends[0]} to {ends[-1]}" if ends else "it has none"
        raise DecisionsError(f"{file.path} has no decision on line {line_number}: {known}")
    lines = file.text.splitlines(keepends=True)
    return parse_decisions("".join(lines[: line_number - 1] + lines[line_number:]), file.path)


def write_decisions(before: DecisionsFile, after: DecisionsFile) -> None:
    """Put a file in the place of what it was made from.

    Raises:
        DecisionsError: It was changed by somebody else meanwhile, or cannot be written.
    """
    try:
        before.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DecisionsError(f"cannot write {before.path}: {error.strerror}") from error
    replace_text(before.path, after.text, before=before.text, read=read_text, error_type=DecisionsError)
