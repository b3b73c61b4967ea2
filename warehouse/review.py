"""What of the published warehouse is worth a look by a person: doubtful decisions, with sentences that show them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl

from warehouse.connection import Connection, registered
from warehouse.published import open_published
from warehouse.scripts import read_script

KINDS: Final = ("doubtful", "singleton", "types", "ambiguous")

MAX_SCORE: Final = 0.9
"""What rules score above is not doubted: they are the entity's own name, and what people decided."""

MIN_ARTICLE_COUNT: Final = 2
"""A name that one article has is not frequent enough to be asked about."""

SUBJECT_SENTENCES: Final = 2
OTHER_SENTENCES: Final = 1

Row = dict[str, Any]


def list_review(path: Path, *, kinds: Sequence[str], row_limit: int) -> list[Row]:
    """Return what is worth a look, what most articles have first.

    Args:
        path: The published warehouse.
        kinds: Some of ``KINDS``.
        row_limit: Rows at most.

    Returns:
        kind, article_count; decision, entity_id, part, article, target_id (the decision that would settle it); name,
        other_name, resolution_rule, resolution_score, evidence; sentences: headline, source_name, published_date,
        surface_text, mentioned_in (the text), start_char, end_char.

    Raises:
        WarehouseError: There is no warehouse, or it cannot be read.
    """
    with open_published(path) as con:
        found = [row for kind in kinds for row in _list_kind(con, kind, row_limit)]
        found.sort(key=lambda row: (-row["article_count"], KINDS.index(row["kind"]), row["entity_id"], row["part"]))
        chosen = found[:row_limit]
        sentences = _read_sentences(con, chosen)
    for number, row in enumerate(chosen):
        row["sentences"] = [sentence for sentence in sentences if sentence["item_number"] == number]
    return chosen


def _list_kind(con: Connection, kind: str, row_limit: int) -> list[Row]:
    parameters: dict[str, float] = {"row_limit": row_limit}
    if kind == "doubtful":
        parameters["max_score"] = MAX_SCORE
    if kind == "singleton":
        parameters["min_article_count"] = MIN_ARTICLE_COUNT
    rows: list[Row] = con.sql(read_script(f"sql/queries/review_{kind}.sql"), params=parameters).pl().rows(named=True)
    return rows


def _read_sentences(con: Connection, chosen: Sequence[Row]) -> list[Row]:
    """Return mentions of both names of each row, numbered as the rows are."""
    asked = [
        (number, row[key], wanted_count, place)
        for number, row in enumerate(chosen)
        for place, (key, wanted_count) in enumerate(
            (("subject_key", SUBJECT_SENTENCES), ("other_key", OTHER_SENTENCES))
        )
    ]
    schema = {
        "item_number": pl.Int32(),
        "observed_key": pl.Int64(),
        "wanted_count": pl.Int32(),
        "place": pl.Int32(),
    }
    with registered(con, asked_name=pl.DataFrame(asked, schema=schema, orient="row")):
        rows: list[Row] = con.sql(read_script("sql/queries/review_sentences.sql")).pl().rows(named=True)
    return rows
