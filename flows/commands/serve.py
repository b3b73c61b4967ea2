"""``dateline serve``: what the sources file has run on a schedule, run here or written for Prefect's workers."""

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.failures import reporting_failures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.deployments.definitions import Definition
    from flows.settings import Settings


def serve(
    context: typer.Context,
    sources: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The sources file. [DATELINE_SOURCES, else DIR/sources.toml]")
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, help="Runs at a time; they take turns at the warehouse.")] = 2,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be run, and when, and end.")] = False,
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it as a prefect.yaml for prefect deploy --all, - to print, and end."),
    ] = None,
) -> None:
    """Fetch and load on a schedule, as the sources file says: groups of sources, and nightly maintenance.

    At the Prefect server of PREFECT_API_URL, which must run. Ctrl-C ends it and pauses the schedules. For always, use a
    work pool and a worker with what --write writes.

    Example: dateline --home news serve
    """
    with reporting_failures("dateline serve"):
        definitions, settings = _read_definitions(context.obj.home, sources)
        if write is not None:
            _write(definitions, write)
        elif dry_run:
            _print_definitions(definitions)
        else:
            _serve(definitions, settings, limit=limit)


def _read_definitions(home: Path, sources: Path | None) -> "tuple[Sequence[Definition], Settings]":
    """Return the deployments of the sources file, and the settings.

    Raises:
        UsageError: There is no sources file, or it is wrong.
    """
    from flows.deployments.definitions import list_definitions  # noqa: PLC0415  --help answers without the libraries
    from flows.home import Home  # noqa: PLC0415  the same
    from flows.settings import read_settings  # noqa: PLC0415  the same
    from flows.sources import read_sources  # noqa: PLC0415  the same

    given = {} if sources is None else {"sources": sources}
    settings = read_settings(home=home.absolute(), **given)
    file = read_sources(settings.sources or Home(settings.home).sources_path)
    return list_definitions(file, moment=datetime.now(UTC)), settings


def _write(definitions: "Sequence[Definition]", path: Path) -> None:
    """Write a prefect.yaml, or print it.

    Raises:
        DatelineError: It cannot be written.
    """
    from flows.deployments.prefect_file import format_prefect_file  # noqa: PLC0415  --help answers without the libraries
    from flows.errors import DatelineError  # noqa: PLC0415  the same

    text = format_prefect_file(definitions)
    if str(path) == "-":
        typer.echo(text, nl=False)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DatelineError(f"cannot write {path}: {error.strerror}") from error
    next_command = f"prefect deploy --all --prefect-file {shlex.quote(str(path))}"
    typer.echo(f"{len(definitions):,} deployments in {path}; next: {next_command}")


def _print_definitions(definitions: "Sequence[Definition]") -> None:
    """Print what would be run, and when next."""
    from rich.table import Table  # noqa: PLC0415  --help answers without the libraries
    from rich.text import Text  # noqa: PLC0415  the same

    from flows.terminal import make_console  # noqa: PLC0415  the same

    table = Table(box=None, pad_edge=False)
    for column in ("deployment", "schedule", "time zone", "next", "what"):
        table.add_column(column)
    for definition in definitions:
        timing = definition.timing
        due = f"{timing.find_next(datetime.now(UTC)):%Y-%m-%d %H:%M %Z}"
        words = (definition.full_name, timing.schedule, timing.timezone, due, definition.description)
        table.add_row(*(Text(word) for word in words))
    make_console().print(table)


def _serve(definitions: "Sequence[Definition]", settings: "Settings", *, limit: int) -> None:
    """Serve the deployments until told to end.

    Raises:
        UsageError: PREFECT_API_URL names no server.
        DatelineError: Nothing answers there.
    """
    from flows.home import Home  # noqa: PLC0415  --help answers without the libraries
    from flows.runtime import prepare_environment, require_server  # noqa: PLC0415  the same

    require_server()
    prepare_environment(Home(settings.home), given={"PREFECT_LOGGING_LEVEL": "INFO"})
    os.environ["DATELINE_HOME"] = str(settings.home)  # the runs are processes of their own
    if settings.sources is not None:
        os.environ["DATELINE_SOURCES"] = str(settings.sources.absolute())

    from flows.deployments.served import serve_deployments  # noqa: PLC0415  Prefect reads its settings when imported

    serve_deployments(definitions, limit=limit)
