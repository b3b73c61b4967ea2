"""robots.txt: what a site asks not to fetch, after RFC 9309 (https://www.rfc-editor.org/rfc/rfc9309)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Event, Lock
from typing import Final

import httpx
from protego import Protego

from flows.fetch.failures import FetchError, ForbiddenAddressError
from flows.fetch.messages import USER_AGENT, Politeness
from flows.fetch.urls import find_origin

MAX_BYTE_COUNT: Final = 500 * 1024
"""What of a robots.txt is read: the least that RFC 9309, section 2.5, allows."""

MAX_REDIRECT_COUNT: Final = 5
"""RFC 9309, section 2.3.1.2."""

MAX_CRAWL_DELAY_SECONDS: Final = 60.0
"""Longer ones are not meant for a reader of news: at 60 s a front page takes half an hour already."""

_KEPT_REASONS: Final = frozenset({"unreachable", "forbidden_address"})

ReadRobots = Callable[[httpx.URL, Politeness, Event], tuple[int, bytes]]
"""Address of a robots.txt -> status and content, redirects followed; raises FetchError."""


@dataclass(frozen=True)
class Robots:
    """What one site asks for.

    Attributes:
        rules: The file; None when it cannot be had.
        failure: Why it cannot.
    """

    rules: Protego | None
    failure: FetchError | None = None

    def check(self, url: httpx.URL, politeness: Politeness) -> None:
        """Do nothing when an address may be fetched.

        Raises:
            FetchError: robots_denied: final when it may not, passing when nobody knows; unreachable,
                forbidden_address: as the robots.txt was.
        """
        if self.failure is not None:
            raise FetchError(self.failure.reason, self.failure.detail)
        token = find_product_token(politeness)
        if self.rules is not None and not self.rules.can_fetch(str(url), token):
            raise FetchError("robots_denied", f"not for {token}: {url}", is_final=True)

    def find_delay(self, politeness: Politeness) -> float:
        """Return the Crawl-delay in seconds, 0 without one."""
        delay = None if self.rules is None else self.rules.crawl_delay(find_product_token(politeness))
        return 0.0 if delay is None else min(delay, MAX_CRAWL_DELAY_SECONDS)

    def list_sitemaps(self) -> tuple[str, ...]:
        """Return the sitemaps it names, as they stand there."""
        return () if self.rules is None else tuple(dict.fromkeys(self.rules.sitemaps))


@dataclass
class _Entry:
    """The robots.txt of one site, asked for by one thread at a time."""

    lock: Lock = field(default_factory=Lock)
    robots: Robots | None = None


class RobotsBook:
    """The robots.txt of all sites of a run, each asked for once.

    Args:
        read: What asks for it.
    """

    def __init__(self, read: ReadRobots) -> None:
        self._read = read
        self._lock = Lock()
        self._entries: defaultdict[tuple[str, bool], _Entry] = defaultdict(_Entry)

    def get(self, url: httpx.URL, politeness: Politeness, stop: Event) -> Robots:
        """Return what the site of an address asks for.

        Raises:
            FetchInterruptedError: The stop was set.
        """
        origin = find_origin(url)
        with self._lock:
            entry = self._entries[origin, politeness.allows_private]
        with entry.lock:
            if entry.robots is None:
                entry.robots = self._fetch(httpx.URL(origin).join("/robots.txt"), politeness, stop)
            return entry.robots

    def _fetch(self, url: httpx.URL, politeness: Politeness, stop: Event) -> Robots:
        """Return what a robots.txt asks for, whatever comes."""
        try:
            status, content = self._read(url, politeness, stop)
        except FetchError as error:
            if error.reason == "redirect_loop":  # as if there were none: RFC 9309, section 2.3.1.2
                return Robots(parse_robots(b""))
            return Robots(None, _name_failure(error))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Robots(None, FetchError("robots_denied", f"nobody knows: {url} has status {status}"))
        return Robots(parse_robots(content if status == HTTPStatus.OK else b""))


def parse_robots(content: bytes) -> Protego:
    """Return the rules of a robots.txt; lines that are none, and whole files that are none, say nothing."""
    return Protego.parse(content.decode("utf-8-sig", "replace"))


def find_product_token(politeness: Politeness) -> str:
    """Return the name robots.txt knows us by: the User-Agent up to its version (RFC 9309, section 2.2.1).

    Examples:
        >>> find_product_token(Politeness())
        'Dateline'
    """
    words = (politeness.user_agent or USER_AGENT).replace("/", " ").split()
    return words[0] if words else "*"


def _name_failure(error: FetchError) -> FetchError:
    """Return why the pages of a site cannot be had when its robots.txt cannot.

    A host that is down or private is just that for its pages too; anything else might hide a denial.
    """
    if isinstance(error, ForbiddenAddressError) or error.reason in _KEPT_REASONS:
        return error
    return FetchError("robots_denied", f"nobody knows: robots.txt: {error}")
