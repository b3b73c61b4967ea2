"""What is exported is what the warehouse has: each form is read back and compared with it."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from tests.warehouse.samples import load_article, load_sample, make_version
from warehouse.checks import run_checks
from warehouse.connection import attach_read_only, connect, quote_text
from warehouse.contents import AUDIT_TABLES
from warehouse.errors import MissingWarehouseError
from warehouse.export import TEXT_COLUMNS, TEXT_TABLES, ExportFormat, ExportOptions, export_tables
from warehouse.publish import build_aside

DECEMBER = datetime(2026, 12, 5, tzinfo=UTC)
HOSTILE = "Rain, \"heavy\"\n'[b]' ;drop;\tÉ"

Export = Callable[..., Path]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse: articles of November (one, two) and December (three, hostile), and an undated one."""
    path = tmp_path_factory.mktemp("sample") / "warehouse.duckdb"
    with build_aside(path) as con:
        load_sample(con)
        load_article(
            con,
            make_version(3, "three", "c3", published_at=DECEMBER, headline=HOSTILE, description=""),
            make_version(4, "four", "c4", published_at=None),
        )
    return path


@pytest.fixture
def export(warehouse: Path, tmp_path: Path) -> Export:
    """Return a function that exports the sample and says where to."""

    def export_as(form: ExportFormat, **options: object) -> Path:
        folder = tmp_path / "o'h [b]" / form
        folder.mkdir(parents=True)
        export_tables(warehouse, folder, ExportOptions(form=form, **options))  # type: ignore[arg-type]  # as typed there
        return folder

    return export_as


def list_public(warehouse: Path) -> list[str]:
    """Return the public tables that are contents."""
    with closing(connect(warehouse, read_only=True)) as con:
        query = "select table_name from duckdb_tables() where comment not like 'Internal.%' order by all"
        return [name for (name,) in con.execute(query).fetchall() if name not in AUDIT_TABLES - {"dim_run"}]


def count_differing(warehouse: Path, table: str, reading: str) -> tuple[int, int]:
    """Return how many rows of a table a reading does not have, and the other way round, duplicates counted."""
    with attach_read_only(w=warehouse) as con:
        con.execute(f"create table read_back as from w.{table} limit 0; insert into read_back by name {reading}")
        missing = con.execute(f"from w.{table} except all from read_back").fetchall()
        added = con.execute(f"from read_back except all from w.{table}").fetchall()
        return len(missing), len(added)


def find_files(folder: Path, table: str) -> str:
    """Return the files of a table as an SQL list."""
    files = (quote_text(str(path)) for path in sorted(folder.rglob(f"{table}.*")))
    return f"[{', '.join(files)}]"


def test_parquet_read_back_is_the_warehouse(warehouse: Path, export: Export) -> None:
    folder = export(ExportFormat.PARQUET)
    for table in list_public(warehouse):
        reading = f"from read_parquet({find_files(folder, table)}, hive_partitioning = false)"
        assert count_differing(warehouse, table, reading) == (0, 0), table


def test_csv_read_back_is_the_warehouse(warehouse: Path, export: Export) -> None:
    folder = export(ExportFormat.CSV)
    for table in list_public(warehouse):
        options = "hive_partitioning = false, header = true, all_varchar = true, allow_quoted_nulls = false"
        reading = f"from read_csv({find_files(folder, table)}, {options})"
        assert count_differing(warehouse, table, reading) == (0, 0), table


def test_a_database_read_back_is_the_warehouse(warehouse: Path, export: Export) -> None:
    folder = export(ExportFormat.DUCKDB)
    with attach_read_only(w=warehouse, e=folder / "warehouse.duckdb") as con:
        for table in (
            *list_public(warehouse),
            "counted_version",
            "entity_total",
            "entity_day_total",
            "pair_total",
            "source_day_total",
        ):
            found = con.execute(f"from w.{table} except all from e.{table}").fetchall()
            found += con.execute(f"from e.{table} except all from w.{table}").fetchall()
            assert found == [], table


