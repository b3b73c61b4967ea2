"""Asking with patience: each host in its turn, and again where that may help, within what the host asks for."""

from http import HTTPStatus
from threading import Event

from httpx_retries import Retry

from flows.fetch.failures import FetchError, NoAnswerError, PassingError
from flows.fetch.hosts import Host, HostBook
from flows.fetch.limits import FetchLimits
from flows.fetch.wire import Answer, Question, Wire


class Asker:
    """What asks, for all threads of a run.

    How often, how long to wait between and what Retry-After means is said by httpx-retries; the waiting is ours, since
    it must end with the run and hold for every thread that asks the host. Asked again are questions without an answer,
    answers that broke off, and 429, 502, 503 and 504; not 500: a page that breaks its server breaks it again.

    Args:
        limits: How often and how long.
        wire: What exchanges.
        hosts: How each host is doing.
    """

    def __init__(self, limits: FetchLimits, wire: Wire, hosts: HostBook) -> None:
        self._limits = limits
        self._wire = wire
        self._hosts = hosts
        self._retry = Retry(
            total=limits.retry_count,
            backoff_factor=limits.backoff_seconds / 2,  # what it doubles before the first time already
            max_backoff_wait=limits.max_wait_seconds,
            backoff_jitter=0.5,
        )

    def ask(self, question: Question, stop: Event) -> Answer:
        """Return the last answer of a host.

        Raises:
            FetchError: There is none, or the host asks not to be asked.
            FetchInterruptedError: The stop was set.
        """
        host = self._hosts.get(question.url.host)
        retry = self._retry
        while True:
            try:
                answer = self._ask_once(question, host, stop)
            except PassingError as error:
                if retry.is_exhausted() or error.reason == "timed_out":
                    raise
                wait = None
            else:
                if not retry.is_retryable_status_code(answer.status):
                    return answer
                wait = self._read_wait(answer, host)
                if retry.is_exhausted():
                    return self._give_up(answer, host)
            retry = retry.increment()
            host.pause(retry.backoff_strategy() if wait is None else wait)

    def _ask_once(self, question: Question, host: Host, stop: Event) -> Answer:
        """Return an answer of a host, asked in its turn."""
        with host.take_turn(question.politeness, stop):
            try:
                answer = self._wire.exchange(question, stop)
            except FetchError as error:
                if isinstance(error, NoAnswerError) or error.reason == "timed_out":
                    host.note_silence(error)
                raise
            host.note_answer()
            return answer

    def _read_wait(self, answer: Answer, host: Host) -> float | None:
        """Return how long the host asks to wait, None when it does not say; close it when it asks for too long."""
        header = answer.headers.get("retry-after", "")
        try:
            seconds = self._retry.parse_retry_after(header)
        except ValueError:
            return None
        if seconds > self._limits.max_wait_seconds:
            error = FetchError("http_error", f"{answer.line}, asks to wait {seconds:,.0f} s")
            host.close(error)
            raise error
        return seconds

    def _give_up(self, answer: Answer, host: Host) -> Answer:
        """Return an answer that stayed the same; a host that still finds our requests too many is left in peace."""
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            host.close(FetchError("http_error", f"{answer.line}, {self._limits.retry_count + 1} times"))
        return answer
