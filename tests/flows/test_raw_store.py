"""The raw store: named by content, written once, never changed."""

import os
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from flows.errors import StageError
from flows.raw_store import compute_batch_id, keep_batch, list_batches, read_batch
from transforms.schemas import RAW_DOCUMENT

MOMENT = datetime(2017, 8, 8, 12, 30, tzinfo=UTC)


def make_documents(*external_ids: str) -> pl.DataFrame:
    rows = [
        (f"file:///news/{name}", name, "text/plain", "harbour-lamp", MOMENT, f"hash of {name}", b"\0\xff\n", None)
        for name in external_ids
    ]
    return pl.DataFrame(rows, schema=RAW_DOCUMENT, orient="row")


DOCUMENTS = make_documents("a.txt", "b.txt")


def test_documents_come_back_as_they_were(tmp_path: Path) -> None:
    kept = read_batch(keep_batch(tmp_path, DOCUMENTS))
    assert kept.equals(DOCUMENTS)
    assert kept.schema == RAW_DOCUMENT


def test_a_batch_is_named_by_what_is_in_it(tmp_path: Path) -> None:
    batch_id = compute_batch_id(DOCUMENTS)
    assert keep_batch(tmp_path, DOCUMENTS) == tmp_path / batch_id[:2] / f"{batch_id}.parquet"
    assert len(batch_id) == 64


def test_the_order_of_documents_makes_no_other_name() -> None:
    assert compute_batch_id(DOCUMENTS.reverse()) == compute_batch_id(DOCUMENTS)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"uri": pl.lit("file:///elsewhere")}, id="address"),
        pytest.param({"external_id": pl.lit("c.txt")}, id="id"),
        pytest.param({"media_type": pl.lit("text/html")}, id="format"),
        pytest.param({"source_hint": pl.lit("quillbridge")}, id="outlet"),
        pytest.param({"fetched_at": pl.lit(MOMENT.replace(microsecond=1))}, id="a microsecond"),
        pytest.param({"raw_hash": pl.lit("another hash")}, id="content"),
    ],
)
def test_another_document_makes_another_name(other: dict[str, pl.Expr]) -> None:
    assert compute_batch_id(DOCUMENTS.with_columns(**other)) != compute_batch_id(DOCUMENTS)


def test_a_batch_with_one_document_twice_has_another_name() -> None:
    assert compute_batch_id(make_documents("a.txt", "a.txt")) != compute_batch_id(make_documents("a.txt"))


def test_a_batch_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    path = keep_batch(tmp_path, DOCUMENTS)
    os.utime(path, (0, 0))
    assert keep_batch(tmp_path, DOCUMENTS) == path
    assert path.stat().st_mtime == 0


def test_batches_are_listed_by_name_and_nothing_else_is(tmp_path: Path) -> None:
    paths = [keep_batch(tmp_path, make_documents(f"{number}.txt")) for number in range(5)]
    (tmp_path / "aa").mkdir(exist_ok=True)
    (tmp_path / "aa" / ".x.parquet.1-0f.tmp").touch()
    (tmp_path / "notes.txt").touch()
    assert list(list_batches(tmp_path)) == sorted(paths)


def test_a_store_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert list(list_batches(tmp_path / "gone")) == []


def test_a_damaged_batch_is_told(tmp_path: Path) -> None:
    path = keep_batch(tmp_path, DOCUMENTS)
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(StageError, match=path.name):
        read_batch(path)
