"""Extract: the names in each chunk of texts found and resolved, the texts sketched, in the workers, once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from flows.context import RunContext
from flows.progress import ProgressReport
from flows.steps.chunks import Chunk
from flows.worker_tasks import enrich_chunk
from flows.workers import BatchRunner

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Extracted:
    """What extracting cost.

    Attributes:
        chunk_count: Chunks worked on in this run; the others were done before.
        text_count: Texts in them.
        nlp_cpu_seconds: CPU time inside the model, over all workers.
    """

    chunk_count: int
    text_count: int
    nlp_cpu_seconds: float


def extract_chunks(
    chunks: Sequence[Chunk], *, context: RunContext, runner: BatchRunner, report: ProgressReport
) -> Extracted:
    """Make the mention and sketch stage files that are not there yet.

    Raises:
        BatchFailedError: A chunk failed each time it was tried.
    """
    report.begin("finding names")
    orders = [chunk.order(context) for chunk in chunks if not chunk.is_done(context)]
    text_count, nlp_cpu_seconds = 0, 0.0
    for _, result in runner.run(enrich_chunk, orders, name="extract"):
        text_count += result.text_count
        nlp_cpu_seconds += result.nlp_cpu_seconds
        report.advance(result.text_count)
    LOGGER.info("read chunks=%d texts=%d nlp_cpu_seconds=%.2f", len(orders), text_count, nlp_cpu_seconds)
    return Extracted(chunk_count=len(orders), text_count=text_count, nlp_cpu_seconds=nlp_cpu_seconds)
