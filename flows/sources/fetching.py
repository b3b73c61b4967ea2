"""What the sources need of fetching and of the readers, and where they get it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from flows.fetch.client import Fetcher
from flows.fetch.limits import make_limits
from flows.fetch.messages import FetchRequest, Outcome, Politeness
from flows.readers import Listing, parse_listing
from flows.settings import read_settings


class PageFetcher(Protocol):
    """Fetches pages; ``flows.fetch.client.Fetcher``."""

    def fetch(self, request: FetchRequest) -> Outcome:
        """Return the page, or why there is none."""

    def list_sitemaps(self, url: str, politeness: Politeness) -> Sequence[str]:
        """Return the sitemaps that the robots.txt of a host names."""


class ListingParser(Protocol):
    """Reads listings; ``flows.readers.parse_listing``."""

    def __call__(self, payload: bytes, *, url: str, content_type: str = "", limit: int) -> Listing | None:
        """Return the listing, None when the bytes are none."""


@dataclass(frozen=True)
class Fetching:
    """What asks for listings.

    Attributes:
        fetcher: Fetches.
        parse_listing: Reads.
        politeness: How hosts are treated of which the sources file says nothing yet.
    """

    fetcher: PageFetcher
    parse_listing: ListingParser
    politeness: Politeness


@contextmanager
def open_fetching() -> Iterator[Fetching]:
    """Give what fetches pages and reads listings, as the settings have it.

    Raises:
        UsageError: A setting makes no sense.
    """
    settings = read_settings()
    politeness = Politeness(delay_seconds=settings.fetch_delay_seconds, allows_private=settings.fetch_allow_private)
    with Fetcher(make_limits(settings)) as fetcher:
        yield Fetching(fetcher=fetcher, parse_listing=parse_listing, politeness=politeness)
