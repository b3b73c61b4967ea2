"""Where what is known of an article comes from, for ``dateline explain``: every row of evidence the warehouse has.

The published file is opened read-only and closed when the question is answered: no run waits for it, and it waits for
no run. The rows are those of the queries in sql/explain; keys are text, since programs that read JSON round them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from warehouse.connection import Connection
from warehouse.frames import restore_time_zone
from warehouse.published import open_published
from warehouse.scripts import read_script

MAX_SUGGESTION_COUNT: Final = 3

_MAX_KEY: Final = 2**63 - 1

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ArticleEvidence:
    """A version of an article, and all that is known of how it came to be. The rows are those of sql/explain.

    Attributes:
        article: The version: headline, outlet, address, dateline, byline, body and so on.
        versions: All versions of its article, and what changed from one to the next.
        provenance: The documents that the article was read from.
        dates: The dates that may tell when it was published.
        authors: Who its byline names.
        removed_lines: The lines that were taken out of its body.
        story_articles: The articles of its story, and how much they have in common with it.
        run: The load that last changed it; None where its record is missing.
    """

    article: Row
    versions: list[Row]
    provenance: list[Row]
    dates: list[Row]
    authors: list[Row]
    removed_lines: list[Row]
    story_articles: list[Row]
    run: Row | None


def find_articles(path: Path, name: str, *, url: str | None, page_id: str | None) -> list[Row]:
    """Return the articles that are known under a name, sorted by article_id.

    A key is asked for first, then an article_id, an address, and the id that a source gives: the first of them that
    anything is known by.

    Args:
        path: The published warehouse.
        name: The name as it was typed.
        url: Its canonical form as an address; None when it is none.
        page_id: What all addresses of that page share; None when it is none.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        WarehouseError: The file cannot be read, or has not the schema of this code.
    """
    key = int(name) if name.isascii() and name.isdecimal() and int(name) <= _MAX_KEY else None
    with open_published(path) as con:
        return _fetch(con, "named_article", name=name, url=url, page_id=page_id, article_key=key)


def suggest_articles(path: Path, name: str) -> list[str]:
    """Return the article_id of the few articles whose ids or headlines are much like a name, the likest first.

    Args:
        path: The published warehouse.
        name: What nothing is known by.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        WarehouseError: The file cannot be read, or has not the schema of this code.
    """
    with open_published(path) as con:
        rows = _fetch(con, "near_name", name=name, row_limit=MAX_SUGGESTION_COUNT)
    return [row["article_id"] for row in rows]


def read_article_evidence(path: Path, article_key: int) -> ArticleEvidence:
    """Return all that is known of how a version of an article came to be.

    Args:
        path: The published warehouse.
        article_key: The version, one that is there.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        WarehouseError: The file cannot be read, or has not the schema of this code.
    """
    with open_published(path) as con:

        def ask(query: str) -> list[Row]:
            """Return the rows of a query about the version."""
            return _fetch(con, query, article_key=article_key)

        return ArticleEvidence(
            article=ask("article")[0],
            versions=ask("versions"),
            provenance=ask("provenance"),
            dates=ask("dates"),
            authors=ask("authors"),
            removed_lines=ask("removed_lines"),
            story_articles=ask("story_articles"),
            run=next(iter(ask("run")), None),
        )


def list_raw_hashes(path: Path, name: str, *, url: str | None, page_id: str | None) -> list[str]:
    """Return the hashes of the documents that the articles of a name were read from, each once, in order.

    Args:
        path: The published warehouse.
        name: As for ``find_articles``.
        url: The same.
        page_id: The same.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        WarehouseError: The file cannot be read, or has not the schema of this code.
    """
    articles = find_articles(path, name, url=url, page_id=page_id)
    with open_published(path) as con:
        rows = [row for found in articles for row in _fetch(con, "provenance", article_key=int(found["article_key"]))]
    return sorted({row["raw_hash"] for row in rows})


def count_removed_lines(path: Path, source: str | None) -> list[Row]:
    """Return how many lines each rule took out of the articles of each outlet.

    Args:
        path: The published warehouse.
        source: The source_id or name of an outlet, whatever its case; None for all.

    Raises:
        MissingWarehouseError: Nothing was published yet.
        WarehouseError: The file cannot be read, or has not the schema of this code.
    """
    with open_published(path) as con:
        return _fetch(con, "removed_line_counts", source=source)


def _fetch(con: Connection, query: str, /, **parameters: object) -> list[Row]:
    """Return the rows of a query in sql/explain."""
    frame = con.sql(read_script(f"sql/explain/{query}.sql"), params=parameters).pl()
    rows: list[Row] = restore_time_zone(frame).rows(named=True)
    return rows
