"""What two warehouses differ in: each kind of difference is found, named and counted; the same is the same."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.samples import load_sample
from warehouse.connection import connect
from warehouse.diff import Difference, compare_warehouses
from warehouse.errors import MigrationError, MissingWarehouseError, WarehouseError
from warehouse.publish import build_aside

Compare = Callable[[str], Difference]


@pytest.fixture(scope="module")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse: article one names Ann Lee (100), article two Ann Lee and Bo Kim (200)."""
    path = tmp_path_factory.mktemp("sample") / "warehouse.duckdb"
    with build_aside(path) as con:
        load_sample(con)
    return path


@pytest.fixture
def compare(sample_warehouse: Path, tmp_path: Path) -> Compare:
    """Return a function that compares the sample with a copy on which statements were run."""

    def compare_with(statements: str) -> Difference:
        return compare_warehouses(
            sample_warehouse, change(sample_warehouse, tmp_path / "b.duckdb", statements), row_limit=9
        )

    return compare_with


def change(sample: Path, path: Path, statements: str) -> Path:
    """Copy a warehouse, run statements on the copy, and return its path."""
    shutil.copyfile(sample, path)
    with closing(connect(path)) as con:
        con.execute(statements)
    return path


def count_rows(found: Difference) -> dict[str, tuple[int, int, int]]:
    """Return table -> rows only in A, only in B, changed."""
    return {one.table: (one.only_a_count, one.only_b_count, one.changed_count) for one in found.tables}


def list_moves(found: Difference) -> set[tuple[str, str, str, int]]:
    """Return kind, name in A, name in B and mentions of each entity that changed."""
    return {(row["kind"], row["a_name"], row["b_name"], row["mention_count"]) for row in found.entities}


def test_a_copy_has_the_same_contents(compare: Compare) -> None:
    found = compare("select 1")
    assert (found.is_empty, found.totals, found.entities, found.articles) == (True, [], [], [])
    assert found.table_count > 30


def test_rows_in_another_order_are_the_same_contents(compare: Compare) -> None:
    reorder = "create temp table t as from fact_entity_mention; delete from fact_entity_mention; "
    assert compare(f"{reorder} insert into fact_entity_mention from t order by start_char desc").is_empty


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("update fact_article set run_key = 9, ingested_date_key = -1", id="columns"),
        pytest.param("update dim_article set ingested_at = '2001-01-01', ingested_uri = 'x'", id="more-columns"),
        pytest.param("update dim_run set read_count = 5", id="dim-run"),
    ],
)
def test_which_load_brought_a_row_does_not_count(compare: Compare, statement: str) -> None:
    assert compare(statement).is_empty


def test_a_row_that_is_gone_is_only_in_a(compare: Compare) -> None:
    found = compare("delete from dim_author where name = 'Di Poe'")
    assert count_rows(found) == {"dim_author": (1, 0, 0)}
    assert [(row["kind"], row["key"].partition(":")[0]) for row in found.tables[0].examples] == [
        ("only_a", '{"author_key"')
    ]


def test_a_row_that_is_new_is_only_in_b(compare: Compare) -> None:
    assert count_rows(compare("insert into entity_alias values (100, 'Annie', 0, 'alias', 'annie')")) == {
        "entity_alias": (0, 1, 0)
    }


def test_a_row_that_is_there_twice_is_a_difference(compare: Compare) -> None:
    assert count_rows(compare("insert into dim_story from dim_story where story_key = -1")) == {"dim_story": (0, 1, 0)}


def test_two_rows_that_cancel_out_in_number_are_both_seen(compare: Compare) -> None:
    assert count_rows(compare("update dim_author set author_key = 5 where name = 'Di Poe'"))["dim_author"] == (1, 1, 0)


