"""A sources file is changed without touching what is there, as a whole, and never into one that is wrong."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.errors import SourcesError
from flows.sources import parse_sources
from flows.sources.addition import Addition, plan_addition
from flows.sources.discover import FoundSite
from flows.sources.edit import write_sources
from flows.sources.probe import Probe

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SITE = FoundSite(
    domain="gazette.ie",
    name='The "Gazette"',
    language="en",
    country="IE",
    timezone="Europe/Dublin",
    feeds=(Probe(url="https://gazette.ie/a"), Probe(url="https://gazette.ie/b")),
    sitemaps=("https://gazette.ie/news.xml",),
)
BLOCK = """[[source]]
id = "gazette.ie"
name = "The \\"Gazette\\""
domain = "gazette.ie"
country = "IE"
timezone = "Europe/Dublin"
language = "en"
feeds = [
    "https://gazette.ie/a",
    "https://gazette.ie/b",
]
sitemaps = ["https://gazette.ie/news.xml"]
schedule = "*/30 * * * *"
max_age_days = 7
"""
OTHER = '# mine\n[[source]]\nid = "a"   # keep\nname = "A"\n[source.politeness]\nrobots = true'
HELD = """# top
[[source]] # one
name = "Old"
domain = "gazette.ie"
feeds = ["https://gazette.ie/old"]
[[source]]
name = "New"
domain = "gazette.ie"
valid_from = 2026-05-01
feeds = [
  "https://gazette.ie/a",  # the main one
]

[source.politeness]
robots = true

# the end
"""


def plan(text: str, site: FoundSite = SITE) -> Addition:
    """Return the change."""
    addition = plan_addition(text, site, moment=NOW, name="f")
    assert addition is not None
    return addition


@pytest.mark.parametrize(
    "before", ["", "# mine\n", OTHER, OTHER.replace("\n", "\r\n")], ids=["new", "comment", "lf", "crlf"]
)
def test_a_new_source_is_a_block_at_the_end(before: str) -> None:
    addition = plan(before)
    newline = "\r\n" if "\r\n" in before else "\n"
    assert addition.shown == BLOCK
    assert addition.text.startswith(before)
    assert addition.text.endswith(BLOCK.replace("\n", newline))
    assert parse_sources(addition.text, name="f").sources[-1].feeds == ("https://gazette.ie/a", "https://gazette.ie/b")


def test_a_source_that_is_there_gets_the_new_feeds_in_the_version_that_holds() -> None:
    addition = plan(HELD)
    assert (addition.is_new, addition.shown) == (False, 'feeds = ["https://gazette.ie/b"]\n')
    assert addition.text == HELD.replace("# the main one\n", '# the main one\n  "https://gazette.ie/b",\n')


def test_a_block_without_feeds_gets_them_before_its_tables() -> None:
    text = '[[source]]\nname = "A"\ndomain = "gazette.ie"\n[source.politeness]\nrobots = true\n'
    (source,) = parse_sources(plan(text).text, name="f").sources
    assert (source.feeds, source.sitemaps) == (("https://gazette.ie/a", "https://gazette.ie/b"), SITE.sitemaps)


def test_a_subdomain_belongs_to_the_source_that_is_there() -> None:
    site = FoundSite(domain="sport.gazette.ie", name="x", feeds=(Probe(url="https://sport.gazette.ie/rss"),))
    assert plan(HELD, site).source_id == "gazette.ie"


def test_nothing_is_added_twice() -> None:
    assert plan_addition(plan(HELD).text, SITE, moment=NOW, name="f") is None
    assert plan_addition(plan("").text, SITE, moment=NOW, name="f") is None


def test_a_feed_of_another_source_is_not_taken() -> None:
    text = '[[source]]\nname = "A"\nid = "a"\nfeeds = ["https://gazette.ie/a"]\n'
    with pytest.raises(SourcesError, match=r'"https://gazette\.ie/a" is listed by source "a" already, on line 4$'):
        plan(text)


def test_a_broken_file_is_not_added_to() -> None:
    with pytest.raises(SourcesError, match=r"^f:1: source number 1: id: is missing"):
        plan("[[source]]")


def test_a_list_of_inline_tables_is_refused_for_a_new_source() -> None:
    with pytest.raises(SourcesError, match="is not TOML"):
        plan('source = [{ id = "a", name = "A" }]')


def test_a_file_is_replaced_as_a_whole_with_its_rights_through_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "sources.toml", tmp_path / "link.toml"
    path.write_bytes(b"old\r\n")
    path.chmod(0o640)
    link.symlink_to(path)
    write_sources(link, "new\r\n", before="old\r\n")
    assert (path.read_bytes(), path.stat().st_mode & 0o777, link.is_symlink()) == (b"new\r\n", 0o640, True)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link.toml", "sources.toml"]


def test_a_file_that_was_changed_meanwhile_is_left(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text("theirs", encoding="utf-8")
    with pytest.raises(SourcesError, match="was changed meanwhile: nothing is written"):
        write_sources(path, "ours", before="")
    assert [entry.read_text(encoding="utf-8") for entry in tmp_path.iterdir()] == ["theirs"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=rf"cannot write .*{os.sep}none.*: No such file or directory"):
        write_sources(tmp_path / "none" / "sources.toml", "x", before="")
