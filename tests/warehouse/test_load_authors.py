"""Authors: who signed which version, whatever the order of loading, and by which rules that was read."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.copies import open_copy
from tests.warehouse.samples import LOADED_AT, fetch, frame_versions, load_article, make_credit, make_version, sign
from warehouse.connection import connect
from warehouse.load import load_versions
from warehouse.load_authors import list_unread_bylines
from warehouse.migrate import apply_migrations
from warehouse.watermarks import set_watermarks

Con = duckdb.DuckDBPyConnection

BOTH = "Cy Orr and Di Poe"
CREDITS = [
    make_credit(BOTH, "Cy Orr", weight=0.5),
    make_credit(BOTH, "Di Poe", position=2, weight=0.5),
    make_credit("CY ORR", "Cy Orr"),
    make_credit("Di Poé", "Di Poé", author_key=make_credit("", "Di Poe")["author_key"], author_id="di poe"),
    make_credit("Wire", "Wire", author_type="agency"),
    make_credit("Wire", "Wire", author_type="outlet", author_types="Organization"),
]
BRIDGE = """
    select article_key, name, position, weight
    from bridge_article_author join dim_author using (author_key) order by all
"""


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Con]:
    """Give an empty warehouse."""
    with closing(connect(tmp_path / "warehouse.duckdb")) as connection:
        apply_migrations(connection)
        yield connection


def read_both(con: Con) -> list[Any]:
    """Return the rows of both tables."""
    return [con.table(name).order("all").fetchall() for name in ("dim_author", "bridge_article_author")]


def test_an_article_of_two_is_halved(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1", author=BOTH), signed=CREDITS)
    assert fetch(con, BRIDGE) == [(1, "Cy Orr", 1, 0.5), (1, "Di Poe", 2, 0.5)]


@pytest.mark.parametrize("author", [None, "x@a.example"], ids=["no byline", "a byline that names nobody"])
def test_an_article_of_nobody_is_of_the_unknown_author(con: Con, author: str | None) -> None:
    load_article(con, make_version(1, "one", "c1", author=author), signed=CREDITS)
    assert fetch(con, BRIDGE) == [(1, "(unknown)", 1, 1.0)]


def test_a_byline_is_read_once(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1", author=BOTH), make_version(2, "two", "c2", author=BOTH))
    assert sign(con, *CREDITS) == []


def test_other_rules_read_all_bylines_anew(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1", author=BOTH), signed=CREDITS)
    assert sign(con, make_credit(BOTH, "Ed Fox"), rules_id="r2") == [BOTH]
    assert fetch(con, BRIDGE) == [(1, "Ed Fox", 1, 1.0)]
    assert fetch(con, "select name from dim_author where author_key >= 0") == ["Ed Fox"]


def test_a_version_with_another_byline_is_read_anew(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1", author=BOTH), signed=CREDITS)
    load_versions(con, frame_versions(make_version(1, "one", "c1", author="CY ORR")), run_key=2, ingested_at=LOADED_AT)
    assert sign(con, *CREDITS) == ["CY ORR"]
    assert fetch(con, BRIDGE) == [(1, "Cy Orr", 1, 1.0)]
    assert fetch(con, "select name from dim_author where author_key >= 0") == ["Cy Orr"]


def test_what_structured_data_says_tells_two_bylines_apart(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1", author="Wire", author_types="Organization"), signed=CREDITS)
    assert fetch(con, "select credited_type from bridge_article_author") == ["outlet"]


def test_authors_do_not_depend_on_the_order_of_loading(con: Con, empty_warehouse: Path, tmp_path: Path) -> None:
    versions = [
        make_version(1, "one", "c1", author=BOTH),
        make_version(2, "two", "c2", author="Di Poé"),
        make_version(3, "three", "c3", author="Wire"),
        make_version(4, "four", "c4", author="Wire", author_types="Organization"),
    ]
    load_article(con, *versions, signed=CREDITS)
    expected = read_both(con)
    turned = [versions[start:] + versions[:start] for start in range(len(versions))]
    for number, order in enumerate(turned + [rest[::-1] for rest in turned]):
        with open_copy(empty_warehouse, tmp_path / f"{number}.duckdb") as other:
            for version in order:
                load_article(other, version, signed=CREDITS)
            assert read_both(other) == expected


def test_what_was_read_before_a_connection_is_read_again_by_other_rules_alone(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1", author="Ann Lee"), signed=[make_credit("Ann Lee", "Ann Lee")])
    set_watermarks(con)
    con.execute("reset variable watermark_byline")
    assert list_unread_bylines(con, rules_id="r1").is_empty()
    assert list_unread_bylines(con, rules_id="r2")["author"].to_list() == ["Ann Lee"]
    assert list_unread_bylines(con, rules_id="r2")["author"].to_list() == ["Ann Lee"]  # nobody read it yet
