"""``dateline resolve``: entities anew, as people decided since; no document is read and no model is asked."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.failures import reporting_failures

if TYPE_CHECKING:
    from flows.steps.rebuild_entities import Rebuilt

SHOWN_CHANGES = 20


def resolve(
    context: typer.Context,
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The decisions file. [DATELINE_DECISIONS, else DIR/decisions.csv]"),
    ] = None,
    external_ids: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A table of ids that entities have elsewhere. [DATELINE_EXTERNAL_IDS]"),
    ] = None,
) -> None:
    """Resolve the whole warehouse again with the decisions file; no document is read, no model is asked.

    Example: dateline --home news resolve
    """
    from flows.context import RunContext  # noqa: PLC0415  --help answers without the libraries
    from flows.settings import read_settings  # noqa: PLC0415  the same
    from flows.steps.rebuild_entities import rebuild_entities  # noqa: PLC0415  the same

    given = {"home": context.obj.home, "decisions": decisions, "external_ids": external_ids}
    with reporting_failures("dateline resolve"):
        settings = read_settings(**{name: value for name, value in given.items() if value is not None})
        rebuilt = rebuild_entities(RunContext.start(settings))
    _print_rebuilt(rebuilt)


def _print_rebuilt(rebuilt: "Rebuilt") -> None:
    """Print what changed, what had no effect, and how much moved."""
    from flows.summary import describe_identities  # noqa: PLC0415  --help answers without the libraries

    changes = rebuilt.changes.changes
    for change in changes[:SHOWN_CHANGES]:
        typer.echo(_describe_change(change))
    if len(changes) > SHOWN_CHANGES:
        typer.echo(f"... and {len(changes) - SHOWN_CHANGES:,} more")
    for line in describe_identities(rebuilt.dangling, rebuilt.external_counts):
        typer.echo(line)
    typer.echo(_count_changes(changes, rebuilt.changes.moved_count))


def _describe_change(change: Mapping[str, Any]) -> str:
    """Return a change as a line: what, which entity, to what."""
    from flows.summary import shorten_text  # noqa: PLC0415  --help answers without the libraries

    to = f" -> {shorten_text(change['detail'])}" if change["detail"] else ""
    return f"{change['kind']:8} {shorten_text(change['name'])} ({shorten_text(change['entity_id'])}){to}"


def _count_changes(changes: Sequence[Mapping[str, Any]], moved_count: int) -> str:
    """Return the last line: how many entities changed how, and how many mentions moved."""
    kinds = [change["kind"] for change in changes]
    counts = ", ".join(f"{kinds.count(kind):,} {kind}" for kind in sorted(set(kinds)))
    return f"entities: {counts or 'nothing changed'}; {moved_count:,} mentions moved"
