"""The command line: ``dateline [--home DIR] COMMAND``.

Exit status 0 done, 1 failed, 2 wrong usage, 130 interrupted, 141 when nobody read the output any more.

Commands import what they need when they run, so that ``dateline --help`` answers at once.
"""

import errno
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from flows import __version__
from flows.commands.backfill import backfill
from flows.commands.compact import compact
from flows.commands.decide import decide
from flows.commands.diff import diff
from flows.commands.evaluate import evaluate
from flows.commands.explain import explain
from flows.commands.export import export
from flows.commands.failures import FAILED, INTERRUPTED, OUTPUT_LEFT
from flows.commands.raw import raw
from flows.commands.resolve import resolve
from flows.commands.review import review
from flows.commands.run import run
from flows.commands.serve import serve
from flows.commands.sources import sources
from flows.commands.sql import SqlCommand, sql
from flows.commands.status import status
from flows.home import Home
from flows.standard_streams import close_standard_output, end_quietly, open_closed_streams

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a disk, a quota and a limit of the shell say."""


@contextmanager
def _noticing_a_reader_that_left() -> Iterator[None]:
    """Have all of the output of the block written, and end the program where nobody reads it any more (``| head``).

    Raises:
        Exit: Nobody does; without a word, as nothing is wrong.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError as error:
        close_standard_output()
        raise typer.Exit(OUTPUT_LEFT) from error


class Program(TyperGroup):
    """The command line: what stands before a command, and is typed behind it, is told where it belongs."""

    def make_context(self, *args: Any, **extra: Any) -> Any:  # the same
        """Take the words before the command; ``--help`` answers here.

        Raises:
            TyperException: They are typed wrongly.
            Exit: It was answered, or nobody reads the answer.
        """
        with _noticing_a_reader_that_left():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:  # Typer does not show the class of what it hands over
        """Invoke the command.

        Raises:
            TyperException: It was typed wrongly.
            Exit: It was interrupted, or nobody reads what it prints.
        """
        try:
            with _noticing_a_reader_that_left():
                return super().invoke(ctx)
        except KeyboardInterrupt as error:  # of which Typer would say nothing
            typer.echo("interrupted", err=True)
            raise typer.Exit(INTERRUPTED) from error
        except typer.TyperException as error:
            option = getattr(error, "option_name", None)  # of an option that the command does not have
            if option in {name for parameter in self.params for name in parameter.opts}:
                error.message = f"{option} stands before the command: dateline {option} ... {ctx.invoked_subcommand}"
            raise


app = typer.Typer(
    name="dateline",
    cls=Program,
    help="A news warehouse: raw articles in, a star schema of who was named, where and when, out.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(run)
app.command()(backfill)
app.command(cls=SqlCommand)(sql)
app.command()(explain)
app.command()(status)
app.command()(serve)
app.command()(evaluate)
app.command()(diff)
app.command()(export)
app.command()(review)
app.command()(resolve)
app.command()(compact)
app.add_typer(decide, name="decide")
app.add_typer(sources, name="sources")
app.add_typer(raw, name="raw")


_ENDS: Final = (
    "Crash detected! Execution was aborted",  # by a signal
    "Encountered exception during execution",  # with a traceback
    "Finished in state Failed",
    "Still processing items",  # sends what is left, while the program ends
)
"""With what Prefect 3.8 says that a flow or task ended, and how."""

_TALKERS: Final = frozenset({"prefect.flow_runs", "prefect.task_runs", "EventsWorker", "APILogWorker"})


@dataclass(frozen=True)
class CommandState:
    """What every command is given.

    Attributes:
        home: DIR.
    """

    home: Path

    @property
    def warehouse_path(self) -> Path:
        """The published warehouse."""
        return Home(self.home).warehouse_path


def _show_version(*, value: bool) -> None:
    if value:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    home: Annotated[
        Path,
        typer.Option(envvar="DATELINE_HOME", help="The folder of the warehouse.", metavar="DIR", show_default=True),
    ] = Path("data"),
    *,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what is going on to standard error.")] = False,
    version: Annotated[  # noqa: ARG001  the callback answers
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that stand before the command."""
    level = logging.INFO if verbose else logging.WARNING
    handler = logging.StreamHandler()
    handler.setLevel(level)  # a run lowers the level of our loggers, for its page at the server
    handler.addFilter(is_news)
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=[handler])
    context.obj = CommandState(home)


def is_news(record: logging.LogRecord) -> bool:
    """Tell whether a record is printed: how a flow or a task ended badly, Prefect says of each, the command once."""
    return not (record.name in _TALKERS and record.getMessage().startswith(_ENDS))


def main() -> None:
    """Run the command line; what the program is started by."""
    open_closed_streams()
    end_quietly()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is at hand is kept, as at Ctrl-C
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("interrupted", err=True)
        sys.exit(INTERRUPTED)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        typer.echo("dateline: no space left where the output goes", err=True)
        close_standard_output()
        sys.exit(FAILED)
