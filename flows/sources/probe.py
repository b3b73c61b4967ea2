"""Asks the feeds and sitemaps of sources once, to see whether they are there and can be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flows.fetch.messages import Fetched, FetchRequest, Politeness, Unmodified
from flows.readers import Listing
from flows.sources.fetching import Fetching
from flows.sources.model import Source
from transforms.dates import parse_timestamp
from transforms.rejects import RejectedDocumentError

MAX_BYTE_COUNT: Final = 52_428_800
"""As many as a sitemap may have, unpacked (https://www.sitemaps.org/protocol.html)."""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """What became of asking an address for a listing.

    Attributes:
        url: The address.
        listing: What was there; None when it failed.
        problem: Why it failed; "" when it did not.
    """

    url: str
    listing: Listing | None = None
    problem: str = ""

    @property
    def newest(self) -> datetime | None:
        """The latest date of its entries."""
        entries = () if self.listing is None else self.listing.entries
        dates = [parse_timestamp(entry.published) for entry in entries if entry.published is not None]
        return max((date for date in dates if date is not None), default=None)


def probe_source(source: Source, fetching: Fetching) -> Iterator[Probe]:
    """Ask each feed and sitemap of a source once, as politely as its block says."""
    for url in (*source.feeds, *source.sitemaps):
        yield probe_listing(url, fetching, source.politeness)


def probe_all(urls: Sequence[str], fetching: Fetching) -> list[Probe]:
    """Ask addresses for listings and return those that are some."""
    probes = (probe_listing(url, fetching, fetching.politeness) for url in urls)
    return [probe for probe in probes if probe.listing is not None]


def probe_listing(url: str, fetching: Fetching, politeness: Politeness) -> Probe:
    """Ask an address for a feed or a sitemap."""
    outcome = fetching.fetcher.fetch(FetchRequest(url=url, politeness=politeness))
    if isinstance(outcome, Unmodified):
        return Probe(url=url, problem="http_error: the server says unmodified, and was not asked that")
    if not isinstance(outcome, Fetched):
        return Probe(url=url, problem=f"{outcome.reason}: {outcome.detail}")
    listing = parse_fetched(outcome, fetching)
    if listing is None:
        return Probe(url=url, problem=f"bad_feed: what is there is no feed and no sitemap ({outcome.content_type})")
    return Probe(url=url, listing=listing)


def parse_fetched(page: Fetched, fetching: Fetching) -> Listing | None:
    """Return the listing that a page is, None when it is none."""
    try:
        return fetching.parse_listing(
            page.body, url=page.final_url, content_type=page.content_type, limit=MAX_BYTE_COUNT
        )
    except RejectedDocumentError:
        return None
