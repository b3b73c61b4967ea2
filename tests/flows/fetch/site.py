"""Web sites on 127.0.0.1 for tests: many hosts at one port, each answer and each fault put there by the test.

    with Site() as site, site.make_fetcher() as fetcher:
        site.put("http://news.example/a", Reply(b"<p>Rain fell."))
        fetcher.fetch(FetchRequest(url="http://news.example/a"))
        site.log[-1].headers["user-agent"]

Every name under .example has a public address of its own, all of which lead here; so the guard is in force, and nothing
but this process is ever connected to. A program of its own asks ``site.local_url`` instead, and may ask private
addresses; what is put under that is found there.
"""

import itertools
import socket
import socketserver
import ssl
import struct
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import httpcore

from flows.fetch.client import Fetcher
from flows.fetch.limits import FetchLimits
from flows.fetch.messages import FetchRequest, Politeness

TLS_FOLDER = Path(__file__).with_name("tls")
"""A certificate for secure.example and other.example, good until 2126, the only one that fetchers made here trust."""

HURRY = Politeness(delay_seconds=0)
BLIND = Politeness(delay_seconds=0, obeys_robots=False)

_RESET_AT_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Seen:
    """A request that came.

    Attributes:
        at: When, on the monotonic clock.
        url: Of the Host header and the request line.
        headers: Names in lower case.
        connection: Which connection it came by.
    """

    at: float
    url: str
    headers: dict[str, str]
    connection: int


class Link:
    """The server's end of a connection."""

    def __init__(self, connection: socket.socket, stop: threading.Event) -> None:
        self.connection = connection
        self.stop = stop

    def send(self, content: bytes) -> None:
        """Send bytes."""
        self.connection.sendall(content)

    def pause(self, seconds: float) -> None:
        """Do nothing for so long, or until the site is closed."""
        self.stop.wait(seconds)

    def reset(self) -> None:
        """Break the connection off without a word."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)


class Answering(Protocol):
    """What answers a request."""

    def answer(self, seen: Seen, link: Link) -> bool:
        """Send an answer and return whether the connection stays."""


@dataclass(frozen=True)
class Reply:
    """A well-formed answer; 304 when the request has its validator.

    Attributes:
        body: All of it.
        status: The code.
        headers: Beside the content's length and type.
        content_type: The header; "" for none.
        etag: The header; "" for none.
        last_modified: The header; "" for none.
        pause_seconds: Before the answer.
    """

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "text/html; charset=utf-8"
    etag: str = ""
    last_modified: str = ""
    pause_seconds: float = 0

    def answer(self, seen: Seen, link: Link) -> bool:
        """Send it."""
        link.pause(self.pause_seconds)
        known = (seen.headers.get("if-none-match"), seen.headers.get("if-modified-since"))
        is_known = bool(self.etag and known[0] == self.etag) or bool(
            self.last_modified and known[1] == self.last_modified
        )
        status, body = (304, b"") if is_known else (self.status, self.body)
        length = () if is_known else (("Content-Length", str(len(body))),)
        named = (("Content-Type", self.content_type), ("ETag", self.etag), ("Last-Modified", self.last_modified))
        lines = [f"{name}: {value}\r\n" for name, value in (*named, *length, *self.headers) if value]
        head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{''.join(lines)}\r\n"
        link.send(head.encode("latin-1") + body)
        return True


@dataclass(frozen=True)
class Raw:
    """Bytes that are sent as they are.

    Attributes:
        pieces: One after the other.
        pause_seconds: Between two of them.
        is_reset: Whether the connection is broken off after, or else closed.
        is_kept: Whether it is kept open instead.
    """

    pieces: Iterable[bytes]
    pause_seconds: float = 0
    is_reset: bool = False
    is_kept: bool = False

    def answer(self, seen: Seen, link: Link) -> bool:  # noqa: ARG002 -- the same whatever is asked
        """Send them."""
        for piece in self.pieces:
            link.send(piece)
            if self.pause_seconds:
                link.pause(self.pause_seconds)
            if link.stop.is_set():
                break
        if self.is_reset:
            link.reset()
        return self.is_kept


class Turns:
    """One answer after the other, the last for good."""

    def __init__(self, *answers: Answering) -> None:
        self._answers = list(answers)
        self._lock = threading.Lock()

    def answer(self, seen: Seen, link: Link) -> bool:
        """Send the next."""
        with self._lock:
            answering = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return answering.answer(seen, link)


def send_to(url: str, status: int = 302) -> Reply:
    """Return an answer that sends on to an address."""
    return Reply(status=status, headers=(("Location", url),))


class Site:
    """All hosts, while the block lasts.

    Attributes:
        log: The requests that came, in their order.
        addresses: Host -> its addresses; made up at the first look-up of a name under .example.
        down: Hosts that take no connection.
        lookups: How often each name was looked up.
        connected: The addresses that were connected to.
    """

    def __init__(self, *, tls: bool = False) -> None:
        self.log: list[Seen] = []
        self.addresses: dict[str, list[str]] = {}
        self.down: set[str] = set()
        self.lookups: Counter[str] = Counter()
        self.connected: list[str] = []
        self.stop = threading.Event()
        self.context = _make_context() if tls else None
        self._routes: dict[str, Answering] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._server = _Server(self)
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop.set()
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()

    @property
    def local_url(self) -> str:
        """Where a program of its own finds what is put under it: no slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def put(self, url: str, answer: Answering) -> None:
        """Let a request of an address have an answer from now on; others have 404."""
        self._routes[url] = answer

    def drop(self, url: str) -> None:
        """Let there be nothing at an address any more."""
        del self._routes[url]

    def list_urls(self) -> list[str]:
        """Return the addresses that were asked for, robots.txt left out."""
        return [seen.url for seen in list(self.log) if not seen.url.endswith("/robots.txt")]

    def make_fetcher(self, **limits: Any) -> Fetcher:
        """Return a fetcher that finds these hosts and no others, and waits for nothing long."""
        quick = {"backoff_seconds": 0.01, "deadline_seconds": 5, "silence_seconds": 2, "max_wait_seconds": 2}
        return Fetcher(
            FetchLimits(**(quick | limits)), resolve=self.resolve, backend=SiteBackend(self), context=make_trust()
        )

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host; what is no name under .example is looked up as ever."""
        self.lookups[host] += 1
        with self._lock:
            if host.endswith(".example") and host not in self.addresses:
                self.addresses[host] = [f"198.41.0.{next(self._numbers)}"]
        if host in self.addresses:
            return self.addresses[host]
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except UnicodeError as error:
            raise OSError(str(error)) from error
        return [str(address[0]) for *_, address in found]

    def find_host(self, address: str) -> str | None:
        """Return whose address this is."""
        return next((host for host, known in self.addresses.items() if address in known), None)

    def find(self, url: str) -> Answering:
        """Return what answers a request of an address."""
        return self._routes.get(url, Reply(b"nothing here", status=404))


@dataclass
class SiteBackend(httpcore.SyncBackend):
    """What connects to a site: every address that it knows is here, and no other can be connected to."""

    site: Site

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the site."""
        self.site.connected.append(host)
        name = self.site.find_host(host)
        is_local = (host, port) == ("127.0.0.1", self.site.port)
        if name in self.site.down or (name is None and not is_local):
            raise httpcore.ConnectError("[Errno 111] Connection refused")
        return super().connect_tcp("127.0.0.1", self.site.port, timeout, local_address, socket_options)


