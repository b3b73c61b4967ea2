"""Normalize: each batch of raw documents becomes articles and rejects, in the workers, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.context import RunContext
from flows.progress import ProgressReport
from flows.steps.ingest import IngestedBatch
from flows.worker_tasks import NormalizeOrder, normalize_batch
from flows.workers import BatchRunner
from transforms.keys import compute_hash


@dataclass(frozen=True, kw_only=True)
class NormalizedBatch:
    """The stage files of one batch.

    Attributes:
        articles_path: ``schemas.ARTICLE``.
        rejects_path: ``schemas.REJECT``.
        withdrawals_path: ``schemas.WITHDRAWAL``.
    """

    articles_path: Path
    rejects_path: Path
    withdrawals_path: Path


def normalize_batches(
    batches: Sequence[IngestedBatch], *, context: RunContext, runner: BatchRunner, report: ProgressReport
) -> list[NormalizedBatch]:
    """Return the stage files of all batches, in order; those that are there already are not made again.

    Raises:
        BatchFailedError: A batch failed each time it was tried.
    """
    report.begin("normalizing")
    folder = context.home.stage_path / "articles" / context.normalize_id
    orders = [_order(batch, folder) for batch in batches]
    missing = [order for order in orders if not order.articles_path.exists()]
    for _ in runner.run(normalize_batch, missing, name="normalize"):
        pass
    return [
        NormalizedBatch(
            articles_path=order.articles_path,
            rejects_path=order.rejects_path,
            withdrawals_path=order.withdrawals_path,
        )
        for order in orders
    ]


def _order(batch: IngestedBatch, folder: Path) -> NormalizeOrder:
    name = compute_hash("batch", batch.batch_id)
    return NormalizeOrder(
        raw_path=batch.raw_path,
        articles_path=folder / name[:2] / f"{name}.parquet",
        rejects_path=folder / name[:2] / f"{name}.rejects.parquet",
        withdrawals_path=folder / name[:2] / f"{name}.withdrawals.parquet",
    )