def test_a_database_has_marts_and_an_old_enough_format(export: Export) -> None:
    path = export(ExportFormat.DUCKDB) / "warehouse.duckdb"
    with closing(connect(path, read_only=True)) as con:
        assert con.execute("select name from mart_entity_daily order by all").fetchall() == [("Ann Lee",), ("Bo Kim",)]
        assert con.execute("select tags['storage_version'] from duckdb_databases() where not internal").fetchall() == [
            ("v1.5.0+",)
        ]
    assert [entry.name for entry in path.parent.iterdir()] == ["warehouse.duckdb"]


def test_facts_are_a_file_a_month_and_dimensions_one(export: Export) -> None:
    folder = export(ExportFormat.PARQUET)
    months = ["2026-11", "2026-12", "undated"]
    for table in ("fact_article", "bridge_article_author"):
        assert sorted(path.name for path in (folder / table).iterdir()) == [f"month={month}" for month in months]
    assert (folder / "dim_article.parquet").is_file()


def test_a_cut_has_the_days_asked_for_in_all_tables_of_articles(export: Export) -> None:
    folder = export(ExportFormat.PARQUET, first_date=date(2026, 12, 5), last_date=date(2026, 12, 5))
    found = {
        path.name: pl.read_parquet(path, glob=False)["article_key"].sort().to_list()
        for path in folder.rglob("*.parquet")
        if path.name in {"fact_article.parquet", "dim_article.parquet", "fact_entity_mention.parquet"}
    }
    assert found == {"fact_article.parquet": [3], "dim_article.parquet": [-2, -1, 3], "fact_entity_mention.parquet": []}


def test_marts_of_a_cut_count_what_is_in_it(export: Export) -> None:
    path = export(ExportFormat.DUCKDB, last_date=date(2026, 11, 2)) / "warehouse.duckdb"
    with closing(connect(path, read_only=True)) as con:
        assert con.execute("select count(*) from mart_entity_daily").fetchall() == [(0,)]
        assert con.execute("select count(*) from pending_article").fetchall() == [(0,)]


def test_without_text_no_form_has_a_word_of_an_article(warehouse: Path, tmp_path: Path) -> None:
    for form in ExportFormat:
        folder = tmp_path / form
        folder.mkdir()
        relations, _ = export_tables(warehouse, folder, ExportOptions(form=form, has_text=False))
        assert not {relation.name for relation in relations} & TEXT_TABLES
        assert not {name for relation in relations for name, _, _ in relation.columns} & TEXT_COLUMNS
        written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        for words in (b"Ann Lee spoke", b"file:///"):
            assert words not in written, form
    with closing(connect(tmp_path / "duckdb" / "warehouse.duckdb", read_only=True)) as con:
        assert con.execute("select count(*) from article_body").fetchall() == [(0,)]
        run_checks(con, ["grain_dim_article", "orphan_fact_entity_mention", "special_members"])


def test_only_the_tables_asked_for_are_written(export: Export) -> None:
    folder = export(ExportFormat.CSV, tables=("dim_source",))
    assert [path.name for path in folder.iterdir()] == ["dim_source.csv"]


def test_without_a_warehouse_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(MissingWarehouseError):
        export_tables(tmp_path / "warehouse.duckdb", tmp_path, ExportOptions(form=ExportFormat.CSV))
    assert list(tmp_path.iterdir()) == []


def test_the_files_are_counted_and_measured(warehouse: Path, tmp_path: Path) -> None:
    _, files = export_tables(warehouse, tmp_path, ExportOptions(form=ExportFormat.PARQUET, tables=("fact_article",)))
    assert [(file.name, file.row_count) for file in files] == [
        ("fact_article/month=undated/fact_article.parquet", 1),
        ("fact_article/month=2026-11/fact_article.parquet", 2),
        ("fact_article/month=2026-12/fact_article.parquet", 1),
    ]
    assert [file.byte_count for file in files] == [(tmp_path / file.name).stat().st_size for file in files]
