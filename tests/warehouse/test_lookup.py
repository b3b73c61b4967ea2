"""What the published warehouse says it knows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import (
    LOADED_AT,
    frame_dates,
    frame_edge_lines,
    frame_fetches,
    frame_mentions,
    frame_observations,
    frame_provenance,
    frame_removed_lines,
    frame_sources,
    frame_texts,
    frame_versions,
    load_article,
    make_fetch,
    make_observation,
    make_source,
    make_version,
    observe,
)
from transforms.schemas import OBSERVATION
from warehouse.errors import WarehouseError
from warehouse.load import load_observations, load_texts, load_versions
from warehouse.load_sources import load_fetches, load_sources
from warehouse.lookup import (
    find_repeated_lines,
    find_unknown_answers,
    read_articles_with_lines,
    read_known_contents,
    read_trimmed_lines,
)
from warehouse.publish import build_aside

Publish = Callable[[Callable[[duckdb.DuckDBPyConnection], object]], Path]


def ask(*pairs: tuple[str, str]) -> pl.DataFrame:
    return pl.DataFrame(pairs, schema={"article_id": pl.String(), "content_hash": pl.String()}, orient="row")


def repeat(*rows: tuple[str, str, bool]) -> pl.DataFrame:
    schema = {"source_id": pl.String(), "line": pl.String(), "is_head": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_an_answer_that_was_not_loaded_is_unknown(published: Path, publish: Publish) -> None:
    one, two = (make_fetch(f"https://a.example/{number}", LOADED_AT) for number in range(2))
    later = make_fetch("https://a.example/0", LOADED_AT + timedelta(microseconds=1))
    given = frame_fetches(one, two, later).select("source_id", "url", "fetched_at", batch_id=pl.lit("x"))
    assert find_unknown_answers(published, given).equals(given)
    publish(lambda con: load_fetches(con, frame_fetches(one)))
    unknown = find_unknown_answers(published, given)
    assert sorted(unknown["url"]) == ["https://a.example/0", "https://a.example/1"]
    assert unknown["batch_id"].to_list() == ["x", "x"]


def test_a_warehouse_of_code_that_fetched_nothing_knows_no_answer(published: Path, publish: Publish) -> None:
    given = frame_fetches(make_fetch("https://a.example/1", LOADED_AT)).select("source_id", "url", "fetched_at")
    publish(lambda con: con.execute("drop table source_fetch"))
    assert find_unknown_answers(published, given).equals(given)


@pytest.mark.parametrize("has_places", [True, False], ids=["now", "a file of earlier code"])
def test_lines_trimmed_before_are_known_by_their_content(publish: Publish, *, has_places: bool) -> None:
    def load(con: duckdb.DuckDBPyConnection) -> None:
        lines = frame_removed_lines(
            ("one", "c1", "r", "Desk", 2, None), ("one", "c1", "s", "Mail", 0, 1), ("two", "c2", "r", "Desk", 1, None)
        )
        load_observations(con, frame_observations(), frame_edge_lines(), lines, frame_provenance(), frame_dates())
        if not has_places:
            con.execute("alter table article_removed_line drop column paragraph_number")

    known = read_trimmed_lines(publish(load), ask(("one", "c1")), rule="r")
    assert known.select("article_id", "rule", "line").rows() == [("one", "r", "Desk")]
    assert ("paragraph_number" in known.columns) is has_places


def test_nothing_is_known_before_the_first_load(published: Path) -> None:
    known = read_known_contents(published, ask(("one", "c1")))
    assert known.is_empty()
    assert known.columns == ["article_id", "content_hash", "text_hash", "extraction_id"]
    assert not published.exists()


def test_a_pair_is_known_by_article_and_content_together(publish: Publish) -> None:
    def load(con: duckdb.DuckDBPyConnection) -> None:
        observe(con, make_observation("one", "c1"), make_observation("two", "c2"))

    known = read_known_contents(publish(load), ask(("one", "c1"), ("one", "c2"), ("three", "c1")))
    assert known.rows() == [("one", "c1", "text-c1", None)]


def test_a_pair_seen_and_asked_for_several_times_is_one_row(publish: Publish) -> None:
    def load(con: duckdb.DuckDBPyConnection) -> None:
        later = make_observation("one", "c1", published_at=datetime(2026, 11, 4, tzinfo=UTC))
        observe(con, make_observation("one", "c1"), later)

    assert read_known_contents(publish(load), ask(("one", "c1"), ("one", "c1"))).height == 1


def test_the_extraction_is_told_once_every_version_has_it(publish: Publish) -> None:
    def load(con: duckdb.DuckDBPyConnection) -> None:
        load_article(con, make_version(1, "one", "c1"), make_version(2, "two", "c2"))
        load_texts(con, frame_texts(c1="Rain fell."), frame_mentions(), extraction_id="x1", run_key=1)

    known = read_known_contents(publish(load), ask(("one", "c1"), ("two", "c2")))
    assert dict(known.select("article_id", "extraction_id").rows()) == {"one": "x1", "two": None}


def test_the_file_can_be_replaced_after_a_question(publish: Publish) -> None:
    path = publish(lambda con: observe(con, make_observation("one", "c1")))
    assert read_known_contents(path, ask(("two", "c2"))).is_empty()
    publish(lambda con: observe(con, make_observation("two", "c2")))
    assert read_known_contents(path, ask(("two", "c2"))).height == 1


def test_a_broken_file_is_our_error(published: Path) -> None:
    published.write_text("no database" * 1000, encoding="utf-8")
    with pytest.raises(WarehouseError):
        read_known_contents(published, ask(("one", "c1")))


def test_lines_are_counted_over_the_warehouse_and_the_rows_given(publish: Publish) -> None:
    def load(con: duckdb.DuckDBPyConnection) -> None:
        lines = frame_edge_lines(("a.example", "one", "c1", "Follow us", False))
        load_observations(con, frame_observations(), lines, frame_removed_lines(), frame_provenance(), frame_dates())

    given = frame_edge_lines(
        ("a.example", "one", "c1", "Follow us", False),  # the row the warehouse has: not counted twice
        ("a.example", "two", "c2", "Follow us", False),
        ("a.example", "two", "c2", "Rain fell.", True),
        ("a.example", "three", "c3", "Follow us", True),  # at the other end
        ("b.example", "four", "c4", "Follow us", False),  # of another outlet
    )
    repeated = find_repeated_lines(publish(load), given, min_article_count=2)
    assert repeated.rows() == [("a.example", "Follow us", False, 2)]


@pytest.mark.parametrize(
    "given",
    [
        pytest.param([("one", "c1"), ("one", "c2")], id="versions-of-one-article"),
        pytest.param([("one", "c1"), ("two", "c1")], id="one-text-under-two-addresses"),
    ],
)
def test_a_line_that_stands_in_one_text_only_is_not_repeated(published: Path, given: list[tuple[str, str]]) -> None:
    lines = frame_edge_lines(*[("a.example", article, content, "Follow us", True) for article, content in given])
    assert find_repeated_lines(published, lines, min_article_count=2).is_empty()
    assert find_repeated_lines(published, lines, min_article_count=1)["article_count"].to_list() == [1]


BODIES = {
    "c1": "Follow us\n\nRain fell.",
    "c2": "Rain fell.\n\nFollow us",
    "c3": "Follow us",
    "c4": "Follow us all\n\nRain fell.\n\nNow follow us",
    "c5": "Rain fell.\n\nFollow us\n\nIt stopped.",
}


def load_bodies(con: duckdb.DuckDBPyConnection) -> None:
    """Load an article for each of BODIES, its article_id the content's name with an a."""
    versions = [make_version(key, f"a{name}", name) for key, name in enumerate(BODIES)]
    load_article(con, *versions)
    load_texts(con, frame_texts(**BODIES), frame_mentions(), extraction_id="x1", run_key=1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(("a.example", "Follow us", True), ["ac1", "ac3"], id="head"),
        pytest.param(("a.example", "Follow us", False), ["ac2", "ac3"], id="tail"),
        pytest.param(("b.example", "Follow us", True), [], id="other-source"),
        pytest.param(("a.example", "Follow", True), [], id="part-of-a-paragraph"),
    ],
)
def test_articles_are_found_by_a_whole_paragraph_at_their_edge(
    publish: Publish,
    line: tuple[str, str, bool],
    expected: list[str],
) -> None:
    frames = list(read_articles_with_lines(publish(load_bodies), repeat(line), batch_rows=10))
    assert [article for frame in frames for article in frame["article_id"]] == expected


