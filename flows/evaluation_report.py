"""What a person sees of an evaluation, and what a program reads."""

from collections.abc import Mapping
from dataclasses import asdict

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.steps.evaluate import Evaluation
from flows.terminal import make_console, make_printable

_SCOPES = {"in_article": "in each article", "cross_article": "across articles"}
_RATIOS = ("precision", "recall", "f1")


def format_json(evaluation: Evaluation) -> str:
    """Return the evaluation as one JSON object: the columns of fact_evaluation, its rows under ``scores``."""
    told = {**asdict(evaluation.record), "scores": [score._asdict() for score in evaluation.scores]}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()


def print_evaluation(evaluation: Evaluation, console: Console | None = None) -> None:
    """Print the figures in per cent as two tables: how names are found, and whether the right ones are put together."""
    console = make_console() if console is None else console
    record = evaluation.record
    values = {(score.entity_type, score.metric): score.value_ratio for score in evaluation.scores}
    types = list(dict.fromkeys(score.entity_type for score in evaluation.scores))
    total = sum(evaluation.mention_counts.values())
    heading = f"{record.gold_name}: {record.article_count:,} articles, {total:,} names labelled; {record.model_name}"
    console.print(Text(f"{make_printable(heading)} {record.model_version}"), soft_wrap=True)
    if record.missing_article_count:
        console.print(f"{record.missing_article_count:,} of the articles did not get in: refused, or met twice")
    counts = {**evaluation.mention_counts, "ALL": total}
    found = _start_table("names found (%)", "type", "labelled", *_RATIOS, "recall of any type")
    for kind in types:
        metrics = (*(f"mention_{ratio}" for ratio in _RATIOS), "any_type_recall")
        found.add_row(kind, f"{counts[kind]:,}", *(_show(values, kind, metric) for metric in metrics))
    console.print(found)
    linked = _start_table(
        "names put together (%)", "type", "", *(f"{kind} {r}" for kind in ("pair", "B3") for r in "PRF")
    )
    for kind in types:
        for scope, name in _SCOPES.items():
            metrics = tuple(f"{scope}_{measure}_{ratio}" for measure in ("pairwise", "b_cubed") for ratio in _RATIOS)
            linked.add_row(kind, name, *(_show(values, kind, metric) for metric in metrics))
    console.print(linked)


def _start_table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for place, column in enumerate(columns):
        is_number = place > 1 or column == "labelled"
        table.add_column(column, justify="right" if is_number else "left", no_wrap=True)
    return table


def _show(values: Mapping[tuple[str, str], float], kind: str, metric: str) -> str:
    """Return a figure in per cent; a dash for one that this gold set does not give."""
    value = values.get((kind, metric))
    return "-" if value is None else f"{100 * value:.1f}"
