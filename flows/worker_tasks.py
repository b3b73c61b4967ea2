"""What runs in a worker process: one batch normalized, one chunk of texts sketched, read by the model and resolved.

A worker reads its input from files and writes its output to stage files; only a small summary goes back. Everything it
needs more than once (the model, the lists) it makes on first use and keeps.
"""

import gc
import logging
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from flows.nlp import ModelInfo, extract_spans, load_nlp
from flows.raw_store import read_documents
from flows.reference import ENGLISH, read_agencies, read_furniture_rules, read_name_lists
from flows.stage import locate_chunk_file, read_parquet, write_parquet
from transforms.schemas import SPAN

if TYPE_CHECKING:
    from spacy.language import Language

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class NormalizeOrder:
    """One batch of raw documents to normalize, or a part of it.

    Attributes:
        raw_path: ``schemas.RAW_DOCUMENT``.
        first_row: Where in it the part begins.
        row_count: How many documents the part has.
        articles_path: Where ``schemas.ARTICLE`` goes.
        rejects_path: Where ``schemas.REJECT`` goes; written before the articles.
        withdrawals_path: Where ``schemas.WITHDRAWAL`` goes; the same.
    """

    raw_path: Path
    first_row: int
    row_count: int
    articles_path: Path
    rejects_path: Path
    withdrawals_path: Path

    def list_inputs(self) -> list[Path]:
        """Return the files that are read."""
        return [self.raw_path]

    def list_outputs(self) -> list[Path]:
        """Return the files that are made, in that order: a batch that has its articles is done."""
        return [self.rejects_path, self.withdrawals_path, self.articles_path]


@dataclass(frozen=True, kw_only=True)
class EnrichOrder:
    """One chunk of texts of one language to find names in.

    Attributes:
        texts_path: ``schemas.TEXT``.
        bodies_path: ``flows.steps.bodies.BODY``: whose spans the texts take over; it need not be there.
        spans_folder: The files of ``schemas.SPAN`` of all chunks; a chunk whose spans are there is not read by the
            model again.
        chunk_id: The chunk.
        sketches_path: Where ``story_schemas.SKETCH`` is or goes.
        mentions_path: Where ``schemas.MENTION`` is or goes.
        model: The pipeline that reads the language of the texts; None when none does.
    """

    texts_path: Path
    bodies_path: Path
    spans_folder: Path
    chunk_id: str
    sketches_path: Path
    mentions_path: Path
    model: ModelInfo | None

    @property
    def spans_path(self) -> Path:
        """Where the spans of the chunk are or go."""
        return locate_chunk_file(self.spans_folder, self.chunk_id)

    def list_inputs(self) -> list[Path]:
        """Return the files that are read, as far as they are there."""
        donors = [] if self.spans_path.exists() else [path for path, _ in _list_donors(self)]
        return [path for path in (self.texts_path, self.bodies_path, *self.list_outputs(), *donors) if path.exists()]

    def list_outputs(self) -> list[Path]:
        """Return the files that are made where they are missing, in that order."""
        return [self.sketches_path, self.spans_path, self.mentions_path]


@dataclass(frozen=True, kw_only=True)
class BatchResult:
    """What a batch cost.

    Attributes:
        row_count: Rows written: articles, or mentions.
        text_count: Documents or texts read.
        nlp_cpu_seconds: CPU time inside the model, loading it left out.
    """

    row_count: int
    text_count: int
    nlp_cpu_seconds: float = 0.0


def normalize_batch(order: NormalizeOrder) -> BatchResult:
    """Normalize one batch of raw documents."""
    from transforms.articles import ReviewedLists, normalize_documents  # noqa: PLC0415  whoever gives the order need not load it

    documents = read_documents(order.raw_path).slice(order.first_row, order.row_count)
    batch = normalize_documents(documents, ReviewedLists(furniture=read_furniture_rules(), agencies=read_agencies()))
    write_parquet(batch.rejects, order.rejects_path)
    write_parquet(batch.withdrawals, order.withdrawals_path)
    write_parquet(batch.articles, order.articles_path)
    LOGGER.info("%d of %d documents normalized", batch.articles.height, documents.height)
    return BatchResult(row_count=batch.articles.height, text_count=documents.height)


