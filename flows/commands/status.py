"""``dateline status``: what the warehouse holds, the last runs, what was refused and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.failures import reporting_failures

if TYPE_CHECKING:
    from warehouse.status import SourceStatus, Status


def status(
    context: typer.Context,
    runs: Annotated[int, typer.Option(min=1, help="How many of the last runs to show.")] = 5,
    *,
    sources: Annotated[
        bool, typer.Option("--sources", help="How the days of all sources went, and what was expected of them.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object, for programs.")] = False,
) -> None:
    """Show what the warehouse holds, the last runs, what was refused and why.

    Example: dateline --home news status
    """
    from flows.status_report import print_source_status, print_status  # noqa: PLC0415  --help answers without the libraries
    from warehouse.status import Status, read_source_status, read_status  # noqa: PLC0415  the same

    path = context.obj.warehouse_path
    with reporting_failures("dateline status"):
        found = read_source_status(path) if sources else read_status(path, run_limit=runs)
    if as_json:
        _print_json(found)
    elif isinstance(found, Status):
        print_status(found, path)
    else:
        print_source_status(found)


def _print_json(found: "Status | SourceStatus") -> None:
    from dataclasses import asdict  # noqa: PLC0415  only this form needs it

    import orjson  # noqa: PLC0415  the same

    typer.echo(orjson.dumps(asdict(found), option=orjson.OPT_INDENT_2 | orjson.OPT_NAIVE_UTC).decode())
