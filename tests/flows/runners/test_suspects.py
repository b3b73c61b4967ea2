"""Who kills the workers: the guilty are found in few attempts, the innocent are not accused, nothing is lost."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from flows.errors import BatchFailedError, WorkerLostError
from flows.runners.suspects import Work, work_on

Words = tuple[str, ...]


class FakeRunner:
    """Runs batches here; those with a word that kills lose their worker, as do those at work beside them.

    Attributes:
        calls: The batches of each call.
    """

    def __init__(self, *, takes_others_along: bool = False) -> None:
        self.takes_others_along = takes_others_along
        self.calls: list[list[Words]] = []

    def run(
        self, function: Callable[[Any], Any], orders: Sequence[Any], *, name: str
    ) -> Iterator[tuple[Any, Any | WorkerLostError]]:
        """Yield each batch with its result."""
        self.calls.append(list(orders))
        is_killed = any("bad" in order for order in orders)
        for order in orders:
            is_lost = "bad" in order or (is_killed and self.takes_others_along)
            yield order, WorkerLostError(f"{name}: lost") if is_lost else function(order)


def halve(words: Words) -> list[Words]:
    half = len(words) // 2
    return [words[:half], words[half:]] if half else []


def make_work(limit: int = 5) -> Work[Words, Words, int]:
    return Work(name="count", function=len, make_order=lambda words: words, cut=halve, limit=limit)


def test_what_kills_nobody_is_run_once() -> None:
    runner = FakeRunner()
    assert list(work_on([("a",), ("b", "c")], make_work(), runner)) == [(("a",), 1), (("b", "c"), 2)]
    assert runner.calls == [[("a",), ("b", "c")]]


def test_the_one_that_kills_is_found_and_the_others_have_their_results() -> None:
    runner = FakeRunner()
    batch = ("a", "b", "bad", "c")
    outcomes = dict(work_on([("d",), batch], make_work(), runner))
    assert {item: result for item, result in outcomes.items() if item != ("bad",)} == {
        ("d",): 1,
        ("a", "b"): 2,
        ("c",): 1,
    }
    assert f"{outcomes['bad',]}" == "count again: lost"
    # together with others, alone, its halves, the halves of the second of which the first kills, and that once more
    assert runner.calls == [[("d",), batch], [batch], [("a", "b")], [("bad", "c")], [("bad",)], [("bad",)], [("c",)]]


def test_who_was_beside_a_killer_is_run_alone_and_not_accused() -> None:
    runner = FakeRunner(takes_others_along=True)
    outcomes = dict(work_on([("a",), ("bad",), ("b",)], make_work(), runner))
    assert (outcomes["a",], outcomes["b",]) == (1, 1)
    assert isinstance(outcomes["bad",], WorkerLostError)


def test_an_innocent_batch_whose_worker_was_killed_is_not_cut() -> None:
    runner = FakeRunner(takes_others_along=True)
    assert dict(work_on([("a", "b"), ("bad",)], make_work(), runner))["a", "b"] == 2
    assert [("a",)] not in runner.calls


def test_more_killers_than_may_be_given_up_are_not_their_own_fault() -> None:
    with pytest.raises(BatchFailedError, match="count: more than 2 articles each cost their worker"):
        list(work_on([("bad",), ("bad", "bad")], make_work(limit=2), FakeRunner()))


def test_as_many_as_may_be_given_up_are() -> None:
    assert len(list(work_on([("bad",), ("bad", "a")], make_work(limit=2), FakeRunner()))) == 3
