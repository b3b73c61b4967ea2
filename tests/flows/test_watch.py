"""What scheduled runs say of outlets: what is newly wrong, and who is late."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.context import Interval
from flows.settings import Settings
from flows.sources.groups import Group, SourceGroup
from flows.steps import watch
from flows.steps.watch import list_late, list_news
from warehouse.errors import MigrationError

DAY = date(2026, 3, 2)


def make_row(source_id: str, status: str, reason: str = "no feed answered") -> dict[str, object]:
    """Return a trouble of an outlet."""
    return {
        "source_id": source_id,
        "source_name": source_id.upper(),
        "date": DAY,
        "measure": "coverage",
        "status": status,
        "reason": reason,
    }


def test_only_what_was_not_wrong_before_is_news() -> None:
    before = [make_row("a", "partial")]
    after = [make_row("a", "partial"), make_row("b", "error")]
    assert list_news(before, after, ["a", "b"]) == ["B: 2026-03-02 coverage: no feed answered"]


def test_what_is_wrong_in_another_way_is_news() -> None:
    assert len(list_news([make_row("a", "partial")], [make_row("a", "error")], ["a"])) == 1


def test_what_is_wrong_with_outlets_of_other_groups_is_left_to_their_runs() -> None:
    assert list_news([], [make_row("b", "error")], ["a"]) == []


def make_late(loaded_until: int | None) -> list[str]:
    """Return what is said at 12:20 of a group that is due each hour and was loaded until an hour."""
    group = SourceGroup(group=Group(name="dailies", schedule="0 * * * *"), source_ids=("a",))
    loaded = {}
    if loaded_until is not None:
        end = datetime(2026, 3, 2, loaded_until, tzinfo=UTC)
        loaded = {Interval(end.replace(hour=loaded_until - 1), end): end}
    return list_late([group], {"dailies": loaded}, datetime(2026, 3, 2, 12, 20, tzinfo=UTC))


def test_a_group_is_late_when_the_last_interval_but_one_is_not_loaded() -> None:
    assert make_late(10) == ["dailies: loaded until 2026-03-02 10:00 UTC, due until 2026-03-02 11:00"]
    assert make_late(11) == []
    assert make_late(12) == []


def test_a_group_that_never_ran_is_not_late() -> None:
    assert make_late(None) == []


def test_a_warehouse_of_older_code_keeps_no_run_from_bringing_it_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *, since: date) -> list[object]:
        raise MigrationError(f"{path} has schema 1, {since}")

    monkeypatch.setattr(watch, "read_troubles", refuse)
    entered = False
    with watch.watching_troubles(Settings(home=tmp_path), ["a"], title="t"):
        entered = True
    assert entered
