"""A crawler for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.crawl.crawling import Crawler
from tests.flows.fetch.site import Site


@pytest.fixture
def crawler(tmp_path: Path) -> Iterator[Crawler]:
    """Give a crawler of a site without pages."""
    with Site() as site:
        yield Crawler(site, tmp_path / "fetch.sqlite")
