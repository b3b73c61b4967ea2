"""Outlets and their versions: what the sources file says of them, and a key for each version."""

from datetime import UTC, datetime
from typing import Final

import polars as pl

from transforms.keys import compute_key
from transforms.source_schemas import SOURCE, SOURCE_VERSION
from transforms.versions import END_OF_TIME

START_OF_TIME: Final = datetime(1900, 1, 1, tzinfo=UTC)
"""``valid_from`` of the first version of an outlet."""


def key_sources(source_ids: pl.Series, versions: pl.DataFrame) -> pl.DataFrame:
    """Return the versions of outlets (``source_schemas.SOURCE``), sorted by outlet and time.

    The first version of an outlet has the key that ``transforms.versions`` gives its articles; a later one has a key of
    its own, made of the time it holds from. An outlet that the sources file does not name has one version.

    Args:
        source_ids: The outlets.
        versions: ``source_schemas.SOURCE_VERSION``; those of other outlets are passed over.
    """
    wanted = source_ids.unique().to_frame("source_id")
    unnamed = wanted.join(versions, on="source_id", how="anti").with_columns(
        valid_from=pl.lit(START_OF_TIME, SOURCE["valid_from"]), valid_to=pl.lit(END_OF_TIME, SOURCE["valid_to"])
    )
    rows = pl.concat(
        [versions.join(wanted, on="source_id", how="semi").select(SOURCE_VERSION.names()), unnamed], how="diagonal"
    ).sort("source_id", "valid_from")
    keys = [_compute_source_key(*row) for row in rows.select("source_id", "valid_from").iter_rows()]
    return rows.with_columns(source_key=pl.Series(keys, dtype=pl.Int64)).select(SOURCE.names())


def _compute_source_key(source_id: str, valid_from: datetime) -> int:
    parts = () if valid_from == START_OF_TIME else (valid_from.isoformat(),)
    return compute_key("source", source_id, *parts)
