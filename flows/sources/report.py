"""The sources as a person reads them."""

from datetime import datetime
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.sources.model import Source, SourceFile
from flows.sources.probe import Probe
from flows.terminal import make_printable

_COLUMNS: Final = ("id", "name", "country", "feeds", "sitemaps", "schedule", "next due")
_NUMBERS: Final = frozenset({"feeds", "sitemaps"})


def print_sources(file: SourceFile, *, moment: datetime, console: Console) -> None:
    """Print the version of each source that holds at a moment, and those that are yet to begin."""
    current = file.current(moment)
    begun = {source.id for source in current}
    coming = [source for source in file.sources if source.id not in begun]
    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, justify="right" if column in _NUMBERS else "left", overflow="ellipsis", no_wrap=True)
    for source in (*current, *coming):
        due = _describe_due(file, source, moment) if source.id in begun else f"begins {source.valid_from}"
        words = (source.id, source.name, source.country or "-", f"{len(source.feeds):,}", f"{len(source.sitemaps):,}")
        table.add_row(*(Text(word) for word in (*words, source.schedule or source.group or "-", due)))
    console.print(table)


def _describe_due(file: SourceFile, source: Source, moment: datetime) -> str:
    due = file.find_next_due(source, moment)
    return "-" if due is None else f"{due:%Y-%m-%d %H:%M %Z}"


def print_count(file: SourceFile, *, console: Console) -> None:
    """Print how many sources there are."""
    count, version_count = len({source.id for source in file.sources}), len(file.sources)
    versions = f" in {version_count:,} versions" if version_count > count else ""
    console.print(f"{count:,} source{'' if count == 1 else 's'}{versions}, all well")


def describe_probe(probe: Probe) -> str:
    """Return what became of asking a feed, on one line."""
    if probe.listing is None:
        return make_printable(f"failed  {probe.url}  {probe.problem}")
    count = len(probe.listing.entries)
    newest = "no dates" if probe.newest is None else f"newest {probe.newest:%Y-%m-%d %H:%M} UTC"
    return make_printable(f"ok      {probe.url}  {count:,} {'entry' if count == 1 else 'entries'}, {newest}")
