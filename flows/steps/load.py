"""Load: stage files become rows of a warehouse built aside, which is checked and then published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final, TypeVar

import polars as pl

from flows.context import RunContext
from flows.fingerprints import compute_byline_rules_hash
from flows.progress import ProgressReport
from flows.reference import read_agencies
from flows.stage import read_parquet
from flows.steps.ingest import Ingested
from flows.steps.ledger import load_ledger, note_effects, remember_loaded
from flows.steps.normalize import NormalizedBatch
from flows.steps.plan import LOADED_KINDS, Plan
from flows.steps.resolve import settle_entities
from flows.steps.stories import settle_stories
from transforms.authors import credit_bylines
from transforms.outlets import key_sources
from transforms.schemas import WITHDRAWAL
from transforms.versions import order_versions
from warehouse import load as loaders
from warehouse import load_authors as authors
from warehouse import load_expectations as expectations
from warehouse import load_sources as outlets
from warehouse import load_stories as stories
from warehouse import load_withdrawals as withdrawals
from warehouse.checks import check_load
from warehouse.connection import Connection
from warehouse.load_decisions import ExternalCounts, list_dangling
from warehouse.publish import build_aside

Item = TypeVar("Item")

ARTICLES_PER_TRANSACTION: Final = 20_000
BATCHES_PER_TRANSACTION: Final = 128
"""Some 64 MB of documents, 20,000 of news: each call looks through what those before it left unpacked."""
CHUNKS_PER_TRANSACTION: Final = 512
"""Some 80 MB of text, with five row groups (122,880) of mentions: what a call leaves of one is packed twice."""


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """What a load leaves behind.

    Attributes:
        run: The row in dim_run.
        reject_counts: Reason -> documents refused for it.
        warehouse_path: The published warehouse.
        source_ids: The outlets that articles were read from, or that were asked for any.
        dangling: Decisions of people on what is not here: line_number, detail.
        external_counts: What the table of external ids meant to the entities.
    """

    run: loaders.RunRecord
    reject_counts: dict[str, int]
    warehouse_path: Path
    source_ids: frozenset[str]
    dangling: Sequence[Mapping[str, Any]]
    external_counts: ExternalCounts


def load_run(
    plan: Plan,
    *,
    ingested: Ingested,
    normalized: Sequence[NormalizedBatch],
    context: RunContext,
    report: ProgressReport,
) -> LoadResult:
    """Load what a run found, check that, publish it.

    Raises:
        CheckFailedError: A check found bad rows; the warehouse published before stays.
        WarehouseError: The database or the disk refused; the same.
    """
    report.begin("loading")
    rejects = pl.concat([ingested.rejects, *(read_parquet(batch.rejects_path) for batch in normalized), plan.refused])
    path = context.home.warehouse_path
    with build_aside(path, memory_limit=context.settings.memory_limit) as con:
        _load_articles(con, plan, context)
        _load_chunks(con, plan, context)
        _load_authors(con)
        remember_loaded(con, plan, context)
        note_effects(con, context, effect="text")
        loaders.load_rejects(con, rejects, run_key=context.run_key, rejected_at=context.started_at)
        refused_again = outlets.read_refused_again(con, ingested.unmodified)
        rejects = pl.concat([rejects, refused_again])
        _load_sources(con, ingested, context)
        note_effects(con, context, effect="source")
        _load_withdrawals(con, normalized, context)
        settle_stories(con, sketch_id=context.sketch_id, agencies=read_agencies())
        note_effects(con, context, effect="story")
        resolved = settle_entities(con, context)
        dangling = list_dangling(con)
        unmodified_count = ingested.unmodified.height - refused_again.height
        run = _record(plan, ingested, context, rejected_count=rejects.height, unmodified_count=unmodified_count)
        loaders.load_run(con, run)
        load_ledger(con, plan, ingested, context, refused=refused_again)
        report.begin("checking")
        check_load(con)
    reasons = dict(rejects.group_by("reason").len().sort("len", "reason", descending=[True, False]).iter_rows())
    return LoadResult(
        run=run,
        reject_counts=reasons,
        warehouse_path=path,
        source_ids=frozenset(ingested.fetches["source_id"]) | plan.list_source_ids(),
        dangling=dangling,
        external_counts=resolved,
    )


def _load_articles(con: Connection, plan: Plan, context: RunContext) -> None:
    """Load observations and versions."""
    touched = [
        loaders.load_observations(
            con,
            *(plan.read(kind, names) for kind in LOADED_KINDS),
        )
        for group in (plan.batch_names, plan.earlier_names)
        for names in _cut(group, BATCHES_PER_TRANSACTION)
    ]
    if not touched:
        return
    article_ids = pl.concat(touched).unique().sort("article_id")
    for ids in article_ids.iter_slices(ARTICLES_PER_TRANSACTION):
        observations = loaders.read_observations(con, ids)
        loaders.load_versions(
            con, order_versions(observations), run_key=context.run_key, ingested_at=context.started_at
        )


def _cut(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Yield the items, so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _load_authors(con: Connection) -> None:
    """Load the authors of the bylines that were not read yet."""
    bylines = authors.list_unread_bylines(con, rules_id=compute_byline_rules_hash())
    authors.load_authors(con, credit_bylines(bylines, read_agencies()))


def _load_sources(con: Connection, ingested: Ingested, context: RunContext) -> None:
    """Load the outlets: what the sources file says of them, what was asked of them, and how their days went."""
    outlets.load_fetches(con, ingested.fetches)
    if context.sources is not None:
        outlets.load_source_versions(con, context.sources.to_frame())
        expectations.load_source_expectations(con, context.sources.list_expectations())
    versions = outlets.read_source_versions(con)
    sources = key_sources(outlets.list_source_ids(con), versions)
    outlets.load_sources(con, sources, loaded_at=context.started_at)
    settle_days(con)


def settle_days(con: Connection, *, is_whole: bool = False) -> None:
    """Count and judge the days of outlets.

    Args:
        con: A connection to the file under construction, outlets, articles and authors loaded.
        is_whole: All days, and not those alone that this connection may have changed.
    """
    idle_days = _list_idle_days(con, outlets.read_source_versions(con))
    outlets.refresh_coverage(con, idle_days, is_whole=is_whole)
    expectations.refresh_expectations(con, is_whole=is_whole)


def _load_withdrawals(con: Connection, normalized: Sequence[NormalizedBatch], context: RunContext) -> None:
    """Load what says that articles are withdrawn, under the outlets to which the sources file counts their domains."""
    notices = [WITHDRAWAL.to_frame(), *(read_parquet(batch.withdrawals_path) for batch in normalized)]
    withdrawals.load_withdrawals(con, context.own_sources(pl.concat(notices)))
    withdrawals.refresh_withdrawals(con)


def _list_idle_days(con: Connection, versions: pl.DataFrame) -> pl.DataFrame:
    """Return the days on which outlets are not due; without a schedule they are due every day."""
    from flows.sources.schedule import list_idle_days  # noqa: PLC0415  megabytes that most runs do without

    return list_idle_days(versions, outlets.read_fetch_spans(con))


def _load_chunks(con: Connection, plan: Plan, context: RunContext) -> None:
    """Load bodies, mentions and sketches, several chunks a transaction."""
    stories.discard_outdated(con, sketch_id=context.sketch_id)
    by_language = sorted(plan.chunks, key=lambda chunk: chunk.language_code)
    groups = groupby(by_language, key=lambda chunk: context.identify_extraction(chunk.language_code))
    for extraction_id, chunks in (
        (name, cut) for name, group in groups for cut in _cut([*group], CHUNKS_PER_TRANSACTION)
    ):
        loaders.load_texts(
            con,
            # In one piece at once: else the loader makes one, and the pieces lie about until it is done.
            pl.concat([read_parquet(chunk.texts_path) for chunk in chunks], rechunk=True),
            pl.concat([read_parquet(chunk.mentions_path(context)) for chunk in chunks], rechunk=True),
            extraction_id=extraction_id,
            run_key=context.run_key,
        )
        sketches = pl.concat([read_parquet(chunk.sketches_path(context)) for chunk in chunks])
        stories.load_sketches(con, sketches, sketch_id=context.sketch_id)


def _record(
    plan: Plan, ingested: Ingested, context: RunContext, *, rejected_count: int, unmodified_count: int
) -> loaders.RunRecord:
    """Return the run's row in dim_run."""
    counts = plan.counts
    return loaders.RunRecord(
        run_key=context.run_key,
        flow_run_id=context.flow_run_id,
        interval_start=context.interval.start,
        interval_end=context.interval.end,
        started_at=context.started_at,
        finished_at=datetime.now(UTC),
        code_version=context.code_version,
        model_name=context.models.name,
        model_version=context.models.version,
        model_backend=context.models.default.backend,
        read_count=ingested.read_count,
        loaded_count=counts.loaded,
        unchanged_count=counts.unchanged + unmodified_count,
        duplicate_count=counts.duplicate,
        rejected_count=rejected_count,
        unsupported_count=counts.unsupported,
        removed_line_count=counts.removed_line,
    )
