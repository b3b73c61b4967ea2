"""The journal: what goes on, what failed, and what was killed, until a load takes it over."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.errors import LedgerError
from flows.ledger.journal import GONE, Attempt, Journal
from flows.ledger.processes import Process

START, END = datetime(2026, 11, 3, tzinfo=UTC), datetime(2026, 11, 4, tzinfo=UTC)
NINE, TEN = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=UTC), datetime(2026, 11, 20, 10, tzinfo=UTC)
DEAD = Process(Process.current().host, Process.current().process_id, "before")


def make_attempt(run_key: int, source_id: str = "a", **changes: Any) -> Attempt:
    """Return an attempt of this process that goes on."""
    values: dict[str, Any] = {
        "interval_start": START,
        "interval_end": END,
        "flow_run_id": None,
        "started_at": NINE,
        "code_version": "1",
        "model_name": "m",
        "model_version": None,
        "process": Process.current(),
    }
    return Attempt(run_key=run_key, source_id=source_id, **values | changes)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Return a journal without a file."""
    return Journal(tmp_path / "intervals.sqlite")


def tell(journal: Journal) -> list[tuple[int, str, str, str]]:
    """Return what the journal says: run, outlet, state, detail."""
    return [(each.run_key, each.source_id, each.state, each.detail) for each in journal.list_attempts(TEN)]


def test_a_journal_without_a_file_is_empty_and_stays_so(journal: Journal) -> None:
    assert journal.list_attempts(TEN) == []
    assert not journal.path.exists()


def test_an_attempt_is_read_as_it_was_written(journal: Journal) -> None:
    attempt = make_attempt(2**62, "o'hare [x]", flow_run_id="f")
    journal.begin([attempt])

    assert journal.list_attempts(TEN) == [attempt]


def test_an_attempt_whose_process_is_gone_has_crashed_when_that_is_seen(journal: Journal) -> None:
    journal.begin([make_attempt(1, process=DEAD)])
    (found,) = journal.list_attempts(TEN)

    assert (found.state, found.detail, found.finished_at) == ("crashed", GONE, TEN)


def test_what_was_buried_keeps_the_moment_also_of_another_machine(journal: Journal) -> None:
    journal.begin([make_attempt(1, process=Process("elsewhere.example", 1, ""))])
    journal.bury(NINE)
    (found,) = journal.list_attempts(TEN)

    assert (found.state, found.finished_at) == ("crashed", NINE)


def test_a_run_that_failed_says_why_for_all_its_outlets(journal: Journal) -> None:
    journal.begin([make_attempt(1, "a"), make_attempt(1, "b"), make_attempt(2, "c")])
    journal.end(1, state="failed", detail="the disk is full", finished_at=TEN)

    assert tell(journal) == [
        (1, "a", "failed", "the disk is full"),
        (1, "b", "failed", "the disk is full"),
        (2, "c", "running", ""),
    ]


def test_a_load_takes_over_what_had_ended_and_leaves_what_goes_on(journal: Journal) -> None:
    journal.begin([make_attempt(1), make_attempt(2), make_attempt(3)])
    journal.end(1, state="failed", detail="x", finished_at=TEN)

    journal.forget(2)

    assert tell(journal) == [(3, "a", "running", "")]


def test_a_damaged_file_is_an_error_that_names_it(journal: Journal) -> None:
    journal.path.write_bytes(b"this is no database, whatever it is called" * 100)

    with pytest.raises(LedgerError, match=r"intervals\.sqlite"):
        journal.list_attempts(TEN)
