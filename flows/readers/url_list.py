"""Lists of addresses: a line is a link to be fetched. Blank lines and lines that begin with # are skipped.

A line is one address and nothing else, as in the text sitemaps of https://www.sitemaps.org/protocol.html#otherformats:
what might follow it, a date or a title, is in no format that could be relied on. A file with such lines is text.
"""

from collections.abc import Iterator
from typing import Final

from flows.readers.found import FoundFile, Link, Refusal, refuse
from flows.readers.jsonl import split_lines, to_utf8
from flows.readers.listing import Entry, Listing, limit_list, make_link
from transforms.decode import decode_payload
from transforms.rejects import RejectedDocumentError
from transforms.urls import MAX_URL_CHAR_COUNT

_COMMENT: Final = b"#"
_MAX_LINE_BYTES: Final = 4 * MAX_URL_CHAR_COUNT  # a character has up to four bytes


def read_url_list(
    chunks: Iterator[bytes], found: FoundFile, *, source: str | None, limit: int
) -> Iterator[Link | Refusal]:
    """Yield a link a line, and a refusal for each line that is no address of http or https.

    Args:
        chunks: The content.
        found: The file.
        source: Not used: what is at an address says who published it.
        limit: Not used: nothing in the list is a document.

    Raises:
        RejectedDocumentError: too_large, once ``listing.MAX_LIST_BYTES`` have been read; truncated, once the complete
            lines before the damage have been yielded; empty.
    """
    del source, limit
    count = 0
    try:
        for line in split_lines(to_utf8(limit_list(chunks)), limit=_MAX_LINE_BYTES):
            content = b"" if line.content is None else line.content.strip()
            if content.startswith(_COMMENT):
                continue
            if content:
                yield make_link(found, content.decode("utf-8", "replace"), number=count)
            else:
                yield refuse(found, "bad_url", f"a line of {line.byte_count:,} bytes", anchor=f"#/{count}")
            count += 1
    except RejectedDocumentError as error:
        raise RejectedDocumentError(error.reason, f"{error.detail}; addresses read: {count}") from error
    if count == 0:
        raise RejectedDocumentError("empty", "the list has no address")


def parse_url_list(payload: bytes) -> Listing:
    """Return what a list of addresses holds."""
    lines = (line.strip() for line in decode_payload(payload).text.splitlines())
    entries = tuple(Entry(url=line) for line in lines if line and not line.startswith("#"))
    return Listing(kind="urls", entries=entries)
