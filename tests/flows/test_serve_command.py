"""``dateline serve`` as a person types it, as far as it needs no server."""

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from flows.cli import app

SOURCES = """
[[group]]
name = "dailies"
schedule = "0 7 * * *"
[[source]]
name = "The Gazette"
domain = "gazette.example"
group = "dailies"
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home with a sources file; nothing else is set."""
    for name in ("DATELINE_SOURCES", "DATELINE_HOME", "PREFECT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return tmp_path


def serve(home: Path, *words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["--home", str(home), "serve", *words])


def test_what_would_be_run_is_shown_with_its_next_time(home: Path) -> None:
    done = serve(home, "--dry-run")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "deployment",
        "collect/dailies",
        "maintain/nightly",
    ]
    assert " 07:00 UTC " in done.stdout


def test_a_file_is_written_and_the_next_command_is_said(home: Path) -> None:
    path = home / "it's [a] file.yaml"
    done = serve(home, "--write", str(path))
    assert (
        done.stdout
        == f"2 deployments in {path}; next: prefect deploy --all --prefect-file '{home}/it'\"'\"'s [a] file.yaml'\n"
    )
    assert [one["name"] for one in yaml.safe_load(path.read_text(encoding="utf-8"))["deployments"]] == [
        "dailies",
        "nightly",
    ]


def test_the_file_is_printed_where_a_dash_is_given(home: Path) -> None:
    assert yaml.safe_load(serve(home, "--write", "-").stdout)["name"] == "dateline"


def test_a_file_that_cannot_be_written_is_a_failure(home: Path) -> None:
    done = serve(home, "--write", str(home))
    assert (done.exit_code, done.stderr) == (1, f"dateline serve: cannot write {home}: Is a directory\n")


def test_without_a_server_it_is_said_how_to_start_one(home: Path) -> None:
    done = serve(home)
    assert done.exit_code == 2
    assert done.stderr.startswith(
        "dateline serve: schedules need a server: start one with: prefect server start, and set"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(None, "there is no sources file at {home}/sources.toml: make one with:", id="no file"),
        pytest.param("", "sources.toml:1: there is no source in it", id="empty file"),
        pytest.param(
            '[[source]]\nname = "L"\nid = "the lamp"\nschedule = "0 7 * * *"',
            'source "the lamp" has an id that names no deployment: give it a group',
            id="a name for no deployment",
        ),
    ],
)
def test_a_wrong_file_is_wrong_usage(home: Path, text: str | None, message: str) -> None:
    (home / "sources.toml").unlink() if text is None else (home / "sources.toml").write_text(text, encoding="utf-8")
    done = serve(home, "--dry-run")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"dateline serve: {message.format(home=home)}")


@pytest.mark.parametrize(
    ("url", "status", "message"),
    [
        pytest.param("http://127.0.0.1:1/api", 1, "no server answers at http://127.0.0.1:1/api", id="nobody"),
        pytest.param("127.0.0.1:4200", 2, "PREFECT_API_URL is '127.0.0.1:4200': give an", id="no address"),
    ],
)
def test_a_server_that_does_not_answer_is_said_in_one_line(
    home: Path, monkeypatch: pytest.MonkeyPatch, url: str, status: int, message: str
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", url)
    done = serve(home)
    assert (done.exit_code, done.stderr.count("\n")) == (status, 1)
    assert done.stderr.startswith(f"dateline serve: {message}")
