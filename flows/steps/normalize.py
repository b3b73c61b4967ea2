"""Normalize: each batch of raw documents becomes articles and rejects, in the workers, once.

A batch that kills its worker is cut into parts. Those that are done are kept beside the stage file that the whole would
have, in ``<name>.parts``, so that the next run tries only the documents that are missing.
"""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.context import RunContext
from flows.errors import WorkerLostError
from flows.progress import ProgressReport
from flows.raw_store import read_documents
from flows.runners.batches import BatchRunner
from flows.runners.suspects import Work, work_on
from flows.stage import read_parquet, write_parquet
from flows.steps.ingest import IngestedBatch
from flows.worker_tasks import BatchResult, NormalizeOrder, normalize_batch
from transforms.keys import compute_hash
from transforms.rejects import WORKER_KILLED
from transforms.schemas import ARTICLE, REJECT, WITHDRAWAL


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

    @classmethod
    def locate(cls, folder: Path, name: str) -> "NormalizedBatch":
        """Return the stage files of a name in a folder."""
        return cls(
            articles_path=folder / f"{name}.parquet",
            rejects_path=folder / f"{name}.rejects.parquet",
            withdrawals_path=folder / f"{name}.withdrawals.parquet",
        )

    @property
    def parts_folder(self) -> Path:
        """Where the parts are while not all of the batch could be normalized."""
        return self.articles_path.with_suffix(".parts")

    def write(self, articles: pl.DataFrame, rejects: pl.DataFrame, withdrawals: pl.DataFrame) -> None:
        """Write the files, the articles last: a batch that has them is done.

        Raises:
            StageError: The disk is full, the folder cannot be written.
        """
        write_parquet(rejects, self.rejects_path)
        write_parquet(withdrawals, self.withdrawals_path)
        write_parquet(articles, self.articles_path)


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Documents of a batch that follow each other, or all of them.

    Attributes:
        batch: The raw documents.
        stage: The files of the whole batch.
        first_row: Where the part begins.
        row_count: How many documents it has.
    """

    batch: IngestedBatch
    stage: NormalizedBatch
    first_row: int
    row_count: int

    @property
    def own_stage(self) -> NormalizedBatch:
        """The files of the part."""
        if self.row_count == self.batch.document_count:
            return self.stage
        return NormalizedBatch.locate(self.stage.parts_folder, f"{self.first_row:08}-{self.row_count:08}")

    def order(self) -> NormalizeOrder:
        """Return the work to be done on the part."""
        return NormalizeOrder(
            raw_path=self.batch.raw_path,
            first_row=self.first_row,
            row_count=self.row_count,
            articles_path=self.own_stage.articles_path,
            rejects_path=self.own_stage.rejects_path,
            withdrawals_path=self.own_stage.withdrawals_path,
        )

    def cut(self) -> "list[_Part]":
        """Return the two halves; none of a single document."""
        half = self.row_count // 2
        cuts = [(self.first_row, half), (self.first_row + half, self.row_count - half)] if half else []
        return [self.narrow(*cut) for cut in cuts]

    def narrow(self, first_row: int, row_count: int) -> "_Part":
        """Return another part of the same batch."""
        return _Part(batch=self.batch, stage=self.stage, first_row=first_row, row_count=row_count)


def normalize_batches(
    batches: Sequence[IngestedBatch], *, context: RunContext, runner: BatchRunner, report: ProgressReport
) -> list[NormalizedBatch]:
    """Return the stage files of all batches, in order; those that are there already are not made again.

    A document that kills whoever reads it is refused (worker_killed) in this run; the next one tries it again.

    Raises:
        BatchFailedError: More documents kill their worker than may be refused for it.
    """
    report.begin("normalizing")
    folder = context.home.stage_path / "articles" / context.normalize_id
    wholes = [_take_whole(batch, folder) for batch in batches]
    missing = [whole for whole in wholes if not whole.stage.articles_path.exists()]
    work: Work[_Part, NormalizeOrder, BatchResult] = Work(
        name="normalize",
        function=normalize_batch,
        make_order=_Part.order,
        cut=_Part.cut,
        limit=context.settings.killed_limit,
    )
    outcomes = work_on([part for whole in missing for part in _list_open(whole)], work, runner)
    killed = {part: outcome for part, outcome in outcomes if isinstance(outcome, WorkerLostError)}
    joined = {
        whole.stage: _join_parts(whole, killed, context) for whole in missing if not whole.stage.articles_path.exists()
    }
    return [joined.get(whole.stage, whole.stage) for whole in wholes]


def _take_whole(batch: IngestedBatch, folder: Path) -> _Part:
    """Return a batch as its only part."""
    name = compute_hash("batch", batch.batch_id)
    stage = NormalizedBatch.locate(folder / name[:2], name)
    return _Part(batch=batch, stage=stage, first_row=0, row_count=batch.document_count)


def _list_done(whole: _Part) -> list[_Part]:
    """Return the parts of a batch that are done, in order; a part within another one is left out."""
    done: list[_Part] = []
    end = 0
    names = (path.stem for path in whole.stage.parts_folder.glob("*-????????.parquet"))
    for first_row, row_count in sorted((int(first), -int(count)) for first, count in (n.split("-") for n in names)):
        if first_row >= end:
            done.append(whole.narrow(first_row, -row_count))
            end = first_row - row_count
    return done


def _list_open(whole: _Part) -> list[_Part]:
    """Return the parts of a batch that are to be done: what is between those that are done, or all of it."""
    done = _list_done(whole)
    starts = [0, *(part.first_row + part.row_count for part in done)]
    ends = [*(part.first_row for part in done), whole.row_count]
    return [whole.narrow(start, end - start) for start, end in zip(starts, ends, strict=True) if end > start]


def _join_parts(whole: _Part, killed: Mapping[_Part, WorkerLostError], context: RunContext) -> NormalizedBatch:
    """Return the files of a batch that was cut, written from those of its parts.

    With documents that were not normalized they are this run's own.
    """
    refused = {part: error for part, error in killed.items() if part.stage == whole.stage}
    stages = [part.own_stage for part in _list_done(whole)]
    joined = whole.stage if not refused else NormalizedBatch.locate(context.run_path / "joined", whole.batch.batch_id)
    joined.write(
        pl.concat([ARTICLE.to_frame(), *(read_parquet(stage.articles_path) for stage in stages)]),
        pl.concat([_refuse(refused.items()), *(read_parquet(stage.rejects_path) for stage in stages)]),
        pl.concat([WITHDRAWAL.to_frame(), *(read_parquet(stage.withdrawals_path) for stage in stages)]),
    )
    if not refused:
        shutil.rmtree(whole.stage.parts_folder)
    return joined


def _refuse(killed: Iterable[tuple[_Part, WorkerLostError]]) -> pl.DataFrame:
    """Return documents that were given up as REJECT."""
    return pl.concat(
        [
            REJECT.to_frame(),
            *(
                read_documents(part.batch.raw_path)
                .slice(part.first_row, part.row_count)
                .select(
                    "uri",
                    "external_id",
                    content_hash="raw_hash",
                    reason=pl.lit(WORKER_KILLED),
                    detail=pl.lit(f"while it was normalized: {error}"),
                )
                for part, error in killed
            ),
        ]
    )
