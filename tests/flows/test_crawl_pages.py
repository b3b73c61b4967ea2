"""What is known of a page beside its bytes goes along with it."""

from datetime import UTC, datetime

import orjson

from flows.crawl.pages import make_documents
from flows.crawl.targets import Outlet, Target
from flows.fetch.messages import Fetched
from flows.readers.found import RawDocument
from flows.sources import Source


def test_a_page_bears_how_its_outlet_and_its_server_date_it() -> None:
    source = Source(id="gull.example", name="The Gull", timezone="Europe/Oslo", country="NO")
    target = Target(
        url="https://gull.example/a", kind="page", outlet=Outlet.from_source(source), hints={"published": "2024-02-08"}
    )
    fetched = Fetched(
        url=target.url,
        final_url=target.url,
        redirects=(),
        content_type="text/html",
        etag=None,
        last_modified="Thu, 08 Feb 2024 10:00:00 GMT",
        fetched_at=datetime(2024, 2, 9, tzinfo=UTC),
        body=b"<html><body>Rain fell.</body></html>",
    )
    (document,) = make_documents(target, fetched, limit=1_000)
    assert isinstance(document, RawDocument)
    hints = orjson.loads(document.hints or "{}")
    assert (hints["timezone"], hints["country"], hints["published"]) == ("Europe/Oslo", "NO", "2024-02-08")
    assert hints["last_modified"] == "Thu, 08 Feb 2024 10:00:00 GMT"
