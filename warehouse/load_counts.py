"""Load who is named in which article, and together with whom, and what the marts count: what changed is added.

What all articles name would else be counted again over all articles, whenever one more names it. ``counted_version``
keeps what every article was last counted as; that is taken off the totals, and what it is now is added. Stories, which
are counted once however many of their articles name an entity, are looked at whole.

Whatever changes a version of an article, its mentions, their entities, its story or day notes the version in
``pending_article``, in its own transaction; here the counts follow. So this comes last, behind
``warehouse.load_entities`` and ``warehouse.load_stories``, and on any connection. The key of an outlet alone moves
without being counted again (``warehouse.load_sources``).
"""

from typing import Final

import duckdb

from warehouse.connection import transaction
from warehouse.scripts import run_tables
from warehouse.watermarks import write_committed, write_waiting

PAIRED_ENTITY_COUNT: Final = 150
"""Of a version that names more entities, those it names most often are paired: 11,175 pairs at most.

Lists of names (results, squads, tables) would else make squares. The comment of fact_cooccurrence and
``sql/checks/accounting_fact_cooccurrence.sql`` say the same number.
"""

BATCH_ARTICLE_COUNT: Final = 10_000
"""Versions that are counted at a time: some million pairs, and as many again of those they had before."""

STEPS: Final = (
    *("fact_article_entity", "counted_version", "entity_change"),
    *("fact_cooccurrence", "pair_change", "rarer_article"),
)
TOTALS: Final = ("pair_total", "entity_total", "entity_day_total")
"""What a batch goes through once it is known, and once it is known where its pairs met before, a file of
``sql/load/counts`` each."""

MEETING_ROW_COUNT: Final = 2_000_000
"""Articles of the rarer names of pairs that are looked through at a time; all names of a million articles are read for
each part. With two million at a time 400 MB were enough, of which 330 were tables of the batch."""

BATCH_FORMER_COUNT: Final = 2_000
"""Versions that were there before and are counted again at a time. Their rows lie all over the facts, and of what is
deleted there DuckDB holds what it cannot spill (``write_committed``): for 10,000 of a million, of an entity that people
merged into another, 768 MB were too little; with 3,000 at a time they were enough."""

MOST_FORMER_COUNT: Final = 1_000
"""So many of them, and what they leave is written."""


def refresh_counts(con: duckdb.DuckDBPyConnection, *, batch_article_count: int = BATCH_ARTICLE_COUNT) -> None:
    """Count the versions that changed, and add what changed to the counts of their entities, days and pairs.

    A transaction a batch, after each of which all counts agree: to undo the change of all pairs at once would not fit
    into memory. The cost follows the versions; three tables are looked through once a batch, at some 30 ns a row.

    Args:
        con: A connection to the file under construction, stories and entities loaded.
        batch_article_count: Versions that are counted at a time; of those that were there before
            ``BATCH_FORMER_COUNT`` at most.
    """
    batch = {"article_count": batch_article_count, "former_count": min(batch_article_count, BATCH_FORMER_COUNT)}
    former_count = 0
    while con.execute("select 1 from pending_article limit 1").fetchall():
        write_waiting(con)
        with transaction(con):
            run_tables(con, "counts", "change_log", "counted_article", **batch)
            run_tables(con, "mentions", "wanted_mention")
            run_tables(con, "counts", *STEPS, entity_count=PAIRED_ENTITY_COUNT)
            _find_meetings(con)
            run_tables(con, "counts", *TOTALS, entity_count=PAIRED_ENTITY_COUNT)
        former_count += con.execute("select count(*) from wanted_version").fetchall()[0][0]
        if former_count >= MOST_FORMER_COUNT:
            write_committed(con)
            former_count = 0
    with transaction(con):
        run_tables(con, "counts", "source_day_total")


def _find_meetings(con: duckdb.DuckDBPyConnection) -> None:
    """Find the articles in which the pairs of a batch met before, part by part where there are many to look through."""
    (row_count,) = con.execute("select count(*) from rarer_article").fetchall()[0]
    part_count = 1 + row_count // MEETING_ROW_COUNT
    for part in range(part_count):
        run_tables(con, "counts", "met_article", part=part, part_count=part_count)
