"""robots.txt: obeyed, however broken it is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.messages import Failure, Fetched, Outcome, Politeness
from flows.fetch.robots import MAX_BYTE_COUNT, MAX_CRAWL_DELAY_SECONDS, Robots, find_product_token, parse_robots
from flows.fetch.urls import parse_url
from tests.flows.fetch.site import BLIND, HURRY, Answering, Raw, Reply, Site, Turns, request, send_to

URL = "http://news.example/a"
ROBOTS = "http://news.example/robots.txt"
PAGE = Reply(b"<p>Rain fell.")
DENY = b"User-agent: *\nDisallow: /\n"


def fetch(robots: Answering, politeness: Politeness = HURRY) -> Outcome:
    """Return what comes of a page whose site has this robots.txt."""
    with Site() as site, site.make_fetcher(deadline_seconds=0.5, silence_seconds=0.3) as fetcher:
        site.put(URL, PAGE)
        site.put(ROBOTS, robots)
        return fetcher.fetch(request(URL, politeness))


@pytest.mark.parametrize(
    "robots",
    [
        pytest.param(Reply(b""), id="empty"),
        pytest.param(Reply(b"User-agent: *\nDisallow: /b\n"), id="another page is denied"),
        pytest.param(Reply(DENY + b"\nUser-agent: dateline\nAllow: /\n"), id="all others are denied"),
        pytest.param(Reply(b"User-agent: GPTBot\nDisallow: /\n"), id="another is denied"),
        pytest.param(Reply(b"<html><body>Not found, User-agent: * Disallow: /"), id="a page"),
        pytest.param(Reply(bytes(range(256)) * 20), id="rubbish"),
        pytest.param(Reply(b"", status=404), id="none"),
        pytest.param(Reply(DENY, status=403), id="forbidden"),
        pytest.param(Reply(b"#" * MAX_BYTE_COUNT + b"\n" + DENY), id="a denial after the limit"),
        pytest.param(send_to(ROBOTS), id="a loop"),
        pytest.param(send_to("http://other.example/none"), id="sent on to none"),
        pytest.param(Turns(Reply(status=503), Reply(b"")), id="busy once"),
    ],
)
def test_what_is_not_denied_is_fetched(robots: Answering) -> None:
    assert isinstance(fetch(robots), Fetched)


@pytest.mark.parametrize(
    "robots",
    [
        pytest.param(Reply(DENY), id="everybody"),
        pytest.param(Reply(b"User-agent: dateline\nDisallow: /a\n"), id="us"),
        pytest.param(Reply(b"\xef\xbb\xbf" + DENY), id="a byte order mark"),
        pytest.param(Reply(DENY.replace(b"\n", b"\r")), id="old line ends"),
        pytest.param(Reply(b"\xff\xfe\x00\n" + DENY), id="rubbish before"),
        pytest.param(Reply(DENY + b"#" * 2 * MAX_BYTE_COUNT), id="huge"),
        pytest.param(Reply(b"User-agent: *\nDisallow: /*a$\n"), id="wildcards"),
    ],
)
def test_what_is_denied_is_not_fetched_ever(robots: Answering) -> None:
    failure = fetch(robots)
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.is_final) == ("robots_denied", True)
    assert failure.detail == f"not for Dateline: {URL}"


@pytest.mark.parametrize(
    ("robots", "detail"),
    [
        pytest.param(Reply(status=500), "status 500", id="broken server"),
        pytest.param(Reply(status=503), "status 503", id="busy server"),
        pytest.param(Reply(b"", pause_seconds=9), "timed_out", id="slow"),
        pytest.param(Reply(b"x", headers=(("Content-Encoding", "br"),)), "bad_encoding", id="packed unasked"),
        pytest.param(Raw([b"rubbish\r\n\r\n"]), "not HTTP", id="not HTTP"),
        pytest.param(send_to("ftp://news.example/"), "bad_url", id="sent to another scheme"),
    ],
)
def test_where_nobody_knows_nothing_is_fetched_this_time(robots: Answering, detail: str) -> None:
    failure = fetch(robots)
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.is_final) == ("robots_denied", False)
    assert detail in failure.detail


def test_a_host_that_is_down_is_unreachable_and_not_denied() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.down.add("news.example")
        failures = [fetcher.fetch(request(URL)) for _ in range(2)]
        assert len(site.connected) <= 3
    assert all(isinstance(failure, Failure) and failure.reason == "unreachable" for failure in failures)


def test_a_robots_txt_that_leads_to_a_private_address_is_not_followed() -> None:
    failure = fetch(send_to("http://169.254.169.254/robots.txt"))
    assert isinstance(failure, Failure)
    assert failure.reason == "forbidden_address"


def test_it_is_asked_for_once_a_site() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        two = Politeness(delay_seconds=0, concurrency=2)
        requests = [request(f"http://{host}.example/{n}", two) for host in ("news", "other") for n in range(5)]
        assert len(list(fetcher.fetch_all(requests))) == 10
        list(fetcher.fetch_all(requests))
        asked = [seen.url for seen in site.log if seen.url.endswith("/robots.txt")]
    assert sorted(asked) == [ROBOTS, "http://other.example/robots.txt"]


def test_who_need_not_obey_does_not_ask() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, PAGE)
        site.put(ROBOTS, Reply(DENY))
        assert isinstance(fetcher.fetch(request(URL, BLIND)), Fetched)
        assert [seen.url for seen in site.log] == [URL]


def test_each_step_of_a_redirect_is_asked_of_its_own_site() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, send_to("http://other.example/b"))
        site.put("http://other.example/b", PAGE)
        site.put("http://other.example/robots.txt", Reply(DENY))
        failure = fetcher.fetch(request(URL))
        assert site.list_urls() == [URL]
    assert isinstance(failure, Failure)
    assert (failure.url, failure.reason) == (URL, "robots_denied")


def test_a_name_of_ones_own_is_looked_up() -> None:
    robots = Reply(b"User-agent: courier\nDisallow: /\n")
    assert isinstance(fetch(robots), Fetched)
    assert isinstance(fetch(robots, Politeness(delay_seconds=0, user_agent="Courier/2.0 (desk@quay.example)")), Failure)
    assert find_product_token(Politeness(user_agent=" ")) == "*"


def test_the_crawl_delay_counts_from_the_robots_txt_on() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(ROBOTS, Reply(b"User-agent: *\nCrawl-delay: 0.3\n"))
        list(fetcher.fetch_all([request(URL), request(URL), request(URL)]))
        moments = [seen.at for seen in site.log]
    assert len(moments) == 4
    assert all(after - before > 0.2 for before, after in pairwise(moments))


@pytest.mark.parametrize(
    ("line", "seconds"), [("2.5", 2.5), ("86400", MAX_CRAWL_DELAY_SECONDS), ("-1", 0), ("nan", 0), ("inf", 0), ("x", 0)]
)
def test_a_crawl_delay_has_its_bounds(line: str, seconds: float) -> None:
    robots = Robots(parse_robots(f"User-agent: *\nCrawl-delay: {line}\n".encode()))
    assert robots.find_delay(HURRY) == seconds


def test_the_sitemaps_are_listed() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(ROBOTS, Reply(b"Sitemap: http://news.example/s.xml\nSitemap: /t.xml\nSitemap: /t.xml\n" + DENY))
        site.put("http://down.example/robots.txt", Reply(status=500))
        assert fetcher.list_sitemaps(URL, HURRY) == ("http://news.example/s.xml", "/t.xml")
        assert fetcher.list_sitemaps("http://other.example/", HURRY) == ()
        assert fetcher.list_sitemaps("http://down.example/", HURRY) == ()


WORDS = st.sampled_from(
    [
        "User-agent",
        "Disallow",
        "Allow",
        "Crawl-delay",
        "Request-rate",
        "Visit-time",
        "Host",
        ":",
        "*",
        "/",
        "$",
        "%",
        "\n",
    ]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=5))).map(" ".join))
def test_no_file_breaks_it(content: str) -> None:
    robots = Robots(parse_robots(content.encode("utf-8", "surrogatepass")))
    rules = robots.rules
    assert rules is not None
    assert rules.can_fetch(str(parse_url("http://news.example//a//b?c=%zz")), "Dateline") in {True, False}
    assert robots.find_delay(HURRY) >= 0
    assert isinstance(robots.list_sitemaps(), tuple)
