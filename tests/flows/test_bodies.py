"""Bodies: who had one first is found again in later runs, and never for a body in another language."""

from pathlib import Path

import polars as pl

from flows.stage import locate_chunk_file, read_parquet, write_parquet
from flows.steps.bodies import find_firsts, hash_bodies, write_bodies
from transforms.schemas import TEXT


def frame(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Return texts with their body_hash: text_hash, body, language_code."""
    texts = [(text_hash, text_hash, body, code) for text_hash, body, code in rows]
    return hash_bodies(pl.DataFrame(texts, schema=TEXT, orient="row"))


def place(folder: Path, chunk_id: str, texts: pl.DataFrame) -> list[tuple[str | None, str | None]]:
    """Put texts into a chunk, as a run of its own; return donor and chunk of each."""
    path = folder / "asked.parquet"
    write_parquet(texts, path)
    bodies = folder / "bodies"
    write_bodies(texts, chunk_id, find_firsts([path], bodies), bodies)
    return read_parquet(locate_chunk_file(bodies, chunk_id), ["donor_hash", "donor_chunk_id"]).rows()


def test_the_first_to_have_a_body_is_found_in_every_later_run(tmp_path: Path) -> None:
    assert place(tmp_path, "aa1", frame(("a", "Rain.", "en"), ("b", "Sun.", "en"))) == [(None, None)] * 2
    assert place(tmp_path, "bb2", frame(("c", "Rain.", "en"))) == [("a", "aa1")]
    assert place(tmp_path, "cc3", frame(("d", "Rain.", "en"), ("e", "Hail.", "en"))) == [("a", "aa1"), (None, None)]


def test_the_first_is_found_within_a_run(tmp_path: Path) -> None:
    assert place(tmp_path, "aa1", frame(("a", "Rain.", "en"), ("b", "Rain.", "en"))) == [(None, None), ("a", "aa1")]


def test_a_body_taken_for_another_language_is_another_body(tmp_path: Path) -> None:
    place(tmp_path, "aa1", frame(("a", "Rain.", "es")))
    assert place(tmp_path, "bb2", frame(("b", "Rain.", "en"))) == [(None, None)]


def test_without_texts_nobody_was_first(tmp_path: Path) -> None:
    assert find_firsts([], tmp_path) == {}
