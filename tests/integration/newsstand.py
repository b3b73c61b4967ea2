"""Web sites with news for whole runs: what they publish, the sources file that names them, and a clock to set."""

import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from flows.fetch.client import Fetcher
from flows.fetch.limits import FetchLimits
from tests.flows.fetch.site import Raw, Reply, Seen, Site, SiteBackend, make_trust, send_to

XML = "application/xml"
MANNERS = "politeness = { delay_seconds = 0 }"
PEOPLE = ("Sarah Johnson", "Maria Lopez", "Peter Brown")


class Clock(datetime):
    """The clock of a run, so many days ahead of the real one."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain moment is what is handed on
        """Return the moment."""
        return datetime.now(tz) + cls.ahead


def set_clock(monkeypatch: pytest.MonkeyPatch, *, days: float) -> None:
    """Let runs begin, and servers answer, so many days from now."""
    monkeypatch.setattr(Clock, "ahead", timedelta(days=days))
    for module in ("flows.context", "flows.fetch.wire", "flows.fetch.client"):
        monkeypatch.setattr(f"{module}.datetime", Clock)


def lead_to(site: Site, monkeypatch: pytest.MonkeyPatch, **changes: float) -> None:
    """Let runs find the hosts of a site, and no others; they wait for nothing long."""

    def make_fetcher(limits: FetchLimits) -> Fetcher:
        quick = {"backoff_seconds": 0.01, "max_bytes": limits.max_bytes, "retry_count": limits.retry_count}
        return Fetcher(
            FetchLimits(**({"deadline_seconds": 1.5, "silence_seconds": 1, "max_wait_seconds": 1} | quick | changes)),  # type: ignore[arg-type]  # counts are whole
            resolve=site.resolve,
            backend=SiteBackend(site),
            context=make_trust(),
        )

    monkeypatch.setattr("flows.fetch.client.Fetcher", make_fetcher)


def write_page(number: int, *, note: str = "The vote is due in June.", **more: str) -> bytes:
    """Return a page with an article."""
    person = PEOPLE[number % 3]
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in more.items())
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Session {number}</title>{head}</head>
        <body><nav><a href="/">Home</a></nav><article><h1>Council meets for session {number}</h1>
        <p>Mayor {person} opened session {number} of the city council in Lisbon on Monday, before a full house.</p>
        <p>{person.split()[1]} said that all {number + 2} members would discuss the budget before the summer.</p>
        <p>{note}</p></article></body></html>""".encode()


def write_feed(*urls: str, more: str = "") -> bytes:
    """Return an RSS feed of these addresses, each with a title, a guid and a date."""
    items = "".join(
        f"<item><title>Council meets, {number}</title><link>{url.replace('&', '&amp;')}</link>"
        f'<guid isPermaLink="false">guid-{number}</guid>'
        f"<pubDate>Mon, 02 Mar 2026 0{number % 10}:00:00 GMT</pubDate></item>"
        for number, url in enumerate(urls)
    )
    return f'<rss version="2.0"><channel><title>News</title>{items}{more}</channel></rss>'.encode()


def write_sitemap(*urls: str) -> bytes:
    """Return a sitemap of these addresses."""
    listed = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


def write_index(*urls: str) -> bytes:
    """Return an index of these sitemaps."""
    listed = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'.encode()


def write_sources(path: Path, sources: Mapping[str, Mapping[str, Sequence[str]]], manners: str = MANNERS) -> Path:
    """Write a sources file: domain -> feeds, sitemaps and urls; return its path."""
    blocks = [
        f'[[source]]\ndomain = "{domain}"\nname = "The {domain.partition(".")[0].title()}"\n{manners}\n'
        + "".join(f"{kind} = {list(urls)}\n" for kind, urls in lists.items())
        for domain, lists in sources.items()
    ]
    path.write_text("\n".join(blocks), encoding="utf-8")
    return path


def _repeat(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece


class Endless:
    """A feed that never ends."""

    def answer(self, seen: Seen, link: "object") -> bool:
        """Send items for ever."""
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel>"
        item = b"<item><link>http://endless.example/%d</link></item>" * 200
        return Raw(_chain(head, item)).answer(seen, link)  # type: ignore[arg-type]  # the server's own


def _chain(head: bytes, item: bytes) -> Iterator[bytes]:
    yield head
    yield from _repeat(item)


def _drip() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n"
    yield from _repeat(b"x")


ENTITY_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'.encode()
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + b"]><rss><channel><item><title>&j;</title><link>http://bomb.example/1</link></item></channel></rss>"
)
EXTERNAL_ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>'
    b"<item><title>&x;</title><link>http://outside.example/1</link></item></channel></rss>"
)
GZIP_BOMB = gzip.compress(bytes(50_000_000))

FAULTS: Mapping[str, tuple[str, str, object]] = {
    # host -> what the sources file names there, the reason it is refused for, what answers
    "html.example": ("feed", "bad_feed", Reply(b"<!DOCTYPE html><html><p>No feed any more")),
    "endless.example": ("feed", "too_large", Endless()),
    "bomb.example": ("feed", "bad_feed", Reply(ENTITY_BOMB, content_type=XML)),
    "outside.example": ("feed", "bad_feed", Reply(EXTERNAL_ENTITY, content_type=XML)),
    "packed.example": ("page", "too_large", Reply(GZIP_BOMB, headers=(("Content-Encoding", "gzip"),))),
    "zlib.example": (
        "page",
        "bad_encoding",
        Reply(zlib.compress(b"<p>Rain")[:-4] + b"!!!!", headers=(("Content-Encoding", "gzip"),)),
    ),
    "chunks.example": (
        "page",
        "bad_encoding",
        Raw([b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>Rain\r\n"]),
    ),
    "cut.example": (
        "page",
        "truncated",
        Raw([b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>Rain"]),
    ),
    "loop.example": ("page", "redirect_loop", send_to("http://loop.example/x")),
    "local.example": ("page", "forbidden_address", send_to("http://127.0.0.1/admin")),
    "cloud.example": ("page", "forbidden_address", send_to("http://169.254.169.254/latest/meta-data/")),
    "slow.example": ("page", "timed_out", Raw(_drip(), pause_seconds=1)),
    "busy.example": ("page", "http_error", Reply(status=429, headers=(("Retry-After", "0"),))),
    "closed.example": ("page", "http_error", Reply(status=503, headers=(("Retry-After", "9000"),))),
    "gone.example": ("page", "http_error", Reply(b"gone", status=410)),
    "film.example": ("page", "unsupported_format", Reply(b"\x89PNG\r\n\x1a\n" + bytes(200), content_type="image/png")),
    "blank.example": ("page", "empty", Reply(b"")),
}
"""Each fault on a host of its own, at /x."""


def put_faults(site: Site) -> dict[str, dict[str, list[str]]]:
    """Let each host with a fault answer as it does, and return what a sources file says of them."""
    sources = {}
    for host, (kind, _, answer) in FAULTS.items():
        site.put(f"http://{host}/x", answer)  # type: ignore[arg-type]  # all of them answer
        sources[host] = {f"{kind}s" if kind == "feed" else "urls": [f"http://{host}/x"]}
    return sources


def write_warc(path: Path, pages: Mapping[str, bytes]) -> Path:
    """Write pages as an archive and return its path."""
    content = b""
    for number, (url, page) in enumerate(pages.items()):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        content += gzip.compress(head.encode() + block + b"\r\n\r\n")
    path.write_bytes(content)
    return path
