"""``dateline compact``: the warehouse laid out anew, so that questions find what they ask for side by side."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.failures import reporting_failures

if TYPE_CHECKING:
    from warehouse.compact import Compacted


def compact(
    context: typer.Context,
    *,
    if_needed: Annotated[
        bool,
        typer.Option("--if-needed", help="Only where loads have left the facts of one entity in many places."),
    ] = False,
) -> None:
    """Write the warehouse anew in the order that questions read it in: faster and smaller, the same rows.

    Example: dateline --home news compact
    """
    from flows.home import Home  # noqa: PLC0415  --help answers without the libraries
    from flows.settings import read_settings  # noqa: PLC0415  the same
    from flows.steps.compact import compact_home  # noqa: PLC0415  the same

    with reporting_failures("dateline compact"):
        home = Home(context.obj.home.absolute())
        compacted = compact_home(home, memory_limit=read_settings().memory_limit, only_if_scattered=if_needed)
    typer.echo(_describe(compacted))


def _describe(compacted: "Compacted | None") -> str:
    """Return what was done, on one line."""
    if compacted is None:
        return "nothing to do: the facts of one entity lie together"
    return (
        f"{compacted.row_count:,} rows laid out anew: {compacted.bytes_before / 1e6:,.1f} -> "
        f"{compacted.bytes_after / 1e6:,.1f} MB; a question for one entity reads "
        f"{compacted.groups_before:,.1f} -> {compacted.groups_after:,.1f} row groups of the mentions"
    )
