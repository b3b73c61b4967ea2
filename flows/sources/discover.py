"""Finds out what a new source needs: its name, its feeds and sitemaps, and what can be told of its place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final
from urllib.parse import urljoin

import pycountry

from flows.errors import DatelineError
from flows.fetch.messages import Failure, Fetched, FetchRequest
from flows.sources.fetching import Fetching
from flows.sources.probe import Probe, parse_fetched, probe_all
from transforms.charsets import find_charset, find_declared_encoding
from transforms.decode import decode_payload
from transforms.rejects import RejectedDocumentError
from transforms.site_pages import SitePage, analyze_site
from transforms.text import normalize_line
from transforms.urls import canonicalize_url, parse_domain

COMMON_FEED_PATHS: Final = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
"""Where feeds are on sites whose pages do not say; asked in this order until one is there."""

MAX_SITEMAP_COUNT: Final = 3
MAX_FEED_COUNT: Final = 20
MAX_NAME_CHAR_COUNT: Final = 200

_COUNTRY_BY_SUFFIX: Final = {"uk": "GB"}
_SUFFIXES_OF_NO_PLACE: Final = frozenset("ag ai am bz cc co fm gg im io je la ly me nu sc sh so st to tv vc ws".split())
"""Country codes that are sold to everyone: they tell no place."""


@dataclass(frozen=True, kw_only=True)
class FoundSite:
    """What was found out of a site.

    Attributes:
        domain: Its domain.
        name: As it calls itself, else the domain.
        language: ISO 639-1; None when it does not say.
        country: By the ending of the domain; None when that tells none.
        timezone: That of the country, if it has a single one.
        feeds: Those that were fetched and read.
        sitemaps: Those of its robots.txt: of news, if it names such, else the first few.
    """

    domain: str
    name: str
    language: str | None = None
    country: str | None = None
    timezone: str | None = None
    feeds: tuple[Probe, ...] = ()
    sitemaps: tuple[str, ...] = ()


def discover_site(url: str, fetching: Fetching) -> FoundSite:
    """Return what a site says of itself. An address that is a feed itself is taken for one.

    Args:
        url: Of any page of the site; without "https://" it is added.
        fetching: What asks the site.

    Raises:
        DatelineError: The address is none, the page cannot be fetched, or there is neither feed nor sitemap.
    """
    url = url if "://" in url else f"https://{url}"
    domain = None if canonicalize_url(url) is None else parse_domain(url)
    if domain is None:
        raise DatelineError(f"{url} is no address of a site")
    page = _fetch_page(url, fetching)
    site, feeds = _find_feeds(page, fetching)
    home = _find_home(page, feeds)
    domain = parse_domain(home) or domain
    sitemaps = _choose_sitemaps(fetching.fetcher.list_sitemaps(home, fetching.politeness))
    if not feeds and not sitemaps:
        raise DatelineError(
            f"{domain} has no feed that can be read, and no sitemap: look for one on the site, and give its address"
        )
    country = guess_country(domain)
    return FoundSite(
        domain=domain,
        name=_choose_name(site, feeds) or domain,
        language=_choose_language(site, feeds),
        country=country,
        timezone=None if country is None else find_only_timezone(country),
        feeds=tuple(feeds),
        sitemaps=sitemaps,
    )


def _fetch_page(url: str, fetching: Fetching) -> Fetched:
    """Return a page.

    Raises:
        DatelineError: There is none.
    """
    outcome = fetching.fetcher.fetch(FetchRequest(url=url, politeness=fetching.politeness))
    if isinstance(outcome, Fetched):
        return outcome
    detail = outcome.detail if isinstance(outcome, Failure) else "the server says that we have it, and we have not"
    raise DatelineError(f"cannot fetch {url}: {detail}")


def _find_feeds(page: Fetched, fetching: Fetching) -> tuple[SitePage, list[Probe]]:
    """Return what the page says, and the feeds it names; the page itself where it is one, common places else."""
    listing = parse_fetched(page, fetching)
    if listing is not None and listing.kind == "feed":
        return SitePage(), [Probe(url=page.final_url, listing=listing)]
    try:
        declared = find_charset(page.content_type) or find_declared_encoding(page.body)
        site = analyze_site(decode_payload(page.body, declared=declared).text, url=page.final_url)
    except RejectedDocumentError:
        site = SitePage()
    if site.feeds:
        return site, _keep_feeds(probe_all(site.feeds[:MAX_FEED_COUNT], fetching))
    for path in COMMON_FEED_PATHS:
        if feeds := _keep_feeds(probe_all([urljoin(page.final_url, path)], fetching)):
            return site, feeds
    return site, []


def _find_home(page: Fetched, feeds: Sequence[Probe]) -> str:
    """Return an address on the site itself: where most pages are that a feed names, when we were given a feed.

    Feeds are often on a host of their own, as those of the BBC at feeds.bbci.co.uk.
    """
    given = next((probe.listing for probe in feeds if probe.url == page.final_url), None)
    entries = () if given is None else given.entries
    listed = [entry.url for entry in entries if entry.url is not None]
    urls = {domain: url for url in listed if (domain := parse_domain(url)) is not None}
    counts = Counter(map(parse_domain, listed))
    most = max(urls, key=lambda domain: counts[domain], default=None)
    return page.final_url if most is None else urls[most]


def _keep_feeds(probes: list[Probe]) -> list[Probe]:
    return [probe for probe in probes if probe.listing is not None and probe.listing.kind == "feed"]


def _choose_sitemaps(urls: Sequence[str]) -> tuple[str, ...]:
    """Return those of news, else the first few of all; a site's whole archive is no news."""
    fit = [url for url in dict.fromkeys(urls) if canonicalize_url(url) is not None]
    news = [url for url in fit if "news" in url.rpartition("/")[2].lower()]
    return tuple((news or fit)[:MAX_SITEMAP_COUNT])


def _choose_name(site: SitePage, feeds: Sequence[Probe]) -> str:
    """Return the name of the site, else the title of a feed; "" without either."""
    said = (site.name, *(probe.listing.title for probe in feeds if probe.listing is not None))
    names = (normalize_line(name)[:MAX_NAME_CHAR_COUNT].strip() for name in said if name)
    return next((name for name in names if name), "")


def _choose_language(site: SitePage, feeds: list[Probe]) -> str | None:
    """Return the language of the page, else of a feed, if there is such a language."""
    said = [site.language, *(probe.listing.language for probe in feeds if probe.listing is not None)]
    codes = (code.replace("_", "-").partition("-")[0].lower() for code in said if code)
    return next((code for code in codes if len(code) == len("en") and pycountry.languages.get(alpha_2=code)), None)


def guess_country(domain: str) -> str | None:
    """Return the country whose ending a domain has, None when it has none.

    Examples:
        >>> guess_country("gazette.ie"), guess_country("gazette.co.uk"), guess_country("gazette.tv")
        ('IE', 'GB', None)
    """
    suffix = domain.rpartition(".")[2].lower()
    if suffix in _SUFFIXES_OF_NO_PLACE:
        return None
    code = _COUNTRY_BY_SUFFIX.get(suffix, suffix.upper())
    return code if len(code) == len("IE") and pycountry.countries.get(alpha_2=code) is not None else None


def find_only_timezone(country: str) -> str | None:
    """Return the time zone of a country that has a single one (the zone.tab of the IANA database)."""
    rows = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines()
    zones = [row.split("\t")[2] for row in rows if row.startswith(f"{country}\t")]
    return zones[0] if len(zones) == 1 else None
