"""Whole runs, day after day, over articles that are changed, put back, taken back and put up again."""

from datetime import datetime
from pathlib import Path

import pytest

from flows.inputs import Inputs
from tests.flows.fetch.site import Reply, Site
from tests.integration.newsstand import XML, set_clock, write_feed, write_page, write_sources
from tests.integration.support import Run, assert_accounted, dump_contents, query

SOURCES = Inputs(has_sources=True)
GAZETTE = "http://gazette.example"
SHARE_BAR = '<div class="share"><a href="/f">Share on Facebook</a> <a href="/x">Tweet this</a></div>'


def test_an_article_that_is_changed_and_put_back_has_three_versions_and_its_share_bar_makes_none(
    tmp_path: Path, run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    changed, shared = f"{GAZETTE}/0", f"{GAZETTE}/1"
    sources = write_sources(tmp_path / "sources.toml", {"gazette.example": {"feeds": [f"{GAZETTE}/rss"]}})
    site.put(f"{GAZETTE}/rss", Reply(write_feed(changed, shared), content_type=XML, etag='"f"'))
    as_was, bare = write_page(0), write_page(1)
    other_headline = as_was.replace(b"Council meets for session 0", b"Council splits over session 0")
    with_bar = bare.replace(b"<article>", f"<article>{SHARE_BAR}".encode())
    for day, (first, second) in enumerate([(as_was, bare), (other_headline, with_bar), (as_was, bare)]):
        set_clock(monkeypatch, days=day)
        site.put(changed, Reply(first, etag=f'"{day}"'))
        site.put(shared, Reply(second, etag=f'"{day}"'))
        assert_accounted(run(home, inputs=SOURCES, sources=sources))
    versions = """
        select url, contains(headline, 'splits'), is_current, valid_from, valid_to from dim_article
        where contains(url, 'gazette.example') order by url, version
    """
    fetched = "select fetched_at from source_fetch where url like '%/0' order by fetched_at"
    (_,), (second_at,), (third_at,) = query(home, fetched)
    published_at, further = datetime(2026, 3, 2), datetime(9999, 12, 31)  # noqa: DTZ001  as tables have them, UTC
    assert query(home, versions) == [
        (changed, False, False, published_at, second_at),
        (changed, True, False, second_at, third_at),
        (changed, False, True, third_at, further),
        (shared, False, True, published_at.replace(hour=1), further),
    ]
    run(tmp_path / "other", inputs=Inputs(raw_homes=(home,)), sources=sources)
    assert dump_contents(tmp_path / "other") == dump_contents(home)


def test_an_article_that_is_taken_back_is_marked_and_unmarked_when_it_comes_back(
    tmp_path: Path, run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    pages = [f"{GAZETTE}/{number}" for number in range(4)]
    sources = write_sources(tmp_path / "sources.toml", {"gazette.example": {"feeds": [f"{GAZETTE}/rss"]}})
    marked = "select url, withdrawn_at from dim_article where is_withdrawn order by url"
    node = b'{"@type": "NewsArticle", "creativeWorkStatus": "Retracted"}'
    retracted = write_page(2).replace(b"</head>", b'<script type="application/ld+json">%s</script></head>' % node)
    steps = [
        {url: Reply(write_page(number), etag=f'"{number}"') for number, url in enumerate(pages)},
        {pages[0]: Reply(status=410), pages[1]: Reply(status=404), pages[2]: Reply(retracted, etag='"r"')},
        {},
        {pages[0]: Reply(write_page(0), etag='"0"')},
    ]
    found = []
    for day, answers in enumerate(steps):
        set_clock(monkeypatch, days=day)
        for url, answer in answers.items():
            site.put(url, answer)
        listed = pages if day == 0 else pages[3:]  # what is withdrawn leaves the feed, too
        site.put(f"{GAZETTE}/rss", Reply(write_feed(*listed), content_type=XML))
        assert_accounted(run(home, inputs=SOURCES, sources=sources))
        found.append([str(url) for url, _ in query(home, marked)])
    assert found == [[], [pages[0], pages[2]], pages[:3], pages[1:3]]
    rows = query(home, "select url from dim_article where is_current and url is not null order by url")
    assert rows == [(url,) for url in pages]
    run(tmp_path / "other", inputs=Inputs(raw_homes=(home,)), sources=sources)
    assert dump_contents(tmp_path / "other") == dump_contents(home)
