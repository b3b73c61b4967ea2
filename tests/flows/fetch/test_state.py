"""What is remembered between runs, and that nothing kills it."""

import logging
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.errors import FetchStateError
from flows.fetch.messages import Failure, Fetched, Unmodified
from flows.fetch.state import EntryState, FetchState, PageState
from flows.home import Home

URL = "http://news.example/a"
FEED = "http://news.example/feed"
EARLY = datetime(2026, 3, 2, 8, 0, 0, 5, tzinfo=UTC)
LATE = datetime(2026, 3, 3, 8, tzinfo=UTC)
EARLY_US = 1_772_438_400_000_005
LATE_US = 1_772_524_800_000_000

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from flows.fetch.messages import Unmodified
from flows.fetch.state import FetchState

state = FetchState(Path(sys.argv[1]))
for number in range(50):
    state.record(Unmodified(url=f"http://news.example/{number}", fetched_at=datetime.now(UTC)), None)
state._connection.execute("begin immediate")
state._connection.execute("delete from page")
os.kill(os.getpid(), signal.SIGKILL)
"""


def fetched(at: datetime = EARLY, etag: str | None = '"7"') -> Fetched:
    """Return a page that came."""
    return Fetched(
        url=URL,
        final_url=URL + "/",
        redirects=("http://news.example/x",),
        content_type="text/html",
        etag=etag,
        last_modified=None,
        fetched_at=at,
        body=b"Rain",
    )


def failed(url: str = URL, *, is_final: bool = False) -> Failure:
    """Return a page that did not come."""
    return Failure(url=url, reason="http_error", detail="500", fetched_at=LATE, is_final=is_final)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the file is."""
    return Home(tmp_path).fetch_path


def test_nothing_is_known_of_a_page_at_first(path: Path) -> None:
    with FetchState(path) as state:
        assert state.get_page(URL) is None
        assert state.list_entries(FEED) == []


def test_a_page_that_came_is_remembered_by_the_next_run(path: Path) -> None:
    with FetchState(path) as state:
        state.record(fetched(), "ab12", "page")
    with FetchState(path) as state:
        assert state.get_page(URL) == PageState(URL, '"7"', None, URL + "/", EARLY_US, "fetched", 0, "ab12", "page")


def test_a_newer_copy_replaces_the_older(path: Path) -> None:
    with FetchState(path) as state:
        state.record(fetched(), "ab12", "page")
        state.record(fetched(LATE, etag=None), "cd34", "page")
        assert state.get_page(URL) == PageState(URL, None, None, URL + "/", LATE_US, "fetched", 0, "cd34", "page")


def test_an_unmodified_page_keeps_what_is_known_of_its_copy(path: Path) -> None:
    with FetchState(path) as state:
        state.record(fetched(), "ab12", "page")
        state.record(failed(), None)
        state.record(Unmodified(url=URL, fetched_at=LATE), None)
        assert state.get_page(URL) == PageState(URL, '"7"', None, URL + "/", LATE_US, "unmodified", 0, "ab12", "page")


def test_failures_are_counted_and_the_copy_stays_known(path: Path) -> None:
    with FetchState(path) as state:
        state.record(fetched(), "ab12", "page")
        state.record(failed(), None)
        state.record(failed(), None)
        assert state.get_page(URL) == PageState(URL, '"7"', None, URL + "/", LATE_US, "failed", 2, "ab12", "page")
        state.record(failed(is_final=True), None)
        page = state.get_page(URL)
    assert page is not None
    assert (page.status, page.failure_count) == ("gone", 3)


def test_a_list_replaces_the_one_before(path: Path) -> None:
    with FetchState(path) as state:
        state.put_entries(FEED, [("a", '{"title": "x"}'), ("b", None)], 1)
        state.put_entries("other", [("c", None)], 1)
        state.put_entries(FEED, [("b", "{}"), ("d", None)], 2)
        for url in ("a", "b"):
            state.record(Unmodified(url=url, fetched_at=LATE), None)
        state.put_entries(FEED, [("b", "{}"), ("d", None)], 3)
        assert state.list_entries(FEED) == [
            EntryState("b", "{}", 1, is_listed=True),
            EntryState("d", None, 2, is_listed=True),
        ]
        assert state.list_entries("other") == [EntryState("c", None, 1, is_listed=True)]


