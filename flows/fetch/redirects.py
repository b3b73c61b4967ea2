"""Where an answer sends on to, and when to stop going there."""

from http import HTTPStatus
from typing import Final

import httpx

from flows.fetch.failures import FetchError
from flows.fetch.urls import join_url
from flows.fetch.wire import Answer

MAX_REDIRECT_COUNT: Final = 10

_STATUSES: Final = frozenset(
    {
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    }
)


def find_next(answer: Answer) -> httpx.URL | None:
    """Return where an answer sends on to; None when it does not.

    Raises:
        FetchError: bad_url: to where nothing can be fetched.
    """
    location = answer.headers.get("location")
    return join_url(answer.url, location) if answer.status in _STATUSES and location else None


class Trail:
    """The way from the address that was asked for.

    Attributes:
        urls: All addresses on it, from the first to where it is now.

    Args:
        url: The first.
        limit: How far it may go on.
    """

    def __init__(self, url: httpx.URL, limit: int = MAX_REDIRECT_COUNT) -> None:
        self.urls = [url]
        self._limit = limit

    def go_on(self, url: httpx.URL) -> None:
        """Take the next step.

        Raises:
            FetchError: redirect_loop.
        """
        if url in self.urls:
            raise FetchError("redirect_loop", f"back to {url} after {len(self.urls)} steps")
        if len(self.urls) > self._limit:
            raise FetchError("redirect_loop", f"still sent on after {self._limit} steps, to {url}")
        self.urls.append(url)
