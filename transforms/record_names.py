"""What other programs call the fields of a record, and the shapes they put them in.

After the exports of news-please (https://github.com/fhamborg/news-please), fundus (https://github.com/flairNLP/fundus),
NewsAPI (https://newsapi.org/docs) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). For ninjs there is more to
do: ``transforms.ninjs``.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from transforms.ninjs import flatten_ninjs, is_ninjs
from transforms.text import PARAGRAPH_DIVIDER

NAMES: Final[Mapping[str, Sequence[str]]] = {
    "id": ("id", "guid", "article_id"),
    "url": ("url", "link", "permalink"),
    "source": ("source", "publisher", "source_domain", "source_name"),
    "published": (
        *("published", "published_at", "publishedAt", "publishing_date", "date_published", "date_publish"),
        *("pub_date", "pubDate", "date"),
    ),
    "modified": ("modified", "modified_at", "updated_at", "date_modified", "date_modify"),
    "title": ("title", "headline"),
    "text": ("text", "maintext", "plaintext", "content_text", "body_text", "body", "content"),
    "html": ("html", "content_html", "body_html"),
    "author": ("author", "authors", "byline"),
    "language": ("language", "lang"),
}
"""Our name of a field -> the names it is known by, ours first; the first that has a value counts."""


def find_name(record: Mapping[str, Any], field: str) -> str:
    """Return the name a record has a field under; ours when it has none.

    Under another name than ours a value counts only when it is of a type the field can have: "date" may be anything.

    Examples:
        >>> find_name({"maintext": "Rain fell.", "text": None}, "text"), find_name({"date": {"day": 1}}, "published")
        ('maintext', 'published')
    """
    for name in NAMES[field]:
        value = record.get(name)
        if value is not None and (name == field or _is_usable(field, value)):
            return name
    return field


def _is_usable(field: str, value: object) -> bool:
    """Tell whether a value is of a type that a field can have."""
    if field == "author" and isinstance(value, list):
        return all(isinstance(entry, str) for entry in value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return (
        isinstance(value, str)
        or (is_number and field in {"published", "modified"})
        or (field == "id" and isinstance(value, int))
    )


def flatten_record(record: Mapping[str, Any]) -> dict[str, Any]:
    r"""Return a record with plain text where programs write objects; what is of no known shape stays as it is.

    Examples:
        >>> flatten_record({"source": {"id": None, "name": "The Quay"}, "authors": [{"name": "A. Poe"}]})
        {'source': 'The Quay', 'authors': ['A. Poe']}
        >>> flatten_record({"body": {"summary": [], "sections": [{"headline": [], "paragraphs": ["Rain", "fell."]}]}})
        {'body': 'Rain\n\nfell.'}
    """
    flat = flatten_ninjs(record) if is_ninjs(record) else dict(record)
    for name in ("source", "publisher"):
        flat.update(_take_name(name, flat.get(name)))
    for name in ("author", "authors"):
        value = flat.get(name)
        if isinstance(value, list):
            flat[name] = [_take_name(name, entry).get(name, entry) for entry in value]
        else:
            flat.update(_take_name(name, value))
    page = flat.get("html")
    if isinstance(page, dict):  # fundus
        flat["html"] = page.get("content")
        flat["url"] = flat.get("url") or page.get("responded_url") or page.get("requested_url")
    body = flat.get("body")
    if isinstance(body, dict):  # fundus
        flat["body"] = _join_body(body)
    return flat


def _take_name(field: str, value: object) -> dict[str, str]:
    """Return the field with the name in an object that has one, else nothing."""
    name = value.get("name") if isinstance(value, dict) else None
    return {field: name} if isinstance(name, str) else {}


def _join_body(body: Mapping[str, Any]) -> str | Mapping[str, Any]:
    """Return the text of a body that is summary, headings and paragraphs; the body itself when it is not."""
    try:
        sections = [line for section in body["sections"] for line in (*section["headline"], *section["paragraphs"])]
        return PARAGRAPH_DIVIDER.join([*body["summary"], *sections])
    except (KeyError, TypeError):
        return body
