"""``dateline sql`` as a person and as a script use it: forms of the answer, limits, the shell, what goes wrong."""

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli import app
from warehouse.migrate import apply_migrations

DATELINE = str(Path(sys.executable).with_name("dateline"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with an empty warehouse."""
    folder = tmp_path_factory.mktemp("home")
    with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
        apply_migrations(con)
    return folder


class Answer(NamedTuple):
    """What a command wrote, and how it ended."""

    returncode: int
    stdout: bytes
    stderr: bytes


def run_sql(home: Path, *words: str, given: str | None = None) -> Answer:
    """Run ``dateline sql`` with standard input, in this process, and return what it wrote."""
    done = CliRunner().invoke(app, ["--home", str(home), "sql", *words], input=given or "")
    return Answer(done.exit_code, done.stdout_bytes, done.stderr_bytes)


def answer(home: Path, *words: str, given: str | None = None) -> str:
    """Return the standard output of a query that succeeds without a word on standard error."""
    done = run_sql(home, *words, given=given)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


MIXED = "select 1 as n, 'a \"quoted\", name' as name, null as gone union all select 2, 'line\nbreak', null order by n"


def test_a_table_shows_breaks_and_nulls_in_their_line(home: Path) -> None:
    lines = answer(home, MIXED).splitlines()
    assert [line.split() for line in lines] == [
        ["n", "name", "gone"],
        ["1", "a", '"quoted",', "name", "null"],
        ["2", "line⏎break", "null"],
    ]


def test_a_command_of_the_shell_is_a_query_too(home: Path) -> None:
    assert "mart_story" in answer(home, ".tables")
    assert "Surrogate key" in answer(home, ".schema dim_entity")


@pytest.mark.parametrize(("typed", "wrong"), [(".tabels", "is no command"), (".schema", "wants one NAME")])
def test_a_command_that_is_none_fails_with_those_there_are(home: Path, typed: str, wrong: str) -> None:
    done = run_sql(home, typed)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == f"dateline sql: {typed} {wrong}: .tables, .schema NAME, .help and .quit are known\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("help", ".help", id="help"),
        pytest.param(r"\?", ".help", id="help of psql"),
        pytest.param(r"\dt;", ".tables", id="tables of psql"),
        pytest.param(r"\d", ".tables", id="all relations of psql"),
        pytest.param(r"\d dim_run", ".schema dim_run", id="a relation of psql"),
    ],
)
def test_commands_have_the_names_of_other_shells_too(home: Path, typed: str, meant: str) -> None:
    assert answer(home, typed) == answer(home, meant) != ""


@pytest.mark.parametrize("typed", ["exit", "quit;", "EXIT", r"\q", ".quit", ".exit", ".q"])
def test_a_script_ends_where_it_is_left(home: Path, typed: str) -> None:
    assert answer(home, "--format", "csv", given=f"select 1 as a;\n{typed}\nselekt;\n") == "a\n1\n"


def test_a_word_inside_a_statement_is_no_command(home: Path) -> None:
    assert answer(home, "--format", "csv", given="select 1 as\nexit\n;") == "exit\n1\n"


@pytest.mark.parametrize("name", ["a b.csv", "queries.txt"])
def test_a_file_in_place_of_a_query_is_told_how_to_ask_it(home: Path, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("select 1")
    done = run_sql(home, str(path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().endswith(f"to ask what is in a file: dateline sql < {shlex.quote(str(path))}\n")


def test_a_name_that_ends_as_a_script_does_is_told_so_too(home: Path) -> None:
    assert b"dateline sql < nowhere.sql" in run_sql(home, "nowhere.sql").stderr


@pytest.mark.parametrize("remark", ["-- names\n", "--names\n", "--\n", "/* -- */ "])
def test_a_query_may_begin_with_a_comment(home: Path, remark: str) -> None:
    assert answer(home, f"{remark}select 1 as n", "--format=csv") == "n\n1\n"


def test_csv_is_read_back_by_a_csv_reader(home: Path) -> None:
    text = run_sql(home, "--format", "csv", MIXED).stdout.decode()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["n", "name", "gone"],
        ["1", 'a "quoted", name', ""],
        ["2", "line\nbreak", ""],
    ]


def test_json_is_a_list_and_json_lines_are_objects(home: Path) -> None:
    expected = [{"n": 1, "name": 'a "quoted", name', "gone": None}, {"n": 2, "name": "line\nbreak", "gone": None}]
    assert json.loads(answer(home, "--format", "json", MIXED)) == expected
    assert [json.loads(line) for line in answer(home, "--format", "jsonl", MIXED).splitlines()] == expected


def test_no_rows_are_an_empty_answer_of_each_form(home: Path, tmp_path: Path) -> None:
    query = "select 1 as n where false"
    assert answer(home, "--format", "csv", query) == "n\n"
    assert json.loads(answer(home, "--format", "json", query)) == []
    assert answer(home, "--format", "jsonl", query) == ""
    answer(home, "-o", str(tmp_path / "x.parquet"), query)
    assert pl.read_parquet(tmp_path / "x.parquet").shape == (0, 1)


def test_the_ending_of_the_file_tells_the_form(home: Path, tmp_path: Path) -> None:
    for name in ("x.csv", "x.json", "x.jsonl", "x.ndjson", "x.parquet"):
        assert answer(home, "-o", str(tmp_path / name), "select 7 as n") == ""
    assert (tmp_path / "x.csv").read_bytes() == b"n\n7\n"
    assert json.loads((tmp_path / "x.json").read_text()) == [{"n": 7}]
    assert (tmp_path / "x.jsonl").read_text() == (tmp_path / "x.ndjson").read_text() == '{"n":7}\n'
    assert pl.read_parquet(tmp_path / "x.parquet").rows() == [(7,)]


def test_a_query_that_fails_leaves_the_file_that_was_there(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("precious")
    done = run_sql(home, "-o", str(path), "select error('late') from range(10)")
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert path.read_text() == "precious"
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.csv"]


def test_a_folder_that_does_not_exist_is_an_error_of_one_line(home: Path, tmp_path: Path) -> None:
    done = run_sql(home, "-o", str(tmp_path / "nowhere" / "x.csv"), "select 1")
    assert done.returncode == 1
    assert done.stderr.startswith(b"dateline sql: cannot write ")
    assert done.stderr.count(b"\n") == 1


def test_a_table_is_cut_at_a_hundred_rows_and_says_so(home: Path) -> None:
    done = run_sql(home, "from range(101)")
    assert len(done.stdout.splitlines()) == 101  # the heading and 100 rows
    assert done.stderr == b"more than 100 rows: --limit N shows more, -o FILE writes all\n"


def test_a_limit_that_is_just_enough_says_nothing(home: Path) -> None:
    assert len(answer(home, "from range(100)").splitlines()) == 101
    assert len(answer(home, "--format", "csv", "from range(300)").splitlines()) == 301


def test_names_and_values_cannot_steer_the_terminal(home: Path) -> None:
    shown = run_sql(home, "select chr(27) || '[2J' as \"\x1b[31mred\", '[bold]' as markup").stdout
    assert b"\x1b" not in shown
    assert b"[bold]" in shown


def test_wrong_sql_is_an_error_of_one_line_that_says_where(home: Path) -> None:
    done = run_sql(home, "selekt 1")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"dateline sql: ")
    assert b"selekt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_writing_is_refused(home: Path) -> None:
    done = run_sql(home, "delete from dim_run")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Traceback" not in done.stderr


def test_a_query_that_takes_too_long_is_stopped(home: Path) -> None:
    done = run_sql(home, "--timeout", "0.5", "select count(*) from range(1_000_000) a, range(1_000_000) b")
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--format", "xml", "select 1"], id="a form there is not"),
        pytest.param(["-o", "x.csv"], id="a file without a query"),
        pytest.param(["--format", "parquet"], id="Parquet into a shell"),
        pytest.param(["--limit", "0", "select 1"], id="no rows at all"),
    ],
)
def test_wrong_usage_exits_2(home: Path, words: list[str]) -> None:
    assert run_sql(home, *words).returncode == 2


def test_a_missing_warehouse_says_how_to_load_one(tmp_path: Path) -> None:
    for words in (["select 1"], []):
        done = run_sql(tmp_path, *words)
        assert done.returncode == 1
        assert b"dateline run" in done.stderr
        assert done.stderr.count(b"\n") == 1


def test_a_query_comes_from_standard_input(home: Path) -> None:
    assert answer(home, "--format", "csv", "-", given="select 3 as n") == "n\n3\n"


def test_the_statements_of_a_script_are_asked_one_after_the_other(home: Path) -> None:
    done = run_sql(home, "--format", "csv", given="select 1 as a;\nselect\n  ';' as b;\nselekt;\nselect 3 as c\n")
    assert done.stdout.decode() == "a\n1\nb\n;\nc\n3\n"
    assert done.returncode == 1
    assert done.stderr.count(b"dateline sql:") == 1


def test_several_statements_on_a_line_are_asked_one_after_the_other(home: Path) -> None:
    done = run_sql(home, "--format", "csv", given="select 1 as a; select ';' as b; selekt; select 3 as c -- ;\n")
    assert (done.returncode, done.stdout) == (1, b"a\n1\nb\n;\nc\n3\n")
    assert done.stderr.count(b"dateline sql:") == 1


def test_each_statement_of_a_line_is_checked_as_a_single_one_is(home: Path) -> None:
    before = (home / "warehouse.duckdb").read_bytes()
    done = run_sql(home, "--format", "csv", given="select 1 as a; drop table dim_date; from read_text('/etc/passwd')")
    assert (done.returncode, done.stdout) == (1, b"a\n1\n")
    assert b"DROP is not allowed" in done.stderr
    assert b"disabled by configuration" in done.stderr
    assert (home / "warehouse.duckdb").read_bytes() == before


def test_several_statements_as_a_query_are_refused_with_the_way_to_ask_them(home: Path) -> None:
    done = run_sql(home, "select 1; select 2")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        "dateline sql: 2 statements: give one at a time, or all on standard input: dateline sql < FILE.sql\n"
    )


def test_remarks_and_empty_lines_before_a_command_are_no_statement(home: Path) -> None:
    assert ".quit" in answer(home, given="\n-- what is there\n.help\n")


@pytest.mark.parametrize("given", ["", "\n-- nothing\n", ";"])
def test_a_script_without_a_statement_says_so(home: Path, given: str) -> None:
    done = run_sql(home, given=given)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert b"there is no statement on standard input" in done.stderr


@pytest.mark.parametrize("words", [[], ["-"]], ids=["script", "query"])
def test_input_that_is_not_utf8_says_so(home: Path, words: list[str]) -> None:
    done = CliRunner().invoke(app, ["--home", str(home), "sql", *words], input=b"select '\xff'")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "dateline sql: standard input is not UTF-8: byte 8 is none of a character\n"


def test_the_mark_that_editors_put_before_a_file_is_no_part_of_a_query(home: Path) -> None:
    assert answer(home, "--format", "csv", "-", given="\ufeffselect 3 as n") == "n\n3\n"


def test_the_shell_tells_tables_and_columns_with_what_they_mean(home: Path) -> None:
    shown = answer(home, given=".tables\n.schema dim_entity\n.help\n")
    assert "fact_entity_mention" in shown
    assert "entity_key" in shown
    assert ".quit" in shown


def test_tables_begin_with_what_is_asked_most_and_leave_out_what_the_load_keeps(home: Path) -> None:
    shown = [line.split()[0] for line in answer(home, given=".tables\n").splitlines()]
    assert shown[1].startswith("mart_")
    assert shown.index("find_entity()") < shown.index("fact_article") < shown.index("dim_entity")
    assert "text_sketch" not in shown
    assert "text_sketch" in answer(home, given=".tables all\n")


@pytest.mark.parametrize("typed", ["entity_trend", "entity_trend()", "Entity_Trend"])
def test_a_macro_has_a_schema_its_arguments(home: Path, typed: str) -> None:
    assert "entity_name, from_date, to_date, baseline_days" in answer(home, given=f".schema {typed}\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("mart_stori", b"there is no table or macro mart_stori: did you mean mart_story?", id="a slip"),
        pytest.param("'[\"%;", b"there is no table or macro '[\"%: see .tables", id="marks"),
    ],
)
def test_a_schema_of_nothing_says_so(home: Path, typed: str, said: bytes) -> None:
    done = run_sql(home, given=f".schema {typed}\n")
    assert (done.returncode, done.stdout) == (1, b"")
    assert said in done.stderr


def test_a_table_without_rows_says_so_beside_it(home: Path) -> None:
    done = run_sql(home, "select 1 as n where false")
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [b"n"], b"no rows\n")
    assert run_sql(home, "--format", "csv", "select 1 as n where false").stderr == b""


def test_a_command_of_a_script_that_does_not_exist_is_told_with_those_there_are(home: Path) -> None:
    done = run_sql(home, given=".nonsense\n")
    assert done.returncode == 1
    assert b".tables" in done.stderr


def test_an_answer_is_never_written_over_the_warehouse(home: Path, tmp_path: Path) -> None:
    before = (home / "warehouse.duckdb").read_bytes()
    (tmp_path / "link.csv").symlink_to(home / "warehouse.duckdb")
    for target in (home / "warehouse.duckdb", home / "raw" / "x.csv", tmp_path / "link.csv"):
        assert run_sql(home, "--format", "csv", "-o", str(target), "select 1").returncode == 2
    assert (home / "warehouse.duckdb").read_bytes() == before


def test_through_a_link_its_target_is_written(home: Path, tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "target.csv")
    answer(home, "-o", str(tmp_path / "link.csv"), "select 7 as n")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "target.csv").read_bytes() == b"n\n7\n"


READ = "import sys; sys.stdout.write(open(sys.argv[1]).read())"


def test_a_pipe_is_written_to_as_it_is(home: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", READ, str(pipe)], stdout=subprocess.PIPE) as reader:
        answer(home, "-o", str(pipe), "select 7 as n")
        assert reader.communicate(timeout=30)[0].split() == [b"n", b"7"]
    assert pipe.is_fifo()


def test_a_table_in_a_file_is_whole(home: Path, tmp_path: Path) -> None:
    assert answer(home, "-o", str(tmp_path / "x.txt"), "from range(300)") == ""
    assert len((tmp_path / "x.txt").read_text().splitlines()) == 301


def test_an_ending_that_tells_no_form_is_wrong_usage(home: Path, tmp_path: Path) -> None:
    done = run_sql(home, "-o", str(tmp_path / "x.xlsx"), "select 1")
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert not (tmp_path / "x.xlsx").exists()


def test_a_query_that_is_not_utf8_says_so(home: Path) -> None:
    command = [DATELINE.encode(), b"--home", bytes(home), b"sql", b"select '\xff'"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, b"dateline sql: the query is not UTF-8\n")


def test_a_full_disk_is_an_error_of_one_line(home: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [DATELINE, "--home", str(home), "sql", "--format", "csv", "from range(100000)"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, b"dateline: no space left where the output goes\n")
