"""``dateline run`` as a person types it: exit statuses, one-line errors, interruption."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.home import Home
from flows.steps.interval import holding_home
from tests.integration.support import dump_contents, query, write_jsonl

DATELINE = str(Path(sys.executable).with_name("dateline"))


def run_dateline(*words: str, home: Path, **environment: str) -> Result:
    """Run a command in this process, where all is imported, and return what it said."""
    own = dict.fromkeys(name for name in os.environ if name.startswith("DATELINE_"))
    return CliRunner().invoke(app, ["--home", str(home), *words], env={**own, **environment})


def start_dateline(*words: str, home: Path) -> "subprocess.CompletedProcess[str]":
    """Run the program as a process of its own and return what it said."""
    command = [DATELINE, "--home", str(home), *words]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=kept)


@pytest.mark.model
def test_the_sample_is_loaded_when_no_path_is_given_and_summed_up(tmp_path: Path) -> None:
    done = start_dateline("run", "--no-prefect", home=tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("26 documents read", "21  loaded", "1  met twice", "4  rejected", "not_text", "Kosovo (8)", "next:"):
        assert words in done.stdout
    again = start_dateline("run", "--no-prefect", home=tmp_path / "home")
    assert "0  loaded" in again.stdout
    assert "21  unchanged" in again.stdout


@pytest.mark.model
def test_a_warehouse_is_built_anew_from_the_raw_store(tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = write_jsonl(tmp_path / "x.jsonl", [{"id": n, "text": f"Rain fell in Lisbon on day {n}."} for n in range(3)])
    assert run_dateline("run", "--no-prefect", str(path), home=home).exit_code == 0
    before = dump_contents(home)
    path.unlink()
    (home / "warehouse.duckdb").unlink()
    done = run_dateline("run", "--no-prefect", "--from-raw", home=home)
    assert done.exit_code == 0, done.stderr
    assert "3  loaded" in done.stdout
    assert dump_contents(home) == before
    assert "3  unchanged" in run_dateline("run", "--no-prefect", "--from-raw", home=home).stdout


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param(
            "create table mine (x integer)", "is a DuckDB file, but no warehouse: move it away, or", id="other"
        ),
        pytest.param(None, "not a valid DuckDB database file", id="text"),
    ],
)
def test_what_lies_in_the_place_of_the_warehouse_is_looked_at_before_anything_is_read(
    tmp_path: Path, statement: str | None, said: str
) -> None:
    path = write_jsonl(tmp_path / "x.jsonl", [{"id": 1, "text": "Rain fell in Lisbon."}])
    home = tmp_path / "home"
    home.mkdir()
    if statement is None:
        (home / "warehouse.duckdb").write_text("my notes " * 1000)
    else:
        with duckdb.connect(str(home / "warehouse.duckdb")) as con:
            con.execute(statement)
    done = run_dateline("run", "--no-prefect", str(path), home=home)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1), done.stderr
    assert said in done.stderr
    assert [entry.name for entry in home.iterdir()] == ["warehouse.duckdb"]


def test_an_empty_raw_store_and_a_path_beside_it_are_wrong_usage(tmp_path: Path) -> None:
    done = run_dateline("run", "--no-prefect", "--from-raw", home=tmp_path / "home")
    assert done.exit_code == 2
    assert done.stderr.startswith("dateline run: there are no raw documents in ")
    done = run_dateline("run", "--no-prefect", "--from-raw", str(tmp_path), home=tmp_path / "home")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    done = run_dateline("run", "--no-prefect", "nowhere.txt", home=tmp_path / "home")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "dateline run: no such file or folder: nowhere.txt\n"
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("source", ["", "  ", "\udcff"])
def test_a_source_that_is_no_name_is_wrong_usage(tmp_path: Path, source: str) -> None:
    done = run_dateline("run", "--no-prefect", "--source", source, str(tmp_path), home=tmp_path / "home")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "--source" in done.stderr


def test_a_home_that_is_not_utf8_is_wrong_usage(tmp_path: Path) -> None:
    done = run_dateline("run", "--no-prefect", str(tmp_path), home=tmp_path / "\udcff")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_is_not_installed_is_wrong_usage(tmp_path: Path) -> None:
    done = run_dateline("run", "--no-prefect", "--model", "xx_no_such_model", str(tmp_path), home=tmp_path / "home")
    assert done.exit_code == 2
    assert done.stderr.startswith("dateline run: no spaCy pipeline 'xx_no_such_model' is installed")
    assert done.stderr.count("\n") == 1


def test_a_setting_that_makes_no_sense_is_wrong_usage(tmp_path: Path) -> None:
    done = run_dateline("run", "--no-prefect", str(tmp_path), home=tmp_path / "home", DATELINE_WORKERS="many")
    assert done.exit_code == 2
    assert "DATELINE_WORKERS" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--runner", "dask"], "--runner dask needs a cluster"),
        (["--dask-address", "tcp://cluster.example:8786"], "--dask-address is for --runner dask"),
        (["--stage-url", "s3://bucket.example"], "--stage-url is for --runner dask"),
    ],
    ids=["no address", "no runner", "no runner for stage files"],
)
def test_a_cluster_that_is_half_named_is_wrong_usage(tmp_path: Path, words: list[str], said: str) -> None:
    done = run_dateline("run", "--no-prefect", *words, str(tmp_path), home=tmp_path / "home")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"dateline run: {said}")


def test_a_home_in_use_is_an_error_of_one_line(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "x.jsonl", [{"id": 1, "text": "Rain fell."}])
    with holding_home(Home(tmp_path / "home")):
        done = run_dateline("run", "--no-prefect", str(path), home=tmp_path / "home")
    assert done.exit_code == 1
    assert done.stderr.startswith("dateline run: another run is writing")
    assert done.stderr.count("\n") == 1


def test_a_home_that_is_a_file_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder")
    done = run_dateline("run", "--no-prefect", str(tmp_path), home=tmp_path / "home")
    assert done.exit_code == 1
    assert done.stderr.startswith("dateline run: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.model
def test_an_interrupted_run_says_so_and_the_next_one_goes_on(tmp_path: Path) -> None:
    text = "Sarah Johnson and Peter Miller met in Lisbon to talk about the budget of the city. " * 60
    records = [{"id": f"{number}", "title": f"Talk {number}", "text": f"{text}{number}."} for number in range(100)]
    path = write_jsonl(tmp_path / "x.jsonl", records)
    command = [DATELINE, "--home", str(tmp_path / "home"), "run", "--no-prefect", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        mentions = tmp_path / "home" / "stage" / "mentions"
        deadline = time.monotonic() + 60
        while not list(mentions.glob("*/*/*.parquet")) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "dateline run: interrupted; what was finished is kept, the same command goes on from there\n"
    finished = {found: found.stat().st_mtime_ns for found in mentions.glob("*/*/*.parquet")}
    assert finished
    done = run_dateline("run", "--no-prefect", str(path), home=tmp_path / "home")
    assert done.exit_code == 0, done.stderr
    assert query(tmp_path / "home", "select count(*) from fact_article") == [(100,)]
    assert {found: found.stat().st_mtime_ns for found in finished} == finished


def test_help_shows_an_example() -> None:
    shown = subprocess.run([DATELINE, "run", "--help"], capture_output=True, text=True, timeout=60, check=True).stdout
    assert "Example: dateline" in shown
