"""Deployments as plain data: what is run, when, and under which name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from flows.errors import UsageError
from flows.sources import SourceFile
from flows.sources.groups import Maintenance, SourceGroup, Timing

WORK_POOL: Final = "dateline"
COLLECT: Final = "flows.collect.collect"
MAINTAIN: Final = "flows.maintain.maintain"
MAX_NAMED_SOURCES: Final = 5


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A deployment. Where the warehouse is and how it is made is said by the environment of whoever runs it.

    Attributes:
        name: Unique among those of its flow.
        entrypoint: Module and name of the flow.
        timing: When it is due.
        parameters: What the flow is given, as JSON has it.
        tags: What it is found by.
        description: For people, on the page of the deployment.
    """

    name: str
    entrypoint: str
    timing: Timing
    parameters: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...]
    description: str

    @property
    def full_name(self) -> str:
        """How Prefect's commands name it: flow/deployment."""
        return f"{self.entrypoint.rpartition('.')[2]}/{self.name}"


def list_definitions(file: SourceFile, *, moment: datetime) -> tuple[Definition, ...]:
    """Return the deployments that a sources file asks for: one a group, and the nightly one.

    Args:
        file: The sources file.
        moment: Which versions of the sources hold.

    Raises:
        UsageError: A source with a schedule of its own has an id that no deployment can have.
    """
    return tuple(_define(file, moment))


def find_group(file: SourceFile, name: str, *, moment: datetime) -> SourceGroup:
    """Return a group by its name.

    Raises:
        UsageError: There is none, or as ``list_definitions``.
    """
    groups = {group.name: group for group in _list_groups(file, moment)}
    if name not in groups:
        known = ", ".join(groups) or "none"
        raise UsageError(f'the sources file has no group "{name}" with sources in it; it has: {known}')
    return groups[name]


def _list_groups(file: SourceFile, moment: datetime) -> tuple[SourceGroup, ...]:
    try:
        return file.list_groups(moment)
    except ValidationError as error:
        source_id = error.errors()[0]["input"]
        raise UsageError(f'source "{source_id}" has an id that names no deployment: give it a group') from error


def _define(file: SourceFile, moment: datetime) -> Iterator[Definition]:
    for group in _list_groups(file, moment):
        yield Definition(
            name=group.name,
            entrypoint=COLLECT,
            timing=group.timing,
            parameters={"group": group.name},
            tags=("dateline", "collect", group.name),
            description=_describe_group(group),
        )
    yield _define_maintenance(file.maintenance)


def _define_maintenance(maintenance: Maintenance) -> Definition:
    return Definition(
        name="nightly",
        entrypoint=MAINTAIN,
        timing=Timing(maintenance.schedule, maintenance.timezone or "UTC"),
        tags=("dateline", "maintain"),
        description="Checks the whole warehouse, decides anew who is meant by each name, and says what is late.",
    )


def _describe_group(group: SourceGroup) -> str:
    """Return what a run of the group does, in a sentence or two."""
    named = ", ".join(group.source_ids[:MAX_NAMED_SOURCES])
    rest = len(group.source_ids) - MAX_NAMED_SOURCES
    more = f" and {rest:,} more" if rest > 0 else ""
    missed = {"skip": "left out", "latest": "made up for by the last one", "all": "made up for, the oldest first"}
    return f"Fetches {named}{more} and loads what is new. Missed schedules are {missed[group.group.catch_up]}."
