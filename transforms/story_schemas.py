"""The frames on the way from texts to stories: sketches, pairs of wordings, members. See ``schemas``."""

from typing import Final

import polars as pl

from transforms.schemas import UTC_TIMESTAMP

SKETCH: Final = pl.Schema(
    {
        "text_hash": pl.String(),
        "wording_key": pl.Int64(),  # of the words of the body; of a short one with the headline
        "word_count": pl.Int32(),  # of the body
        "bands": pl.List(pl.Int64()),  # hashes; empty for a text too short to be compared
    },
)
"""Grain: a text. Written by transforms/sketches."""

WORDING_PAIR: Final = pl.Schema(
    {
        "wording_key_a": pl.Int64(),  # the smaller of the two
        "wording_key_b": pl.Int64(),
        "similarity_ratio": pl.Float64(),  # of all their shingles, those they share
        "containment_ratio": pl.Float64(),  # of the shingles of the one with fewer, those they share
        "figure_ratio": pl.Float64(),  # of the figures of the one with fewer, those they share
        "is_copy": pl.Boolean(),
    },
)
"""Grain: two wordings whose sketches met. Written by transforms/copies."""

STORY_ARTICLE: Final = pl.Schema(
    {
        "article_id": pl.String(),
        "first_published_at": UTC_TIMESTAMP,  # of all versions; null when none is dated
        "wording_keys": pl.List(pl.Int64()),  # of all versions
        "source_ids": pl.List(pl.String()),
        "authors": pl.List(pl.String()),
        "dateline_agencies": pl.List(pl.String()),
        "openings": pl.List(pl.String()),  # how the bodies begin; empty for an article that is linked with no other
        "closings": pl.List(pl.String()),  # how they end, and the lines that were taken out of them; the same
    },
)
"""Grain: an article with all its versions, to be given a story. Read from the warehouse."""

STORY_MEMBER: Final = pl.Schema(
    {
        "article_id": pl.String(),
        "story_key": pl.Int64(),
        "story_id": pl.String(),  # article_id of the first article of the story
        "is_original": pl.Boolean(),
    },
)
"""Grain: an article. Written by transforms/stories."""
