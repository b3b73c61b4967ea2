"""``dateline export`` as it is typed: the folder it makes, and the folders it leaves alone."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.warehouse.samples import load_sample
from warehouse.publish import build_aside


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with two articles."""
    home = tmp_path_factory.mktemp("home")
    with build_aside(home / "warehouse.duckdb") as con:
        load_sample(con)
    return home


def export(home: Path, *words: object) -> tuple[int, str, str]:
    """Return exit status, standard output and standard error."""
    done = CliRunner().invoke(app, ["--home", str(home), "export", *map(str, words)])
    return done.exit_code, done.stdout, done.stderr


def list_names(folder: Path) -> list[str]:
    """Return what is in a folder."""
    return [path.name for path in folder.iterdir()]


def test_the_folder_says_what_it_is(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    status, out, err = export(home, "--to", folder, "--tables", "dim_author, dim_source", "--without-text")
    assert (status, err) == (0, "")
    assert f"{folder}: 2 files" in out
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [(file["name"], file["row_count"]) for file in manifest["files"]] == [
        ("dim_author.parquet", 4),
        ("dim_source.parquet", 3),
    ]
    readme = (folder / "README.md").read_text()
    for words in ("#### dim_author", "## Rights", "## What is not in it"):
        assert words in readme
    assert "#### dim_entity" not in readme


def test_an_earlier_export_is_replaced_as_a_whole_when_that_is_said(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export(home, "--to", folder, "--tables", "dim_author")
    status, _, err = export(home, "--to", folder, "--tables", "dim_source")
    assert (status, "has an earlier export: name another folder, or say --overwrite" in err) == (2, True)
    assert export(home, "--to", folder, "--tables", "dim_source", "--overwrite")[0] == 0
    assert sorted(list_names(folder)) == ["README.md", "dim_source.parquet", "manifest.json"]
    assert list_names(tmp_path) == ["out"]


@pytest.mark.parametrize("words", [(), ("--overwrite",)], ids=["plain", "overwrite"])
def test_a_folder_with_other_files_is_left_alone(home: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "thesis.doc").write_text("mine")
    status, _, err = export(home, "--to", tmp_path, *words)
    assert (status, "is not empty, and no earlier export" in err) == (2, True)
    assert list_names(tmp_path) == ["thesis.doc"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("--tables", "dim_x"), "no table dim_x in such an export", id="no-table"),
        pytest.param(("--tables", "mart_story"), "marts are written by: dateline sql -o FILE", id="mart"),
        pytest.param(("--tables", "article_body", "--without-text"), "no table article_body", id="text"),
        pytest.param(("--from", "2026-02-01", "--to-date", "2026-01-31"), "lies before --from 2026-02-01", id="no-day"),
        pytest.param(("--from", "yesterday"), "does not match the format", id="no-date"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(home: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    status, out, err = export(home, "--to", tmp_path / "out", *words)
    assert (status, out) == (2, "")
    assert said in err
    assert list_names(tmp_path) == []


def test_a_day_is_no_folder(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = export(home, "--from", "2017-03-01", "--to", "2017-03-05")
    assert (status, out) == (2, "")
    assert "say --to-date 2017-03-05, and --to with a folder" in err
    assert list_names(tmp_path) == []


def test_the_home_itself_is_refused(home: Path) -> None:
    assert export(home, "--to", home)[0] == export(home, "--to", home / "raw")[0] == 2


def test_a_file_is_no_folder(home: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    assert "is a file: name a folder" in export(home, "--to", tmp_path / "out")[2]


def test_without_a_warehouse_it_fails_in_one_line(tmp_path: Path) -> None:
    status, out, err = export(tmp_path, "--to", tmp_path / "out")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("words", [(), ("--without-text",)], ids=["all of it", "without text"])
def test_a_database_is_a_home_to_ask_and_none_to_load_into(home: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "shared"
    export(home, "--to", folder, "--format", "duckdb", *words)
    before = sorted(list_names(folder))
    asked = CliRunner().invoke(
        app, ["--home", str(folder), "sql", "--format", "csv", "select count(*) from mart_story"]
    )
    assert (asked.exit_code, asked.stderr, asked.stdout) == (0, "", "count_star()\n2\n")
    for command in (["run", "--no-prefect"], ["resolve"], ["backfill", "--from", "2026-11-01", "--to", "2026-11-02"]):
        done = CliRunner().invoke(app, ["--home", str(folder), *command])
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.endswith(
            "warehouse.duckdb is an export: it can be asked, but has not what a load builds on; "
            "give --home another folder\n"
        )
    assert sorted({*list_names(folder)} - {"dateline.lock"}) == before
