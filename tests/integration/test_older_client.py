"""The oldest DuckDB that users may open a warehouse with answers the guide as the one that built it does."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from warehouse.dictionary import read_guide, split_question
from warehouse.query import run_query

CLIENT = Path(sys.executable).with_name("duckdb")


def ask_older(path: Path, statement: str) -> list[Any]:
    """Return the rows that the older command line prints, as objects; a failure is its message."""
    words = [str(CLIENT), "-readonly", "-list", "-noheader", str(path), statement]
    done = subprocess.run(words, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_client_is_the_older_one() -> None:
    done = subprocess.run([str(CLIENT), "-version"], capture_output=True, check=True, text=True)
    assert done.stdout.startswith("v1.5.")


@pytest.mark.model
@pytest.mark.parametrize("name", list(read_guide()))
def test_an_older_client_answers_the_guide_alike(sample_home: Path, name: str) -> None:
    path = sample_home / "warehouse.duckdb"
    _, _, statement = split_question(read_guide()[name])
    as_json = f"select to_json(answer) as answer from ({statement.rstrip().removesuffix(';')}) as answer"  # noqa: S608  ours
    with run_query(path, as_json) as result:
        rows = [json.loads(row["answer"]) for batch in result for row in batch.to_pylist()]
    assert rows
    assert ask_older(path, as_json) == rows
