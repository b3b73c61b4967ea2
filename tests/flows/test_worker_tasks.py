"""What runs in a worker: the model is asked only for what is not known, and for texts it can read."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import spacy
from spacy.language import Language

from flows import worker_tasks
from flows.errors import StageError
from flows.nlp import ModelInfo, extract_spans
from flows.stage import locate_chunk_file, read_parquet, write_parquet
from flows.steps.bodies import BODY
from flows.worker_tasks import EnrichOrder, NormalizeOrder, enrich_chunk, normalize_batch
from transforms.schemas import MENTION, SPAN, TEXT

MODEL = ModelInfo(name="no_such_pipeline", version="1.0", backend="none", language_code="en")


def make_order(folder: Path, texts: pl.DataFrame) -> EnrichOrder:
    order = EnrichOrder(
        texts_path=folder / "texts.parquet",
        bodies_path=folder / "bodies.parquet",
        spans_folder=folder / "spans",
        chunk_id="c1",
        sketches_path=folder / "sketches.parquet",
        mentions_path=folder / "mentions.parquet",
        model=MODEL,
    )
    write_parquet(texts, order.texts_path)
    return order


def forbid_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise AssertionError("the model is loaded")

    monkeypatch.setattr(worker_tasks, "_get_nlp", fail)


def test_a_chunk_whose_spans_are_there_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_model(monkeypatch)
    order = make_order(tmp_path, TEXT.to_frame())
    write_parquet(SPAN.to_frame(), order.spans_path)
    result = enrich_chunk(order)
    assert (result.row_count, result.text_count, result.nlp_cpu_seconds) == (0, 0, 0.0)
    assert read_parquet(order.mentions_path).schema == MENTION


def test_texts_that_no_model_reads_have_sketches_and_no_mentions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_model(monkeypatch)
    texts = pl.DataFrame([("a", "", "Una frase.", "es")], schema=TEXT, orient="row")
    order = replace(make_order(tmp_path, texts), model=None)
    assert enrich_chunk(order).nlp_cpu_seconds == 0.0
    assert read_parquet(order.mentions_path).is_empty()
    assert read_parquet(order.sketches_path).height == 1
    assert not order.spans_path.exists()


def test_a_body_under_two_headlines_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    monkeypatch.setattr(worker_tasks, "_get_nlp", lambda _: nlp)
    read: list[list[str]] = []

    def extract(nlp: Language, text_hashes: list[str], bodies: list[str]) -> pl.DataFrame:
        read.append(bodies)
        return extract_spans(nlp, text_hashes, bodies)

    monkeypatch.setattr(worker_tasks, "extract_spans", extract)
    rows = [("a", "Rain", "One. Two.", "en"), ("b", "Sun", "Three.", "en"), ("c", "Hail", "One. Two.", "en")]
    order = make_order(tmp_path, pl.DataFrame(rows, schema=TEXT, orient="row"))
    enrich_chunk(order)
    assert read == [["One. Two.", "Three."]]
    spans = read_parquet(order.spans_path).select("text_hash", "start_char", "end_char").rows()
    assert spans == [("a", 0, 5), ("a", 5, 9), ("b", 0, 6), ("c", 0, 5), ("c", 5, 9)]


def hand_over(folder: Path, donors: dict[str, tuple[str, str]]) -> EnrichOrder:
    """Return the order of a chunk of texts, some of whose bodies others had first: text -> donor and its chunk."""
    texts = [(name, name, "One. Two.", "en") for name in ("a", "b")]
    order = make_order(folder, pl.DataFrame(texts, schema=TEXT, orient="row"))
    rows = [(name, "h", *donors.get(name, (None, None))) for name in ("a", "b")]
    write_parquet(pl.DataFrame(rows, schema=BODY, orient="row"), order.bodies_path)
    known = pl.DataFrame([("old", 0, 4, "PERSON"), ("else", 0, 3, "ORG")], schema=SPAN, orient="row")
    write_parquet(known, locate_chunk_file(order.spans_folder, "c0"))
    return order


def test_a_body_read_in_another_run_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_model(monkeypatch)
    order = hand_over(tmp_path, {"a": ("old", "c0"), "b": ("old", "c0")})
    assert enrich_chunk(order).nlp_cpu_seconds == 0.0
    assert read_parquet(order.spans_path).rows() == [("a", 0, 4, "PERSON"), ("b", 0, 4, "PERSON")]


@pytest.mark.parametrize(
    "donor",
    [pytest.param(("gone", "c9"), id="its spans are not there"), pytest.param(("a", "c1"), id="it is in the chunk")],
)
def test_a_body_whose_spans_cannot_be_taken_over_is_read(
    donor: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    monkeypatch.setattr(worker_tasks, "_get_nlp", lambda _: nlp)
    order = hand_over(tmp_path, {"b": donor})
    enrich_chunk(order)
    assert read_parquet(order.spans_path)["text_hash"].to_list() == ["a", "a", "b", "b"]


def test_a_chunk_that_only_lacks_sketches_is_not_resolved_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid_model(monkeypatch)
    order = make_order(tmp_path, pl.DataFrame([("a", "Rain", "One. Two.", "en")], schema=TEXT, orient="row"))
    write_parquet(MENTION.to_frame(), order.mentions_path)
    enrich_chunk(order)
    assert read_parquet(order.sketches_path)["text_hash"].to_list() == ["a"]


def test_a_damaged_raw_batch_fails_and_leaves_no_articles(tmp_path: Path) -> None:
    order = NormalizeOrder(
        raw_path=tmp_path / "raw.parquet",
        first_row=0,
        row_count=1,
        articles_path=tmp_path / "articles.parquet",
        rejects_path=tmp_path / "rejects.parquet",
        withdrawals_path=tmp_path / "withdrawals.parquet",
    )
    order.raw_path.write_bytes(b"damaged")
    with pytest.raises(StageError, match=r"raw\.parquet"):
        normalize_batch(order)
    assert not order.articles_path.exists()
