"""Is one text a copy of the other? Measured on all their shingles, for pairs that their sketches brought together."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
import polars as pl

from transforms.story_schemas import WORDING_PAIR
from transforms.wording import Hashes, find_figures, hash_shingles, split_wording

MIN_SIMILARITY: Final = 0.5
"""Of all shingles of two texts, the share they have in common (Jaccard)."""

MIN_CONTAINMENT: Final = 0.8
MIN_CONTAINED_WORD_COUNT: Final = 60
"""A text is cut down from another when so much of it stands there, and when it is long enough to have a wording of its
own: in 15,893 articles, 86 of 88 such pairs were one report, in two lengths."""

MIN_FIGURE_AGREEMENT: Final = 0.75
"""Of the figures of the text with fewer, the share that the other has. What comes out each day or of each company in
one form (market rates, bond issues, results) differs in its figures first: of 74 pairs with a similarity above 0.5 that
fall below, more than 50 were one bank's daily notices and some three were one report."""


class _Wording(NamedTuple):
    shingles: Hashes
    figures: set[str]
    word_count: int


def measure_pairs(pairs: pl.DataFrame, bodies: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs with what they have in common (``story_schemas.WORDING_PAIR``), in their order.

    Args:
        pairs: wording_key_a, wording_key_b.
        bodies: wording_key, body: a body of each wording.
    """
    wordings = {key: _read(body) for key, body in bodies.select("wording_key", "body").iter_rows()}
    rows = [_measure(a, b, wordings) for a, b in pairs.select("wording_key_a", "wording_key_b").iter_rows()]
    return pl.DataFrame(rows, schema=WORDING_PAIR, orient="row")


def _read(body: str) -> _Wording:
    words = split_wording(body)
    return _Wording(hash_shingles(words), find_figures(words), len(words))


def _measure(key_a: int, key_b: int, wordings: Mapping[int, _Wording]) -> tuple[int, int, float, float, float, bool]:
    a, b = wordings[key_a], wordings[key_b]
    shared = np.intersect1d(a.shingles, b.shingles, assume_unique=True).size
    similarity = shared / (a.shingles.size + b.shingles.size - shared)
    containment = shared / min(a.shingles.size, b.shingles.size)
    figure_count = min(len(a.figures), len(b.figures))
    agreement = len(a.figures & b.figures) / figure_count if figure_count else 1.0
    is_cut = containment >= MIN_CONTAINMENT and min(a.word_count, b.word_count) >= MIN_CONTAINED_WORD_COUNT
    is_copy = agreement >= MIN_FIGURE_AGREEMENT and (similarity >= MIN_SIMILARITY or is_cut)
    return key_a, key_b, similarity, containment, agreement, is_copy
