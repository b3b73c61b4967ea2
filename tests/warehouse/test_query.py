"""Questions to the published warehouse: answers in every shape, and nothing but reading gets through."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.samples import load_sample
from warehouse.errors import MissingWarehouseError
from warehouse.publish import build_aside
from warehouse.query import run_query
from warehouse.query_errors import FailedQueryError, QueryError, QueryMemoryError, QueryTimeoutError, RefusedQueryError
from warehouse.query_protocol import Shape


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a published sample."""
    published = tmp_path_factory.mktemp("query") / "warehouse.duckdb"
    with build_aside(published) as con:
        load_sample(con)
    return published


def ask(path: Path, sql: str, **options: object) -> list[tuple[object, ...]]:
    """Return the rows of a query."""
    with run_query(path, sql, **options) as result:  # type: ignore[arg-type]  # the tests' own options
        return [row for batch in result for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)]


def test_rows_and_columns_come_back(path: Path) -> None:
    with run_query(path, "select name, entity_key from dim_entity where entity_key > 0 order by name") as result:
        assert [(column.name, column.type, column.is_number) for column in result.columns] == [
            ("name", "VARCHAR", False),
            ("entity_key", "BIGINT", True),
        ]
        assert [batch.to_pylist() for batch in result] == [
            [{"name": "Ann Lee", "entity_key": 100}, {"name": "Bo Kim", "entity_key": 200}]
        ]


@pytest.mark.parametrize(
    ("sql", "shape", "lines"),
    [
        pytest.param("select 1 as a, null as b, 'x' as c", Shape.CSV, ["1,,x"], id="csv"),
        pytest.param("select 'a,b' as a, 'say \"x\"' as b, '' as c", Shape.CSV, ['"a,b","say ""x""",""'], id="quotes"),
        pytest.param("select null as a", Shape.CSV, ['""'], id="a row of nothing"),
        pytest.param(
            "select 1 as a, null as b, 'é' as c, [1, 2] as d",
            Shape.JSON,
            ['{"a":1,"b":null,"c":"é","d":[1,2]}'],
            id="json",
        ),
        pytest.param("select 'nan'::double as a", Shape.JSON, ['{"a":null}'], id="not a number"),
        pytest.param("select 1 as a, 2 as a", Shape.JSON, ['{"a":1,"a_1":2}'], id="a name twice"),
        pytest.param("select 1.50::decimal(4, 2) as a", Shape.TEXT, ["1.50"], id="text"),
    ],
)
def test_rows_take_the_shape_asked_for(path: Path, sql: str, shape: Shape, lines: list[str]) -> None:
    assert [row[0] for row in ask(path, sql, shape=shape)] == lines


@pytest.mark.parametrize(
    ("limit", "row_count", "has_more"),
    [
        pytest.param(3, 3, True, id="cut"),
        pytest.param(10, 10, False, id="just so"),
        pytest.param(None, 10, False, id="none"),
    ],
)
def test_a_limit_cuts_rows_off_and_says_so(path: Path, limit: int | None, row_count: int, *, has_more: bool) -> None:
    with run_query(path, "from range(10)", limit=limit) as result:
        assert sum(batch.num_rows for batch in result) == row_count
        assert result.has_more is has_more


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("", id="nothing"),
        pytest.param("select 1; select 2", id="two statements"),
        pytest.param("insert into dim_date select * from dim_date", id="insert"),
        pytest.param("drop table dim_date", id="drop"),
        pytest.param("create table x as select 1", id="create"),
        pytest.param("attach ':memory:' as m", id="attach"),
        pytest.param("copy dim_date to '/tmp/x.csv'", id="copy"),
        pytest.param("export database '/tmp/x'", id="export"),
        pytest.param("install httpfs", id="install"),
        pytest.param("load httpfs", id="load"),
        pytest.param("set memory_limit = '10GB'", id="set"),
        pytest.param("pragma database_list", id="pragma"),
        pytest.param("call enable_logging()", id="call"),
        pytest.param("create secret s (type s3)", id="secret"),
    ],
)
def test_what_does_more_than_read_is_refused(path: Path, sql: str) -> None:
    before = path.read_bytes()
    with pytest.raises(QueryError):
        ask(path, sql)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("from read_csv('/etc/passwd')", id="a file"),
        pytest.param("select * from '/etc/passwd'", id="a file by its name"),
        pytest.param("from read_text('/etc/passwd')", id="text"),
        pytest.param("from read_blob('/proc/self/environ')", id="the environment"),
        pytest.param("from glob('/*')", id="a folder"),
        pytest.param("select getenv('HOME')", id="a variable"),
        pytest.param("from request", id="an object of Python"),
        pytest.param("from enable_logging(storage='file', storage_path='/tmp/dateline-log')", id="a log in a file"),
        pytest.param("explain analyze copy dim_date to '/tmp/x.csv'", id="copying while explaining"),
    ],
)
def test_nothing_outside_the_warehouse_can_be_reached(path: Path, sql: str) -> None:
    with pytest.raises(QueryError):
        ask(path, sql)


