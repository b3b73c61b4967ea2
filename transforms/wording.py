"""The wording of a text: its words and figures without case and punctuation, as copies of one report share them.

A copy is set in other type: other quotation marks, dashes and capitals, another heading. Its words stay.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORD_COUNT: Final = 5
"""Words of a shingle. Five in a row seldom meet by chance; with fewer, phrases of the trade look like copies."""

Hashes = NDArray[np.uint64]

_WORD: Final = re.compile(r"\d+(?:[.,:/-]\d+)+|\w+")
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio, odd (Knuth, TAOCP 3, 6.4)
_MIX_1, _MIX_2, _SHIFT = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53), np.uint64(33)


def split_wording(text: str) -> list[str]:
    """Return the words of a text, case folded; a figure such as 1,250 or 6-3/16 is one word.

    Examples:
        >>> split_wording("“Rates” fell to 6-3/16%, she said.")
        ['rates', 'fell', 'to', '6-3/16', 'she', 'said']
    """
    return _WORD.findall(text.casefold())


def find_figures(words: Sequence[str]) -> set[str]:
    """Return the words that begin with a digit."""
    return {word for word in words if word[0].isdecimal()}


def hash_shingles(words: Sequence[str]) -> Hashes:
    """Return the distinct runs of SHINGLE_WORD_COUNT words as sorted 64-bit hashes: none for fewer words.

    The hashes are the same on every machine and in every version of Python.
    """
    if len(words) < SHINGLE_WORD_COUNT:
        return np.empty(0, np.uint64)
    hashed = np.fromiter(map(_hash_word, words), np.uint64, len(words))
    count = len(words) - SHINGLE_WORD_COUNT + 1
    runs = np.zeros(count, np.uint64)
    for start in range(SHINGLE_WORD_COUNT):
        runs = runs * _MULTIPLIER + hashed[start : start + count]
    mixed: Hashes = np.sort(mix_hashes(runs))
    distinct: Hashes = mixed[np.append(True, mixed[1:] != mixed[:-1])]  # numpy.unique takes longer on texts
    return distinct


def mix_hashes(hashes: Hashes) -> Hashes:
    """Return the hashes with every bit depending on every bit: the finalizer of MurmurHash3 (A. Appleby, 2011)."""
    mixed = (hashes ^ (hashes >> _SHIFT)) * _MIX_1
    mixed = (mixed ^ (mixed >> _SHIFT)) * _MIX_2
    return mixed ^ (mixed >> _SHIFT)


@lru_cache(maxsize=1 << 16)
def _hash_word(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
