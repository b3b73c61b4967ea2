"""Many at a time: the pace of each host, overlap where it is allowed, no mixing, and a quick end."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise

import pytest

from flows.errors import FetchInterruptedError
from flows.fetch.messages import Fetched, FetchRequest, Outcome, Politeness
from tests.flows.fetch.site import BLIND, Raw, Recorder, Reply, Site, request, send_to

SLOW = Raw([b"HTTP/1.1 200 OK\r\n\r\n", b"x"], pause_seconds=60)


def list_threads() -> list[threading.Thread]:
    """Return the threads that fetch."""
    return [thread for thread in threading.enumerate() if thread.name.startswith("fetch-")]


def blind(delay: float, concurrency: int = 1) -> Politeness:
    """Return a politeness without robots.txt."""
    return Politeness(delay_seconds=delay, concurrency=concurrency, obeys_robots=False)


def make_requests(hosts: int, pages: int, politeness: Politeness = BLIND) -> list[FetchRequest]:
    """Return requests for pages of some hosts, the hosts in turn."""
    return [request(f"http://h{host}.example/{page}", politeness) for page in range(pages) for host in range(hosts)]


def find_gaps(site: Site) -> list[float]:
    """Return the seconds between two requests to one host."""
    moments = defaultdict(list)
    for seen in site.log:
        moments[seen.headers["host"]].append(seen.at)
    return [after - before for times in moments.values() for before, after in pairwise(times)]


def test_the_pace_of_each_host_is_kept_also_from_call_to_call() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        requests = make_requests(3, 3, blind(0.2))
        assert len(list(fetcher.fetch_all(requests))) == 9
        assert len(list(fetcher.fetch_all(requests[:3]))) == 3
        fetcher.fetch(requests[0])
        gaps = find_gaps(site)
    assert len(gaps) == 10
    assert min(gaps) > 0.1


def test_ports_and_schemes_of_a_host_share_its_pace() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        urls = ["http://h.example/", "http://h.example:8080/", "http://H.example.:81/"]
        list(fetcher.fetch_all([request(url, blind(0.2)) for url in urls]))
        moments = [seen.at for seen in site.log]
    assert all(after - before > 0.1 for before, after in pairwise(moments))


def test_the_pace_is_kept_with_two_at_a_time() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        list(fetcher.fetch_all(make_requests(1, 6, blind(0.1, concurrency=2))))
        gaps = find_gaps(site)
    assert len(gaps) == 5
    assert sum(gaps) > 0.35  # 0.5; two at a time would take half, and one gap alone may be short on a busy machine


@pytest.mark.parametrize("concurrency", [1, 2])
def test_as_many_are_under_way_at_a_host_as_may_be(concurrency: int) -> None:
    recorder = Recorder(seconds=0.2)
    with Site() as site, site.make_fetcher() as fetcher:
        for item in (requests := make_requests(2, 4, blind(0, concurrency))):
            site.put(item.url, recorder)
        list(fetcher.fetch_all(requests))
    assert dict(recorder.most) == {"h0.example": concurrency, "h1.example": concurrency}


def test_a_host_that_others_send_to_is_not_asked_by_all_of_them_at_a_time() -> None:
    recorder = Recorder(seconds=0.1)
    requests = make_requests(4, 1)
    with Site() as site, site.make_fetcher() as fetcher:
        for number, item in enumerate(requests):
            site.put(item.url, send_to(f"http://hub.example/{number}"))
            site.put(f"http://hub.example/{number}", recorder)
        assert len(list(fetcher.fetch_all(requests))) == 4
    assert dict(recorder.most) == {"hub.example": 1}


def test_hosts_overlap() -> None:
    barrier = threading.Barrier(4, timeout=5)

    class Together:
        """An answer that comes only when four hosts are asked at a time."""

        def answer(self, seen: object, link: object) -> bool:  # noqa: ARG002 -- the same whatever is asked
            """Wait for the others."""
            barrier.wait()
            return False

    with Site() as site, site.make_fetcher(retry_count=0) as fetcher:
        for item in (requests := make_requests(4, 1)):
            site.put(item.url, Together())
        assert len(list(fetcher.fetch_all(requests))) == 4
    assert not barrier.broken


def test_each_request_has_its_own_answer() -> None:
    requests = make_requests(8, 12, blind(0, concurrency=3))
    with Site() as site, site.make_fetcher() as fetcher:
        for item in requests:
            site.put(item.url, Reply(item.url.encode()))
        results = list(fetcher.fetch_all(iter(requests)))
    assert sorted(item.url for item, _ in results) == sorted(item.url for item in requests)
    for item, outcome in results:
        assert isinstance(outcome, Fetched)
        assert (outcome.url, outcome.body) == (item.url, item.url.encode())


def test_addresses_that_are_none_come_back_too() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        results = list(fetcher.fetch_all([request(""), request("file:///a"), request("http://h.example/")]))
    assert {item.url for item, _ in results} == {"", "file:///a", "http://h.example/"}


def test_nothing_comes_of_nothing() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        assert list(fetcher.fetch_all([])) == []


def test_no_more_is_fetched_than_somebody_takes() -> None:
    requests = make_requests(1, 60)
    with Site() as site, site.make_fetcher(lane_count=2) as fetcher:
        results = fetcher.fetch_all(requests)
        next(results)
        time.sleep(0.3)
        assert len(site.log) <= 5
        assert len(list(results)) == 59


def wait_until_busy(site: Site, count: int) -> None:
    """Wait until requests have come."""
    while len(site.log) < count:
        time.sleep(0.01)


def test_closing_the_iterator_ends_what_is_under_way() -> None:
    with Site() as site, site.make_fetcher(deadline_seconds=60, silence_seconds=60) as fetcher:
        site.put("http://h0.example/0", Reply(b"Rain"))
        for host in range(1, 5):
            site.put(f"http://h{host}.example/0", SLOW)
        results = fetcher.fetch_all(make_requests(5, 3, blind(60)))
        next(results)
        wait_until_busy(site, 5)
        results.close()
        assert list_threads() == []


def test_an_error_where_results_are_taken_ends_what_is_under_way() -> None:
    def take(results: Iterator[tuple[FetchRequest, Outcome]]) -> None:
        """Take one and be interrupted."""
        for _ in results:
            raise KeyboardInterrupt

    with Site() as site, site.make_fetcher(deadline_seconds=60, silence_seconds=60) as fetcher:
        site.put("http://h1.example/0", SLOW)
        with pytest.raises(KeyboardInterrupt):
            take(fetcher.fetch_all(make_requests(2, 3, blind(60))))
    assert list_threads() == []


def test_closing_the_fetcher_ends_an_iterator_that_was_left() -> None:
    with Site() as site:
        with site.make_fetcher(deadline_seconds=60, silence_seconds=60) as fetcher:
            site.put("http://h1.example/0", SLOW)
            results = fetcher.fetch_all(make_requests(2, 3, blind(60)))
            next(results)
        with pytest.raises(FetchInterruptedError):
            list(islice(results, 5))
        assert list_threads() == []


def test_closing_the_fetcher_ends_a_single_fetch() -> None:
    errors: list[BaseException] = []
    with Site() as site, site.make_fetcher(deadline_seconds=60, silence_seconds=60) as fetcher:
        site.put("http://h.example/", SLOW)

        def fetch() -> None:
            """Fetch what does not come."""
            try:
                fetcher.fetch(request("http://h.example/", BLIND))
            except FetchInterruptedError as error:
                errors.append(error)

        thread = threading.Thread(target=fetch)
        thread.start()
        wait_until_busy(site, 1)
        fetcher.close()
        thread.join(5)
    assert len(errors) == 1


def test_a_fault_of_ours_is_raised_where_the_results_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        """Fail as no server can make us."""
        raise ZeroDivisionError

    with Site() as site, site.make_fetcher() as fetcher:
        monkeypatch.setattr("flows.fetch.client.find_next", fail)
        with pytest.raises(ZeroDivisionError):
            list(fetcher.fetch_all(make_requests(2, 2)))
    assert list_threads() == []
