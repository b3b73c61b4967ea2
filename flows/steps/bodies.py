"""Bodies: which text had a body first, so that the model reads it once, under however many headlines, in whatever run.

A text is headline and body; the model reads the body only. A chunk's stage file of bodies says whose spans its texts
take over. Where those are not there (another model, a cleared stage), or not yet (both texts are new, in two chunks of
one run), the body is read again.
"""

from collections.abc import MutableMapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from flows.stage import locate_chunk_file, write_parquet
from transforms.keys import compute_hash

BODY: Final = pl.Schema(
    {
        "text_hash": pl.String(),
        "body_hash": pl.String(),  # of language and body: of one language the model reads all or nothing
        "donor_hash": pl.String(),  # the text that had the body first; null when it is this one
        "donor_chunk_id": pl.String(),  # the chunk which that is in
    }
)
"""Grain: a text of a chunk."""

Firsts = MutableMapping[str, tuple[str, str]]
"""body_hash -> the text that had it first, and the chunk which that is in."""


def hash_bodies(texts: pl.DataFrame) -> pl.DataFrame:
    """Return texts (``schemas.TEXT``) with the column body_hash."""
    rows = texts.select("language_code", "body").iter_rows()
    return texts.with_columns(pl.Series("body_hash", [compute_hash("body", *row) for row in rows], dtype=pl.String))


def find_firsts(text_paths: Sequence[Path], folder: Path) -> Firsts:
    """Return who had the bodies of some texts first, as far as they are in chunks.

    Args:
        text_paths: Files of texts with the column body_hash.
        folder: The stage files of bodies.
    """
    held = sorted(folder.glob("*/*.parquet"))
    if not text_paths or not held:
        return {}
    # Without globs of polars: the home may have brackets in its name.
    asked = pl.scan_parquet(list(text_paths), glob=False).select("body_hash").unique()
    there = pl.scan_parquet(held, include_file_paths="path", glob=False).filter(pl.col("donor_hash").is_null())
    found = there.join(asked, on="body_hash", how="semi").collect(engine="streaming")
    first = found.sort("body_hash", "path", "text_hash").unique("body_hash", keep="first", maintain_order=True)
    return {
        body_hash: (text_hash, Path(path).stem)
        for body_hash, text_hash, path in first.select("body_hash", "text_hash", "path").iter_rows()
    }


def write_bodies(texts: pl.DataFrame, chunk_id: str, firsts: Firsts, folder: Path) -> None:
    """Write the stage file of bodies of a new chunk, and remember the bodies that it is the first to have.

    Args:
        texts: text_hash, body_hash: the texts of the chunk.
        chunk_id: The chunk.
        firsts: Who had which body first; those of the chunk are added.
        folder: The stage files of bodies.
    """
    rows = []
    for text_hash, body_hash in texts.select("text_hash", "body_hash").iter_rows():
        donor_hash, donor_chunk_id = firsts.setdefault(body_hash, (text_hash, chunk_id))
        is_own = donor_hash == text_hash
        rows.append((text_hash, body_hash, None if is_own else donor_hash, None if is_own else donor_chunk_id))
    write_parquet(pl.DataFrame(rows, schema=BODY, orient="row"), locate_chunk_file(folder, chunk_id))
