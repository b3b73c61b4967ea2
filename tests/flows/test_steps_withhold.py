"""Articles whose text kills the workers are taken out of a plan, with all documents they were read from."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from flows.context import RunContext
from flows.errors import WorkerLostError
from flows.settings import Settings
from flows.stage import read_parquet, write_parquet
from flows.steps.chunks import Chunk
from flows.steps.extract import Extracted
from flows.steps.plan import LOADED_KINDS, Counts, Plan
from flows.steps.withhold import withhold_killed

NOTHING = Extracted(chunk_count=0, text_count=0, nlp_cpu_seconds=0.0)


@pytest.fixture
def context(tmp_path: Path) -> RunContext:
    return RunContext.start(Settings(home=tmp_path))


@pytest.fixture
def plan(context: RunContext) -> Plan:
    """Return the plan of three documents: one of the article a, two of b, the second a duplicate."""
    rows = {"article_id": ["a", "b", "b"], "content_hash": ["ca", "cb", "cb"]}
    documents = pl.DataFrame(
        {
            **rows,
            "external_id": ["a", "b", "b"],
            "ingested_uri": ["u1", "u2", "u3"],
            "raw_hash": ["r1", "r2", "r3"],
            "text_hash": ["ta", "tb", "tb"],
        }
    )
    for kind in LOADED_KINDS:
        write_parquet(documents, context.run_path / kind / "000000.parquet")
    statuses = pl.DataFrame(
        {**rows, "source_id": "s", "language_code": "en", "status": ["loaded", "loaded", "duplicate"]}
    )
    write_parquet(statuses, context.run_path / "statuses.parquet")
    return Plan(
        run_path=context.run_path,
        batch_names=["000000"],
        earlier_names=[],
        chunks=[],
        counts=Counts(loaded=2, unchanged=0, duplicate=1, unsupported=0, removed_line=0),
        source_counts=statuses.group_by("source_id", "status").len(),
        settled_count=0,
    )


def make_chunk(folder: Path, text_hash: str) -> Chunk:
    """Return a chunk of one text."""
    path = folder / f"{text_hash}.parquet"
    write_parquet(pl.DataFrame({"text_hash": [text_hash]}), path)
    return Chunk(chunk_id=text_hash, language_code="en", texts_path=path, text_count=1)


def test_all_documents_of_a_text_that_kills_are_refused_and_no_others(
    plan: Plan, context: RunContext, tmp_path: Path
) -> None:
    done = make_chunk(tmp_path, "ta")
    killed = {make_chunk(tmp_path, "tb"): WorkerLostError("the worker was killed")}
    kept = withhold_killed(plan, replace(NOTHING, chunks=[done], killed=killed), context)

    assert kept.chunks == [done]
    assert sorted(kept.refused.select("uri", "content_hash", "reason").rows()) == [
        ("u2", "r2", "worker_killed"),
        ("u3", "r3", "worker_killed"),
    ]
    assert (kept.counts.loaded, kept.counts.duplicate) == (1, 0)
    assert kept.source_counts.rows() == [("s", "loaded", 1)]
    for kind in LOADED_KINDS:
        assert read_parquet(context.run_path / kind / "000000.parquet")["article_id"].to_list() == ["a"]


def test_a_run_without_documents_refuses_none(plan: Plan, context: RunContext) -> None:
    kept = withhold_killed(replace(plan, batch_names=[]), NOTHING, context)
    assert kept.refused.is_empty()
