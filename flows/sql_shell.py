"""The SQL shell at a terminal: statements end with a semicolon, commands are those of ``flows.sql_commands``."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, InMemoryHistory

from flows.sql_commands import NAMES, answer, is_leaving, read_command
from warehouse.errors import WarehouseError
from warehouse.query import run_query
from warehouse.statements import is_between_statements, split_statements

_NAMES: Final = (
    "select table_name as name from duckdb_tables() where not internal "
    "union select column_name from duckdb_columns() where not internal order by name"
)
_KEYWORDS: Final = (
    "select from where group by order by limit join using with as and or not in is null count sum avg distinct desc "
    "asc having left anti semi union all case when then else end between like ilike date_trunc".split()
)


def run_shell(path: Path, history_path: Path, ask: Callable[[str], bool]) -> None:
    """Read statements until the user leaves, and ask each of them.

    Args:
        path: The published warehouse.
        history_path: Where what was typed is kept.
        ask: Asks a query and prints its answer, or what is wrong with it; returns whether it was answered.
    """
    session = _make_session(path, history_path)
    print(f"{path}, read-only. .help for help, .quit to leave.")  # noqa: T201  the shell talks to its user
    while True:
        try:
            text = _read_text(session)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if is_leaving(text):
            return
        for statement in [text] if read_command(text) else split_statements(text):
            answer(statement, ask)


def _make_session(path: Path, history_path: Path) -> "PromptSession[str]":
    """Return a prompt that completes names and remembers."""
    try:
        history_path.touch(mode=0o600)
        history: FileHistory | InMemoryHistory = FileHistory(str(history_path))
    except OSError:  # a home that may only be read: the shell works all the same
        history = InMemoryHistory()
    completer = WordCompleter([*_KEYWORDS, *_list_names(path), *NAMES])
    return PromptSession(history=history, completer=completer, auto_suggest=AutoSuggestFromHistory())


def _list_names(path: Path) -> list[str]:
    """Return the names of tables and columns; none when they cannot be had, the first query will say why."""
    try:
        with run_query(path, _NAMES) as result:
            return [name for batch in result for name in batch.column(0).to_pylist()]
    except WarehouseError:
        return []


def _read_text(session: "PromptSession[str]") -> str:
    """Return what the user typed, up to the end of a statement; a command is one line."""
    text = session.prompt("dateline> ")
    while not (read_command(text) or is_between_statements(text)):
        text += "\n" + session.prompt("       -> ")
    return text
