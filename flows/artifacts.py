"""What a run leaves on its page at the server: a report to read, tables to look through, how far it is, and an event.

A server that does not answer costs these and nothing else: what a run is for is the warehouse.
"""

import logging
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from httpx import HTTPError
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.events import emit_event
from prefect.exceptions import PrefectException

from flows.context import RunContext
from flows.progress import FETCHING
from flows.steps.interval import RunResult
from flows.terminal import make_printable
from transforms.rejects import REASONS
from warehouse.monitor import Row, read_new_entities, read_troubles

if TYPE_CHECKING:
    from uuid import UUID

LOGGER = logging.getLogger(__name__)

PUBLISHED: Final = "dateline.warehouse.published"
"""The event of a run that has published: what automations of other flows can wait for."""

TROUBLE_DAYS: Final = timedelta(days=7)
PROGRESS_SECONDS: Final = 5.0
MAX_CELL_CHAR_COUNT: Final = 200
MAX_RELATED_SOURCES: Final = 80
"""A server refuses events with more than 100 related resources; Prefect adds a few of its own."""

_SPECIAL: Final = str.maketrans({mark: f"\\{mark}" for mark in r"\`*_{}[]<>()#+!|~$&"})


def publish_artifacts(result: RunResult, context: RunContext) -> None:
    """Show what a run did on its page, and tell the server that the warehouse is another one.

    Args:
        result: What the run did.
        context: The run.
    """
    path, since = result.loaded.warehouse_path, (context.started_at - TROUBLE_DAYS).date()
    troubles = [row for row in read_troubles(path, since=since) if row["source_id"] in result.loaded.source_ids]
    entities = read_new_entities(path, run_key=context.run_key)
    rejects = [
        {"reason": reason, "documents": count, "meaning": REASONS[reason]}
        for reason, count in result.loaded.reject_counts.items()
    ]
    with surviving_server():
        report = format_report(result, context, rejects=rejects, troubles=troubles, entities=entities)
        create_markdown_artifact(report, key="run-report", description=f"Run for {context.interval}")
        for key, description, rows in (
            ("run-rejects", "Documents refused, by reason", rejects),
            ("run-coverage", "Outlets of the run that were not as expected in the last week", troubles),
            ("run-new-entities", "Names found for the first time", entities),
        ):
            if rows:
                create_table_artifact([_flatten(row) for row in rows], key=key, description=description)
        _emit_published(result, context)


def format_report(
    result: RunResult, context: RunContext, *, rejects: Sequence[Row], troubles: Sequence[Row], entities: Sequence[Row]
) -> str:
    """Return what a run did as Markdown. What documents and servers said is shown as text and never acts as markup."""
    run = result.loaded.run
    counts = {
        "read": run.read_count,
        "loaded": run.loaded_count,
        "unchanged": run.unchanged_count,
        "duplicate": run.duplicate_count,
        "rejected": run.rejected_count,
    }
    seconds = (run.finished_at - run.started_at).total_seconds()
    parts = [
        f"# {run.loaded_count:,} of {run.read_count:,} documents loaded",
        f"Interval {context.interval}, {seconds:,.1f} s, code {escape_markdown(run.code_version)}.",
        format_table(("documents", "count"), counts.items()),
    ]
    if rejects:
        parts += ["## Refused", format_table(("reason", "documents", "meaning"), (row.values() for row in rejects))]
    if troubles:
        cells = ((row["source_name"], row["date"], row["reason"]) for row in troubles)
        parts += ["## Not as expected", format_table(("outlet", "day", "what"), cells)]
    if entities:
        parts += [
            "## New names",
            format_table(("name", "type", "articles", "mentions"), (e.values() for e in entities)),
        ]
    return "\n\n".join([*parts, "## Ask further", *_list_queries(result, context)])


def _list_queries(result: RunResult, context: RunContext) -> Iterator[str]:
    """Yield commands to paste into a shell on the machine of the warehouse."""
    home = result.loaded.warehouse_path.parent
    for query in (
        "from dim_run",
        "select reason, uri, detail from rejected_document",
        "select headline, url from dim_article join fact_article using (article_key)",
    ):
        yield _fence(f'dateline --home {_quote(home)} sql "{query} where run_key = {context.run_key}"')


