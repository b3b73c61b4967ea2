"""``dateline run`` with addresses, as a person types it: interruption, one-line errors, exit statuses."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.fetch.site import Reply, Site
from tests.integration.newsstand import write_page
from tests.integration.support import query

DATELINE = str(Path(sys.executable).with_name("dateline"))
INTERRUPTED = "dateline run: interrupted; what was finished is kept, the same command goes on from there\n"


@pytest.fixture
def site() -> Iterator[Site]:
    """Give a site at 127.0.0.1 with three pages, and one for which its server takes a minute."""
    with Site() as site:
        site.put(f"{site.local_url}/robots.txt", Reply(status=404))
        for number in range(3):
            site.put(f"{site.local_url}/{number}", Reply(write_page(number), etag=f'"{number}"'))
        site.put(f"{site.local_url}/slow", Reply(write_page(3), pause_seconds=60))
        yield site


def start(home: Path, *words: str, option: str = "--no-prefect") -> "subprocess.Popen[str]":
    """Start a run, in a group of its own, that may ask private addresses, without a wait between two."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    environment = {**kept, "DATELINE_FETCH_ALLOW_PRIVATE": "true", "DATELINE_FETCH_DELAY_SECONDS": "0"}
    command = [DATELINE, "--home", str(home), "run", option, *words]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )


def run_dateline(home: Path, *words: str) -> tuple[int, str]:
    """Return the exit status of a run and what it says of errors."""
    with start(home, *words) as process:
        _, errors = process.communicate(timeout=120)
    return process.returncode, errors


@pytest.mark.model
def test_ctrl_c_ends_a_run_at_a_slow_server_at_once_and_the_next_goes_on(tmp_path: Path, site: Site) -> None:
    home = tmp_path / "home"
    urls = [f"{site.local_url}/{name}" for name in ("0", "1", "2", "slow")]
    with start(home, *urls) as process:
        ends_at = time.monotonic() + 60
        while urls[-1] not in site.list_urls() and time.monotonic() < ends_at:
            time.sleep(0.02)
        time.sleep(0.5)  # the answers before it are taken
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)  # the answer comes after 60
    assert (process.returncode, errors) == (130, INTERRUPTED)
    site.put(urls[-1], Reply(write_page(3)))
    site.log.clear()
    assert run_dateline(home, *urls) == (0, "")
    assert [seen.headers.get("if-none-match") for seen in site.log if "robots" not in seen.url] == [
        *('"0"', '"1"', '"2"'),
        None,
    ]
    assert query(home, "select count(*) from fact_article") == [(4,)]


def is_group_there(number: int) -> bool:
    """Tell whether a process of a group lives."""
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.prefect
def test_ctrl_c_at_a_terminal_ends_a_run_under_prefect_and_its_server(tmp_path: Path, site: Site) -> None:
    url = f"{site.local_url}/slow"
    with start(tmp_path / "home", url, option="--prefect") as process:
        ends_at = time.monotonic() + 120
        while url not in site.list_urls() and time.monotonic() < ends_at:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)  # Prefect tells its server; asking one that is gone takes minutes
    assert process.returncode == 130
    assert errors.endswith(INTERRUPTED)
    assert "Traceback" not in errors
    ends_at = time.monotonic() + 30  # what workers come from sees that its command is gone, and goes
    while is_group_there(process.pid) and time.monotonic() < ends_at:
        time.sleep(0.1)
    assert not is_group_there(process.pid)


@pytest.mark.parametrize("url", ["http://", "http://a b/", "https://news.example:99999/"])
def test_an_address_that_is_none_is_wrong_usage(tmp_path: Path, url: str) -> None:
    message = f"dateline run: not an address that can be fetched: {url!r}\n"
    assert run_dateline(tmp_path / "home", url) == (2, message)


def test_a_password_in_an_address_is_wrong_usage_and_neither_kept_nor_shown(tmp_path: Path) -> None:
    status, errors = run_dateline(tmp_path / "home", "http://ann:secret@news.example/a")
    assert (status, errors.count("\n")) == (2, 1)
    assert "news.example" in errors
    assert "secret" not in errors
    assert not (tmp_path / "home").exists()


def test_fetching_without_a_sources_file_is_wrong_usage(tmp_path: Path) -> None:
    message = "dateline run: --fetch needs a sources file: make one with: dateline sources add URL\n"
    assert run_dateline(tmp_path / "home", "--fetch") == (2, message)


def test_a_memory_that_cannot_be_written_is_an_error_of_one_line(tmp_path: Path, site: Site) -> None:
    (tmp_path / "home" / "fetch.sqlite").mkdir(parents=True)
    status, errors = run_dateline(tmp_path / "home", f"{site.local_url}/0")
    assert status == 1
    assert errors.startswith("dateline run: cannot use ")
    assert errors.count("\n") == 1
