"""Ids that entities have elsewhere, from a table of the user's: its names and aliases as keys that can be compared."""

from typing import Final

import polars as pl

from transforms.names import compute_name_key

EXTERNAL_TABLE: Final = pl.Schema(
    {
        "external_id": pl.String(),
        "name": pl.String(),
        "aliases": pl.String(),  # separated by |
        "entity_type": pl.String(),
        "country_code": pl.String(),  # ISO 3166-1 alpha-2; null where it is not told
    },
)
"""Grain: something that has an id elsewhere. Read from the file that ``external_ids`` names."""

REQUIRED: Final = ("external_id", "name", "entity_type")
"""The columns of the file that have to be there."""

EXTERNAL_NAME: Final = pl.Schema(
    {
        "external_id": pl.String(),
        "entity_type": pl.String(),
        "country_code": pl.String(),
        "name_key": pl.String(),
    },
)
"""Grain: a name of something that has an id elsewhere, once."""


def expand_external_names(table: pl.DataFrame) -> pl.DataFrame:
    """Return the names by which a table knows its rows (``EXTERNAL_NAME``), sorted.

    Args:
        table: ``EXTERNAL_TABLE``.

    Examples:
        >>> row = {"external_id": "Q1", "name": "Lake Ono", "aliases": "Ono|", "entity_type": "LOC"}
        >>> expand_external_names(pl.DataFrame([row], schema=EXTERNAL_TABLE))["name_key"].to_list()
        ['lake ono', 'ono']
    """
    names = pl.concat_str(pl.col("name"), pl.col("aliases").fill_null(""), separator="|").str.split("|")
    return (
        table.select("external_id", "entity_type", pl.col("country_code").str.to_uppercase(), name=names)
        .explode("name")
        .with_columns(name_key=pl.col("name").map_elements(compute_name_key, return_dtype=pl.String()))
        .filter(pl.col("name_key") != "")
        .select(EXTERNAL_NAME.names())
        .unique()
        .sort(EXTERNAL_NAME.names())
    )
