"""What is no SQL, at the prompt, in a script or as a query: commands such as ``.tables``.

They have the names that the shells of DuckDB and PostgreSQL have for them, too.
"""

import sys
from collections.abc import Callable
from typing import Final

HELP: Final = """\
Statements end with a semicolon and may have several lines. Only reading is allowed.
  .tables           tables, marts and macros, and what a row of each is
  .tables all       those that only the load needs, too
  .schema NAME      of a table or mart its columns, of a macro its arguments, and what they mean
  .help             this text
  .quit             leave (as Ctrl-D does); Ctrl-C stops a query or drops a line"""

NAMES: Final = (".tables", ".schema", ".help", ".quit")

_WORDS: Final = {"exit": ".quit", "quit": ".quit", "help": ".help"}
"""What is a command where it stands alone."""

_SYNONYMS: Final = {".exit": ".quit", ".q": ".quit", r"\q": ".quit", r"\?": ".help", r"\h": ".help", r"\dt": ".tables"}

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


def read_command(text: str) -> tuple[str, ...]:
    r"""Return the words of a command, its name first, as it is called here; none where a text is no command.

    Examples:
        >>> read_command("exit;"), read_command(r"\d dim_date"), read_command("help me")
        (('.quit',), ('.schema', 'dim_date'), ())
    """
    words = text.strip().rstrip(";").split()
    if len(words) == 1 and words[0].lower() in _WORDS:
        return (_WORDS[words[0].lower()],)
    if not words or not words[0].startswith((".", "\\")):
        return ()
    name, *arguments = words
    if name == r"\d":
        name = ".schema" if arguments else ".tables"
    return (_SYNONYMS.get(name, name), *arguments)


def is_leaving(text: str) -> bool:
    """Tell whether a text is the command that leaves."""
    return read_command(text)[:1] == (".quit",)


def answer(text: str, ask: Callable[[str], bool]) -> bool:
    """Do what a statement or a command says.

    Args:
        text: A statement, or a command; to leave is left to the caller.
        ask: Asks a query and prints its answer, or what is wrong with it; returns whether it was answered.

    Returns:
        Whether it could be done.
    """
    match read_command(text):
        case ():
            return ask(text)
        case (".tables",):
            return ask(_TABLES.format("false"))
        case (".tables", "all"):
            return ask(_TABLES.format("true"))
        case (".schema", name):
            return ask(_COLUMNS.format(_quote(name.removesuffix("()"))))
        case (".help", *_):
            print(HELP)  # noqa: T201  the shell talks to its user
        case (".quit", *_):
            pass
        case (name, *_):
            wrong = {".schema": "wants one NAME", ".tables": "knows no word but all"}.get(name, "is no command")
            known = ".tables, .schema NAME, .help and .quit are known"
            print(f"dateline sql: {name} {wrong}: {known}", file=sys.stderr)  # noqa: T201  the same
            return False
    return True


def _quote(text: str) -> str:
    """Return text as it stands in SQL."""
    return "'" + text.replace("'", "''") + "'"