def test_found_articles_come_in_batches_with_observation_columns_and_body(publish: Publish) -> None:
    lines = repeat(("a.example", "Follow us", True), ("a.example", "Follow us", False))
    frames = list(read_articles_with_lines(publish(load_bodies), lines, batch_rows=2))
    assert [frame.height for frame in frames] == [2, 1]
    assert frames[0].schema == pl.Schema({**OBSERVATION, "body": pl.String()})
    assert (
        frames[0].drop("body").equals(frame_observations(make_observation("ac1", "c1"), make_observation("ac2", "c2")))
    )
    assert frames[0]["body"].to_list() == [BODIES["c1"], BODIES["c2"]]


def test_a_content_with_two_versions_is_found_once(publish: Publish) -> None:
    def load(con: duckdb.DuckDBPyConnection) -> None:
        observe(con, make_observation("one", "c1"))
        load_sources(con, frame_sources(make_source()), loaded_at=LOADED_AT)
        versions = frame_versions(
            make_version(1, "one", "c1", is_current=False),
            make_version(2, "one", "c1", version=2),
        )
        load_versions(con, versions, run_key=1, ingested_at=LOADED_AT)
        load_texts(con, frame_texts(c1="Follow us"), frame_mentions(), extraction_id="x1", run_key=1)

    (frame,) = read_articles_with_lines(publish(load), repeat(("a.example", "Follow us", True)), batch_rows=10)
    assert frame.height == 1


def test_no_article_is_found_before_the_first_load(published: Path) -> None:
    assert list(read_articles_with_lines(published, repeat(("a.example", "x", True)), batch_rows=10)) == []


def test_a_search_that_is_given_up_lets_go_of_the_file(publish: Publish) -> None:
    path = publish(load_bodies)
    search = read_articles_with_lines(path, repeat(("a.example", "Follow us", True)), batch_rows=1)
    next(search)
    search.close()  # type: ignore[attr-defined]  # the iterator is a generator
    with build_aside(path) as con:
        observe(con, make_observation("six", "c6"))
    assert read_known_contents(path, ask(("six", "c6"))).height == 1
