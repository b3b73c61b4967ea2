"""The SQL shell: statements end with a semicolon, commands begin with a full stop."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, InMemoryHistory

from warehouse.errors import WarehouseError
from warehouse.query import run_query

HELP: Final = """\
Statements end with a semicolon and may have several lines. Only reading is allowed.
  .tables           tables, marts and macros, and what a row of each is
  .tables all       those that only the load needs, too
  .schema NAME      of a table or mart its columns, of a macro its arguments, and what they mean
  .help             this text
  .quit             leave (as Ctrl-D does); Ctrl-C stops a query or drops a line"""

_TABLES: Final = """
    with named as (
        select table_name as name, comment from duckdb_tables() where not internal
        union all select view_name, comment from duckdb_views() where not internal
        union all select function_name || '()', comment from duckdb_functions() where not internal
    )
    select name, comment from named
    where {} or not starts_with(comment, 'Internal.')
    order by list_position(['mart', ')', 'fact', 'dim'],
        case when ends_with(name, ')') then ')' else split_part(name, '_', 1) end) nulls last, name
"""
"""What is asked most comes first: marts, macros, facts, dimensions."""

_COLUMNS: Final = """
    with named as (
        select table_name as name from duckdb_tables() where not internal
        union select view_name from duckdb_views() where not internal
        union select function_name from duckdb_functions() where not internal
    ),
    meant as (
        select name, jaro_winkler_similarity(name, lower({0})) >= 0.8 as is_near from named
        order by jaro_winkler_similarity(name, lower({0})) desc, name limit 1
    ),
    described as (
        select column_name, data_type, comment, column_index as place
        from duckdb_columns() where not internal and table_name = lower({0})
        union all
        select array_to_string(parameters, ', '), 'macro', comment, 0
        from duckdb_functions() where not internal and function_name = lower({0})
        union all
        select
            error(
                concat(
                    'there is no table or macro ', {0},
                    case when is_near then ': did you mean ' || name || '?' else ': see .tables' end
                )
            ), null, null, 0
        from meant where name <> lower({0})
    )
    select column_name as name, data_type as type, comment from described order by place
"""
_NAMES: Final = (
    "select table_name as name from duckdb_tables() where not internal "
    "union select column_name from duckdb_columns() where not internal order by name"
)
_KEYWORDS: Final = (
    "select from where group by order by limit join using with as and or not in is null count sum avg distinct desc "
    "asc having left anti semi union all case when then else end between like ilike date_trunc".split()
)
_STATEMENT_END: Final = re.compile(r";\s*$")


def run_shell(path: Path, history_path: Path, ask: Callable[[str], bool]) -> int:
    """Read statements until the input ends, and ask each of them.

    Args:
        path: The published warehouse.
        history_path: Where what was typed at a terminal is kept.
        ask: Asks a query and prints its answer, or what is wrong with it; returns whether it was answered.

    Returns:
        The exit status: 1 when a statement of a script was not answered. At a terminal it is 0, the user saw it.
    """
    if not sys.stdin.isatty():
        answered = [answer(text, ask) for text in _split_script(sys.stdin.read())]  # all, also after one that failed
        return int(not all(answered))
    session = _make_session(path, history_path)
    print(f"{path}, read-only. .help for help, .quit to leave.")  # noqa: T201  the shell talks to its user
    while True:
        try:
            text = _read_statement(session)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0
        if text.strip().rstrip(";") in {".quit", ".exit", ".q"}:
            return 0
        if text.strip():
            answer(text, ask)


def answer(text: str, ask: Callable[[str], bool]) -> bool:
    """Do what a statement or a command says.

    Args:
        text: A statement, or a command that begins with a full stop.
        ask: Asks a query and prints its answer, or what is wrong with it; returns whether it was answered.

    Returns:
        Whether it could be done.
    """
    words = text.strip().rstrip(";").split()
    if not words:
        return True
    if words[0] == ".tables":
        return ask(_TABLES.format("true" if words[1:] == ["all"] else "false"))
    if words[0] == ".schema" and len(words) > 1:
        return ask(_COLUMNS.format(_quote(words[1].removesuffix("()"))))
    if words[0] == ".help":
        print(HELP)  # noqa: T201  the shell talks to its user
        return True
    if words[0].startswith("."):
        wrong = "wants a NAME" if words[0] == ".schema" else "is no command"
        known = ".tables, .schema NAME, .help and .quit are known"
        print(f"dateline sql: {words[0]} {wrong}: {known}", file=sys.stderr)  # noqa: T201  the same
        return False
    return ask(text)


def _quote(text: str) -> str:
    """Return text as it stands in SQL."""
    return "'" + text.replace("'", "''") + "'"


def _split_script(script: str) -> Iterator[str]:
    """Yield the statements and commands of a script: a statement ends with a semicolon at the end of a line."""
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if _STATEMENT_END.search(line) is not None or (len(lines) == 1 and line.startswith(".")):
            yield "\n".join(lines)
            lines = []
    if any(line.strip() for line in lines):
        yield "\n".join(lines)


def _make_session(path: Path, history_path: Path) -> "PromptSession[str]":
    """Return a prompt that completes names and remembers."""
    try:
        history_path.touch(mode=0o600)
        history: FileHistory | InMemoryHistory = FileHistory(str(history_path))
    except OSError:  # a home that may only be read: the shell works all the same
        history = InMemoryHistory()
    completer = WordCompleter([*_KEYWORDS, *_list_names(path), ".tables", ".schema", ".help", ".quit"])
    return PromptSession(history=history, completer=completer, auto_suggest=AutoSuggestFromHistory())


def _list_names(path: Path) -> list[str]:
    """Return the names of tables and columns; none when they cannot be had, the first query will say why."""
    try:
        with run_query(path, _NAMES) as result:
            return [name for batch in result for name in batch.column(0).to_pylist()]
    except WarehouseError:
        return []


def _read_statement(session: "PromptSession[str]") -> str:
    """Return what the user typed, up to the semicolon; a command is one line."""
    lines = [session.prompt("dateline> ")]
    while lines[0].strip() and not lines[0].startswith(".") and _STATEMENT_END.search(lines[-1]) is None:
        lines.append(session.prompt("       -> "))
    return "\n".join(lines)
