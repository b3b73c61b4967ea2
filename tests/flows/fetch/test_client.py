"""What is asked and what is made of the answer."""

from typing import Any

import pytest

from flows.fetch.messages import Failure, Fetched, FetchRequest, Politeness, Unmodified
from tests.flows.fetch.site import BLIND, HURRY, Reply, Site, request, send_to

URL = "http://news.example/a"
PAGE = Reply(b"<p>Rain fell.", etag='W/"7"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT")


def test_a_page_comes_with_all_that_is_known_of_it() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, PAGE)
        fetched = fetcher.fetch(request(URL + "#top"))
    assert isinstance(fetched, Fetched)
    assert (fetched.url, fetched.final_url, fetched.redirects) == (URL + "#top", URL, ())
    assert (fetched.content_type, fetched.body) == ("text/html; charset=utf-8", b"<p>Rain fell.")
    assert (fetched.etag, fetched.last_modified) == ('W/"7"', "Mon, 02 Mar 2026 08:00:00 GMT")
    assert fetched.fetched_at.tzinfo is not None


def test_we_say_who_we_are_and_what_we_take() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        fetcher.fetch(request(URL))
        robots, page = (seen.headers for seen in site.log)
        fetcher.fetch(request(URL, Politeness(delay_seconds=0, user_agent="Courier/2 (ä)")))
    assert robots == page
    assert page["user-agent"].startswith("Dateline/")
    assert "(+https://" in page["user-agent"]
    assert page["accept-encoding"] == "gzip, deflate"
    assert "if-none-match" not in page
    assert site.log[-1].headers["user-agent"].startswith("Courier/2")


def test_a_user_agent_that_is_no_header_is_an_outcome() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        failure = fetcher.fetch(request(URL, Politeness(delay_seconds=0, obeys_robots=False, user_agent="a\r\nb: c")))
        assert site.log == []
    assert isinstance(failure, Failure)
    assert failure.reason == "bad_url"


@pytest.mark.parametrize(
    "validators",
    [{"etag": 'W/"7"'}, {"last_modified": "Mon, 02 Mar 2026 08:00:00 GMT"}],
    ids=["etag", "last modified"],
)
def test_what_we_have_already_does_not_come_again(validators: dict[str, Any]) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, PAGE)
        site.put("http://news.example/old", send_to(URL, 301))
        outcomes = [
            fetcher.fetch(FetchRequest(url=url, politeness=HURRY, **validators))
            for url in (URL, "http://news.example/old")
        ]
        connections = {seen.connection for seen in site.log[1:]}
    assert [type(outcome) for outcome in outcomes] == [Unmodified, Unmodified]
    assert outcomes[1].url == "http://news.example/old"
    assert len(connections) == 1


def test_what_has_changed_comes() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, PAGE)
        assert isinstance(fetcher.fetch(request(URL, etag='"6"')), Fetched)


def test_a_validator_that_cannot_be_sent_is_left_away() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Reply(b"Rain", headers=(("ETag", "caf\xe9"),)))
        fetched = fetcher.fetch(request(URL, etag="a\r\nb", last_modified=""))
    assert isinstance(fetched, Fetched)
    assert fetched.etag is None
    assert "if-none-match" not in site.log[-1].headers


def test_cookies_are_not_kept() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Reply(status=302, headers=(("Location", "/b"), ("Set-Cookie", "who=you; Path=/"))))
        site.put("http://news.example/b", Reply(b"Rain", headers=(("Set-Cookie", "who=you; Path=/"),)))
        fetcher.fetch(request(URL))
        fetcher.fetch(request(URL))
        assert all("cookie" not in seen.headers for seen in site.log)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_way_to_a_page_is_kept(status: int) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, send_to("/b", status))
        site.put("http://news.example/b", send_to("http://other.example/c", status))
        site.put("http://other.example/c", send_to("//other.example/d", status))
        site.put("http://other.example/d", PAGE)
        fetched = fetcher.fetch(request(URL))
    assert isinstance(fetched, Fetched)
    assert (fetched.url, fetched.final_url) == (URL, "http://other.example/d")
    assert fetched.redirects == ("http://news.example/b", "http://other.example/c")


def test_ten_steps_are_gone_and_no_more() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        for number in range(11):
            site.put(f"http://news.example/{number}", send_to(f"/{number + 1}"))
        site.put("http://news.example/11", PAGE)
        far, near = fetcher.fetch(request("http://news.example/0")), fetcher.fetch(request("http://news.example/1"))
    assert isinstance(far, Failure)
    assert (far.reason, far.is_final) == ("redirect_loop", False)
    assert isinstance(near, Fetched)


def test_a_loop_is_left_at_once() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, send_to("/b"))
        site.put("http://news.example/b", send_to("/a"))
        failure = fetcher.fetch(request(URL, BLIND))
        assert site.list_urls() == [URL, "http://news.example/b"]
    assert isinstance(failure, Failure)
    assert failure.reason == "redirect_loop"


@pytest.mark.parametrize("headers", [(), (("Location", ""),)], ids=["none", "empty"])
def test_a_redirect_to_nowhere_is_an_error(headers: tuple[tuple[str, str], ...]) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Reply(status=302, headers=headers))
        failure = fetcher.fetch(request(URL))
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.detail) == ("http_error", "302 Found")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://a:b@news.example/", "http://news.example/\n", ""])
def test_what_cannot_be_asked_for_is_not_looked_up(url: str) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        failure = fetcher.fetch(request(url, HURRY))
        assert not site.lookups
    assert isinstance(failure, Failure)
    assert (failure.url, failure.reason, failure.is_final) == (url, "bad_url", True)