class _Server(socketserver.ThreadingTCPServer):
    """The listening end."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, site: Site) -> None:
        self.site = site
        self.connections: dict[int, socket.socket] = {}
        self.numbers = itertools.count(1)
        super().__init__(("127.0.0.1", 0), _Handler)

    def end_connections(self) -> None:
        """Let all handlers come to an end."""
        for connection in list(self.connections.values()):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(socketserver.BaseRequestHandler):
    """One connection."""

    request: socket.socket
    server: _Server

    def handle(self) -> None:
        """Answer requests until the connection ends, whoever ends it."""
        number = next(self.server.numbers)
        self.server.connections[number] = self.request
        try:
            with suppress(OSError):
                self._handle(number)
        finally:
            del self.server.connections[number]

    def _handle(self, number: int) -> None:
        """Answer requests until the connection ends."""
        site = self.server.site
        if site.context is not None:
            self.request = site.context.wrap_socket(self.request, server_side=True)
        link = Link(self.request, site.stop)
        with self.request.makefile("rb") as file:
            while (seen := _read_request(file, number, "http" if site.context is None else "https")) is not None:
                site.log.append(seen)
                if not site.find(seen.url).answer(seen, link):
                    break
        with suppress(OSError):
            self.request.close()


def _read_request(file: Any, number: int, scheme: str) -> Seen | None:
    """Return the next request, None when there is none."""
    start = file.readline().decode("latin-1").split()
    if not start:
        return None
    headers: dict[str, str] = {}
    while line := file.readline().decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Seen(time.monotonic(), f"{scheme}://{headers['host']}{start[1]}", headers, number)


@cache
def make_trust() -> ssl.SSLContext:
    """Return what fetchers check certificates with; the usual one takes longer to make than most tests."""
    return ssl.create_default_context(cafile=TLS_FOLDER / "certificate.pem")


def _make_context() -> ssl.SSLContext:
    """Return what the site speaks TLS with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS_FOLDER / "certificate.pem", TLS_FOLDER / "key.pem")
    return context


def request(url: str, politeness: Politeness = HURRY, **more: Any) -> FetchRequest:
    """Return a request that waits for nothing."""
    return FetchRequest(url=url, politeness=politeness, **more)


@dataclass
class Recorder:
    """What was under way at a time, for tests of overlap.

    Attributes:
        seconds: How long each answer takes.
        most: The most that were under way at once, by host.
    """

    seconds: float
    most: Counter[str] = field(default_factory=Counter)
    _now: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, seen: Seen, link: Link) -> bool:
        """Answer after a while, and count."""
        host = seen.headers["host"]
        with self._lock:
            self._now[host] += 1
            self.most[host] = max(self.most[host], self._now[host])
        link.pause(self.seconds)
        with self._lock:
            self._now[host] -= 1
        return Reply(seen.url.encode()).answer(seen, link)
