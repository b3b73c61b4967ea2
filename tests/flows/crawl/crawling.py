"""What the tests of the crawl share: a crawl over a site of the tests' own, a run at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from flows.crawl import Arrival, Crawl
from flows.crawl.targets import Kind, Outlet, Target
from flows.fetch.messages import Politeness
from flows.fetch.state import FetchState
from flows.progress import QuietReport
from flows.readers.found import RawDocument, Refusal
from tests.flows.fetch.site import Reply, Site

HOST = "http://news.example"
FEED = f"{HOST}/rss"
XML = "application/xml"
OUTLET = Outlet(source_id="news.example", name="The News", politeness=Politeness(delay_seconds=0))


def target(url: str = FEED, kind: Kind = "feed", **more: Any) -> Target:
    """Return what to begin with."""
    given: dict[str, Any] = {"url": url, "kind": kind, "outlet": OUTLET}
    return Target(**given | more)


def write_feed(*items: str) -> bytes:
    """Return an RSS feed of items, each an address or the inside of an item."""
    inside = (item if item.startswith("<") else f"<link>{item}</link>" for item in items)
    return f'<rss version="2.0"><channel>{"".join(f"<item>{item}</item>" for item in inside)}</channel></rss>'.encode()


def write_sitemap(*urls: str) -> bytes:
    """Return a sitemap."""
    listed = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


def write_index(*urls: str) -> bytes:
    """Return an index of sitemaps."""
    listed = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'.encode()


@dataclass
class Crawler:
    """Crawls a site, run after run, with one memory.

    Attributes:
        site: What answers.
        path: Of the memory.
    """

    site: Site
    path: Path

    def run(self, *targets: Target, days: float = 0, limit: int = 1_000_000) -> list[Arrival]:
        """Return what comes of a run that begins so many days from now, all of it remembered."""
        with self.site.make_fetcher() as fetcher, FetchState(self.path) as state:
            crawl = Crawl(
                fetcher=fetcher,
                state=state,
                moment=datetime.now(UTC) + timedelta(days=days),
                limit=limit,
                report=QuietReport(),
            )
            arrivals = list(crawl.run(targets or [target()]))
            crawl.remember(arrivals)
        return arrivals

    def list_asked(self, *targets: Target, days: float = 0) -> list[str]:
        """Return the addresses that a run asks for, sorted, without the host."""
        self.site.log.clear()
        self.run(*targets, days=days)
        return sorted(url.removeprefix(HOST) for url in self.site.list_urls())

    def put(self, path: str, body: bytes, **more: Any) -> None:
        """Put a page, a feed or a sitemap at a path of the host."""
        kinds = {b"<rss": XML, b"<url": XML, b"<sit": XML}
        self.site.put(
            HOST + path, Reply(body, **{"content_type": kinds.get(body[:4], "text/html; charset=utf-8")} | more)
        )


def list_documents(arrivals: Sequence[Arrival]) -> list[RawDocument]:
    """Return the documents that came, by address."""
    items = [item for arrival in arrivals for item in arrival.items]
    return sorted((item for item in items if isinstance(item, RawDocument)), key=lambda document: document.uri)


def list_refusals(arrivals: Sequence[Arrival]) -> list[tuple[str, str]]:
    """Return address and reason of what was refused, by address."""
    items = [item for arrival in arrivals for item in arrival.items]
    return sorted((item.uri, item.reason) for item in items if isinstance(item, Refusal))


def read_hints(document: RawDocument) -> dict[str, str]:
    """Return what came with a document."""
    hints: dict[str, str] = orjson.loads(document.hints or b"{}")
    return hints


def list_fetches(arrivals: Sequence[Arrival]) -> list[tuple[str, str, str]]:
    """Return path, kind and outcome of each address that was asked for, by path."""
    rows = (arrival.fetch for arrival in arrivals)
    return sorted((row["url"].removeprefix(HOST), row["kind"], row["outcome"]) for row in rows)
