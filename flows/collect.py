"""The flow of a group of sources: what they have is in the published warehouse when it ends. What schedules run."""

import random
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from prefect import Flow, flow, runtime
from prefect.client.schemas.objects import FlowRun, State
from prefect.context import FlowRunContext
from prefect.states import Completed
from pydantic import Field

from flows.artifacts import ArtifactReport
from flows.context import Interval
from flows.deployments.definitions import find_group
from flows.deployments.due import find_last_interval, list_due
from flows.errors import UsageError
from flows.home import Home
from flows.inputs import Inputs
from flows.interval import interval
from flows.notifications import notify
from flows.settings import MAX_WORKERS, Settings, read_settings
from flows.sources import read_sources
from flows.sources.fields import GroupName
from flows.sources.groups import SourceGroup
from flows.standard_streams import end_quietly
from flows.steps.watch import read_loaded, watching_troubles

MAX_MESSAGE_CHAR_COUNT: Final = 1_000
RETRY_COUNT: Final = 2
RETRY_DELAY_SECONDS: Final = 60
LOCK_WAIT_SECONDS: Final = 3600
"""Runs of different groups write the same warehouse one after the other."""


def name_collection() -> str:
    """Return the name of the run: which group, and until when."""
    given: dict[str, Any] = runtime.flow_run.parameters
    end = given.get("interval_end") or runtime.flow_run.scheduled_start_time
    return f"{given['group']} {end:%Y-%m-%d %H:%M}"


def notify_failure(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Tell people that a run failed or crashed: a hook, called by Prefect with these names."""
    lines = [f"{state.type.value}: {state.message or 'without a word'}"[:MAX_MESSAGE_CHAR_COUNT], f"run {flow_run.id}"]
    notify(read_settings().notify, title=f"Dateline: {flow.name} {flow_run.name} failed", lines=lines)


@flow(
    flow_run_name=name_collection,
    persist_result=False,
    on_failure=[notify_failure],
    on_crashed=[notify_failure],
)
def collect(
    group: GroupName,
    interval_start: datetime | None = None,
    interval_end: datetime | None = None,
    workers: Annotated[int, Field(ge=1, le=MAX_WORKERS)] | None = None,
) -> State[None] | None:
    """Fetch what the sources of a group have, and load it.

    Args:
        group: A group of the sources file, or a source that has a schedule of its own.
        interval_start: Start of the data interval, inclusive. Left out: the interval that ended last, and by the policy
            of the group those that were missed.
        interval_end: Its end, exclusive; given together with the start.
        workers: Worker processes. Left out: as the environment of the worker says, else one a core.
    """
    end_quietly()
    settings = _read_settings(workers)
    file = read_sources(settings.sources or Home(settings.home.absolute()).sources_path)
    moment = datetime.now(UTC)
    chosen = find_group(file, group, moment=moment)
    intervals = _choose_intervals(chosen, settings, moment, given=(interval_start, interval_end))
    if not intervals:
        return Completed(name="Skipped", message="Nothing is left to do: see catch_up of the group, and the ledger")
    for one in intervals:
        _collect_interval(chosen, one, settings)
    return None


def _read_settings(workers: int | None) -> Settings:
    """Return the settings of the environment, with patience for the runs of other groups."""
    given = {} if workers is None else {"workers": workers}
    settings = read_settings(**given)
    return settings.model_copy(update={"busy_wait_seconds": max(settings.busy_wait_seconds, LOCK_WAIT_SECONDS)})


def _choose_intervals(
    chosen: SourceGroup, settings: Settings, moment: datetime, *, given: tuple[datetime | None, datetime | None]
) -> tuple[Interval, ...]:
    """Return which intervals the run is for: the one given, what is due, or the last one when a person started it.

    Raises:
        UsageError: One end is given without the other, or they are crossed.
    """
    start, end = (None if time is None else time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC) for time in given)
    if (start is None) != (end is None):
        raise UsageError("give interval_start and interval_end, or leave out both")
    if start is not None and end is not None:
        if start >= end:
            raise UsageError(f"the interval begins at {start:%Y-%m-%d %H:%M}, which is not before {end:%Y-%m-%d %H:%M}")
        return (Interval(start, end),)
    run = FlowRunContext.get()
    if run is None or run.flow_run is None or not run.flow_run.auto_scheduled:
        return (find_last_interval(chosen.timing, moment),)
    return list_due(
        chosen,
        scheduled_at=runtime.flow_run.scheduled_start_time,
        moment=moment,
        loaded=read_loaded(settings, chosen.source_ids),
    )


def _collect_interval(chosen: SourceGroup, one: Interval, settings: Settings) -> None:
    """Run the interval flow, tried again after a while when it fails, and tell people what is newly wrong."""
    delay_seconds = RETRY_DELAY_SECONDS * random.uniform(1, 2)  # noqa: S311  groups that failed together come back apart
    run_interval = interval.with_options(
        timeout_seconds=chosen.group.timeout_minutes * 60, retries=RETRY_COUNT, retry_delay_seconds=delay_seconds
    )
    with watching_troubles(settings, chosen.source_ids, title=f"Dateline: {chosen.name}, {one}"):
        run_interval(
            Inputs(has_sources=True),
            source_ids=chosen.source_ids,
            interval_start=one.start,
            interval_end=one.end,
            settings=settings,
            report=ArtifactReport(),
        )
