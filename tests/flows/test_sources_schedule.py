"""Days on which sources are due, by their schedule and time zone."""

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from flows.sources.schedule import IDLE_DAY, list_idle_days
from transforms.source_schemas import SOURCE_VERSION

MONDAY, SUNDAY = date(2026, 11, 2), date(2026, 11, 8)
SPANS = pl.DataFrame({"source_id": ["a"], "first_date": [MONDAY], "last_date": [SUNDAY]})


def list_idle(*blocks: dict[str, Any]) -> list[int]:
    """Return the days of November on which source a is not due."""
    always = {
        "source_id": "a",
        "name": "A",
        "valid_from": datetime(1900, 1, 1, tzinfo=UTC),
        "valid_to": datetime(9999, 12, 31, tzinfo=UTC),
    }
    idle = list_idle_days(pl.DataFrame([always | block for block in blocks], schema=SOURCE_VERSION), SPANS)
    assert idle.schema == IDLE_DAY
    return [day.day for day in idle["date"]]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param({"schedule": "*/30 6-23 * * *"}, [], id="every day"),
        pytest.param({"schedule": None}, [], id="on demand"),
        pytest.param({"schedule": "0 7 * * 1-5"}, [7, 8], id="working days"),
        pytest.param({"schedule": "0 7 5 * *"}, [2, 3, 4, 6, 7, 8], id="a day of the month"),
        pytest.param({"schedule": "0 1 * * 1", "timezone": "Asia/Tokyo"}, [2, 3, 4, 5, 6, 7], id="Sunday in UTC"),
        pytest.param({"source_id": "b", "schedule": "0 7 * * 1"}, [], id="another source"),
    ],
)
def test_the_days_that_are_not_due_are_idle(block: dict[str, Any], expected: list[int]) -> None:
    assert list_idle(block) == expected


def test_each_block_counts_for_its_own_days() -> None:
    change = datetime(2026, 11, 5, tzinfo=UTC)
    blocks = ({"schedule": "0 7 * * 1", "valid_to": change}, {"schedule": "0 7 * * 5", "valid_from": change})
    assert list_idle(*blocks) == [3, 4, 5, 7, 8]
