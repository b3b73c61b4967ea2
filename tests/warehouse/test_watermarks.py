"""What a load wrote is told from what was there by the numbers of rows, and never wrongly."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from flows.steps.resolve import resolve_entities
from tests.warehouse.samples import fetch, load_sample
from transforms.linking.frames import NAME_BLOCK, NAME_LINK
from transforms.story_schemas import SKETCH, WORDING_PAIR
from warehouse import load_counts, watermarks
from warehouse.checks import check_load, run_checks
from warehouse.connection import connect_unlogged
from warehouse.errors import CheckFailedError
from warehouse.load_counts import refresh_counts
from warehouse.load_entities import load_blocks, load_links
from warehouse.load_stories import load_pairs, load_sketches
from warehouse.publish import build_aside
from warehouse.watermarks import MARKED_TABLES, set_watermarks, write_waiting

Con = duckdb.DuckDBPyConnection


@pytest.fixture
def marked(empty_warehouse: Path, tmp_path: Path) -> Iterator[Con]:
    """Give a connection that set watermarks in an empty warehouse and loaded two articles behind them."""
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(empty_warehouse, path)
    with closing(connect_unlogged(path)) as con:
        set_watermarks(con)
        load_sample(con)
        yield con


def read_watermarks(con: Con) -> list[object]:
    return [con.execute(f"select getvariable('watermark_{table}')").fetchall()[0][0] for table in MARKED_TABLES]


def test_a_build_of_a_published_warehouse_marks_where_its_rows_begin(published: Path) -> None:
    with build_aside(published) as con:
        assert read_watermarks(con) == [None] * len(MARKED_TABLES)
        load_sample(con)
    with build_aside(published) as con:
        ends = [con.execute(f"select max(rowid) + 1 from {table}").fetchall()[0][0] for table in MARKED_TABLES]  # noqa: S608 - names of our own
        assert read_watermarks(con) == [end or 0 for end in ends]
        con.execute("create or replace temp table recounted_article as select article_key from fact_article")
        check_load(con)


@pytest.mark.parametrize(
    ("change", "times"),
    [
        pytest.param("insert into filler select hash(range) from range(100_000)", 4, id="added"),  # no full row group
        pytest.param("update filler set number = hash(number + 1)", 1, id="changed"),
    ],
)
def test_what_waits_is_what_was_added_and_what_was_changed(
    marked: Con, change: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked.execute("create table filler as select hash(range) as number from range(1_000_000); checkpoint")
    set_watermarks(marked)
    monkeypatch.setattr(watermarks, "MOST_WAITING_BYTES", 3_000_000)  # of 400,000 numbers of 8 bytes, 3.2 MB wait
    write_waiting(marked)
    assert None not in read_watermarks(marked)
    for _ in range(times):
        marked.execute(change)
    write_waiting(marked)
    assert read_watermarks(marked) == [None] * len(MARKED_TABLES)


def test_temporary_tables_that_were_left_behind_a_checkpoint_do_not_wait(
    marked: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watermarks, "MOST_WAITING_BYTES", 3_000_000)
    marked.execute("create temp table filler as select hash(range) as number from range(1_000_000)")
    write_waiting(marked)
    assert read_watermarks(marked) == [None] * len(MARKED_TABLES)
    set_watermarks(marked)
    write_waiting(marked)
    assert None not in read_watermarks(marked)


def test_versions_that_were_there_before_are_written_once_they_are_counted_again(
    marked: Con, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_counts, "MOST_FORMER_COUNT", 2)
    recount = "insert into pending_article select article_key from fact_article where article_key >= 0"
    marked.execute(recount)
    refresh_counts(marked)
    assert None not in read_watermarks(marked)  # this connection added them: their rows lie together
    marked.execute("delete from added_version")
    marked.execute(recount)
    refresh_counts(marked)
    assert read_watermarks(marked) == [None] * len(MARKED_TABLES)


def test_little_that_waits_lifts_no_watermark(marked: Con) -> None:
    before = read_watermarks(marked)
    write_waiting(marked)
    assert read_watermarks(marked) == before


def test_much_that_waits_is_written_into_the_file_and_lifts_the_watermarks(
    marked: Con, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "warehouse.duckdb"
    size_before = path.stat().st_size
    monkeypatch.setattr(watermarks, "MOST_WAITING_BYTES", 0)
    write_waiting(marked)
    assert read_watermarks(marked) == [None] * len(MARKED_TABLES)
    assert path.stat().st_size > size_before
    assert fetch(marked, "select getvariable('watermark_entity_alias')") == [None]


def test_a_load_that_is_written_at_every_step_ends_as_any_other(
    marked: Con, empty_warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "written.duckdb"
    shutil.copyfile(empty_warehouse, path)
    monkeypatch.setattr(watermarks, "MOST_WAITING_BYTES", 0)
    with closing(connect_unlogged(path)) as often:
        set_watermarks(often)
        load_sample(often)
        run_checks(often)
        for table in ("dim_entity", "entity_alias", "fact_entity_mention", "pair_total", "text_sketch", "wording_pair"):
            query = f"from {table} order by all"
            assert fetch(often, query) == fetch(marked, query)


@pytest.mark.parametrize(
    ("load", "arguments"),
    [
        (load_sketches, {"sketches": SKETCH.to_frame(), "sketch_id": "s1"}),
        (load_pairs, {"pairs": WORDING_PAIR.to_frame()}),
        (load_blocks, {"blocks": NAME_BLOCK.to_frame()}),
        (load_links, {"links": NAME_LINK.to_frame()}),
    ],
    ids=["sketches", "pairs", "blocks", "links"],
)
def test_each_call_of_a_step_that_has_many_writes_what_waits(
    marked: Con,
    monkeypatch: pytest.MonkeyPatch,
    load: Callable[..., None],
    arguments: dict[str, object],
) -> None:
    monkeypatch.setattr(watermarks, "MOST_WAITING_BYTES", 0)
    load(marked, **arguments)
    assert read_watermarks(marked) == [None] * len(MARKED_TABLES)


def test_decisions_write_what_waits(marked: Con, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watermarks, "MOST_WAITING_BYTES", 0)
    resolve_entities(marked, resolver_version="v2", run_key=2)
    assert read_watermarks(marked) == [None] * len(MARKED_TABLES)
    run_checks(marked, ["accounting_entity_alias", "accounting_dim_entity"])


def test_the_rows_of_an_article_that_was_loaded_are_checked(marked: Con) -> None:
    assert fetch(marked, "select count(distinct article_id) from added_version") == [2]
    marked.execute("create or replace temp table recounted_article as select article_key from fact_article")
    check_load(marked)
    marked.execute("insert into fact_entity_mention select * from fact_entity_mention limit 1")
    with pytest.raises(CheckFailedError, match="grain_fact_entity_mention"):
        check_load(marked, ["grain_fact_entity_mention"])


def test_the_rows_before_the_watermark_are_checked_of_an_article_that_was_there(marked: Con) -> None:
    marked.execute("insert into fact_entity_mention select * from fact_entity_mention limit 1")
    set_watermarks(marked)
    marked.execute("create or replace temp table added_version (article_id varchar, article_key bigint)")
    marked.execute("create or replace temp table recounted_article as select article_key from fact_article")
    with pytest.raises(CheckFailedError, match="grain_fact_entity_mention"):
        check_load(marked, ["grain_fact_entity_mention"])


@pytest.fixture
def former(marked: Con) -> Con:
    """Give a connection that counted two articles again which were there before it began."""
    marked.execute("checkpoint")
    set_watermarks(marked)
    marked.execute("delete from added_version; delete from recounted_article")
    marked.execute("insert into pending_article select article_key from fact_article where article_key >= 0")
    refresh_counts(marked)
    return marked


def test_whom_articles_named_that_were_there_is_remembered_once_they_are_counted_again(former: Con) -> None:
    named = fetch(former, "select distinct entity_key from fact_article_entity order by all")
    assert named
    assert fetch(former, "select distinct entity_key from recounted_entity order by all") == named


@pytest.mark.parametrize("first_key", ["entity_key_a", "5"], ids=["whom it names", "whom it named before"])
def test_old_pairs_are_checked_of_an_article_that_was_there(former: Con, first_key: str) -> None:
    former.execute("delete from recounted_entity; insert into recounted_entity values (5)")
    check_load(former, ["accounting_fact_cooccurrence"])
    former.execute(
        f"insert into fact_cooccurrence select * replace ({first_key} as entity_key_a) from fact_cooccurrence limit 1"  # noqa: S608 - a name or a number of our own
    )
    set_watermarks(former)
    with pytest.raises(CheckFailedError, match="accounting_fact_cooccurrence"):
        check_load(former, ["accounting_fact_cooccurrence"])
