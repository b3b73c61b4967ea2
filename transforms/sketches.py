"""A sketch of each text, small and made once, by which texts that share much of their wording find each other.

MinHash with banding: A. Broder, "On the resemblance and containment of documents" (1997); J. Leskovec, A. Rajaraman and
J. Ullman, "Mining of Massive Datasets", chapter 3. Two texts whose shingles have the Jaccard similarity s share one of
b bands of r hashes with the probability 1 - (1 - s**r)**b.
"""

from typing import Final

import numpy as np
import polars as pl

from transforms.keys import compute_key
from transforms.story_schemas import SKETCH
from transforms.wording import Hashes, hash_shingles, mix_hashes, split_wording

MIN_WORD_COUNT: Final = 30
"""Shorter texts are copies only when they are equal, headline and all: a stub ("Watch the video above") is no story."""

BAND_COUNT: Final = 24
HASHES_PER_BAND: Final = 2
"""At a similarity of 0.5 one pair in 1,000 is missed, at 0.2 (a text cut to a fifth) a third; more bands gain little.
Of 15,893 articles, 4,394 pairs share a band; that many are cheaply compared in full."""


def sketch_texts(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the sketches of texts (``story_schemas.SKETCH``), in their order.

    Args:
        texts: ``schemas.TEXT``.
    """
    rows = [_sketch(*row) for row in texts.select("text_hash", "headline", "body").iter_rows()]
    return pl.DataFrame(rows, schema=SKETCH, orient="row")


def _sketch(text_hash: str, headline: str, body: str) -> tuple[str, int, int, list[int]]:
    words = split_wording(body)
    if len(words) < MIN_WORD_COUNT:
        key = compute_key("short wording", _join(split_wording(headline)), _join(words))
        return text_hash, key, len(words), []
    return text_hash, compute_key("wording", _join(words)), len(words), _compute_bands(hash_shingles(words)).tolist()


def _join(words: list[str]) -> str:
    """Return words as one string; none of them has a space in it."""
    return " ".join(words)


def _compute_bands(shingles: Hashes) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return a hash for each band, its number mixed in."""
    parts = [
        (shingles[start : start + _PART_SIZE, np.newaxis] * _FACTORS).min(axis=0)
        for start in range(0, shingles.size, _PART_SIZE)
    ]
    smallest = np.min(parts, axis=0).reshape(BAND_COUNT, HASHES_PER_BAND)
    bands = np.arange(BAND_COUNT, dtype=np.uint64)
    for column in range(HASHES_PER_BAND):
        bands = mix_hashes(bands * _FACTORS[0] + smallest[:, column])
    return bands.view(np.int64)


_FACTORS: Final = mix_hashes(np.arange(1, BAND_COUNT * HASHES_PER_BAND + 1, dtype=np.uint64)) | np.uint64(1)
"""Multiplication by an odd number orders the hashes anew (multiply-shift: M. Dietzfelbinger et al., 1997)."""

_PART_SIZE: Final = 4_096
"""Shingles that are multiplied at a time: 1.6 MB, however long the text."""