def enrich_chunk(order: EnrichOrder) -> BatchResult:
    """Sketch one chunk of texts, find and resolve the names in it."""
    from transforms.resolution import resolve_texts  # noqa: PLC0415  whoever gives the order need not load it
    from transforms.sketches import sketch_texts  # noqa: PLC0415  the same

    texts = read_parquet(order.texts_path)
    if not order.sketches_path.exists():
        write_parquet(sketch_texts(texts), order.sketches_path)
    if order.mentions_path.exists():
        return BatchResult(row_count=0, text_count=texts.height)
    spans, nlp_cpu_seconds = _find_spans(texts, order)
    lists = read_name_lists(ENGLISH if order.model is None else order.model.language_code)
    mentions = resolve_texts(texts, spans, lists)
    write_parquet(mentions, order.mentions_path)
    LOGGER.info("%d mentions found in %d texts", mentions.height, texts.height)
    return BatchResult(row_count=mentions.height, text_count=texts.height, nlp_cpu_seconds=nlp_cpu_seconds)


def _find_spans(texts: pl.DataFrame, order: EnrichOrder) -> tuple[pl.DataFrame, float]:
    """Return the spans of the texts, read by the model if they never were, and the CPU seconds that took."""
    if order.model is None:
        return SPAN.to_frame(), 0.0
    if order.spans_path.exists():
        return read_parquet(order.spans_path), 0.0
    settled, taken_over = _take_over(order)
    fresh, nlp_cpu_seconds = _read_by_model(texts.join(settled, on="text_hash", how="anti"), order.model)
    spans = pl.concat([taken_over, fresh])
    write_parquet(spans, order.spans_path)
    return spans, nlp_cpu_seconds


def _take_over(order: EnrichOrder) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the texts whose body was read under another headline in another chunk (text_hash), and their spans."""
    settled, spans = [SPAN.to_frame().select("text_hash")], [SPAN.to_frame()]
    for path, texts in _list_donors(order):
        given = texts.select("text_hash", "donor_hash")
        known = read_parquet(path).rename({"text_hash": "donor_hash"})
        settled.append(given.select("text_hash"))
        spans.append(given.join(known, on="donor_hash", maintain_order="left_right").select(SPAN.names()))
    return pl.concat(settled), pl.concat(spans)


def _list_donors(order: EnrichOrder) -> list[tuple[Path, pl.DataFrame]]:
    """Return the spans of other chunks that are there, each with the texts (BODY) that take over from it."""
    if not order.bodies_path.exists():
        return []
    bodies = read_parquet(order.bodies_path).filter(pl.col("donor_chunk_id") != order.chunk_id)
    located = [
        (locate_chunk_file(order.spans_folder, str(chunk_id)), texts)
        for (chunk_id,), texts in bodies.group_by("donor_chunk_id", maintain_order=True)
    ]
    return [(path, texts) for path, texts in located if path.exists()]


def _read_by_model(texts: pl.DataFrame, model: ModelInfo) -> tuple[pl.DataFrame, float]:
    """Return the spans of the texts, and the CPU seconds that took.

    A body that stands under several headlines is read once.
    """
    if texts.is_empty():
        return SPAN.to_frame(), 0.0
    nlp = _get_nlp(model.name)
    started = time.process_time()
    distinct = texts.unique("body", keep="first", maintain_order=True)
    spans = extract_spans(nlp, distinct["text_hash"].to_list(), distinct["body"].to_list())
    seconds = time.process_time() - started
    if distinct.height == texts.height:
        return spans, seconds
    donors = distinct.select("body", donor_hash="text_hash")
    shared = texts.select("text_hash", "body").join(donors, on="body", maintain_order="left")
    taken_over = shared.join(spans.rename({"text_hash": "donor_hash"}), on="donor_hash", maintain_order="left_right")
    return taken_over.select(SPAN.names()), seconds


@cache
def _get_nlp(model: str) -> "Language":
    """Return the pipeline, loaded once a process.

    What it is made of lives as long as the process: frozen, it is not searched for garbage again and again, which makes
    the resolution of names a sixth faster.
    """
    nlp = load_nlp(model)
    gc.collect()
    gc.freeze()
    return nlp
