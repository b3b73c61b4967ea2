"""Changes the sources file as a careful person would: comments and order stay, what is there is never rewritten."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from flows.errors import SourcesError
from flows.sources.model import Source
from flows.sources.read import parse_sources, read_text
from flows.text_file import replace_text

Fields = Mapping[str, str | int | Sequence[str]]


def format_block(fields: Fields) -> str:
    """Return a ``[[source]]`` block as TOML.

    Args:
        fields: What it says, in the order in which it is written.
    """
    lines = [f"{key} = {_format_value(value)}" for key, value in fields.items()]
    return "\n".join(["[[source]]", *lines, ""])


def _format_value(value: str | int | Sequence[str]) -> str:
    if isinstance(value, str | int):
        return tomlkit.item(value).as_string()
    return tomlkit.item(list(value)).multiline(len(value) > 1).as_string()


def append_block(text: str, block: str, *, name: str) -> str:
    """Return a sources file with one more block at its end.

    Args:
        text: The file; "" for a new one.
        block: TOML, see ``format_block``.
        name: What the file is called in messages.

    Raises:
        SourcesError: The file, or what it would become, is wrong.
    """
    if has_sources(text):
        parse_sources(text, name=name)
    new_line = "\r\n" if "\r\n" in text else "\n"
    kept = text if not text or text.endswith("\n") else text + new_line
    edited = kept + (new_line if kept else "") + block.replace("\n", new_line)
    parse_sources(edited, name=name)
    return edited


def has_sources(text: str) -> bool:
    """Return whether there is more in a file than comments."""
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def extend_block(text: str, source: Source, added: Mapping[str, Sequence[str]], *, name: str) -> str:
    """Return a sources file with more addresses in a block.

    Args:
        text: The file.
        source: The version of a source whose block it is.
        added: Field (feeds, sitemaps) -> addresses that it has not.
        name: What the file is called in messages.

    Raises:
        SourcesError: The file, or what it would become, is wrong; or it is written in a way that cannot be edited.
    """
    number = parse_sources(text, name=name).sources.index(source)
    try:
        document = tomlkit.parse(text)
        _extend_lists(document["source"][number], added)
        edited = tomlkit.dumps(document)
    except (TOMLKitError, TypeError) as error:
        raise SourcesError(f"{name}: cannot be edited ({error}): add the addresses by hand") from error
    wanted = source.model_copy(update={key: (*getattr(source, key), *urls) for key, urls in added.items()})
    if parse_sources(edited, name=name).sources[number] != wanted:
        raise SourcesError(f"{name}: cannot be edited as it is written: add the addresses by hand")
    return edited


def _extend_lists(block: Any, added: Mapping[str, Sequence[str]]) -> None:
    for key, urls in added.items():
        if not isinstance(block.get(key), Array):
            block[key] = list(urls)
        else:
            block[key].extend(urls)


def write_sources(path: Path, text: str, *, before: str) -> None:
    """Put a text in the place of a sources file, as a whole: it is written aside and renamed.

    Args:
        path: The file; a link is followed. It is made when it is missing.
        text: What it will hold.
        before: What it held when it was read, "" when it was not there.

    Raises:
        SourcesError: It was changed by somebody else meanwhile, or cannot be written.
    """
    replace_text(path, text, before=before, read=read_text_if_there, error_type=SourcesError)


def read_text_if_there(path: Path) -> str:
    """Return the text of a sources file, "" when there is none.

    Raises:
        SourcesError: As ``read_text``.
    """
    try:
        is_there = path.exists()
    except OSError as error:
        raise SourcesError(f"cannot read {path}: {error.strerror}") from error
    return read_text(path) if is_there else ""
