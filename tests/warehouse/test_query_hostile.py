"""Statements that want more than the rows of the warehouse: each is put to one process, locked down as for users."""

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest

from tests.warehouse.samples import load_sample
from warehouse.publish import build_aside
from warehouse.query import run_query
from warehouse.query_errors import QueryTimeoutError
from warehouse.query_process import answer, limit_process
from warehouse.query_protocol import QueryRequest, Shape

HIDDEN_WORD = "known to nobody"

# {folder} is where the test keeps a secret, a database of its own, and looks for files that were written.
REFUSED = {
    "attach a file": "attach '{folder}/other.duckdb' as other",
    "attach memory": "attach ':memory:' as other",
    "attach in place": "attach or replace '{folder}/other.duckdb' as warehouse (read_only false)",
    "copy a table out": "copy dim_date to '{folder}/out.csv'",
    "copy a query out": "copy (select 42) to '{folder}/out.parquet' (format parquet)",
    "copy in": "copy dim_date from '{folder}/secret.csv'",
    "export": "export database '{folder}/out'",
    "import": "import database '{folder}'",
    "install": "install httpfs",
    "load by name": "load httpfs",
    "load a file": "load '{folder}/evil.duckdb_extension'",
    "update extensions": "update extensions",
    "a larger memory": "set memory_limit = '64GB'",
    "unlock": "set lock_configuration = false",
    "unlock by reset": "reset lock_configuration",
    "a folder to spill to": "set global temp_directory = '{folder}/spill'",
    "pragma": "pragma enable_profiling = 'json'",
    "call": "call enable_logging(storage = 'file', storage_path = '{folder}/log')",
    "checkpoint": "force checkpoint",
    "a secret": "create persistent secret s (type http, bearer_token 'x')",
    "two statements": "select 1; drop table dim_date",
    "behind a comment": "select 1 /* ; */ ; drop table dim_date --",
    "nothing but a comment": "-- select 1",
    "a comment in front": "/* select */ delete from dim_date",
    "a space of no width": "drop\u200b table dim_date",
    "prepare": "prepare p as delete from dim_date",
    "execute": "execute p",
    "a temporary table": "create temp table mine as select 1",
    "a macro": "create macro find_entity(search_text) as table select 1",
    "a view in place of a mart": "create or replace view mart_story as select 1",
    "a transaction": "begin transaction",
    "another database": "use memory",
    "vacuum": "vacuum",
    "alter": "alter table dim_date add column x integer",
    "a comment on a table": "comment on table dim_date is 'x'",
    "merge": "merge into dim_date using dim_date as d on true when matched then delete",
    "truncate": "truncate dim_date",
}
FAILED = {
    "csv": "from read_csv('{folder}/secret.csv')",
    "a file by name": "select * from '{folder}/secret.csv'",
    "a file by quoted name": 'select * from "{folder}/secret.csv"',
    "text": "from read_text('{folder}/secret.csv')",
    "bytes": "from read_blob('/proc/self/environ')",
    "json": "from read_json('{folder}/secret.csv')",
    "a database": "from read_duckdb('{folder}/other.duckdb')",
    "a folder": "from glob('{folder}/*')",
    "sniff": "from sniff_csv('{folder}/secret.csv')",
    "metadata": "from parquet_metadata('{folder}/secret.csv')",
    "the web": "from 'https://example.org/x.parquet'",
    "a bucket": "from read_csv('s3://bucket/x.csv')",
    "in a condition": "select 1 where exists (from read_text('{folder}/secret.csv'))",
    "under explain": "explain analyze copy dim_date to '{folder}/out.csv'",
    "writing under explain": "explain analyze insert into dim_date select * from dim_date",
    "writing in a CTE": "with gone as (delete from dim_date returning *) select * from gone",
    "query() that writes": "from query('copy dim_date to ''{folder}/out.csv''')",
    "query() of two": "from query('select 1; drop table dim_date')",
    "query() that reads": "from query('from read_text(''{folder}/secret.csv'')')",
    "query_table()": "from query_table(['{folder}/secret.csv'])",
    "serialized": "from json_execute_serialized_sql("
    "json_serialize_sql('select * from read_text(''{folder}/secret.csv'')'))",
    "a macro over a file": "from find_entity((select content from read_text('{folder}/secret.csv')))",
    "the environment": "select getenv('HOME')",
    "an object of Python": "from request",
    "a connection of Python": "from con",
    "a pointer": "from arrow_scan(1, 2, 3)",
    "logging": "from enable_logging(storage = 'file', storage_path = '{folder}/log')",
    "profiling": "from enable_profiling()",
    "another engine": "from sqlite_scan('{folder}/other.duckdb', 't')",
    "letters of full width": "\uff33\uff25\uff2c\uff25\uff23\uff34 1",
    "a semicolon of full width": "select 1\uff1b drop table dim_date",
}
HARMLESS = {
    "checkpoint as a function": "from checkpoint()",
    "logs": "from duckdb_logs()",
    "emptying logs": "from truncate_duckdb_logs()",
    "writing a log": "select write_log('x')",
    "secrets": "from duckdb_secrets()",
    "settings": "from duckdb_settings()",
    "databases": "from duckdb_databases()",
}
GREEDY = {
    "a long text": "select repeat('x', 2000000000)",
    "a long list": "select range(2000000000)",
}

