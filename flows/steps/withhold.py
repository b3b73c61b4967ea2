"""Withhold: articles whose text cannot be read are taken out of a plan and refused, so that all others load.

They stay in the raw store, and their text in a chunk that is not done: a run that takes them again tries again.
"""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from flows.context import RunContext
from flows.errors import WorkerLostError
from flows.stage import read_parquet, write_parquet
from flows.steps.chunks import Chunk
from flows.steps.extract import Extracted
from flows.steps.plan import CONTENT_KEY, LOADED_KINDS, Plan, count_documents
from transforms.rejects import WORKER_KILLED
from transforms.schemas import REJECT

_DETAIL = "detail"


def withhold_killed(plan: Plan, extracted: Extracted, context: RunContext) -> Plan:
    """Return the plan without the articles of chunks that could not be read: those are its ``refused``.

    An article that the warehouse has already stays there as it is; the document is refused all the same.

    Args:
        plan: What each document is to the warehouse; its files are changed.
        extracted: What became of the chunks.
        context: The run.
    """
    if not extracted.killed:
        return replace(plan, chunks=extracted.chunks)
    names = (*plan.batch_names, *plan.earlier_names)
    contents = _list_contents(plan, _list_texts(extracted.killed))
    refused = plan.read("provenance", names).join(contents, on=CONTENT_KEY)
    for kind in LOADED_KINDS:
        for name in names:
            _remove_rows(plan, kind, name, contents)
    statuses = plan.read_statuses().join(contents, on=CONTENT_KEY, how="anti")
    return replace(
        plan,
        chunks=extracted.chunks,
        refused=_describe(refused),
        **count_documents(statuses, plan.run_path, plan.batch_names, context),
    )


def _list_texts(killed: Mapping[Chunk, WorkerLostError]) -> pl.DataFrame:
    """Return the texts of chunks that could not be read: text_hash, detail."""
    return pl.concat(
        [
            read_parquet(chunk.texts_path, ["text_hash"]).with_columns(
                pl.lit(f"while the names in it were looked for: {error}").alias(_DETAIL)
            )
            for chunk, error in killed.items()
        ]
    )


def _list_contents(plan: Plan, texts: pl.DataFrame) -> pl.DataFrame:
    """Return the contents that have one of some texts: article_id, content_hash, detail."""
    observations = plan.read("observations", (*plan.batch_names, *plan.earlier_names))
    return observations.select(*CONTENT_KEY, "text_hash").join(texts, on="text_hash").drop("text_hash").unique()


def _remove_rows(plan: Plan, kind: str, name: str, contents: pl.DataFrame) -> None:
    """Write a file of the run anew without some contents."""
    path = plan.run_path / kind / f"{name}.parquet"
    write_parquet(read_parquet(path).join(contents, on=CONTENT_KEY, how="anti", maintain_order="left"), path)


def _describe(refused: pl.DataFrame) -> pl.DataFrame:
    """Return documents that are refused as REJECT: needs the columns of PROVENANCE and detail."""
    return refused.select(
        "external_id", _DETAIL, uri="ingested_uri", content_hash="raw_hash", reason=pl.lit(WORKER_KILLED)
    ).select(REJECT.names())
