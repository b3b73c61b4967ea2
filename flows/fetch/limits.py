"""How long and how much a fetch may take, whatever the server does."""

from dataclasses import dataclass

from flows.settings import Settings


@dataclass(frozen=True, kw_only=True)
class FetchLimits:
    """What one run allows each server.

    Attributes:
        deadline_seconds: From the first packet of an exchange to the last byte of its answer.
        connect_seconds: For each address of a host to take the connection.
        silence_seconds: Without a byte, within an exchange.
        max_bytes: Of a body, its content coding undone.
        max_wait_seconds: A host that asks for a longer wait (Retry-After) is not asked again in this run.
        retry_count: How often a question that got no answer, or a passing error, is asked again.
        backoff_seconds: Before the first time; doubled each time after.
        lane_count: Requests under way at a time, all hosts together.
    """

    deadline_seconds: float = 60
    connect_seconds: float = 10
    silence_seconds: float = 20
    max_bytes: int = 32 * 1024 * 1024
    max_wait_seconds: float = 60
    retry_count: int = 2
    backoff_seconds: float = 1
    lane_count: int = 16


def make_limits(settings: Settings) -> FetchLimits:
    """Return the limits that the settings ask for."""
    return FetchLimits(
        deadline_seconds=settings.fetch_deadline_seconds,
        max_bytes=settings.max_document_bytes,
        max_wait_seconds=settings.fetch_max_wait_seconds,
        retry_count=settings.fetch_retry_count,
    )
