"""One exchange: a question sent, an answer read, and what went wrong named.

It stands on httpcore's pool rather than on ``httpx.Client``: what a client adds (cookies kept, logins from ~/.netrc,
proxies from the environment, redirects followed) is what must not happen here. Proxies of the environment are not used:
a proxy resolves names itself, out of sight of the guard.
"""

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from threading import Event
from types import TracebackType
from typing import Final, Self

import httpcore
import httpx

from flows.fetch.addresses import Resolve
from flows.fetch.failures import FetchError, NoAnswerError, PassingError
from flows.fetch.guard import GuardedBackend
from flows.fetch.limits import FetchLimits
from flows.fetch.messages import Politeness
from flows.fetch.watch import watching

OK: Final = 200

_KEEPALIVE_SECONDS: Final = 5.0  # what httpx keeps an idle connection for
_SHOWN_CHAR_COUNT: Final = 200
_CUT_SHORT: Final = "peer closed connection"  # how h11 begins what it says of a body that ends early

ReadBody = Callable[[Iterable[bytes], httpx.Headers], bytes]
"""What makes a body of the pieces of an answer with status 200."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked in one exchange.

    Attributes:
        url: As ``urls.parse_url`` gives it.
        politeness: How its host is treated.
        headers: All but Host.
        read: What to do with the body.
    """

    url: httpx.URL
    politeness: Politeness
    headers: tuple[tuple[bytes, bytes], ...]
    read: ReadBody


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server said.

    Attributes:
        url: Of the question.
        status: The code.
        phrase: The words beside it.
        headers: All.
        began_at: When it began, UTC.
        body: What ``Question.read`` made of it; empty when the status is not 200.
    """

    url: httpx.URL
    status: int
    phrase: str
    headers: httpx.Headers
    began_at: datetime
    body: bytes = b""

    @property
    def line(self) -> str:
        """The status for a person: "404 Not Found"."""
        return f"{self.status} {self.phrase}".strip()


class Wire:
    """The connections of a run; any thread may exchange.

    Args:
        limits: How long an exchange may take.
        resolve: Where hosts are.
        backend: What connects to an address.
        context: Whose certificates count.
    """

    def __init__(
        self, limits: FetchLimits, resolve: Resolve, backend: httpcore.NetworkBackend, context: ssl.SSLContext
    ) -> None:
        self._limits = limits
        # A connection made for a source that may ask private addresses must not serve one that may not.
        guards = [GuardedBackend(resolve, backend, allows_private=allows_private) for allows_private in (False, True)]
        self._public, self._private = (_make_pool(limits, guard, context) for guard in guards)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._public.close()
        self._private.close()

    def exchange(self, question: Question, stop: Event) -> Answer:
        """Ask once.

        Raises:
            NoAnswerError: unreachable, timed_out: not even the head of an answer came.
            PassingError: truncated, http_error: the answer broke off or is not HTTP.
            FetchError: Everything else.
            FetchInterruptedError: The stop was set.
        """
        with watching(stop, self._limits.deadline_seconds):
            with _naming_missing_answer():
                response = self._send(question)
            try:
                return _read_answer(question, response)
            finally:
                response.close()

    def _send(self, question: Question) -> httpcore.Response:
        """Send a question and return the answer, its body unread."""
        url, limits = question.url, self._limits
        timeouts = {"connect": limits.connect_seconds, "read": limits.silence_seconds, "write": limits.silence_seconds}
        request = httpcore.Request(
            method=b"GET",
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=[(b"Host", url.netloc), *question.headers],
            extensions={"timeout": timeouts},
        )
        pool = self._private if question.politeness.allows_private else self._public
        return pool.handle_request(request)


def _make_pool(limits: FetchLimits, backend: GuardedBackend, context: ssl.SSLContext) -> httpcore.ConnectionPool:
    """Return a pool without connections."""
    return httpcore.ConnectionPool(
        ssl_context=context,
        max_connections=None,  # Host counts them
        max_keepalive_connections=limits.lane_count,
        keepalive_expiry=_KEEPALIVE_SECONDS,
        network_backend=backend,
    )


def _read_answer(question: Question, response: httpcore.Response) -> Answer:
    """Return an answer with its body, if it has one that counts."""
    headers = httpx.Headers(response.headers)
    phrase = response.extensions.get("reason_phrase", b"")
    answer = Answer(
        url=question.url,
        status=response.status,
        phrase=phrase.decode("ascii", "replace")[:_SHOWN_CHAR_COUNT],
        headers=headers,
        began_at=datetime.now(UTC),
    )
    pieces = _iterate_body(response)
    if answer.status == OK:
        return replace(answer, body=question.read(pieces, headers))
    if answer.status == HTTPStatus.NOT_MODIFIED or headers.get("content-length") == "0":
        list(pieces)  # so that the connection can be used again
    return answer


def _iterate_body(response: httpcore.Response) -> Iterator[bytes]:
    """Yield the pieces of a body as they come."""
    count = 0
    with _naming_broken_body(lambda: count):
        for piece in response.iter_stream():
            count += len(piece)
            yield piece


@contextmanager
def _naming_missing_answer() -> Iterator[None]:
    """Name what goes wrong before there is an answer."""
    try:
        yield
    except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.NetworkError) as error:
        raise NoAnswerError("unreachable", _describe(error)) from error
    except httpcore.TimeoutException as error:
        raise NoAnswerError("timed_out", _describe(error)) from error
    except httpcore.RemoteProtocolError as error:
        if "disconnected" in str(error):
            raise NoAnswerError("unreachable", _describe(error)) from error
        raise PassingError("http_error", f"the answer is not HTTP: {_describe(error)}") from error
    except httpcore.LocalProtocolError as error:
        raise FetchError("bad_url", f"cannot be asked for: {_describe(error)}") from error


@contextmanager
def _naming_broken_body(count: Callable[[], int]) -> Iterator[None]:
    """Name what goes wrong while a body is read."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchError("timed_out", f"{_describe(error)}; {count():,} bytes came") from error
    except httpcore.NetworkError as error:
        raise PassingError("truncated", f"{_describe(error)}; {count():,} bytes came") from error
    except httpcore.RemoteProtocolError as error:
        if str(error).startswith(_CUT_SHORT):
            raise PassingError("truncated", _describe(error)) from error
        raise FetchError("bad_encoding", f"not the transfer coding it says: {_describe(error)}") from error


def _describe(error: Exception) -> str:
    """Return what an error says, or its name when it says nothing."""
    return " ".join(str(error).split())[:_SHOWN_CHAR_COUNT] or type(error).__name__