def test_what_was_listed_and_never_came_stays_pending_until_it_is_settled(path: Path) -> None:
    urls = ["came", "gone", "failed", "unasked"]
    with FetchState(path) as state:
        state.put_entries(FEED, [(url, None) for url in urls], 1)
        state.record(Unmodified(url="came", fetched_at=LATE), None)
        state.record(failed("gone", is_final=True), None)
        state.record(failed("failed"), None)
        state.put_entries(FEED, [], 2)
        once_more = state.list_entries(FEED)
        state.put_entries(FEED, [], 3)
        pending = state.list_entries(FEED)
        state.record(Unmodified(url="failed", fetched_at=LATE), None)
        state.put_entries(FEED, [], 4)
        rest = state.list_entries(FEED)
    assert once_more == [EntryState(url, None, 1, is_listed=False) for url in sorted(urls)]
    assert [entry.url for entry in pending] == ["failed", "unasked"]
    assert [entry.url for entry in rest] == ["unasked"]


def test_what_is_gone_and_was_there_stays_pending(path: Path) -> None:
    with FetchState(path) as state:
        state.put_entries(FEED, [(URL, None)], 1)
        state.record(fetched(), "ab12", "page")
        for seen_at in (2, 3):
            state.record(failed(is_final=True), None)
            state.put_entries(FEED, [], seen_at)
        assert [entry.url for entry in state.list_entries(FEED)] == [URL]
        state.record(fetched(), "ab12", "page")
        state.put_entries(FEED, [], 4)
        assert state.list_entries(FEED) == []


def test_an_address_that_is_listed_twice_is_one_entry(path: Path) -> None:
    with FetchState(path) as state:
        state.put_entries(FEED, [("a", "1"), ("a", "2")], 1)
        assert state.list_entries(FEED) == [EntryState("a", "2", 1, is_listed=True)]


def test_a_file_that_may_not_be_written_is_named(path: Path) -> None:
    with FetchState(path) as state:
        state._connection.execute("pragma query_only = on")  # noqa: SLF001  as if the disk were so
        with pytest.raises(FetchStateError, match=r"cannot use .*fetch\.sqlite.*readonly.*; make room or mend it"):
            state.record(fetched(), "ab12", "page")


def test_of_many_pages_all_are_remembered_or_none(path: Path) -> None:
    with FetchState(path) as state:
        with pytest.raises(FetchStateError):
            state.record_all([(fetched(), "ab12", "page"), (failed("b"), None, None), (fetched(), b"", object())])  # type: ignore[list-item] # on purpose
        assert state.get_page(URL) is None


def test_a_list_that_breaks_off_changes_nothing(path: Path) -> None:
    with FetchState(path) as state:
        state.put_entries(FEED, [("a", None)], 1)
        with pytest.raises(FetchStateError):
            state.put_entries(FEED, [("b", None), ("c", ["no text"])], 2)  # type: ignore[list-item] # on purpose
        assert [entry.url for entry in state.list_entries(FEED)] == ["a"]


def test_what_was_written_outlives_a_kill(path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.run([sys.executable, "-c", KILLED, str(path)], env=environment, check=False)
    assert process.returncode == -signal.SIGKILL
    with FetchState(path) as state:
        assert state.get_page("http://news.example/49") is not None


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"this is no database, and it is long enough to be read as one" * 20, id="another file"),
        pytest.param(b"SQLite format 3\0" + bytes(range(256)) * 40, id="rubbish behind the right start"),
    ],
)
def test_a_damaged_file_is_set_aside(path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING), FetchState(path) as state:
        state.record(fetched(), "ab12", "page")
        assert state.get_page(URL) is not None
    assert path.with_name("fetch.sqlite.damaged").read_bytes() == content
    assert "begun anew" in caplog.text


def test_a_page_torn_from_the_middle_is_noticed(path: Path) -> None:
    with FetchState(path) as state:
        state.put_entries(FEED, [(f"{URL}/{number}", "x" * 200) for number in range(500)], 1)
    content = bytearray(path.read_bytes())
    content[8192:20480] = b"\xff" * 12288
    path.write_bytes(content)
    with FetchState(path) as state:
        assert state.list_entries(FEED) == []


def test_a_file_of_another_version_is_set_aside(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()
    with FetchState(path) as state:
        assert state.get_page(URL) is None
    assert path.with_name("fetch.sqlite.damaged").exists()


def test_an_empty_file_is_a_new_one(path: Path) -> None:
    path.touch()
    with FetchState(path) as state:
        assert state.get_page(URL) is None


def test_a_folder_that_is_not_there_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(FetchStateError, match=r"cannot use .*fetch\.sqlite"):
        FetchState(tmp_path / "none" / "fetch.sqlite")


def test_the_home_owns_the_file_and_its_journal(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.owns(tmp_path / "fetch.sqlite")
    assert home.owns(tmp_path / "fetch.sqlite-journal")
