"""``dateline compact`` as a person types it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from tests.warehouse.samples import load_news
from warehouse.publish import build_aside


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / 'it\'s [a] "home"'
    with build_aside(path / "warehouse.duckdb") as con:
        load_news(con)
    return path


def say(home: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--home", str(home), *words])


def test_the_warehouse_is_laid_out_and_it_is_said_what_that_did(home: Path) -> None:
    said = say(home, "compact")
    assert said.exit_code == 0
    assert "rows laid out anew" in said.stdout


def test_a_warehouse_in_order_is_left_alone_if_that_is_asked_for(home: Path) -> None:
    before = (home / "warehouse.duckdb").stat()
    said = say(home, "compact", "--if-needed")
    assert (said.exit_code, said.stdout) == (0, "nothing to do: the facts of one entity lie together\n")
    assert (home / "warehouse.duckdb").stat().st_ino == before.st_ino


def test_without_a_warehouse_no_home_is_made(tmp_path: Path) -> None:
    said = say(tmp_path / "none", "compact")
    assert said.exit_code == 1
    assert "load one with: dateline run" in said.stderr
    assert not (tmp_path / "none").exists()


def test_a_word_too_many_is_wrong_usage(home: Path) -> None:
    assert say(home, "compact", "now").exit_code == 2
