"""Standard input, output and error that are closed, or that nobody reads: no traceback, and no file in their place."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.publish import build_aside

DATELINE = str(Path(sys.executable).with_name("dateline"))
CLOSED = {"input": "<&-", "output": ">&-", "all": "<&- >&- 2>&-"}
COMMANDS = {
    "sql": ("sql",),
    "query": ("sql", "select 1 as n"),
    "query from input": ("sql", "-"),
    "parquet": ("sql", "--format", "parquet", "select 1 as n"),
    "status": ("status",),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with an empty warehouse."""
    folder = tmp_path_factory.mktemp("home")
    with build_aside(folder / "warehouse.duckdb"):
        pass
    return folder


def run_in_shell(redirection: str, *command: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a command with what a shell does to its streams."""
    shell = ["sh", "-c", f'"$@" {redirection}', "sh", *command]
    return subprocess.run(shell, capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize("closed", CLOSED)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_stream_that_is_closed_costs_a_line_at_most(home: Path, command: str, closed: str) -> None:
    done = run_in_shell(CLOSED[closed], DATELINE, "--home", str(home), *COMMANDS[command])
    wants_input = command in {"sql", "query from input"}
    assert (done.returncode != 0) == wants_input
    assert done.stderr.count(b"\n") == (wants_input and closed in {"input", "output"})


@pytest.mark.parametrize(
    "finding",
    [
        pytest.param("os.open('/dev/zero', os.O_RDONLY) > 2", id="no file takes its place"),
        pytest.param("sys.stdin.read() == ''", id="there is no input"),
        pytest.param("sys.stdout.write('x') == sys.stderr.write('x')", id="output goes nowhere"),
        pytest.param(
            "not subprocess.run([sys.executable, '-c', 'import os; [os.fstat(n) for n in range(3)]']).returncode",
            id="children have it, too",
        ),
    ],
)
def test_what_is_closed_is_the_null_device(finding: str) -> None:
    program = (
        f"import os, subprocess, sys; import flows.standard_streams as s; s.open_closed_streams(); sys.exit({finding})"
    )
    assert run_in_shell(CLOSED["all"], sys.executable, "-c", program).returncode == 1  # which is True


@pytest.mark.parametrize("words", [("sql", "from range(100000)"), ("status",), ("--help",)], ids=" ".join)
def test_a_reader_that_left_ends_a_command_without_a_word(home: Path, words: tuple[str, ...]) -> None:
    process = subprocess.Popen([DATELINE, "--home", str(home), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (141, b"")


@pytest.mark.parametrize("buffering", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
def test_a_reader_that_leaves_amid_a_table_is_noticed(home: Path, buffering: dict[str, str]) -> None:
    command = [DATELINE, "--home", str(home), "sql", "from range(100000)", "--limit", "100000"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | buffering
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (141, b"")


def test_a_file_that_may_not_grow_is_a_line(home: Path) -> None:
    words = ("sql", "from range(100000)", "--limit", "100000")
    shell = ["sh", "-c", f'ulimit -f 100; exec "$@" > "{home}/table.txt"', "sh", DATELINE, "--home", str(home), *words]
    done = subprocess.run(shell, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
