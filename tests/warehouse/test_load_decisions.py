"""What people decide, from the decisions file to what a query finds; and that taking a line away undoes it."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from flows.decisions_file import HEADING, parse_decisions
from flows.steps.resolve import resolve_entities
from tests.warehouse.samples import (
    count_names,
    fetch,
    frame_mentions,
    frame_texts,
    load_article,
    load_news,
    make_version,
    name_mention,
    settle,
)
from transforms.external_names import EXTERNAL_TABLE, expand_external_names
from warehouse.checks import run_checks
from warehouse.connection import connect
from warehouse.load import load_texts
from warehouse.load_decisions import EntityChanges, list_dangling, read_changes, remember_entities
from warehouse.load_expectations import refresh_expectations
from warehouse.publish import build_aside

Con = duckdb.DuckDBPyConnection
OWN_TABLES = ("dim_run", "schema_migration", "human_decision")


@pytest.fixture(scope="module")
def news_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a published warehouse of three articles, to be copied.

    One and two name Ann Lee, later Lee, and Bo Kim. Three names Ann Q Lee and Bo Kim. Rules take Ann Lee and Ann Q Lee
    for one, as both keep company with Bo Kim.
    """
    path = tmp_path_factory.mktemp("news") / "warehouse.duckdb"
    with build_aside(path) as con:
        load_news(con)
    return path


@pytest.fixture
def news(news_warehouse: Path, tmp_path: Path) -> Iterator[Con]:
    """Give a copy of that warehouse, under construction."""
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(news_warehouse, path)
    with closing(connect(path)) as con:
        yield con


def apply(con: Con, *lines: str, external: Sequence[Mapping[str, str]] = ()) -> None:
    """Resolve with a decisions file of these lines, each without who and when; line n was decided on the nth."""
    signed = [f"{line},,me,2026-11-{number:02}" for number, line in enumerate(lines, start=1)]
    file = parse_decisions("\n".join([HEADING, *signed]), Path("decisions.csv"))
    table = pl.DataFrame(external, schema=EXTERNAL_TABLE)
    names = expand_external_names(table)
    resolve_entities(con, resolver_version="v1", run_key=1, decisions=file.to_frame(), external_names=names)
    count_names(con)


def count_mentions(con: Con) -> dict[str, int]:
    """Return entity_id -> mentions, of entities with any."""
    query = "select entity_id, count(*) from fact_entity_mention join dim_entity using (entity_key) group by all"
    return dict(con.execute(query).fetchall())


def dump(con: Con) -> dict[str, list[Any]]:
    """Return the rows of all tables that resolution writes."""
    tables = fetch(con, "select table_name from duckdb_tables() where not temporary order by all")
    return {
        table: fetch(con, f"select * from {table} order by all")  # noqa: S608  a name from the catalog
        for table in tables
        if table not in OWN_TABLES
    }


ALONE = {"PERSON:ann lee": 5, "PERSON:bo kim": 3}


def test_the_rules_alone_make_two_people_of_the_three_names(news: Con) -> None:
    assert count_mentions(news) == ALONE


EFFECTS = {
    "merge": ("merge,PERSON:ann lee,,,PERSON:bo kim", {"PERSON:bo kim": 8}),
    "split-name": (
        "split,PERSON:ann lee,PERSON:ann q lee,,",
        {"PERSON:ann lee": 4, "PERSON:ann q lee": 1, "PERSON:bo kim": 3},
    ),
    "split-alias": (
        "split,PERSON:ann lee,Lee,,PERSON:ann lee#2",
        {"PERSON:ann lee": 3, "PERSON:ann lee#2": 2, "PERSON:bo kim": 3},
    ),
    "split-article": (
        "split,PERSON:ann lee,,two,PERSON:ann lee#2",
        {"PERSON:ann lee": 3, "PERSON:ann lee#2": 2, "PERSON:bo kim": 3},
    ),
    "split-article-by-external-id": (
        "split,PERSON:ann lee,,two.txt,PERSON:bo kim",
        {"PERSON:ann lee": 3, "PERSON:bo kim": 5},
    ),
    "split-alias-in-article": ("split,PERSON:ann lee,Lee,one,PERSON:bo kim", {"PERSON:ann lee": 4, "PERSON:bo kim": 4}),
    "split-name-to": (
        "split,PERSON:ann lee,PERSON:ann q lee,,PERSON:bo kim",
        {"PERSON:ann lee": 4, "PERSON:bo kim": 4},
    ),
    "former-id": ("merge,PERSON:ann q lee,,,PERSON:bo kim", {"PERSON:bo kim": 8}),
}


