"""Messages to people: that they arrive, and that what cannot be sent stops nothing and gives nothing away."""

import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from flows.notifications import MAX_LINE_COUNT, notify
from flows.settings import read_settings

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise has it


class Webhook(BaseHTTPRequestHandler):
    """Keeps what is sent to it."""

    received: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        """Keep a message."""
        self.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that http.server gives it
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """Give the address of a webhook, as Apprise has it."""
    Webhook.received.clear()
    with HTTPServer(("127.0.0.1", 0), Webhook) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"json://127.0.0.1:{server.server_port}/hook"
        server.shutdown()
        thread.join()


def test_a_webhook_gets_the_title_and_a_line_for_each_thing(address: str) -> None:
    assert notify([address], title="Gazette is late", lines=["<b>one</b>", "two"])
    assert [(said["title"], said["message"]) for said in Webhook.received] == [("Gazette is late", "<b>one</b>\ntwo")]


def test_of_very_many_lines_the_number_of_the_rest_is_said(address: str) -> None:
    notify([address], title="t", lines=["x"] * (MAX_LINE_COUNT + 1_200))
    assert Webhook.received[0]["message"].splitlines()[-1] == "and 1,200 more"


@pytest.mark.parametrize(
    "wrong", ["json://user:secret@127.0.0.1:1/x", "nothing"], ids=["nobody answers", "no such service"]
)
def test_what_cannot_be_sent_is_logged_without_its_address(wrong: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "flows"):
        assert not notify([wrong], title="Gazette is late", lines=["x"])
    ours = [record.getMessage() for record in caplog.records if record.name == "flows.notifications"]
    assert ours == ["not everybody was told: Gazette is late; check DATELINE_NOTIFY"]
    assert "secret" not in caplog.text


def test_the_others_are_told_when_one_address_is_wrong(address: str) -> None:
    assert not notify(["nothing", address], title="t", lines=["x"])
    assert len(Webhook.received) == 1


def test_addresses_are_divided_by_white_space_and_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_NOTIFY", "json://a/x\n  mailto://user:secret@b")
    settings = read_settings()
    assert settings.notify == ("json://a/x", "mailto://user:secret@b")
    assert "secret" not in repr(settings)
