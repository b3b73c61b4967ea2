"""Articles whose names were labelled by hand: a line of a gold file in, checked, an article with its mentions out.

For whoever measures Dateline by labels of their own: a label that does not fit its text is an error with its line, and
never left out.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import orjson

from transforms.labels import NAME_LABELS

COARSE_TYPES: Final[Mapping[str, str]] = {
    "PERSON": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "NORP": "MISC",
}
"""spaCy's label -> the type of CoNLL-2003 that says the same; what is not in it is OTHER."""

OTHER: Final = "OTHER"
"""A name of which a gold set does not say what it names."""

_COARSE: Final = frozenset({*COARSE_TYPES.values(), OTHER})


class GoldError(ValueError):
    """A gold file is wrong; the message has the line and what is wrong in it."""


class GoldMention(NamedTuple):
    """A name as labelled.

    Attributes:
        start: First character, in the article's text.
        end: One past the last.
        type: PER, ORG, LOC, MISC, OTHER, or a label of spaCy.
        entity: Whom or what it means, the same in all articles of the set; None where the set does not say.
    """

    start: int
    end: int
    type: str
    entity: str | None


class GoldArticle(NamedTuple):
    """An article with its labels.

    Attributes:
        article_id: As the set calls it.
        text: What the offsets count in.
        title: Its headline; "" for none.
        record: The line without its labels, as ``dateline run`` reads it.
        mentions: In the order of the line.
    """

    article_id: str
    text: str
    title: str
    record: Mapping[str, Any]
    mentions: tuple[GoldMention, ...]


def parse_gold(lines: Iterable[bytes]) -> list[GoldArticle]:
    """Return the articles of a gold file in JSON Lines; empty lines are passed over.

    A line is ``{"id", "text", "title"?, "published"?, "mentions": [{"start", "end", "surface", "type", "entity"}]}``.

    Raises:
        GoldError: A line is no such object, a label does not fit its text, an id is there twice, the types of two sets
            are mixed, or there is no article or no label.
    """
    articles: list[GoldArticle] = []
    first_lines: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        article = _parse_line(line, f"line {number}")
        first = first_lines.setdefault(article.article_id, number)
        if first != number:
            raise GoldError(f"line {number}: id {article.article_id!r} is that of line {first}, too: give it another")
        articles.append(article)
    if not articles:
        raise GoldError("there is no article in it: put one on each line")
    if not any(article.mentions for article in articles):
        raise GoldError("no name is labelled in it, so there is nothing to measure")
    _require_one_set(articles)
    return articles


def uses_coarse_types(articles: Iterable[GoldArticle]) -> bool:
    """Tell whether the labels are PER, ORG, LOC, MISC and OTHER, and not those of spaCy."""
    return not any(mention.type not in _COARSE for article in articles for mention in article.mentions)


def _require_one_set(articles: Iterable[GoldArticle]) -> None:
    types = {mention.type for article in articles for mention in article.mentions}
    coarse, fine = types - NAME_LABELS, types - _COARSE
    if coarse and fine:
        raise GoldError(f"types of two sets are mixed, {min(coarse)} and {min(fine)}: use one set")


def _parse_line(line: bytes, where: str) -> GoldArticle:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise GoldError(f"{where}: not JSON: {error}") from error
    if not isinstance(record, dict):
        raise GoldError(f"{where}: not a JSON object")
    article_id, text = (_take(record, key, str, where) for key in ("id", "text"))
    if not article_id or not text.strip():
        raise GoldError(f"{where}: id or text is empty")
    mentions: list[GoldMention] = []
    for at, given in enumerate(_take(record, "mentions", list, where), start=1):
        mention = _parse_mention(given, text, f"{where}, mention {at}")
        if (mention.start, mention.end) in {(other.start, other.end) for other in mentions}:
            raise GoldError(f"{where}, mention {at}: {mention.start}-{mention.end} is labelled already")
        mentions.append(mention)
    title = _take(record, "title", str, where) if record.get("title") is not None else ""
    kept = {key: value for key, value in record.items() if key != "mentions"}
    return GoldArticle(article_id, text, title, kept, tuple(mentions))


def _parse_mention(given: object, text: str, where: str) -> GoldMention:
    if not isinstance(given, dict):
        raise GoldError(f"{where}: not a JSON object")
    start, end = (_take(given, key, int, where) for key in ("start", "end"))
    surface, kind = (_take(given, key, str, where) for key in ("surface", "type"))
    if not 0 <= start < end <= len(text):
        raise GoldError(f"{where}: {start}-{end} is no place in a text of {len(text)} characters")
    if text[start:end] != surface:
        raise GoldError(f"{where}: at {start}-{end} the text has {text[start:end]!r}, not {surface!r}")
    if kind not in _COARSE | NAME_LABELS:
        raise GoldError(f"{where}: unknown type {kind!r}: use {' '.join(sorted(_COARSE))} or a name label of spaCy")
    entity = _take(given, "entity", str, where) if given.get("entity") is not None else None
    return GoldMention(start, end, kind, entity)


def _take(given: Mapping[str, Any], key: str, kind: type, where: str) -> Any:
    """Return the value of a key that has to be of a type."""
    value = given.get(key)
    if type(value) is not kind:
        raise GoldError(f"{where}: {key!r} has to be {_KINDS[kind]}, and is {value!r:.80}")
    return value


_KINDS: Final = {str: "a text", int: "a whole number", list: "a list"}
