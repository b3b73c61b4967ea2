"""Reads the sources file, and says everything that is wrong with it at once, line by line."""

import re
import stat
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from flows.errors import SourcesError
from flows.sources.conflicts import find_conflicts
from flows.sources.fields import shorten
from flows.sources.groups import Group, Maintenance, find_group_conflicts
from flows.sources.model import Source, SourceFile
from flows.sources.problems import Problem, describe_block, list_problems
from flows.sources.toml_lines import TomlPath, locate_values

Block = TypeVar("Block", bound=BaseModel)

MAX_BYTE_COUNT: Final = 16 * 1024 * 1024

_KEYS: Final = frozenset({"source", "group", "maintenance"})
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
    problems = _check_keys(document)
    sources = _read_blocks(document, "source", Source, problems)
    groups = _read_blocks(document, "group", Group, problems)
    maintenance = _read_table(document, "maintenance", Maintenance, problems)
    problems += _list_conflicts(sources, document, lines)
    if problems:
        raise SourcesError("\n".join(problem.format(name, lines) for problem in sorted_by_line(problems, lines)))
    return SourceFile(sources=tuple(sources.values()), groups=tuple(groups.values()), maintenance=maintenance)


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


def _check_keys(document: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong around the blocks."""
    problems = [
        Problem((key,), f'no such key "{shorten(key)}": a source is a block [[source]]')
        for key in document
        if key not in _KEYS
    ]
    if document.get("source", []) == [] and not problems:
        problems.append(Problem((), "there is no source in it: a source is a block [[source]]"))
    return problems


def _read_blocks(
    document: Mapping[str, Any], key: str, model: type[Block], problems: list[Problem]
) -> dict[int, Block]:
    """Return the blocks of a kind by their place; what is wrong with the others is added to the problems."""
    blocks = document.get(key, [])
    if not isinstance(blocks, list):
        problems.append(Problem((key,), f"write [[{key}]], in two pairs of brackets"))
        return {}
    found: dict[int, Block] = {}
    for number, block in enumerate(blocks):
        try:
            found[number] = model.model_validate(block)
        except ValidationError as error:
            problems += list_problems(error, block, (key, number))
    return found


def _read_table(document: Mapping[str, Any], key: str, model: type[Block], problems: list[Problem]) -> Block:
    """Return a table that the file has once, or its defaults; what is wrong with it is added to the problems."""
    try:
        return model.model_validate(document.get(key, {}))
    except ValidationError as error:
        problems += list_problems(error, document[key], (key,))
        return model()


def _list_conflicts(
    sources: Mapping[int, Source], document: Mapping[str, Any], lines: Mapping[TomlPath, int]
) -> list[Problem]:
    """Return what contradicts itself among the blocks that are right by themselves."""
    numbers = list(sources)
    groups = document.get("group", [])
    found = [conflict.renumber(numbers) for conflict in find_conflicts(list(sources.values()))]
    found += find_group_conflicts(sources, groups if isinstance(groups, list) else [])
    problems = []
    for conflict in found:
        kind, number, *_ = conflict.path
        label = describe_block(document[str(kind)][int(number)], (kind, number))
        earlier = "" if conflict.other is None else f", on line {Problem(conflict.other, '').find_line(lines)}"
        problems.append(Problem(conflict.path, f"{conflict.message}{earlier}", label))
    return problems
