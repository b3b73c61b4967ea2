"""What is set in the environment, and what of it makes no sense."""

import pytest

from flows.errors import UsageError
from flows.settings import read_settings


@pytest.mark.parametrize("given", ["2GB", "1.5 GiB", "600MB"])
def test_a_memory_limit_is_taken_as_the_database_spells_it(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_MEMORY_LIMIT", given)
    assert read_settings().memory_limit == given


@pytest.mark.parametrize("given", ["", "lots", "2", "-1GB", "80%", "1GB; select 1"])
def test_a_memory_limit_that_is_none_is_wrong_usage_by_its_name(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_MEMORY_LIMIT", given)
    with pytest.raises(UsageError, match=r"^DATELINE_MEMORY_LIMIT is "):
        read_settings()
