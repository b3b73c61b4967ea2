"""What the warehouse says of an article that is to be explained: found by each of its names, with all evidence."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.samples import (
    frame_dates,
    frame_edge_lines,
    frame_mentions,
    frame_observations,
    frame_provenance,
    frame_removed_lines,
    frame_texts,
    load_article,
    load_sample,
    make_credit,
    make_run,
    make_version,
    settle,
)
from warehouse.connection import connect
from warehouse.errors import MissingWarehouseError
from warehouse.explain import count_removed_lines, find_articles, read_article_evidence, suggest_articles
from warehouse.load import load_observations, load_run, load_texts
from warehouse.publish import build_aside

Publish = Callable[[Callable[[duckdb.DuckDBPyConnection], object]], Path]

BODY = "The ferry to the northern islands sails again on Monday, the harbour office of Vantry said. " * 4


def find(path: Path, name: str, **addresses: str) -> list[tuple[str, str]]:
    """Return the key of each article that is known under a name, and by what it is."""
    given: dict[str, str | None] = {"url": None, "page_id": None}
    found = find_articles(path, name, **(given | addresses))
    return [(row["article_key"], row["matched_by"]) for row in found]


def load_ferry(con: duckdb.DuckDBPyConnection) -> None:
    """Load an article in two versions, a copy of it, and another with the external_id of its own key."""
    first = make_version(1, "ferry", "c1", url="https://a.example/ferry", external_id="f1", is_current=False)
    second = make_version(2, "ferry", "c2", version=2, headline="Ferry", external_id="f1", author="Cy Orr")
    copy = make_version(3, "copy", "c3", external_id="f1")
    other = make_version(4, "other", "c4", external_id="2")
    load_article(con, first, second, copy, other, signed=[make_credit("Cy Orr", "Cy Orr")], run_key=7)
    texts = frame_texts(c1=BODY, c2=f"{BODY}\n\nIt is full.", c3=BODY, c4="Rain.")
    load_texts(con, texts, frame_mentions(), extraction_id="x1", run_key=7)
    lines = frame_removed_lines(("ferry", "c2", "share", "Tweet", 1, 1), ("ferry", "c1", "share", "Mail", 0, 1))
    load_observations(con, frame_observations(), frame_edge_lines(), lines, frame_provenance(), frame_dates())
    settle(con)
    load_run(con, make_run(7, model_name="toy"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a published warehouse with the ferry, only to be read."""
    path = tmp_path_factory.mktemp("ferry") / "warehouse.duckdb"
    with build_aside(path) as con:
        load_ferry(con)
    return path


@pytest.mark.parametrize(
    ("name", "addresses", "found"),
    [
        pytest.param("1", {}, [("1", "article_key")], id="a key, of an earlier version"),
        pytest.param("2", {}, [("2", "article_key")], id="a key goes before an external_id"),
        pytest.param("ferry", {}, [("2", "article_id")], id="an article_id, its current version"),
        pytest.param("x", {"url": "https://a.example/ferry"}, [("2", "url")], id="an address of an earlier version"),
        pytest.param("x", {"page_id": "ferry"}, [("2", "article_id")], id="another address of the page"),
        pytest.param("f1", {}, [("3", "external_id"), ("2", "external_id")], id="an external_id of two articles"),
        pytest.param("9" * 30, {}, [], id="a number too large for a key"),
        pytest.param("-1", {}, [], id="a special member"),
        pytest.param("'; drop table dim_article; --", {}, [], id="a hostile name"),
    ],
)
def test_an_article_is_found_by_each_of_its_names(
    path: Path, name: str, addresses: dict[str, str], found: list[tuple[str, str]]
) -> None:
    assert find(path, name, **addresses) == found


def test_what_is_much_like_a_name_is_suggested(path: Path) -> None:
    assert suggest_articles(path, "fery") == ["ferry"]
    assert suggest_articles(path, "zzzz") == []


def test_versions_say_what_changed(path: Path) -> None:
    versions = read_article_evidence(path, 2).versions
    columns = ("article_key", "is_headline_changed", "is_body_changed", "word_count_change")
    assert [tuple(row[column] for column in columns) for row in versions] == [
        ("1", False, False, None),
        ("2", True, True, 0),
    ]


def test_the_evidence_is_of_the_version_asked_for(path: Path) -> None:
    evidence = read_article_evidence(path, 2)
    assert evidence.article["body"].endswith("It is full.")
    assert [(row["line"], row["paragraph_number"]) for row in evidence.removed_lines] == [("Tweet", 1)]
    assert [row["credited_name"] for row in evidence.authors] == ["Cy Orr"]
    assert [(row["raw_hash"], row["is_of_version"]) for row in evidence.provenance] == [
        ("raw-ferry-c2", True),
        ("raw-ferry-c1", False),
    ]
    assert [row["method"] for row in evidence.dates] == ["record_published"]
    assert evidence.run is not None
    assert (evidence.run["run_key"], evidence.run["model_name"]) == ("7", "toy")
    assert read_article_evidence(path, 1).authors == []


def test_a_story_says_how_much_its_articles_have_in_common(path: Path) -> None:
    story = read_article_evidence(path, 2).story_articles
    columns = ("article_id", "is_original", "is_explained", "similarity_ratio")
    # The first version of the ferry has the words of the copy.
    assert [tuple(row[column] for column in columns) for row in story] == [
        ("copy", True, False, 1.0),
        ("ferry", False, True, None),
    ]


def test_lines_are_counted_by_outlet_and_rule(path: Path) -> None:
    rows = count_removed_lines(path, "A.EXAMPLE")
    assert [(row["source_id"], row["rule"], row["removed_count"], row["article_count"]) for row in rows] == [
        ("a.example", "share", 2, 1)
    ]
    assert count_removed_lines(path, None) == rows
    assert count_removed_lines(path, "b.example") == []


def test_a_warehouse_is_explained_while_the_next_one_is_being_built(publish: Publish) -> None:
    path = publish(load_sample)

    def explain_meanwhile(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("delete from dim_run")
        assert read_article_evidence(path, 1).run is not None

    publish(explain_meanwhile)
    with connect(path, read_only=True):
        assert read_article_evidence(path, 1).run is None


def test_there_is_nothing_to_explain_before_the_first_load(published: Path) -> None:
    with pytest.raises(MissingWarehouseError, match="dateline run"):
        read_article_evidence(published, 1)