def test_a_changed_row_says_in_which_columns(compare: Compare) -> None:
    found = compare("update dim_author set name = 'Dee', author_type = 'desk' where name = 'Di Poe'")
    assert count_rows(found) == {"dim_author": (0, 0, 1)}
    assert found.tables[0].columns == {"name": 1, "author_type": 1}


@pytest.mark.parametrize(
    ("statement", "columns"),
    [
        pytest.param("update dim_source set domain = null where source_key = 10", {"domain": 1}, id="to-null"),
        pytest.param("update dim_source set licence = '' where source_key = 10", {"licence": 1}, id="from-null"),
    ],
)
def test_null_is_a_value_like_others(compare: Compare, statement: str, columns: dict[str, int]) -> None:
    assert compare(statement).tables[0].columns == columns


def test_a_table_without_a_key_has_rows_of_one_or_the_other(compare: Compare) -> None:
    assert count_rows(compare("update entity_total set story_count = 9 where entity_key = 100")) == {
        "entity_total": (1, 1, 0)
    }


def test_an_entity_whose_mentions_all_become_another_s_is_merged(compare: Compare) -> None:
    found = compare("update fact_entity_mention set entity_key = 100 where entity_key = 200")
    assert list_moves(found) == {("merged", "Bo Kim", "Ann Lee", 1)}
    assert {(row["subject"], row["kind"], row["row_count"]) for row in found.totals} == {("entity", "merged", 1)}


def test_an_entity_that_loses_some_of_its_mentions_is_split(compare: Compare) -> None:
    found = compare(
        "insert into dim_entity select * replace (300 as entity_key, 'PERSON:lee' as entity_id, 'Lee' as name) "
        "from dim_entity where entity_key = 100;"
        "update fact_entity_mention set entity_key = 300 where entity_key = 100 and article_key = 1"
    )
    assert list_moves(found) == {("split", "Ann Lee", "Lee", 1)}


def test_mentions_that_move_between_two_entities_regroup_them(compare: Compare) -> None:
    found = compare("update fact_entity_mention set entity_key = 200 where article_key = 1")
    assert list_moves(found) == {("regrouped", "Ann Lee", "Bo Kim", 1)}


def test_an_entity_that_only_has_another_id_is_neither(compare: Compare) -> None:
    found = compare(
        "update dim_entity set entity_key = 7, entity_id = 'PERSON:7' where entity_key = 200;"
        "update fact_entity_mention set entity_key = 7 where entity_key = 200"
    )
    assert list_moves(found) == {("other_id", "Bo Kim", "Bo Kim", 1)}


@pytest.mark.parametrize(
    ("statement", "parts"),
    [
        pytest.param(
            "update dim_article set headline = 'x', text_hash = 'x' where article_key = 1", {"headline"}, id="headline"
        ),
        pytest.param(
            "update dim_article set text_hash = 'x' where article_key = 1; update article_body set body = 'x'",
            {"body"},
            id="body",
        ),
        pytest.param("update fact_article set published_at = null where article_key = 1", {"date"}, id="date"),
        pytest.param(
            "insert into dim_article select * replace (5 as article_key, 0 as version, false as is_current) "
            "from dim_article where article_key = 1;"
            "insert into fact_article select * replace (5 as article_key) from fact_article where article_key = 1",
            {"versions"},
            id="versions",
        ),
    ],
)
def test_a_changed_article_says_what_changed(compare: Compare, statement: str, parts: set[str]) -> None:
    found = compare(statement)
    assert [(row["article_id"], row["kind"]) for row in found.articles] == [("one", "changed")]
    known = ("headline", "body", "date", "versions")
    assert {part for part in known if found.articles[0][f"is_{part}_changed"]} == parts


def test_an_article_of_one_side_is_said_to_be(compare: Compare) -> None:
    found = compare("update dim_article set article_id = 'other' where article_id = 'one'")
    assert [(row["article_id"], row["kind"]) for row in found.articles] == [("one", "only_a"), ("other", "only_b")]


