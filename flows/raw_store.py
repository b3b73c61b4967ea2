"""The raw store: every document as it came, so that all that follows can be made again without fetching.

``DIR/raw/<first two hex digits>/<batch id>.parquet`` holds a batch of ``schemas.RAW_DOCUMENT``. The name depends on
what is in it alone; a file is written once and never changed. Documents that are refused later are kept too.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from flows.stage import read_parquet, write_parquet
from transforms.keys import compute_digest

_IDENTITY_COLUMNS: Final = ("uri", "external_id", "media_type", "source_hint", "raw_hash", "hints")


def compute_batch_id(documents: pl.DataFrame) -> str:
    """Return the name of a batch: a hash of the documents' bytes and provenance, whatever their order.

    Args:
        documents: ``schemas.RAW_DOCUMENT``.
    """
    fetched = documents["fetched_at"].dt.timestamp("us").cast(pl.String)
    rows = zip(*(documents[name].fill_null("") for name in _IDENTITY_COLUMNS), fetched, strict=True)
    return hashlib.sha256(b"".join(sorted(compute_digest(*row) for row in rows))).hexdigest()


def keep_batch(folder: Path, documents: pl.DataFrame) -> Path:
    """Write a batch unless it is there already; return where it is.

    Args:
        folder: ``DIR/raw``.
        documents: ``schemas.RAW_DOCUMENT``.

    Raises:
        StageError: The batch cannot be written.
    """
    batch_id = compute_batch_id(documents)
    path = folder / batch_id[:2] / f"{batch_id}.parquet"
    if not path.exists():
        write_parquet(documents, path)
    return path


def list_batches(folder: Path) -> Iterator[Path]:
    """Yield the batches that are kept, by name."""
    yield from sorted(folder.glob("[0-9a-f][0-9a-f]/*.parquet"))


def count_documents(path: Path) -> int:
    """Return how many documents a batch has.

    Raises:
        StageError: The file is missing or damaged.
    """
    return read_parquet(path, ["raw_hash"]).height


def read_batch(path: Path) -> pl.DataFrame:
    """Return a batch that was kept: ``schemas.RAW_DOCUMENT``.

    Raises:
        StageError: The file is missing or damaged.
    """
    return read_parquet(path)
