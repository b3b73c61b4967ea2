"""What is asked of a server and what comes of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

USER_AGENT: Final = "Dateline/{version} (+https://github.com/dateline/dateline)"
"""Who we say we are, where no source says otherwise; the product name, "Dateline", is what robots.txt is asked for."""


@dataclass(frozen=True, kw_only=True)
class Politeness:
    """How a host is treated.

    Attributes:
        delay_seconds: Between the starts of two requests to one host; a longer Crawl-delay of its robots.txt counts.
        concurrency: Requests under way at one host at a time.
        obeys_robots: Whether robots.txt is asked for and obeyed.
        allows_private: Whether addresses that are not public (private, loopback, link-local) may be asked.
        user_agent: The User-Agent header; None for Dateline's own.

    Raises:
        ValueError: A delay below 0, or a concurrency below 1.
    """

    delay_seconds: float = 1.0
    concurrency: int = 1
    obeys_robots: bool = True
    allows_private: bool = False
    user_agent: str | None = None

    def __post_init__(self) -> None:
        if not self.delay_seconds >= 0 or self.concurrency < 1:
            raise ValueError(f"delay_seconds is {self.delay_seconds}, concurrency {self.concurrency}")


@dataclass(frozen=True, kw_only=True)
class FetchRequest:
    """A page to ask for.

    Attributes:
        url: Of http or https; anything else fails with bad_url.
        politeness: How its host is treated.
        etag: What the server gave with the copy we have; None without one.
        last_modified: The same.
    """

    url: str
    politeness: Politeness = Politeness()
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """An answer with content.

    Attributes:
        url: As it was asked for.
        final_url: Where the content was in the end.
        redirects: The addresses on the way there, the first and the last left out.
        content_type: The header, "" when there was none.
        etag: For the next time.
        last_modified: The same.
        fetched_at: When the answer began, UTC.
        body: The content, its content coding undone.
    """

    url: str
    final_url: str
    redirects: tuple[str, ...]
    content_type: str
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Unmodified:
    """The server says that the copy we have is the newest (304).

    Attributes:
        url: As it was asked for.
        fetched_at: When it said so, UTC.
    """

    url: str
    fetched_at: datetime


@dataclass(frozen=True, kw_only=True)
class Failure:
    """There is no content.

    Attributes:
        url: As it was asked for.
        reason: A key of ``transforms.rejects.REASONS``.
        detail: What happened.
        fetched_at: When, UTC.
        is_final: Whether asking again is of no use (404, 410, robots.txt): the address is not asked for again.
    """

    url: str
    reason: str
    detail: str
    fetched_at: datetime
    is_final: bool


Outcome = Fetched | Unmodified | Failure
