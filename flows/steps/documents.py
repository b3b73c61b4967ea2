"""Documents: which of those that were normalized belong to the interval and the outlets of a run.

An article belongs to the interval in which it was published; one that does not say when, or was refused, to that in
which it was fetched. What a run fetches itself belongs to the interval of that run, whatever it says of itself: a feed
has no past, and nothing that came is put off.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import orjson
import polars as pl

from flows.context import RunContext
from flows.raw_store import read_documents
from flows.stage import read_parquet
from flows.steps.ingest import Ingested, IngestedBatch
from flows.steps.normalize import NormalizedBatch
from transforms.intervals import DOCUMENT, is_of, is_within, mark_killed
from transforms.rejects import WORKER_KILLED
from transforms.schemas import ARTICLE
from transforms.text import fold_line, normalize_line
from transforms.urls import parse_domain

_ARTICLE_COLUMNS: Final = ("source_id", "published_at", "ingested_at", "raw_hash")


def list_documents(
    batches: Sequence[IngestedBatch], normalized: Sequence[NormalizedBatch], context: RunContext
) -> pl.DataFrame:
    """Return a DOCUMENT row for each document of some batches.

    Args:
        batches: As they were read.
        normalized: The stage files of each, in the same order.
        context: The run.
    """
    frames = [
        frame.with_columns(batch=pl.lit(index, dtype=pl.UInt32)).select(DOCUMENT.names())
        for index, (batch, stage) in enumerate(zip(batches, normalized, strict=True))
        for frame in (_describe_articles(stage, context), _forget_killed(_describe_rejects(batch, stage, context)))
    ]
    return pl.concat([DOCUMENT.to_frame(), *frames])


def select_documents(
    ingested: Ingested, normalized: Sequence[NormalizedBatch], *, context: RunContext
) -> tuple[Ingested, Sequence[NormalizedBatch]]:
    """Return what a run takes of what was read: of the raw store and of files, what is of its interval and outlets.

    What was fetched is taken whole. The documents that are taken are ``documents`` of what is returned.

    Args:
        ingested: What was read.
        normalized: The stage files of its batches, in the same order.
        context: The run; its interval was asked for.
    """
    documents = list_documents(ingested.batches, normalized, context)
    if ingested.is_fetched:
        return replace(ingested, documents=documents), normalized
    taken = _take(documents, context)
    counts = dict(taken.group_by("batch").len().iter_rows())
    chosen = [(index, ingested.batches[index], normalized[index]) for index in sorted(counts)]
    batches = [replace(batch, document_count=counts[index]) for index, batch, _ in chosen]
    stages = [_cut_batch(batch, stage, f"{index:06}", context) for index, batch, stage in chosen]
    return replace(ingested, batches=batches, documents=taken), stages


def _take(documents: pl.DataFrame, context: RunContext) -> pl.DataFrame:
    """Return the rows that are of the interval and the outlets of a run: needs source_id, dated_at."""
    return documents.filter(
        is_within(pl.col("dated_at"), context.interval.start, context.interval.end),
        is_of(pl.col("source_id"), context.source_ids),
    )


def _describe_articles(
    stage: NormalizedBatch, context: RunContext, columns: Sequence[str] | None = _ARTICLE_COLUMNS
) -> pl.DataFrame:
    """Return the articles of a batch, with the columns of DOCUMENT but batch added to those asked for."""
    articles = context.own_sources(read_parquet(stage.articles_path, columns))
    return articles.with_columns(dated_at=pl.coalesce("published_at", "ingested_at"), is_rejected=pl.lit(value=False))


def _describe_rejects(batch: IngestedBatch, stage: NormalizedBatch, context: RunContext) -> pl.DataFrame:
    """Return the refused documents of a batch, with the columns of DOCUMENT but batch, uri and reason."""
    rejects = read_parquet(stage.rejects_path, ["uri", "content_hash", "reason"]).rename({"content_hash": "raw_hash"})
    if rejects.is_empty():
        return DOCUMENT.to_frame().with_columns(uri=pl.lit(None, pl.String), reason=pl.lit(None, pl.String))
    raw = read_documents(batch.raw_path).select("uri", "raw_hash", "fetched_at", "source_hint", "hints")
    owners = [_find_owner(*row) for row in raw.select("source_hint", "hints").iter_rows()]
    known = raw.with_columns(source_id=pl.Series(owners, dtype=pl.String)).unique(["uri", "raw_hash"], keep="any")
    joined = rejects.join(known, on=["uri", "raw_hash"], how="left")
    return context.own_sources(joined).with_columns(dated_at="fetched_at", is_rejected=pl.lit(value=True))


def _forget_killed(rejects: pl.DataFrame) -> pl.DataFrame:
    """Return refused documents without the hash of those that may be read when they are tried again."""
    killed = rejects.filter(pl.col("reason") == WORKER_KILLED)
    return mark_killed(rejects, killed["raw_hash"])


def _find_owner(source_hint: str, hints: str | None) -> str:
    """Return the outlet of a document that was not understood, as far as that is known from where it came."""
    given: str | None = None if hints is None else orjson.loads(hints).get("source_id")
    name = normalize_line(source_hint)
    return given or parse_domain(name) or fold_line(name)


def _cut_batch(batch: IngestedBatch, stage: NormalizedBatch, name: str, context: RunContext) -> NormalizedBatch:
    """Write the stage files of a batch, with the documents of the run alone, into the run's own folder."""
    articles = _take(_describe_articles(stage, context, None), context)
    taken = _take(_describe_rejects(batch, stage, context), context).select("uri", content_hash="raw_hash")
    rejects = read_parquet(stage.rejects_path).join(taken, on=["uri", "content_hash"], how="semi")
    withdrawals = read_parquet(stage.withdrawals_path).join(
        taken, left_on=["ingested_uri", "raw_hash"], right_on=["uri", "content_hash"], how="semi"
    )
    cut = NormalizedBatch.locate(context.run_path / "selected", name)
    cut.write(articles.select(ARTICLE.names()), rejects, withdrawals)
    return cut
