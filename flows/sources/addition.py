"""What a site that was found changes in the sources file: a block of its own, or more addresses in the one it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import tomlkit

from flows.sources.discover import FoundSite
from flows.sources.edit import append_block, extend_block, format_block, has_sources
from flows.sources.model import Source, SourceFile
from flows.sources.read import parse_sources
from transforms.urls import canonicalize_url

FIRST_SCHEDULE: Final = "*/30 * * * *"
FIRST_MAX_AGE_DAYS: Final = 7
"""A sitemap may list all that a site ever published: a new source begins with this week's."""


@dataclass(frozen=True)
class Addition:
    """A change of the sources file that is to be agreed on.

    Attributes:
        source_id: Of the source that is added or gets more addresses.
        is_new: Whether it gets a block of its own.
        shown: What is added, as TOML.
        text: The whole file afterwards.
    """

    source_id: str
    is_new: bool
    shown: str
    text: str


def plan_addition(text: str, site: FoundSite, *, moment: datetime, name: str) -> Addition | None:
    """Return what adding a site changes; None when all of it is there already.

    Args:
        text: The sources file, "" for none.
        site: What was found.
        moment: Now: the version of a source that holds now gets the addresses.
        name: What the file is called in messages.

    Raises:
        SourcesError: The file, or what it would become, is wrong.
    """
    source = _find_source(text, site.domain, moment, name)
    if source is None:
        block = format_block(_list_fields(site))
        return Addition(site.domain, is_new=True, shown=block, text=append_block(text, block, name=name))
    added = _list_new(source, site)
    if not added:
        return None
    shown = "".join(f"{key} = {tomlkit.item(list(urls)).as_string()}\n" for key, urls in added.items())
    return Addition(source.id, is_new=False, shown=shown, text=extend_block(text, source, added, name=name))


def _find_source(text: str, domain: str, moment: datetime, name: str) -> Source | None:
    """Return the version that holds now of the source a domain belongs to; its last where none does yet."""
    if not has_sources(text):
        return None
    file: SourceFile = parse_sources(text, name=name)
    source_id = file.find_source_id(domain)
    held = [source for source in file.current(moment) if source.id == source_id]
    coming = [source for source in file.sources if source.id == source_id]
    return next(iter([*held, *coming]), None)


def _list_fields(site: FoundSite) -> dict[str, str | int | Sequence[str]]:
    """Return the block of a new source, without what is not known."""
    fields = {
        "id": site.domain,
        "name": site.name,
        "domain": site.domain,
        "country": site.country,
        "timezone": site.timezone,
        "language": site.language,
        "feeds": tuple(probe.url for probe in site.feeds) or None,
        "sitemaps": site.sitemaps or None,
        "schedule": FIRST_SCHEDULE,
        "max_age_days": FIRST_MAX_AGE_DAYS,
    }
    return {key: value for key, value in fields.items() if value is not None}


def _list_new(source: Source, site: FoundSite) -> Mapping[str, Sequence[str]]:
    """Return the feeds the source has not; its sitemaps only where it has none: leaving one out may be a choice."""
    known = {canonicalize_url(url) for url in (*source.feeds, *source.sitemaps, *source.urls)}
    feeds = [probe.url for probe in site.feeds if canonicalize_url(probe.url) not in known]
    sitemaps = [] if source.feeds or source.sitemaps else [u for u in site.sitemaps if canonicalize_url(u) not in known]
    return {key: urls for key, urls in (("feeds", feeds), ("sitemaps", sitemaps)) if urls}
