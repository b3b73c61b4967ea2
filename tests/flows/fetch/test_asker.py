"""Asking again: when, after how long, and when not."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from flows.fetch.messages import Failure, Fetched, Politeness
from tests.flows.fetch.site import BLIND, Answering, Raw, Reply, Site, Turns, request

URL = "http://news.example/a"
PAGE = Reply(b"<p>Rain fell.")
BUSY = Reply(status=503)


def many(wait: str, status: int = 429) -> Reply:
    """Return an answer that asks to wait."""
    return Reply(status=status, headers=(("Retry-After", wait),))


def date_in(seconds: float) -> str:
    """Return a moment as HTTP writes it."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(BUSY, id="503"),
        pytest.param(Reply(status=502), id="502"),
        pytest.param(Reply(status=504), id="504"),
        pytest.param(Reply(status=429), id="429"),
        pytest.param(many("0"), id="Retry-After: 0"),
        pytest.param(many("soon"), id="Retry-After that says nothing"),
        pytest.param(many(date_in(-60)), id="Retry-After in the past"),
        pytest.param(Raw([b""]), id="no answer"),
        pytest.param(Raw([b""], is_reset=True), id="reset"),
    ],
)
def test_what_may_pass_is_asked_for_again(answer: Answering) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Turns(answer, answer, PAGE))
        assert isinstance(fetcher.fetch(request(URL, BLIND)), Fetched)
        assert len(site.log) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 500, 501])
def test_what_does_not_pass_is_not(status: int) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Turns(Reply(status=status), PAGE))
        failure = fetcher.fetch(request(URL, BLIND))
        assert len(site.log) == 1
    assert isinstance(failure, Failure)
    assert failure.reason == "http_error"
    assert failure.detail.startswith(str(status))
    assert failure.is_final == (status in {404, 410})


def test_what_stays_busy_fails_and_its_host_is_asked_for_other_pages() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, BUSY)
        site.put("http://news.example/b", PAGE)
        failure, fetched = fetcher.fetch(request(URL)), fetcher.fetch(request("http://news.example/b"))
        assert site.list_urls().count(URL) == 3
    assert isinstance(failure, Failure)
    assert (failure.detail, failure.is_final) == ("503 Service Unavailable", False)
    assert isinstance(fetched, Fetched)


@pytest.mark.parametrize("wait", ["1", "date"])
def test_the_wait_that_was_asked_for_is_kept_by_all_who_ask_the_host(wait: str) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Turns(many("1" if wait == "1" else date_in(2)), PAGE))
        started = time.monotonic()
        assert isinstance(fetcher.fetch(request(URL, BLIND)), Fetched)
        first, second = site.log
    assert first.at >= started
    assert second.at - first.at > 0.9


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("wait", ["3600", "date", "9" * 400])
def test_a_host_that_asks_for_a_long_wait_is_left_alone(wait: str, status: int) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, many(date_in(3600) if wait == "date" else wait, status))
        urls = [URL, "http://news.example/b", "https://news.example/c"]
        failures = [fetcher.fetch(request(url, BLIND)) for url in urls]
        site.put("http://other.example/", PAGE)
        assert isinstance(fetcher.fetch(request("http://other.example/")), Fetched)
        assert [seen.url for seen in site.log if "news.example" in seen.url] == [URL]
    for url, failure in zip(urls, failures, strict=True):
        assert isinstance(failure, Failure)
        assert (failure.url, failure.reason, failure.is_final) == (url, "http_error", False)
        assert failure.detail.startswith(f"{status} ")
        assert ", asks to wait " in failure.detail
        assert wait != "3600" or failure.detail.endswith("asks to wait 3,600 s")


def test_a_host_that_still_finds_it_too_much_is_left_alone() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Reply(status=429))
        failures = [fetcher.fetch(request(url, BLIND)) for url in (URL, "http://news.example/b")]
        assert site.list_urls() == [URL] * 3
    assert all(isinstance(failure, Failure) and failure.reason == "http_error" for failure in failures)


def test_a_host_that_goes_down_half_way_is_left_alone() -> None:
    urls = [f"http://news.example/{number}" for number in range(20)]
    with Site() as site, site.make_fetcher() as fetcher:
        for url in urls:
            site.put(url, Reply(b"Rain", headers=(("Connection", "close"),)))
        outcomes = []
        for _, outcome in fetcher.fetch_all([request(url, BLIND) for url in urls]):
            outcomes.append(outcome)
            if len(outcomes) == 5:
                site.down.add("news.example")
        tries = len(site.connected) - len(site.log)
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert len(outcomes) == 20
    assert len(failures) >= 1
    assert tries == 3
    assert {(failure.reason, failure.is_final) for failure in failures} == {("unreachable", False)}
    assert "no answer 3 times in a row" in failures[-1].detail


def test_an_answer_in_between_keeps_a_host_up() -> None:
    with Site() as site, site.make_fetcher(retry_count=0) as fetcher:
        site.put(URL, Turns(Raw([b""]), Raw([b""]), PAGE, Raw([b""]), Raw([b""]), PAGE))
        kinds = [type(fetcher.fetch(request(URL, BLIND))) for _ in range(6)]
    assert kinds == [Failure, Failure, Fetched] * 2


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Reply(pause_seconds=9), id="head"),
        pytest.param(Raw([b"HTTP/1.1 200 OK\r\n\r\n", b"x"], pause_seconds=9), id="body"),
    ],
)
def test_a_host_that_keeps_us_waiting_is_left_alone(answer: Answering) -> None:
    urls = [f"http://news.example/{number}" for number in range(5)]
    with Site() as site, site.make_fetcher(deadline_seconds=0.1) as fetcher:
        for url in urls:
            site.put(url, answer)
        outcomes = [fetcher.fetch(request(url, BLIND)) for url in urls]
        assert site.list_urls() == urls[:3]
    reasons = [outcome.reason for outcome in outcomes if isinstance(outcome, Failure)]
    assert reasons == ["timed_out"] * 3 + ["unreachable"] * 2


def test_a_name_that_is_not_found_is_unreachable() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        failure = fetcher.fetch(request("http://news.invalid/"))
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.is_final) == ("unreachable", False)
    assert "news.invalid is not found" in failure.detail


def test_retries_keep_the_pace() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Turns(BUSY, Raw([b""]), PAGE))
        slow = request(URL, Politeness(delay_seconds=0.3, obeys_robots=False))
        assert isinstance(fetcher.fetch(slow), Fetched)
        moments = [seen.at for seen in site.log]
    assert all(after - before > 0.2 for before, after in pairwise(moments))
