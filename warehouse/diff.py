"""What two warehouses differ in, for ``dateline diff``: tables, entities, articles.

Both files are attached for reading to one connection that has nothing else. A table is hashed as a whole first; only
where that differs are its rows compared, by hashes of their key and of their contents, which spill to disk where they
do not fit into memory. What counts as contents, and which row is which, is said in ``warehouse.contents``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from warehouse.connection import Connection, attach_read_only
from warehouse.contents import AUDIT_TABLES, list_content_columns, list_key_columns, quote_name
from warehouse.errors import WarehouseError
from warehouse.published import open_published
from warehouse.scripts import read_script, run_script

EXAMPLE_COUNT: Final = 3
"""Keys that are shown of the rows of a table that differ."""

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class TableDifference:
    """How a table differs, its audit columns left out.

    Attributes:
        table: Its name.
        a_row_count: Rows in A.
        b_row_count: Rows in B.
        only_a_count: Rows whose key B does not have.
        only_b_count: Rows whose key A does not have.
        changed_count: Rows with a key in both, and something else beside it.
        columns: Column -> how many of the changed rows have another value in it.
        examples: kind (only_a, only_b, changed) and key of some of these rows.
    """

    table: str
    a_row_count: int
    b_row_count: int
    only_a_count: int
    only_b_count: int
    changed_count: int
    columns: Mapping[str, int]
    examples: Sequence[Row]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How two warehouses differ.

    Attributes:
        table_count: Tables that were compared.
        tables: Those that differ.
        totals: subject (entity, article), kind, row_count: all changes, whatever the limit.
        entities: Spans that mean another entity in B: kind, the entity of A and of B, mention_count; to the limit.
        articles: Articles that only one has, or that changed, and in what; up to the limit.
    """

    table_count: int
    tables: Sequence[TableDifference]
    totals: Sequence[Row]
    entities: Sequence[Row]
    articles: Sequence[Row]

    @property
    def is_empty(self) -> bool:
        """Whether the contents are identical."""
        return not self.tables


def compare_warehouses(
    a_path: Path, b_path: Path, *, row_limit: int, report: Callable[[str], None] = lambda _: None
) -> Difference:
    """Return what two warehouses differ in; neither is changed.

    Args:
        a_path: A warehouse file.
        b_path: Another.
        row_limit: Entities and articles listed at most, each.
        report: Told what is looked at.

    Raises:
        MissingWarehouseError: One is not there.
        MigrationError: One has another schema than this code.
        WarehouseError: One cannot be read, or is no warehouse.
    """
    for path in (a_path, b_path):
        with open_published(path):
            pass
    with attach_read_only(a=a_path, b=b_path) as con:
        tables = _list_tables(con)
        found = _compare_tables(con, tables, report)
        report("entities and articles")
        run_script(con, "sql/diff/entity_change.sql")
        run_script(con, "sql/diff/article_change.sql")
        return Difference(
            table_count=len(tables),
            tables=found,
            totals=_fetch(con, "change_totals"),
            entities=_fetch(con, "entity_rows", row_limit=row_limit),
            articles=_fetch(con, "article_rows", row_limit=row_limit),
        )


def _list_tables(con: Connection) -> dict[str, list[str]]:
    """Return table -> content columns, in the order of names.

    Raises:
        WarehouseError: The two do not have the same tables: one was changed by other means than Dateline.
    """
    query = "select table_name, column_name from duckdb_columns() where database_name = $name order by all"
    shapes: list[dict[str, list[str]]] = []
    for name in ("a", "b"):
        shape: dict[str, list[str]] = {}
        for table, column in con.execute(query, {"name": name}).fetchall():
            shape.setdefault(table, []).append(column)
        shapes.append(shape)
    views = {name for (name,) in con.execute("select view_name from duckdb_views()").fetchall()}
    for table in sorted(shapes[0].keys() | shapes[1].keys()):
        if shapes[0].get(table) != shapes[1].get(table):
            raise WarehouseError(
                f"table {table} is not the same table in both files: load one of them anew, dateline run --from-raw"
            )
    kept = shapes[0].keys() - AUDIT_TABLES - views
    return {table: list_content_columns(shapes[0][table]) for table in sorted(kept)}


