"""Outlets: their history, what was asked of their servers, and what came of it on each day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    count_names,
    fetch,
    frame_fetches,
    frame_mentions,
    frame_sources,
    frame_texts,
    load_article,
    make_fetch,
    make_mention,
    make_observation,
    make_provenance,
    make_source,
    make_version,
    observe,
)
from transforms.outlets import key_sources
from transforms.source_schemas import SOURCE_VERSION
from warehouse import load_sources as outlets
from warehouse import watermarks
from warehouse.checks import run_checks
from warehouse.load import load_texts
from warehouse.load_counts import refresh_counts
from warehouse.load_expectations import refresh_expectations
from warehouse.load_sources import (
    list_source_ids,
    load_fetches,
    load_source_versions,
    load_sources,
    read_fetch_spans,
    read_source_versions,
    refresh_coverage,
)

Con = duckdb.DuckDBPyConnection

MONDAY = datetime(2026, 11, 2, 8, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
MOVED = datetime(2026, 11, 3, tzinfo=UTC)

OLD = make_source(name="The Old A", country_code="IE", valid_to=MOVED)
NEW = make_source(11, name="The New A", country_code="GB", valid_from=MOVED)


def to_versions(sources: pl.DataFrame) -> pl.DataFrame:
    """Return SOURCE rows as SOURCE_VERSION rows without a schedule."""
    return sources.with_columns(schedule=pl.lit(None, pl.String)).select(SOURCE_VERSION.names())


def load_history(con: Con, *sources: Row, loaded_at: datetime = LOADED_AT) -> None:
    load_sources(con, frame_sources(*sources), loaded_at=loaded_at)


def read_keys(con: Con) -> list[Any]:
    query = """
        select fact.article_key, fact.source_key, mention.source_key
        from fact_article as fact join fact_entity_mention as mention using (article_key) order by 1
    """
    return fetch(con, query)


@pytest.fixture
def two_articles(con: Con) -> Con:
    """Give a warehouse with an article of the day before an outlet changed, and one of the day after."""
    before, after = datetime(2026, 11, 2, 23, tzinfo=UTC), MOVED
    load_article(
        con,
        make_version(1, "one", "c1", valid_from=before, published_at=before),
        make_version(2, "two", "c2", valid_from=after, published_at=after),
    )
    mentions = frame_mentions(make_mention("c1", 100, "Ann Lee", 0), make_mention("c2", 100, "Ann Lee", 0))
    texts = frame_texts(c1="Ann Lee spoke.", c2="Ann Lee sang.")
    load_texts(con, texts, mentions, extraction_id="x", run_key=1)
    return con


def test_what_the_sources_file_says_goes_before_what_documents_say(con: Con) -> None:
    observe(con, make_observation("one", "c1", source_name="A Daily", source_domain="a.example"))
    load_history(con, make_source(name="The A", country_code="IE", timezone="Europe/Dublin", language_code="ga"))
    columns = "name, domain, country_code, timezone, language_code, is_current"
    assert fetch(con, f"select {columns} from dim_source where source_key = 10") == [  # noqa: S608  columns of the test
        ("The A", "a.example", "IE", "Europe/Dublin", "ga", True),
    ]


def test_an_outlet_nobody_names_has_its_id_for_a_name(con: Con) -> None:
    load_history(con, make_source())
    assert fetch(con, "select name from dim_source where source_key = 10") == ["a.example"]


def test_facts_belong_to_the_version_of_their_time(two_articles: Con) -> None:
    load_history(two_articles, OLD, NEW)
    assert read_keys(two_articles) == [(1, 10, 10), (2, 11, 11)]
    assert fetch(two_articles, "select name, is_current from dim_source where source_key > 0 order by source_key") == [
        ("The Old A", False),
        ("The New A", True),
    ]


@pytest.mark.parametrize("is_counted", [False, True])
def test_facts_move_part_by_part(two_articles: Con, monkeypatch: pytest.MonkeyPatch, *, is_counted: bool) -> None:
    if is_counted:
        refresh_counts(two_articles)
    monkeypatch.setattr(outlets, "MOVED_ROW_COUNT", 1)
    monkeypatch.setattr(watermarks, "MOST_WAITING_BYTES", 0)  # so that each part begins with a checkpoint
    load_history(two_articles, make_source(21, name="The A"))
    refresh_counts(two_articles)
    assert read_keys(two_articles) == [(1, 21, 21), (2, 21, 21)]
    assert fetch(two_articles, "select distinct source_key from fact_article_entity") == [21]
    assert run_checks(two_articles, ["copied_fact_article_entity"]) == 1


def test_new_facts_move_though_a_checkpoint_gave_them_other_numbers(
    two_articles: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    con = two_articles
    old = "select * from fact_entity_mention where article_key = 1"
    con.execute(f"insert into fact_entity_mention select held.* from ({old}) as held, range(130_000)")  # noqa: S608  ours
    watermarks.write_committed(con)
    watermarks.set_watermarks(con)
    load_article(con, make_version(3, "three", "c3", valid_from=MOVED, published_at=MOVED))
    mentions = frame_mentions(make_mention("c3", 100, "Ann Lee", 0))
    load_texts(con, frame_texts(c3="Ann Lee slept."), mentions, extraction_id="x", run_key=1)
    con.execute("delete from fact_entity_mention where article_key < 3")
    con.execute("delete from fact_article where article_key < 3")
    is_time = iter([False, False, True])  # twice for fact_article, then for the mentions

    def write_late(con: Con) -> None:
        if next(is_time, False):
            watermarks.write_committed(con)

    monkeypatch.setattr(outlets, "write_waiting", write_late)
    monkeypatch.setattr(outlets, "MOVED_TABLES", ("fact_article", "fact_entity_mention"))
    load_history(con, OLD, NEW)
    assert read_keys(con) == [(3, 11, 11)]


def test_what_was_counted_moves_without_being_counted_again(two_articles: Con) -> None:
    load_texts(
        two_articles,
        frame_texts(c1="Ann Lee met Bob Ray.", c2="Ann Lee met Bob Ray."),
        frame_mentions(
            *(make_mention(text, 100, "Ann Lee", 0) for text in ("c1", "c2")),
            *(make_mention(text, 200, "Bob Ray", 12) for text in ("c1", "c2")),
        ),
        extraction_id="y",
        run_key=1,
    )
    refresh_counts(two_articles)
    two_articles.execute("delete from recounted_article")
    load_history(two_articles, OLD, NEW)
    assert fetch(two_articles, "select count(*) from pending_article") == [0]
    assert fetch(two_articles, "select article_key from recounted_article") == [2]
    for table in ("fact_article", "fact_entity_mention", "fact_article_entity", "fact_cooccurrence"):
        query = f"select distinct article_key, source_key from {table} order by all"  # noqa: S608  tables of the test
        assert fetch(two_articles, query) == [(1, 10), (2, 11)], table


def test_a_version_that_is_taken_back_gives_its_facts_back(two_articles: Con) -> None:
    load_history(two_articles, OLD, NEW)
    load_history(two_articles, make_source(name="The A"))
    assert read_keys(two_articles) == [(1, 10, 10), (2, 10, 10)]
    assert fetch(two_articles, "select source_key from dim_source where source_id = 'a.example'") == [10]


def test_the_current_version_is_that_of_the_day_of_the_load(con: Con) -> None:
    load_history(con, OLD, NEW, loaded_at=MOVED - timedelta(microseconds=1))
    assert fetch(con, "select source_key from dim_source where is_current") == [10]
    load_history(con, OLD, NEW, loaded_at=MOVED)
    assert fetch(con, "select source_key from dim_source where is_current") == [11]


def test_the_sources_file_that_was_used_last_is_remembered(con: Con) -> None:
    first = frame_sources(OLD, NEW).pipe(to_versions)
    load_source_versions(con, first)
    assert read_source_versions(con).equals(first)
    second = frame_sources(make_source(name="B", source_id="b.example")).pipe(to_versions)
    load_source_versions(con, second)
    assert read_source_versions(con).equals(second)


def test_outlets_are_those_of_articles_of_the_file_and_of_fetches(con: Con) -> None:
    observe(con, make_observation("one", "c1", source_id="c.example"))
    load_source_versions(con, frame_sources(make_source(name="B", source_id="b.example")).pipe(to_versions))
    load_fetches(con, frame_fetches(make_fetch("https://a.example/1", MONDAY)))
    assert list_source_ids(con).to_list() == ["a.example", "b.example", "c.example"]


def test_an_outlet_that_only_the_sources_file_knew_goes_with_it(con: Con) -> None:
    observe(con, make_observation("one", "c1", source_id="a.example"))
    for named in (["a.example", "b.example"], []):
        sources = [make_source(key, outlet, name="Named") for key, outlet in enumerate(named, start=20)]
        load_source_versions(con, frame_sources(*sources).pipe(to_versions))
        load_sources(con, key_sources(list_source_ids(con), read_source_versions(con)), loaded_at=LOADED_AT)
    assert fetch(con, "select source_id, name from dim_source where source_key >= 0") == [("a.example", "The A")]


def test_a_fetch_is_kept_once(con: Con) -> None:
    fetches = frame_fetches(*[make_fetch("https://a.example/1", MONDAY)] * 2)
    for _ in range(2):
        load_fetches(con, fetches)
    assert fetch(con, "select url, fetched_at from source_fetch") == [
        ("https://a.example/1", MONDAY.replace(tzinfo=None))
    ]


NEVER_IDLE = pl.DataFrame(schema={"source_id": pl.String(), "date": pl.Date()})
FEED = {"kind": "feed", "entry_count": 2}


def cover(con: Con, *fetches: Row, provenance: tuple[Row, ...] = ()) -> list[Any]:
    """Return the coverage of a.example after these fetches, of which some brought articles."""
    observations = [make_observation(row["article_id"], row["content_hash"]) for row in provenance]
    observe(con, *observations, provenance=provenance)
    load_fetches(con, frame_fetches(*fetches))
    load_source_versions(con, frame_sources(make_source(name="The A")).pipe(to_versions))
    load_history(con, make_source())
    refresh_coverage(con, NEVER_IDLE)
    refresh_expectations(con)
    count_names(con)
    run_checks(con)
    columns = "date_key, expected_count, received_count, loaded_count, unchanged_count, duplicate_count, rejected_count"
    return fetch(con, f"select {columns}, status from fact_source_coverage order by date_key")  # noqa: S608  columns of the test


def bring(number: int, content: str, at: datetime = MONDAY, article: str | None = None) -> tuple[Row, Row]:
    """Return the fetch of a page, and the provenance of the article it brought."""
    url = f"https://a.example/{number}"
    fetched = make_fetch(url, at, raw_hash=f"raw-{content}")
    article_id = f"article-{number}" if article is None else article
    given = make_provenance(article_id, content, ingested_uri=url, raw_hash=f"raw-{content}", ingested_at=at)
    return fetched, given


def test_a_day_on_which_all_came_is_complete(con: Con) -> None:
    (one, article_one), (two, article_two) = bring(1, "c1"), bring(2, "c2")
    feed = make_fetch("https://a.example/feed", MONDAY, **FEED)
    assert cover(con, feed, one, two, provenance=(article_one, article_two)) == [
        (20261102, 2, 2, 2, 0, 0, 0, "complete"),
    ]


def test_a_page_that_failed_makes_the_day_partial(con: Con) -> None:
    one, article = bring(1, "c1")
    lost = make_fetch("https://a.example/2", MONDAY, outcome="failed", reason="timed_out")
    assert cover(con, one, lost, provenance=(article,)) == [(20261102, 2, 1, 1, 0, 0, 1, "partial")]


def test_a_page_that_was_asked_for_again_and_came_counts_once(con: Con) -> None:
    lost = make_fetch("https://a.example/1", MONDAY, outcome="failed", reason="timed_out")
    one, article = bring(1, "c1", MONDAY + timedelta(hours=1))
    assert cover(con, lost, one, provenance=(article,)) == [(20261102, 1, 1, 1, 0, 0, 0, "complete")]


def test_a_page_that_came_and_was_refused_was_received(con: Con) -> None:
    assert cover(con, make_fetch("https://a.example/1", MONDAY, raw_hash="x")) == [
        (20261102, 1, 1, 0, 0, 0, 1, "partial"),
    ]


def test_a_feed_that_answers_with_nothing_new_makes_a_quiet_day(con: Con) -> None:
    one, article = bring(1, "c1")
    again = make_fetch("https://a.example/1", TUESDAY, outcome="unmodified")
    feed = make_fetch("https://a.example/feed", TUESDAY, outcome="unmodified", kind="feed")
    assert cover(con, one, again, feed, provenance=(article,))[1:] == [(20261103, 1, 1, 0, 1, 0, 0, "quiet")]


def test_a_feed_that_does_not_answer_makes_an_error(con: Con) -> None:
    feed = make_fetch("https://a.example/feed", MONDAY, kind="feed", outcome="failed", reason="unreachable")
    assert cover(con, feed) == [(20261102, 0, 0, 0, 0, 0, 0, "error")]


def test_one_feed_of_two_that_does_not_answer_makes_the_day_partial(con: Con) -> None:
    good = make_fetch("https://a.example/feed", MONDAY, **FEED)
    bad = make_fetch("https://a.example/sitemap", MONDAY, kind="sitemap", outcome="failed", reason="http_error")
    assert cover(con, good, bad) == [(20261102, 0, 0, 0, 0, 0, 0, "partial")]


def test_a_day_on_which_nobody_asked_is_a_gap(con: Con) -> None:
    feeds = [make_fetch("https://a.example/feed", MONDAY + timedelta(days=days), **FEED) for days in (0, 2)]
    assert [row[-1] for row in cover(con, *feeds)] == ["quiet", "gap", "quiet"]


def test_the_gap_goes_on_to_the_last_day_on_which_anyone_was_asked(con: Con) -> None:
    feed = make_fetch("https://a.example/feed", MONDAY, **FEED)
    other = make_fetch("https://b.example/feed", TUESDAY, **FEED, source_id="b.example")
    load_history(con, make_source(20, "b.example"))
    cover(con, feed, other)
    query = "select source_key, date_key, status from fact_source_coverage order by all"
    assert fetch(con, query) == [(10, 20261102, "quiet"), (10, 20261103, "gap"), (20, 20261103, "quiet")]


def test_the_same_article_on_two_pages_of_a_day_is_loaded_and_a_duplicate(con: Con) -> None:
    one, first = bring(1, "c1", article="same")
    two, second = bring(2, "c1", MONDAY + timedelta(minutes=1), article="same")
    assert cover(con, one, two, provenance=(first, second)) == [(20261102, 2, 2, 1, 0, 1, 0, "complete")]


def test_a_page_that_holds_many_documents_counts_once_as_loaded(con: Con) -> None:
    url = "https://a.example/all.jsonl"
    rows = [
        make_provenance(f"article-{n}", f"c{n}", ingested_uri=f"{url}#L{n}", raw_hash=f"line-{n}", ingested_at=MONDAY)
        for n in range(3)
    ]
    fetches = [make_fetch(url, at, raw_hash="all") for at in (MONDAY, TUESDAY)]
    assert cover(con, *fetches, provenance=tuple(rows)) == [
        (20261102, 1, 1, 1, 0, 0, 0, "complete"),
        (20261103, 1, 1, 0, 1, 0, 0, "quiet"),
    ]


def test_an_article_an_archive_had_before_is_unchanged(con: Con) -> None:
    earlier = make_provenance(
        "article-1", "c1", ingested_uri="file:///x.warc#1", ingested_at=MONDAY - timedelta(days=9)
    )
    one, article = bring(1, "c1")
    assert cover(con, one, provenance=(earlier, article)) == [(20261102, 1, 1, 0, 1, 0, 0, "quiet")]


def test_the_days_of_an_outlet_that_changed_belong_to_its_versions(con: Con) -> None:
    feeds = [make_fetch("https://a.example/feed", at, **FEED) for at in (MONDAY, TUESDAY)]
    load_fetches(con, frame_fetches(*feeds))
    load_history(con, OLD, NEW)
    refresh_coverage(con, NEVER_IDLE)
    refresh_expectations(con)
    count_names(con)
    run_checks(con)
    assert fetch(con, "select source_key, date_key from fact_source_coverage order by all") == [
        (10, 20261102),
        (11, 20261103),
    ]


def test_a_document_that_an_article_is_read_from_again_keeps_its_first_day(con: Con) -> None:
    for at in (TUESDAY, MONDAY):
        observe(con, make_observation("one", "c1"), provenance=[make_provenance("one", "c1", ingested_at=at)])
    assert fetch(con, "select ingested_at from article_provenance") == [MONDAY.replace(tzinfo=None)]


def test_an_article_has_a_row_for_each_document_it_is_read_from(con: Con) -> None:
    rows = [make_provenance("one", "c1", ingested_uri=uri) for uri in ("https://a.example/1", "file:///x.warc#1")]
    observe(con, make_observation("one", "c1"), provenance=rows)
    assert fetch(con, "select count(*) from article_provenance") == [2]


def test_a_day_on_which_an_outlet_is_not_due_is_no_gap_and_has_a_row_when_it_was_asked(con: Con) -> None:
    feeds = [make_fetch("https://a.example/feed", MONDAY + timedelta(days=days), **FEED) for days in (0, 2, 3)]
    load_fetches(con, frame_fetches(*feeds))
    load_source_versions(con, frame_sources(make_source(name="The A")).pipe(to_versions))
    load_history(con, make_source())
    idle = [("a.example", (MONDAY + timedelta(days=days)).date()) for days in (1, 2)]
    refresh_coverage(con, pl.DataFrame(idle, schema=NEVER_IDLE.schema, orient="row"))
    assert fetch(con, "select date_key, status from fact_source_coverage order by all") == [
        (20261102, "quiet"),
        (20261104, "quiet"),
        (20261105, "quiet"),
    ]


def test_a_page_that_never_was_an_article_stays_refused_when_it_is_unmodified(con: Con) -> None:
    refused = make_fetch("https://a.example/1", MONDAY, raw_hash="x")
    again = make_fetch("https://a.example/1", TUESDAY, outcome="unmodified")
    assert cover(con, refused, again)[1:] == [(20261103, 1, 1, 0, 0, 0, 1, "partial")]


def test_an_outlet_that_is_not_in_the_sources_file_is_missed_by_nobody(con: Con) -> None:
    feeds = [make_fetch("https://a.example/feed", MONDAY + timedelta(days=days), **FEED) for days in (0, 2)]
    load_fetches(con, frame_fetches(*feeds))
    load_history(con, make_source())
    refresh_coverage(con, NEVER_IDLE)
    assert fetch(con, "select status from fact_source_coverage order by date_key") == ["quiet", "quiet"]


def test_the_days_that_count_go_from_the_first_fetch_of_an_outlet_to_the_last_of_any(con: Con) -> None:
    other = make_fetch("https://b.example/feed", TUESDAY, source_id="b.example")
    load_fetches(con, frame_fetches(make_fetch("https://a.example/1", MONDAY), other))
    assert read_fetch_spans(con).rows() == [
        ("a.example", MONDAY.date(), TUESDAY.date()),
        ("b.example", TUESDAY.date(), TUESDAY.date()),
    ]
