"""A feed on 127.0.0.1 that has one more article each time it is asked for: to try schedules with, by hand and in tests.

    python tests/integration/growing_feed.py 8765

Then http://127.0.0.1:8765/feed.xml is the feed; every address it names is a page with an article of its own.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from typing import Final

PEOPLE: Final = ("Sarah Johnson", "Maria Lopez", "Peter Brown", "Ingrid Larsen", "Kwame Mensah")
PLACES: Final = ("Lisbon", "Nairobi", "Oslo", "Lima", "Manila", "Dublin", "Quito")
SUBJECTS: Final = ("the new tram line", "a flood wall", "school meals", "the night bus", "a public library")


class GrowingFeed(BaseHTTPRequestHandler):
    """Answers for the feed and its pages."""

    counter: Iterator[int] = count(1)

    def do_GET(self) -> None:
        """Answer a request."""
        base = f"http://{self.headers['Host']}"
        if self.path == "/feed.xml":
            self._send(write_feed(base, next(self.counter)), "application/rss+xml")
        elif self.path.startswith("/articles/") and self.path.rpartition("/")[2].isdigit():
            self._send(write_article(int(self.path.rpartition("/")[2])), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def _send(self, content: str, content_type: str) -> None:
        payload = content.encode()
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that http.server gives it
        """Say nothing."""


def write_feed(base: str, article_count: int) -> str:
    """Return an RSS feed of so many articles."""
    now = format_datetime(datetime.now(UTC), usegmt=True)
    items = "".join(
        f"<item><title>{write_headline(number)}</title><link>{base}/articles/{number}</link>"
        f'<guid isPermaLink="false">article-{number}</guid><pubDate>{now}</pubDate></item>'
        for number in range(1, article_count + 1)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Growing news</title>{items}</channel></rss>'


def write_headline(number: int) -> str:
    """Return the headline of an article."""
    return f"{PLACES[number % 7]} decides on {SUBJECTS[number % 5]}"


def write_article(number: int) -> str:
    """Return the page of an article: texts differ enough not to be copies of each other."""
    person, place, subject = PEOPLE[number % 5], PLACES[number % 7], SUBJECTS[number % 5]
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{write_headline(number)}</title></head>
<body><article><h1>{write_headline(number)}</h1>
<p>{person} told the council of {place} on Monday that {subject} would cost {number * 13 + 7} million euros.</p>
<p>The vote, number {number * 3 + 1} of the year, was {number % 9 + 11} to {number % 4 + 2}, and {person.split()[1]}
said that work would begin in week {number % 50 + 1} if the {number * 17} objections are answered before then.</p>
</article></body></html>"""


@contextmanager
def run_growing_feed(port: int = 0) -> Iterator[str]:
    """Serve the feed while the block runs, and give its address."""
    handler = type("Handler", (GrowingFeed,), {"counter": count(1)})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/feed.xml"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), GrowingFeed).serve_forever()
