"""What the sources file says: a source in one of its versions, and all of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Final, Self

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator

from flows.fetch.messages import Politeness
from flows.sources.conflicts import find_conflicts
from flows.sources.expectations import ExpectTable
from flows.sources.fields import (
    CountryCode,
    Cron,
    Domain,
    Domains,
    GroupName,
    LanguageCode,
    Name,
    Note,
    SourceId,
    TimeZone,
    Urls,
    UserAgent,
)
from flows.sources.groups import Group, Maintenance, SourceGroup, Timing, find_group_conflicts, list_source_groups
from flows.sources.schedule import TIMEZONE_MARK
from transforms.source_schemas import SOURCE_EXPECTATION, SOURCE_VERSION
from transforms.urls import parse_domain

BEGINNING: Final = datetime(1900, 1, 1, tzinfo=UTC)
"""From when the first version of a source holds."""

END: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""Until when the last version holds."""

MAX_DELAY_SECONDS: Final = 3_600
MAX_CONCURRENCY: Final = 16
MAX_AGE_DAYS: Final = 36_500

_WITHOUT_END: Final = {name: dtype for name, dtype in SOURCE_VERSION.items() if name != "valid_to"}
_ORDINARY: Final = Politeness()
_STRICT: Final = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class PolitenessTable(BaseModel):
    """How the file says that a source is treated; see ``flows.fetch.messages.Politeness``."""

    model_config = _STRICT

    delay_seconds: float = Field(default=_ORDINARY.delay_seconds, ge=0, le=MAX_DELAY_SECONDS, allow_inf_nan=False)
    concurrency: int = Field(default=_ORDINARY.concurrency, ge=1, le=MAX_CONCURRENCY)
    robots: bool = _ORDINARY.obeys_robots
    allow_private: bool = _ORDINARY.allows_private
    user_agent: UserAgent | None = None


class Source(BaseModel):
    """A version of a source: a ``[[source]]`` block.

    Attributes:
        id: What its articles are filed under, for good: the domain unless the block says otherwise.
        name: As readers know it.
        domain: Its main domain, without "www."; None for an outlet without one.
        domains: Others that its articles are on.
        country: ISO 3166-1 alpha-2.
        timezone: IANA; None counts as UTC.
        language: ISO 639-1.
        feeds: RSS, Atom or JSON Feed.
        sitemaps: Of news, or of all pages.
        urls: Single pages.
        schedule: Cron, five fields, in the source's time zone; None when it is fetched with its group or on demand.
        group: The ``[[group]]`` it is fetched with.
        max_age_days: Older entries of feeds and sitemaps are left alone; None for no limit.
        licence: By what right its articles are kept, a note.
        politeness_table: The block's ``politeness``.
        expect: What a day of it is like.
        valid_from: The day (UTC) this version begins; None for the beginning.
    """

    model_config = _STRICT

    id: SourceId
    name: Name
    domain: Domain | None = None
    domains: Domains = ()
    country: CountryCode | None = None
    timezone: TimeZone | None = None
    language: LanguageCode | None = None
    feeds: Urls = ()
    sitemaps: Urls = ()
    urls: Urls = ()
    schedule: Cron | None = None
    group: GroupName | None = None
    max_age_days: int | None = Field(default=None, ge=1, le=MAX_AGE_DAYS)
    licence: Note | None = None
    politeness_table: PolitenessTable = Field(default=PolitenessTable(), alias="politeness")
    expect: ExpectTable = ExpectTable()
    valid_from: Annotated[date, Field(gt=BEGINNING.date(), lt=END.date())] | None = None

    @model_validator(mode="before")
    @classmethod
    def _take_id_from_domain(cls, block: Any) -> Any:
        """Give the source its default id."""
        if isinstance(block, Mapping) and "id" not in block and "domain" in block:
            return {**block, "id": block["domain"]}
        return block

    @property
    def politeness(self) -> Politeness:
        """How its hosts are treated."""
        table = self.politeness_table
        return Politeness(
            delay_seconds=table.delay_seconds,
            concurrency=table.concurrency,
            obeys_robots=table.robots,
            allows_private=table.allow_private,
            user_agent=table.user_agent,
        )

    @property
    def all_domains(self) -> tuple[str, ...]:
        """The domains it is found by: the main one, the others, and its id where that is one (its domain of old)."""
        said = (self.domain, *self.domains, parse_domain(self.id))
        return tuple(dict.fromkeys(domain for domain in said if domain is not None))

    @property
    def valid_from_at(self) -> datetime:
        """The moment this version begins, UTC."""
        return BEGINNING if self.valid_from is None else datetime.combine(self.valid_from, time(), UTC)


