"""A web without a network: pages, listings and robots.txt by address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flows.fetch.messages import Failure, Fetched, FetchRequest, Outcome, Politeness
from flows.readers import Entry, Listing
from flows.sources.fetching import Fetching

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


ENTRIES = (
    Entry(url="https://a.example/1", published="Sun, 01 Mar 2026 12:00:00 GMT"),
    Entry(url="https://a.example/2"),
)


def make_feed(title: str | None = None, **changes: Any) -> Listing:
    """Return a feed with two entries, unless said otherwise."""
    given: dict[str, Any] = {"kind": "feed", "title": title, "entries": ENTRIES}
    return Listing(**given | changes)


@dataclass
class FakeWeb:
    """What is where, and what was asked for."""

    pages: Mapping[str, str | bytes] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict)
    robots: Sequence[str] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    asked: list[FetchRequest] = field(default_factory=list)

    def fetch(self, request: FetchRequest) -> Outcome:
        """Return what is at an address."""
        self.asked.append(request)
        final = self.moved.get(request.url, request.url)
        if final not in self.pages and final not in self.listings:
            return Failure(url=request.url, reason="http_error", detail="404", fetched_at=MOMENT, is_final=True)
        page = self.pages.get(final, "listing")
        return Fetched(
            url=request.url,
            final_url=final,
            redirects=(),
            content_type="text/html",
            etag=None,
            last_modified=None,
            fetched_at=MOMENT,
            body=page.encode() if isinstance(page, str) else page,
        )

    def list_sitemaps(self, url: str, politeness: Politeness) -> Sequence[str]:
        """Return what robots.txt names."""
        assert url
        assert politeness == Politeness()
        return self.robots

    def parse_listing(self, payload: bytes, *, url: str, content_type: str = "", limit: int) -> Listing | None:
        """Return the listing at an address."""
        assert (payload, content_type) != (b"", "")
        assert limit > 0
        return self.listings.get(url)

    def open(self) -> Fetching:
        """Return it as the sources see it."""
        return Fetching(fetcher=self, parse_listing=self.parse_listing, politeness=Politeness())
