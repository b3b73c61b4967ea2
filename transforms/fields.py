"""What a document says of itself, before anything is made of it: the same fields whatever the format."""

from dataclasses import dataclass
from typing import NamedTuple


class WrittenDate(NamedTuple):
    """A date as a document has it.

    Attributes:
        method: Where it stands, one of ``date_evidence``: PUBLISHED_METHODS, MODIFIED_METHODS or BOUND_METHODS.
        text: As it is written.
    """

    method: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DocumentFields:
    """The fields of one document as text, None where it is silent.

    Attributes:
        text: The article's text, lines as they came. Exactly one of text and html is set, but for a notice that an
            article is withdrawn: neither need be.
        html: The page.
        title: The headline.
        external_id: The source's own id.
        url: The address as given.
        source: The outlet as given: a name or a domain.
        author: The byline.
        published: The publication time as written; of a page see dates.
        modified: The time of the last change as written; of a page see dates.
        language: The language as claimed.
        author_types: What structured data says each entry of the byline is, divided by "; " as they are.
        alternative_headline: Another headline it goes by.
        description: Its summary.
        section: The part of the outlet it stands in.
        keywords: Divided by "; ".
        image_url: The address of its main image.
        access: "free" or "paywalled".
        article_type: Of schema.org.
        dateline: Where and when it was filed, when that is said apart from the text.
        dates: All dates that a page has, in its order.
        withdrawal: How it says that its publisher took the article back, one of ``withdrawals.METHODS``.
    """

    text: str | None = None
    html: str | None = None
    title: str | None = None
    external_id: str | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    author_types: str | None = None
    alternative_headline: str | None = None
    description: str | None = None
    section: str | None = None
    keywords: str | None = None
    image_url: str | None = None
    access: str | None = None
    article_type: str | None = None
    dateline: str | None = None
    dates: tuple[WrittenDate, ...] = ()
    withdrawal: str | None = None
