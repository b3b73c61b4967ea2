"""What runs in a worker process: one batch normalized, one chunk of texts sketched, read by the model and resolved.

A worker reads its input from files and writes its output to stage files; only a small summary goes back. Everything it
needs more than once (the model, the lists) it makes on first use and keeps.
"""

import gc
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from flows.nlp import ModelInfo, extract_spans, load_nlp
from flows.raw_store import read_documents
from flows.reference import read_furniture_rules, read_name_lists
from flows.stage import read_parquet, write_parquet
from transforms.schemas import SPAN

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, kw_only=True)
class NormalizeOrder:
    """One batch of raw documents to normalize.

    Attributes:
        raw_path: ``schemas.RAW_DOCUMENT``.
        articles_path: Where ``schemas.ARTICLE`` goes.
        rejects_path: Where ``schemas.REJECT`` goes; written first.
    """

    raw_path: Path
    articles_path: Path
    rejects_path: Path


@dataclass(frozen=True, kw_only=True)
class EnrichOrder:
    """One chunk of texts to find names in.

    Attributes:
        texts_path: ``schemas.TEXT``.
        spans_path: Where ``schemas.SPAN`` is or goes; a chunk whose spans are there is not read by the model again.
        sketches_path: Where ``schemas.SKETCH`` is or goes.
        mentions_path: Where ``schemas.MENTION`` is or goes.
        model: The pipeline.
    """

    texts_path: Path
    spans_path: Path
    sketches_path: Path
    mentions_path: Path
    model: ModelInfo


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
    from transforms.articles import normalize_documents  # noqa: PLC0415  whoever gives the order need not load it

    documents = read_documents(order.raw_path)
    batch = normalize_documents(documents, furniture=read_furniture_rules())
    write_parquet(batch.rejects, order.rejects_path)
    write_parquet(batch.articles, order.articles_path)
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
    nlp_cpu_seconds = 0.0
    if order.spans_path.exists():
        spans = read_parquet(order.spans_path)
    else:
        spans, nlp_cpu_seconds = _read_by_model(texts, order.model)
        write_parquet(spans, order.spans_path)
    mentions = resolve_texts(texts, spans, read_name_lists())
    write_parquet(mentions, order.mentions_path)
    return BatchResult(row_count=mentions.height, text_count=texts.height, nlp_cpu_seconds=nlp_cpu_seconds)


def _read_by_model(texts: pl.DataFrame, model: ModelInfo) -> tuple[pl.DataFrame, float]:
    """Return the spans of the texts in the model's language, and the CPU seconds that took.

    A body that stands under several headlines is read once.
    """
    readable = texts.filter(pl.col("language_code").map_elements(model.supports, return_dtype=pl.Boolean))
    nlp = _get_nlp(model.name)
    started = time.process_time()
    distinct = readable.unique("body", keep="first", maintain_order=True)
    spans = extract_spans(nlp, distinct["text_hash"].to_list(), distinct["body"].to_list())
    seconds = time.process_time() - started
    if distinct.height == readable.height:
        return spans, seconds
    donors = distinct.select("body", donor_hash="text_hash")
    shared = readable.select("text_hash", "body").join(donors, on="body", maintain_order="left")
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
