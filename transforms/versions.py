"""From every sight of an article to its versions: the same ones, whatever the order in which the sights came in."""

from datetime import UTC, datetime
from typing import Final

import polars as pl

from transforms.keys import compute_key
from transforms.schemas import ARTICLE_VERSION, DETAILS, UTC_TIMESTAMP

END_OF_TIME: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""``valid_to`` of a version that holds until further notice."""


_FILLED: Final = (
    *("published_at", "url", "dateline_place", "dateline_agency", "dateline_date"),
    *(name for name in DETAILS if name != "author_types"),
)
_BYLINE: Final = ("author", "author_types")


def order_versions(observations: pl.DataFrame) -> pl.DataFrame:
    """Return the versions of each article (``schemas.ARTICLE_VERSION``), sorted by article and version.

    Sights are ordered by what they say of themselves: when they were modified, else published, else fetched; on a tie
    by when they were fetched, then by content. Neighbours with the same content are one version, described by the
    first of them, and by the next in what that is silent of (date, byline, address, dateline, section and so on); a
    content that comes back after another one is a version of its own. A version is valid from its own time up to that
    of the next, the end excluded. Where a sight says no other time than the one before it, as pages do that tell when
    they were published and never that they were changed, its time is when it was fetched.

    Args:
        observations: ``schemas.OBSERVATION``: all sights of each article there is one of.
    """
    order = ("article_id", "effective_at", "ingested_at", "content_hash", "ingested_uri", "source_id", "raw_hash")
    effective_at = pl.coalesce("modified_at", "published_at", "ingested_at")
    is_new = (pl.col("content_hash") != pl.col("content_hash").shift().over("article_id")).fill_null(value=True)
    next_at = pl.col("valid_from").shift(-1).over("article_id")
    versions = (
        observations.with_columns(effective_at=effective_at)
        .sort(order, nulls_last=True)
        .with_columns(stretch=is_new.cum_sum().over("article_id"), valid_from=_date_sights())
        .with_columns(pl.col(_FILLED).drop_nulls().first().over("article_id", "stretch"))
        .with_columns(_fill_byline())
        .filter(pl.struct("article_id", "stretch").is_first_distinct())
        .with_columns(
            version=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("article_id"),
            occurrence=pl.int_range(1, pl.len() + 1).over("article_id", "content_hash"),
            valid_to=next_at.fill_null(pl.lit(END_OF_TIME, UTC_TIMESTAMP)),
            is_current=next_at.is_null(),
        )
    )
    return versions.with_columns(_key_versions(versions), _key_sources(versions)).select(ARTICLE_VERSION.names())


def _date_sights() -> pl.Expr:
    """Return since when each sight holds, of sights in order: what it says, else when it was fetched.

    It cannot hold later than the next sight that says another time.
    """
    said = pl.col("effective_at")
    is_tied = (said == said.shift()).fill_null(value=False)
    following = said.shift(-1)
    next_said = pl.when(following != said).then(following).backward_fill()
    fetched = pl.min_horizontal(pl.max_horizontal(said, "ingested_at"), next_said)
    return pl.when(is_tied).then(fetched).otherwise(said).over("article_id")


def _fill_byline() -> list[pl.Expr]:
    """Return a version's first byline, with the types that came with it."""
    is_signed = pl.col("author").is_not_null()
    return [pl.col(name).filter(is_signed).first().over("article_id", "stretch") for name in _BYLINE]


def _key_versions(versions: pl.DataFrame) -> pl.Series:
    """Return article_key: of the article, the content, and how often the content came back."""
    identities = versions.select("article_id", "content_hash", "occurrence").iter_rows()
    keys = [
        compute_key("article", article_id, content, str(occurrence)) for article_id, content, occurrence in identities
    ]
    return pl.Series("article_key", keys, dtype=pl.Int64)


def _key_sources(versions: pl.DataFrame) -> pl.Series:
    """Return source_key: of the outlet."""
    keys = {source_id: compute_key("source", source_id) for source_id in versions["source_id"].unique()}
    return pl.Series("source_key", [keys[source_id] for source_id in versions["source_id"]], dtype=pl.Int64)
