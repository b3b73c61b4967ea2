"""Ingest: what the paths hold, read and kept as it came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.context import RunContext
from flows.errors import UsageError
from flows.progress import ProgressReport
from flows.raw_store import count_documents, keep_batch, list_batches
from flows.readers import read_paths
from transforms.schemas import REJECT


@dataclass(frozen=True, kw_only=True)
class IngestedBatch:
    """Raw documents that belong together.

    Attributes:
        batch_id: Of what they are and where they come from.
        raw_path: Where they are kept.
        document_count: How many.
    """

    batch_id: str
    raw_path: Path
    document_count: int


@dataclass(frozen=True, kw_only=True)
class Ingested:
    """What ingest leaves behind.

    Attributes:
        batches: In the order of reading.
        rejects: ``schemas.REJECT``: what could not be read.
    """

    batches: Sequence[IngestedBatch]
    rejects: pl.DataFrame

    @property
    def read_count(self) -> int:
        """Documents met, the refused ones included."""
        return sum(batch.document_count for batch in self.batches) + self.rejects.height


def ingest_documents(
    paths: Sequence[Path] | None, *, source: str | None, context: RunContext, report: ProgressReport
) -> Ingested:
    """Read the documents under paths into the raw store, or take all that it holds.

    Args:
        paths: Files and folders; None for the raw store.
        source: The outlet of documents that do not name one; None to tell it from folder and file names.
        context: The run.
        report: Told what is going on.

    Raises:
        UsageError: A path does not exist, or the raw store is empty.
        StageError: A batch of the raw store is damaged.
    """
    if paths is None:
        return take_raw(context=context, report=report)
    return ingest_paths(paths, source=source, context=context, report=report)


def take_raw(*, context: RunContext, report: ProgressReport) -> Ingested:
    """Return all documents of the raw store; what could not be read when they came is not among them.

    Raises:
        UsageError: There are none.
        StageError: A batch is damaged.
    """
    report.begin("reading")
    folder = context.home.raw_path
    batches = [
        IngestedBatch(batch_id=path.stem, raw_path=path, document_count=count_documents(path))
        for path in list_batches(folder)
    ]
    if not batches:
        raise UsageError(f"there are no raw documents in {folder}: load some with: dateline run PATH")
    return Ingested(batches=batches, rejects=REJECT.to_frame())


def ingest_paths(paths: Sequence[Path], *, source: str | None, context: RunContext, report: ProgressReport) -> Ingested:
    """Read the documents under paths into the raw store.

    Args:
        paths: Files and folders.
        source: The outlet of documents that do not name one; None to tell it from folder and file names.
        context: The run.
        report: Told what is going on.

    Raises:
        UsageError: A path does not exist.
    """
    report.begin("reading")
    rejects: list[pl.DataFrame] = [REJECT.to_frame()]
    batches = list(_keep_batches(paths, source, context, rejects))
    return Ingested(batches=batches, rejects=pl.concat(rejects))


def _keep_batches(
    paths: Sequence[Path], source: str | None, context: RunContext, rejects: list[pl.DataFrame]
) -> Iterator[IngestedBatch]:
    """Yield each batch once it is in the raw store, and collect the rejects."""
    settings = context.settings
    for batch in read_paths(
        paths, source=source, max_document_bytes=settings.max_document_bytes, batch_bytes=settings.batch_byte_count
    ):
        rejects.append(batch.rejects)
        if not batch.documents.is_empty():
            raw_path = keep_batch(context.home.raw_path, batch.documents)
            yield IngestedBatch(batch_id=batch.batch_id, raw_path=raw_path, document_count=batch.documents.height)
