"""Whole runs over web sites of the tests' own: what is fetched, what that costs, and what every fault becomes."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.crawl.pages import make_documents
from flows.errors import FetchStateError, UsageError
from flows.inputs import Inputs
from flows.readers.found import RawDocument, Refusal
from tests.flows.fetch.site import Link, Reply, Seen, Site, Turns, send_to
from tests.integration.newsstand import (
    FAULTS,
    XML,
    put_faults,
    set_clock,
    write_feed,
    write_index,
    write_page,
    write_sitemap,
    write_sources,
    write_warc,
)
from tests.integration.support import Run, assert_accounted, dump_contents, query

SOURCES = Inputs(has_sources=True)
FROM_HERE = Inputs(raw_homes=())
GAZETTE, COURIER = "http://gazette.example", "http://courier.example"
STATUSES = """
    select source_id, status from fact_source_coverage join dim_source using (source_key)
    join dim_date using (date_key) order by source_id, date
"""


@pytest.fixture
def sources(tmp_path: Path, site: Site) -> Path:
    """Return a sources file of two outlets that answer as they should: one with a feed, one with sitemaps."""
    pages = [f"{GAZETTE}/{number}" for number in range(3)]
    closed = f"{GAZETTE}/private/9"
    nowhere = "<item><title>An entry that leads nowhere</title></item>"
    site.put(f"{GAZETTE}/robots.txt", Reply(b"User-agent: *\nDisallow: /private/", content_type="text/plain"))
    feed = write_feed(*pages, f"{pages[0]}?utm_source=rss", closed, more=nowhere)
    site.put(f"{GAZETTE}/rss", Reply(feed, content_type=XML, etag='"f1"'))
    for number, url in enumerate(pages):
        site.put(url, Reply(write_page(number), etag=f'"{number}"'))
    site.put(closed, Reply(write_page(9)))
    site.put(f"{COURIER}/index.xml", Reply(write_index(f"{COURIER}/news.xml"), content_type=XML, etag='"i"'))
    site.put(f"{COURIER}/news.xml", Reply(write_sitemap(f"{COURIER}/4", f"{COURIER}/5"), content_type=XML, etag='"n"'))
    for number in (4, 5):
        site.put(
            f"{COURIER}/{number}", Reply(write_page(number), last_modified=f"Mon, 02 Mar 2026 0{number}:00:00 GMT")
        )
    given = {
        "gazette.example": {"feeds": [f"{GAZETTE}/rss"]},
        "courier.example": {"sitemaps": [f"{COURIER}/index.xml"]},
    }
    return write_sources(tmp_path / "sources.toml", given)


def test_the_first_run_fetches_all_that_is_allowed_once_and_nothing_else(
    tmp_path: Path, run: Run, site: Site, sources: Path
) -> None:
    result = run(tmp_path / "home", inputs=SOURCES, sources=sources)
    allowed = [f"{GAZETTE}/{name}" for name in ("0", "1", "2", "rss")]
    listed = [f"{COURIER}/{name}" for name in ("4", "5", "index.xml", "news.xml")]
    assert sorted(site.list_urls()) == listed + allowed
    assert sorted(seen.url for seen in site.log if "robots" in seen.url) == [
        f"{COURIER}/robots.txt",
        f"{GAZETTE}/robots.txt",
    ]
    assert_accounted(result)
    assert result.loaded.run.loaded_count == 5
    assert result.loaded.reject_counts == {"bad_url": 1, "robots_denied": 1}
    assert query(tmp_path / "home", STATUSES) == [("courier.example", "complete"), ("gazette.example", "partial")]


def test_what_feed_server_and_sources_file_say_reaches_the_warehouse(
    tmp_path: Path, run: Run, site: Site, sources: Path
) -> None:
    site.put(f"{GAZETTE}/1", send_to(f"{GAZETTE}/one"))
    site.put(f"{GAZETTE}/one", Reply(write_page(1)))
    run(tmp_path / "home", inputs=SOURCES, sources=sources)
    rows = query(
        tmp_path / "home",
        """
        select article.external_id, article.url, outlet.name, cast(article.valid_from as varchar),
            provenance.ingested_uri, provenance.ingested_final_uri
        from dim_article as article join fact_article using (article_key) join dim_source as outlet using (source_key)
        join article_provenance as provenance using (article_id) where outlet.source_id = 'gazette.example' order by 1
        """,
    )
    assert rows[1] == (
        "guid-1",
        f"{GAZETTE}/one",
        "The Gazette",
        "2026-03-02 01:00:00",
        f"{GAZETTE}/1",
        f"{GAZETTE}/one",
    )


def test_the_second_run_costs_conditional_requests_alone(tmp_path: Path, run: Run, site: Site, sources: Path) -> None:
    home = tmp_path / "home"
    run(home, inputs=SOURCES, sources=sources)
    asked, before = sorted(site.list_urls()), dump_contents(home)
    site.log.clear()
    again = run(home, inputs=SOURCES, sources=sources)
    assert sorted(site.list_urls()) == asked
    assert all(
        {"if-none-match", "if-modified-since"} & seen.headers.keys()
        for seen in site.log
        if not seen.url.endswith("/robots.txt")
    )
    assert_accounted(again)
    assert (again.loaded.run.unchanged_count, again.loaded.run.read_count) == (5, 5)
    after = dump_contents(home)
    assert {name for name in before if before[name] != after[name]} == {"source_fetch"}


def test_the_log_of_the_server_proves_the_rate_limits(tmp_path: Path, run: Run, site: Site, sources: Path) -> None:
    robots = b"User-agent: *\nCrawl-delay: 0.5"
    site.put(f"{COURIER}/robots.txt", Reply(robots, content_type="text/plain"))
    sources.write_text(sources.read_text("utf-8").replace("delay_seconds = 0", "delay_seconds = 0.25"), "utf-8")
    run(tmp_path / "home", inputs=SOURCES, sources=sources)
    for host, delay in ((GAZETTE, 0.25), (COURIER, 0.5)):
        times = [seen.at for seen in site.log if seen.url.startswith(host)]
        assert len(times) == 5
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        assert min(gaps[1:] if host == COURIER else gaps) > delay - 0.05  # the robots.txt has to be read first


def test_a_changed_article_is_fetched_again_and_a_new_version(
    tmp_path: Path, run: Run, site: Site, sources: Path
) -> None:
    home = tmp_path / "home"
    run(home, inputs=SOURCES, sources=sources)
    changed = write_page(1, note="The vote was put off to July, the mayor said on Tuesday.")
    site.put(f"{GAZETTE}/1", Reply(changed, etag='"1b"'))
    again = run(home, inputs=SOURCES, sources=sources)
    assert_accounted(again)
    assert (again.loaded.run.loaded_count, again.loaded.run.unchanged_count) == (1, 4)
    assert query(
        home,
        f"""
        select version, is_current, contains(body, 'July') from dim_article join article_body using (article_key)
        where url = '{GAZETTE}/1' order by version
        """,  # noqa: S608  an address of the test
    ) == [(1, False, False), (2, True, True)]


def test_every_fault_is_met_once_and_accounted_for(tmp_path: Path, run: Run, site: Site) -> None:
    sources = write_sources(tmp_path / "sources.toml", put_faults(site))
    result = run(tmp_path / "home", inputs=SOURCES, sources=sources, max_document_bytes=2_000_000, fetch_retry_count=0)
    found = query(tmp_path / "home", "select uri, reason from rejected_document")
    assert {str(uri): reason for uri, reason in found} == {
        f"http://{host}/x": reason for host, (_, reason, _) in FAULTS.items()
    }
    assert len(found) == result.loaded.run.read_count == result.loaded.run.rejected_count
    assert sorted(site.list_urls()) == sorted(f"http://{host}/x" for host in FAULTS)
    assert "127.0.0.1" not in site.connected
    statuses = {str(source): status for source, status in query(tmp_path / "home", STATUSES)}
    assert statuses.pop("blank.example") == "partial"  # it came
    assert statuses == dict.fromkeys(set(FAULTS) - {"blank.example"}, "error")


def test_faults_that_can_be_lived_with_load(tmp_path: Path, run: Run, site: Site) -> None:
    lies = write_page(0, note="“Já está”, disse a presidente.").replace(b'<meta charset="utf-8">', b"")
    site.put("http://lies.example/x", Reply(lies, content_type="text/html; charset=us-ascii"))
    site.put("http://busy.example/x", Turns(Reply(status=503, headers=(("Retry-After", "0"),)), Reply(write_page(2))))
    given = {host: {"urls": [f"http://{host}/x"]} for host in ("lies.example", "busy.example")}
    sources = write_sources(tmp_path / "sources.toml", given)
    result = run(tmp_path / "home", inputs=SOURCES, sources=sources)
    assert_accounted(result)
    assert result.loaded.run.loaded_count == 2
    bodies = " ".join(str(body) for (body,) in query(tmp_path / "home", "select body from article_body"))
    assert "“Já está”" in bodies
    assert len(site.list_urls()) == 3


class GoDown:
    """Answers, and the host is down from then on."""

    def __init__(self, site: Site, host: str) -> None:
        self.site, self.host = site, host

    def answer(self, seen: Seen, link: Link) -> bool:
        """Send a page for the last time."""
        self.site.down.add(self.host)
        Reply(write_page(0), headers=(("Connection", "close"),)).answer(seen, link)
        return False


def test_a_host_that_goes_down_half_way_keeps_what_came_and_gives_the_rest_later(
    tmp_path: Path, run: Run, site: Site
) -> None:
    urls = [f"http://down.example/{number}" for number in range(6)]
    site.put("http://down.example/robots.txt", Reply(status=404))
    site.put(urls[0], GoDown(site, "down.example"))
    sources = write_sources(tmp_path / "sources.toml", {"down.example": {"urls": urls}})
    first = run(tmp_path / "home", inputs=SOURCES, sources=sources, fetch_retry_count=0)
    assert_accounted(first)
    assert first.loaded.run.loaded_count == 1
    assert first.loaded.reject_counts == {"unreachable": 5}
    assert query(tmp_path / "home", STATUSES) == [("down.example", "partial")]
    assert site.connected.count(site.addresses["down.example"][0]) == 4  # once to answer, three times in vain
    site.down.clear()
    for number, url in enumerate(urls):
        site.put(url, Reply(write_page(number)))
    second = run(tmp_path / "home", inputs=SOURCES, sources=sources)
    assert_accounted(second)
    assert (second.loaded.run.loaded_count, second.loaded.run.unchanged_count) == (5, 1)
    assert query(tmp_path / "home", STATUSES) == [("down.example", "complete")]


def test_an_article_of_a_feed_and_of_an_archive_has_two_rows_of_provenance(
    tmp_path: Path, run: Run, sources: Path
) -> None:
    run(tmp_path / "home", inputs=SOURCES, sources=sources)
    archive = write_warc(tmp_path / "old.warc.gz", {f"{GAZETTE}/1": write_page(1)})
    again = run(tmp_path / "home", archive, sources=sources)
    assert (again.loaded.run.unchanged_count, again.loaded.run.read_count) == (1, 1)
    rows = query(
        tmp_path / "home",
        """
        select reader, split_part(provenance.ingested_uri, ':', 1)
        from article_provenance as provenance join dim_article using (article_id)
        where contains(url, 'gazette.example/1') order by all
        """,
    )
    assert rows == [("html", "http"), ("warc", "file")]


def test_from_raw_makes_the_same_warehouse_with_the_network_gone(
    tmp_path: Path, run: Run, site: Site, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    blocks = write_sources(tmp_path / "faults.toml", put_faults(site)).read_text("utf-8")
    said = 'domain = "courier.example"\n'
    named = sources.read_text("utf-8").replace(said, f"{said}expect.article_count.min = 1\n")
    sources.write_text(named + blocks, "utf-8")
    limits = {"sources": sources, "max_document_bytes": 2_000_000, "fetch_retry_count": 0}
    set_clock(monkeypatch, days=0)
    assert_accounted(run(home, inputs=SOURCES, **limits))
    assert_accounted(run(home, write_warc(tmp_path / "old.warc.gz", {f"{GAZETTE}/1": write_page(1)}), **limits))
    set_clock(monkeypatch, days=2)
    site.put(f"{GAZETTE}/1", Reply(write_page(1, note="The vote was put off to July."), etag='"1b"'))
    site.put("http://busy.example/x", Reply(status=500))  # the reason of before, another detail
    assert_accounted(run(home, inputs=SOURCES, **limits))
    assert [status for source, status in query(home, STATUSES) if source in {"gazette.example", "courier.example"}] == [
        *("complete", "gap", "quiet"),
        *("partial", "gap", "complete"),
    ]
    judged = """
        select status from fact_source_expectation join dim_source using (source_key)
        where source_id = 'courier.example' and measure = 'article_count' order by date_key
    """
    assert query(home, judged) == [("too_little_data",), ("low",), ("too_little_data",)]  # first, gap, not over

    site.__exit__(None, None, None)
    monkeypatch.setattr("flows.fetch.client.Fetcher", None)
    asked = len(site.log)
    other = tmp_path / "other"
    assert_accounted(run(other, inputs=Inputs(raw_homes=(home,)), **limits))
    assert len(site.log) == asked
    before, after = dump_contents(home), dump_contents(other)
    assert before.keys() == after.keys()
    assert {name: after[name] for name in after if after[name] != before[name]} == {}
    assert_accounted(run(other, inputs=FROM_HERE, **limits))
    assert dump_contents(other) == before


def interrupt(patch: pytest.MonkeyPatch, *, page_count: int) -> None:
    """Let the person press Ctrl-C when one more page than so many has come."""
    pages = itertools.count()

    def make_or_stop(*given: Any, **options: Any) -> Iterator[RawDocument | Refusal]:
        if next(pages) == page_count:
            raise KeyboardInterrupt
        return make_documents(*given, **options)

    patch.setattr("flows.crawl.crawl.make_documents", make_or_stop)


def test_what_an_interrupted_run_fetched_is_loaded_by_the_next_and_not_fetched_again(
    tmp_path: Path, run: Run, site: Site, sources: Path
) -> None:
    home = tmp_path / "home"
    with pytest.MonkeyPatch.context() as patch:
        interrupt(patch, page_count=3)
        with pytest.raises(KeyboardInterrupt):
            run(home, inputs=SOURCES, sources=sources)
    assert not (home / "warehouse.duckdb").exists()
    again = run(home, inputs=SOURCES, sources=sources)
    assert_accounted(again)
    assert again.loaded.run.loaded_count == 5
    assert [seen.headers.get("if-none-match") for seen in site.log if seen.url == f"{GAZETTE}/rss"] == [None, '"f1"']
    run(tmp_path / "other", inputs=Inputs(raw_homes=(home,)), sources=sources)
    assert dump_contents(tmp_path / "other") == dump_contents(home)


def test_a_kill_between_raw_store_and_memory_loses_nothing_and_loads_nothing_twice(
    tmp_path: Path, run: Run, sources: Path
) -> None:
    home = tmp_path / "home"

    def die(*_: object) -> None:
        raise SystemExit(137)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.crawl.crawl.Crawl.remember", die)
        with pytest.raises(SystemExit):
            run(home, inputs=SOURCES, sources=sources)
    again = run(home, inputs=SOURCES, sources=sources)
    assert_accounted(again)
    assert (again.loaded.run.loaded_count, again.loaded.run.duplicate_count) == (5, 5)
    assert query(home, "select count(*), count(distinct article_id) from dim_article where is_current") == [(5, 5)]
    assert run(home, inputs=SOURCES, sources=sources).loaded.run.loaded_count == 0


def test_a_run_whose_load_fails_is_made_good_by_the_next(tmp_path: Path, run: Run, sources: Path) -> None:
    def fail(_: object) -> None:
        raise OSError("no space left")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.steps.load.check_load", fail)
        with pytest.raises(OSError, match="no space"):
            run(tmp_path / "home", inputs=SOURCES, sources=sources)
    again = run(tmp_path / "home", inputs=SOURCES, sources=sources)
    assert_accounted(again)
    assert again.loaded.run.loaded_count == 5


def test_what_was_deleted_from_the_raw_store_is_fetched_again(tmp_path: Path, run: Run, sources: Path) -> None:
    home = tmp_path / "home"
    first = run(home, inputs=SOURCES, sources=sources)
    shutil.rmtree(home / "raw")
    (home / "warehouse.duckdb").unlink()
    again = run(home, inputs=SOURCES, sources=sources)
    assert again.loaded.run.loaded_count == first.loaded.run.loaded_count > 0


def test_a_page_that_holds_many_documents_makes_a_complete_day(tmp_path: Path, run: Run, site: Site) -> None:
    lines = b"".join(
        f'{{"id": "{number}", "text": "Sarah Johnson opened session {number} in Lisbon."}}\n'.encode()
        for number in range(3)
    )
    site.put("http://lines.example/all.jsonl", Reply(lines, content_type="application/json", etag='"1"'))
    sources = write_sources(tmp_path / "sources.toml", {"lines.example": {"urls": ["http://lines.example/all.jsonl"]}})
    result = run(tmp_path / "home", inputs=SOURCES, sources=sources)
    assert_accounted(result)
    assert result.loaded.run.loaded_count == 3
    counts = "select expected_count, received_count, loaded_count, rejected_count, status from fact_source_coverage"
    assert query(tmp_path / "home", counts) == [(1, 1, 1, 0, "complete")]


def test_fetching_needs_a_sources_file(tmp_path: Path, run: Run) -> None:
    message = "--fetch needs a sources file: make one with: dateline sources add URL"
    with pytest.raises(UsageError, match=message):
        run(tmp_path / "home", inputs=SOURCES)


def test_a_memory_that_cannot_be_written_is_named(tmp_path: Path, run: Run, sources: Path) -> None:
    (tmp_path / "home" / "fetch.sqlite").mkdir(parents=True)
    with pytest.raises(FetchStateError, match=r"cannot use .*fetch\.sqlite"):
        run(tmp_path / "home", inputs=SOURCES, sources=sources)


def test_a_page_that_was_refused_and_is_unmodified_since_is_refused_again(tmp_path: Path, run: Run, site: Site) -> None:
    site.put("http://blank.example/x", Reply(b"<title>Soon</title>", etag='"1"'))
    site.put("http://news.example/x", Reply(write_page(1), etag='"1"'))
    given = {host: {"urls": [f"http://{host}/x"]} for host in ("blank.example", "news.example")}
    sources = write_sources(tmp_path / "sources.toml", given)
    first = run(tmp_path / "home", inputs=SOURCES, sources=sources)
    again = run(tmp_path / "home", inputs=SOURCES, sources=sources)
    for result in (first, again):
        assert_accounted(result)
        assert result.loaded.reject_counts == {"no_article": 1}
    assert (again.loaded.run.unchanged_count, again.loaded.run.rejected_count) == (1, 1)
    rows = query(tmp_path / "home", "select sum(rejected_count) from fact_source_coverage")
    assert rows == [(1,)]  # two runs of one day
