"""The raw store: named by content, written once, never changed."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from flows.errors import StageError
from flows.raw_store import RawBatch, RawStore, compute_batch_id, find_documents, list_batches
from transforms.schemas import RAW_DOCUMENT, REJECT
from transforms.source_schemas import FETCH

MOMENT = datetime(2017, 8, 8, 12, 30, tzinfo=UTC)
DAY = date(2026, 11, 26)
NO_REJECTS, NO_FETCHES = REJECT.to_frame(), FETCH.to_frame()


def make_documents(*external_ids: str) -> pl.DataFrame:
    rows = [
        {
            "uri": f"file:///news/{name}",
            "external_id": name,
            "media_type": "text/plain",
            "source_hint": "harbour-lamp",
            "fetched_at": MOMENT,
            "raw_hash": f"{number:08}{name}",
            "payload": b"\0\xff\n",
            "reader": "text",
        }
        for number, name in enumerate(external_ids)
    ]
    return pl.DataFrame(rows, schema=RAW_DOCUMENT)


def make_rejects(*uris: str) -> pl.DataFrame:
    return pl.DataFrame([(uri, uri, None, "empty", "no bytes") for uri in uris], schema=REJECT, orient="row")


def make_fetches(*urls: str) -> pl.DataFrame:
    rows = [
        {"source_id": "a.example", "kind": "page", "url": url, "outcome": "fetched", "fetched_at": MOMENT}
        for url in urls
    ]
    return pl.DataFrame(rows, schema=FETCH)


def name_documents(documents: pl.DataFrame) -> str:
    return compute_batch_id(documents, NO_REJECTS, NO_FETCHES)


DOCUMENTS = make_documents("a.txt", "b.txt")


def test_a_batch_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = RawStore.open(tmp_path).keep(
        DOCUMENTS, make_rejects("x"), day=DAY, fetches=make_fetches("http://a.example/")
    )
    assert kept.read_documents().equals(DOCUMENTS)
    assert kept.read_documents().schema == RAW_DOCUMENT
    assert kept.read_rejects().equals(make_rejects("x"))
    assert kept.read_fetches().equals(make_fetches("http://a.example/"))
    assert kept.count_documents() == 2


def test_what_a_batch_has_none_of_is_no_file_and_an_empty_frame(tmp_path: Path) -> None:
    kept = RawStore.open(tmp_path).keep(RAW_DOCUMENT.to_frame(), make_rejects("x"), day=DAY)
    assert [path.name for path in kept.folder.iterdir()] == [f"{kept.batch_id}.rejects.parquet"]
    assert (kept.count_documents(), kept.read_documents().schema) == (0, RAW_DOCUMENT)
    assert kept.read_fetches().equals(NO_FETCHES)


def test_a_batch_is_named_by_what_is_in_it_and_lies_under_its_day(tmp_path: Path) -> None:
    batch_id = name_documents(DOCUMENTS)
    kept = RawStore.open(tmp_path).keep(DOCUMENTS, NO_REJECTS, day=DAY)
    assert kept.documents_path == tmp_path / "date=2026-11-26" / f"{batch_id}.parquet"
    assert len(batch_id) == 64


def test_the_order_of_documents_makes_no_other_name() -> None:
    assert name_documents(DOCUMENTS.reverse()) == name_documents(DOCUMENTS)


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
    assert name_documents(DOCUMENTS.with_columns(**other)) != name_documents(DOCUMENTS)


def test_what_failed_is_part_of_the_name() -> None:
    names = {
        name_documents(DOCUMENTS),
        compute_batch_id(DOCUMENTS, make_rejects("x"), NO_FETCHES),
        compute_batch_id(DOCUMENTS, NO_REJECTS, make_fetches("x")),
    }
    assert len(names) == 3


def test_a_batch_with_one_document_twice_has_another_name() -> None:
    assert name_documents(make_documents("a.txt", "a.txt")) != name_documents(make_documents("a.txt"))


def test_a_batch_that_is_there_is_not_written_again_on_another_day(tmp_path: Path) -> None:
    path = RawStore.open(tmp_path).keep(DOCUMENTS, NO_REJECTS, day=DAY).documents_path
    os.utime(path, (0, 0))
    assert RawStore.open(tmp_path).keep(DOCUMENTS, NO_REJECTS, day=date(2026, 11, 27)).documents_path == path
    assert path.stat().st_mtime == 0


def test_a_batch_that_a_killed_run_left_without_its_documents_is_made_whole(tmp_path: Path) -> None:
    whole = RawStore.open(tmp_path / "whole").keep(DOCUMENTS, make_rejects("x"), day=DAY)
    for folder in ("read", "adopted"):
        RawStore.open(tmp_path / folder).keep(DOCUMENTS, make_rejects("x"), day=DAY).documents_path.unlink()
    read = RawStore.open(tmp_path / "read").keep(DOCUMENTS, make_rejects("x"), day=date(2026, 11, 27))
    adopted = RawStore.open(tmp_path / "adopted").adopt(whole)
    assert read.read_documents().equals(DOCUMENTS)
    assert adopted.read_documents().equals(DOCUMENTS)


def test_batches_are_listed_by_day_and_name_and_nothing_else_is(tmp_path: Path) -> None:
    store = RawStore.open(tmp_path)
    kept = [store.keep(make_documents(f"{number}.txt"), NO_REJECTS, day=DAY) for number in range(5)]
    (tmp_path / "date=2026-11-26" / ".x.parquet.1-0f.tmp").touch()
    (tmp_path / "notes.txt").touch()
    assert list(list_batches(tmp_path)) == sorted(kept, key=lambda batch: batch.batch_id)


def test_batches_of_earlier_code_are_listed_too(tmp_path: Path) -> None:
    (tmp_path / "0a").mkdir()
    DOCUMENTS.write_parquet(tmp_path / "0a" / f"{'0a' * 32}.parquet")
    (batch,) = list_batches(tmp_path)
    assert batch.read_documents().equals(DOCUMENTS)


def test_a_store_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert list(list_batches(tmp_path / "gone")) == []


def test_a_batch_of_another_store_is_taken_over_under_its_day_once(tmp_path: Path) -> None:
    given = RawStore.open(tmp_path / "old").keep(DOCUMENTS, make_rejects("x"), day=DAY)
    store = RawStore.open(tmp_path / "new")
    taken = store.adopt(given)
    assert taken == RawBatch(batch_id=given.batch_id, folder=tmp_path / "new" / "date=2026-11-26")
    assert taken.read_documents().equals(DOCUMENTS)
    assert taken.read_rejects().equals(make_rejects("x"))
    assert store.adopt(given) == taken
    assert len(list(taken.folder.iterdir())) == 2


def test_a_damaged_batch_is_told(tmp_path: Path) -> None:
    path = RawStore.open(tmp_path).keep(DOCUMENTS, NO_REJECTS, day=DAY).documents_path
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(StageError, match=rf"{path.name}: .+; put back a copy of it; without one delete it, and fetch"):
        RawStore.open(tmp_path).known[path.stem].read_documents()


def test_a_file_of_earlier_code_is_read_with_the_columns_of_today(tmp_path: Path) -> None:
    batch = RawBatch(batch_id="0" * 64, folder=tmp_path)
    DOCUMENTS.drop("reader", "final_uri").write_parquet(batch.documents_path)
    assert batch.read_documents().equals(DOCUMENTS.with_columns(reader=pl.lit(None, pl.String)))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param("00000001b.txt", ["b.txt"], id="hash"),
        pytest.param("00000001", ["b.txt"], id="start of a hash"),
        pytest.param("0000000", [], id="too short a start"),
        pytest.param("a.txt", ["a.txt"], id="external id"),
        pytest.param("file:///news/a.txt", ["a.txt"], id="address"),
        pytest.param("c.txt", [], id="unknown"),
    ],
)
def test_a_document_is_found_by_each_of_its_names(tmp_path: Path, wanted: str, found: list[str]) -> None:
    batch = RawStore.open(tmp_path).keep(DOCUMENTS, NO_REJECTS, day=DAY)
    assert [row["external_id"] for row in find_documents([batch], wanted)] == found


def test_an_answer_of_each_batch_that_was_fetched_is_listed(tmp_path: Path) -> None:
    store = RawStore.open(tmp_path)
    assert store.list_answers().is_empty()
    store.keep(make_documents("a.txt"), NO_REJECTS, day=DAY)
    kept = [
        store.keep(documents, NO_REJECTS, day=DAY, fetches=make_fetches(*urls))
        for documents, urls in (
            (make_documents("b"), ("http://b", "http://b2")),
            (RAW_DOCUMENT.to_frame(), ("http://c",)),
        )
    ]
    answers = {row[0]: row[1:] for row in RawStore.open(tmp_path).list_answers().rows()}
    assert answers == {
        kept[0].batch_id: ("a.example", "http://b", MOMENT),
        kept[1].batch_id: ("a.example", "http://c", MOMENT),
    }


def test_a_damaged_answer_is_named(tmp_path: Path) -> None:
    store = RawStore.open(tmp_path)
    batch = store.keep(make_documents("a"), NO_REJECTS, day=DAY, fetches=make_fetches("http://a"))
    batch.fetches_path.write_bytes(b"no parquet")
    with pytest.raises(StageError, match=r"cannot read .+; put back a copy"):
        store.list_answers()
