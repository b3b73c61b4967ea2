"""Addresses as they are asked for, and those that are none."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.failures import FetchError
from flows.fetch.urls import find_host, join_url, parse_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("HTTP://News.Example", "http://news.example/", id="upper case, no path"),
        pytest.param("https://news.example:443/a", "https://news.example/a", id="default port"),
        pytest.param("http://news.example:8080/a", "http://news.example:8080/a", id="another port"),
        pytest.param("http://news.example./a", "http://news.example/a", id="dot at the end"),
        pytest.param("http://bücher.example/ä", "http://xn--bcher-kva.example/%C3%A4", id="not ASCII"),
        pytest.param("http://news.example/a?b=c#d", "http://news.example/a?b=c", id="fragment"),
        pytest.param("http://[2606:2800::1]:8080/", "http://[2606:2800::1]:8080/", id="IPv6"),
    ],
)
def test_an_address_is_brought_into_one_shape(text: str, expected: str) -> None:
    assert str(parse_url(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("/a/b", id="no host"),
        pytest.param("//news.example/a", id="no scheme"),
        pytest.param("http://", id="a scheme only"),
        pytest.param("http://.../", id="dots"),
        pytest.param("http:///etc/passwd", id="an empty host"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("ftp://news.example/a", id="ftp"),
        pytest.param("javascript:alert(1)", id="a script"),
        pytest.param("http://user:word@news.example/", id="user and password"),
        pytest.param("http://news.example@evil.example/", id="user only"),
        pytest.param("http://news.example/\r\nX-Evil: 1", id="line ends"),
        pytest.param("http://news.example/\0", id="a null"),
        pytest.param("http://news.example:0/", id="port 0"),
        pytest.param("http://news.example:99999/", id="port too high"),
        pytest.param("http://news.example:x/", id="no port"),
        pytest.param("http://300.1.1.1/", id="no IPv4"),
        pytest.param("http://[::g]/", id="no IPv6"),
        pytest.param("http://news.example/\udc80", id="half a character"),
        pytest.param("http://\udc80.example/", id="half a character in the host"),
        pytest.param("http://news.example/" + "a" * 70_000, id="too long"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_for_good(text: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse_url(text)
    assert (caught.value.reason, caught.value.is_final) == ("bad_url", True)
    assert find_host(text) == ""


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(find_host("http://" + text), str)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("b", "http://news.example/x/b"),
        ("/b", "http://news.example/b"),
        ("//other.example/b", "http://other.example/b"),
        ("?p=2", "http://news.example/x/a?p=2"),
        ("https://other.example", "https://other.example/"),
        ("b c", "http://news.example/x/b%20c"),
    ],
)
def test_a_location_is_taken_from_where_it_stands(reference: str, expected: str) -> None:
    assert str(join_url(httpx.URL("http://news.example/x/a"), reference)) == expected


@pytest.mark.parametrize(
    "reference", ["file:///etc/passwd", "https://", "gopher://a.example/", "\x01", "http://a:b@c/"]
)
def test_a_location_that_cannot_be_asked_for_is_refused(reference: str) -> None:
    with pytest.raises(FetchError, match="bad_url: sent on to") as caught:
        join_url(httpx.URL("http://news.example/"), reference)
    assert not caught.value.is_final
