"""The crawl: from addresses, feeds and sitemaps to the pages they lead to, as raw documents."""

from flows.crawl.crawl import Arrival, Crawl
from flows.crawl.targets import list_targets

__all__ = ["Arrival", "Crawl", "list_targets"]
