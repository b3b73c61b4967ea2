"""From the words of ``dateline decide`` to a decision, checked against the warehouse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.errors import UsageError
from flows.summary import count_articles, shorten_text
from transforms.decisions import Decision, format_decision, parse_decision
from transforms.names import compute_name_key
from warehouse.find_entities import find_entities, list_articles, list_parts

SHOWN_CANDIDATES = 8


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who decides, when, and why.

    Attributes:
        decided_by: Who.
        decided_at: When, UTC.
        note: Why; "" where it is not said.
    """

    decided_by: str
    decided_at: datetime
    note: str


def find_entity(path: Path, words: str) -> str:
    """Return the id, of today, of the entity that somebody means by an id or a name.

    Args:
        path: The published warehouse.
        words: An entity_id, or a name.

    Raises:
        UsageError: There is none, or there are several.
        WarehouseError: There is no warehouse, or it cannot be read.
    """
    found = find_entities(path, entity_id=words, name_key=compute_name_key(words))
    if not found:
        raise UsageError(f"no entity is {words!r}: look for its name or entity_id in dim_entity")
    if len(found) > 1:
        raise UsageError(f"{words!r} is the name of several, give the id of one: {_list(map(_describe, found))}")
    return str(found[0]["entity_id"])


def _describe(row: dict[str, Any]) -> str:
    return f"{shorten_text(row['entity_id'])} ({shorten_text(row['name'])}, {count_articles(row['article_count'])})"


def _list(shown: Iterable[str]) -> str:
    """Return the first of them on one line."""
    listed = list(shown)
    more = [f"{len(listed) - SHOWN_CANDIDATES:,} more"] if len(listed) > SHOWN_CANDIDATES else []
    return ", ".join([*listed[:SHOWN_CANDIDATES], *more])


def make_decision(verb: str, entity_id: str, author: Author, **fields: str) -> Decision:
    """Return a decision.

    Args:
        verb: What is decided.
        entity_id: On which entity.
        author: Who decides.
        fields: part, article, target, as far as they are given.

    Raises:
        UsageError: It makes no sense.
    """
    given = {name: fields.get(name, "") for name in ("part", "article", "target")}
    draft = Decision(
        line_number=0,
        verb=verb,
        entity_id=entity_id,
        note=author.note,
        decided_by=author.decided_by,
        decided_at=author.decided_at,
        **given,
    )
    decision, problems = parse_decision(0, format_decision(draft))
    if decision is None:
        first = problems[0]
        raise UsageError(f"{first.column} {first.value!r} {first.message}")
    return decision


def require_part(path: Path, entity_id: str, part: str) -> None:
    """Check that an entity has a name or an alias.

    Raises:
        UsageError: It has not; the message lists those it has.
    """
    parts = [str(row["part"]) for row in list_parts(path, entity_id=entity_id)]
    if part not in parts and compute_name_key(part) not in {compute_name_key(known) for known in parts}:
        raise UsageError(f"{entity_id} has no name or alias {part!r}, it has {_list(map(shorten_text, parts))}")


def require_article(path: Path, entity_id: str, article: str) -> None:
    """Check that an article names an entity.

    Raises:
        UsageError: It does not, or the id is that of several.
    """
    found = list_articles(path, entity_id=entity_id, article=article)
    if not found:
        raise UsageError(f"no article {article!r} names {entity_id}: give the article_id or external_id of dim_article")
    if len(found) > 1:
        shown = (f"{shorten_text(row['article_id'])} ({shorten_text(row['headline'])})" for row in found)
        raise UsageError(f"{article!r} is the id of several articles, give the article_id of one: {_list(shown)}")
