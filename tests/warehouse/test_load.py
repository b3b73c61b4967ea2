"""Each loader: what it writes, what it leaves alone, and that neither order nor repetition matters."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    Row,
    fetch,
    frame_dates,
    frame_edge_lines,
    frame_observations,
    frame_provenance,
    frame_removed_lines,
    frame_sources,
    make_observation,
    make_provenance,
    make_run,
    make_source,
    observe,
)
from transforms.schemas import OBSERVATION, REJECT
from warehouse.errors import InvalidFrameError
from warehouse.load import (
    load_observations,
    load_rejects,
    load_run,
    read_observations,
)
from warehouse.load_sources import load_sources

Con = duckdb.DuckDBPyConnection

EARLY = datetime(2026, 11, 18, tzinfo=UTC)
LATE = EARLY + timedelta(days=1)


def frame_ids(*article_ids: str) -> pl.DataFrame:
    return pl.DataFrame({"article_id": article_ids}, schema={"article_id": pl.String()})


def read_all(con: Con, *article_ids: str) -> list[Row]:
    return read_observations(con, frame_ids(*article_ids)).rows(named=True)


# observations


def test_an_observation_comes_back_as_it_went_in(con: Con) -> None:
    given = frame_observations(make_observation("one", "c1", url="https://a.example/1", modified_at=LATE))
    load_observations(con, given, frame_edge_lines(), frame_removed_lines(), frame_provenance(), frame_dates())
    read = read_observations(con, frame_ids("one"))
    assert read.schema == OBSERVATION
    assert read.equals(given)


def test_only_the_articles_asked_for_are_read_and_in_order(con: Con) -> None:
    observe(con, *(make_observation(name, "c1") for name in ("two", "one", "three")))
    assert [row["article_id"] for row in read_all(con, "two", "one", "none")] == ["one", "two"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"ingested_at": EARLY}, 2, id="read-at-another-time"),
        pytest.param({"content_hash": "c2"}, 2, id="other-content"),
        pytest.param({"published_at": LATE}, 2, id="other-publication"),
        pytest.param({"published_at": None, "modified_at": LATE}, 2, id="other-modification"),
        pytest.param({"headline": "Rain again"}, 1, id="nothing-of-the-grain"),
    ],
)
def test_the_grain_of_an_observation(con: Con, changes: Row, expected: int) -> None:
    observe(con, make_observation("one", "c1"), make_observation("one", "c1", **changes))
    assert len(read_all(con, "one")) == expected


def test_observations_that_say_when_they_were_changed_are_not_told_apart_by_when_they_were_ingested(con: Con) -> None:
    rows = [make_observation("one", "c1", modified_at=LATE, ingested_at=at) for at in (EARLY, LATE)]
    observe(con, *rows)
    assert [row["ingested_at"] for row in read_all(con, "one")] == [EARLY]


def test_undated_observations_are_told_apart_by_when_they_were_ingested(con: Con) -> None:
    observe(
        con,
        make_observation("one", "c1", published_at=None, ingested_at=EARLY),
        make_observation("one", "c1", published_at=None, ingested_at=LATE),
        make_observation("one", "c1", published_at=None, ingested_at=LATE, ingested_uri="file:///a.txt"),
    )
    assert [(row["ingested_at"], row["ingested_uri"]) for row in read_all(con, "one")] == [
        (EARLY, "file:///one.txt"),
        (LATE, "file:///a.txt"),
    ]


TWINS = (
    make_observation("one", "c1", modified_at=LATE, ingested_at=EARLY, ingested_uri="file:///b", headline="B"),
    make_observation("one", "c1", modified_at=LATE, ingested_at=LATE, ingested_uri="file:///a", headline="A"),
    make_observation("one", "c1", modified_at=LATE, ingested_at=EARLY, ingested_uri="file:///b", headline="C"),
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("together", [True, False], ids=["one-frame", "three-frames"])
def test_the_first_ingested_of_two_alike_stays_whatever_came_first(
    con: Con,
    order: Sequence[int],
    together: bool,  # noqa: FBT001 - a parametrized test has no keyword callers
) -> None:
    rows = [TWINS[position] for position in order]
    for batch in [rows] if together else [[row] for row in rows]:
        observe(con, *batch)
    assert [row["headline"] for row in read_all(con, "one")] == ["B"]


def test_the_newest_text_holds_for_every_observation_of_a_sources_content(con: Con) -> None:
    observe(
        con,
        make_observation("one", "c1"),
        make_observation("two", "c1"),
        make_observation("three", "c1", source_id="b.example"),
    )
    later = make_observation("one", "c1", published_at=LATE, text_hash="trimmed")
    touched = observe(con, later)
    texts = {(row["article_id"], row["text_hash"]) for row in read_all(con, "one", "two", "three")}
    assert texts == {("one", "trimmed"), ("two", "trimmed"), ("three", "text-c1")}
    assert touched["article_id"].to_list() == ["one", "two"]


def test_two_texts_for_one_content_in_a_frame_are_refused(con: Con) -> None:
    with pytest.raises(InvalidFrameError, match=r"a\.example"):
        observe(con, make_observation("one", "c1"), make_observation("two", "c1", text_hash="other"))
    assert fetch(con, "select * from article_observation") == []


def test_lines_are_kept_once(con: Con) -> None:
    edge_lines = frame_edge_lines(*[("a.example", "one", "c1", "Follow us", True)] * 2)
    removed_lines = frame_removed_lines(*[("one", "c1", "repeated", "Follow us", 0, None)] * 2)
    for _ in range(2):
        load_observations(con, frame_observations(), edge_lines, removed_lines, frame_provenance(), frame_dates())
    assert fetch(con, "from article_edge_line") == [("a.example", "one", "c1", "Follow us", True)]
    assert fetch(con, "from article_removed_line") == [("one", "c1", "repeated", "Follow us", 0, None)]


def test_a_line_whose_place_was_not_kept_gets_it_when_it_is_met_again(con: Con) -> None:
    for paragraph_number, line_number in ((None, None), (3, 1)):
        removed = frame_removed_lines(("one", "c1", "share", "Tweet", paragraph_number, line_number))
        load_observations(con, frame_observations(), frame_edge_lines(), removed, frame_provenance(), frame_dates())
    assert fetch(con, "select paragraph_number, line_number from article_removed_line") == [(3, 1)]


# sources


def load_named_sources(con: Con, *names: tuple[str, str | None]) -> None:
    rows = [
        make_observation(f"article-{number}", "c1", source_name=name, source_domain=domain)
        for number, (name, domain) in enumerate(names)
    ]
    observe(con, *rows)
    load_sources(con, frame_sources(make_source()), loaded_at=LOADED_AT)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param([("B", "b.example"), ("A", "a.example"), ("B", "b.example")], ("B", "b.example"), id="majority"),
        pytest.param([("B", "b.example"), ("A", "a.example")], ("A", "a.example"), id="tie"),
        pytest.param([("A", None), ("A", None), ("A", "a.example")], ("A", "a.example"), id="silence-is-no-vote"),
        pytest.param([("A", None)], ("A", None), id="no-domain"),
    ],
)
def test_a_source_is_named_as_most_documents_name_it(
    con: Con,
    names: list[tuple[str, str | None]],
    expected: tuple[str, str | None],
) -> None:
    load_named_sources(con, *names)
    assert fetch(con, "select name, domain from dim_source where source_key = 10") == [expected]


def test_a_source_keeps_its_row_when_its_name_changes(con: Con) -> None:
    load_named_sources(con, ("A", "a.example"))
    load_named_sources(con, ("A", "a.example"), ("B", None), ("B", None))
    assert fetch(con, "select name, domain, is_current from dim_source where source_key >= 0") == [
        ("B", "a.example", True),
    ]


# rejects and runs


@pytest.mark.parametrize("details", [("HTTP 429", "HTTP 500"), ("HTTP 500", "HTTP 429")], ids=["as is", "turned"])
def test_the_detail_of_a_reject_does_not_depend_on_the_order_of_runs(con: Con, details: tuple[str, str]) -> None:
    for number, detail in enumerate(details):
        rejects = pl.DataFrame([("http://a", "a", None, "http_error", detail)], schema=REJECT, orient="row")
        load_rejects(con, rejects, run_key=number, rejected_at=EARLY)
    assert fetch(con, "select detail, run_key from rejected_document") == [("HTTP 429", 0)]


def test_a_reject_is_kept_once_with_the_run_that_saw_it_first(con: Con) -> None:
    rows = [("file:///x", "x", None, "unreadable", "denied"), ("file:///x", "x", "h", "empty", "no text")]
    rejects = pl.DataFrame(rows, schema=REJECT, orient="row")
    load_rejects(con, pl.concat([rejects, rejects]), run_key=1, rejected_at=EARLY)
    load_rejects(con, rejects, run_key=2, rejected_at=LATE)
    assert fetch(con, "select reason, run_key, rejected_at from rejected_document order by reason") == [
        ("empty", 1, EARLY.replace(tzinfo=None)),
        ("unreadable", 1, EARLY.replace(tzinfo=None)),
    ]


def refuse(con: Con, uri: str, reason: str, *, run_key: int = 1) -> None:
    """Refuse a document of the bytes h."""
    rejects = pl.DataFrame([(uri, "x", "h", reason, "")], schema=REJECT, orient="row")
    load_rejects(con, rejects, run_key=run_key, rejected_at=EARLY)


def test_a_document_that_killed_and_is_read_is_refused_no_more(con: Con) -> None:
    for uri in ("file:///x", "file:///y"):
        refuse(con, uri, "worker_killed")
    refuse(con, "file:///x", "empty")
    observe(
        con, make_observation("x", "c"), provenance=[make_provenance("x", "c", ingested_uri="file:///x", raw_hash="h")]
    )
    assert fetch(con, "select uri, reason from rejected_document order by all") == [
        ("file:///x", "empty"),
        ("file:///y", "worker_killed"),
    ]


def test_a_document_that_killed_and_is_refused_for_something_else_is_so_for_that_alone(con: Con) -> None:
    refuse(con, "file:///x", "worker_killed")
    refuse(con, "file:///x", "empty", run_key=2)
    assert fetch(con, "select reason, run_key from rejected_document") == [("empty", 2)]


def test_a_run_is_kept_with_all_it_says(con: Con) -> None:
    load_run(con, make_run(5, read_count=3, loaded_count=3, model_name="m", error="disk", removed_line_count=2))
    assert fetch(con, "select run_key, started_at, read_count, model_name, error, removed_line_count from dim_run") == [
        (5, LOADED_AT.replace(tzinfo=None), 3, "m", "disk", 2),
    ]
