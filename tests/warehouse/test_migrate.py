"""A file is brought to the schema of the code, or refused."""

from pathlib import Path

import duckdb
import pytest

from warehouse import migrate
from warehouse.errors import MigrationError
from warehouse.migrate import Migration, apply_migrations, list_migrations
from warehouse.scripts import read_script


@pytest.fixture
def blank() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def replace_migrations(monkeypatch: pytest.MonkeyPatch, scripts: dict[str, str]) -> None:
    """Let the code know these migrations instead of its own: name -> SQL."""
    paths = {"migrations": [f"migrations/{name}.sql" for name in sorted(scripts)]}
    monkeypatch.setattr(migrate, "list_scripts", lambda folder: paths.get(folder, []))
    monkeypatch.setattr(migrate, "read_script", lambda script: scripts[Path(script).stem])


LEDGER = "create table schema_migration (version integer, name varchar, checksum varchar, applied_at timestamp)"


def test_all_migrations_are_applied_to_a_new_file_in_order(blank: duckdb.DuckDBPyConnection) -> None:
    assert apply_migrations(blank) == [migration.name for migration in list_migrations()]
    recorded = blank.execute("select version from schema_migration order by applied_at, version").fetchall()
    assert recorded == [(migration.version,) for migration in list_migrations()]


def test_a_file_up_to_date_is_left_alone(blank: duckdb.DuckDBPyConnection) -> None:
    apply_migrations(blank)
    assert apply_migrations(blank) == []


def test_only_what_is_missing_is_applied(monkeypatch: pytest.MonkeyPatch, blank: duckdb.DuckDBPyConnection) -> None:
    replace_migrations(monkeypatch, {"0001_a": LEDGER})
    apply_migrations(blank)
    replace_migrations(monkeypatch, {"0001_a": LEDGER, "0002_b": "create table b (x integer)"})
    assert apply_migrations(blank) == ["0002_b"]


def test_an_edited_migration_is_refused(monkeypatch: pytest.MonkeyPatch, blank: duckdb.DuckDBPyConnection) -> None:
    replace_migrations(monkeypatch, {"0001_a": LEDGER})
    apply_migrations(blank)
    replace_migrations(monkeypatch, {"0001_a": LEDGER + " -- edited"})
    with pytest.raises(MigrationError, match="migration 1 was edited"):
        apply_migrations(blank)


def test_a_file_of_newer_code_is_refused(monkeypatch: pytest.MonkeyPatch, blank: duckdb.DuckDBPyConnection) -> None:
    replace_migrations(monkeypatch, {"0001_a": LEDGER, "0002_b": "create table b (x integer)"})
    apply_migrations(blank)
    replace_migrations(monkeypatch, {"0001_a": LEDGER})
    with pytest.raises(MigrationError, match="the warehouse has schema 2, this code knows 1: install a newer Dateline"):
        apply_migrations(blank)


def test_a_failing_migration_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
    blank: duckdb.DuckDBPyConnection,
) -> None:
    replace_migrations(monkeypatch, {"0001_a": LEDGER, "0002_b": "create table b (x integer); select error('no')"})
    with pytest.raises(duckdb.Error, match="no"):
        apply_migrations(blank)
    assert blank.execute("select version from schema_migration").fetchall() == [(1,)]
    assert blank.execute("select table_name from duckdb_tables()").fetchall() == [("schema_migration",)]


def test_the_numbers_of_the_migrations_have_no_gap_and_no_double() -> None:
    assert [migration.version for migration in list_migrations()] == list(range(1, len(list_migrations()) + 1))


def test_a_migration_is_described_by_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    # SHA-256 of no bytes, FIPS 180-4 test vector.
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    replace_migrations(monkeypatch, {"0007_add_place": ""})
    assert list_migrations() == [
        Migration(version=7, name="0007_add_place", checksum=empty, script="migrations/0007_add_place.sql"),
    ]


def test_names_that_were_folded_with_their_apostrophes_are_folded_anew(blank: duckdb.DuckDBPyConnection) -> None:
    blank.execute("create table dim_entity (name varchar, folded_name varchar)")
    blank.execute("create table entity_alias (alias varchar, folded_alias varchar)")
    folded = {"Zoë O’Dea": "zoe o'dea", "Zoë O'Dea": "zoe o'dea", "Aʿli ‘Bo’": "a'li 'bo'", "Lee": "lee"}
    for table in ("dim_entity", "entity_alias"):
        blank.executemany(f"insert into {table} values ($1, strip_accents(lower($1)))", [[name] for name in folded])  # noqa: S608 - names above
    blank.execute(read_script("migrations/0021_fold_apostrophes.sql"))
    assert blank.execute("from dim_entity").fetchall() == list(folded.items())
    assert blank.execute("from entity_alias").fetchall() == list(folded.items())
