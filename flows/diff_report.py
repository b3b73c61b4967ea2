"""What two warehouses differ in, as a person reads it, and as rows of one shape for programs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from flows.terminal import make_console, print_rows
from warehouse.diff import Difference, TableDifference

CHANGE_COLUMNS: Final = ("subject", "kind", "id", "a_value", "b_value", "row_count")
"""Of the rows for programs: what differs, how, which, what A and B say of it, how many rows or mentions."""

_ARTICLE_PARTS: Final = ("headline", "body", "date", "versions")

Row = dict[str, Any]


def print_difference(found: Difference, a: Path, b: Path, *, console: Console | None = None) -> None:
    """Print a difference to standard output.

    Args:
        found: What differs.
        a: The file that is called A.
        b: The file that is called B.
        console: Where to print; standard output when left out.
    """
    console = make_console() if console is None else console
    for name, path in (("A", a), ("B", b)):
        console.print(Text(f"{name}: {path}"), soft_wrap=True)  # a path may have what rich takes for markup
    if found.is_empty:
        console.print(f"the same contents: {found.table_count:,} tables, row by row", soft_wrap=True)
        return
    console.print(f"{len(found.tables):,} of {found.table_count:,} tables differ", soft_wrap=True)
    columns = ("table", "a_row_count", "b_row_count", "only_a_count", "only_b_count", "changed_count", "columns")
    print_rows(console, "rows", [_show_table(one) for one in found.tables], columns)
    entity_columns = ("kind", "a_entity_id", "a_name", "b_entity_id", "b_name", "mention_count")
    print_rows(console, "mentions that mean another entity", found.entities, entity_columns)
    _print_total(console, found, "entity", len(found.entities))
    articles = [{**row, "what": " ".join(_list_parts(row)) or "-"} for row in found.articles]
    print_rows(console, "articles", articles, ("kind", "what", "article_id", "a_headline", "b_headline"))
    _print_total(console, found, "article", len(found.articles))


def list_changes(found: Difference) -> list[Row]:
    """Return all that differs as rows with ``CHANGE_COLUMNS``."""
    rows = [row for one in found.tables for row in _list_table_changes(one)]
    rows.extend(
        _make_row(
            "entity", row["kind"], row["a_entity_id"], row["a_entity_id"], row["b_entity_id"], row["mention_count"]
        )
        for row in found.entities
    )
    for row in found.articles:
        if row["kind"] == "changed":
            rows.extend(
                _make_row("article", f"{part}_changed", row["article_id"], *_choose_values(row, part), 1)
                for part in _list_parts(row)
            )
        else:
            values = row["a_headline"], row["b_headline"]
            rows.append(_make_row("article", row["kind"], row["article_id"], *values, 1))
    return rows


def _list_table_changes(one: TableDifference) -> list[Row]:
    """Return the rows for a table: a change a row, and a column that changed a row."""
    counts = (one.a_row_count, one.b_row_count)
    rows = [
        _make_row("table", kind, one.table, *counts, count)
        for kind, count in (
            ("only_a", one.only_a_count),
            ("only_b", one.only_b_count),
            ("changed", one.changed_count),
        )
        if count
    ]
    return rows + [
        _make_row("column", "changed", f"{one.table}.{column}", None, None, count)
        for column, count in one.columns.items()
    ]


def _make_row(*values: object) -> Row:
    return dict(zip(CHANGE_COLUMNS, values, strict=True))


def _list_parts(row: Mapping[str, Any]) -> list[str]:
    """Return which parts of an article changed."""
    return [part for part in _ARTICLE_PARTS if row[f"is_{part}_changed"]]


def _choose_values(row: Mapping[str, Any], part: str) -> tuple[object, object]:
    """Return what A and B say of a part of an article; of a body, which may be long, nothing."""
    column = {"headline": "headline", "date": "published_at", "versions": "version_count"}.get(part)
    return (None, None) if column is None else (row[f"a_{column}"], row[f"b_{column}"])


def _show_table(one: TableDifference) -> Row:
    columns = ", ".join(f"{column} {count:,}" for column, count in one.columns.items())
    return {**vars(one), "columns": columns or "-"}


def _print_total(console: Console, found: Difference, subject: str, shown_count: int) -> None:
    """Say how many there are of each kind, where not all are shown."""
    kinds = [row for row in found.totals if row["subject"] == subject]
    total = sum(row["row_count"] for row in kinds)
    if total > shown_count:
        listed = ", ".join(f"{row['row_count']:,} {row['kind']}" for row in kinds)
        console.print(f"{shown_count:,} of {total:,} shown ({listed}): --limit N shows more", soft_wrap=True)
