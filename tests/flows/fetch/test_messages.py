"""A politeness that makes no sense is refused where it is written."""

from typing import Any

import pytest

from flows.fetch.limits import make_limits
from flows.fetch.messages import Politeness
from flows.settings import read_settings


@pytest.mark.parametrize("values", [{"delay_seconds": -1}, {"delay_seconds": float("nan")}, {"concurrency": 0}])
def test_a_politeness_without_sense_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="delay_seconds is"):
        Politeness(**values)


def test_what_can_be_set_is_what_holds() -> None:
    limits = make_limits(
        read_settings(max_document_bytes=5, fetch_deadline_seconds=6, fetch_max_wait_seconds=7, fetch_retry_count=8)
    )
    assert (limits.max_bytes, limits.deadline_seconds, limits.max_wait_seconds, limits.retry_count) == (5, 6, 7, 8)
