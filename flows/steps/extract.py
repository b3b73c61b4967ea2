"""Extract: the names in each chunk of texts found and resolved, the texts sketched, in the workers, once.

A chunk that kills its worker is cut in two for good, so that a text that cannot be read is soon alone in its chunk, and
the next run tries that and no other.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flows.context import RunContext
from flows.errors import WorkerLostError
from flows.progress import ProgressReport
from flows.runners.batches import BatchRunner
from flows.runners.suspects import Work, work_on
from flows.steps.chunks import Chunk, cut_chunk
from flows.worker_tasks import BatchResult, EnrichOrder, enrich_chunk

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Extracted:
    """What extracting left and cost.

    Attributes:
        chunk_count: Chunks worked on in this run; the others were done before.
        text_count: Texts in them.
        nlp_cpu_seconds: CPU time inside the model, over all workers.
        chunks: All that are done, those that were cut in their parts.
        killed: The chunks that kill whoever reads them, with how.
    """

    chunk_count: int
    text_count: int
    nlp_cpu_seconds: float
    chunks: Sequence[Chunk] = ()
    killed: Mapping[Chunk, WorkerLostError] = field(default_factory=dict)


def extract_chunks(
    chunks: Sequence[Chunk], *, context: RunContext, runner: BatchRunner, report: ProgressReport
) -> Extracted:
    """Make the mention and sketch stage files that are not there yet.

    Raises:
        BatchFailedError: More texts kill their worker than may be refused for it.
    """
    report.begin("finding names")
    done, missing = _divide(chunks, context)
    work: Work[Chunk, EnrichOrder, BatchResult] = Work(
        name="extract",
        function=enrich_chunk,
        make_order=lambda chunk: chunk.order(context),
        cut=lambda chunk: cut_chunk(chunk, context),
        limit=context.settings.killed_limit,
    )
    killed: dict[Chunk, WorkerLostError] = {}
    results: dict[Chunk, BatchResult] = {}
    for chunk, outcome in work_on(missing, work, runner):
        if isinstance(outcome, WorkerLostError):
            killed[chunk] = outcome
        else:
            results[chunk] = outcome
        report.advance(chunk.text_count)
    nlp_cpu_seconds = sum(result.nlp_cpu_seconds for result in results.values())
    text_count = sum(result.text_count for result in results.values())
    LOGGER.info("read chunks=%d texts=%d nlp_cpu_seconds=%.2f", len(results), text_count, nlp_cpu_seconds)
    return Extracted(
        chunk_count=len(results),
        text_count=text_count,
        nlp_cpu_seconds=nlp_cpu_seconds,
        chunks=[*done, *results],
        killed=killed,
    )


def _divide(chunks: Sequence[Chunk], context: RunContext) -> tuple[list[Chunk], list[Chunk]]:
    """Return the chunks that are done, and those that are not."""
    done = {chunk for chunk in chunks if chunk.is_done(context)}
    return [chunk for chunk in chunks if chunk in done], [chunk for chunk in chunks if chunk not in done]
