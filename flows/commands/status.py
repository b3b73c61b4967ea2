"""``dateline status``: what the warehouse holds, the last runs, intervals, what was refused and why."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.failures import reporting_failures

if TYPE_CHECKING:
    from warehouse.status import Row, SourceStatus, Status


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
    from datetime import UTC, datetime  # noqa: PLC0415  --help answers without the libraries

    from flows.home import Home  # noqa: PLC0415  the same
    from flows.ledger.standing import read_ledger  # noqa: PLC0415  the same
    from flows.status_report import list_intervals, print_ledger, print_source_status, print_status  # noqa: PLC0415
    from warehouse.status import Status, read_source_status, read_status  # noqa: PLC0415  the same

    path = context.obj.warehouse_path
    with reporting_failures("dateline status"):
        ledger = read_ledger(Home(context.obj.home), now=datetime.now(UTC))
        if ledger and not path.exists():  # the first interval is being loaded, or failed
            print_ledger(ledger)
        found = read_source_status(path) if sources else read_status(path, run_limit=runs)
    if as_json:
        _print_json(found, list_intervals(ledger))
    elif isinstance(found, Status):
        print_status(found, path)
        print_ledger(ledger)
    else:
        print_source_status(found)


def _print_json(found: "Status | SourceStatus", intervals: "list[Row]") -> None:
    from dataclasses import asdict  # noqa: PLC0415  only this form needs it

    import orjson  # noqa: PLC0415  the same

    shown = asdict(found) | {"intervals": intervals}
    typer.echo(orjson.dumps(shown, option=orjson.OPT_INDENT_2 | orjson.OPT_NAIVE_UTC).decode())
