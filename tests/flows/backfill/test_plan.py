"""What a plan says: of each interval what it stands at and what is to be done, and the runs that makes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from flows.backfill.plan import BackfillPlan, Reprocess, Request, plan_backfill
from flows.context import Interval
from flows.ledger.standing import IntervalKey, Ledger, Standing
from transforms.intervals import DOCUMENT, sum_inputs

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAYS = [Interval(datetime(2026, 11, day, tzinfo=UTC), datetime(2026, 11, day + 1, tzinfo=UTC)) for day in (3, 4, 5)]
REQUEST = Request(intervals=DAYS)

Document = tuple[int, str, datetime, str, bool]


def make_document(day: int, source_id: str = "a", raw_hash: str = "r", *, batch: int = 0, hour: int = 9) -> Document:
    """Return a DOCUMENT row of a day of November."""
    return batch, source_id, datetime(2026, 11, day, hour, tzinfo=UTC), raw_hash, False


def frame(*documents: Document) -> pl.DataFrame:
    """Return a frame of documents."""
    return pl.DataFrame(documents, schema=DOCUMENT, orient="row")


def stand(state: Any, **changes: Any) -> Standing:
    """Return what an interval stands at."""
    return replace(Standing(state=state, attempt_count=1, started_at=NOW, finished_at=NOW), **changes)


def plan(documents: pl.DataFrame, ledger: Ledger | None = None, *, now: datetime = NOW, **changes: Any) -> BackfillPlan:
    """Return the plan of the three days."""
    return plan_backfill(replace(REQUEST, **changes), documents, ledger or {}, now=now)


def tell(planned: BackfillPlan) -> list[tuple[int, str, str, str]]:
    """Return day, outlet, state and reason of each row."""
    return [(row.interval.start.day, row.source_id, row.state, row.reason) for row in planned.rows]


def test_an_interval_has_the_documents_dated_in_it() -> None:
    documents = [make_document(2), make_document(3), make_document(3, hour=0), make_document(3, hour=23)]
    planned = plan(frame(*documents, make_document(4, hour=0), make_document(6, hour=0)))

    assert [(row.interval.start.day, row.document_count) for row in planned.rows] == [(3, 3), (4, 1)]


def test_outlets_of_an_interval_are_one_run_over_the_batches_that_have_them() -> None:
    planned = plan(frame(make_document(3, "a", batch=1), make_document(3, "b", batch=2), make_document(4, batch=7)))

    assert [(unit.interval, unit.source_ids, unit.batches, unit.document_count) for unit in planned.units] == [
        (DAYS[0], frozenset({"a", "b"}), frozenset({1, 2}), 2),
        (DAYS[1], frozenset({"a"}), frozenset({7}), 1),
    ]


def test_backwards_the_last_interval_is_loaded_first() -> None:
    planned = plan(frame(make_document(3), make_document(4), make_document(5)), is_backwards=True)

    assert [unit.interval.start.day for unit in planned.units] == [5, 4, 3]


THIRD = frame(make_document(3, raw_hash="r1"))
(LOADED_HASH,) = sum_inputs(THIRD)["input_hash"]


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        pytest.param(None, {"none": "", "failed": "", "completed": ""}, id="missing"),
        pytest.param(stand("crashed"), {"none": "", "failed": "", "completed": ""}, id="crashed"),
        pytest.param(
            stand("failed"),
            {"none": "--reprocess failed loads it again", "failed": "", "completed": ""},
            id="failed",
        ),
        pytest.param(
            stand("success", input_hash="other"),
            {"none": "--reprocess failed loads it again", "failed": "", "completed": ""},
            id="stale",
        ),
        pytest.param(
            stand("success", input_hash=LOADED_HASH),
            {"none": "it was loaded", "failed": "it was loaded", "completed": ""},
            id="success",
        ),
        pytest.param(stand("running"), dict.fromkeys(Reprocess, "a run is at it"), id="running"),
    ],
)
@pytest.mark.parametrize("reprocess", list(Reprocess))
def test_what_is_run_again_is_said_by_reprocess(
    standing: Standing | None, expected: dict[str, str], reprocess: Reprocess
) -> None:
    ledger = {} if standing is None else {IntervalKey("a", DAYS[0]): standing}
    planned = plan(THIRD, ledger, reprocess=reprocess)

    assert [row.reason for row in planned.rows] == [expected[reprocess]]
    assert len(planned.units) == (expected[reprocess] == "")


def test_a_loaded_interval_with_other_documents_is_stale() -> None:
    ledger = {IntervalKey("a", DAYS[0]): stand("success", input_hash="other")}

    assert tell(plan(THIRD, ledger)) == [(3, "a", "stale", "")]


def test_a_loaded_interval_whose_documents_are_gone_is_not_stale() -> None:
    ledger = {IntervalKey("a", DAYS[0]): stand("success", input_hash=LOADED_HASH)}
    planned = plan(frame(), ledger, reprocess=Reprocess.COMPLETED)

    assert tell(planned) == [(3, "a", "success", "no documents")]


def test_an_interval_of_another_length_is_another_interval() -> None:
    week = Interval(DAYS[0].start, DAYS[0].start + timedelta(days=7))
    ledger = {IntervalKey("a", week): stand("success", input_hash=LOADED_HASH)}

    assert tell(plan(THIRD, ledger)) == [(3, "a", "missing", "")]


def test_an_interval_that_is_not_over_waits() -> None:
    planned = plan(THIRD, now=DAYS[0].end - timedelta(seconds=1))

    assert tell(planned) == [(3, "a", "missing", "it is not over yet")]
    assert planned.units == []


def test_an_outlet_asked_for_has_a_row_an_interval_and_others_none() -> None:
    documents = frame(make_document(3, "a"), make_document(4, "b"))

    assert tell(plan(documents, source_ids=frozenset({"a"}))) == [
        (3, "a", "missing", ""),
        (4, "a", "missing", "no documents"),
        (5, "a", "missing", "no documents"),
    ]


def test_what_a_feed_did_not_bring_then_it_will_not_bring_now() -> None:
    planned = plan(frame(), source_ids=frozenset({"a"}), feed_ids=frozenset({"a"}))

    assert {row.reason for row in planned.rows} == {"no documents: a feed has no past"}


def test_outlets_that_were_loaded_are_left_out_of_the_run_of_the_others() -> None:
    documents = frame(make_document(3, "a", "r1", batch=1), make_document(3, "b", batch=2))
    planned = plan(documents, {IntervalKey("a", DAYS[0]): stand("success", input_hash=LOADED_HASH)})

    assert [(unit.source_ids, unit.batches) for unit in planned.units] == [(frozenset({"b"}), frozenset({2}))]
