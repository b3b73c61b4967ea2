"""Shares: few of them, none that others wait for."""

import pytest

from flows.runners.shares import MAX_SHARE, share_out


@pytest.mark.parametrize("worker_count", [1, 2, 8])
def test_shares_have_all_items_once_in_order(worker_count: int) -> None:
    assert [item for share in share_out(range(213), worker_count) for item in share] == list(range(213))


def test_the_last_shares_are_single_items() -> None:
    assert [len(share) for share in share_out(range(10), 2)] == [3, 2, 2, 1, 1, 1]


def test_no_share_is_larger_than_the_bound_however_much_there_is() -> None:
    assert max(len(share) for share in share_out(range(10_000), 2)) == MAX_SHARE


def test_as_many_workers_as_items_have_one_each() -> None:
    assert [len(share) for share in share_out("abc", 8)] == [1, 1, 1]


def test_nothing_is_no_share() -> None:
    assert list(share_out([], 2)) == []
