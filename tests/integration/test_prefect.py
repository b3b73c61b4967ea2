"""A run under the temporary server of Prefect; what runs at a server that stays: test_server.py."""

from pathlib import Path

import pytest

from tests.integration.servers import make_environment, run_to_end
from tests.integration.support import write_jsonl


@pytest.mark.prefect
@pytest.mark.model
def test_a_run_without_a_server_keeps_its_history_in_the_home(tmp_path: Path) -> None:
    articles = write_jsonl(
        tmp_path / "gazette.jsonl", [{"id": "1", "title": "Rain", "text": "Ann Lee spoke in Lisbon."}]
    )
    environment = make_environment(tmp_path / "elsewhere")
    del environment["PREFECT_HOME"]
    printed = run_to_end(["dateline", "--home", str(tmp_path / "home"), "run", str(articles)], environment)
    assert "1 document read" in printed
    assert (tmp_path / "home" / "prefect" / "prefect.db").exists()
