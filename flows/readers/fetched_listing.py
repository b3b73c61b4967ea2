"""Whether what a server sent is a list of articles, a feed or sitemap or plain list, and what it holds."""

import codecs
import io
from typing import Final
from urllib.parse import urlsplit

from flows.readers.chunks import read_chunks
from flows.readers.detect import SAMPLE_BYTE_COUNT, Format, detect_format
from flows.readers.feed import parse_feed
from flows.readers.json_feed import is_json_feed, parse_json_feed
from flows.readers.listing import Listing
from flows.readers.sitemap import parse_sitemap
from flows.readers.text import join_chunks
from flows.readers.url_list import parse_url_list
from transforms.charsets import find_charset
from transforms.rejects import RejectedDocumentError

_PLAIN_TYPE: Final = "text/plain"
_PLAIN_SUFFIXES: Final = (".txt", ".txt.gz")


def parse_listing(payload: bytes, *, url: str, content_type: str = "", limit: int) -> Listing | None:
    """Return the list of articles that an answer holds; None when it is something else, a page most likely.

    What it is, is told by its content; only a plain list of addresses must say that it is plain text, by its type or
    name. What is compressed in itself (``sitemap.xml.gz``) is unpacked.

    Args:
        payload: The body, its content coding undone.
        url: Where it was in the end; relative addresses in a feed are resolved against it.
        content_type: The header.
        limit: Bytes, unpacked.

    Raises:
        RejectedDocumentError: bad_feed for a list that is broken beyond reading; too_large; truncated for a list that
            ends before its first entry does, and for a compressed body that is damaged.
    """
    content = join_chunks(read_chunks(io.BytesIO(payload)), limit=limit)
    listing = _parse_content(content, url, content_type)
    if listing is not None and listing.is_truncated and not listing.entries and not listing.children:
        raise RejectedDocumentError("truncated", f"the {listing.kind} ends before its first entry does")
    return listing


def _parse_content(content: bytes, url: str, content_type: str) -> Listing | None:
    text = content.removeprefix(codecs.BOM_UTF8)
    if is_json_feed(text):
        return parse_json_feed(text, url=url)
    form = _detect(content[:SAMPLE_BYTE_COUNT])
    if form is Format.FEED:
        return parse_feed(content, url=url, charset=find_charset(content_type))
    if form is Format.SITEMAP:
        return parse_sitemap(content)
    if form is Format.URL_LIST and _is_plain(url, content_type):
        return parse_url_list(content)
    return None


def _detect(sample: bytes) -> Format | None:
    """Return the format of an answer; None for what no reader knows.

    Raises:
        RejectedDocumentError: bad_feed.
    """
    try:
        return detect_format(sample, "")
    except RejectedDocumentError as error:
        if error.reason == "bad_feed":
            raise
        return None


def _is_plain(url: str, content_type: str) -> bool:
    """Tell whether an answer says it is plain text."""
    return content_type.lower().startswith(_PLAIN_TYPE) or urlsplit(url).path.lower().endswith(_PLAIN_SUFFIXES)
