"""What is written down of a run for an interval: that it began, how it ended, what its load makes of each outlet."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.context import Interval, RunContext
from flows.ledger.journal import Journal
from flows.settings import Settings
from flows.steps.ingest import Ingested
from flows.steps.ledger import INTERRUPTED, NO_SOURCE, RecordedAttempt, describe_success
from flows.steps.plan import Counts, Plan
from transforms.interval_schemas import INTERVAL_ATTEMPT
from transforms.intervals import DOCUMENT
from transforms.schemas import REJECT
from transforms.source_schemas import FETCH

DAY = Interval(datetime(2026, 11, 3, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC))
NOTHING_UNSEEN = pl.DataFrame(schema={"source_id": pl.String, "unseen_count": pl.Int32})


def start(home: Path, *source_ids: str, interval: Interval | None = DAY) -> RunContext:
    """Return a run."""
    return RunContext.start(Settings(home=home), interval=interval, source_ids=source_ids)


def tell(context: RunContext) -> list[tuple[str, str, str]]:
    """Return outlet, state and detail of what the journal has."""
    found = Journal(context.home.intervals_path).list_attempts(datetime.now(UTC))
    return [(attempt.source_id, attempt.state, attempt.detail) for attempt in found]


def test_while_a_run_goes_on_it_is_running_and_then_forgotten(tmp_path: Path) -> None:
    context = start(tmp_path, "a", "b")
    with RecordedAttempt(context):
        assert tell(context) == [("a", "running", ""), ("b", "running", "")]

    assert tell(context) == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(ValueError("no room\nmore"), ("failed", "no room"), id="an error"),
        pytest.param(ValueError(), ("failed", "ValueError"), id="an error without words"),
        pytest.param(KeyboardInterrupt(), ("crashed", INTERRUPTED), id="Ctrl-C"),
    ],
)
def test_a_run_that_ends_otherwise_says_how(tmp_path: Path, error: BaseException, expected: tuple[str, str]) -> None:
    context = start(tmp_path)
    with pytest.raises(type(error)), RecordedAttempt(context):
        raise error

    assert tell(context) == [(NO_SOURCE, *expected)]


def test_a_run_for_no_interval_leaves_nothing(tmp_path: Path) -> None:
    context = start(tmp_path, interval=None)
    with RecordedAttempt(context):
        pass

    assert not context.home.intervals_path.exists()


def describe(
    context: RunContext,
    counts: list[tuple[str, str, int]],
    documents: list[tuple[str, bool]],
    *,
    unseen: pl.DataFrame = NOTHING_UNSEEN,
    unmodified: pl.DataFrame | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of a run: of the plan outlet, status, number; of the documents outlet, whether refused."""
    plan = Plan(
        run_path=context.run_path,
        batch_names=[],
        earlier_names=[],
        chunks=[],
        counts=Counts(loaded=0, unchanged=0, duplicate=0, unsupported=0, removed_line=0),
        source_counts=pl.DataFrame(
            counts, schema={"source_id": pl.String, "status": pl.String, "len": pl.UInt32}, orient="row"
        ),
        settled_count=0,
    )
    rows = [(0, source_id, DAY.start, f"r{number}", refused) for number, (source_id, refused) in enumerate(documents)]
    ingested = Ingested(
        batches=[],
        rejects=REJECT.to_frame(),
        fetches=FETCH.to_frame(),
        unmodified=FETCH.to_frame() if unmodified is None else unmodified,
        documents=pl.DataFrame(rows, schema=DOCUMENT, orient="row"),
    )
    refused = pl.DataFrame([("https://a/2", "", None, "empty", "")], schema=REJECT, orient="row")
    frame = describe_success(plan, ingested, context, unseen=unseen, refused=refused)
    assert frame.schema == INTERVAL_ATTEMPT
    return frame.rows(named=True)


def count(rows: list[dict[str, Any]]) -> list[tuple[str, int, int, int, int, int, int]]:
    """Return outlet and counts of rows."""
    names = ("read", "loaded", "unchanged", "duplicate", "rejected", "unseen")
    return [(row["source_id"], *(row[f"{name}_count"] for name in names)) for row in rows]


def test_the_documents_of_each_outlet_add_up(tmp_path: Path) -> None:
    rows = describe(
        start(tmp_path),
        [("a", "loaded", 2), ("a", "duplicate", 1), ("b", "unchanged", 1)],
        [*[("a", False)] * 3, ("a", True), ("b", False)],
    )

    assert count(rows) == [("a", 4, 2, 0, 1, 1, 0), ("b", 1, 0, 1, 0, 0, 0)]


def test_an_outlet_that_was_asked_for_and_has_nothing_has_a_row(tmp_path: Path) -> None:
    assert count(describe(start(tmp_path, "a"), [], [])) == [("a", 0, 0, 0, 0, 0, 0)]


def test_a_run_for_all_that_finds_nothing_has_a_row(tmp_path: Path) -> None:
    assert count(describe(start(tmp_path), [], [])) == [(NO_SOURCE, 0, 0, 0, 0, 0, 0)]


def test_what_is_missed_is_told_of_every_outlet_a_run_was_for(tmp_path: Path) -> None:
    unseen = pl.DataFrame({"source_id": ["a", "b"], "unseen_count": [3, 4]}, schema=NOTHING_UNSEEN.schema)

    assert count(describe(start(tmp_path), [], [], unseen=unseen)) == [("a", 0, 0, 0, 0, 0, 3), ("b", 0, 0, 0, 0, 0, 4)]
    assert count(describe(start(tmp_path, "b"), [], [], unseen=unseen)) == [("b", 0, 0, 0, 0, 0, 4)]


def test_a_page_that_its_server_has_unchanged_is_unchanged_unless_it_was_refused(tmp_path: Path) -> None:
    fetched = [{**dict.fromkeys(FETCH), "source_id": "a", "url": f"https://a/{number}"} for number in (1, 2)]
    rows = describe(start(tmp_path), [], [], unmodified=pl.DataFrame(fetched, schema=FETCH))

    assert count(rows) == [("a", 2, 0, 1, 0, 1, 0)]
