"""What is to be fetched, and for whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import orjson

from flows.fetch.messages import Politeness
from flows.inputs import Inputs
from flows.readers import Link
from flows.settings import Settings
from flows.sources import Source, SourceFile
from transforms.urls import extract_domain

Kind = Literal["feed", "sitemap", "page", "any"]
Hints = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """For whom something is fetched.

    Attributes:
        source_id: What its articles are filed under.
        name: As the sources file has it; None where it does not name the outlet.
        politeness: How its hosts are treated.
        max_age_days: Entries dated earlier are left alone; None for no limit.
        timezone: IANA, of its times without a zone; None when it is not known.
        country: ISO 3166-1 alpha-2: whether it writes the month or the day first; None when it is not known.
    """

    source_id: str
    name: str | None = None
    politeness: Politeness
    max_age_days: int | None = None
    timezone: str | None = None
    country: str | None = None

    @classmethod
    def from_source(cls, source: Source) -> "Outlet":
        """Return the outlet that a block of the sources file describes."""
        return cls(
            source_id=source.id,
            name=source.name,
            politeness=source.politeness,
            max_age_days=source.max_age_days,
            timezone=source.timezone,
            country=source.country,
        )


@dataclass(frozen=True, kw_only=True)
class Target:
    """An address to ask for.

    Attributes:
        url: As it was given or listed.
        kind: What is expected there; "any" for what only the answer tells.
        outlet: For whom.
        parent_url: The feed or sitemap that lists it; None where it was given by name.
        hints: What its list says of it: ``DocumentFields`` names.
        depth: How many lists lie above it.
    """

    url: str
    kind: Kind
    outlet: Outlet
    parent_url: str | None = None
    hints: Hints = field(default_factory=dict)
    depth: int = 0


def list_targets(
    inputs: Inputs,
    links: Sequence[Link],
    sources: SourceFile | None,
    *,
    settings: Settings,
    moment: datetime,
    source_ids: frozenset[str] = frozenset(),
) -> Iterator[Target]:
    """Yield what the inputs name: the addresses given, those that files list, and those of the sources.

    Args:
        inputs: What was asked for.
        links: What sitemaps and lists among the files name.
        sources: The sources file; None without one.
        settings: How hosts are treated of which the sources file says nothing.
        moment: Which version of a source holds.
        source_ids: The outlets of the sources file that are meant; none for all.
    """
    current = {} if sources is None else {source.id: source for source in sources.current(moment)}

    def find_outlet(url: str) -> Outlet:
        """Return the source an address belongs to, else an outlet named by its domain."""
        domain = extract_domain(url) or url[:200]
        source_id = None if sources is None else sources.find_source_id(domain)
        if source_id in current:
            return Outlet.from_source(current[source_id])
        politeness = Politeness(delay_seconds=settings.fetch_delay_seconds, allows_private=settings.fetch_allow_private)
        return Outlet(source_id=inputs.source or source_id or domain, name=inputs.source, politeness=politeness)

    for url in inputs.urls:
        yield Target(url=url, kind="any", outlet=find_outlet(url))
    for link in links:
        hints = {} if link.hints is None else orjson.loads(link.hints)
        yield Target(
            url=link.url, kind="any", outlet=find_outlet(link.url), parent_url=link.parent_uri, hints=hints, depth=1
        )
    if inputs.has_sources:
        for source in current.values():
            if not source_ids or source.id in source_ids:
                yield from _list_source(source)


def _list_source(source: Source) -> Iterator[Target]:
    """Yield what a source names."""
    outlet = Outlet.from_source(source)
    lists: tuple[tuple[Kind, Sequence[str]], ...] = (
        ("feed", source.feeds),
        ("sitemap", source.sitemaps),
        ("page", source.urls),
    )
    for kind, urls in lists:
        for url in urls:
            yield Target(url=url, kind=kind, outlet=outlet)
