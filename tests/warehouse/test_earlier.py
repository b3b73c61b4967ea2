"""A warehouse of every earlier schema is brought to today's, keeps what it had, passes every check, and is asked."""

import lzma
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from flows.reference import read_agencies
from tests.warehouse.samples import frame_mentions, frame_texts, make_run, name_mention, resolve, settle
from transforms.authors import credit_bylines
from transforms.keys import compute_key
from warehouse import load_authors
from warehouse.checks import list_checks, run_checks
from warehouse.connection import Connection, connect, connect_unlogged
from warehouse.errors import MigrationError
from warehouse.load import load_run, load_texts
from warehouse.load_expectations import refresh_expectations
from warehouse.load_withdrawals import refresh_withdrawals
from warehouse.migrate import apply_migrations, list_migrations
from warehouse.publish import build_aside
from warehouse.published import open_published, require_target

STORED = sorted((Path(__file__).parent / "earlier").glob("*.xz"))
KEPT = "select count(*), bit_xor(hash(body)) from article_body"

Unpack = Callable[[Path], Path]


@pytest.fixture
def unpack(tmp_path: Path) -> Unpack:
    """Return a function that unpacks a stored warehouse and says where it is."""

    def unpack_to(packed: Path) -> Path:
        path = tmp_path / "warehouse.duckdb"
        with lzma.open(packed) as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        return path

    return unpack_to


def settle_all(con: Connection) -> None:
    """Do what a load does that brings no document."""
    load_authors.load_authors(
        con, credit_bylines(load_authors.list_unread_bylines(con, rules_id="r1"), read_agencies())
    )
    refresh_expectations(con)
    refresh_withdrawals(con)
    settle(con)
    resolve(con)
    load_run(con, make_run(99))


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query."""
    with closing(connect(path, read_only=True)) as con:
        return con.execute(query).fetchall()


@pytest.mark.parametrize("packed", STORED, ids=lambda path: path.name[:2])
def test_a_warehouse_of_an_earlier_schema_is_brought_to_todays(unpack: Unpack, packed: Path) -> None:
    path = unpack(packed)
    bodies, names = ask(path, KEPT), ask(path, "select surface_text from fact_entity_mention order by all")
    assert len(names) > 400
    require_target(path)
    with build_aside(path) as con:
        settle_all(con)
        assert run_checks(con) == len(list_checks())
    with open_published(path) as con:
        assert con.execute(KEPT).fetchall() == bodies
        assert con.execute("select surface_text from fact_entity_mention order by all").fetchall() == names
        assert con.execute("select entity_type from find_entity('kosovo')").fetchall() == [("GPE",)]
        assert con.execute("select count(*) > 0 from mart_entity_daily where name = 'Russia'").fetchall() == [(True,)]


def test_migrations_of_a_file_with_rows_are_written_before_its_load(unpack: Unpack, tmp_path: Path) -> None:
    path = unpack(STORED[0])
    with closing(connect_unlogged(path)) as con:
        assert len(apply_migrations(con)) > 10
        shutil.copyfile(path, tmp_path / "written.duckdb")  # what waits in memory is not in it
    assert ask(tmp_path / "written.duckdb", "select max(version) from schema_migration") == [(len(list_migrations()),)]


@pytest.mark.parametrize("schema", [2, 6])
def test_texts_of_an_earlier_schema_that_are_read_anew_are_counted_once(unpack: Unpack, schema: int) -> None:
    """All that was read before is gone, so that no form of it may be left; Ann Lee is in every article."""
    packed = next(path for path in STORED if path.name.startswith(f"{schema:02}"))
    with build_aside(unpack(packed)) as con:
        query = "select distinct text_hash from dim_article where article_key > 0 order by text_hash"
        hashes = con.sql(query).pl()["text_hash"]
        texts = [frame_texts(c1="Ann Lee spoke.").with_columns(text_hash=pl.lit(one)) for one in hashes]
        mentions = [name_mention("c1", "Ann Lee", 0) | {"text_hash": one} for one in hashes]
        load_texts(con, pl.concat(texts), frame_mentions(*mentions), extraction_id="x2", run_key=99)
        settle_all(con)
        assert run_checks(con) == len(list_checks())
        counted = con.sql("select article_count from dim_entity where name = 'Ann Lee'").fetchall()
        assert counted == con.sql("select count(distinct article_id) from dim_article where article_key > 0").fetchall()


def test_blocks_of_an_earlier_schema_are_those_that_names_ask_in(unpack: Unpack) -> None:
    packed = next(path for path in STORED if path.name.startswith("22"))
    with closing(connect_unlogged(unpack(packed))) as con:
        apply_migrations(con)
        names = con.sql("select observed_key, name_key from observed_entity where not is_made").fetchall()
        kept = con.sql("select observed_key, block_key from observed_block where kind = 'name'").fetchall()
    named = [(key, compute_key(f"name:{name_key}")) for key, name_key in names]
    assert len(named) > 200
    assert set(named) <= set(kept)


def test_there_is_one_of_each_version_from_the_second_to_the_last_but_one() -> None:
    stored = {int(path.name[:2]) for path in STORED}
    versions = [migration.version for migration in list_migrations()]
    assert stored >= set(versions[1:-1])


def test_a_reader_is_told_that_an_older_warehouse_needs_a_run(unpack: Unpack) -> None:
    with (
        pytest.raises(MigrationError, match=r"the warehouse has schema 2, this code \d+: any dateline run brings it"),
        open_published(unpack(STORED[0])),
    ):
        pass


def test_a_warehouse_of_a_newer_schema_is_refused_and_left_as_it_is(unpack: Unpack) -> None:
    path = unpack(STORED[-1])
    with closing(connect(path)) as con:
        con.execute("insert into schema_migration values (9999, '9999_x', 'x', now())")
    before = path.read_bytes()
    with (
        pytest.raises(MigrationError, match=r"has schema 9999, this code knows .*: install a newer Dateline"),
        build_aside(path),
    ):
        pass
    assert path.read_bytes() == before
