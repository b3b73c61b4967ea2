"""Web addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.urls import (
    MAX_URL_CHAR_COUNT,
    canonicalize_url,
    extract_domain,
    identify_url,
    is_same_site,
    parse_domain,
)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        pytest.param("HTTP://Quay.Example/Storm", "http://quay.example/Storm", id="case of the host, not of the path"),
        pytest.param("  https://quay.example/a \n", "https://quay.example/a", id="white space around"),
        pytest.param("https://quay.example", "https://quay.example/", id="empty path"),
        pytest.param("https://quay.example?id=7", "https://quay.example/?id=7", id="empty path before a query"),
        pytest.param("https://quay.example/a/", "https://quay.example/a/", id="the last slash stays"),
        pytest.param("https://quay.example//a", "https://quay.example//a", id="two slashes stay"),
        pytest.param("http://quay.example:80/a", "http://quay.example/a", id="default port of http"),
        pytest.param("https://quay.example:443/a", "https://quay.example/a", id="default port of https"),
        pytest.param("http://quay.example:443/a", "http://quay.example:443/a", id="port of the other scheme"),
        pytest.param("https://quay.example:/a", "https://quay.example/a", id="empty port"),
        pytest.param("https://quay.example:8080/a", "https://quay.example:8080/a", id="another port"),
        pytest.param("https://ann:secret@quay.example/a", "https://quay.example/a", id="user and password"),
        pytest.param("https://a@b@quay.example/", "https://quay.example/", id="user with an at sign"),
        pytest.param("https://quay.example./a", "https://quay.example/a", id="final dot of the host"),
        pytest.param("https://quay.example/a#top", "https://quay.example/a", id="fragment"),
        pytest.param("https://quay.example/a#top?id=7", "https://quay.example/a", id="a query in the fragment"),
        pytest.param("https://127.0.0.1:8000/a", "https://127.0.0.1:8000/a", id="IPv4"),
        pytest.param("https://[2001:DB8::1]:8080/a", "https://[2001:db8::1]:8080/a", id="IPv6"),
        pytest.param("https://quay.example/a%20b|c[1]", "https://quay.example/a%20b|c[1]", id="path as it is"),
        pytest.param("https://quay.example/wetter/köln", "https://quay.example/wetter/köln", id="letters in the path"),
    ],
)
def test_one_page_has_one_address(url: str, canonical: str) -> None:
    assert canonicalize_url(url) == canonical


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        pytest.param("?utm_source=feed&utm_medium=rss", "", id="nothing else"),
        pytest.param("?id=7&utm_source=feed&page=2", "?id=7&page=2", id="between others"),
        pytest.param("?b=2&a=1", "?b=2&a=1", id="the order stays"),
        pytest.param("?id=7&id=7", "?id=7&id=7", id="twice stays"),
        pytest.param("?UTM_Source=feed&FBCLID=x", "", id="capitals"),
        pytest.param("?gclid", "", id="without a value"),
        pytest.param("?q=utm_source", "?q=utm_source", id="a value of that name"),
        pytest.param("?ref=home&source=rss&uid=9", "?ref=home&source=rss&uid=9", id="what may choose the page"),
        pytest.param("?&&id=7&", "?id=7", id="empty items"),
        pytest.param("?", "", id="empty query"),
        pytest.param("?id=7?utm_source=x", "?id=7?utm_source=x", id="a second question mark is part of a value"),
    ],
)
def test_tracking_parameters_go_and_others_stay(query: str, kept: str) -> None:
    assert canonicalize_url(f"https://quay.example/a{query}") == f"https://quay.example/a{kept}"


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("münchen.example", id="letters"),
        pytest.param("MÜNCHEN.example", id="capitals"),
        pytest.param("mu\u0308nchen.example", id="accent apart"),
        pytest.param("xn--mnchen-3ya.example", id="encoded"),
        pytest.param("XN--MNCHEN-3YA.example", id="encoded, capitals"),
        pytest.param("münchen\u3002example", id="a Chinese full stop"),
        pytest.param("münchen\uff0eexample.", id="a wide full stop, and one at the end"),
    ],
)
def test_an_international_host_has_one_form(host: str) -> None:
    # The example of RFC 3492's algorithm that every registry shows: München is xn--mnchen-3ya.
    assert canonicalize_url(f"https://{host}/a") == "https://xn--mnchen-3ya.example/a"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="empty"),
        pytest.param("quay.example/a", id="no scheme"),
        pytest.param("//quay.example/a", id="scheme left out"),
        pytest.param("/storm", id="path alone"),
        pytest.param("javascript:alert(1)", id="javascript"),
        pytest.param("JavaScript://quay.example/%0aalert(1)", id="javascript that looks like an address"),
        pytest.param("data:text/html,<p>", id="data"),
        pytest.param("mailto:ann@quay.example", id="mail"),
        pytest.param("ftp://quay.example/a", id="ftp"),
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("https://", id="no host"),
        pytest.param("https:///a", id="empty host"),
        pytest.param("https://.../a", id="dots"),
        pytest.param("https://quay..example/a", id="empty label"),
        pytest.param("https://quay.example/a b", id="space in the path"),
        pytest.param("https://quay .example/a", id="space in the host"),
        pytest.param("https://quay.example/a\nb", id="line end"),
        pytest.param("https://quay.example/\u202egpj", id="change of direction"),
        pytest.param("https://quay.example/\0", id="NUL"),
        pytest.param("https://quay.example:port/a", id="port in letters"),
        pytest.param("https://quay.example:99999/a", id="port too high"),
        pytest.param("https://quay.example:0/a", id="port 0"),
        pytest.param("https://[::1/a", id="bracket not closed"),
        pytest.param("https://[quay.example]/a", id="a name in brackets"),
        pytest.param("https://quay.example]/a", id="bracket not opened"),
        pytest.param("https://[fe80::1%25eth0]/a", id="a network card"),
        pytest.param("https://<b>quay</b>/a", id="markup"),
        pytest.param("https://qu%61y.example/a", id="escapes in the host"),
        pytest.param("https://quay.example\\@other.example/a", id="a host that ends at the backslash, or does not"),
        pytest.param("https://quay.example\uff0fother.example/a", id="a wide slash"),
        pytest.param("https://quay.example/" + "a" * 10_000, id="very long"),
    ],
)
def test_what_is_no_address_of_the_web_is_none(url: str) -> None:
    assert (canonicalize_url(url), extract_domain(url)) == (None, None)


@pytest.mark.parametrize(
    ("length", "is_known"),
    [
        pytest.param(MAX_URL_CHAR_COUNT - 1, True, id="with room for the slash"),
        pytest.param(MAX_URL_CHAR_COUNT, False, id="without"),
    ],
)
def test_the_canonical_form_keeps_the_limit(length: int, *, is_known: bool) -> None:
    url = "https://quay.example?".ljust(length, "a")
    assert (canonicalize_url(url) is not None) is is_known


PIECES = (
    "http https : // / @ ? # [ ] ::1 a münchen.example quay.example . .. :80 :443 :8080 utm_source=x & id=1 % \\ "
    "\u3002 \uff0e \ufb00 ß \u212a İ xn--"
).split()


@given(
    st.builds(
        "{}{}".format, st.sampled_from(["", "http://", "https://"]), st.lists(st.sampled_from(PIECES)).map("".join)
    )
    | st.builds("https://{}".format, st.text())
)
def test_a_canonical_address_is_its_own(url: str) -> None:
    canonical = canonicalize_url(url)
    assert canonical is None or canonicalize_url(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        pytest.param("https://www.quay.example/a", "quay.example", id="www"),
        pytest.param("https://news.quay.example:8080/a", "news.quay.example", id="other labels stay, the port goes"),
        pytest.param("https://WWW.Quay.Example./", "quay.example", id="capitals and final dot"),
        pytest.param("https://www2.quay.example/", "www2.quay.example", id="not quite www"),
        pytest.param("https://почта.example/", "xn--80a1acny.example", id="international"),
        pytest.param("https://[::1]/", "::1", id="IPv6"),
    ],
)
def test_the_domain_is_the_host_without_www(url: str, domain: str) -> None:
    assert extract_domain(url) == domain


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        pytest.param("quay.example", "quay.example", id="bare"),
        pytest.param(" WWW.Quay.Example ", "quay.example", id="www, capitals and blanks"),
        pytest.param("quay.example/news", "quay.example", id="with a path"),
        pytest.param("https://quay.example:8080/news", "quay.example", id="address"),
        pytest.param("почта.рф", "xn--80a1acny.xn--p1ai", id="international"),
        pytest.param("xn--80a1acny.xn--p1ai", "xn--80a1acny.xn--p1ai", id="international, encoded"),
        pytest.param("The Quay", None, id="name"),
        pytest.param("Quay", None, id="name of one word"),
        pytest.param("Quay News. Daily", None, id="name with a full stop"),
        pytest.param("U.S", None, id="initials"),
        pytest.param("AT&T.example", None, id="name with a sign"),
        pytest.param("127.0.0.1", None, id="IPv4"),
        pytest.param("version 2.0", None, id="number with a dot"),
        pytest.param("2.0", None, id="number"),
        pytest.param("", None, id="empty"),
        pytest.param("...", None, id="dots"),
        pytest.param("javascript:alert(1)", None, id="javascript"),
    ],
)
def test_a_source_is_a_domain_or_a_name(text: str, domain: str | None) -> None:
    assert parse_domain(text) == domain


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://gull.example/a/b", id="itself"),
        pytest.param("http://gull.example/a/b", id="http"),
        pytest.param("https://www.gull.example/a/b/", id="www and a slash"),
        pytest.param("https://m.gull.example/a/b", id="mobile"),
        pytest.param("https://www.m.gull.example/a/b", id="www and mobile"),
        pytest.param("https://amp.gull.example/a/b", id="AMP host"),
        pytest.param("https://gull.example/amp/a/b", id="AMP folder"),
        pytest.param("https://gull.example/a/b/amp", id="AMP at the end"),
        pytest.param("https://gull.example/a/b/amp/", id="AMP and a slash at the end"),
        pytest.param("https://gull.example/a/b.amp", id="AMP ending"),
        pytest.param("https://gull.example/a/b?amp=1", id="AMP parameter"),
        pytest.param("https://gull.example/a/b?outputType=amp", id="AMP parameter in capitals"),
        pytest.param("https://www-gull-example.cdn.ampproject.org/c/s/www.gull.example/a/b", id="AMP cache"),
        pytest.param("https://www-gull-example.cdn.ampproject.org/v/gull.example/a/b", id="AMP cache, http"),
        pytest.param("https://www.google.com/amp/s/gull.example/a/b", id="AMP viewer"),
        pytest.param("https://gull.example/a/b;jsessionid=0A1B", id="session in the path"),
        pytest.param("https://gull.example/a/b?PHPSESSID=0a1b", id="session in the query"),
        pytest.param("https://gull.example/a/b?utm_source=x&sid=0123456789abcdef0123#top", id="tracking and session"),
    ],
)
def test_all_addresses_of_a_page_are_one(url: str) -> None:
    assert identify_url(url) == "https://gull.example/a/b"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("https://gull.example/amplify", "https://gull.example/amplify", id="a word that begins with amp"),
        pytest.param("https://gull.example/amp", "https://gull.example/", id="the AMP front page"),
        pytest.param("https://gull.example/a.amp.html", "https://gull.example/a.html", id="AMP before the ending"),
        pytest.param("https://gull.example/?b=2&a=1", "https://gull.example/?a=1&b=2", id="parameters in order"),
        pytest.param("https://m.example/a", "https://m.example/a", id="a host that would lose its name"),
        pytest.param("https://news.gull.example/a", "https://news.gull.example/a", id="another part of a site"),
        pytest.param(
            "https://gull.example/a?cid=7&uid=2", "https://gull.example/a?cid=7&uid=2", id="ids of pages stay"
        ),
        pytest.param("https://gull.example/a?sid=7", "https://gull.example/a?sid=7", id="a short sid is a story"),
        pytest.param("https://gull.example/a%2Fb", "https://gull.example/a%2Fb", id="an escaped slash divides nothing"),
        pytest.param("mailto:desk@gull.example", None, id="no web address"),
    ],
)
def test_what_makes_another_page_stays(url: str, expected: str | None) -> None:
    assert identify_url(url) == expected


def test_an_address_is_the_same_however_it_is_escaped() -> None:
    ways = ("z%C3%BCrich/~ann?q=%e2%82%ac", "zürich/%7Eann?q=€", "z%c3%bcrich/%7eann?q=%E2%82%AC")
    found = {identify_url(f"https://gull.example/{way}") for way in ways}
    assert found == {"https://gull.example/z%C3%BCrich/~ann?q=%E2%82%AC"}


@given(st.text(max_size=60))
def test_an_identity_is_that_of_itself(text: str) -> None:
    url = identify_url(f"https://gull.example/{text}")
    assert url is None or identify_url(url) == url


@pytest.mark.parametrize(
    ("url", "other", "expected"),
    [
        pytest.param("https://gull.example/a", "http://www.gull.example/b", True, id="same"),
        pytest.param("https://gull.example/a", "https://news.gull.example/b", True, id="part"),
        pytest.param("https://gull.example/a", "https://seagull.example/b", False, id="end of a word"),
        pytest.param("https://gull.example/a", "https://tern.example/b", False, id="another"),
        pytest.param("https://gull.example/a", "no address", False, id="none"),
    ],
)
def test_a_site_is_told_by_its_domain(url: str, other: str, *, expected: bool) -> None:
    assert is_same_site(url, other) is expected
    assert is_same_site(other, url) is expected
