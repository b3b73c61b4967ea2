"""How a command ends that cannot do what it was asked: a line on standard error, and an exit status for programs."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Final, NoReturn

import typer

FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130
"""128 and the number of SIGINT, as a shell has it."""
OUTPUT_LEFT: Final = 141
"""The same for SIGPIPE: whoever read the output has gone."""
TERMINATED: Final = 143
"""The same for SIGTERM."""


class _Termination:
    """Ends the program at SIGTERM as Ctrl-C does, and remembers it: libraries raise an interruption of their own."""

    has_come = False

    def __call__(self, *_: object) -> NoReturn:
        """End the program: a signal handler. Prefect has one of its own while a flow runs, and calls this after it."""
        self.has_come = True
        raise KeyboardInterrupt


@contextmanager
def reporting_failures(command: str, *, interrupted: str | None = None, failed: int = FAILED) -> Iterator[None]:
    """Turn what goes wrong in the block into lines on standard error and an exit status.

    Args:
        command: The command as it is typed, such as "dateline raw show".
        interrupted: What Ctrl-C, and SIGTERM, mean for what was done; None leaves that to whoever called the command.
        failed: The exit status of a failure.

    Raises:
        typer.Exit: Something went wrong.
    """
    from flows.errors import DatelineError, UsageError  # noqa: PLC0415  --help answers without the libraries
    from warehouse.errors import WarehouseError  # noqa: PLC0415  the same

    termination = _Termination()
    try:
        with nullcontext() if interrupted is None else _handling_sigterm(termination):
            yield
    except UsageError as error:
        _print_failure(command, *str(error).splitlines())
        raise typer.Exit(WRONG_USAGE) from error
    except (DatelineError, WarehouseError) as error:
        _print_failure(command, str(error))
        raise typer.Exit(failed) from error
    except KeyboardInterrupt as error:
        if interrupted is None:
            raise
        _print_failure(command, f"interrupted; {interrupted}")
        raise typer.Exit(TERMINATED if termination.has_come else INTERRUPTED) from error


@contextmanager
def reporting_server(kept: str) -> Iterator[None]:
    """Say on one line that the server of Prefect went away, or refused something, in the block.

    Args:
        kept: What that means for what was done.

    Raises:
        DatelineError: It did.
    """
    from httpx import HTTPError  # noqa: PLC0415  --help answers without the libraries

    from flows.errors import DatelineError  # noqa: PLC0415  the same

    try:
        yield
    except HTTPError as error:
        raise DatelineError(f"the Prefect server fails ({error}); {kept}") from error


@contextmanager
def _handling_sigterm(handler: _Termination) -> Iterator[None]:
    """Have SIGTERM handled so in the block."""
    before = signal.signal(signal.SIGTERM, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def _print_failure(command: str, *problems: str) -> None:
    """Print what is wrong: one thing on the line of the command, several on a line each below it."""
    lines = problems if len(problems) == 1 else (f"{len(problems):,} problems", *problems)
    typer.echo("\n".join((f"{command}: {lines[0]}", *lines[1:])), err=True)
