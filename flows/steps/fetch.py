"""Fetch: what addresses, feeds and sitemaps lead to, in the raw store as it came."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

import polars as pl

from flows.context import RunContext
from flows.inputs import Inputs
from flows.progress import FETCHING, ProgressReport
from flows.raw_store import RawBatch, RawStore
from flows.readers import Link
from flows.readers.batches import make_batch, weigh
from flows.readers.found import RawDocument, Refusal
from transforms.source_schemas import FETCH

if TYPE_CHECKING:
    from flows.crawl import Arrival, Crawl

MAX_ARRIVAL_COUNT: Final = 500
"""Answers that wait to be kept at most: what a run that is killed has to ask for again."""


def fetch_documents(
    inputs: Inputs, links: Sequence[Link], store: RawStore, *, context: RunContext, report: ProgressReport
) -> Iterator[RawBatch]:
    """Yield what was fetched, a batch at a time, once it is in the raw store.

    Args:
        inputs: What is asked for.
        links: What sitemaps and lists among the files name.
        store: Where documents are kept.
        context: The run.
        report: Told how far it is.
    """
    from flows.crawl import Crawl, list_targets  # noqa: PLC0415  megabytes that runs over files do without
    from flows.fetch.client import Fetcher  # noqa: PLC0415  the same
    from flows.fetch.limits import make_limits  # noqa: PLC0415  the same
    from flows.fetch.state import FetchState  # noqa: PLC0415  the same

    settings = context.settings
    targets = list(
        list_targets(
            inputs,
            links,
            context.sources,
            settings=settings,
            moment=context.started_at,
            source_ids=context.source_ids,
        )
    )
    report.begin(FETCHING)
    with ExitStack() as stack:
        state = stack.enter_context(FetchState(context.home.fetch_path))
        if not store.has_answers:  # the raw store was deleted, or was never there: we have no copy of anything
            state.forget_pages()
        crawl = Crawl(
            fetcher=stack.enter_context(Fetcher(make_limits(settings))),
            state=state,
            moment=context.started_at,
            limit=settings.max_document_bytes,
            report=report,
        )
        yield from _keep(crawl, crawl.run(targets), store, context)


def _keep(crawl: "Crawl", arrivals: "Iterator[Arrival]", store: RawStore, context: RunContext) -> Iterator[RawBatch]:
    """Yield the arrivals in batches that are kept; those that are at hand when the run is interrupted are kept too."""
    waiting: list[Arrival] = []
    byte_count = 0
    try:
        for arrival in arrivals:
            waiting.append(arrival)
            byte_count += sum(weigh(item) for item in arrival.items if isinstance(item, RawDocument))
            if byte_count >= context.settings.batch_byte_count or len(waiting) >= MAX_ARRIVAL_COUNT:
                yield _keep_batch(crawl, waiting, store, context)
                waiting, byte_count = [], 0
    finally:
        if waiting:
            batch = _keep_batch(crawl, waiting, store, context)
    if waiting:
        yield batch


def _keep_batch(crawl: "Crawl", arrivals: "Sequence[Arrival]", store: RawStore, context: RunContext) -> RawBatch:
    """Put arrivals into the raw store, then remember that they are there."""
    items = [item for arrival in arrivals for item in arrival.items]
    batch = make_batch(
        [item for item in items if isinstance(item, RawDocument)],
        [item for item in items if isinstance(item, Refusal)],
    )
    fetches = pl.DataFrame([arrival.fetch for arrival in arrivals], schema=FETCH)
    kept = store.keep(batch.documents, batch.rejects, day=context.started_at.date(), fetches=fetches)
    crawl.remember(arrivals)
    return kept
