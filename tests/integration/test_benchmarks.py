"""The benchmarks run: they are built on the loaders, and nobody looks at them between two measurements."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

BENCHMARKS: Final = Path(__file__).parents[1] / "benchmarks"


def run_benchmark(name: str, *words: object) -> str:
    """Return what a benchmark prints; it has to end well."""
    command = [sys.executable, str(BENCHMARKS / name), *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(BENCHMARKS.parents[1])}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def star(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse made of nothing, that passes every check."""
    path = tmp_path_factory.mktemp("star") / "star.duckdb"
    assert "check special_members" in run_benchmark("make_star.py", path, "--articles", 1000, "--check")
    return path


def test_a_day_with_corrections_is_loaded_into_a_star(star: Path) -> None:
    assert "into the star:" in run_benchmark("load_day.py", star, "--articles", 40, "--corrections")


def test_the_articles_of_a_star_are_loaded_into_nothing(star: Path) -> None:
    assert "all of it" in run_benchmark("load_star.py", star, "--articles", 300)


def test_the_questions_of_the_guide_are_asked_of_a_star(star: Path) -> None:
    assert "25_people_beside" in run_benchmark("ask_star.py", star, "--rounds", 1)


def test_only_questions_with_a_name_in_them_are_asked_of_other_names(star: Path) -> None:
    told = run_benchmark("ask_star.py", star, "--rounds", 1, "--named-in", 10)
    assert "02_name_by_day" in told
    assert "19_languages" not in told
