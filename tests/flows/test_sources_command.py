"""``dateline sources`` as a person types it: what is printed where, exit statuses, what is asked before a change."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.sources import fetching
from flows.sources.fetching import Fetching
from tests.flows.fake_fetching import FakeWeb, make_feed

HOME = "https://gazette.ie/"
PAGE = '<html lang="en"><title>The Gazette</title><link rel="alternate" type="application/rss+xml" href="/rss"><p>x'
FEEDS = """[[source]]
name = "The Gazette"
domain = "gazette.ie"
country = "IE"
timezone = "Europe/Dublin"
feeds = ["https://gazette.ie/rss", "https://gazette.ie/gone"]
schedule = "0 6 * * *"
politeness.delay_seconds = 5
[[source]]
name = "The Later Gazette"
domain = "gazette.ie"
valid_from = 9000-01-01
[[source]]
id = "to come"
name = "To Come"
valid_from = 9000-01-01
"""


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test where there is no sources file, with nothing set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATELINE_SOURCES", raising=False)
    monkeypatch.delenv("DATELINE_HOME", raising=False)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> FakeWeb:
    """Return a web that the commands fetch from."""
    found = FakeWeb({HOME: PAGE}, {f"{HOME}rss": make_feed()})

    @contextmanager
    def open_fake() -> Iterator[Fetching]:
        yield found.open()

    monkeypatch.setattr(fetching, "open_fetching", open_fake)
    return found


def run(*words: str, typed: str = "") -> tuple[int, str, str]:
    """Return exit status, standard output and standard error of ``dateline sources``."""
    done = CliRunner().invoke(app, ["--home", ".", "sources", *words], input=typed)
    return done.exit_code, done.stdout, done.stderr


def test_a_right_file_is_shown_as_a_table(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(FEEDS, encoding="utf-8")
    status, out, err = run("check")
    rows = [line.split() for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert rows[0] == "id name country feeds sitemaps schedule next due".split()
    assert rows[1][:10] == "gazette.ie The Gazette IE 2 0 0 6 * *".split()
    assert rows[1][-2] == "06:00"
    assert rows[2][-2:] == ["begins", "9000-01-01"]
    assert out.endswith("\n2 sources in 3 versions, all well\n")


def test_the_file_of_the_settings_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text('[[source]]\nid = "a"\nname = "A"', encoding="utf-8")
    monkeypatch.setenv("DATELINE_SOURCES", "mine.toml")
    status, out, _ = run("check")
    assert (status, out.splitlines()[-1]) == (0, "1 source, all well")


def test_a_missing_file_is_wrong_usage() -> None:
    message = "there is no sources file at sources.toml: make one with: dateline sources add URL"
    assert run("check") == (2, "", f"dateline sources check: {message}\n")


def test_all_problems_are_on_standard_error(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[[source]]\nnam = "A"\nid = "a"', encoding="utf-8")
    assert run("check", "s.toml") == (
        2,
        "",
        (
            "dateline sources check: 2 problems\n"
            's.toml:1: source "a": name: is missing\n'
            's.toml:2: source "a": nam: there is no such field; did you mean "name"?\n'
        ),
    )


def test_one_problem_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("source = 1", encoding="utf-8")
    assert run("check", "s.toml") == (
        2,
        "",
        "dateline sources check: s.toml:1: write [[source]], in two pairs of brackets\n",
    )


def test_each_feed_is_asked_once_as_politely_as_its_block_says(tmp_path: Path, web: FakeWeb) -> None:
    (tmp_path / "sources.toml").write_text(FEEDS, encoding="utf-8")
    status, out, err = run("check", "--fetch")
    assert (status, err) == (1, "dateline sources check: 1 failed\n")
    assert out.splitlines()[-2:] == [
        "ok      https://gazette.ie/rss  2 entries, newest 2026-03-01 12:00 UTC",
        "failed  https://gazette.ie/gone  http_error: 404",
    ]
    assert [(request.url, request.politeness.delay_seconds) for request in web.asked] == [
        ("https://gazette.ie/rss", 5),
        ("https://gazette.ie/gone", 5),
    ]


def test_a_page_that_is_no_feed_fails(tmp_path: Path, web: FakeWeb) -> None:
    text = f'[[source]]\nid = "a"\nname = "A"\nsitemaps = ["{HOME}"]'
    (tmp_path / "sources.toml").write_text(text, encoding="utf-8")
    status, out, _ = run("check", "--fetch")
    assert (status, web.asked[0].url) == (1, HOME)
    assert "failed  https://gazette.ie/  bad_feed: what is there is no feed and no sitemap (text/html)" in out


@pytest.mark.usefixtures("web")
def test_a_site_is_added_once_it_is_agreed_on(tmp_path: Path) -> None:
    status, out, err = run("add", "gazette.ie/", typed="y\n")
    assert (status, err) == (0, "")
    assert 'feeds = ["https://gazette.ie/rss"]' in out
    assert "Add this to sources.toml? [Y/n]: " in out
    assert out.endswith("added to sources.toml; to undo, remove the block from sources.toml\n")
    assert (tmp_path / "sources.toml").read_text(encoding="utf-8").startswith('[[source]]\nid = "gazette.ie"\n')
    assert run("check")[0] == 0


@pytest.mark.usefixtures("web")
@pytest.mark.parametrize("typed", ["n\n", ""], ids=["no", "nobody there"])
def test_nothing_is_written_unless_it_is_agreed_on(tmp_path: Path, typed: str) -> None:
    assert run("add", HOME, typed=typed)[0] == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("web")
def test_a_source_that_is_there_gets_the_new_feeds(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(FEEDS.replace("https://gazette.ie/rss", "https://gazette.ie/old"), encoding="utf-8")
    status, out, _ = run("add", HOME, "--file", "mine.toml", "--yes")
    assert status == 0
    assert out.endswith("added to mine.toml; to undo, remove the addresses from mine.toml\n")
    assert path.read_text(encoding="utf-8") == FEEDS.replace(
        '"https://gazette.ie/rss", "https://gazette.ie/gone"',
        '"https://gazette.ie/old", "https://gazette.ie/gone", "https://gazette.ie/rss"',
    )
    status, out, _ = run("add", HOME, "--file", "mine.toml", "--yes")
    assert (status, out) == (0, "mine.toml has all that was found of gazette.ie: nothing to add\n")


def test_a_broken_file_is_said_before_anything_is_fetched(tmp_path: Path, web: FakeWeb) -> None:
    (tmp_path / "sources.toml").write_text("[[source]]", encoding="utf-8")
    status, _, err = run("add", HOME, "-y")
    assert (status, web.asked) == (2, [])
    assert "sources.toml:1: " in err


@pytest.mark.usefixtures("web")
def test_a_site_without_a_feed_is_said() -> None:
    status, _, err = run("add", "https://none.example", "-y")
    assert (status, err) == (1, "dateline sources add: cannot fetch https://none.example: 404\n")


def test_help_has_an_example() -> None:
    for command in ("check", "add"):
        assert f"Example: dateline sources {command} " in run(command, "--help")[1]
