"""What the sources need of fetching and of the readers, and where they get it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flows.errors import DatelineError
from flows.fetch.messages import FetchRequest, Outcome


class ListingEntry(Protocol):
    """A page that a listing names."""

    @property
    def url(self) -> str:
        """Where it is."""

    @property
    def title(self) -> str | None:
        """What it is called."""

    @property
    def published(self) -> datetime | None:
        """When it was published."""


class Listing(Protocol):
    """A feed, a sitemap, or a list of addresses."""

    @property
    def kind(self) -> str:
        """Which of them: feed, sitemap, urls."""

    @property
    def title(self) -> str | None:
        """What it is called."""

    @property
    def language(self) -> str | None:
        """Its language, as it says."""

    @property
    def entries(self) -> Sequence[ListingEntry]:
        """The pages it names."""


class PageFetcher(Protocol):
    """Fetches pages; ``flows.fetch.client.Fetcher``."""

    def fetch(self, request: FetchRequest) -> Outcome:
        """Return the page, or why there is none."""

    def sitemaps(self, url: str) -> Sequence[str]:
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
    """

    fetcher: PageFetcher
    parse_listing: ListingParser


def open_fetching() -> AbstractContextManager[Fetching]:
    """Return what fetches pages and reads listings, to be closed when done.

    Raises:
        DatelineError: Fetching is not built in.
    """
    raise DatelineError("fetching is not built in")
