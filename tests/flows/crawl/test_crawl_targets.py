"""What a run begins with, and for whom."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.crawl import list_targets
from flows.crawl.targets import Target
from flows.inputs import Inputs
from flows.readers import Link, read_paths
from flows.settings import Settings
from flows.sources.read import parse_sources

MOMENT = datetime(2026, 3, 2, tzinfo=UTC)
SETTINGS = Settings(fetch_delay_seconds=0.5, fetch_allow_private=True)
TOML = """
[[source]]
domain = "gazette.example"
name = "The Gazette"
feeds = ["https://gazette.example/rss"]
sitemaps = ["https://gazette.example/news.xml"]
urls = ["https://gazette.example/about"]
max_age_days = 30
politeness = { delay_seconds = 3 }

[[source]]
domain = "gazette.example"
name = "The New Gazette"
feeds = ["https://gazette.example/rss2"]
valid_from = 2026-03-03
"""


def list_all(inputs: Inputs, links: tuple[Link, ...] = (), *, day: int = 2, toml: str | None = TOML) -> list[Target]:
    """Return the targets of a run."""
    sources = None if toml is None else parse_sources(toml, name="sources.toml")
    return list(list_targets(inputs, links, sources, settings=SETTINGS, moment=MOMENT.replace(day=day)))


def test_a_source_is_worked_through_as_its_block_says() -> None:
    targets = list_all(Inputs(has_sources=True))
    assert [(target.kind, target.url.rpartition("/")[2]) for target in targets] == [
        ("feed", "rss"),
        ("sitemap", "news.xml"),
        ("page", "about"),
    ]
    outlet = targets[0].outlet
    assert (outlet.source_id, outlet.name, outlet.max_age_days) == ("gazette.example", "The Gazette", 30)
    assert (outlet.politeness.delay_seconds, outlet.politeness.allows_private) == (3, False)


def test_the_version_that_holds_at_the_start_of_the_run_is_worked_through() -> None:
    (target,) = list_all(Inputs(has_sources=True), day=3)
    assert (target.url, target.outlet.name) == ("https://gazette.example/rss2", "The New Gazette")


def test_addresses_of_a_source_are_treated_as_it_says() -> None:
    (target,) = list_all(Inputs(urls=("https://m.gazette.example/x",)))
    assert (target.kind, target.outlet.name, target.outlet.politeness.delay_seconds) == ("any", "The Gazette", 3)


@pytest.mark.parametrize("toml", [TOML, None], ids=["not in the sources file", "without one"])
def test_other_addresses_are_treated_as_the_settings_say(toml: str | None) -> None:
    (target,) = list_all(Inputs(urls=("https://www.other.example/x",)), toml=toml)
    assert (target.outlet.source_id, target.outlet.name) == ("other.example", None)
    assert (target.outlet.politeness.delay_seconds, target.outlet.politeness.allows_private) == (0.5, True)


def test_the_outlet_that_is_given_is_that_of_addresses_of_no_source() -> None:
    urls = ("https://other.example/x", "https://gazette.example/x")
    targets = list_all(Inputs(urls=urls, source="Mine"))
    assert [(target.outlet.source_id, target.outlet.name) for target in targets] == [
        ("Mine", "Mine"),
        ("gazette.example", "The Gazette"),
    ]


def test_lists_and_sitemaps_on_disk_lead_to_pages_with_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text("# mine\nhttps://gazette.example/1\n", "utf-8")
    (tmp_path / "news.xml").write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://gazette.example/2</loc>'
        "<lastmod>2026-03-01</lastmod></url></urlset>",
        "utf-8",
    )
    links = tuple(link for batch in read_paths([tmp_path], source=None) for link in batch.links)
    targets = {target.url[-1]: target for target in list_all(Inputs(), links)}
    assert {name: (target.kind, target.depth) for name, target in targets.items()} == {"1": ("any", 1), "2": ("any", 1)}
    assert targets["1"].parent_url == (tmp_path / "urls.txt").as_uri()
    assert targets["2"].hints == {"modified": "2026-03-01"}
