"""The help of every command."""

import re
from collections.abc import Iterator

import pytest
import typer
from typer.testing import CliRunner

from flows.cli import app


def list_commands(group: typer.Typer, *words: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of each command below a group."""
    for command in group.registered_commands:
        yield (*words, command.name or command.callback.__name__)  # type: ignore[union-attr]  # all have one
    for inner in group.registered_groups:
        yield from list_commands(inner.typer_instance, *words, str(inner.name))  # type: ignore[arg-type]  # all have one


@pytest.mark.parametrize("words", list(list_commands(app)), ids=" ".join)
def test_the_help_of_a_command_has_an_example_of_it(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(app, [*words, "--help"]).stdout
    example = " ".join(shown.split()).partition("Example")[2]
    assert re.search(rf"dateline (--home \S+ )?{' '.join(words)}\b", example) is not None
