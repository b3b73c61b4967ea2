"""The server of a run: one that does not answer is said on one line."""

import httpx
import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.commands.run import reporting_server
from flows.errors import DatelineError
from flows.runtime import start_server
from tests.integration.servers import find_free_port


def test_a_server_that_does_not_answer_fails_the_run_before_it_begins() -> None:
    address = f"http://127.0.0.1:{find_free_port()}/api"
    with temporary_settings({PREFECT_API_URL: address}), pytest.raises(DatelineError, match="no server answers at"):
        start_server()


def test_a_server_that_goes_away_is_an_error_of_one_line() -> None:
    with pytest.raises(DatelineError, match=r"server fails \(refused\); what was finished is kept"), reporting_server():
        raise httpx.ConnectError("refused")
