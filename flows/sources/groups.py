"""Which sources are fetched together, when, and what becomes of a fetch that was missed: blocks of the sources file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim
from pydantic import BaseModel, ConfigDict, Field

from flows.sources.conflicts import Conflict
from flows.sources.fields import Cron, GroupName, TimeZone, shorten, suggest

if TYPE_CHECKING:
    from flows.sources.model import Source

CatchUp = Literal["skip", "latest", "all"]
"""What becomes of schedules that were missed: none is made up for, the last one is, or all are, the oldest first."""

MAX_TIMEOUT_MINUTES: Final = 2 * 24 * 60

_STRICT: Final = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Group(BaseModel):
    """A ``[[group]]`` block: sources that are fetched together name it as their ``group``.

    Attributes:
        name: What its deployment is called.
        schedule: Cron, five fields.
        timezone: IANA, of the schedule; None counts as UTC.
        catch_up: What becomes of schedules that were missed.
        timeout_minutes: A run that takes longer is ended.
    """

    model_config = _STRICT

    name: GroupName
    schedule: Cron
    timezone: TimeZone | None = None
    catch_up: CatchUp = "latest"
    timeout_minutes: int = Field(default=60, ge=1, le=MAX_TIMEOUT_MINUTES)


class Maintenance(BaseModel):
    """The ``[maintenance]`` table: when the whole warehouse is checked and tidied.

    Attributes:
        schedule: Cron, five fields.
        timezone: IANA, of the schedule; None counts as UTC.
    """

    model_config = _STRICT

    schedule: Cron = "15 3 * * *"
    timezone: TimeZone | None = None


@dataclass(frozen=True)
class Timing:
    """When something is due.

    Attributes:
        schedule: Cron, five fields.
        timezone: IANA, of the schedule.
    """

    schedule: str
    timezone: str

    def find_next(self, moment: datetime) -> datetime:
        """Return when it is due next after a moment, in the time zone of the schedule.

        Hours that a change of the clocks skips or repeats are treated as Debian's cron does.
        """
        return next(CronSim(self.schedule, moment.astimezone(ZoneInfo(self.timezone))))


@dataclass(frozen=True, kw_only=True)
class SourceGroup:
    """Sources that are fetched together, in the versions that hold at a moment.

    Attributes:
        group: When, and what becomes of what was missed.
        source_ids: Which, in the order of the file.
    """

    group: Group
    source_ids: tuple[str, ...]

    @property
    def name(self) -> str:
        """What its deployment is called."""
        return self.group.name

    @property
    def timing(self) -> Timing:
        """When it is due."""
        return Timing(self.group.schedule, self.group.timezone or "UTC")


def list_source_groups(sources: "Sequence[Source]", groups: Sequence[Group]) -> tuple[SourceGroup, ...]:
    """Return the groups that have sources, then each source with a schedule of its own, by itself.

    Args:
        sources: The versions that hold.
        groups: The ``[[group]]`` blocks.

    Raises:
        ValidationError: The id of a source with a schedule of its own cannot name a deployment.
    """
    members = {group.name: tuple(source.id for source in sources if source.group == group.name) for group in groups}
    named = [SourceGroup(group=group, source_ids=members[group.name]) for group in groups if members[group.name]]
    single = [
        SourceGroup(
            group=Group(name=source.id, schedule=source.schedule, timezone=source.timezone), source_ids=(source.id,)
        )
        for source in sources
        if source.schedule is not None
    ]
    return (*named, *single)


def find_group_conflicts(sources: "Mapping[int, Source]", blocks: Sequence[Any]) -> Iterator[Conflict]:
    """Yield what is wrong between sources and groups.

    Args:
        sources: Place in the file -> the source.
        blocks: The ``[[group]]`` blocks as they were read; one that is wrong by itself has been said to be.
    """
    names = [block.get("name") if isinstance(block, Mapping) else None for block in blocks]
    seen: dict[str, int] = {}
    for number, name in enumerate(names):
        if isinstance(name, str) and seen.setdefault(name, number) != number:
            yield Conflict(("group", number, "name"), ("group", seen[name], "name"), "this name is there already")
    for number, source in sources.items():
        place = ("source", number, "group")
        if source.group is not None and source.group not in seen:
            near = suggest(source.group, seen)
            yield Conflict(place, None, f'there is no [[group]] with the name "{shorten(source.group)}"{near}')
        elif source.group is not None and source.schedule is not None:
            other = ("source", number, "schedule")
            yield Conflict(place, other, "a source has the schedule of its group: leave out schedule, or group")
        elif source.schedule is not None and source.id in seen:
            other = ("group", seen[source.id], "name")
            yield Conflict(("source", number, "schedule"), other, "a group has the name of this source already")
