"""Load stories: which texts may be copies of each other, what they have in common, and the story of each article.

What has to be decided on texts is decided elsewhere, by pure functions; here is what they are given and what becomes of
their answers. The order: ``discard_outdated``, ``load_sketches``, for what is still ``read_unsketched`` again,
``pair_wordings``, ``load_pairs`` for each of ``read_unmeasured``, ``gather_articles``, ``load_members`` for each of
``read_articles``, ``load_stories``. All on one connection, which remembers what it touched: only stories near that are
looked at again. Every function that writes is one transaction.
"""

from collections.abc import Iterator
from itertools import count
from typing import Final

import duckdb
import polars as pl

from warehouse.connection import registered, transaction
from warehouse.frames import restore_time_zone
from warehouse.scripts import list_batches, read_script, run_tables
from warehouse.watermarks import SKETCHED_TEXTS, write_waiting

HUB_COUNT: Final = 256
"""In each band so many wordings are paired with all others. A story in more wordings than that may come apart: a copy
joins a story only when it was compared with its first article. In 15,893 articles the fullest band has 22."""

BATCH_WORD_COUNT: Final = 1_000_000
"""Words of the texts that are compared at a time: some 6 MB, unless one text alone is longer."""

EDGE_CHAR_COUNT: Final = 400
"""Of a body so much of both ends is given away: who credits an agency does it there."""

SKETCH_BATCH_ROWS: Final = 1_000
ARTICLE_BATCH_ROWS: Final = 50_000


def discard_outdated(con: duckdb.DuckDBPyConnection, *, sketch_id: str) -> None:
    """Forget all sketches if any was made by other code: they will be made anew from the bodies.

    Args:
        con: A connection to the file under construction.
        sketch_id: What makes sketches now.
    """
    with transaction(con):
        run_tables(con, "stories", "outdated_sketch", sketch_id=sketch_id)
        if con.execute("select 1 from outdated_sketch").fetchall():
            con.execute(f"reset variable {SKETCHED_TEXTS}")


def load_sketches(con: duckdb.DuckDBPyConnection, sketches: pl.DataFrame, *, sketch_id: str) -> None:
    """Keep the sketches of texts that some version has, and that have none.

    Args:
        con: A connection to the file under construction, the versions loaded.
        sketches: SKETCH rows.
        sketch_id: What made them.
    """
    write_waiting(con)
    with registered(con, incoming_sketch=sketches), transaction(con):
        run_tables(con, "stories", "change_log", "text_sketch", sketch_id=sketch_id)


def read_unsketched(con: duckdb.DuckDBPyConnection) -> Iterator[pl.DataFrame]:
    """Give the texts without a sketch.

    Args:
        con: A connection to the file under construction, versions and texts loaded.

    Yields:
        TEXT rows.
    """
    query = read_script("sql/load/stories/read_unsketched.sql")
    with transaction(con):
        run_tables(con, "stories", "unsketched_text")
    (text_count,) = con.execute("select count(*) from unsketched_text").fetchall()[0]
    for start in range(0, text_count, SKETCH_BATCH_ROWS):
        yield con.sql(query, params={"after_number": start, "until_number": start + SKETCH_BATCH_ROWS}).pl()


def pair_wordings(con: duckdb.DuckDBPyConnection) -> None:
    """Find the pairs of wordings that have to be compared, and forget texts and pairs that are no more.

    Args:
        con: The connection that loaded versions and sketches.
    """
    with transaction(con):
        run_tables(
            con,
            "stories",
            *("change_log", "orphaned_sketch", "wording_pair"),
            hub_count=HUB_COUNT,
            batch_word_count=BATCH_WORD_COUNT,
        )


def read_unmeasured(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Give the pairs that have to be compared, so many words of text at a time.

    Args:
        con: The connection that found them.

    Yields:
        wording_key_a, wording_key_b; and wording_key, body: a body of each of these wordings.
    """
    pairs_query = """
        select wording_key_a, wording_key_b from unmeasured_pair where batch_number = $batch_number
        order by wording_key_a, wording_key_b
    """
    for batch_number in list_batches(con, "unmeasured_pair"):
        parameters = {"batch_number": batch_number}
        pairs = con.sql(pairs_query, params=parameters).pl()
        yield pairs, con.sql(read_script("sql/load/stories/read_bodies.sql"), params=parameters).pl()


def load_pairs(con: duckdb.DuckDBPyConnection, pairs: pl.DataFrame) -> None:
    """Keep what pairs of wordings have in common.

    Args:
        con: The connection that found them.
        pairs: WORDING_PAIR rows, each pair once.
    """
    write_waiting(con)
    with registered(con, incoming_pair=pairs), transaction(con):
        run_tables(con, "stories", "measured_pair")


def gather_articles(con: duckdb.DuckDBPyConnection) -> None:
    """Find the articles whose story may have changed: those touched, and with each all that it is linked with.

    Args:
        con: The connection that loaded versions, sketches and pairs.
    """
    count_query = "select count(*) from reached_article where step_number = $step_number"
    with transaction(con):
        run_tables(con, "stories", "change_log", "reached_article")
        for step_number in count():
            run_tables(con, "stories", "linked_article", step_number=step_number)
            if not con.execute(count_query, {"step_number": step_number + 1}).fetchall()[0][0]:
                break
        run_tables(con, "stories", "story_article")


def read_articles(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Give the articles that were gathered, those that are linked with others all at once.

    Args:
        con: The connection that gathered them.

    Yields:
        STORY_ARTICLE rows; and wording_key_a, wording_key_b: the pairs of their wordings that are copies.
    """
    query = read_script("sql/load/stories/read_articles.sql")
    (article_count,) = con.execute("select count(*) from story_article").fetchall()[0]
    if not article_count:
        return
    copies = con.sql(read_script("sql/load/stories/read_copies.sql")).pl()
    fixed = {"edge_char_count": EDGE_CHAR_COUNT}
    linked = con.sql(query, params={**fixed, "is_linked": True, "after_number": 0, "until_number": article_count}).pl()
    yield restore_time_zone(linked), copies
    for start in range(0, article_count, ARTICLE_BATCH_ROWS):
        parameters = {**fixed, "is_linked": False, "after_number": start, "until_number": start + ARTICLE_BATCH_ROWS}
        yield restore_time_zone(con.sql(query, params=parameters).pl()), copies.clear()


def load_members(con: duckdb.DuckDBPyConnection, members: pl.DataFrame) -> None:
    """Take the stories of articles that were gathered.

    Args:
        con: The connection that gathered them.
        members: STORY_MEMBER rows.
    """
    with registered(con, incoming_member=members), transaction(con):
        run_tables(con, "stories", "story_member")


def load_stories(con: duckdb.DuckDBPyConnection) -> None:
    """Give every article that was gathered its story, and say which is the original.

    Args:
        con: The connection that took their stories, the outlets loaded.
    """
    with transaction(con):
        run_tables(con, "stories", "fact_article", "dim_story", "settled_change")
