"""Pairwise and B-cubed figures against values worked out by hand."""

import pytest

from transforms.clusters import Agreement, Item, compare_b_cubed, compare_pairs

PERFECT: list[Item] = [("a", 1), ("a", 1), ("b", 2)]
MERGED: list[Item] = [("a", 1), ("a", 1), ("b", 1), ("b", 1)]
SPLIT: list[Item] = [("a", 1), ("a", 1), ("a", 2), ("b", 3)]


@pytest.mark.parametrize(
    ("items", "counts"),
    [
        pytest.param(PERFECT, (1, 0, 0), id="perfect"),
        pytest.param(MERGED, (2, 4, 0), id="two entities merged: four pairs too many"),
        pytest.param(SPLIT, (1, 0, 2), id="one of three split off: two pairs missing"),
    ],
)
def test_pairs_are_counted(items: list[Item], counts: tuple[int, int, int]) -> None:
    assert compare_pairs(items)[2:] == counts


@pytest.mark.parametrize(
    ("items", "precision", "recall"),
    [
        pytest.param(PERFECT, 1.0, 1.0, id="perfect"),
        pytest.param(MERGED, 1 / 2, 1.0, id="each of four has two of its own in a cluster of four"),
        # Two mentions have 2 of 3, one has 1 of 3, one has all: (4/3 + 1/3 + 1) / 4
        pytest.param(SPLIT, 1.0, 2 / 3, id="a cluster of three in two"),
    ],
)
def test_b_cubed_is_the_mean_over_items(items: list[Item], precision: float, recall: float) -> None:
    agreement = compare_b_cubed(items)
    assert agreement[:2] == pytest.approx((precision, recall))
    assert agreement.true_positive_count is None


def test_the_example_of_bagga_and_baldwin() -> None:
    """Figure 2 of the paper: of 12 items the five of one cluster stand with the two of another, the third is whole.

    Gold: 1-5, 6-7, 8-12. Response: 1-5, 6-12. Precision 76 %, recall 100 %.
    """
    items: list[Item] = [*[("first", 1)] * 5, *[("second", 2)] * 2, *[("third", 2)] * 5]
    agreement = compare_b_cubed(items)
    assert round(agreement.precision, 2) == 0.76
    assert agreement.recall == pytest.approx(1.0)


def test_without_a_pair_nothing_is_wrong() -> None:
    assert compare_pairs([("a", 1), ("b", 2)])[:2] == (1.0, 1.0)


def test_no_item_at_all_divides_by_nothing() -> None:
    assert compare_b_cubed([])[:2] == (0.0, 0.0)
    assert compare_pairs([])[:2] == (1.0, 1.0)


@pytest.mark.parametrize(("precision", "recall", "f1"), [(0.5, 1.0, 2 / 3), (0.0, 0.0, 0.0)])
def test_f1_is_the_harmonic_mean(precision: float, recall: float, f1: float) -> None:
    assert Agreement(precision, recall).f1 == pytest.approx(f1)
