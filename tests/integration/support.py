"""What the integration tests share: writing input, asking the warehouse, comparing two of them."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb

from flows.steps.interval import RunResult
from warehouse.contents import AUDIT_TABLES, list_content_columns

Record = dict[str, object]
Run = Callable[..., RunResult]


def write_jsonl(path: Path, records: Sequence[Mapping[str, object]]) -> Path:
    """Write records as JSON Lines and return the path."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def query(home: Path, sql: str) -> list[tuple[object, ...]]:
    """Return the rows of a query against a home's published warehouse."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def dump_contents(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables but the record of loads, without the audit columns."""
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as con:
        columns = con.execute(
            "select table_name, column_name from duckdb_columns() where not internal order by table_name, column_index"
        ).fetchall()
        contents = {}
        for table in sorted({name for name, _ in columns} - AUDIT_TABLES):
            listed = ", ".join(list_content_columns([column for name, column in columns if name == table]))
            contents[table] = con.execute(f"select {listed} from {table} order by all").fetchall()  # noqa: S608  names from the catalog
        return contents


def assert_accounted(result: RunResult) -> None:
    """Check that every document ended in one way."""
    run = result.loaded.run
    ended = run.loaded_count + run.unchanged_count + run.duplicate_count + run.rejected_count
    assert run.read_count == ended
