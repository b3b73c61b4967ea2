"""``dateline evaluate``: how well names are found and resolved, on articles labelled by hand."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.failures import reporting_failures
from flows.commands.options import ModelOption


class EvaluationFormat(StrEnum):
    """How the figures are written."""

    TABLE = "table"
    JSON = "json"


def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(metavar="GOLD.jsonl", help="Articles with their labels, one a line.")],
    *,
    form: Annotated[EvaluationFormat, typer.Option("--format", help="How to write the figures.")] = (
        EvaluationFormat.TABLE
    ),
    model: ModelOption = None,
) -> None:
    """Measure how well names are found and resolved, on articles labelled by hand.

    The articles are run through the pipeline in a temporary home. The figures are kept in fact_evaluation of the
    warehouse in DIR, where there is one.

    A line is {"id", "text", "title"?, "published"?, "mentions": [{"start", "end", "surface", "type", "entity"}]}.

    Example: dateline --home news evaluate gold.jsonl
    """
    from flows.evaluation_report import format_json, print_evaluation  # noqa: PLC0415  --help is quick without
    from flows.home import Home  # noqa: PLC0415  the same
    from flows.models import parse_models  # noqa: PLC0415  the same
    from flows.progress import report_progress  # noqa: PLC0415  the same
    from flows.settings import read_settings  # noqa: PLC0415  the same
    from flows.steps.evaluate import evaluate_gold, read_gold, store_evaluation  # noqa: PLC0415  the same
    from warehouse.published import require_target  # noqa: PLC0415  the same

    home = Home(context.obj.home)
    with reporting_failures("dateline evaluate", interrupted="nothing was kept"):
        settings = read_settings(home=home.path, **parse_models(model or []))
        labelled = read_gold(gold)
        require_target(home.warehouse_path)  # before minutes of work: figures could not be kept in it
        with report_progress() as report:
            evaluation = evaluate_gold(labelled, settings, report=report)
        if form is EvaluationFormat.JSON:
            typer.echo(format_json(evaluation))
        else:
            print_evaluation(evaluation)
        is_stored = store_evaluation(evaluation, home, settings)
    where = f"kept in fact_evaluation of {home.warehouse_path}"
    typer.echo(where if is_stored else f"not kept: there is no {home.warehouse_path}", err=True)
