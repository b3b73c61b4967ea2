"""Which documents belong to which data interval, and what they come to."""

from datetime import datetime
from typing import Final

import polars as pl

from transforms.keys import compute_hash
from transforms.schemas import UTC_TIMESTAMP

DOCUMENT: Final = pl.Schema(
    {
        "batch": pl.UInt32(),  # place of its batch among those of the run
        "source_id": pl.String(),
        "dated_at": UTC_TIMESTAMP,  # when it was published; where that is not known, or it was refused: fetched
        "raw_hash": pl.String(),  # null when whoever reads it is killed
        "is_rejected": pl.Boolean(),
    },
)
"""Grain: a document that was normalized, understood or refused. Written by flows/steps/documents."""

INPUT: Final = pl.Schema(
    {
        "source_id": pl.String(),
        "document_count": pl.Int32(),
        "rejected_count": pl.Int32(),  # of these, those that were refused
        "input_hash": pl.String(),
    },
)
"""Grain: an outlet, with the documents that an interval has of it."""


def is_within(moment: pl.Expr, start: datetime, end: datetime) -> pl.Expr:
    """Return whether moments are in a half open interval.

    Examples:
        >>> from datetime import UTC
        >>> midnight = datetime(2026, 11, 3, tzinfo=UTC)
        >>> frame = pl.DataFrame({"at": [midnight, datetime(2026, 11, 4, tzinfo=UTC)]})
        >>> frame.select(is_within(pl.col("at"), *frame["at"]))["at"].to_list()
        [True, False]
    """
    return (moment >= start) & (moment < end)


def is_of(source_id: pl.Expr, source_ids: frozenset[str]) -> pl.Expr:
    """Return whether outlets are among those given, or none are given."""
    return source_id.is_in(sorted(source_ids)) if source_ids else pl.lit(value=True)


def mark_killed(documents: pl.DataFrame, raw_hashes: pl.Series) -> pl.DataFrame:
    """Return documents with some of them refused, as if they had not been there.

    What an interval then comes to is not what its documents will come to when they are looked at again: it is stale.

    Args:
        documents: DOCUMENT rows.
        raw_hashes: Of those that kill whoever reads them.

    Examples:
        >>> documents = pl.DataFrame({"raw_hash": ["a", "b"], "is_rejected": [False, False]})
        >>> mark_killed(documents, pl.Series(["b"])).rows()
        [('a', False), (None, True)]
    """
    is_killed = pl.col("raw_hash").is_in(raw_hashes.to_list()).fill_null(value=False)
    return documents.with_columns(
        raw_hash=pl.when(~is_killed).then("raw_hash"), is_rejected=pl.col("is_rejected") | is_killed
    )


def sum_inputs(documents: pl.DataFrame) -> pl.DataFrame:
    """Return what the documents of an interval come to: INPUT, sorted.

    The hash depends on the bytes of the documents alone, not on their order, nor on how often each is there.

    Args:
        documents: DOCUMENT rows.
    """
    grouped = documents.group_by("source_id").agg(
        document_count=pl.len().cast(pl.Int32),
        rejected_count=pl.col("is_rejected").sum().cast(pl.Int32),
        raw_hash=pl.col("raw_hash").drop_nulls().unique().sort(),
    )
    hashes = [compute_hash("interval", *raw_hashes) for raw_hashes in grouped["raw_hash"]]
    return (
        grouped.with_columns(pl.Series("input_hash", hashes, dtype=pl.String)).select(INPUT.names()).sort("source_id")
    )
