"""Load entities: who is meant by each name, across articles, as decisions that are rows.

What is decided is decided elsewhere, by pure functions; here is what they are given and what becomes of their answers.
The order: ``refresh_names``, ``load_blocks`` for each of ``read_unblocked``, ``find_askers``, ``load_links`` and
``keep_undecided`` for each of ``read_pairs``, and of ``read_pairs_in_company`` step by step, ``find_ambiguous``,
``load_links`` for each of ``read_contexts``, ``replay_decisions`` (of ``load_decisions.py``), ``gather_entities``,
``load_decisions`` of what ``read_entities`` gives. All on one connection, which remembers the names whose mentions it
changed: only names near these are looked at again. Every function that writes is one transaction.
"""

from collections.abc import Iterator
from typing import Final, Literal

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.errors import WarehouseError
from warehouse.scripts import list_batches, read_script, run_tables
from warehouse.watermarks import write_waiting

CANDIDATE_COUNT: Final = 64
"""Of the names that one may stand for, so many are looked at: those that most articles have."""

LONG_NAME_LENGTH: Final = 15
"""From so many letters on two may differ between spellings of a name, else one: as ``linking.spelling`` has it."""

BATCH_ASKER_COUNT: Final = 40_000
"""Names that are asked at a time by what they are called: some 40 MB with their candidates."""

COMPANY_ARTICLE_COUNT: Final = 1_000_000
"""Articles of names, and of their candidates, whose company is gathered at a time: some 15 million names beside."""

CONTEXT_MENTION_COUNT: Final = 8_000_000
"""Mentions of the months in which articles are compared, and articles of candidates there, so many at a time; those of
the months beside come to them. A million takes some 20 MB."""

LEAST_CONTEXT_WEIGHT: Final = 12.0
"""What the companions of a candidate in an article weigh at least, one each at most, where they tell: as
``linking.context`` has it."""

BATCH_NAME_COUNT: Final = 50_000
"""Names that are put into blocks at a time."""

CompanyStep = Literal["articles", "companions", "all"]
"""The articles that have a name and one of the candidates that it wants to know more of; the names beside both, too;
all of that for all of its candidates, and the names beside these."""


def refresh_names(con: duckdb.DuckDBPyConnection, *, resolver_version: str) -> None:
    """Count the articles of the names that were touched, and their aliases; forget names without a mention.

    Args:
        con: The connection that loaded versions and texts; with a new one there is nothing to do, unless other code
            took the decisions that are there.
        resolver_version: What decides now. If any decision was taken by another, all names are looked at again.
    """
    with transaction(con):
        begin = ("change_log", "outdated_decision", "undecided_name", "uncounted_mention", "near_version")
        run_tables(con, "entities", *begin, resolver_version=resolver_version)
        run_tables(con, "mentions", "wanted_mention")
        run_tables(con, "entities", "touched_name", "observed_entity", "observed_alias")
        run_tables(con, "entities", "grown_company", "near_name", "named_change")


def read_unblocked(con: duckdb.DuckDBPyConnection) -> Iterator[pl.DataFrame]:
    """Give the names that are in no block, so many at a time.

    Args:
        con: The connection that refreshed the names.

    Yields:
        OBSERVED_NAME rows.
    """
    with transaction(con):
        run_tables(con, "entities", "unblocked_name", batch_name_count=BATCH_NAME_COUNT)
    query = read_script("sql/load/entities/read_unblocked.sql")
    for batch_number in list_batches(con, "unblocked_name"):
        yield con.sql(query, params={"batch_number": batch_number}).pl()


def load_blocks(con: duckdb.DuckDBPyConnection, blocks: pl.DataFrame) -> None:
    """Keep the blocks of names.

    Args:
        con: A connection to the file under construction.
        blocks: NAME_BLOCK rows; every name that ``read_unblocked`` gave has one at least.
    """
    write_waiting(con)
    with registered(con, incoming_block=blocks), transaction(con):
        run_tables(con, "entities", "observed_block", "observed_spelling", long_name_length=LONG_NAME_LENGTH)


def find_askers(con: duckdb.DuckDBPyConnection) -> None:
    """Find the names that have to be asked, and forget what they stood for.

    Args:
        con: The connection that loaded the blocks.
    """
    with transaction(con):
        run_tables(con, "entities", "affected_name", "lapsed_link", "pair_log", batch_asker_count=BATCH_ASKER_COUNT)


def read_pairs(con: duckdb.DuckDBPyConnection) -> Iterator[pl.DataFrame]:
    """Give the names that have to be asked, so many at a time, with those they may stand for.

    Args:
        con: The connection that found them. The links of each frame have to be loaded before the next is asked for.

    Yields:
        NAME_PAIR rows, each name with all its candidates, without company.
    """
    yield from _read_pairs(con, "affected_name", "name_pair", candidate_count=CANDIDATE_COUNT)


