"""Load what people decided on entities, and ids that entities have elsewhere.

The decisions file is replayed as a whole, on every load: what was in it before and is no more is undone thereby. See
``load_entities.py`` for when.
"""

from dataclasses import dataclass
from typing import Any

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.scripts import read_script, run_tables


@dataclass(frozen=True, kw_only=True)
class ExternalCounts:
    """What a table of external ids meant to the entities.

    Attributes:
        matched: Entities that have their id from it.
        ambiguous: Entities that several of its rows could be; they have none.
    """

    matched: int
    ambiguous: int


@dataclass(frozen=True, kw_only=True)
class EntityChanges:
    """What entities are that they were not before.

    Attributes:
        changes: What most articles have first: kind (merged, became, split, renamed, retyped, hidden, shown, linked),
            name, entity_id, detail, article_count.
        moved_count: Mentions that are of another entity since names were decided last.
    """

    changes: list[dict[str, Any]]
    moved_count: int


def remember_entities(con: duckdb.DuckDBPyConnection) -> None:
    """Keep in mind what entities are now, for ``read_changes``.

    Args:
        con: A connection to the file under construction, before anything is resolved.
    """
    with transaction(con):
        run_tables(con, "decisions", "former_entity")


def read_changes(con: duckdb.DuckDBPyConnection) -> EntityChanges:
    """Return how entities differ from what they were.

    Args:
        con: The connection that remembers them, and decided since.
    """
    with transaction(con):
        run_tables(con, "decisions", "differing_entity")
    changes = con.sql(read_script("sql/queries/entity_changes.sql")).pl().rows(named=True)
    (moved_count,) = con.execute("select moved_count from moved_mention").fetchall()[0]
    return EntityChanges(changes=changes, moved_count=moved_count)


def replay_decisions(con: duckdb.DuckDBPyConnection, decisions: pl.DataFrame, made: pl.DataFrame) -> None:
    """Keep the decisions file as it is now, and mark all entities that it, or the last one, is on.

    Args:
        con: The connection that paired the names.
        decisions: HUMAN_DECISION rows: all of the file.
        made: MADE_ENTITY rows: the entities that only it knows.
    """
    tables = ("decided_name", "observed_entity", "human_decision", "relinked_name")
    with registered(con, incoming_human_decision=decisions, incoming_made_entity=made), transaction(con):
        run_tables(con, "decisions", *tables)


def read_verdicts(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the names that people joined or parted.

    Args:
        con: The connection that replayed the decisions.

    Returns:
        VERDICT rows, in no order.
    """
    verdicts: pl.DataFrame = con.sql(read_script("sql/load/decisions/read_verdicts.sql")).pl()
    return verdicts


def list_dangling(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the decisions on what is not here, in the order of their lines: line_number, detail.

    Args:
        con: A connection to a warehouse.
    """
    dangling: list[dict[str, Any]] = con.sql(read_script("sql/queries/dangling_decisions.sql")).pl().rows(named=True)
    return dangling


def load_external_ids(con: duckdb.DuckDBPyConnection, names: pl.DataFrame) -> ExternalCounts:
    """Give entities the ids they have elsewhere: as people decided, else from a table where that is certain.

    Args:
        con: The connection that loaded the decisions on entities.
        names: EXTERNAL_NAME rows; without any, entities have the ids that people gave them.
    """
    with registered(con, incoming_external_name=names), transaction(con):
        run_tables(con, "decisions", "dim_entity")
    matched, ambiguous = con.execute(
        "select count(*) filter (match_count = 1), count(*) filter (match_count > 1) from external_match"
    ).fetchall()[0]
    return ExternalCounts(matched=matched, ambiguous=ambiguous)