Answers = dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a warehouse, a secret and another database."""
    chosen = tmp_path_factory.mktemp("hostile")
    (chosen / "secret.csv").write_text(f"word\n{HIDDEN_WORD}\n")
    for name in ("warehouse.duckdb", "other.duckdb"):
        with build_aside(chosen / name) as con:
            load_sample(con)
    return chosen


def read_files(folder: Path) -> dict[str, bytes]:
    """Return what is in a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def put_all() -> None:
    """Answer the requests on standard input, one after the other, in this process; write outcome and rows of each."""
    requests = json.load(sys.stdin)
    limit_process()
    answers: Answers = {}
    for name, request in requests.items():
        sink = io.BytesIO()
        report = answer(QueryRequest(**request), sink)
        rows = pa.ipc.open_stream(sink.getvalue()).read_all().to_pylist() if report.outcome == "answered" else []
        answers[name] = (report.outcome, f"{report.message}{rows}")
    json.dump(answers, sys.stdout)


@pytest.fixture(scope="module")
def answers(folder: Path) -> Answers:
    """Return what became of each statement, all put to one process."""
    before = read_files(folder)
    statements = {**REFUSED, **FAILED, **HARMLESS, **GREEDY}
    assert len(statements) == sum(map(len, (REFUSED, FAILED, HARMLESS, GREEDY)))
    requests = {
        name: {
            "path": str(folder / "warehouse.duckdb"),
            "sql": sql.replace("{folder}", str(folder)),
            "shape": Shape.TEXT,
            "limit": 100,
            "timeout_seconds": 10.0,
        }
        for name, sql in statements.items()
    }
    done = subprocess.run(
        [sys.executable, "-c", "from tests.warehouse.test_query_hostile import put_all; put_all()"],
        input=json.dumps(requests),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert read_files(folder) == before
    found: Answers = {name: (outcome, said) for name, (outcome, said) in json.loads(done.stdout).items()}
    return found


@pytest.mark.parametrize("name", REFUSED)
def test_a_statement_that_does_more_than_read_is_refused(answers: Answers, name: str) -> None:
    assert answers[name][0] == "refused", answers[name]


@pytest.mark.parametrize("name", FAILED)
def test_a_query_that_reaches_outside_fails(answers: Answers, name: str) -> None:
    outcome, said = answers[name]
    assert outcome == "failed", said
    assert HIDDEN_WORD not in said
    assert "Fatal" not in said


@pytest.mark.parametrize("name", HARMLESS)
def test_a_query_that_looks_dangerous_does_nothing(answers: Answers, name: str) -> None:
    outcome, said = answers[name]
    assert outcome == "answered", said
    assert HIDDEN_WORD not in said


@pytest.mark.parametrize("name", GREEDY)
def test_a_query_that_wants_all_memory_is_stopped(answers: Answers, name: str) -> None:
    assert answers[name][0] == "out_of_memory", answers[name]


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("select count(*) from range(10000000) as a, range(10000000) as b", id="a product"),
        pytest.param(
            "with recursive r as (select 1 as n union all select n + 1 from r) select max(n) from r", id="no end"
        ),
        pytest.param("select sleep_ms(60000)", id="sleep"),
        pytest.param("select range, sleep_ms(1) from range(1000000)", id="slow rows"),
    ],
)
def test_no_query_outlives_its_time(folder: Path, sql: str) -> None:
    begun = time.monotonic()
    path = folder / "warehouse.duckdb"
    with pytest.raises(QueryTimeoutError), run_query(path, sql, timeout_seconds=0.3) as result:
        list(result)
    assert time.monotonic() - begun < 20  # 0.3 s, the grace of 5 s, and the start of a process on a busy machine


def test_a_query_that_is_running_does_not_block_a_load(folder: Path) -> None:
    path = folder / "warehouse.duckdb"
    with run_query(path, "from range(10000000000)") as running:
        next(iter(running))
        with build_aside(path) as con:
            con.execute("select 1")
        assert path.exists()
