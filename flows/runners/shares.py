"""Shares: batches given out several at a time, where giving out has its cost; all workers still end together."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

Item = TypeVar("Item")

SHARES_PER_WORKER: Final = 2
"""Of what is left a share is half of what would be a worker's due, since batches do not all take equally long."""

MAX_SHARE: Final = 16
"""A minute or two of work: so that who looks on sees tasks end."""


def share_out(items: Sequence[Item], worker_count: int) -> Iterator[Sequence[Item]]:
    """Yield items in shares that get smaller towards the end, the last of one: guided self-scheduling.

    So there are few shares, and no worker is without work while another one has several batches before it. The source:
    C. D. Polychronopoulos and D. J. Kuck, IEEE Transactions on Computers C-36 (1987), 1425-1439,
    https://doi.org/10.1109/TC.1987.5009495.

    >>> [len(share) for share in share_out(range(20), 2)]
    [5, 4, 3, 2, 2, 1, 1, 1, 1]

    Args:
        items: In the order in which they are to be done.
        worker_count: Who takes a share as soon as the last one is done, at least one.
    """
    first = 0
    while first < len(items):
        left = len(items) - first
        count = min(-(-left // (SHARES_PER_WORKER * worker_count)), MAX_SHARE)
        yield items[first : first + count]
        first += count
