"""How well one way of putting things together agrees with another: pairwise and B-cubed.

For whoever measures the resolution of names: an item is a mention, a cluster an entity. Every item has a cluster on
both sides.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

Item = tuple[Hashable, Hashable]
"""The gold cluster and our own cluster of one item."""


class Agreement(NamedTuple):
    """Our side measured by the gold.

    Attributes:
        precision: Of what we say, the part that is right, 0 to 1.
        recall: Of what is right, the part that we say, 0 to 1.
        true_positive_count: What we say and is right; None where the measure is a mean and counts nothing.
        false_positive_count: What we say and is wrong.
        false_negative_count: What is right and we do not say.
    """

    precision: float
    recall: float
    true_positive_count: int | None = None
    false_positive_count: int | None = None
    false_negative_count: int | None = None

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 when both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def compare_pairs(items: Iterable[Item]) -> Agreement:
    """Return how many pairs of items are together on both sides (pairwise precision and recall).

    Without a pair there is nothing to get wrong, and the ratio is 1. Source: Menestrina, Whang and Garcia-Molina,
    Evaluating Entity Resolution Results, PVLDB 3 (2010), section 2.

    Examples:
        >>> compare_pairs([("a", 1), ("a", 1), ("b", 1), ("a", 2)])[2:]
        (1, 2, 2)
    """
    both, gold, own = _count_cells(items)
    shared, gold_pairs, own_pairs = _count_pairs(both), _count_pairs(gold), _count_pairs(own)
    return Agreement(
        precision=shared / own_pairs if own_pairs else 1.0,
        recall=shared / gold_pairs if gold_pairs else 1.0,
        true_positive_count=shared,
        false_positive_count=own_pairs - shared,
        false_negative_count=gold_pairs - shared,
    )


def compare_b_cubed(items: Sequence[Item]) -> Agreement:
    """Return the mean over all items of how much of its cluster an item shares on both sides (B-cubed).

    Source: Bagga and Baldwin, Entity-Based Cross-Document Coreferencing Using the Vector Space Model, COLING-ACL 1998,
    section 5, each item with the same weight.

    Examples:
        >>> compare_b_cubed([("a", 1), ("a", 1), ("b", 2), ("b", 3)])[:2]
        (1.0, 0.75)
    """
    both, gold, own = _count_cells(items)
    item_count = max(len(items), 1)
    # Each of the n items of a cell shares n items with its cluster of either side.
    return Agreement(
        precision=sum(size * size / own[cell[1]] for cell, size in both.items()) / item_count,
        recall=sum(size * size / gold[cell[0]] for cell, size in both.items()) / item_count,
    )


def _count_cells(items: Iterable[Item]) -> tuple[Counter[Item], Counter[Hashable], Counter[Hashable]]:
    """Return the sizes of the contingency table's cells, its rows (gold) and its columns (our own)."""
    both = Counter(items)
    gold: Counter[Hashable] = Counter()
    own: Counter[Hashable] = Counter()
    for (gold_cluster, own_cluster), size in both.items():
        gold[gold_cluster] += size
        own[own_cluster] += size
    return both, gold, own


def _count_pairs(sizes: Counter[Item] | Counter[Hashable]) -> int:
    """Return how many pairs there are within clusters of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes.values())
