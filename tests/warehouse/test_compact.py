"""A warehouse that is laid out anew has the same rows, those of one entity together."""

from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.samples import fetch
from warehouse import compact
from warehouse.compact import compact_warehouse, count_read_groups
from warehouse.connection import connect
from warehouse.errors import MigrationError, MissingWarehouseError, WarehouseError
from warehouse.migrate import apply_migrations
from warehouse.publish import build_aside
from warehouse.scripts import list_scripts

MENTION = """
    insert into fact_entity_mention
    select
        $article, $entity, 10, $day, 'body', 1, $start, $start + 3, 'Ann', 'PERSON', 'Ann', 'exact', 1, 1, $entity,
        'exact', 1, 'ann'
"""
PAIR = "insert into fact_cooccurrence values (1, $a, $b, 10, 20261103, 0)"


def add_mention(con: duckdb.DuckDBPyConnection, article: int, entity: int, day: int = 20261103, start: int = 0) -> None:
    con.execute(MENTION, {"article": article, "entity": entity, "day": day, "start": start})


@pytest.fixture
def scattered(tmp_path: Path) -> Path:
    path = tmp_path / 'it\'s [a] "home"' / "warehouse.duckdb"
    with build_aside(path) as con:
        add_mention(con, 1, 200)
        add_mention(con, 2, 100, day=20261104)
        add_mention(con, 3, 100)
        con.execute("insert into dim_entity by name select * replace (5 as entity_key) from dim_entity limit 1")
    return path


def read(path: Path, query: str) -> list[object]:
    with closing(connect(path, read_only=True)) as con:
        return fetch(con, query)


def test_the_mentions_of_an_entity_lie_together_in_the_order_of_days(scattered: Path) -> None:
    compact_warehouse(scattered)
    query = "select entity_key, article_key from fact_entity_mention order by rowid"
    assert read(scattered, query) == [(100, 3), (100, 2), (200, 1)]


def test_mentions_of_nobody_are_kept(scattered: Path) -> None:
    with build_aside(scattered) as con:
        add_mention(con, 4, -1)
        add_mention(con, 5, 2**63 - 1)
    compact_warehouse(scattered)
    assert read(scattered, "select entity_key from fact_entity_mention order by rowid") == [
        -1,
        100,
        100,
        200,
        2**63 - 1,
    ]


def test_pairs_lie_in_squares_of_both_keys(scattered: Path) -> None:
    """A stripe is 2 ** 60 keys: the second pair is in the square before that of the first."""
    with build_aside(scattered) as con:
        con.execute(PAIR, {"a": 1, "b": 2**60})
        con.execute(PAIR, {"a": 2, "b": 3})
    compact_warehouse(scattered)
    assert read(scattered, "select entity_key_a from fact_cooccurrence order by rowid") == [2, 1]


def test_every_row_is_there_once_special_members_too(scattered: Path) -> None:
    compacted = compact_warehouse(scattered)
    assert read(scattered, "select entity_key from dim_entity order by all") == [-2, -1, 5]
    assert compacted is not None
    with closing(connect(scattered, read_only=True)) as con:
        tables = [name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()]
        counts = [con.execute(f"select count(*) from {name}").fetchall()[0][0] for name in tables]  # noqa: S608 - ours
    assert compacted.row_count == sum(counts)


def test_marts_are_there_afterwards(scattered: Path) -> None:
    compact_warehouse(scattered)
    assert read(scattered, "select count(*) from mart_entity_daily") == [0]


def test_a_warehouse_in_order_is_left_alone_when_only_scattered_ones_are_asked_for(scattered: Path) -> None:
    before = scattered.stat()
    assert compact_warehouse(scattered, only_if_scattered=True) is None
    assert scattered.stat().st_ino == before.st_ino


def test_a_scattered_one_is_not_left_alone(monkeypatch: pytest.MonkeyPatch, scattered: Path) -> None:
    monkeypatch.setattr(compact, "MOST_READ_GROUPS", 0.0)
    with build_aside(scattered) as con:
        add_mention(con, 4, 2**62)
    assert compact_warehouse(scattered, only_if_scattered=True) is not None


def test_a_group_that_spans_half_of_all_keys_is_read_by_every_second_question() -> None:
    with closing(duckdb.connect()) as con:
        apply_migrations(con)
        add_mention(con, 1, 0)
        add_mention(con, 2, 2**62)
        assert count_read_groups(con) == pytest.approx(0.5)


def test_no_mentions_need_no_reading() -> None:
    with closing(duckdb.connect()) as con:
        apply_migrations(con)
        assert count_read_groups(con) == 0


def test_lost_rows_are_noticed_and_the_warehouse_stays(monkeypatch: pytest.MonkeyPatch, scattered: Path) -> None:
    monkeypatch.setattr(compact, "run_script", lambda *_, **__: None)
    with pytest.raises(WarehouseError, match="dim_entity: 0 of 3 rows were copied"):
        compact_warehouse(scattered)
    assert [entry.name for entry in scattered.parent.iterdir()] == ["warehouse.duckdb"]
    assert read(scattered, "select count(*) from fact_entity_mention") == [3]


def test_a_warehouse_of_another_schema_is_refused(scattered: Path) -> None:
    with build_aside(scattered) as con:
        con.execute("delete from schema_migration where version = (select max(version) from schema_migration)")
        con.execute("delete from schema_migration where version = (select max(version) from schema_migration)")
    with pytest.raises(MigrationError, match="any dateline run brings it up to date"):
        compact_warehouse(scattered)


def test_without_a_warehouse_there_is_nothing_to_lay_out(tmp_path: Path) -> None:
    with pytest.raises(MissingWarehouseError, match="load one with: dateline run"):
        compact_warehouse(tmp_path / "warehouse.duckdb")


@pytest.mark.parametrize("script", list_scripts("sql/compact"))
def test_every_order_is_that_of_a_table_that_is_there(script: str) -> None:
    with closing(duckdb.connect()) as con:
        apply_migrations(con)
        table = script.rpartition("/")[2].removesuffix(".sql")
        assert con.execute("select 1 from duckdb_tables() where table_name = $1", [table]).fetchall() == [(1,)]
