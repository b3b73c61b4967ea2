"""``dateline backfill`` as a person types it, as far as no model is needed: wrong usage in a line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app

MARCH = ("--from", "2017-03-01", "--to", "2017-03-31")


def invoke(home: Path, *words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["--home", str(home), "backfill", *words])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("--from", "March", "--to", "2017-03-31"), "--from 'March' is no day", id="no day"),
        pytest.param(("--from", "2017-03-02", "--to", "2017-03-01"), "give the earlier day first", id="backwards"),
        pytest.param((*MARCH, "--interval", "[fortnight]"), "--interval '[fortnight]': give day", id="no length"),
        pytest.param(
            (*MARCH, "--missing-only", "--reprocess", "completed"), "contradict each other", id="contradiction"
        ),
        pytest.param((*MARCH, "--source", " "), "--source is empty", id="an outlet without a name"),
        pytest.param((*MARCH, "--source", "\udcff"), r"--source is not UTF-8: \udcff", id="an outlet of bytes"),
        pytest.param((*MARCH, "--reprocess", "some"), "'some' is not one of", id="another policy"),
        pytest.param((*MARCH, "--max-active", "0"), "greater than or equal to 1", id="no interval at a time"),
        pytest.param((*MARCH, "no'such [file].txt"), "no'such [file].txt", id="no such path"),
        pytest.param(MARCH, "there are no raw documents", id="an empty home"),
        pytest.param((), "Missing option", id="no days"),
    ],
)
def test_wrong_usage_is_told_in_a_line_and_leaves_no_warehouse(
    tmp_path: Path, words: tuple[str, ...], expected: str
) -> None:
    result = invoke(tmp_path / "home", *words)

    assert result.exit_code == 2
    assert expected in result.stderr
    assert not (tmp_path / "home" / "warehouse.duckdb").exists()