def _quote(path: Path) -> str:
    """Return a path as a shell takes it."""
    return shlex.quote(make_printable(str(path)))


def _fence(command: str) -> str:
    """Return a command as a block of code; its fence is longer than any run of backticks in it."""
    fence = "```"
    while fence in command:
        fence += "`"
    return f"{fence}sh\n{command}\n{fence}"


def format_table(heading: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    r"""Return a table in Markdown.

    Examples:
        >>> print(format_table(("name", "count"), [("a|b", 1200)]))
        | name | count |
        |---|---|
        | a\|b | 1,200 |
    """
    lines = [heading, *([_write_cell(value) for value in row] for row in rows)]
    written = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([written[0], f"|{'---|' * len(heading)}", *written[1:]])


def _write_cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return escape_markdown(str(value)[:MAX_CELL_CHAR_COUNT])


def escape_markdown(text: str) -> str:
    r"""Return text that Markdown and HTML show as it is, on one line.

    Examples:
        >>> print(escape_markdown("<b>*x*</b>"))
        \<b\>\*x\*\</b\>
    """
    return make_printable(" ".join(text.split())).translate(_SPECIAL)


def _flatten(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as JSON has it."""
    return {
        name: value if isinstance(value, int | float) else make_printable(str(value)[:MAX_CELL_CHAR_COUNT])
        for name, value in row.items()
    }


def _emit_published(result: RunResult, context: RunContext) -> None:
    """Tell the server that the warehouse was published, and from which outlets.

    An event and no asset: the open-source server shows assets nowhere (3.8), events it shows and acts on.
    """
    run = result.loaded.run
    emit_event(
        PUBLISHED,
        resource={
            "prefect.resource.id": f"dateline.warehouse.{result.loaded.warehouse_path.parent.name}",
            "prefect.resource.name": str(result.loaded.warehouse_path),
        },
        related=[
            {"prefect.resource.id": f"dateline.source.{source_id}", "prefect.resource.role": "source"}
            for source_id in sorted(result.loaded.source_ids)[:MAX_RELATED_SOURCES]
        ],
        payload={
            "run_key": str(context.run_key),  # JavaScript cannot hold 63 bits
            "interval_start": context.interval.start.isoformat(),
            "interval_end": context.interval.end.isoformat(),
            "read_count": run.read_count,
            "loaded_count": run.loaded_count,
            "rejected_count": run.rejected_count,
        },
    )


class ArtifactReport:
    """Shows on the page of a run how far it is: a bar, moved every few seconds. A ``progress.ProgressReport``."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._artifact: UUID | None = None
        self._step = "starting"
        self._expected = self._done = 0
        self._shown_at = float("-inf")

    def begin(self, step: str) -> None:
        """Log which step begins, and count anew where pages are counted instead of articles."""
        LOGGER.info("%s", step)
        if FETCHING in {step, self._step}:
            self._expected = self._done = 0
        self._step = step

    def expect(self, article_count: int) -> None:
        """Fix the length of the bar."""
        self._expected = article_count
        self._show()

    def advance(self, article_count: int) -> None:
        """Move the bar, when it was not moved just now or is at its end."""
        self._done += article_count
        self._show()

    def _show(self) -> None:
        is_due = self._done == self._expected or self._clock() - self._shown_at >= PROGRESS_SECONDS
        if not self._expected or not is_due:
            return
        self._shown_at = self._clock()
        progress = min(100.0, 100 * self._done / self._expected)
        with surviving_server():
            if self._artifact is None:
                self._artifact = create_progress_artifact(  # type: ignore[assignment]  # a coroutine in event loops only
                    progress, key="run-progress", description="How far the step is"
                )
            else:
                update_progress_artifact(self._artifact, progress)


@contextmanager
def surviving_server() -> Iterator[None]:
    """Go on when the server does not answer, or refuses."""
    try:
        yield
    except (HTTPError, PrefectException) as error:
        LOGGER.warning("the server did not take what it was to show: %s", error)