@pytest.mark.parametrize(("line", "expected"), EFFECTS.values(), ids=EFFECTS)
def test_mentions_go_where_people_say_and_back_when_the_line_is_gone(
    news: Con, line: str, expected: dict[str, int]
) -> None:
    before = dump(news)
    apply(news, line)
    assert count_mentions(news) == expected
    run_checks(news)
    apply(news)
    assert dump(news) == before


ATTRIBUTES = {
    "rename": ('rename,PERSON:bo kim,,,"Kim, ""Bo"""', "name", 'Kim, "Bo"', "Bo Kim"),
    "retype": ("retype,PERSON:bo kim,,,ORG", "entity_type", "ORG", "PERSON"),
    "hide": ("hide,PERSON:bo kim,,,", "is_hidden", True, False),
    "link": ("link,PERSON:bo kim,,,Q1", "external_id", "Q1", None),
}


@pytest.mark.parametrize(("line", "column", "after", "before"), ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_an_attribute_is_what_people_say_until_the_line_is_gone(
    news: Con, line: str, column: str, after: object, before: object
) -> None:
    query = f"select {column} from dim_entity where entity_id = 'PERSON:bo kim'"  # noqa: S608  a column named above
    apply(news, line)
    assert fetch(news, query) == [after]
    run_checks(news)
    apply(news)
    assert fetch(news, query) == [before]


def test_a_later_show_takes_an_earlier_hide_back(news: Con) -> None:
    apply(news, "hide,PERSON:bo kim,,,", "show,PERSON:bo kim,,,")
    assert fetch(news, "select is_hidden from dim_entity where entity_id = 'PERSON:bo kim'") == [False]
    assert fetch(news, "select status from human_decision order by line_number") == ["superseded", "applied"]


def test_an_entity_that_others_were_merged_into_keeps_its_name_and_the_other_id_redirects(news: Con) -> None:
    apply(news, "merge,PERSON:ann lee,,,PERSON:ann q lee")
    assert fetch(news, "select name, entity_id from dim_entity where entity_key >= 0 order by 1") == [
        ("Ann Q Lee", "PERSON:ann q lee"),
        ("Bo Kim", "PERSON:bo kim"),
    ]
    redirect = "select current_entity_id, rule, score from entity_redirect where entity_id = 'PERSON:ann lee'"
    assert fetch(news, redirect) == [("PERSON:ann q lee", "human", 1.0)]
    evidence = "select evidence from resolution_decision where rule = 'human'"
    assert fetch(news, evidence) == ["by me on 2026-11-01"]


def test_decisions_win_over_rules_that_see_the_names_for_the_first_time(news: Con) -> None:
    line = "split,PERSON:ann lee,PERSON:ann q lee,,"
    apply(news, line)
    load_article(news, make_version(4, "four", "c4"))
    mentions = frame_mentions(name_mention("c4", "Ann Q Lee", 0), name_mention("c4", "Bo Kim", 11))
    load_texts(news, frame_texts(c4="Ann Q Lee. Bo Kim."), mentions, extraction_id="x1", run_key=1)
    settle(news)
    refresh_expectations(news)
    apply(news, line)
    assert count_mentions(news) == {"PERSON:ann lee": 4, "PERSON:ann q lee": 2, "PERSON:bo kim": 4}
    run_checks(news)


def test_a_decision_on_what_is_not_here_is_listed_and_does_nothing(news: Con) -> None:
    apply(news, "merge,PERSON:al vo,,,PERSON:bo kim", "split,PERSON:ann lee,,nine,", "hide,ORG:x#1,,,")
    assert count_mentions(news) == ALONE
    assert list_dangling(news) == [
        {"line_number": 2, "detail": "no entity PERSON:al vo"},
        {"line_number": 3, "detail": "no article nine"},
        {"line_number": 4, "detail": "no entity ORG:x#1"},
    ]


def test_what_a_split_made_can_be_renamed_and_merged(news: Con) -> None:
    split = "split,PERSON:ann lee,Lee,,PERSON:ann lee#2"
    apply(news, split, "rename,PERSON:ann lee#2,,,Al Lee")
    assert fetch(news, "select name from dim_entity where entity_id = 'PERSON:ann lee#2'") == ["Al Lee"]
    apply(news, split, "merge,PERSON:ann lee#2,,,PERSON:bo kim")
    assert count_mentions(news) == {"PERSON:ann lee": 3, "PERSON:bo kim": 5}
    run_checks(news)


LINES = (
    "merge,PERSON:bo kim,,,PERSON:ann q lee",
    "split,PERSON:ann lee,PERSON:ann q lee,,",
    "split,PERSON:ann lee,Lee,,PERSON:ann lee#2",
    "rename,PERSON:ann lee#2,,,Al Lee",
)


def test_the_order_of_lines_does_not_matter(news: Con) -> None:
    found = []
    for turn in range(len(LINES)):
        lines = (*LINES[turn:], *LINES[:turn])[:: -1 if turn % 2 else 1]
        file = parse_decisions("\n".join([HEADING, *(f"{line},,me,2026-11-01" for line in lines)]), Path("d.csv"))
        resolve_entities(news, resolver_version="v1", run_key=1, decisions=file.to_frame())
        count_names(news)
        found.append(dump(news))
    assert found.count(found[0]) == len(found)
    assert count_mentions(news) == {"PERSON:ann lee": 2, "PERSON:ann lee#2": 2, "PERSON:ann q lee": 4}
    run_checks(news)


def test_applying_a_file_twice_changes_nothing(news: Con) -> None:
    apply(news, *LINES)
    before = dump(news)
    apply(news, *LINES)
    assert dump(news) == before


def test_changes_are_told_with_the_mentions_that_moved(news: Con) -> None:
    remember_entities(news)
    apply(news, "merge,PERSON:bo kim,,,PERSON:ann lee", "rename,PERSON:ann lee,,,A. Lee")
    found = read_changes(news)
    assert [(change["kind"], change["entity_id"], change["detail"]) for change in found.changes] == [
        ("merged", "PERSON:bo kim", "A. Lee (PERSON:ann lee)"),
        ("renamed", "PERSON:ann lee", "A. Lee"),
    ]
    assert found.moved_count == 3


KINDS = {
    "became": (
        "merge,PERSON:ann lee,,,PERSON:ann q lee",
        [("became", "PERSON:ann lee", "Ann Q Lee (PERSON:ann q lee)"), ("split", "PERSON:ann q lee", "articles: 3")],
        5,
    ),
    "split": (
        "split,PERSON:ann lee,PERSON:ann q lee,,",
        [("split", "PERSON:ann q lee", "articles: 1")],
        1,
    ),
    "retyped": ("retype,PERSON:bo kim,,,ORG", [("retyped", "PERSON:bo kim", "ORG")], 0),
    "hidden": ("hide,PERSON:bo kim,,,", [("hidden", "PERSON:bo kim", "")], 0),
    "linked": ("link,PERSON:bo kim,,,Q1", [("linked", "PERSON:bo kim", "Q1")], 0),
}
BACK = {
    "became": [("became", "PERSON:ann q lee", "Ann Lee (PERSON:ann lee)"), ("split", "PERSON:ann lee", "articles: 3")],
    "split": [("merged", "PERSON:ann q lee", "Ann Lee (PERSON:ann lee)")],
    "retyped": [("retyped", "PERSON:bo kim", "PERSON")],
    "hidden": [("shown", "PERSON:bo kim", "")],
    "linked": [("linked", "PERSON:bo kim", "nothing")],
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_way_to_change_is_told_and_the_way_back(news: Con, kind: str) -> None:
    line, there, moved_count = KINDS[kind]
    for lines, expected in (([line], there), ([], BACK[kind])):
        remember_entities(news)
        apply(news, *lines)
        found = read_changes(news)
        assert [(change["kind"], change["entity_id"], change["detail"]) for change in found.changes] == expected
        assert found.moved_count == moved_count


def test_nothing_is_told_where_nothing_changed(news: Con) -> None:
    remember_entities(news)
    apply(news)
    assert read_changes(news) == EntityChanges(changes=[], moved_count=0)


def read_external(con: Con) -> list[Any]:
    return fetch(con, "select entity_id, external_id from dim_entity where external_id is not null order by 1")


BO = {"external_id": "Q1", "name": "Kim Bo", "aliases": "Bo Kim|B. K.", "entity_type": "PERSON"}


def test_an_external_id_is_given_where_one_row_has_name_and_type(news: Con) -> None:
    apply(news, external=[BO])
    assert read_external(news) == [("PERSON:bo kim", "Q1")]
    apply(news)
    assert read_external(news) == []


@pytest.mark.parametrize(
    "rows",
    [
        [BO, BO | {"external_id": "Q2"}],
        [BO | {"entity_type": "ORG"}],
        [BO | {"aliases": "Kim"}],
    ],
    ids=["two-rows", "another-type", "another-name"],
)
def test_an_external_id_that_is_not_certain_is_left_out(news: Con, rows: list[dict[str, str]]) -> None:
    apply(news, external=rows)
    assert read_external(news) == []


def test_a_person_wins_over_the_table_of_external_ids(news: Con) -> None:
    apply(news, "link,PERSON:bo kim,,,Q9", external=[BO])
    assert read_external(news) == [("PERSON:bo kim", "Q9")]


def test_a_split_of_the_ends_of_a_chain_is_undone_with_the_names_between_them(con: Con) -> None:
    # Rules say Bo Kim -> Ann Q Lee -> Ann Lee. The end that leaves goes alone; no line is on the name between.
    load_news(con)
    keys = dict(fetch(con, "select observed_id, observed_key from observed_entity"))
    ann, bo, q = (keys[f"PERSON:{name}"] for name in ("ann lee", "bo kim", "ann q lee"))
    link = "insert into resolution_link values (?, -2, ?, 'spelling', 0.8, '')"
    con.execute("delete from resolution_link")
    for one, other in ((bo, q), (q, ann)):
        con.execute(link, [one, other])
    apply(con, "hide,PERSON:bo kim,,,", "hide,PERSON:ann lee,,,")
    before = dump(con)
    assert count_mentions(con) == {"PERSON:bo kim": 8}
    apply(con, "split,PERSON:ann lee,PERSON:bo kim,,")
    assert count_mentions(con) == {"PERSON:ann lee": 5, "PERSON:bo kim": 3}
    run_checks(con)
    apply(con, "hide,PERSON:bo kim,,,", "hide,PERSON:ann lee,,,")
    assert dump(con) == before


def test_a_text_read_anew_follows_decisions_though_it_names_everybody_as_often(news: Con) -> None:
    """In article one "Lee" is Bo Kim. What was Ann Lee is Bo Kim now, "Lee" counts as Ann Lee until it is decided."""
    line = "split,PERSON:ann lee,Lee,one,PERSON:bo kim"
    apply(news, line)
    mentions = frame_mentions(
        name_mention("c1", "Bo Kim", 0),
        name_mention("c1", "Bo Kim", 12),
        name_mention("c1", "Ann Lee", 20, shown="Lee"),
    )
    texts = frame_texts(c1="Bo Kim. Met Bo Kim. Lee spoke.")
    load_texts(news, texts, mentions, extraction_id="x2", run_key=1)
    apply(news, line)
    named = """
        select surface_text, entity_id from fact_entity_mention join dim_entity using (entity_key)
        where article_key = 1 order by start_char
    """
    assert fetch(news, named) == [(name, "PERSON:bo kim") for name in ("Bo Kim", "Bo Kim", "Lee")]
