"""What servers do wrong in one exchange: each fault is named, none raises, and the next page comes all the same."""

import gzip
import itertools

import pytest

from flows.fetch.messages import Failure, Fetched
from tests.flows.fetch.site import BLIND, Answering, Raw, Reply, Site, Turns, request

URL = "http://news.example/a"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = b"<p>Rain fell."
PACKED = gzip.compress(PAGE * 50)


def chunk(content: bytes) -> bytes:
    """Return a body in one chunk."""
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(content), content)


@pytest.mark.parametrize(
    ("answer", "reason", "detail"),
    [
        pytest.param(Raw([b""]), "unreachable", "disconnected", id="closed without a word"),
        pytest.param(Raw([b""], is_reset=True), "unreachable", "reset", id="reset without a word"),
        pytest.param(Raw([b"hello\r\n\r\n"]), "http_error", "not HTTP", id="HTTP 0.9 or rubbish"),
        pytest.param(Raw([b"\x16\x03\x01\x02\x00"]), "http_error", "not HTTP", id="TLS at the wrong port"),
        pytest.param(Raw([b"HTTP/1.1 OK\r\n\r\n"]), "http_error", "not HTTP", id="no status"),
        pytest.param(Raw([b"HTTP/1.1 200 OK\r\nContent-Type: a\0b\r\n\r\n"]), "http_error", "not HTTP", id="a null"),
        pytest.param(Raw([b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"]), "http_error", "not HTTP", id="no header"),
        pytest.param(Raw([OK + b"X: " + b"x" * 200_000]), "http_error", "not HTTP", id="headers without an end"),
        pytest.param(
            Raw([OK + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello"]),
            "http_error",
            "not HTTP",
            id="two lengths",
        ),
        pytest.param(Raw([OK + b"Content-Length: -5\r\n\r\nhello"]), "http_error", "not HTTP", id="length below 0"),
        pytest.param(
            Raw([OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n"]),
            "http_error",
            "not HTTP",
            id="a length too long",
        ),
        pytest.param(
            Raw([OK + b"Content-Length: 99\r\n\r\nhello"]), "truncated", "peer closed", id="shorter than it says"
        ),
        pytest.param(
            Raw([OK + b"Content-Length: 99\r\n\r\nhello"], pause_seconds=0.05, is_reset=True),
            "truncated",
            "5 bytes came",
            id="reset on the way",
        ),
        pytest.param(
            Raw([OK + b"Transfer-Encoding: chunked\r\n\r\n9\r\nhell"]), "truncated", "peer closed", id="chunk cut short"
        ),
        pytest.param(
            Raw([OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"]),
            "truncated",
            "peer closed",
            id="no last chunk",
        ),
        pytest.param(
            Raw([OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"]),
            "bad_encoding",
            "chunk",
            id="no chunk at all",
        ),
        pytest.param(
            Raw([OK + b"Transfer-Encoding: gzip\r\n\r\nhello"]), "http_error", "not HTTP", id="unknown transfer coding"
        ),
        pytest.param(
            Reply(b"\x0b\x02\x80rain\x03", headers=(("Content-Encoding", "br"),)),
            "bad_encoding",
            "'br'",
            id="brotli unasked",
        ),
        pytest.param(
            Reply(PACKED[:-9], headers=(("Content-Encoding", "gzip"),)), "truncated", "ends early", id="gzip cut short"
        ),
        pytest.param(Reply(b"x" * 2000), "too_large", "2,000 bytes", id="too large"),
        pytest.param(
            Raw([OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunk(b"x" * 2000)]),
            "too_large",
            "1,000",
            id="too large, unsaid",
        ),
        pytest.param(Reply(b"%PDF-1.7", content_type="application/pdf"), "unsupported_format", "pdf", id="a PDF"),
        pytest.param(Reply(b"", status=204), "http_error", "204 No Content", id="no content"),
        pytest.param(Reply(PAGE, status=206), "http_error", "206", id="a part, unasked"),
        pytest.param(Reply(b"", status=304), "http_error", "304", id="unmodified, unasked"),
        pytest.param(Reply(PAGE, status=500), "http_error", "500 Internal Server Error", id="broken server"),
        pytest.param(Reply(PAGE, status=403), "http_error", "403 Forbidden", id="forbidden"),
    ],
)
def test_a_fault_is_named_and_the_next_page_comes(answer: Answering, reason: str, detail: str) -> None:
    with Site() as site, site.make_fetcher(max_bytes=1000, retry_count=0) as fetcher:
        site.put(URL, answer)
        site.put("http://news.example/b", Reply(PAGE))
        failure, fetched = fetcher.fetch(request(URL, BLIND)), fetcher.fetch(request("http://news.example/b", BLIND))
    assert isinstance(failure, Failure)
    assert (failure.url, failure.reason) == (URL, reason)
    assert detail in failure.detail
    assert isinstance(fetched, Fetched)
    assert fetched.body == PAGE


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Reply(PAGE), id="a length"),
        pytest.param(Raw([OK + b"\r\n" + PAGE]), id="no length"),
        pytest.param(Raw([OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunk(PAGE)]), id="chunks"),
        pytest.param(Raw([b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK + b"\r\n" + PAGE]), id="hints before"),
        pytest.param(Raw([b"HTTP/1.0 200 Fine\r\n\r\n" + PAGE]), id="HTTP 1.0"),
        pytest.param(Raw([OK + b"X-Name: caf\xe9 \xff\r\n\r\n" + PAGE]), id="headers in no encoding"),
        pytest.param(
            Reply(gzip.compress(PAGE), headers=(("Content-Encoding", "gzip"),)),
            id="gzip",
        ),
    ],
)
def test_a_page_comes_however_it_is_sent(answer: Answering) -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, answer)
        fetched = fetcher.fetch(request(URL))
    assert isinstance(fetched, Fetched)
    assert fetched.body == PAGE


def test_a_bomb_is_put_out() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Reply(gzip.compress(b"\0" * 9_000_000), headers=(("Content-Encoding", "gzip"),)))
        failure = fetcher.fetch(request(URL))
    assert isinstance(failure, Failure)
    assert failure.reason == "too_large"
    assert failure.detail.endswith("a compression bomb")


def test_an_empty_page_is_a_page() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Reply(b""))
        fetched = fetcher.fetch(request(URL))
    assert isinstance(fetched, Fetched)
    assert fetched.body == b""


def test_what_comes_after_a_length_too_short_is_not_the_next_answer() -> None:
    evil = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL"
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Raw([OK + b"Content-Length: 4\r\n\r\nRain and more" + evil], is_kept=True))
        site.put("http://news.example/b", Reply(PAGE))
        first, second = fetcher.fetch(request(URL, BLIND)), fetcher.fetch(request("http://news.example/b", BLIND))
    assert isinstance(first, Fetched)
    assert isinstance(second, Fetched)
    assert (first.body, second.body) == (b"Rain", PAGE)


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        pytest.param(Raw(itertools.repeat(b"x"), pause_seconds=0.02), "not done", id="head by the byte"),
        pytest.param(
            Raw(itertools.chain([OK + b"\r\n"], itertools.repeat(b"x")), pause_seconds=0.02),
            "not done",
            id="body by the byte",
        ),
        pytest.param(
            Raw(itertools.repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n"), pause_seconds=0.01),
            "not done",
            id="hints for ever",
        ),
        pytest.param(Reply(PAGE, pause_seconds=9), "not a byte", id="no head"),
        pytest.param(Raw([OK + b"\r\n", b"x"], pause_seconds=9), "not a byte", id="no body"),
    ],
)
def test_what_takes_too_long_is_given_up_and_not_asked_again(answer: Answering, detail: str) -> None:
    with Site() as site, site.make_fetcher(deadline_seconds=0.4, silence_seconds=0.2) as fetcher:
        site.put(URL, answer)
        failure = fetcher.fetch(request(URL, BLIND))
        urls = site.list_urls()
    assert isinstance(failure, Failure)
    assert failure.reason == "timed_out"
    assert detail in failure.detail
    assert urls == [URL]


def test_an_answer_that_broke_off_is_asked_for_again() -> None:
    with Site() as site, site.make_fetcher() as fetcher:
        site.put(URL, Turns(Raw([OK + b"Content-Length: 99\r\n\r\nhello"], is_reset=True), Raw([b""]), Reply(PAGE)))
        fetched = fetcher.fetch(request(URL))
        urls = site.list_urls()
    assert isinstance(fetched, Fetched)
    assert (fetched.body, urls) == (PAGE, [URL] * 3)
