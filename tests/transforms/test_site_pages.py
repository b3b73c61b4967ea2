"""What a page says of its site: its feeds and no others, the site's name and not the page's, a language in form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.site_pages import SitePage, analyze_site

URL = "https://www.gazette.example/world/"


def find_feeds(links: str) -> tuple[str, ...]:
    """Return the feeds of a page with these elements in its head."""
    return analyze_site(f"<html><head>{links}</head><body>news</body></html>", url=URL).feeds


@pytest.mark.parametrize(
    ("link", "feed"),
    [
        ('<link rel=alternate type=application/rss+xml href="/rss">', "https://www.gazette.example/rss"),
        ('<LINK REL="Alternate home" TYPE="application/atom+xml; charset=utf-8" HREF=a.xml>', f"{URL}a.xml"),
        ('<link rel="alternate" type="application/feed+json" href="https://f.example/j">', "https://f.example/j"),
        ('<link rel="alternate" type="application/rss+xml" href="//f.example/x">', "https://f.example/x"),
    ],
    ids=["absolute path", "capitals and parameters", "json feed", "other host"],
)
def test_a_feed_is_found(link: str, feed: str) -> None:
    assert find_feeds(link) == (feed,)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="application/rss+xml" href="/rss">',
        '<link rel="alternate" type="text/html" hreflang="ga" href="/ga">',
        '<link rel="alternate" type="application/json" href="/wp-json/">',
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">',
        '<link rel="alternate" type="application/rss+xml" href="/f" title="The Gazette » Comments Feed">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:void(0)">',
        '<link rel="alternate" type="application/rss+xml" href="http://[bad">',
        "<!-- <link rel=alternate type=application/rss+xml href=/rss> -->",
    ],
)
def test_what_is_no_feed_of_articles_is_left(link: str) -> None:
    assert not [feed for feed in find_feeds(link) if feed != URL]


def test_feeds_keep_their_order_and_come_once_relative_to_the_base() -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in ("b", "a", "b#x"))
    assert find_feeds(f'<base href="https://cdn.example/feeds/">{links}') == (
        "https://cdn.example/feeds/b",
        "https://cdn.example/feeds/a",
    )


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<title>News</title><meta property="og:site_name" content=" The  Gazette ">', "The Gazette"),
        ("<title>Storm hits coast - World | The Gazette</title>", "The Gazette"),
        ("<title>Gazette: all the news</title>", "Gazette"),
        ("<title>Home</title>", "Home"),
        ("<title> </title>", None),
        ("", None),
    ],
    ids=["said", "last of the title", "first of the title", "one part", "blank", "none"],
)
def test_the_name_is_the_sites(head: str, name: str | None) -> None:
    assert analyze_site(f"<html><head>{head}</head><body>x</body></html>", url=URL).name == name


@pytest.mark.parametrize(
    ("lang", "language"), [("en", "en"), ("en-IE", "en"), ("PT_br", "pt"), ("gaeilge", None), ("", None)]
)
def test_the_language_is_its_main_part(lang: str, language: str | None) -> None:
    assert analyze_site(f'<html lang="{lang}"><body>x</body></html>', url=URL).language == language


@pytest.mark.parametrize("page", ["", "  ", "<!-- -->", "<div>" * 1_000])
def test_what_is_no_page_says_nothing(page: str) -> None:
    assert analyze_site(page, url=URL) == SitePage()


@given(st.text())
def test_no_text_crashes(page: str) -> None:
    assert analyze_site(f"<link rel=alternate type=application/rss+xml href='{page}'>{page}", url=URL)
