"""What the documents of an interval come to: counts an outlet, and a hash that only other documents change."""

from datetime import UTC, datetime

import polars as pl
import pytest

from transforms.intervals import DOCUMENT, INPUT, is_of, sum_inputs

MORNING = datetime(2026, 11, 3, 9, tzinfo=UTC)


def frame_documents(*rows: tuple[str, str, bool]) -> pl.DataFrame:
    """Return DOCUMENT rows: outlet, raw_hash, whether it was refused."""
    listed = [(0, source_id, MORNING, raw_hash, is_rejected) for source_id, raw_hash, is_rejected in rows]
    return pl.DataFrame(listed, schema=DOCUMENT, orient="row")


def test_each_outlet_has_its_documents_and_its_refused_ones() -> None:
    documents = frame_documents(("b", "r1", False), ("a", "r2", True), ("b", "r3", True), ("b", "r4", False))
    summed = sum_inputs(documents)

    assert summed.schema == INPUT
    assert summed.select("source_id", "document_count", "rejected_count").rows() == [("a", 1, 1), ("b", 3, 1)]


@pytest.mark.parametrize(
    ("rows", "is_same"),
    [
        pytest.param([("a", "r2", False), ("a", "r1", False)], True, id="another order"),
        pytest.param([("a", "r1", False), ("a", "r1", False), ("a", "r2", False)], True, id="one twice"),
        pytest.param([("a", "r1", False)], False, id="one less"),
        pytest.param([("a", "r1", False), ("a", "r3", False)], False, id="another one"),
    ],
)
def test_the_hash_is_another_when_the_documents_are(rows: list[tuple[str, str, bool]], *, is_same: bool) -> None:
    (expected,) = sum_inputs(frame_documents(("a", "r1", False), ("a", "r2", False)))["input_hash"]
    (found,) = sum_inputs(frame_documents(*rows))["input_hash"]

    assert (found == expected) is is_same


def test_no_documents_come_to_nothing() -> None:
    assert sum_inputs(DOCUMENT.to_frame()).is_empty()


def test_no_outlets_mean_all() -> None:
    documents = frame_documents(("a", "r1", False), ("b", "r2", False))

    assert documents.filter(is_of(pl.col("source_id"), frozenset()))["source_id"].to_list() == ["a", "b"]
    assert documents.filter(is_of(pl.col("source_id"), frozenset({"b"})))["source_id"].to_list() == ["b"]