@pytest.mark.parametrize("sql", ["describe dim_date", "show tables", "summarize dim_date", "explain from dim_date"])
def test_ways_to_look_around_are_open(path: Path, sql: str) -> None:
    assert ask(path, sql)


def test_a_wrong_name_is_an_error_of_one_line(path: Path) -> None:
    with pytest.raises(FailedQueryError, match=r"^Catalog Error: .*nowhere") as failed:
        ask(path, "from nowhere")
    assert "\n" not in str(failed.value)


@pytest.mark.parametrize(
    ("sql", "hint"),
    [
        pytest.param("select body from dim_article", "; body is a column of article_body", id="another table"),
        pytest.param("select a.Body from dim_article as a", "; body is a column of article_body", id="by an alias"),
        pytest.param('select 1 from dim_entity where name = "FBI"', "; text stands in single quotes: 'FBI'", id="text"),
        pytest.param("select 1 from dim_entity where name = Fiji", "; text stands in single quotes: 'Fiji'", id="bare"),
        pytest.param(
            "from count_articles(Fiji)",
            "; count_articles is called so: from count_articles(['India', 'Russia'])",
            id="no quotes and no from",
        ),
        pytest.param(
            """select 1 from dim_entity where name = "O'Hara" """,
            "; text stands in single quotes: 'O''Hara'",
            id="text with a quote",
        ),
        pytest.param("select name from dim_date", ", ...", id="a column of many tables"),
        pytest.param("select folded_alias from dim_date", "; folded_alias is a column of entity_alias", id="evidence"),
        pytest.param(
            "select source_name from fact_article",
            "; dim_source.name may be meant, joined by source_key",
            id="the name of a dimension",
        ),
        pytest.param(
            "select entity from fact_entity_mention",
            "; dim_entity.name may be meant, joined by entity_key",
            id="a dimension",
        ),
        pytest.param(
            "select source_name from mart_entity_daily",
            "; source_name is a column of mart_entity_source, mart_source_daily, mart_versions",
            id="the name of a dimension whose key is not there",
        ),
        pytest.param("select source_name from dim_source", "; dim_source.name may be meant", id="in the dimension"),
        pytest.param(
            "select entities from dim_article",
            "; dim_entity.name may be meant, joined by entity_key: fact_article_entity, fact_entity_mention, "
            "resolution_decision have it beside article_key",
            id="a dimension behind another table",
        ),
        pytest.param(
            "select author_name from fact_article",
            "; dim_author.name may be meant, joined by author_key: bridge_article_author has it beside article_key",
            id="behind one table",
        ),
        pytest.param(
            "select article from fact_entity_mention",
            "; dim_article.headline may be meant, joined by article_key",
            id="a dimension whose members have headlines",
        ),
        pytest.param("select title from dim_article", "; headline may be meant", id="another word"),
        pytest.param("select text from dim_article", "; body is a column of article_body", id="another word elsewhere"),
        pytest.param(
            "select outlet from fact_article", "; dim_source.name may be meant, joined by source_key", id="an outlet"
        ),
        pytest.param(
            "from find_entity(India)", "; find_entity is called so: from find_entity('munir')", id="no quotes at all"
        ),
        pytest.param(
            "select dim_entity.name from fact_entity_mention",
            "; dim_entity is not in the from clause: join it, its keys are entity_key, place_key",
            id="a table that is not read",
        ),
    ],
)
def test_a_wrong_column_comes_with_what_may_be_meant(path: Path, sql: str, hint: str) -> None:
    with pytest.raises(FailedQueryError, match=r"^Binder Error: ") as failed:
        ask(path, sql)
    assert str(failed.value).endswith(hint)