def test_the_lists_end_at_the_limit_and_the_totals_do_not(sample_warehouse: Path, tmp_path: Path) -> None:
    other = change(sample_warehouse, tmp_path / "b.duckdb", "update dim_article set headline = 'x'")
    found = compare_warehouses(sample_warehouse, other, row_limit=1)
    assert (len(found.articles), [row["row_count"] for row in found.totals]) == (1, [2])


def test_neither_file_nor_folder_is_changed(sample_warehouse: Path, tmp_path: Path) -> None:
    other = change(sample_warehouse, tmp_path / "b.duckdb", "delete from dim_author")
    before = other.read_bytes(), other.stat().st_mtime_ns
    compare_warehouses(other, sample_warehouse, row_limit=1)
    assert (other.read_bytes(), other.stat().st_mtime_ns) == before
    assert list(tmp_path.iterdir()) == [other]


def test_a_name_with_quotes_is_opened(sample_warehouse: Path, tmp_path: Path) -> None:
    folder = tmp_path / 'o\'h "x" [b]; drop'
    folder.mkdir()
    assert compare_warehouses(
        change(sample_warehouse, folder / "w.duckdb", "select 1"), sample_warehouse, row_limit=1
    ).is_empty


def test_a_file_that_is_not_there_is_named(sample_warehouse: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingWarehouseError, match=r"no warehouse at .*gone"):
        compare_warehouses(sample_warehouse, tmp_path / "gone.duckdb", row_limit=1)


def test_a_file_that_is_no_database_is_refused_in_a_line(sample_warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    with pytest.raises(WarehouseError, match=r"notes\.txt.*not a valid DuckDB"):
        compare_warehouses(sample_warehouse, tmp_path / "notes.txt", row_limit=1)


def test_a_database_that_is_no_warehouse_is_refused(sample_warehouse: Path, tmp_path: Path) -> None:
    duckdb.connect(tmp_path / "other.duckdb").close()
    with pytest.raises(WarehouseError, match=r"other\.duckdb is a DuckDB file, but no warehouse"):
        compare_warehouses(sample_warehouse, tmp_path / "other.duckdb", row_limit=1)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        pytest.param(
            "delete from schema_migration where version = (select max(version) from schema_migration)",
            r"b\.duckdb: .*any dateline run brings it up to date",
            id="older",
        ),
        pytest.param(
            "insert into schema_migration values (9999, 'x', 'x', now())",
            r"b\.duckdb: the warehouse has schema 9999, .*install a newer Dateline",
            id="newer",
        ),
    ],
)
def test_another_schema_is_refused_with_what_to_do(compare: Compare, statement: str, words: str) -> None:
    with pytest.raises(MigrationError, match=words):
        compare(statement)


def test_tables_that_people_changed_are_not_compared_in_silence(compare: Compare) -> None:
    with pytest.raises(WarehouseError, match="table dim_author is not the same table"):
        compare("alter table dim_author add column mine integer")


@pytest.mark.parametrize(
    ("table", "key", "statement"),
    [
        pytest.param(
            "dim_place",
            '{"place_key":5}',
            "insert into dim_place values (5, 'Rome', 'IT', 41.9, 12.5, 7, 'city', 1)",
            id="dim_place",
        ),
        pytest.param(
            "source_fetch",
            '{"source_id":"a.example","url":"u","fetched_at":"2026-11-03 00:00:00"}',
            """
            insert into source_fetch by name
            select 'a.example' as source_id, 'page' as kind, 'u' as url, 'fetched' as outcome,
                timestamp '2026-11-03' as fetched_at
            """,
            id="source_fetch",
        ),
    ],
)
def test_a_column_with_the_name_of_one_of_ours_is_not_mixed_up(
    compare: Compare, table: str, key: str, statement: str
) -> None:
    (difference,) = compare(statement).tables
    assert (difference.table, difference.examples) == (table, [{"kind": "only_b", "key": key}])
