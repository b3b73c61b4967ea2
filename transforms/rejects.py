"""Why a document is refused: the closed list of reasons, for readers and transforms alike."""

from typing import Final

WORKER_KILLED: Final = "worker_killed"
"""The reason of a document that may be read by the next run: nothing is known to be wrong with it."""

REASONS: Final = {
    "unreadable": "the file or folder cannot be opened or read",
    "not_text": "the bytes are not text in any encoding that could be told",
    "empty": "there is no text, or nothing but white space and page furniture",
    "bad_json": "the line is not a JSON object",
    "missing_text": "the record has neither text nor html",
    "bad_field": "a field of the record has the wrong type",
    "withdrawn": "its publisher takes the article back: what was loaded of it is marked",
    "bad_row": "the cells of the row do not fit the table's heading",
    "too_large": "the document is larger than the limit",
    "truncated": "the compressed file ends early or is damaged",
    "symlink_loop": "the link leads back into a folder above it",
    "http_error": "the server answered with an error, not with a page",
    "bad_url": "the address is none that can be fetched: not http or https, or malformed",
    "robots_denied": "the site's robots.txt asks not to fetch the address",
    "forbidden_address": "the name leads to an address that is not public",
    "redirect_loop": "the server sends on and on, without an end",
    "unreachable": "the server cannot be found or does not take the connection",
    "timed_out": "the server took too long",
    "bad_encoding": "the content is not encoded as the server says",
    "bad_feed": "the feed, sitemap or wire file is none that can be read",
    "no_article": "the page holds no article text",
    "live_blog": "the page is a live blog: many short reports, no article",
    "gallery": "the page is a gallery of pictures",
    "index_page": "the page is a front, section or search page: a list of articles",
    "unsupported_format": "the file is of a kind that no reader knows",
    WORKER_KILLED: "whatever process reads it is killed, or takes too long; a run that takes it again tries again",
}
"""Reason code -> what it means, as ``dateline status`` prints it."""


class RejectedDocumentError(ValueError):
    """A document cannot become an article.

    Attributes:
        reason: A key of REASONS.
        detail: What was found, for the person who mends the source.
    """

    def __init__(self, reason: str, detail: str) -> None:
        if reason not in REASONS:
            raise KeyError(reason)
        self.reason = reason
        self.detail = make_storable(detail)
        super().__init__(f"{reason}: {self.detail}")


def make_storable(text: str) -> str:
    r"""Return text quoted from a file that may hold anything, without what no database takes.

    Examples:
        >>> make_storable("caf\udce9\0")
        'caf\\udce9'
    """
    return text.replace("\0", "").encode("utf-8", "backslashreplace").decode()
