"""Render the rows of a relation inside the database: as Arrow columns, as text, as lines of CSV or JSON.

Columns are addressed by position (``#1``), so that any names, also none or the same twice, do no harm.
"""

from collections.abc import Sequence
from typing import Final

import duckdb

from warehouse.query_protocol import Column, Shape

_NUMBER_TYPES: Final = frozenset(
    "tinyint smallint integer bigint hugeint utinyint usmallint uinteger ubigint uhugeint bignum "
    "float double decimal".split(),
)
_FLOAT_TYPES: Final = frozenset({"float", "double"})
_HUGE_TYPES: Final = frozenset({"hugeint", "uhugeint"})

# Neither Parquet nor, for some, Arrow has a faithful form of these.
_TEXT_ONLY_TYPES: Final = frozenset({"bignum", "bit", "interval", "union", "variant", "time with time zone"})


def describe_columns(relation: duckdb.DuckDBPyRelation) -> list[Column]:
    """Return the columns of a relation, their names made unique: a, a becomes a, a_1."""
    names = make_unique(relation.columns)
    return [Column(name, str(kind), kind.id in _NUMBER_TYPES) for name, kind in zip(names, relation.types, strict=True)]


def make_unique(names: Sequence[str]) -> list[str]:
    """Return the names, a number appended where a name was there before.

    Examples:
        >>> make_unique(["a", "a", "a_1", "a"])
        ['a', 'a_2', 'a_1', 'a_3']
    """
    taken = set(names)
    unique: list[str] = []
    for name in names:
        candidate, number = name, 0
        while candidate in unique or (number and candidate in taken):
            number += 1
            candidate = f"{name}_{number}"
        unique.append(candidate)
    return unique


def shape_relation(relation: duckdb.DuckDBPyRelation, shape: Shape) -> duckdb.DuckDBPyRelation:
    """Return the relation in the shape asked for; the rows keep their order."""
    kinds = relation.types
    names = [column.name for column in describe_columns(relation)]
    if shape is Shape.ARROW:
        return relation.project(_alias([_as_arrow(place, kind) for place, kind in enumerate(kinds, 1)], names))
    if shape is Shape.TEXT:
        return relation.project(_alias([f"cast(#{place} as varchar)" for place in range(1, len(names) + 1)], names))
    if shape is Shape.JSON:
        pairs = [
            f"{_quote_text(name)}, {_as_json(place, kind)}"
            for place, (name, kind) in enumerate(zip(names, kinds, strict=True), 1)
        ]
        return relation.project(f"cast(json_object({', '.join(pairs)}) as varchar) as line")
    fields = [_as_csv(place, kind) for place, kind in enumerate(kinds, 1)]
    if len(fields) == 1:
        # Most readers skip an empty line: the only field of a row is never written as nothing.
        return relation.project(f"coalesce(nullif({fields[0]}, ''), '\"\"') as line")
    return relation.project(f"concat_ws(',', {', '.join(fields)}) as line")


def _alias(expressions: Sequence[str], names: Sequence[str]) -> str:
    return ", ".join(
        f"{expression} as {_quote_name(name)}" for expression, name in zip(expressions, names, strict=True)
    )


def _as_arrow(place: int, kind: duckdb.sqltypes.DuckDBPyType) -> str:
    if _needs_text(kind):
        return f"cast(#{place} as varchar)"
    if kind.id in _HUGE_TYPES:
        return f"cast(#{place} as decimal(38, 0))"  # Arrow would take it as such, and too large ones wrongly
    return f"#{place}"


def _needs_text(kind: duckdb.sqltypes.DuckDBPyType) -> bool:
    """Tell whether a type, or one inside it, has to be written as text."""
    if kind.id in _TEXT_ONLY_TYPES:
        return True
    if kind.id not in {"list", "array", "struct", "map", "tuple"}:
        return False
    children = [child for _, child in kind.children if isinstance(child, duckdb.sqltypes.DuckDBPyType)]
    return not children or any(_needs_text(child) for child in children)


def _as_json(place: int, kind: duckdb.sqltypes.DuckDBPyType) -> str:
    if kind.id in _FLOAT_TYPES:
        return f"case when isfinite(#{place}) then #{place} end"  # JSON has no NaN and no infinity
    return f"#{place}"


def _as_csv(place: int, kind: duckdb.sqltypes.DuckDBPyType) -> str:
    text = f"cast(#{place} as varchar)"
    if kind.id in _NUMBER_TYPES:
        return f"coalesce({text}, '')"
    quoted = f"'\"' || replace({text}, '\"', '\"\"') || '\"'"
    needs_quotes = f"{text} = '' or regexp_matches({text}, '[\",\\r\\n]')"
    return f"case when #{place} is null then '' when {needs_quotes} then {quoted} else {text} end"


def _quote_name(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _quote_text(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"
