"""The frames of outlets: what the sources file says of them, and what was asked of their servers. See ``schemas``."""

from typing import Final

import polars as pl

from transforms.schemas import UTC_TIMESTAMP

SOURCE_VERSION: Final = pl.Schema(
    {
        "source_id": pl.String(),
        "name": pl.String(),
        "domain": pl.String(),
        "country_code": pl.String(),  # ISO 3166-1 alpha-2
        "timezone": pl.String(),  # IANA
        "language_code": pl.String(),  # ISO 639-1
        "licence": pl.String(),
        "schedule": pl.String(),  # cron, five fields, in the time zone given; null when it is fetched on demand
        "valid_from": UTC_TIMESTAMP,  # 1900-01-01 for the first version of an outlet
        "valid_to": UTC_TIMESTAMP,  # 9999-12-31 for the last
    },
)
"""Grain: a block of the sources file: an outlet, for a time. Written by flows/sources."""

SOURCE_EXPECTATION: Final = pl.Schema(
    {
        **{name: SOURCE_VERSION[name] for name in ("source_id", "valid_from", "valid_to")},
        "measure": pl.String(),  # of fact_source_expectation
        "expected_low": pl.Float64(),  # null for no lower bound
        "expected_high": pl.Float64(),
    },
)
"""Grain: a measure that a block of the sources file expects something of. Written by flows/sources."""

SOURCE: Final = pl.Schema(
    {"source_key": pl.Int64(), **{name: dtype for name, dtype in SOURCE_VERSION.items() if name != "schedule"}}
)
"""Grain: a version of an outlet; name null for one the sources file does not name. Written by transforms/outlets."""

FETCH: Final = pl.Schema(
    {
        "source_id": pl.String(),  # whose feeds, sitemaps and pages these are
        "kind": pl.String(),  # feed, sitemap, urls (a list of addresses) or page
        "url": pl.String(),
        "parent_url": pl.String(),  # the feed or sitemap that lists it; null where it was given by name
        "outcome": pl.String(),  # fetched, unmodified or failed
        "reason": pl.String(),  # of a failure: one of transforms.rejects.REASONS; else null
        "detail": pl.String(),
        "entry_count": pl.Int32(),  # of a listing: how many addresses it has; else null
        "raw_hash": pl.String(),  # of a page that was fetched: sha256 of its bytes, hex
        "fetched_at": UTC_TIMESTAMP,
    },
)
"""Grain: an address that was asked for, once a run. Written by flows/steps/fetch."""
