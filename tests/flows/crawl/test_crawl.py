"""What a run asks for: lists, what they lead to, and of what is known no more than it must."""

import orjson
import pytest

from flows.crawl.crawl import MAX_DEPTH, RECHECK_DAYS
from flows.crawl.targets import Outlet
from flows.fetch.messages import Politeness
from tests.flows.crawl.crawling import (
    FEED,
    HOST,
    OUTLET,
    XML,
    Crawler,
    list_documents,
    list_fetches,
    list_refusals,
    read_hints,
    target,
    write_feed,
    write_index,
    write_sitemap,
)
from tests.flows.fetch.site import Reply

PAGE = b"<html><body><p>Rain fell in Lisbon on Monday."


def test_a_feed_leads_to_its_pages(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a", f"{HOST}/b"))
    crawler.put("/a", PAGE)
    arrivals = crawler.run()
    assert list_fetches(arrivals) == [
        ("/a", "page", "fetched"),
        ("/b", "page", "failed"),
        ("/rss", "feed", "fetched"),
    ]
    assert [document.uri for document in list_documents(arrivals)] == [f"{HOST}/a"]
    assert list_refusals(arrivals) == [(f"{HOST}/b", "http_error")]
    rows = {arrival.fetch["url"]: arrival.fetch for arrival in arrivals}
    assert (rows[FEED]["entry_count"], rows[FEED]["parent_url"], rows[f"{HOST}/a"]["parent_url"]) == (2, None, FEED)


def test_an_index_leads_to_sitemaps_and_these_to_pages(crawler: Crawler) -> None:
    crawler.put("/index.xml", write_index(f"{HOST}/1.xml", f"{HOST}/2.xml"))
    crawler.put("/1.xml", write_sitemap(f"{HOST}/a"))
    crawler.put("/2.xml", write_sitemap(f"{HOST}/b", f"{HOST}/a"))
    for path in ("/a", "/b"):
        crawler.put(path, PAGE)
    arrivals = crawler.run(target(f"{HOST}/index.xml", "sitemap"))
    assert list_fetches(arrivals) == [
        ("/1.xml", "sitemap", "fetched"),
        ("/2.xml", "sitemap", "fetched"),
        ("/a", "page", "fetched"),
        ("/b", "page", "fetched"),
        ("/index.xml", "sitemap", "fetched"),
    ]


def test_lists_within_lists_end(crawler: Crawler, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(9):
        crawler.put(f"/{number}.xml", write_index(f"{HOST}/{number + 1}.xml"))
    assert crawler.list_asked(target(f"{HOST}/0.xml", "sitemap")) == [
        f"/{number}.xml" for number in range(MAX_DEPTH + 1)
    ]
    assert "is a list within 4 lists" in caplog.text


def test_a_sitemap_that_lists_itself_is_asked_for_once(crawler: Crawler) -> None:
    crawler.put("/0.xml", write_index(f"{HOST}/0.xml", f"{HOST}/0.xml#again"))
    assert crawler.list_asked(target(f"{HOST}/0.xml", "sitemap")) == ["/0.xml"]


def test_a_feed_that_is_the_same_has_its_pages_asked_for_again(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a"), etag='"f"')
    crawler.put("/a", PAGE, etag='"a"')
    crawler.run()
    arrivals = crawler.run()
    assert list_fetches(arrivals) == [("/a", "page", "unmodified"), ("/rss", "feed", "unmodified")]
    assert list_documents(arrivals) == []
    crawler.put("/a", PAGE + b" And on Tuesday.", etag='"a2"')
    assert list_fetches(crawler.run()) == [("/a", "page", "fetched"), ("/rss", "feed", "unmodified")]


def test_a_feed_that_fails_has_its_pages_asked_for_all_the_same(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a"))
    crawler.put("/a", PAGE)
    crawler.run()
    crawler.put("/rss", b"<!DOCTYPE html><p>Down for maintenance")
    arrivals = crawler.run()
    assert list_refusals(arrivals) == [(FEED, "bad_feed")]
    assert list_fetches(arrivals) == [("/a", "page", "fetched"), ("/rss", "feed", "failed")]


def test_what_has_left_the_feed_and_did_not_come_is_asked_for_again(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a", f"{HOST}/b"))
    crawler.put("/b", PAGE)
    crawler.site.put(f"{HOST}/a", Reply(status=500))
    crawler.run()
    crawler.put("/rss", write_feed(f"{HOST}/c"))
    crawler.put("/a", PAGE)
    assert crawler.list_asked() == ["/a", "/b", "/c", "/rss"]  # /b once more, as it may have been withdrawn
    assert crawler.list_asked() == ["/rss"]


def test_what_has_left_the_feed_and_never_comes_is_given_up(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a"))
    crawler.site.put(f"{HOST}/a", Reply(status=500))
    crawler.run()
    assert "/a" in crawler.list_asked(days=RECHECK_DAYS + 1)
    crawler.put("/rss", write_feed())
    assert "/a" in crawler.list_asked(days=RECHECK_DAYS - 1)
    assert "/a" not in crawler.list_asked(days=RECHECK_DAYS + 1)


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_not_asked_for_again(crawler: Crawler, status: int) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a"))
    crawler.site.put(f"{HOST}/a", Reply(status=status))
    assert crawler.list_asked() == ["/a", "/rss"]
    assert crawler.list_asked() == ["/rss"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_was_there_and_is_gone_is_asked_for_again_though_it_has_left_the_feed(
    crawler: Crawler, status: int
) -> None:
    crawler.put("/a", PAGE)
    crawler.put("/rss", write_feed(f"{HOST}/a"))
    crawler.run()
    crawler.site.put(f"{HOST}/a", Reply(status=status))
    crawler.put("/rss", write_feed())
    for days in (0, 1, RECHECK_DAYS - 1):
        assert crawler.list_asked(days=days) == ["/a", "/rss"]
    assert crawler.list_asked(days=RECHECK_DAYS + 1) == ["/rss"]


def test_a_page_that_has_left_the_feed_is_asked_for_once_more(crawler: Crawler) -> None:
    crawler.put("/a", PAGE)
    for urls, asked in ((["/a"], ["/a", "/rss"]), ([], ["/a", "/rss"]), ([], ["/rss"])):
        crawler.put("/rss", write_feed(*(f"{HOST}{url}" for url in urls)))
        assert crawler.list_asked() == asked


def test_a_sitemap_that_has_left_its_index_is_not_asked_for_again(crawler: Crawler) -> None:
    crawler.put("/old", write_sitemap())
    for urls, asked in ((["/old"], ["/index", "/old"]), ([], ["/index"])):
        crawler.put("/index", write_index(*(f"{HOST}{url}" for url in urls)))
        assert crawler.list_asked(target(f"{HOST}/index", "sitemap")) == asked


def test_entries_that_a_feed_says_were_deleted_are_kept_as_documents(crawler: Crawler) -> None:
    stone = '<at:deleted-entry ref="tag:news.example,7" when="2026-03-01T08:00:00Z"/>'
    space = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    crawler.site.put(FEED, Reply(f"<feed {space}>{stone}</feed>".encode(), content_type=XML))
    (document,) = list_documents(crawler.run())
    assert orjson.loads(document.payload) == {
        "id": "tag:news.example,7",
        "modified": "2026-03-01T08:00:00Z",
        "withdrawal": "deleted_entry",
    }
    assert (document.uri, document.reader) == (f"{FEED}#deleted/0", "feed")
    assert read_hints(document)["source_id"] == OUTLET.source_id


def test_a_page_that_robots_txt_denies_is_never_asked_for(crawler: Crawler) -> None:
    crawler.put("/robots.txt", b"User-agent: *\nDisallow: /a", content_type="text/plain")
    crawler.put("/rss", write_feed(f"{HOST}/a"))
    assert list_refusals(crawler.run()) == [(f"{HOST}/a", "robots_denied")]
    assert crawler.list_asked() == ["/rss"]


def test_pages_older_than_their_source_wants_are_left_alone(crawler: Crawler) -> None:
    old, new = "<pubDate>Mon, 02 Mar 2020 08:00:00 GMT</pubDate>", "<pubDate>Mon, 02 Mar 2099 08:00:00 GMT</pubDate>"
    crawler.put("/rss", write_feed(f"<link>{HOST}/old</link>{old}", f"<link>{HOST}/new</link>{new}", f"{HOST}/undated"))
    outlet = Outlet(source_id="x", politeness=Politeness(delay_seconds=0), max_age_days=30)
    assert crawler.list_asked(target(outlet=outlet)) == ["/new", "/rss", "/undated"]


def test_a_page_is_asked_for_a_week_after_it_was_first_listed(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a"))
    crawler.put("/a", PAGE, etag='"a"')
    crawler.run()
    assert crawler.list_asked(days=RECHECK_DAYS - 0.1) == ["/a", "/rss"]
    assert crawler.list_asked(days=RECHECK_DAYS + 0.1) == ["/rss"]


def test_what_the_list_and_the_sources_file_say_comes_with_the_page(crawler: Crawler) -> None:
    item = (
        f"<link>{HOST}/a</link><title>Rain &amp; more</title><guid>g-1</guid><author>ann@x.example (Ann Lee)</author>"
        "<pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>"
    )
    crawler.put("/rss", write_feed(item).replace(b"<item>", b"<language>pt</language><item>", 1))
    crawler.put("/a", PAGE, content_type="text/html; charset=iso-8859-1")
    (document,) = list_documents(crawler.run())
    hints = read_hints(document)
    assert (hints.pop("published")[:16], "Ann Lee" in hints.pop("author")) == ("Mon, 02 Mar 2026", True)
    assert hints == {
        "source_id": "news.example",
        "source": "The News",
        "url": f"{HOST}/a",
        "title": "Rain & more",
        "external_id": "g-1",
        "language": "pt",
        "encoding": "cp1252",
    }
    assert (document.external_id, document.source_hint, document.final_uri) == ("g-1", "The News", None)


def test_an_entry_without_an_address_is_refused(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed("<title>Rain</title>", "<title>Snow</title><guid isPermaLink='false'>g-2</guid>"))
    arrivals = crawler.run()
    assert list_refusals(arrivals) == [(f"{FEED}#/0", "bad_url"), (f"{FEED}#/1", "bad_url")]
    assert [item.external_id for item in arrivals[0].items] == [f"{FEED}#/0", "g-2"]


def test_of_an_entry_with_a_password_nothing_is_kept(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed("http://user:secret@news.example/a"))
    arrivals = crawler.run()
    assert list_refusals(arrivals) == [(f"{FEED}#/0", "bad_url")]
    assert "secret" not in repr([(arrival.fetch, arrival.items) for arrival in arrivals])


@pytest.mark.parametrize("url", ["ftp://news.example/a", "mailto:ann@news.example"])
def test_an_entry_that_cannot_be_asked_for_is_refused_once(crawler: Crawler, url: str) -> None:
    crawler.put("/rss", write_feed(url))
    assert list_refusals(crawler.run()) == [(url, "bad_url")]
    assert list_refusals(crawler.run()) == []


def test_a_page_is_asked_for_once_whatever_its_addresses(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a", f"{HOST}/a?utm_source=rss", "http://www.news.example/a/"))
    crawler.put("/a", PAGE)
    assert len([url for url in crawler.list_asked() if "a" in url]) == 1


def test_a_page_of_two_sources_is_asked_for_by_the_first(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a"))
    crawler.put("/rss2", write_feed(f"{HOST}/a"))
    crawler.put("/a", PAGE)
    other = Outlet(source_id="other.example", politeness=OUTLET.politeness)
    arrivals = crawler.run(target(), target(f"{HOST}/rss2", outlet=other))
    assert len(list_documents(arrivals)) == 1
    assert [arrival.fetch["kind"] for arrival in arrivals].count("page") == 1


def test_a_page_of_two_sources_is_the_first_ones_though_its_list_comes_last(crawler: Crawler) -> None:
    slow = "http://slow.example/rss"
    crawler.site.put(slow, Reply(write_feed(f"{HOST}/a"), content_type=XML, pause_seconds=0.3))
    crawler.put("/rss", write_feed(f"{HOST}/a"))
    crawler.put("/a", PAGE)
    other = Outlet(source_id="other.example", politeness=OUTLET.politeness)
    (document,) = list_documents(crawler.run(target(slow), target(outlet=other)))
    assert read_hints(document)["source_id"] == OUTLET.source_id


def test_what_is_given_by_name_may_be_a_list_or_a_page(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a"))
    crawler.put("/a", PAGE)
    crawler.put("/b", PAGE)
    crawler.put("/urls.txt", f"# ours\n{HOST}/c\n".encode(), content_type="text/plain")
    crawler.put("/c", PAGE)
    named = [target(HOST + path, "any") for path in ("/rss", "/b", "/urls.txt")]
    kinds = [("/a", "page"), ("/b", "page"), ("/c", "page"), ("/rss", "feed"), ("/urls.txt", "urls")]
    assert [row[:2] for row in list_fetches(crawler.run(*named))] == kinds


def test_a_list_given_by_name_that_fails_is_still_a_list(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed())
    crawler.run(target(kind="any"))
    crawler.site.put(FEED, Reply(status=500))
    assert list_fetches(crawler.run(target(kind="any"))) == [("/rss", "feed", "failed")]


def test_a_page_where_a_feed_should_be_is_no_page(crawler: Crawler) -> None:
    crawler.put("/rss", PAGE)
    arrivals = crawler.run()
    assert (list_documents(arrivals), list_refusals(arrivals)) == ([], [(FEED, "bad_feed")])


def test_a_run_that_is_killed_before_it_remembers_asks_for_all_again(crawler: Crawler) -> None:
    crawler.put("/rss", write_feed(f"{HOST}/a"), etag='"f"')
    crawler.put("/a", PAGE, etag='"a"')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.crawl.crawl.Crawl.remember", lambda *_: None)
        crawler.run()
    assert list_fetches(crawler.run()) == [("/a", "page", "fetched"), ("/rss", "feed", "fetched")]


def test_a_host_in_other_letters_and_an_address_without_a_path_are_asked_for(crawler: Crawler) -> None:
    crawler.site.put("http://xn--bcher-kva.example/", Reply(PAGE))
    arrivals = crawler.run(target("http://Bücher.example", "any"))
    (document,) = list_documents(arrivals)
    assert (document.uri, document.final_uri) == ("http://Bücher.example", None)
    assert read_hints(document)["url"] == "http://xn--bcher-kva.example/"


def test_a_sitemap_of_thousands_of_pages_is_worked_through(crawler: Crawler) -> None:
    crawler.put("/robots.txt", b"User-agent: *\nDisallow: /p", content_type="text/plain")
    crawler.put("/s.xml", write_sitemap(*(f"{HOST}/p/{number}" for number in range(5_000))))
    arrivals = crawler.run(target(f"{HOST}/s.xml", "sitemap"), limit=50_000_000)
    assert len(arrivals) == 5_001
    assert crawler.list_asked(target(f"{HOST}/s.xml", "sitemap")) == ["/s.xml"]
