"""What the command line prints of what libraries log."""

import logging

import pytest
import typer
from typer.testing import CliRunner

from flows.cli import Program, app, is_news


@pytest.mark.parametrize(
    ("logger", "message", "is_printed"),
    [
        pytest.param(
            "prefect.flow_runs", "Crash detected! Execution was aborted by a termination signal.", False, id="signal"
        ),
        pytest.param(
            "prefect.flow_runs", "Crash detected! Execution was aborted by an interrupt signal.", False, id="Ctrl-C"
        ),
        pytest.param(
            "prefect.flow_runs", "Crash detected! Execution was interrupted by an unexpected exception", True, id="bug"
        ),
        pytest.param("prefect.flow_runs", "Encountered exception during execution: OSError()", False, id="failed flow"),
        pytest.param("prefect.task_runs", "Finished in state Failed('lost')", False, id="failed task"),
        pytest.param("EventsWorker", "Still processing items: 1 items remaining...", False, id="the last events"),
        pytest.param("prefect.task_runs", "Task run failed with exception: OSError('busy')", True, id="tried again"),
        pytest.param("flows.workers", "a worker process ended before its work", True, id="ours"),
    ],
)
def test_of_a_flow_that_ends_badly_the_command_says_so_and_prefect_does_not(
    logger: str, message: str, *, is_printed: bool
) -> None:
    assert is_news(logging.makeLogRecord({"name": logger, "msg": message})) is is_printed


@pytest.mark.parametrize("words", [("status",), ("raw", "show", "x"), ("sources", "check")], ids=" ".join)
def test_an_option_behind_the_command_is_told_to_stand_before_it(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, [*words, "--home", "news"])
    assert done.exit_code == 2
    assert f"--home stands before the command: dateline --home ... {words[0]}" in done.stderr


def test_an_option_that_nobody_has_is_called_so() -> None:
    done = CliRunner().invoke(app, ["status", "--house", "news"])
    assert (done.exit_code, "No such option: --house" in done.stderr) == (2, True)


def test_an_interruption_is_said_in_a_line() -> None:
    program = typer.Typer(cls=Program)
    program.callback()(lambda: None)

    @program.command()
    def wait() -> None:
        raise KeyboardInterrupt

    done = CliRunner().invoke(program, ["wait"])
    assert (done.exit_code, done.stdout, done.stderr) == (130, "", "interrupted\n")
