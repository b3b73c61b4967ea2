"""Counts follow what changed: who is in which article, who together with whom, and the totals that marts read."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    fetch,
    frame_mentions,
    frame_sources,
    frame_texts,
    frame_versions,
    load_article,
    make_mention,
    make_source,
    make_version,
    resolve,
    settle,
)
from warehouse.load import load_texts, load_versions
from warehouse.load_counts import PAIRED_ENTITY_COUNT, refresh_counts
from warehouse.load_sources import load_sources
from warehouse.scripts import run_tables

Con = duckdb.DuckDBPyConnection

ANN, BO, CY = 100, 200, 300
NAMES = {ANN: "Ann Lee", BO: "Bo Kim", CY: "Cy Orr"}
DAY = datetime(2026, 11, 3, 9, tzinfo=UTC)


def name_in(content: str, *named: tuple[int, int]) -> list[Row]:
    """Return mentions (entity, sentence) of a text: sentence 0 is the headline."""
    return [
        make_mention(
            content,
            entity_key,
            NAMES[entity_key],
            20 * place,
            sentence_number=sentence_number,
            field="body" if sentence_number else "headline",
        )
        for place, (entity_key, sentence_number) in enumerate(named)
    ]


def load(con: Con, *versions: Row, **named: list[tuple[int, int]]) -> None:
    """Load versions and who is named in their contents, and count."""
    load_article(con, *versions)
    load_names(con, "x1", **named)


def load_names(con: Con, extraction_id: str, **named: list[tuple[int, int]]) -> None:
    """Load who is named in contents, and count."""
    texts = frame_texts(**{content: f"A text of its own, {content}." for content in named})
    mentions = frame_mentions(*(row for content, pairs in named.items() for row in name_in(content, *pairs)))
    load_texts(con, texts, mentions, extraction_id=extraction_id, run_key=1)
    settle(con)
    resolve(con)
    refresh_counts(con)


PAIRS = "select article_key, entity_key_a, entity_key_b, sentence_count from fact_cooccurrence order by all"
TOTALS = "select entity_key, article_count, story_count, mention_count from entity_total order by all"


def test_two_entities_of_an_article_are_a_pair_with_the_sentences_they_share(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(BO, 1), (ANN, 1), (ANN, 1), (CY, 2), (ANN, 3), (BO, 3)])
    assert fetch(con, PAIRS) == [(1, ANN, BO, 2), (1, ANN, CY, 0), (1, BO, CY, 0)]


def test_the_headline_is_a_sentence(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 0), (BO, 0), (BO, 1)])
    assert fetch(con, PAIRS) == [(1, ANN, BO, 1)]
    query = "select entity_key, mention_count, sentence_count, is_in_headline from fact_article_entity order by all"
    assert fetch(con, query) == [(ANN, 1, 1, True), (BO, 2, 2, True)]


def test_an_entity_alone_is_no_pair(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 1), (ANN, 2)])
    assert fetch(con, PAIRS) == []


def test_names_that_became_one_entity_are_one_and_no_pair_with_itself(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 1), (BO, 1)])
    con.execute("update fact_entity_mention set entity_key = 100")
    con.execute("insert into pending_article values (1)")
    refresh_counts(con)
    assert fetch(con, PAIRS) == []
    assert fetch(con, TOTALS) == [(ANN, 1, 1, 2)]


def test_pairs_follow_when_a_name_is_resolved_to_another_entity(con: Con) -> None:
    """Nothing of article one is loaded again: only the decision on one of its names is another."""
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 1), (BO, 1)])
    con.execute("update fact_entity_mention set entity_key = 300 where entity_key = 200")
    con.execute("update resolution_decision set resolver_version = 'older'")
    resolve(con)
    refresh_counts(con)
    assert fetch(con, PAIRS) == [(1, ANN, BO, 1)]
    assert fetch(con, TOTALS) == [(ANN, 1, 1, 1), (BO, 1, 1, 1)]


def test_a_text_that_was_read_again_replaces_its_pairs(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 1), (BO, 1)])
    load_names(con, "x2", c1=[(ANN, 1), (CY, 1)])
    assert fetch(con, PAIRS) == [(1, ANN, CY, 1)]
    assert fetch(con, TOTALS) == [(ANN, 1, 1, 1), (CY, 1, 1, 1)]


def test_a_version_that_is_no_longer_current_keeps_its_pairs_and_leaves_the_totals(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 1), (BO, 1)])
    later = make_version(2, "one", "c2", version=2, valid_from=DAY + timedelta(days=1))
    former = make_version(1, "one", "c1", is_current=False, valid_to=DAY + timedelta(days=1))
    load(con, former, later, c2=[(ANN, 1), (CY, 1)])
    assert fetch(con, PAIRS) == [(1, ANN, BO, 1), (2, ANN, CY, 1)]
    assert fetch(con, TOTALS) == [(ANN, 1, 1, 1), (CY, 1, 1, 1)]


def test_an_article_whose_day_moved_is_counted_on_its_new_day(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 1), (BO, 1)])
    moved = make_version(1, "one", "c1", published_at=DAY + timedelta(days=20))
    load_versions(con, frame_versions(moved), run_key=2, ingested_at=LOADED_AT)
    refresh_counts(con)
    assert fetch(con, "select distinct published_date_key from fact_cooccurrence") == [20261123]
    query = "select entity_key, date_key, article_week_count from entity_day_total order by all"
    assert fetch(con, query) == [(ANN, 20261123, 1), (BO, 20261123, 1)]


def test_an_outlet_that_got_a_new_version_moves_its_pairs(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 1), (BO, 1)])
    load_sources(con, frame_sources(make_source(11)), loaded_at=LOADED_AT)
    refresh_counts(con)
    assert fetch(con, "select source_key from fact_cooccurrence") == [11]


def test_totals_count_copies_as_one_story(con: Con) -> None:
    versions = [make_version(1, "one", "c1"), make_version(2, "two", "c1")]
    load(con, *versions, c1=[(ANN, 1), (BO, 1)])
    assert fetch(con, TOTALS) == [(ANN, 2, 1, 2), (BO, 2, 1, 2)]
    query = "select entity_key_a, entity_key_b, article_count, story_count, sentence_count from pair_total"
    assert fetch(con, query) == [(ANN, BO, 2, 1, 2)]


def test_a_pair_that_met_once_has_no_total(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 1), (BO, 1)])
    assert fetch(con, "select * from pair_total") == []


def test_a_late_article_is_in_the_week_of_the_days_behind_it(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[(ANN, 1)])
    for key, days in ((2, -6), (3, -7)):
        content = f"c{key}"
        load(con, make_version(key, content, content, published_at=DAY + timedelta(days=days)), **{content: [(ANN, 1)]})
    query = "select date_key, article_week_count from entity_day_total order by date_key"
    assert fetch(con, query) == [(20261027, 1), (20261028, 2), (20261103, 2)]


def test_an_undated_article_has_totals_and_no_day(con: Con) -> None:
    load(con, make_version(1, "one", "c1", published_at=None), c1=[(ANN, 1)])
    query = "select article_count, first_date_key, last_date_key, first_article_key from entity_total"
    assert fetch(con, query) == [(1, -1, -1, -1)]
    assert fetch(con, "select * from entity_day_total") == []


@pytest.mark.parametrize("batch_article_count", [1, 2, 20_000])
def test_batches_of_any_size_count_the_same(con: Con, batch_article_count: int) -> None:
    load_article(con, *(make_version(key, f"a{key}", f"c{key}") for key in (1, 2, 3)))
    texts = frame_texts(c1="Once.", c2="Twice.", c3="Thrice.")
    named = [row for content in ("c1", "c2", "c3") for row in name_in(content, (ANN, 1), (BO, 1))]
    load_texts(con, texts, frame_mentions(*named), extraction_id="x1", run_key=1)
    settle(con)
    resolve(con)
    refresh_counts(con, batch_article_count=batch_article_count)
    assert fetch(con, TOTALS) == [(ANN, 3, 3, 3), (BO, 3, 3, 3)]
    assert fetch(con, "select article_count, sentence_count from pair_total") == [(3, 3)]


def test_fewer_versions_are_counted_at_a_time_of_those_that_were_there_before(con: Con) -> None:
    con.execute("insert into pending_article select unnest([5, 4, 3, 3, 2, 1])")
    run_tables(con, "counts", "change_log")
    con.execute("insert into added_version select 'one', unnest([3, 4, 5])")
    run_tables(con, "counts", "counted_article", article_count=2, former_count=1)
    assert fetch(con, "from counted_article order by 1") == [1, 3, 4]
    assert fetch(con, "from wanted_version") == [1]
    assert fetch(con, "from pending_article order by 1") == [2, 5]


def load_article_naming(con: Con, number: int, keys: Sequence[int]) -> None:
    """Load an article that names entities one after the other, in a run of its own, and decide whom it means."""
    content = f"c{number}"
    rows = [
        make_mention(content, key, f"Name {key}", 20 * place, alias_key=f"name {key}") for place, key in enumerate(keys)
    ]
    load_article(con, make_version(number, f"a{number}", content))
    load_texts(con, frame_texts(**{content: "Names."}), frame_mentions(*rows), extraction_id="x1", run_key=number)
    resolve(con)


def test_an_article_of_very_many_names_pairs_those_it_names_most(con: Con) -> None:
    """One more than are paired: all are named twice but the one that is named first, which is left out."""
    once, *often = range(1_000, 1_001 + PAIRED_ENTITY_COUNT)
    load_article_naming(con, 1, [once, *often, *often])
    refresh_counts(con)
    query = "select count(*), count(*) filter (entity_key_a = 1000) from fact_cooccurrence"
    assert fetch(con, query) == [(PAIRED_ENTITY_COUNT * (PAIRED_ENTITY_COUNT - 1) // 2, 0)]
    assert fetch(con, "select count(*) from fact_article_entity") == [PAIRED_ENTITY_COUNT + 1]


def test_a_pair_that_was_not_paired_among_very_many_names_does_not_meet_again(con: Con) -> None:
    once, *often = range(1_000, 1_001 + PAIRED_ENTITY_COUNT)
    load_article_naming(con, 1, [once, *often, *often])
    load_article_naming(con, 2, [1_000, 1_001, 1_002])
    query = "select entity_key_a, entity_key_b, article_count, sentence_count from pair_total"
    assert fetch(con, query) == [(1_001, 1_002, 2, 2)]
    assert fetch(con, "select entity_count from counted_version order by all") == [3, PAIRED_ENTITY_COUNT + 1]


def test_days_on_which_no_article_was_counted_are_left_as_they_are(con: Con) -> None:
    load(con, make_version(1, "one", "c1", published_at=DAY), c1=[(ANN, 1)])
    (source_key,) = fetch(con, "select distinct source_key from source_day_total")
    con.execute("insert into source_day_total values ($key, 20200101, 7, 7, 7, 7, 7)", {"key": source_key})
    con.execute("update source_day_total set mention_count = 9")
    con.execute("insert into pending_article values (1)")
    refresh_counts(con)
    query = "select date_key, mention_count from source_day_total order by all"
    assert fetch(con, query) == [(20200101, 9), (20261103, 1)]


@pytest.mark.parametrize(
    "fault",
    ["update source_day_total set source_key = 99", "delete from source_day_total"],
    ids=["another key before", "none before"],
)
def test_an_outlet_that_is_known_by_another_key_has_all_its_days_counted(con: Con, fault: str) -> None:
    load(con, make_version(1, "one", "c1", published_at=DAY), c1=[(ANN, 1)])
    before = fetch(con, "from source_day_total order by all")
    con.execute(fault)
    refresh_counts(con)
    assert fetch(con, "from source_day_total order by all") == before
