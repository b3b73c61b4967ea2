"""Ingest: what the inputs hold, read and kept as it came."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import polars as pl

from flows.context import RunContext
from flows.errors import UsageError
from flows.home import Home
from flows.inputs import Inputs
from flows.progress import ProgressReport
from flows.raw_store import RawBatch, RawStore
from flows.readers import Link, read_paths, require_paths
from flows.settings import Settings
from flows.steps.fetch import fetch_documents
from transforms.intervals import DOCUMENT, is_of, is_within
from transforms.schemas import REJECT
from transforms.source_schemas import FETCH
from warehouse.lookup import find_unknown_answers
from warehouse.published import require_target


@dataclass(frozen=True, kw_only=True)
class IngestedBatch:
    """Raw documents that belong together.

    Attributes:
        batch_id: Of what they are and where they come from.
        raw_path: Where they are kept.
        document_count: How many; none where all was refused.
    """

    batch_id: str
    raw_path: Path
    document_count: int


@dataclass(frozen=True, kw_only=True)
class Ingested:
    """What ingest leaves behind.

    Attributes:
        batches: Those with documents, in the order of reading.
        rejects: ``schemas.REJECT``: what could not be read.
        fetches: ``source_schemas.FETCH``: what was asked of servers.
        unmodified: ``source_schemas.FETCH``: the pages of which a server said that we have them already; none from raw.
        is_fetched: Whether it was fetched by the run, in whole or in part.
        documents: ``transforms.intervals.DOCUMENT``: what a run for an interval takes of the batches, once selected.
    """

    batches: Sequence[IngestedBatch]
    rejects: pl.DataFrame
    fetches: pl.DataFrame
    unmodified: pl.DataFrame = field(default_factory=FETCH.to_frame)
    is_fetched: bool = False
    documents: pl.DataFrame = field(default_factory=DOCUMENT.to_frame)

    @property
    def read_count(self) -> int:
        """Documents met, those refused and those that need not come again included."""
        return sum(batch.document_count for batch in self.batches) + self.rejects.height + self.unmodified.height


def require_inputs(inputs: Inputs, settings: Settings) -> None:
    """Check that what is asked for is there, before anything is read.

    Args:
        inputs: What is asked for.
        settings: Where the sources file is.

    Raises:
        UsageError: There is nothing at a path, or no sources file where one is needed.
        WarehouseError: The home has a file that is no warehouse where the warehouse is to be.
    """
    require_paths(inputs.paths)
    require_target(Home(settings.home.absolute()).warehouse_path)
    has_file = settings.sources is not None or Home(settings.home.absolute()).sources_path.exists()
    if inputs.has_sources and not has_file:
        raise UsageError("--fetch needs a sources file: make one with: dateline sources add URL")


def ingest_documents(inputs: Inputs, *, context: RunContext, report: ProgressReport) -> Ingested:
    """Take the inputs into the raw store, or take what it holds.

    Args:
        inputs: What is asked for.
        context: The run.
        report: Told what is going on.

    Raises:
        UsageError: A path does not exist, or the raw store is empty.
        StageError: A batch cannot be written, or one of the raw store is damaged.
    """
    report.begin("reading")
    if inputs.raw_homes is not None:
        return _collect(_take_raw(inputs, context), context)
    store = RawStore.open(context.home.raw_path)
    links: list[Link] = []
    fetched = _fetch(inputs, links, store, context, report)  # begins once all files are read
    with closing(fetched):
        ingested = _collect(
            chain(_read_files(inputs, store, links, context), fetched), context, is_fetched=inputs.is_fetched
        )
    is_unmodified = (pl.col("kind") == "page") & (pl.col("outcome") == "unmodified")
    return replace(ingested, unmodified=ingested.fetches.filter(is_unmodified))


def _collect(batches: Iterator[RawBatch], context: RunContext, *, is_fetched: bool = False) -> Ingested:
    """Return batches that are kept as what ingest leaves behind.

    Of what was not fetched by a run for an interval, that has only what was refused, and asked for, in the interval.
    What was refused before it was known from which outlet it is, is of all outlets.
    """
    ingested: list[IngestedBatch] = []
    rejects, fetches = [REJECT.to_frame()], [FETCH.to_frame()]
    start, end = context.interval.start, context.interval.end
    is_whole = is_fetched or not context.is_bounded
    of_run = is_within(pl.col("fetched_at"), start, end) & is_of(pl.col("source_id"), context.source_ids)
    for batch in batches:
        if is_whole or start <= batch.kept_at < end:
            rejects.append(batch.read_rejects())
        fetches.append(batch.read_fetches().filter(True if is_whole else of_run))
        document_count = batch.count_documents()
        if document_count:
            ingested.append(
                IngestedBatch(batch_id=batch.batch_id, raw_path=batch.documents_path, document_count=document_count)
            )
    return Ingested(batches=ingested, rejects=pl.concat(rejects), fetches=pl.concat(fetches), is_fetched=is_fetched)


def _read_files(inputs: Inputs, store: RawStore, links: list[Link], context: RunContext) -> Iterator[RawBatch]:
    """Yield the documents under paths, a batch at a time, once they are in the raw store; collect the links in them.

    Raises:
        UsageError: A path does not exist.
    """
    settings = context.settings
    for batch in read_paths(
        inputs.paths,
        source=inputs.source,
        columns=inputs.columns,
        max_document_bytes=settings.max_document_bytes,
        batch_bytes=settings.batch_byte_count,
    ):
        links += batch.links
        yield store.keep(batch.documents, batch.rejects, day=context.started_at.date())


def _fetch(
    inputs: Inputs, links: Sequence[Link], store: RawStore, context: RunContext, report: ProgressReport
) -> Generator[RawBatch, None, None]:
    """Yield what addresses, feeds and sitemaps lead to, and before it what earlier runs fetched and did not load.

    A run that was interrupted, or failed, keeps and remembers what had come: no server sends it again.
    """
    if not (inputs.urls or links or inputs.has_sources):
        return
    unloaded = find_unknown_answers(context.home.warehouse_path, store.list_answers())
    yield from [store.known[batch_id] for batch_id in unloaded["batch_id"].sort()]
    yield from fetch_documents(inputs, links, store, context=context, report=report)


def _take_raw(inputs: Inputs, context: RunContext) -> Iterator[RawBatch]:
    """Yield the batches of the raw stores of other homes, taken into this one; of this one when none is given.

    Where batches are named, those kept in the interval of the run are taken too: they have what was refused, or asked
    for, in it.

    Raises:
        UsageError: There are none.
        StageError: A batch is damaged.
    """
    own = RawStore.open(context.home.raw_path)
    folders = [Home(home.absolute()).raw_path for home in inputs.raw_homes or ()] or [own.folder]
    for folder in folders:
        store = own if folder == own.folder else RawStore.open(folder)
        if not store.known:
            raise UsageError(f"there are no raw documents in {folder}: load some with: dateline run PATH")
        for batch in list(store.known.values()):
            is_of_day = context.is_bounded and context.interval.start <= batch.kept_at < context.interval.end
            if inputs.batch_ids is None or batch.batch_id in inputs.batch_ids or is_of_day:
                yield own.adopt(batch)
