"""Chunks: texts of one language each, and a text stays in its chunk."""

from pathlib import Path

import polars as pl
import pytest

from flows.context import RunContext
from flows.settings import Settings
from flows.stage import read_parquet, write_parquet
from flows.steps.bodies import hash_bodies
from flows.steps.chunks import Chunk, assign_chunks, cut_chunk
from transforms.schemas import TEXT

ROWS = [("a", "", "Rain fell.", "en"), ("b", "", "Il pleut.", "fr"), ("c", "", "Sun shone.", "en")]


@pytest.fixture
def context(tmp_path: Path) -> RunContext:
    return RunContext.start(Settings(home=tmp_path / "home"))


def assign(context: RunContext, rows: list[tuple[str, str, str, str]], path: Path) -> list[Chunk]:
    write_parquet(hash_bodies(pl.DataFrame(rows, schema=TEXT, orient="row")), path)
    return assign_chunks([path], context=context)


def read(chunks: list[Chunk]) -> dict[str, list[str]]:
    """Return the texts of each language's chunk."""
    return {chunk.language_code: read_parquet(chunk.texts_path)["text_hash"].to_list() for chunk in chunks}


def test_a_chunk_has_texts_of_one_language(tmp_path: Path, context: RunContext) -> None:
    assert read(assign(context, ROWS, tmp_path / "1.parquet")) == {"en": ["a", "c"], "fr": ["b"]}


def test_a_text_that_has_a_chunk_stays_in_it(tmp_path: Path, context: RunContext) -> None:
    first = assign(context, ROWS, tmp_path / "1.parquet")
    second = assign(context, [*ROWS, ("d", "", "Neige.", "fr")], tmp_path / "2.parquet")
    assert {chunk.chunk_id for chunk in first} < {chunk.chunk_id for chunk in second}
    assert len(second) == 3


def test_a_home_with_brackets_in_its_name_keeps_its_chunks(tmp_path: Path) -> None:
    odd = tmp_path / "it's [odd] *"
    context = RunContext.start(Settings(home=odd))
    first = assign(context, ROWS, odd / "1.parquet")
    assert assign(context, ROWS, odd / "2.parquet") == first


def test_a_language_that_no_model_reads_is_an_order_without_a_model(tmp_path: Path, context: RunContext) -> None:
    orders = {
        chunk.language_code: chunk.order(context).model for chunk in assign(context, ROWS, tmp_path / "1.parquet")
    }
    assert orders == {"en": context.models.default, "fr": None}


def test_a_chunk_that_is_cut_is_two_for_good(tmp_path: Path, context: RunContext) -> None:
    rows = [(name, name, f"Rain fell on day {name}.", "en") for name in "abc"]
    (whole,) = assign(context, rows, tmp_path / "1.parquet")
    halves = cut_chunk(whole, context)

    assert [read_parquet(half.texts_path)["text_hash"].to_list() for half in halves] == [["a"], ["b", "c"]]
    assert [half.text_count for half in halves] == [1, 2]
    assert sorted(assign(context, rows, tmp_path / "2.parquet"), key=lambda chunk: chunk.text_count) == halves


def test_a_chunk_of_one_text_cannot_be_cut(tmp_path: Path, context: RunContext) -> None:
    (whole,) = assign(context, [("a", "", "Rain fell.", "en")], tmp_path / "1.parquet")
    assert cut_chunk(whole, context) == []
    assert whole.texts_path.exists()


def test_texts_of_a_chunk_that_was_lost_while_it_was_cut_get_another(tmp_path: Path, context: RunContext) -> None:
    rows = [("a", "", "Rain fell.", "en"), ("b", "", "Sun shone.", "en")]
    (whole,) = assign(context, rows, tmp_path / "1.parquet")
    whole.texts_path.unlink()
    assert read(assign(context, rows, tmp_path / "2.parquet")) == {"en": ["a", "b"]}
