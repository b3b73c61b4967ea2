"""What a record says about its article beside headline, byline, text and dates: section, keywords, summary and so on.

Under the names of news-please, fundus, NewsAPI, JSON Feed and ninjs; ``record_names`` has where these are documented.
No article is refused for them: what is of a shape that no program is known to write is left to the raw document.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from transforms.page_details import FREE, KEYWORD_DIVIDER, PAYWALLED

_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "alternative_headline": ("alternative_headline", "alternativeHeadline", "alt_headline"),
    "description": ("description", "summary", "abstract", "description_text", "excerpt"),
    "section": ("section", "category", "categories", "articleSection"),
    "keywords": ("keywords", "tags", "topics", "subjects", "subject"),
    "image_url": ("image_url", "urlToImage", "image", "banner_image", "images", "thumbnail"),
    "access": ("access", "free_access", "isAccessibleForFree", "is_accessible_for_free"),
    "article_type": ("article_type", "articleType"),
}
"""Our name of a field -> the names it is known by, ours first; the first that has a usable value counts."""

_ACCESS: Final = {"free": FREE, "true": FREE, "paywalled": PAYWALLED, "paid": PAYWALLED, "false": PAYWALLED}
_NAME_KEYS: Final = ("name", "title", "label", "value")
_ADDRESS_KEYS: Final = ("url", "src", "href", "contentUrl")
_MAX_KEYWORD_COUNT: Final = 50


def read_details(record: Mapping[str, Any]) -> dict[str, str | None]:
    """Return alternative_headline, description, section, keywords, image_url, access and article_type.

    Each is None where the record does not say it. The text of the article is no summary of itself.

    Args:
        record: As ``record_names.flatten_record`` returns it.

    Examples:
        >>> found = read_details({"topics": ["Ferries", "Weather"], "free_access": False, "section": 7})
        >>> found["keywords"], found["access"], found["section"]
        ('Ferries; Weather', 'paywalled', None)
    """
    return {
        field: next((text for name in names if (text := _READERS[field](record.get(name))) is not None), None)
        for field, names in _NAMES.items()
    }


def _read_line(value: object) -> str | None:
    """Return the first text in a value."""
    return next(_list_texts(value, _NAME_KEYS), None)


def _read_keywords(value: object) -> str | None:
    """Return the texts in a value, each once; one text alone is a list written with semicolons or commas."""
    texts = list(_list_texts(value, _NAME_KEYS))
    if len(texts) == 1:
        words = texts[0].split(";" if ";" in texts[0] else ",")
    else:
        words = [text.replace(";", ",") for text in texts]
    once = dict.fromkeys(word.strip() for word in words if word.strip())
    return KEYWORD_DIVIDER.join(list(once)[:_MAX_KEYWORD_COUNT]) or None


def _read_address(value: object) -> str | None:
    """Return the first web address in a value."""
    found = (text for text in _list_texts(value, _ADDRESS_KEYS) if text.startswith(("http://", "https://")))
    return next(found, None)


def _read_access(value: object) -> str | None:
    """Return whether all can read it; true and false say whether it is free."""
    return _ACCESS.get(str(value).strip().lower()) if isinstance(value, str | bool) else None


def _list_texts(value: object, keys: Sequence[str]) -> Iterator[str]:
    """Yield the texts that are not blank in a value, in a list, and in objects under one of the keys."""
    if isinstance(value, str):
        if value.strip():
            yield " ".join(value.split())
    elif isinstance(value, list):
        for entry in value:
            if not isinstance(entry, list):
                yield from _list_texts(entry, keys)
    elif isinstance(value, dict):
        yield from (text for key in keys if isinstance(text := value.get(key), str) and text.strip())


_READERS: Final[Mapping[str, Callable[[object], str | None]]] = {
    "alternative_headline": _read_line,
    "description": _read_line,
    "section": _read_line,
    "keywords": _read_keywords,
    "image_url": _read_address,
    "access": _read_access,
    "article_type": _read_line,
}
