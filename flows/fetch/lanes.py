"""Many requests at a time, few of them to one host.

The requests to one host stand in one queue, which is worked off by as many lanes as the host may be asked at a time. A
thread runs one lane after the other. The threads are daemons: when a run is given up while the system still looks for a
host or connects to it, which nothing can interrupt, nobody waits for it.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from queue import Empty, Full, Queue, SimpleQueue
from threading import Event, Thread
from typing import Final

from flows.errors import FetchInterruptedError
from flows.fetch.messages import FetchRequest, Outcome
from flows.fetch.watch import SLICE_SECONDS, check_wanted

_JOIN_SECONDS: Final = 1.0

Work = Callable[[FetchRequest], Outcome]
Result = tuple[FetchRequest, Outcome]
_Lane = deque[FetchRequest]


class _Ended:
    """A thread has ended.

    Attributes:
        error: What ended it before its time; None for nothing.
    """

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def run_lanes(
    requests: Iterable[FetchRequest],
    work: Work,
    stop: Event,
    *,
    find_lane: Callable[[str], str],
    lane_count: int,
) -> Iterator[Result]:
    """Yield what comes of each request, as soon as it is there.

    Args:
        requests: Taken whole before the first is sent.
        work: What makes an outcome of a request.
        stop: Ends all; is set when the iterator is closed.
        find_lane: URL -> what has lanes of its own.
        lane_count: Threads; as many outcomes at most wait to be taken.

    Raises:
        FetchInterruptedError: The stop was set by someone else.
    """
    lanes: SimpleQueue[_Lane] = SimpleQueue()
    for lane in _make_lanes(requests, find_lane):
        lanes.put(lane)
    results: Queue[Result | _Ended] = Queue(lane_count)
    count = min(lane_count, lanes.qsize())
    threads = [
        Thread(target=_run_thread, args=(lanes, work, results, stop), name=f"fetch-{number}", daemon=True)
        for number in range(count)
    ]
    try:
        for thread in threads:
            thread.start()
        yield from _take_results(results, stop, count)
    finally:
        stop.set()
        _join(threads)


def _make_lanes(requests: Iterable[FetchRequest], find_lane: Callable[[str], str]) -> list[_Lane]:
    """Return the queue of each host, as often as it may be asked at a time, the longest first: it takes longest."""
    queues: dict[str, _Lane] = {}
    for request in requests:
        queues.setdefault(find_lane(request.url), deque()).append(request)
    by_length = sorted(queues.values(), key=len, reverse=True)
    return [queue for queue in by_length for _ in range(min(queue[0].politeness.concurrency, len(queue)))]


def _run_thread(lanes: SimpleQueue[_Lane], work: Work, results: Queue[Result | _Ended], stop: Event) -> None:
    """Run one lane after the other until none is left."""
    error: BaseException | None = None
    try:
        while not stop.is_set():
            _run_lane(lanes.get_nowait(), work, results, stop)
    except (Empty, FetchInterruptedError):
        pass
    except BaseException as unexpected:  # noqa: BLE001 -- raised again where the results are taken
        error = unexpected
    _hand_over(results, _Ended(error), stop)


def _run_lane(lane: _Lane, work: Work, results: Queue[Result | _Ended], stop: Event) -> None:
    """Make outcomes of the requests in a queue that other threads work off too."""
    while not stop.is_set():
        try:
            request = lane.popleft()
        except IndexError:
            return
        _hand_over(results, (request, work(request)), stop)


def _hand_over(results: Queue[Result | _Ended], result: Result | _Ended, stop: Event) -> None:
    """Wait until there is room for a result, or nobody wants it any more."""
    while not stop.is_set():
        with suppress(Full):
            results.put(result, timeout=SLICE_SECONDS)
            return


def _take_results(results: Queue[Result | _Ended], stop: Event, thread_count: int) -> Iterator[Result]:
    """Yield results until all threads have ended."""
    while thread_count > 0:
        try:
            result = results.get(timeout=SLICE_SECONDS)
        except Empty:
            check_wanted(stop)
            continue
        if not isinstance(result, _Ended):
            yield result
        elif result.error is not None:
            raise result.error
        else:
            thread_count -= 1


def _join(threads: list[Thread]) -> None:
    """Wait a moment for threads to end."""
    ends_at = time.monotonic() + _JOIN_SECONDS
    for thread in threads:
        if thread.is_alive():
            thread.join(max(0.0, ends_at - time.monotonic()))
