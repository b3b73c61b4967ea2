"""A review on paper: as text, as CSV that is filled in with a spreadsheet, as JSON; and a sheet that was filled in."""

import csv
import io
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from flows.decision_entry import Author, make_decision
from flows.decisions_file import read_text
from flows.errors import UsageError
from flows.summary import count_articles, shorten_text
from transforms.decisions import Decision
from transforms.excerpts import cut_excerpt

DECISION_COLUMNS: Final = ("decision", "entity_id", "part", "article", "target")
COLUMNS: Final = (
    *("verdict", *DECISION_COLUMNS, "note"),
    *("kind", "article_count", "name", "other_name", "rule", "score", "evidence"),
    *("sentence_1", "sentence_2", "sentence_3", "command"),
)
EVIDENCE_CHAR_COUNT: Final = 160
_FREE_TEXT: Final = frozenset({"name", "other_name", "evidence", "sentence_1", "sentence_2", "sentence_3"})
_FORMULA_STARTS: Final = ("=", "+", "-", "@")
_BOM: Final = "\ufeff"
_ADVICE: Final = {
    "doubtful": "{name} is taken for {other_name}; if that is wrong:",
    "singleton": "{name} stands alone beside {other_name}; if they are one:",
    "types": "{name} has two types; if they are one:",
    "ambiguous": "{name} could be several; if this article means {other_name}:",
}

Row = Mapping[str, Any]


def format_command(row: Row, home_option: str) -> str:
    """Return the ``dateline decide`` line that would settle a row, as a shell takes it."""
    words = [row["decision"], row["entity_id"]]
    if row["decision"] == "split":
        words += [word for word in (row["part"],) if word]
        words += ["--article", row["article"]] if row["article"] else []
        words += ["--to", row["target_id"]] if row["target_id"] else []
    else:
        words.append(row["target_id"])
    return f"dateline {home_option}decide {shlex.join(words)}"


def list_sentences(row: Row) -> list[str]:
    """Return the evidence of a row: outlet, day, headline, the mention marked in its sentence."""
    return [
        ", ".join(
            (
                shorten_text(sentence["source_name"]),
                "undated" if sentence["published_date"] is None else str(sentence["published_date"]),
                shorten_text(sentence["headline"] or ""),
            )
        )
        + ": "
        + cut_excerpt(sentence["mentioned_in"], sentence["start_char"], sentence["end_char"])
        for sentence in row["sentences"]
    ]


def write_text(rows: Sequence[Row], home_option: str) -> Iterator[str]:
    """Yield the lines of a review for a person at a terminal."""
    for number, row in enumerate(rows, start=1):
        name, other_name = shorten_text(row["name"]), shorten_text(row["other_name"])
        yield f"{number}. {row['kind']}, {count_articles(row['article_count'])}: {name} / {other_name}"
        evidence = shorten_text(row["evidence"], EVIDENCE_CHAR_COUNT)
        yield f"   {row['resolution_rule']} {row['resolution_score']:.2f}: {evidence}"
        yield from (f"   - {sentence}" for sentence in list_sentences(row))
        yield "   " + _ADVICE[row["kind"]].format(name=name, other_name=other_name)
        yield f"   {format_command(row, home_option)}"
        yield ""


def write_csv(rows: Sequence[Row], home_option: str) -> str:
    """Return a review as CSV; text that a spreadsheet would take for a formula begins with an apostrophe."""
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = _list_cells(row, home_option)
        writer.writerow({name: _disarm(name, str(cell)) for name, cell in cells.items()})
    return buffer.getvalue()


def write_json(rows: Sequence[Row], home_option: str) -> str:
    """Return a review as a JSON list of objects, with the columns of the CSV."""
    return orjson.dumps([_list_cells(row, home_option) for row in rows], option=orjson.OPT_INDENT_2).decode()


def _list_cells(row: Row, home_option: str) -> dict[str, Any]:
    sentences = dict(zip(COLUMNS[-4:-1], [*list_sentences(row), "", "", ""], strict=False))
    own = {name: row[name] for name in COLUMNS if name in row}
    own |= {"target": row["target_id"], "rule": row["resolution_rule"], "score": row["resolution_score"]}
    cells = {"verdict": "", "note": "", **own, **sentences, "command": format_command(row, home_option)}
    return {name: cells[name] for name in COLUMNS}


def _disarm(name: str, cell: str) -> str:
    return "'" + cell if name in _FREE_TEXT and cell.startswith(_FORMULA_STARTS) else cell


def read_verdicts(path: Path, author: Author) -> list[Decision]:
    """Return the decisions of a sheet whose verdict is yes.

    Args:
        path: CSV divided by commas, semicolons or tabs, as spreadsheets write it.
        author: Who decides; each line has its own note.

    Raises:
        UsageError: It is no such sheet, or a line cannot be understood.
    """
    if not path.exists():
        raise UsageError(f"there is no {path}: make it with: dateline review --format csv")
    text = read_text(path).removeprefix(_BOM)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        missing = [name for name in ("verdict", *DECISION_COLUMNS) if name not in (reader.fieldnames or ())]
        if missing:
            raise UsageError(f"{path}:1: has no column {', '.join(missing)}: take a sheet of dateline review")
        found = [_read_verdict(path, reader.line_num, row, author) for row in reader]
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: is no CSV ({error}): mend the quotes") from error
    return [decision for decision in found if decision is not None]


def _read_verdict(path: Path, line_number: int, row: Mapping[str, str | None], author: Author) -> Decision | None:
    """Return the decision of a line; None where the verdict is no, or none."""
    cells = {name: (row.get(name) or "").strip() for name in ("verdict", *DECISION_COLUMNS, "note")}
    verdict = cells["verdict"].casefold()
    if verdict in {"", "no", "n"}:
        return None
    if verdict not in {"yes", "y"}:
        raise UsageError(
            f"{path}:{line_number}: verdict: {cells['verdict']!r} is neither yes nor no: write one of them"
        )
    signed = Author(decided_by=author.decided_by, decided_at=author.decided_at, note=cells["note"])
    fields = {name: cells[name] for name in ("part", "article", "target")}
    try:
        return make_decision(cells["decision"], cells["entity_id"], signed, **fields)
    except UsageError as error:
        raise UsageError(f"{path}:{line_number}: {error}") from error