def keep_undecided(con: duckdb.DuckDBPyConnection, pairs: pl.DataFrame) -> None:
    """Keep the names of a frame of pairs that have to be asked again, with more of their company.

    Args:
        con: The connection that gave the frame last.
        pairs: UNDECIDED_PAIR rows.
    """
    with registered(con, incoming_undecided=pairs), transaction(con):
        run_tables(con, "entities", "undecided_pair")


def read_pairs_in_company(con: duckdb.DuckDBPyConnection, step: CompanyStep) -> Iterator[pl.DataFrame]:
    """Give the names that were kept as undecided, so many at a time, with more of their company.

    Args:
        con: The connection that kept them. The links of each frame have to be loaded, and what is still undecided
            kept, before the next is asked for.
        step: How much of it.

    Yields:
        NAME_PAIR rows, each name with all its candidates.
    """
    is_whole = step == "all"
    with transaction(con):
        given = {"batch_article_count": COMPANY_ARTICLE_COUNT, "is_whole": is_whole}
        run_tables(con, "entities", "undecided_batch", **given)
    steps = ("wanted_pair", "shared_article", *(() if step == "articles" else ("shared_companion", "observed_company")))
    yield from _read_pairs(con, "undecided_batch", *steps, is_whole=is_whole)


def load_links(con: duckdb.DuckDBPyConnection, links: pl.DataFrame) -> None:
    """Keep what names stand for.

    Args:
        con: The connection that gave their pairs, or contexts, last.
        links: NAME_LINK rows.
    """
    write_waiting(con)
    with registered(con, incoming_link=links), transaction(con):
        run_tables(con, "entities", "resolution_link")


def find_ambiguous(con: duckdb.DuckDBPyConnection) -> None:
    """Find the candidates of names that several could be meant by.

    Args:
        con: The connection that loaded the links for all articles.

    Raises:
        WarehouseError: A name was not decided with all of its company.
    """
    (left,) = con.execute("select count(distinct observed_key) from undecided_pair").fetchall()[0]
    if left > 0:
        raise WarehouseError(f"{left:,} names are undecided: ask them again with all of their company")
    with transaction(con):
        run_tables(con, "entities", "ambiguous_candidate", "recompared_name", "observed_candidate")
        run_tables(con, "entities", "context_month", batch_mention_count=CONTEXT_MENTION_COUNT)


def read_contexts(con: duckdb.DuckDBPyConnection) -> Iterator[pl.DataFrame]:
    """Give the company of ambiguous names in each article, so many months at a time.

    Args:
        con: The connection that found them.

    Yields:
        ARTICLE_CONTEXT rows, for each name and article all candidates.
    """
    query = read_script("sql/load/entities/read_contexts.sql")
    for batch_number in list_batches(con, "context_month"):
        with transaction(con):
            run_tables(con, "entities", "context_mention", batch_number=batch_number)
        yield con.sql(query, params={"batch_number": batch_number, "least_weight": LEAST_CONTEXT_WEIGHT}).pl()
    con.execute("drop table if exists context_mention")


def gather_entities(con: duckdb.DuckDBPyConnection) -> None:
    """Find the entities whose names may be others now.

    Args:
        con: The connection that loaded the links.
    """
    with transaction(con):
        run_tables(con, "entities", "entity_group")
        run_tables(con, "decisions", "entity_group")


def read_entities(con: duckdb.DuckDBPyConnection) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the names of the entities that were gathered, and the links between them.

    Args:
        con: The connection that gathered them.

    Returns:
        ENTITY_NAME rows, and NAME_LINK rows for all articles.
    """
    names = con.sql(read_script("sql/load/entities/read_names.sql")).pl()
    return names, con.sql(read_script("sql/load/entities/read_links.sql")).pl()


def load_decisions(
    con: duckdb.DuckDBPyConnection, decisions: pl.DataFrame, *, resolver_version: str, run_key: int
) -> None:
    """Take decisions, and let mentions, entities and their aliases follow.

    Args:
        con: The connection that gathered the entities.
        decisions: DECISION rows: one for each name that ``read_entities`` gave.
        resolver_version: What decided.
        run_key: The load, for the decisions that change.
    """
    parameters = {"resolver_version": resolver_version, "run_key": run_key}
    write_waiting(con)
    with registered(con, incoming_decision=decisions), transaction(con):
        run_tables(con, "decisions", "article_link")
        run_tables(con, "entities", "resolution_decision", "near_version", **parameters)
        run_tables(con, "mentions", "wanted_mention")
        run_tables(con, "entities", "fact_entity_mention", "near_version")
        run_tables(con, "mentions", "wanted_mention")
        run_tables(con, "decisions", "entity_override")
        run_tables(con, "entities", "dim_entity", "entity_alias", "settled_name")


def _read_pairs(
    con: duckdb.DuckDBPyConnection, table: str, *scripts: str, **parameters: object
) -> Iterator[pl.DataFrame]:
    """Yield the pairs that scripts make of each batch of one of our temporary tables."""
    query = read_script("sql/load/entities/read_pairs.sql")
    for batch_number in list_batches(con, table):
        with transaction(con):
            run_tables(con, "entities", *scripts, batch_number=batch_number, **parameters)
        yield con.sql(query).pl()
