"""A site is understood from its pages: feeds that can be read, sitemaps of news, a place only where one is told."""

import pytest

from flows.errors import DatelineError
from flows.readers import Entry
from flows.sources.discover import discover_site, find_only_timezone, guess_country
from tests.flows.fake_fetching import FakeWeb, make_feed

HOME = "https://gazette.ie/"
LINK = '<link rel="alternate" type="application/rss+xml" href="{}">'
PAGE = f'<html lang="en-IE"><title>The Gazette</title>{LINK.format("/a")}{LINK.format("/gone")}{LINK.format("/b")}<p>x'


def list_urls(web: FakeWeb, url: str = HOME) -> list[str]:
    """Return the feeds that are found."""
    return [probe.url for probe in discover_site(url, web.open()).feeds]


def test_a_site_is_understood_from_its_page() -> None:
    web = FakeWeb({HOME: PAGE}, {f"{HOME}a": make_feed(), f"{HOME}b": make_feed()}, (f"{HOME}sitemap.xml",))
    site = discover_site("gazette.ie/", web.open())
    assert (site.domain, site.name, site.language, site.country) == ("gazette.ie", "The Gazette", "en", "IE")
    assert (site.timezone, site.sitemaps) == ("Europe/Dublin", (f"{HOME}sitemap.xml",))
    assert [probe.url for probe in site.feeds] == [f"{HOME}a", f"{HOME}b"]


def test_common_places_are_asked_only_when_the_page_names_no_feed() -> None:
    listings = {f"{HOME}rss.xml": make_feed(), f"{HOME}atom.xml": make_feed(), f"{HOME}rss": make_feed(kind="sitemap")}
    web = FakeWeb({HOME: "<p>x"}, listings)
    assert list_urls(web) == [f"{HOME}rss.xml"]
    assert [request.url for request in web.asked] == [HOME, f"{HOME}feed", f"{HOME}rss", f"{HOME}rss.xml"]


def test_the_address_of_a_feed_is_a_feed_and_names_the_source() -> None:
    web = FakeWeb({}, {f"{HOME}rss": make_feed(title=" The\nGazette ", language="en-ie")})
    site = discover_site(f"{HOME}rss", web.open())
    assert (site.name, site.language, [probe.url for probe in site.feeds]) == ("The Gazette", "en", [f"{HOME}rss"])


def test_a_feed_on_a_host_of_its_own_belongs_to_the_site_of_its_pages() -> None:
    entries = [Entry(url=f"https://{host}/1") for host in ("other.example", "www.gazette.ie", "www.gazette.ie")]
    web = FakeWeb({}, {"https://feeds.example/g": make_feed(title="Gazette", entries=tuple(entries))})
    site = discover_site("https://feeds.example/g", web.open())
    assert (site.domain, [probe.url for probe in site.feeds]) == ("gazette.ie", ["https://feeds.example/g"])


def test_a_site_that_moved_is_known_by_where_it_is() -> None:
    web = FakeWeb({HOME: PAGE}, {f"{HOME}a": make_feed()}, moved={"https://old.example": HOME})
    assert discover_site("https://old.example", web.open()).domain == "gazette.ie"


def test_sitemaps_of_news_go_before_all_others() -> None:
    robots = [f"{HOME}{name}.xml" for name in ("all", "news-sitemap", "video")]
    assert discover_site(HOME, FakeWeb({HOME: PAGE}, robots=robots).open()).sitemaps == (f"{HOME}news-sitemap.xml",)
    many = [f"{HOME}{number}.xml" for number in range(9)]
    assert discover_site(HOME, FakeWeb({HOME: PAGE}, robots=many).open()).sitemaps == tuple(many[:3])


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://none.example", "cannot fetch https://none.example: 404"),
        ("ftp://gazette.ie", "ftp://gazette.ie is no address of a site"),
        ("the gazette", "https://the gazette is no address of a site"),
        (
            HOME,
            "gazette.ie has no feed that can be read, and no sitemap: look for one on the site, and give its address",
        ),
    ],
    ids=["missing", "no web", "no address", "no feed"],
)
def test_what_is_no_source_is_said(url: str, message: str) -> None:
    with pytest.raises(DatelineError) as caught:
        discover_site(url, FakeWeb({HOME: b"\x00\xff\x00" * 50}).open())
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("domain", "country"),
    [("a.ie", "IE"), ("a.co.uk", "GB"), ("a.com", None), ("a.tv", None), ("a.eu", None), ("a.example", None)],
)
def test_a_country_is_told_only_by_its_own_ending(domain: str, country: str | None) -> None:
    assert guess_country(domain) == country


def test_a_country_of_several_time_zones_tells_none() -> None:
    assert (find_only_timezone("IE"), find_only_timezone("US")) == ("Europe/Dublin", None)
