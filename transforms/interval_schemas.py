"""The frames in which data intervals are told: what runs were to load, and what came of it."""

from typing import Final

import polars as pl

from transforms.schemas import UTC_TIMESTAMP

INTERVAL_ATTEMPT: Final = pl.Schema(
    {
        "run_key": pl.Int64(),
        "source_id": pl.String(),  # (not applicable) while it is not known which outlets there are
        "interval_start": UTC_TIMESTAMP,
        "interval_end": UTC_TIMESTAMP,
        "state": pl.String(),  # success, failed or crashed
        "flow_run_id": pl.String(),
        "started_at": UTC_TIMESTAMP,
        "finished_at": UTC_TIMESTAMP,
        "code_version": pl.String(),
        "model_name": pl.String(),
        "model_version": pl.String(),
        "input_hash": pl.String(),  # "" unless the documents were read
        "read_count": pl.Int32(),
        "loaded_count": pl.Int32(),
        "unchanged_count": pl.Int32(),
        "duplicate_count": pl.Int32(),
        "rejected_count": pl.Int32(),
        "unseen_count": pl.Int32(),
        "detail": pl.String(),  # "" when nothing went wrong
    },
)
"""Grain: an outlet x a data interval x a run that was to load it and has ended."""
