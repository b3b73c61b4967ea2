"""Fetching pages: one run's connections, turns and robots.txt files."""

import ssl
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from threading import Event, Lock
from types import TracebackType
from typing import Final, Self

import httpcore
import httpx

from flows import __version__
from flows.fetch.addresses import Resolve, resolve_host
from flows.fetch.asker import Asker
from flows.fetch.body import ACCEPT_ENCODING, check_media_type, read_body, read_start
from flows.fetch.failures import FetchError
from flows.fetch.hosts import HostBook
from flows.fetch.lanes import run_lanes
from flows.fetch.limits import FetchLimits
from flows.fetch.messages import USER_AGENT, Failure, Fetched, FetchRequest, Outcome, Politeness, Unmodified
from flows.fetch.redirects import Trail, find_next
from flows.fetch.robots import MAX_BYTE_COUNT, MAX_REDIRECT_COUNT, RobotsBook
from flows.fetch.urls import find_host, parse_url
from flows.fetch.wire import OK, Answer, Question, Wire

_ACCEPT: Final = b"text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
_GONE_STATUSES: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class Fetcher:
    """What fetches, for one run: turns, hosts that are down and robots.txt files are remembered until it is closed.

    Args:
        limits: How long and how much.
        resolve: Where hosts are.
        backend: What connects to an address.
        context: Whose certificates count; None for the usual authorities, or those of SSL_CERT_FILE.
    """

    def __init__(
        self,
        limits: FetchLimits | None = None,
        *,
        resolve: Resolve = resolve_host,
        backend: httpcore.NetworkBackend | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._limits = FetchLimits() if limits is None else limits
        self._hosts = HostBook()
        self._closer = ExitStack()
        wire = Wire(self._limits, resolve, backend or httpcore.SyncBackend(), context or httpx.create_ssl_context())
        self._asker = Asker(self._limits, self._closer.enter_context(wire), self._hosts)
        self._robots = RobotsBook(self._read_robots)
        self._lock = Lock()
        self._stops: set[Event] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End what is under way, and all connections."""
        with self._lock:
            for stop in self._stops:
                stop.set()
        self._closer.close()

    def fetch(self, request: FetchRequest) -> Outcome:
        """Return what comes of a request; whatever a server does, it is an outcome.

        Raises:
            FetchInterruptedError: The fetcher was closed meanwhile.
        """
        with self._stoppable() as stop:
            return self._fetch(request, stop)

    def fetch_all(self, requests: Iterable[FetchRequest]) -> Generator[tuple[FetchRequest, Outcome], None, None]:
        """Yield what comes of each request, as soon as it is there.

        All requests are taken before the first is sent: to ask many hosts at a time, all hosts must be known. No more
        than a few outcomes wait to be taken. When the iterator is closed, what is under way ends.

        Raises:
            FetchInterruptedError: The fetcher was closed meanwhile.
        """
        with self._stoppable() as stop:
            yield from run_lanes(
                requests, partial(self._fetch, stop=stop), stop, find_lane=find_host, lane_count=self._limits.lane_count
            )

    def list_sitemaps(self, url: str, politeness: Politeness) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt of a site names, as they stand there; none when it cannot be had.

        Raises:
            FetchError: bad_url.
            FetchInterruptedError: The fetcher was closed meanwhile.
        """
        with self._stoppable() as stop:
            return self._robots.get(parse_url(url), politeness, stop).list_sitemaps()

    @contextmanager
    def _stoppable(self) -> Iterator[Event]:
        """Hand out an event that is set when the fetcher is closed."""
        stop = Event()
        with self._lock:
            self._stops.add(stop)
        try:
            yield stop
        finally:
            with self._lock:
                self._stops.discard(stop)

    def _fetch(self, request: FetchRequest, stop: Event) -> Outcome:
        """Return what comes of a request."""
        try:
            return self._follow(request, stop)
        except FetchError as error:
            return Failure(
                url=request.url,
                reason=error.reason,
                detail=error.detail,
                fetched_at=datetime.now(UTC),
                is_final=error.is_final,
            )

    def _follow(self, request: FetchRequest, stop: Event) -> Outcome:
        """Return what is at the end of the redirects."""
        trail = Trail(parse_url(request.url))
        while True:
            answer = self._visit(trail.urls[-1], request, stop)
            following = find_next(answer)
            if following is None:
                return _judge(request, trail, answer)
            trail.go_on(following)

    def _visit(self, url: httpx.URL, request: FetchRequest, stop: Event) -> Answer:
        """Return the answer of one address, if its robots.txt lets us ask."""
        politeness = request.politeness
        host = self._hosts.get(url.host)
        host.check_open()
        if politeness.obeys_robots:
            robots = self._robots.get(url, politeness, stop)
            robots.check(url, politeness)
            host.slow_down(robots.find_delay(politeness))
        headers = (*_make_headers(politeness), *_make_conditions(request))
        read = partial(_read_page, limit=self._limits.max_bytes)
        return self._asker.ask(Question(url=url, politeness=politeness, headers=headers, read=read), stop)

    def _read_robots(self, url: httpx.URL, politeness: Politeness, stop: Event) -> tuple[int, bytes]:
        """Return status and content of a robots.txt, redirects followed."""
        trail = Trail(url, MAX_REDIRECT_COUNT)
        read = partial(read_start, byte_count=MAX_BYTE_COUNT)
        while True:
            question = Question(url=trail.urls[-1], politeness=politeness, headers=_make_headers(politeness), read=read)
            answer = self._asker.ask(question, stop)
            following = find_next(answer)
            if following is None:
                return answer.status, answer.body
            trail.go_on(following)


def _read_page(pieces: Iterable[bytes], headers: httpx.Headers, limit: int) -> bytes:
    """Return the body of a page, unless it is of a kind that is of no use."""
    check_media_type(headers.get("content-type", ""))
    return read_body(pieces, headers, limit)


def _make_headers(politeness: Politeness) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers of each question."""
    agent = USER_AGENT.format(version=__version__) if politeness.user_agent is None else politeness.user_agent
    return (
        (b"User-Agent", agent.encode()),
        (b"Accept", _ACCEPT),
        (b"Accept-Encoding", ACCEPT_ENCODING.encode()),
    )


def _make_conditions(request: FetchRequest) -> tuple[tuple[bytes, bytes], ...]:
    """Return the headers that ask for what is newer than what we have (RFC 9110, section 13.1).

    They go along to each address of a redirect: the validators are those of the last one.
    """
    pairs = ((b"If-None-Match", request.etag), (b"If-Modified-Since", request.last_modified))
    return tuple((name, value.encode()) for name, value in pairs if value is not None and _is_plain(value))


def _judge(request: FetchRequest, trail: Trail, answer: Answer) -> Outcome:
    """Return what an answer that is not a redirect means.

    Raises:
        FetchError: http_error; final when the page is gone.
    """
    if answer.status == HTTPStatus.NOT_MODIFIED and _make_conditions(request):
        return Unmodified(url=request.url, fetched_at=answer.began_at)
    if answer.status != OK:
        raise FetchError("http_error", answer.line, is_final=answer.status in _GONE_STATUSES)
    return Fetched(
        url=request.url,
        final_url=str(answer.url),
        redirects=tuple(map(str, trail.urls[1:-1])),
        content_type=answer.headers.get("content-type", ""),
        etag=_find_plain(answer.headers, "etag"),
        last_modified=_find_plain(answer.headers, "last-modified"),
        fetched_at=answer.began_at,
        body=answer.body,
    )


def _find_plain(headers: httpx.Headers, name: str) -> str | None:
    """Return a header that can be sent back later, None without one."""
    value = headers.get(name)
    return value if value is not None and _is_plain(value) else None


def _is_plain(value: str) -> bool:
    """Return whether a text can be a header."""
    return value != "" and value.isascii() and value.isprintable()