class SourceFile(BaseModel):
    """All versions of all sources in the order of the file, how they are grouped, and when the warehouse is tidied.

    Raises:
        ValidationError: Versions or sources contradict each other.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: tuple[Source, ...]
    groups: tuple[Group, ...] = ()
    maintenance: Maintenance = Maintenance()

    @model_validator(mode="after")
    def _refuse_conflicts(self) -> Self:
        blocks = [group.model_dump() for group in self.groups]
        conflicts = chain(find_conflicts(self.sources), find_group_conflicts(dict(enumerate(self.sources)), blocks))
        for conflict in conflicts:
            raise ValueError(conflict.message)
        return self

    def current(self, moment: datetime) -> tuple[Source, ...]:
        """Return the version of each source that holds at a moment, in the order in which the file names the sources.

        A source whose first version is yet to come is left out.

        Args:
            moment: With a time zone.
        """
        chosen: dict[str, Source] = {}
        for source in self.sources:
            best = chosen.get(source.id)
            if source.valid_from_at <= moment and (best is None or best.valid_from_at < source.valid_from_at):
                chosen[source.id] = source
        return tuple(chosen.values())

    def list_groups(self, moment: datetime) -> tuple[SourceGroup, ...]:
        """Return which sources are fetched together, by the versions that hold at a moment.

        Raises:
            ValidationError: As ``groups.list_source_groups``.
        """
        return list_source_groups(self.current(moment), self.groups)

    def find_timing(self, source: Source) -> Timing | None:
        """Return when a source is due: by its own schedule, else by its group's; None when only on demand."""
        if source.schedule is not None:
            return Timing(source.schedule, source.timezone or "UTC")
        group = next((group for group in self.groups if group.name == source.group), None)
        return None if group is None else Timing(group.schedule, group.timezone or "UTC")

    def find_next_due(self, source: Source, moment: datetime) -> datetime | None:
        """Return when a source is due next after a moment, in the time zone of its schedule; None without one.

        Hours that a change of the clocks skips or repeats are treated as Debian's cron does.
        """
        timing = self.find_timing(source)
        return None if timing is None else timing.find_next(moment)

    @cached_property
    def ids_by_domain(self) -> Mapping[str, str]:
        """Each domain, main or other, of any version -> the id of its source."""
        return {domain: source.id for source in self.sources for domain in source.all_domains}

    def find_source_id(self, domain: str) -> str | None:
        """Return the id of the source a domain belongs to, itself or as a subdomain; None when it is nobody's."""
        while domain:
            if domain in self.ids_by_domain:
                return self.ids_by_domain[domain]
            domain = domain.partition(".")[2]
        return None

    def to_frame(self) -> pl.DataFrame:
        """Return the versions as SOURCE_VERSION, sorted by source_id and valid_from.

        The first version of a source begins in 1900 whatever its ``valid_from``: each of its articles finds one.
        """
        columns = {
            "id": "source_id",
            "country": "country_code",
            "language": "language_code",
            **{name: name for name in ("name", "domain", "timezone", "licence")},
        }
        rows = [
            {
                **{column: getattr(source, field) for field, column in columns.items()},
                "schedule": self._write_schedule(source),
                "valid_from": source.valid_from_at,
            }
            for source in self.sources
        ]
        frame = pl.DataFrame(rows, schema=_WITHOUT_END)
        following = pl.col("valid_from").shift(-1).over("source_id")
        is_first = pl.col("source_id").is_first_distinct()
        return (
            frame.sort("source_id", "valid_from")
            .with_columns(
                valid_from=pl.when(is_first).then(pl.lit(BEGINNING)).otherwise("valid_from"),
                valid_to=following.fill_null(pl.lit(END)),
            )
            .select(SOURCE_VERSION.names())
        )

    def _write_schedule(self, source: Source) -> str | None:
        """Return the schedule of a source as the warehouse keeps it: with its zone where it is not the source's."""
        timing = self.find_timing(source)
        if timing is None:
            return None
        is_own = timing.timezone == (source.timezone or "UTC")
        return timing.schedule if is_own else f"{TIMEZONE_MARK}{timing.timezone} {timing.schedule}"

    def list_expectations(self) -> pl.DataFrame:
        """Return what the versions expect as SOURCE_EXPECTATION, sorted by source_id, valid_from and measure."""
        versions = self.to_frame().select("source_id", "valid_from", "valid_to").rows()
        ordered = sorted(self.sources, key=lambda source: (source.id, source.valid_from_at))
        rows = [
            (*version, *bounds)
            for version, source in zip(versions, ordered, strict=True)
            for bounds in source.expect.list_bounds()
        ]
        frame = pl.DataFrame(rows, schema=SOURCE_EXPECTATION, orient="row")
        return frame.sort("source_id", "valid_from", "measure")