@pytest.mark.parametrize(
    ("table", "meant"),
    [
        ("article", "dim_article, fact_article"),
        ("Articles", "dim_article, fact_article"),
        ("stories", "dim_story, mart_story"),
        ("mentions", "fact_entity_mention"),
        ("article_text", "article_body"),
    ],
)
def test_a_wrong_table_comes_with_those_that_may_be_meant(path: Path, table: str, meant: str) -> None:
    with pytest.raises(FailedQueryError) as failed:
        ask(path, f"from {table}")
    assert str(failed.value) == f"Catalog Error: Table with name {table} does not exist; {meant} may be meant"


@pytest.mark.parametrize(
    ("sql", "example"),
    [
        pytest.param("from find_entity(['Ann Lee'])", "from find_entity('munir')", id="a list for a text"),
        pytest.param("from companions()", "from companions('Asim Munir')", id="no name"),
        pytest.param("select companions('Ann Lee')", "from companions('Asim Munir')", id="a value"),
        pytest.param("from entity_keys('Ann Lee')", "select entity_keys('Russia')", id="a table"),
    ],
)
def test_a_macro_that_is_called_wrongly_comes_with_a_call(path: Path, sql: str, example: str) -> None:
    with pytest.raises(FailedQueryError) as failed:
        ask(path, sql)
    assert str(failed.value).endswith(f" is called so: {example}")


def test_a_wrong_call_of_another_function_is_not_laid_on_a_macro(path: Path) -> None:
    with pytest.raises(FailedQueryError, match="No function matches") as failed:
        ask(path, "select sum(name) from find_entity('ann')")
    assert "is called so" not in str(failed.value)


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        pytest.param("select count(*) weeks from dim_date", "weeks", id="a unit of time"),
        pytest.param("select count(*) both from dim_date", "both", id="reserved"),
        pytest.param("select count(*) weeks, count(*) days from dim_date", "weeks", id="the first of two"),
    ],
)
def test_a_word_of_sql_that_names_a_column_comes_with_what_it_needs(path: Path, sql: str, word: str) -> None:
    with pytest.raises(FailedQueryError, match=r"^Parser Error: ") as failed:
        ask(path, sql)
    assert str(failed.value).endswith(f"it needs as before it: as {word}")


@pytest.mark.parametrize("sql", ["select nme frm dim_date", "selct 1", "select 1 from where", "select (1"])
def test_what_is_no_sql_with_one_word_more_has_no_hint(path: Path, sql: str) -> None:
    with pytest.raises(FailedQueryError, match=r"^Parser Error: ") as failed:
        ask(path, sql)
    assert "is a word of SQL" not in str(failed.value)


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("select nonsense from dim_date", id="no table has it"),
        pytest.param("select wording_hash from dim_date", id="a table of the load alone has it"),
    ],
)
def test_a_column_that_nobody_is_to_ask_for_has_no_hint(path: Path, sql: str) -> None:
    with pytest.raises(FailedQueryError) as failed:
        ask(path, sql)
    assert "is a column of" not in str(failed.value)


def test_the_rows_that_came_are_counted(path: Path) -> None:
    with run_query(path, "from range(20000)", limit=9000) as result:
        for _ in result:
            pass
        assert (result.row_count, result.has_more) == (9000, True)


def test_a_refusal_says_what_is_allowed(path: Path) -> None:
    with pytest.raises(RefusedQueryError, match="DELETE is not allowed"):
        ask(path, "delete from dim_date")


def test_a_query_that_takes_too_long_is_stopped(path: Path) -> None:
    with pytest.raises(QueryTimeoutError, match=r"stopped after 0\.3 s"):
        ask(path, "select sum(a.range * b.range) from range(1000000) a, range(1000000) b", timeout_seconds=0.3)


def test_a_query_that_takes_too_much_memory_is_stopped(path: Path) -> None:
    with pytest.raises(QueryMemoryError):
        ask(path, "select list(repeat(range::varchar, 100)) from range(100000000)", timeout_seconds=60)


def test_leaving_early_ends_the_process(path: Path) -> None:
    with run_query(path, "from range(100000000)") as result:
        next(iter(result))
    assert ask(path, "select 1") == [(1,)]


def test_without_a_warehouse_the_error_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(MissingWarehouseError, match="load one with: dateline run"):
        ask(tmp_path / "none.duckdb", "select 1")


def test_each_question_sees_the_newest_warehouse(
    publish: Callable[[Callable[[duckdb.DuckDBPyConnection], object]], Path],
) -> None:
    path = publish(lambda _: None)
    assert ask(path, "select count(*) from fact_article") == [(0,)]
    publish(load_sample)
    assert ask(path, "select count(*) from fact_article") == [(2,)]
