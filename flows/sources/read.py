"""Reads the sources file, and says everything that is wrong with it at once, line by line."""

import re
import stat
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from flows.errors import SourcesError
from flows.sources.conflicts import find_conflicts
from flows.sources.fields import shorten
from flows.sources.model import Source, SourceFile
from flows.sources.problems import Problem, describe_block, list_problems
from flows.sources.toml_lines import TomlPath, locate_values

MAX_BYTE_COUNT: Final = 16 * 1024 * 1024

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_POSITION: Final = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def read_sources(path: Path) -> SourceFile:
    """Return what a sources file says.

    Raises:
        SourcesError: The file cannot be read, is not TOML, or says what makes no sense; the message has a line for each
            problem.
    """
    return parse_sources(read_text(path), name=path.name)


def read_text(path: Path) -> str:
    """Return the text of a sources file as it is, line ends included.

    Raises:
        SourcesError: It is missing, no file, too large, or not UTF-8.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SourcesError(f"{path} is {'a folder' if path.is_dir() else 'no file'}, not a sources file")
        if status.st_size > MAX_BYTE_COUNT:
            raise SourcesError(f"{path} is larger than {MAX_BYTE_COUNT:,} bytes: that is no sources file")
        payload = path.read_bytes()
    except FileNotFoundError as error:
        raise SourcesError(f"there is no sources file at {path}: make one with: dateline sources add URL") from error
    except OSError as error:
        raise SourcesError(f"cannot read {path}: {error.strerror}") from error
    if payload.startswith(_BYTE_ORDER_MARK):
        raise SourcesError(f"{path.name}:1: begins with a byte order mark: save it as UTF-8 without one")
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError as error:
        line = payload.count(b"\n", 0, error.start) + 1
        raise SourcesError(f"{path.name}:{line}: is not UTF-8: save it as UTF-8") from error


def parse_sources(text: str, *, name: str) -> SourceFile:
    """Return what the text of a sources file says.

    Args:
        text: TOML.
        name: What the file is called in messages.

    Raises:
        SourcesError: As ``read_sources``.
    """
    document, lines = _parse_toml(text, name)
    blocks, problems = _take_blocks(document)
    sources: dict[int, Source] = {}
    for number, block in enumerate(blocks):
        try:
            sources[number] = Source.model_validate(block)
        except ValidationError as error:
            problems += list_problems(error, block, number)
    problems += _list_conflicts(sources, lines)
    if problems:
        raise SourcesError("\n".join(problem.format(name, lines) for problem in sorted_by_line(problems, lines)))
    return SourceFile(sources=tuple(sources.values()))


def sorted_by_line(problems: Sequence[Problem], lines: Mapping[TomlPath, int]) -> list[Problem]:
    """Return problems in the order in which a person meets them in the file."""
    return sorted(problems, key=lambda problem: problem.find_line(lines))


def _parse_toml(text: str, name: str) -> tuple[dict[str, Any], dict[TomlPath, int]]:
    """Return the document and where each of its values is.

    Raises:
        SourcesError: It is not TOML.
    """
    try:
        document = tomllib.loads(text)
        return document, locate_values(text)
    except RecursionError as error:
        raise SourcesError(f"{name}: brackets are nested too deep") from error
    except ValueError as error:  # also a number of thousands of digits, which the parser hands on
        message = str(error).partition("\n")[0]
        match = _POSITION.search(message)
        place = "" if match is None else _format_position(match, text)
        raise SourcesError(f"{name}{place}: is not TOML: {_POSITION.sub('', message).lower()}") from error


def _format_position(match: re.Match[str], text: str) -> str:
    lines = text.split("\n")
    line, column = (len(lines), len(lines[-1]) + 1) if match["line"] is None else (match["line"], match["column"])
    return f":{line}:{column}"


def _take_blocks(document: Mapping[str, Any]) -> tuple[list[Any], list[Problem]]:
    """Return the ``[[source]]`` blocks, and what is wrong around them."""
    problems = [
        Problem((key,), f'no such key "{shorten(key)}": a source is a block [[source]]')
        for key in document
        if key != "source"
    ]
    blocks = document.get("source", [])
    if not isinstance(blocks, list):
        return [], [*problems, Problem(("source",), "write [[source]], in two pairs of brackets")]
    if not blocks and not problems:
        problems.append(Problem((), "there is no source in it: a source is a block [[source]]"))
    return blocks, problems


def _list_conflicts(sources: Mapping[int, Source], lines: Mapping[TomlPath, int]) -> list[Problem]:
    """Return what contradicts itself among the blocks that are right by themselves."""
    numbers = list(sources)
    problems = []
    for conflict in find_conflicts(list(sources.values())):
        path, other = (("source", numbers[int(place[0])], *place[1:]) for place in (conflict.path, conflict.other))
        label = describe_block(sources[int(path[1])].model_dump(), int(path[1]))
        earlier = Problem(other, "").find_line(lines)
        problems.append(Problem(path, f"{conflict.message}, on line {earlier}", label))
    return problems