def _compare_tables(
    con: Connection, tables: Mapping[str, Sequence[str]], report: Callable[[str], None]
) -> list[TableDifference]:
    """Return how the tables differ that do, and keep the spans that mean another entity."""
    run_script(con, "sql/diff/moved_mention.sql")
    found = []
    for table, columns in tables.items():
        report(table)
        if (difference := _compare_table(con, table, columns)) is None:
            continue
        found.append(difference)
        if table == "fact_entity_mention":  # changed_row is that of this table, until the next
            run_script(con, "sql/diff/find_moved_mention.sql")
    return found


def _compare_table(con: Connection, table: str, columns: Sequence[str]) -> TableDifference | None:
    """Return how a table differs, None where it does not; changed_row has its rows then."""
    keys = list_key_columns(table, columns)
    for side in ("a", "b"):
        con.execute(
            f"create or replace temp view {side}_row as select hash({_list_names(keys)}) as key_hash, "  # noqa: S608  names from the catalog, quoted
            f"hash({_list_names(columns)}) as row_hash from {side}.main.{quote_name(table)}"
        )
    content = _fetch(con, "table_content")[0]
    if content.pop("is_equal"):
        return None
    run_script(con, "sql/diff/changed_row.sql")
    return TableDifference(
        table=table,
        **content,
        **_fetch(con, "change_counts")[0],
        columns=_count_columns(con, table, keys, [name for name in columns if name not in keys]),
        examples=_list_examples(con, table, keys),
    )


def _count_columns(con: Connection, table: str, keys: Sequence[str], others: Sequence[str]) -> dict[str, int]:
    """Return column -> how many changed rows have another value in it; columns that never have are left out."""
    if not others:
        return {}
    name = quote_name(table)
    counts = ", ".join(f"count(*) filter (where a_side.{one} is distinct from b_side.{one})" for one in _quote(others))
    same = " and ".join(f"a_side.{one} is not distinct from b_side.{one}" for one in _quote(keys))
    query = (
        f"select {counts} from a.main.{name} as a_side inner join b.main.{name} as b_side on {same} "  # noqa: S608  names from the catalog, quoted
        f"where hash({', '.join(f'a_side.{one}' for one in _quote(keys))}) "
        "in (select key_hash from changed_row where changed_count > 0)"
    )
    (row,) = con.execute(query).fetchall()
    return {name: count for name, count in zip(others, row, strict=True) if count}


def _list_examples(con: Connection, table: str, keys: Sequence[str]) -> list[Row]:
    """Return kind and key of some rows that differ, the first in the order of their keys."""
    names = ", ".join(f"{quote_name(key)} := held.{quote_name(key)}" for key in keys)
    hashed = ", ".join(f"held.{quote_name(key)}" for key in keys)
    sides = " union all ".join(
        f"select found.kind, cast(to_json(struct_pack({names})) as varchar) as key "  # noqa: S608  names from the catalog, quoted
        f"from {side}.main.{quote_name(table)} as held "
        f"inner join (select key_hash, '{kind}' as kind from changed_row where {kind}_count > 0) as found "
        f"on hash({hashed}) = found.key_hash"
        for side, kind in (("a", "only_a"), ("b", "only_b"), ("a", "changed"))
    )
    query = f"select distinct * from ({sides}) order by all limit {EXAMPLE_COUNT}"  # noqa: S608  the same
    rows: list[Row] = con.sql(query).pl().rows(named=True)
    return rows


def _quote(names: Sequence[str]) -> list[str]:
    return [quote_name(name) for name in names]


def _list_names(names: Sequence[str]) -> str:
    return ", ".join(_quote(names))


def _fetch(con: Connection, name: str, **parameters: int) -> list[Row]:
    """Return the rows of a query in sql/diff."""
    rows: list[Row] = con.sql(read_script(f"sql/diff/{name}.sql"), params=parameters or None).pl().rows(named=True)
    return rows
