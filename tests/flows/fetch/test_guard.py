"""Only public addresses are connected to, whatever names and redirects say."""

import httpcore
import pytest

from flows.fetch.client import Fetcher
from flows.fetch.limits import FetchLimits
from flows.fetch.messages import Failure, Fetched, Politeness
from tests.flows.fetch.site import BLIND, Reply, Site, SiteBackend, request, send_to

URL = "http://news.example/a"
PRIVATE = Politeness(delay_seconds=0, allows_private=True)


class NoBackend(httpcore.NetworkBackend):
    """What must not be asked for a connection: its method raises NotImplementedError."""


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://0/",
        "http://0.0.0.0/",
        "http://LOCALHOST./",
        "http://①②⑦.⓪.⓪.①/",
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1:8443/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
    ],
)
def test_no_notation_of_a_private_address_slips_through(url: str) -> None:
    with Fetcher(backend=NoBackend()) as fetcher:
        failure = fetcher.fetch(request(url, BLIND))
    assert isinstance(failure, Failure)
    assert failure.reason in {"forbidden_address", "bad_url"}


@pytest.mark.parametrize("politeness", [BLIND, Politeness(delay_seconds=0)], ids=["robots ignored", "robots obeyed"])
@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.1/", "forbidden_address"),
        ("http://169.254.169.254/latest/meta-data/", "forbidden_address"),
        ("http://inner.example/", "forbidden_address"),
        ("//2130706433/", "forbidden_address"),
        ("file:///etc/passwd", "bad_url"),
        ("ftp://news.example/", "bad_url"),
        ("http://user:word@news.example/", "bad_url"),
    ],
)
def test_no_redirect_leads_to_where_nothing_may_be_asked(politeness: Politeness, location: str, reason: str) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.addresses["inner.example"] = ["192.168.0.1"]
        site.put(URL, send_to(location))
        failure = fetcher.fetch(request(URL, politeness))
        assert site.list_urls() == [URL]
        assert set(site.connected) == set(site.addresses["news.example"])
    assert isinstance(failure, Failure)
    assert failure.reason == reason


def test_one_private_address_among_many_is_enough() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.addresses["news.example"] = ["198.41.0.4", "10.0.0.1"]
        failure = fetcher.fetch(request(URL))
        assert site.connected == []
    assert isinstance(failure, Failure)
    assert failure.detail == "news.example is at 10.0.0.1, which is not public"


def test_a_name_that_leads_elsewhere_a_moment_later_leads_nowhere() -> None:
    answers = [["198.41.0.4"], ["127.0.0.1"]]
    limits = FetchLimits(retry_count=0)
    with Site() as site:
        site.addresses["news.example"] = ["198.41.0.4"]
        site.put(URL, Reply(b"Rain", headers=(("Connection", "close"),)))
        with Fetcher(limits, resolve=lambda *_: answers.pop(0), backend=SiteBackend(site)) as fetcher:
            fetched, failure = fetcher.fetch(request(URL, BLIND)), fetcher.fetch(request(URL, BLIND))
        assert site.connected == ["198.41.0.4"]
    assert isinstance(fetched, Fetched)
    assert isinstance(failure, Failure)
    assert failure.reason == "forbidden_address"


def test_the_next_address_is_tried_when_one_does_not_take_the_connection() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.addresses |= {"dead.example": ["198.41.0.4"], "news.example": ["198.41.0.4", "198.41.0.5"]}
        site.down.add("dead.example")
        site.put(URL, Reply(b"Rain"))
        fetched = fetcher.fetch(request(URL, BLIND))
        assert site.connected == ["198.41.0.4", "198.41.0.5"]
    assert isinstance(fetched, Fetched)


def test_a_source_may_ask_private_addresses_and_the_others_may_not() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        url = site.local_url + "/a"
        site.put(url, Reply(b"Rain"))
        fetched, failure = fetcher.fetch(request(url, PRIVATE)), fetcher.fetch(request(url))
    assert isinstance(fetched, Fetched)
    assert isinstance(failure, Failure)
    assert failure.reason == "forbidden_address"


def test_the_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9/")
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Reply(b"Rain"))
        assert isinstance(fetcher.fetch(request(URL)), Fetched)


def test_a_certificate_counts_for_the_name_and_not_for_the_address() -> None:
    with Site(tls=True) as site:
        for host in ("secure.example", "other.example", "stranger.example"):
            site.addresses[host] = ["198.41.0.4"]
            site.put(f"https://{host}/a", Reply(host.encode()))
        with site.make_fetcher(retry_count=0) as fetcher:
            outcomes = [
                fetcher.fetch(request(f"https://{host}/a", BLIND))
                for host in ("secure.example", "other.example", "stranger.example")
            ]
        connections = {seen.connection for seen in site.log}
    assert [outcome.body for outcome in outcomes if isinstance(outcome, Fetched)] == [
        b"secure.example",
        b"other.example",
    ]
    assert isinstance(outcomes[-1], Failure)
    assert "stranger.example" in outcomes[-1].detail
    assert len(connections) == 2


def test_a_certificate_that_nobody_signed_is_refused() -> None:
    limits = FetchLimits(retry_count=0)
    with Site(tls=True) as site, Fetcher(limits, resolve=site.resolve, backend=SiteBackend(site)) as fetcher:
        failure = fetcher.fetch(request("https://secure.example/a", BLIND))
        assert site.log == []
    assert isinstance(failure, Failure)
    assert failure.reason == "unreachable"
    assert "certificate" in failure.detail
