"""Whatever happens to articles, and in whatever order, the totals are what counting everything anew would give.

Hypothesis makes up the histories: articles that come and go, change their names, day, story, or whether they are
current.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.warehouse.samples import fetch
from warehouse.load_counts import refresh_counts
from warehouse.migrate import apply_migrations
from warehouse.scripts import run_script

Con = duckdb.DuckDBPyConnection

TABLES = ("dim_article", "fact_article", "fact_entity_mention", "counted_version", "pending_article")
COUNTED = ("fact_article_entity", "fact_cooccurrence", "entity_total", "entity_day_total", "pair_total")

EXPECTED = {
    "entity_total": """
        select entity_key, count(*), count(distinct story_key), sum(mention_count),
            coalesce(min(nullif(date_key, -1)), -1), coalesce(max(date_key), -1),
            coalesce(arg_min(article_key, (published_at, article_key)) filter (published_at is not null), -1)
        from named group by entity_key order by all
    """,
    "entity_day_total": """
        with by_day as (
            select entity_key, date_key, date, count(*) as articles, count(distinct story_key) as stories,
                sum(mention_count) as mentions
            from named join dim_date using (date_key) where date_key > 0 group by all
        )
        select entity_key, date_key, articles, stories, mentions,
            (select sum(near.articles) from by_day as near
            where near.entity_key = by_day.entity_key and near.date between by_day.date - 6 and by_day.date),
            (select sum(near.stories) from by_day as near
            where near.entity_key = by_day.entity_key and near.date between by_day.date - 6 and by_day.date)
        from by_day order by all
    """,
    "pair_total": """
        select a.entity_key, b.entity_key, count(*), count(distinct a.story_key),
            sum(length(list_intersect(a.sentences, b.sentences))),
            coalesce(min(nullif(a.date_key, -1)), -1), coalesce(max(a.date_key), -1)
        from named as a join named as b on a.article_key = b.article_key and a.entity_key < b.entity_key
        group by all having count(*) > 1 order by all
    """,
}


@dataclass(frozen=True)
class Article:
    """What an article is now: entity -> sentence that names it, the day of November (None: undated), its story."""

    named: dict[int, int]
    day: int | None
    story: int
    is_current: bool


ARTICLES = st.builds(
    Article,
    named=st.dictionaries(st.integers(1, 4), st.integers(0, 2), max_size=4),
    day=st.one_of(st.none(), st.sampled_from([1, 2, 8, 20])),
    story=st.integers(1, 3),
    is_current=st.sampled_from([True, True, True, False]),
)
LOADS = st.lists(st.dictionaries(st.integers(1, 6), st.one_of(st.none(), ARTICLES), min_size=1), min_size=1, max_size=4)
"""Loads, one after the other: article -> what it becomes, or None where it goes."""

FIRST_GOES_IN_A_LATER_BATCH: list[dict[int, Article | None]] = [
    {6: Article({1: 0}, day=1, story=1, is_current=True)},
    {3: Article({1: 0}, day=20, story=1, is_current=True), 6: None},
]


@pytest.fixture(scope="module")
def dated() -> Iterator[Con]:
    """Give a connection to an empty warehouse whose calendar has the year 2026."""
    with closing(duckdb.connect()) as con:
        apply_migrations(con)
        con.execute("create temp table year_in_use as select 2026 as year_number")
        run_script(con, "sql/load/calendar/dim_date.sql")
        yield con


def become(con: Con, article_key: int, article: Article | None) -> None:
    """Make an article what it is now, as loaders do, and note that it changed."""
    for table in ("dim_article", "fact_article", "fact_entity_mention"):
        con.execute(f"delete from {table} where article_key = $key", {"key": article_key})  # noqa: S608 - from above
    con.execute("insert into pending_article values ($key)", {"key": article_key})
    if article is None:
        return
    at = "null" if article.day is None else f"timestamp '2026-11-{article.day:02} 0{article_key}:00'"
    date_key = -1 if article.day is None else 20261100 + article.day
    con.execute(f"""
        insert into dim_article by name
        select {article_key} as article_key, 'a{article_key}' as article_id, 1 as version,
            {article.is_current} as is_current, 'x' as external_id, 'Rain' as headline,
            'en' as language_code, 'c' as content_hash, 't' as text_hash,
            now()::timestamp as valid_from, now()::timestamp as valid_to, 'u' as ingested_uri,
            now()::timestamp as ingested_at, 'r' as raw_hash
    """)
    con.execute(f"""
        insert into fact_article by name
        select {article_key} as article_key, 7 as source_key, {date_key} as published_date_key, -1 as ingested_date_key,
            {article.story} as story_key, {at} as published_at, 9 as word_count, 0 as mention_count, 0 as quote_count,
            false as is_duplicate, 1 as run_key, {article.is_current} as is_current_version
    """)
    for entity_key, sentence_number in article.named.items():
        con.execute(f"""
            insert into fact_entity_mention by name
            select {article_key} as article_key, {entity_key} as entity_key, 7 as source_key,
                {date_key} as published_date_key, 'body' as field, {sentence_number} as sentence_number,
                {entity_key} as start_char, 9 as end_char, 'Ann' as surface_text, 'PERSON' as label, 'Ann' as full_name,
                'exact' as resolution_rule, 1.0 as resolution_score, 1 as run_key, {entity_key} as observed_key,
                'exact' as observed_rule, 1.0 as observed_score, 'ann' as alias_key
        """)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@example(loads=FIRST_GOES_IN_A_LATER_BATCH, batch_article_count=1)
@given(loads=LOADS, batch_article_count=st.sampled_from([1, 2, 100]))
def test_any_history_ends_with_the_totals_of_counting_anew(
    dated: Con, loads: list[dict[int, Article | None]], batch_article_count: int
) -> None:
    for table in (*TABLES, *COUNTED):
        dated.execute(f"delete from {table}")  # noqa: S608 - from the lists above
    for load in loads:
        for article_key, article in load.items():
            become(dated, article_key, article)
        refresh_counts(dated, batch_article_count=batch_article_count)
    dated.execute("""
        create or replace temp table named as
        select article_key, entity_key, fact.published_date_key as date_key, fact.published_at, fact.story_key,
            count(*) as mention_count, list(distinct sentence_number) as sentences
        from fact_entity_mention join fact_article as fact using (article_key) join dim_article using (article_key)
        where fact.is_current_version group by all
    """)
    for table, query in EXPECTED.items():
        held = fetch(dated, f"select * from {table} order by all")  # noqa: S608 - from the dict above
        assert held == fetch(dated, query), table
