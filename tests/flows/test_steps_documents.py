"""A run for an interval takes the documents of its interval and outlets; what it fetched it takes whole."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from flows.context import Interval, RunContext
from flows.raw_store import RawStore
from flows.settings import Settings
from flows.stage import read_parquet, write_parquet
from flows.steps.documents import list_documents, select_documents
from flows.steps.ingest import Ingested, IngestedBatch
from flows.steps.normalize import NormalizedBatch
from transforms.schemas import ARTICLE, RAW_DOCUMENT, REJECT, WITHDRAWAL
from transforms.source_schemas import FETCH

DAY = Interval(datetime(2026, 11, 3, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC))
FETCHED_AT = datetime(2026, 11, 3, 12, tzinfo=UTC)


def make_raw(name: str, *, source: str = "a.example", fetched_at: datetime = FETCHED_AT) -> dict[str, object]:
    """Return a RAW_DOCUMENT row."""
    return {
        **dict.fromkeys(RAW_DOCUMENT),
        "uri": f"file:///{name}",
        "external_id": name,
        "media_type": "text/plain",
        "source_hint": source,
        "fetched_at": fetched_at,
        "raw_hash": f"raw-{name}",
        "payload": b"",
    }


def make_article(name: str, *, source: str = "a.example", published_at: datetime | None = None) -> dict[str, object]:
    """Return an ARTICLE row, as far as it matters here."""
    return {
        **dict.fromkeys(ARTICLE),
        "article_id": name,
        "source_id": source,
        "published_at": published_at,
        "ingested_at": FETCHED_AT,
        "raw_hash": f"raw-{name}",
    }


@pytest.fixture
def context(tmp_path: Path) -> RunContext:
    """Return a run for a day."""
    return RunContext.start(Settings(home=tmp_path), interval=DAY)


@pytest.fixture
def read(context: RunContext, tmp_path: Path) -> tuple[Ingested, list[NormalizedBatch]]:
    """Return a batch: an article of the day, one of the day before, an undated one, and a refused one."""
    raw = [make_raw(name) for name in ("today", "before", "undated")] + [make_raw("refused", source="B Weekly")]
    store = RawStore.open(context.home.raw_path)
    kept = store.keep(pl.DataFrame(raw, schema=RAW_DOCUMENT), REJECT.to_frame(), day=FETCHED_AT.date())
    articles = [
        make_article("today", published_at=DAY.start),
        make_article("before", published_at=datetime(2026, 11, 2, 23, 59, tzinfo=UTC)),
        make_article("undated"),
    ]
    refused = ("file:///refused", "refused", "raw-refused", "empty", "")
    stage = NormalizedBatch(
        articles_path=tmp_path / "articles.parquet",
        rejects_path=tmp_path / "rejects.parquet",
        withdrawals_path=tmp_path / "withdrawals.parquet",
    )
    write_parquet(pl.DataFrame(articles, schema=ARTICLE), stage.articles_path)
    write_parquet(pl.DataFrame([refused], schema=REJECT, orient="row"), stage.rejects_path)
    write_parquet(WITHDRAWAL.to_frame(), stage.withdrawals_path)
    batch = IngestedBatch(batch_id=kept.batch_id, raw_path=kept.documents_path, document_count=4)
    return Ingested(batches=[batch], rejects=REJECT.to_frame(), fetches=FETCH.to_frame()), [stage]


Read = tuple[Ingested, list[NormalizedBatch]]


def test_a_document_is_dated_by_itself_else_by_when_it_was_fetched(read: Read, context: RunContext) -> None:
    documents = list_documents(read[0].batches, read[1], context)

    assert documents.select("raw_hash", "source_id", "dated_at", "is_rejected").rows() == [
        ("raw-today", "a.example", DAY.start, False),
        ("raw-before", "a.example", datetime(2026, 11, 2, 23, 59, tzinfo=UTC), False),
        ("raw-undated", "a.example", FETCHED_AT, False),
        ("raw-refused", "b weekly", FETCHED_AT, True),
    ]


def test_a_document_that_kills_whoever_reads_it_does_not_count_as_there(read: Read, context: RunContext) -> None:
    killed = ("file:///refused", "refused", "raw-refused", "worker_killed", "")
    write_parquet(pl.DataFrame([killed], schema=REJECT, orient="row"), read[1][0].rejects_path)
    documents = list_documents(read[0].batches, read[1], context)

    assert documents.filter("is_rejected").select("raw_hash", "source_id").rows() == [(None, "b weekly")]


def test_what_is_of_the_interval_is_taken_and_counted(read: Read, context: RunContext) -> None:
    taken, (stage,) = select_documents(*read, context=context)

    assert read_parquet(stage.articles_path)["article_id"].to_list() == ["today", "undated"]
    assert read_parquet(stage.rejects_path)["uri"].to_list() == ["file:///refused"]
    assert [batch.document_count for batch in taken.batches] == [3]


def test_what_is_of_other_outlets_is_left(read: Read, context: RunContext) -> None:
    limited = replace(context, source_ids=frozenset({"b weekly"}))
    taken, (stage,) = select_documents(*read, context=limited)

    assert read_parquet(stage.articles_path).is_empty()
    assert taken.documents["raw_hash"].to_list() == ["raw-refused"]


def test_a_batch_without_anything_of_the_interval_is_left(read: Read, context: RunContext) -> None:
    later = replace(context, interval=Interval(DAY.end, datetime(2026, 11, 5, tzinfo=UTC)))
    taken, stages = select_documents(*read, context=later)

    assert (taken.batches, stages, taken.documents.height) == ([], [], 0)


def test_what_was_fetched_is_taken_whole(read: Read, context: RunContext) -> None:
    fetched = replace(read[0], is_fetched=True)
    taken, stages = select_documents(fetched, read[1], context=context)

    assert (taken.batches, stages) == (read[0].batches, read[1])
    assert taken.documents.height == 4
