"""A batch of raw documents that kills its worker: its parts are normalized, and what kills is tried again next time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.context import RunContext
from flows.errors import WorkerLostError
from flows.progress import QuietReport
from flows.raw_store import RawStore
from flows.settings import Settings
from flows.stage import read_parquet
from flows.steps.ingest import IngestedBatch
from flows.steps.normalize import NormalizedBatch, normalize_batches
from transforms.schemas import RAW_DOCUMENT, REJECT

FETCHED_AT = datetime(2026, 11, 3, tzinfo=UTC)
NAMES = "abcdef"


@dataclass
class KillingRunner:
    """Runs batches here; those with a document that kills lose their worker.

    Attributes:
        killing: Places of the documents that kill.
        tried: The parts that were tried: where they begin, how many documents.
    """

    killing: set[int] = field(default_factory=set)
    tried: list[tuple[int, int]] = field(default_factory=list)

    def run(
        self, function: Callable[[Any], Any], orders: Sequence[Any], *, name: str
    ) -> Iterator[tuple[Any, Any | WorkerLostError]]:
        """Yield each batch with its result."""
        for order in orders:
            self.tried.append((order.first_row, order.row_count))
            rows = range(order.first_row, order.first_row + order.row_count)
            is_lost = bool(self.killing & set(rows))
            yield order, WorkerLostError(f"{name}: lost") if is_lost else function(order)


@pytest.fixture
def context(tmp_path: Path) -> RunContext:
    return RunContext.start(Settings(home=tmp_path))


@pytest.fixture
def batch(context: RunContext) -> IngestedBatch:
    """Return a batch of six texts."""
    rows = [
        {
            **dict.fromkeys(RAW_DOCUMENT),
            "uri": f"file:///{name}",
            "external_id": name,
            "media_type": "text/plain",
            "source_hint": "a.example",
            "fetched_at": FETCHED_AT,
            "raw_hash": f"raw-{name}",
            "payload": f"Report {name}\n\nRain fell on the town of {name}.".encode(),
        }
        for name in NAMES
    ]
    store = RawStore.open(context.home.raw_path)
    kept = store.keep(pl.DataFrame(rows, schema=RAW_DOCUMENT), REJECT.to_frame(), day=FETCHED_AT.date())
    return IngestedBatch(batch_id=kept.batch_id, raw_path=kept.documents_path, document_count=len(NAMES))


def normalize(batch: IngestedBatch, context: RunContext, runner: KillingRunner) -> NormalizedBatch:
    (stage,) = normalize_batches([batch], context=context, runner=runner, report=QuietReport())
    return stage


def list_ids(stage: NormalizedBatch) -> str:
    """Return the documents that are articles, in their order."""
    return "".join(read_parquet(stage.articles_path)["external_id"])


def test_the_document_that_kills_is_refused_and_the_others_are_articles(
    batch: IngestedBatch, context: RunContext
) -> None:
    stage = normalize(batch, context, KillingRunner({1}))
    assert list_ids(stage) == "acdef"
    assert read_parquet(stage.rejects_path).rows() == [
        ("file:///b", "b", "raw-b", "worker_killed", "while it was normalized: normalize again: lost"),
    ]


def test_the_next_run_tries_only_what_was_refused(batch: IngestedBatch, context: RunContext) -> None:
    normalize(batch, context, KillingRunner({1}))
    again = KillingRunner({1})
    assert list_ids(normalize(batch, context, again)) == "acdef"
    assert set(again.tried) == {(1, 1)}


def test_what_kills_no_more_is_an_article_for_good(batch: IngestedBatch, context: RunContext) -> None:
    normalize(batch, context, KillingRunner({1, 4}))
    mended = normalize(batch, context, KillingRunner())
    third = KillingRunner()
    assert normalize(batch, context, third) == mended
    assert third.tried == []
    assert list_ids(mended) == NAMES
    assert read_parquet(mended.rejects_path).is_empty()
    assert not mended.parts_folder.exists()


def test_documents_that_follow_each_other_and_kill_are_tried_together_and_told_apart(
    batch: IngestedBatch, context: RunContext
) -> None:
    normalize(batch, context, KillingRunner({2, 3}))
    again = KillingRunner({3})
    assert list_ids(normalize(batch, context, again)) == "abcef"
    assert again.tried[0] == (2, 2)


def test_no_batches_are_no_files(context: RunContext) -> None:
    assert normalize_batches([], context=context, runner=KillingRunner(), report=QuietReport()) == []
