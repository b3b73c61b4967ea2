"""From tables back to the frames of the other layers."""

import polars as pl
import polars.selectors as cs


def restore_time_zone(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with UTC on its timestamps, which the tables keep without a zone.

    Examples:
        >>> from datetime import datetime
        >>> frame = pl.DataFrame({"published_at": [datetime(2026, 11, 3, 9)]})
        >>> restore_time_zone(frame).schema["published_at"]
        Datetime(time_unit='us', time_zone='UTC')
    """
    return frame.with_columns(cs.datetime(time_zone=None).cast(pl.Datetime("us")).dt.replace_time_zone("UTC"))
