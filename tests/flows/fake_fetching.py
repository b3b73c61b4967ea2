"""A web without a network: pages, listings and robots.txt by address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flows.fetch.messages import Failure, Fetched, FetchRequest, Outcome
from flows.sources.fetching import Fetching

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class FakeEntry:
    """A page that a listing names."""

    url: str
    title: str | None = None
    published: datetime | None = None


@dataclass(frozen=True)
class FakeListing:
    """A feed, a sitemap, or a list of addresses."""

    kind: str = "feed"
    title: str | None = None
    language: str | None = None
    entries: Sequence[FakeEntry] = (
        FakeEntry("https://a.example/1", published=MOMENT),
        FakeEntry("https://a.example/2"),
    )


@dataclass
class FakeWeb:
    """What is where, and what was asked for."""

    pages: Mapping[str, str | bytes] = field(default_factory=dict)
    listings: Mapping[str, FakeListing] = field(default_factory=dict)
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

    def sitemaps(self, url: str) -> Sequence[str]:
        """Return what robots.txt names."""
        assert url
        return self.robots

    def parse_listing(self, payload: bytes, *, url: str, content_type: str = "", limit: int) -> FakeListing | None:
        """Return the listing at an address."""
        assert (payload, content_type) != (b"", "")
        assert limit > 0
        return self.listings.get(url)

    def open(self) -> Fetching:
        """Return it as the sources see it."""
        return Fetching(fetcher=self, parse_listing=self.parse_listing)
