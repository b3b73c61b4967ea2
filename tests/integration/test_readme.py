"""The README says what is true: its queries run on the sample, its commands exist, its first answer is the answer."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.decisions_file import parse_decisions
from flows.sources import parse_sources
from tests.integration.support import query

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


NOT_OF_THE_SAMPLE = ("fact_source_coverage", "fact_source_expectation", "article_withdrawal", "fact_interval_effect")
"""Tables that one load of files leaves empty, or with nothing amiss: nothing was fetched, or withdrawn, or was for
an interval."""


def list_blocks(language: str) -> list[str]:
    """Return the code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def list_commands() -> list[list[str]]:
    """Return the words of each ``dateline`` command in the shell blocks."""
    joined = re.sub(r"#.*", "", "\n".join(list_blocks("sh")))
    lexer = shlex.shlex(joined, posix=True, punctuation_chars="\n")
    lexer.whitespace, lexer.whitespace_split = " \t", True
    words = list(lexer)
    begins = [not place or words[place - 1].startswith("\n") for place in range(len(words))]
    starts = [place for place, word in enumerate(words) if begins[place] and word.endswith("dateline")]
    return [
        words[start : next(at for at in range(start, len(words) + 1) if words[at : at + 1] in (["\n"], ["\n\n"], []))]
        for start in starts
    ]


def run_dateline(*words: str) -> str:
    """Return what a command prints that succeeds."""
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.mark.model
def test_the_first_query_prints_the_answer_shown(sample_home: Path) -> None:
    query = next(words[-1] for words in list_commands() if "sql" in words)
    (answer,) = list_blocks("text")
    assert run_dateline("--home", str(sample_home), "sql", query).split() == answer.split()


@pytest.mark.model
@pytest.mark.parametrize("query", list_blocks("sql"), ids=lambda query: query.split("\n")[0][:40])
def test_a_query_shown_has_an_answer_in_the_sample(sample_home: Path, query: str) -> None:
    shown = run_dateline("--home", str(sample_home), "sql", "--format", "jsonl", query)
    assert shown or any(table in query for table in NOT_OF_THE_SAMPLE)


COMMANDS = {
    *("run", "backfill", "serve", "sql", "status", "diff", "export", "explain", "evaluate", "review", "decide"),
    *("resolve", "sources", "raw", "compact"),
}


@pytest.mark.parametrize("words", list_commands(), ids=" ".join)
def test_a_command_shown_exists_with_its_options(words: list[str]) -> None:
    start = next(at for at, word in enumerate(words) if word in COMMANDS)
    own = words[start:]
    has_verb = own[0] in {"sources", "raw", "decide"} and not own[1].startswith("-")
    shown = run_dateline(*own[: 2 if has_verb else 1], "--help")
    assert {word for word in own if word.startswith("--")} <= set(re.findall(r"--[a-z-]+", shown))


@pytest.mark.parametrize("text", list_blocks("toml"), ids=lambda text: text.split("\n")[0])
def test_a_sources_file_shown_is_right(text: str) -> None:
    assert parse_sources(text, name="README.md").sources


@pytest.mark.model
def test_the_decisions_shown_can_be_taken_on_the_sample(sample_home: Path, tmp_path: Path) -> None:
    shutil.copy(sample_home / "warehouse.duckdb", tmp_path)
    shown = [words[1:] for words in list_commands() if words[1] in {"decide", "resolve"} and "--from" not in words]
    assert len(shown) > 7
    for words in shown:
        done = CliRunner().invoke(app, ["--home", str(tmp_path), *words])
        assert (done.exit_code, done.stderr) == (0, ""), words
    assert "entities: " in done.stdout


@pytest.mark.model
def test_the_example_of_a_decisions_file_applies_to_the_sample_line_by_line(sample_home: Path, tmp_path: Path) -> None:
    shutil.copy(sample_home / "warehouse.duckdb", tmp_path)
    shutil.copy(ROOT / "seeds" / "examples" / "decisions.csv", tmp_path)
    assert CliRunner().invoke(app, ["--home", str(tmp_path), "resolve"]).exit_code == 0
    assert query(tmp_path, "select distinct status from human_decision") == [("applied",)]
    found = query(tmp_path, "select article_count from dim_entity where name = 'Supreme Court of Kenya'")
    assert found == [(1,)]


@pytest.mark.parametrize("text", list_blocks("csv"), ids=["decisions"])
def test_a_decisions_file_shown_is_right(text: str) -> None:
    assert parse_decisions(text, Path("README.md")).decisions


def test_every_command_is_in_the_readme() -> None:
    shown = run_dateline("--help")
    listed = re.findall(r"^  ([a-z]+)  ", shown.partition("Commands:")[2], re.MULTILINE)
    assert listed
    assert [name for name in listed if f"dateline {name}" not in README and f" {name}" not in README] == []
