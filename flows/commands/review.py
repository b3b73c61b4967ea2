"""``dateline review``: what of the entities is worth a look, with sentences and the command that would settle it."""

import shlex
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.failures import reporting_failures


class Kind(StrEnum):
    """What is looked for."""

    DOUBTFUL = "doubtful"
    SINGLETON = "singleton"
    TYPES = "types"
    AMBIGUOUS = "ambiguous"


class Format(StrEnum):
    """How it is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def review(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(min=1, help="How many to list at most.")] = 20,
    kind: Annotated[
        list[Kind] | None,
        typer.Option(
            help="doubtful: names taken for another by a weak rule; singleton: frequent names beside a near one; "
            "types: one name with two types; ambiguous: short names of several. [all]"
        ),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="csv can be filled in (verdict: yes or no) for decide --from.")
    ] = Format.TEXT,
) -> None:
    """List what is worth a look, what most articles have first, with the sentences and the command that settles it.

    Example: dateline --home news review --kind doubtful --format csv > review.csv
    """
    from flows.review_sheet import write_csv, write_json, write_text  # noqa: PLC0415  --help answers without
    from warehouse.review import KINDS, list_review  # noqa: PLC0415  the same

    home = context.obj.home
    option = "" if home == Path("data") else f"--home {shlex.quote(str(home))} "
    with reporting_failures("dateline review"):
        kinds = KINDS if not kind else [one.value for one in kind]
        rows = list_review(context.obj.warehouse_path, kinds=kinds, row_limit=limit)
    if form is Format.CSV:
        typer.echo(write_csv(rows, option), nl=False)
    elif form is Format.JSON:
        typer.echo(write_json(rows, option))
    else:
        for line in write_text(rows, option):
            typer.echo(line)
        if not rows:
            typer.echo("nothing is worth a look")
