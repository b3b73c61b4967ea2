"""``dateline sql``: questions to the published warehouse, in a process of their own that can only read."""

import os
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from flows.commands.failures import FAILED, reporting_failures

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.sql_output import Format
    from warehouse.query import QueryResult

TABLE_LIMIT = 100
MAX_LIMIT = 10**15
MAX_TIMEOUT = 7 * 24 * 3600.0
HISTORY_NAME = "sql_history"
_COMMENT = re.compile(r"--[^\s=]*\s")
"""The name of an option has no space in it, as ``--`` with a remark behind has, or a line of it with SQL below."""

FORMATS = ("table", "csv", "json", "jsonl", "parquet")


class SqlCommand(TyperCommand):
    """The command line of a query, which may begin with a comment of SQL."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # Typer does not show the class of what it hands over
        """Take the words of the command; one that begins as a comment does, and has a space in it, is no option."""
        return super().parse_args(ctx, [f" {word}" if _COMMENT.match(word) else word for word in args])


def _check_format(given: str | None) -> str | None:
    if given is not None and given not in FORMATS:
        raise typer.BadParameter(f"{given!r} is none of {', '.join(FORMATS)}")
    return given


def sql(
    context: typer.Context,
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="[QUERY]",
            help="One statement that reads, or .tables or .schema NAME; - for one from standard input. [a shell]",
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", callback=_check_format, metavar="|".join(FORMATS), help="[by the ending of FILE, else table]"
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=MAX_LIMIT, help="Rows at most. [100 for a table on the screen, else all]")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.01, max=MAX_TIMEOUT, help="Seconds that a query may take.")] = 60.0,
) -> None:
    """Ask the warehouse in SQL: read-only, without access to files or network, limited in rows, time and memory.

    Without QUERY it opens a shell; where standard input is no terminal (< FILE.sql), its statements are asked in turn.

    Example: dateline sql "select name, count(*) from fact_entity_mention join dim_entity using (entity_key) group by 1"
    """
    path = context.obj.warehouse_path
    with reporting_failures("dateline sql"):
        form = form or _guess_format(output)
        _check_output(output, form, context.obj.home, has_query=query is not None)
        if limit is None and form == "table" and output is None:
            limit = TABLE_LIMIT
        ask = _make_asker(path, form, output, limit, timeout)
        is_answered = _open_shell(path, ask) if query is None else _answer(query, ask)
    if not is_answered:
        raise typer.Exit(FAILED)


def _guess_format(output: Path | None) -> str:
    """Return the form that the ending of the file asks for; a table on the screen.

    Raises:
        UsageError: No form has that ending.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries

    ending = "txt" if output is None else output.suffix.removeprefix(".").lower()
    form = {"ndjson": "jsonl", "txt": "table", "": "table"}.get(ending, ending)
    if form not in FORMATS:
        raise UsageError(f"no form goes with .{ending}: say --format {'|'.join(FORMATS)}")
    return form


def _check_output(output: Path | None, form: str, home: Path, *, has_query: bool) -> None:
    """Check where the answer is to go.

    Raises:
        UsageError: It would be written over the warehouse, bytes would go to a person, or there is no answer.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries
    from flows.home import Home  # noqa: PLC0415  the same

    if output is not None and Home(home.resolve()).owns(output.resolve()):
        raise UsageError(f"{output} belongs to the warehouse: write the answer elsewhere")
    if form == "parquet" and output is None and (not has_query or sys.stdout.isatty()):
        raise UsageError("Parquet is for programs: write it to a file with -o FILE.parquet")
    if output is not None and not has_query:
        raise UsageError("-o FILE needs a QUERY")


def _open_shell(path: Path, ask: "Callable[[str], bool]") -> bool:
    """Run the shell, or the script on standard input; return whether all of a script was answered.

    Raises:
        MissingWarehouseError: There is nothing to ask.
        UsageError: The script has nothing in it, or is not UTF-8.
    """
    from warehouse.errors import MissingWarehouseError  # noqa: PLC0415  the same

    if not path.exists():
        raise MissingWarehouseError(f"there is no warehouse at {path}: load one with: dateline run")
    if not sys.stdin.isatty():
        from flows.sql_script import read_standard_input, run_script  # noqa: PLC0415  only a script needs them

        return run_script(read_standard_input(), ask)
    from flows.sql_shell import run_shell  # noqa: PLC0415  only a terminal needs it

    run_shell(path, path.with_name(HISTORY_NAME), ask)
    return True


def _answer(query: str, ask: "Callable[[str], bool]") -> bool:
    """Ask a query, or do what a command of the shell says; return whether that could be done.

    Raises:
        UsageError: It is the name of a file, or standard input is not UTF-8.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries
    from flows.sql_commands import answer  # noqa: PLC0415  the same

    if query == "-":
        from flows.sql_script import read_standard_input  # noqa: PLC0415  a query needs no tokens

        return answer(read_standard_input(), ask)
    if _names_file(query):
        raise UsageError(f"{query} is no statement: to ask what is in a file: dateline sql < {shlex.quote(query)}")
    return answer(query, ask)


def _names_file(query: str) -> bool:
    """Tell whether a query is the name of a file: of one that is there, or by its ending."""
    is_one_word = query.split() == [query]
    return (is_one_word and query.endswith(".sql")) or os.path.isfile(query)  # noqa: PTH113  as it is long, Path raises


def _make_asker(
    path: Path, form: str, output: Path | None, limit: int | None, timeout: float
) -> "Callable[[str], bool]":
    """Return the function that asks a query, prints its answer or what is wrong, and tells whether it was answered."""
    from flows.sql_output import Format  # noqa: PLC0415  --help answers without the libraries

    chosen = Format(form)

    def ask(query: str) -> bool:
        """Ask one query."""
        from flows.errors import DatelineError  # noqa: PLC0415  the same
        from warehouse.errors import WarehouseError  # noqa: PLC0415  the same

        try:
            result = _write(path, query, form=chosen, output=output, limit=limit, timeout=timeout)
        except (DatelineError, WarehouseError) as error:
            typer.echo(f"dateline sql: {error}", err=True)
            return False
        except KeyboardInterrupt:
            typer.echo("dateline sql: stopped", err=True)
            return False
        if result.row_count == 0 and chosen is Format.TABLE:
            typer.echo("no rows", err=True)
        if result.has_more:
            typer.echo(f"more than {limit:,} rows: --limit N shows more, -o FILE writes all", err=True)
        return True

    return ask


def _write(
    path: Path, query: str, *, form: "Format", output: Path | None, limit: int | None, timeout: float
) -> "QueryResult":
    """Ask a query and write its answer; return it, its rows read."""
    from flows.sql_output import open_output, write_answer  # noqa: PLC0415  --help answers without the libraries
    from warehouse.query import run_query  # noqa: PLC0415  the same

    with (
        run_query(path, query, shape=form.shape, limit=limit, timeout_seconds=timeout) as result,
        open_output(output) as sink,
    ):
        write_answer(result, form, sink)
    return result
