"""The server of a run: one that does not answer is said on one line."""

from contextlib import nullcontext

import httpx
import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.commands.failures import reporting_server
from flows.errors import DatelineError, UsageError
from flows.runtime import require_server, start_server
from tests.integration.servers import find_free_port


def test_a_server_that_does_not_answer_fails_the_run_before_it_begins() -> None:
    address = f"http://127.0.0.1:{find_free_port()}/api"
    with temporary_settings({PREFECT_API_URL: address}), pytest.raises(DatelineError, match="no server answers at"):
        start_server()


def test_a_server_that_goes_away_is_an_error_of_one_line() -> None:
    with pytest.raises(DatelineError, match=r"server fails \(refused\); go on"), reporting_server("go on"):
        raise httpx.ConnectError("refused")


@pytest.mark.parametrize(
    ("status", "text", "is_server"),
    [
        pytest.param(200, "true", True, id="a server"),
        pytest.param(401, "", True, id="a server that asks who we are"),
        pytest.param(503, "", True, id="a server that is busy"),
        pytest.param(404, '{"detail":"Not Found"}', False, id="a server without /api"),
        pytest.param(200, "<!doctype html>", False, id="a page"),
    ],
)
def test_an_address_where_something_else_answers_is_wrong_usage(
    status: int, text: str, monkeypatch: pytest.MonkeyPatch, *, is_server: bool
) -> None:
    monkeypatch.setattr(httpx, "get", lambda *_, **__: httpx.Response(status, text=text))
    with nullcontext() if is_server else pytest.raises(UsageError, match="where no Prefect API is: it ends in /api"):
        require_server({"PREFECT_API_URL": "http://127.0.0.1:4200"})
