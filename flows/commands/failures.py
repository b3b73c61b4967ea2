"""How a command ends that cannot do what it was asked: a line on standard error, and an exit status for programs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer

FAILED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130
"""128 and the number of SIGINT, as a shell has it."""


@contextmanager
def reporting_failures(command: str, *, interrupted: str | None = None) -> Iterator[None]:
    """Turn what goes wrong in the block into lines on standard error and an exit status.

    Args:
        command: The command as it is typed, such as "dateline raw show".
        interrupted: What Ctrl-C means for what was done; None leaves that to whoever called the command.

    Raises:
        typer.Exit: Something went wrong.
    """
    from flows.errors import DatelineError, UsageError  # noqa: PLC0415  --help answers without the libraries
    from warehouse.errors import WarehouseError  # noqa: PLC0415  the same

    try:
        yield
    except UsageError as error:
        _print_failure(command, *str(error).splitlines())
        raise typer.Exit(WRONG_USAGE) from error
    except (DatelineError, WarehouseError) as error:
        _print_failure(command, str(error))
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt as error:
        if interrupted is None:
            raise
        _print_failure(command, f"interrupted; {interrupted}")
        raise typer.Exit(INTERRUPTED) from error


def _print_failure(command: str, *problems: str) -> None:
    """Print what is wrong: one thing on the line of the command, several on a line each below it."""
    lines = problems if len(problems) == 1 else (f"{len(problems):,} problems", *problems)
    typer.echo("\n".join((f"{command}: {lines[0]}", *lines[1:])), err=True)
