"""The nightly flow: the whole warehouse was resolved anew, checked and laid out, and people know who is late."""

from datetime import UTC, datetime
from typing import Final

from prefect import flow, runtime
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import escape_markdown, surviving_server
from flows.collect import LOCK_WAIT_SECONDS, notify_failure
from flows.context import RunContext
from flows.home import Home
from flows.notifications import notify
from flows.settings import Settings, read_settings
from flows.sources import read_sources
from flows.standard_streams import end_quietly
from flows.steps.compact import compact_home
from flows.steps.rebuild_entities import Rebuilt, rebuild_entities
from flows.steps.watch import list_late, read_loaded
from warehouse.compact import Compacted

TIMEOUT_SECONDS: Final = 12 * 3600


def name_maintenance() -> str:
    """Return the name of the run: for which night."""
    return f"maintenance {runtime.flow_run.scheduled_start_time:%Y-%m-%d}"


@flow(
    flow_run_name=name_maintenance,
    timeout_seconds=TIMEOUT_SECONDS,
    persist_result=False,
    on_failure=[notify_failure],
    on_crashed=[notify_failure],
)
def maintain() -> State[None] | None:
    """Decide anew who is meant by each name, check the whole warehouse, lay it out for reading, say who is late.

    It is laid out anew only where loads have left the facts of one entity in too many places.

    Where the warehouse and the sources file are is said by the environment of the worker: DATELINE_HOME,
    DATELINE_SOURCES.
    """
    end_quietly()
    settings = read_settings(busy_wait_seconds=LOCK_WAIT_SECONDS)
    context = RunContext.start(settings, flow_run_id=runtime.flow_run.id)
    if not context.home.warehouse_path.exists():
        return Completed(name="Skipped", message=f"There is no warehouse at {context.home.warehouse_path} yet")
    rebuilt = rebuild_entities(context)
    compacted = compact_home(context.home, memory_limit=context.settings.memory_limit, only_if_scattered=True)
    late = _find_late(settings)
    if late:
        notify(settings.notify, title="Dateline: sources are late", lines=late)
    with surviving_server():
        create_markdown_artifact(format_maintenance(rebuilt, compacted, late), key="maintenance-report")
    return None


def format_maintenance(rebuilt: Rebuilt, compacted: Compacted | None, late: list[str]) -> str:
    """Return what the night did as Markdown.

    Args:
        rebuilt: What came of deciding anew.
        compacted: What laying out anew did; None when there was no need.
        late: A line for each group that is late.
    """
    changes = rebuilt.changes
    lines = [
        "# All checks passed",
        f"{len(changes.changes):,} entities changed, {changes.moved_count:,} mentions moved.",
        f"{len(rebuilt.dangling):,} decisions of people are on what is not here.",
        *([] if compacted is None else [_format_layout(compacted)]),
    ]
    return "\n\n".join([*lines, *(f"**Late:** {escape_markdown(line)}" for line in late)])


def _format_layout(compacted: Compacted) -> str:
    """Return what laying out anew did, as a line."""
    return (
        f"Laid out anew: {compacted.bytes_before / 1e6:,.0f} MB, now {compacted.bytes_after / 1e6:,.0f}; "
        f"one entity was read from {compacted.groups_before:.1f} row groups, now {compacted.groups_after:.1f}."
    )


def _find_late(settings: Settings) -> list[str]:
    """Return a line for each group that is late."""
    moment = datetime.now(UTC)
    file = read_sources(settings.sources or Home(settings.home.absolute()).sources_path)
    groups = file.list_groups(moment)
    loaded = {group.name: read_loaded(settings, group.source_ids) for group in groups}
    return list_late(groups, loaded, moment)
