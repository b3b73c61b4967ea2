"""Labelled articles as people write them, made into the gold file that ``dateline evaluate`` reads.

The folder ``gold`` has files of articles. An article begins with a line ``=== id | day | outlet``; then come its title,
an empty line, and paragraphs divided by empty lines. A name is ``[surface|TYPE|entity]``, or ``[surface|TYPE]`` when
the entity is called by the name itself: ``[Asim Munir|PERSON]`` is the entity ``asim-munir``. Offsets are counted by
the program, so they cannot be wrong. ``python tests/quality/gold_markup.py > gold.jsonl`` writes the gold file.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from transforms.labels import NAME_LABELS

FOLDER: Final = Path(__file__).parent / "gold"

_HEADING: Final = re.compile(r"=== (?P<id>[\w-]+) \| (?P<published>\d{4}-\d\d-\d\d) \| (?P<source>[\w.-]+)")
_LABEL: Final = re.compile(r"\[(?P<surface>[^][|]+)\|(?P<type>[A-Z_]+)(?:\|(?P<entity>[\w-]+))?\]")

Record = dict[str, Any]


class MarkupError(ValueError):
    """A file of labelled articles is wrong; the message has the file, the line and what is wrong."""


def read_folder(folder: Path = FOLDER) -> list[Record]:
    """Return the gold records of all files in a folder, sorted by file.

    Raises:
        MarkupError: A file is wrong, an id is there twice, or an entity has two types.
    """
    records: list[Record] = []
    types: dict[str, str] = {}
    for path in sorted(folder.glob("*.txt")):
        records += parse_articles(path.read_text(encoding="utf-8"), path.name)
    ids = [record["id"] for record in records]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise MarkupError(f"{folder.name}: articles {', '.join(twice)} are there twice")
    for record in records:
        for mention in record["mentions"]:
            known = types.setdefault(mention["entity"], mention["type"])
            if known != mention["type"]:
                message = f"{record['id']}: {mention['surface']}: {mention['entity']} is {known} elsewhere"
                raise MarkupError(message)
    return records


def parse_articles(content: str, name: str) -> list[Record]:
    """Return the gold records of one file.

    Args:
        content: The file.
        name: What to call it in errors.

    Raises:
        MarkupError: A heading is missing or wrong, an article has no text, a bracket is not closed, a label has a type
            that there is not.
    """
    starts: list[tuple[int, re.Match[str]]] = []
    lines = content.splitlines()
    for number, line in enumerate(lines, start=1):
        heading = _HEADING.fullmatch(line)
        if line.startswith("===") and heading is None:
            raise MarkupError(f"{name} line {number}: not a heading: === id | 2026-11-03 | outlet")
        if heading is not None:
            starts.append((number, heading))
        elif not starts and line.strip():
            raise MarkupError(f"{name} line {number}: text before the first heading")
    ends = [number - 1 for number, _ in starts[1:]] + [len(lines)]
    return [
        _parse_article(heading, lines[start:end], f"{name} line", start + 1)
        for (start, heading), end in zip(starts, ends, strict=True)
    ]


def _parse_article(heading: re.Match[str], lines: list[str], where: str, first_number: int) -> Record:
    """Return one article's record; its text begins with its title."""
    pieces: list[str] = []
    mentions: list[Record] = []
    offset = 0
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    for number, line in enumerate(lines, start=first_number):
        for piece, label in _split_labels(line, f"{where} {number}"):
            if label is not None:
                place = {"start": offset, "end": offset + len(piece)}
                mentions.append({**place, "surface": piece, "type": label[0], "entity": label[1]})
            pieces.append(piece)
            offset += len(piece)
        pieces.append("\n")
        offset += 1
    text = "".join(pieces).rstrip("\n")
    title, _, body = text.partition("\n\n")
    if not title or "\n" in title or not body:
        raise MarkupError(f"{where} {first_number}: an article is a title, an empty line and paragraphs")
    return {**heading.groupdict(), "title": title, "text": text, "mentions": mentions}


def _split_labels(line: str, where: str) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Yield the pieces of a line, each with its type and entity, or with None where it is no name."""
    end = 0
    for match in _LABEL.finditer(line):
        yield _require_plain(line[end : match.start()], where), None
        surface, kind, entity = match["surface"], match["type"], match["entity"]
        if kind not in NAME_LABELS:
            raise MarkupError(f"{where}: {surface}: unknown type {kind}: use one of {' '.join(sorted(NAME_LABELS))}")
        if surface != surface.strip():
            raise MarkupError(f"{where}: {surface!r} begins or ends with a space")
        yield surface, (kind, name_entity(surface) if entity is None else entity)
        end = match.end()
    yield _require_plain(line[end:], where), None


def _require_plain(piece: str, where: str) -> str:
    if set(piece) & set("[]|"):
        raise MarkupError(f"{where}: a bracket or bar that is no label: {piece.strip()[:40]}")
    return piece


def name_entity(surface: str) -> str:
    """Return what an entity is called that is not called otherwise."""
    return re.sub(r"\W+", "-", surface.lower()).strip("-")


if __name__ == "__main__":
    sys.stdout.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in read_folder())
