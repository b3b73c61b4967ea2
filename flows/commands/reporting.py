"""What goes wrong in a command, as one line on standard error and an exit status."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def reporting_errors(command: str) -> Iterator[None]:
    """End the program with a line for each problem: status 2 for wrong usage, 1 for anything else.

    Args:
        command: The words after ``dateline``, for the message.
    """
    from flows.errors import DatelineError, UsageError  # noqa: PLC0415  --help answers without the libraries
    from warehouse.errors import WarehouseError  # noqa: PLC0415  the same

    try:
        yield
    except UsageError as error:
        problems = str(error).splitlines()
        if len(problems) > 1:
            typer.echo(f"dateline {command}: {len(problems):,} problems", err=True)
        else:
            problems = [f"dateline {command}: {error}"]
        for problem in problems:
            typer.echo(problem, err=True)
        raise typer.Exit(2) from error
    except (DatelineError, WarehouseError) as error:
        typer.echo(f"dateline {command}: {error}", err=True)
        raise typer.Exit(1) from error
