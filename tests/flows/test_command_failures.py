"""How a command ends that fails: one line, and the status that programs go by."""

import signal
from contextlib import suppress

import pytest
import typer

from flows.commands.failures import reporting_failures
from flows.errors import DatelineError, SourcesError, UsageError
from warehouse.errors import WarehouseError


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (UsageError("no such file"), 2, "dateline x: no such file\n"),
        (SourcesError("a:1: wrong\na:2: wrong too"), 2, "dateline x: 2 problems\na:1: wrong\na:2: wrong too\n"),
        (DatelineError("the disk is full"), 1, "dateline x: the disk is full\n"),
        (WarehouseError("not a DuckDB file"), 1, "dateline x: not a DuckDB file\n"),
        (KeyboardInterrupt(), 130, "dateline x: interrupted; all is kept\n"),
    ],
    ids=["usage", "several", "failed", "warehouse", "interrupted"],
)
def test_each_error_has_its_line_and_status(
    error: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, reporting_failures("dateline x", interrupted="all is kept"):
        raise error
    assert ended.value.exit_code == status
    assert capsys.readouterr().err == said


def test_sigterm_ends_a_command_as_ctrl_c_does_with_a_status_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(typer.Exit) as ended, reporting_failures("dateline x", interrupted="all is kept"):
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.exit_code == 143
    assert capsys.readouterr().err == "dateline x: interrupted; all is kept\n"
    assert signal.getsignal(signal.SIGTERM) == before


def test_sigterm_keeps_its_status_where_a_library_raises_an_interruption_of_its_own() -> None:
    with pytest.raises(typer.Exit) as ended, reporting_failures("dateline x", interrupted="all is kept"):
        interrupt_as_a_library_does()
    assert ended.value.exit_code == 143


def interrupt_as_a_library_does() -> None:
    with suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)
    raise KeyboardInterrupt


def test_an_interruption_is_left_to_the_caller_where_nothing_is_to_be_said() -> None:
    with pytest.raises(KeyboardInterrupt), reporting_failures("dateline x"):
        raise KeyboardInterrupt


def test_an_error_of_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), reporting_failures("dateline x"):
        raise ZeroDivisionError
