"""Find the entity, the part of one or the article that a person means, in the published warehouse."""

from pathlib import Path
from typing import Any

from warehouse.published import open_published
from warehouse.scripts import read_script

Row = dict[str, Any]


def find_entities(path: Path, *, entity_id: str, name_key: str) -> list[Row]:
    """Return the entity with an id, whether it is or was its own; else those with a name.

    Args:
        path: The published warehouse.
        entity_id: An id.
        name_key: What all spellings of a name share.

    Returns:
        entity_id (of today), name, entity_type, article_count: what most articles have first.

    Raises:
        WarehouseError: There is no warehouse, or it cannot be read.
    """
    return _ask(path, "entities_by_id", entity_id=entity_id) or _ask(path, "entities_by_name", name_key=name_key)


def list_parts(path: Path, *, entity_id: str) -> list[Row]:
    """Return the names and aliases of an entity: part (an entity_id, or an alias), mention_count.

    Args:
        path: The published warehouse.
        entity_id: Its id of today.

    Raises:
        WarehouseError: There is no warehouse, or it cannot be read.
    """
    return _ask(path, "entity_parts", entity_id=entity_id)


def list_articles(path: Path, *, entity_id: str, article: str) -> list[Row]:
    """Return the articles that name an entity, by their article_id or external_id: article_id, headline.

    Args:
        path: The published warehouse.
        entity_id: The id of the entity today.
        article: The id to look for.

    Raises:
        WarehouseError: There is no warehouse, or it cannot be read.
    """
    return _ask(path, "articles_of_entity", entity_id=entity_id, article=article)


def _ask(path: Path, query: str, **parameters: str) -> list[Row]:
    with open_published(path) as con:
        rows: list[Row] = con.sql(read_script(f"sql/lookup/{query}.sql"), params=parameters).pl().rows(named=True)
    return rows
