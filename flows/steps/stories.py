"""Stories: what was loaded is compared with what it may be a copy of, and every article gets its story."""

import logging

import polars as pl

from transforms.agencies import Agencies
from transforms.copies import measure_pairs
from transforms.sketches import sketch_texts
from transforms.stories import cluster_articles
from warehouse import load_stories as stories
from warehouse.connection import Connection

LOGGER = logging.getLogger(__name__)


def settle_stories(con: Connection, *, sketch_id: str, agencies: Agencies) -> None:
    """Give every article its story, looking only at those near what this connection loaded.

    Texts whose sketches were not loaded are sketched here: those of a warehouse of earlier code.

    Args:
        con: A connection to the file under construction, all but stories and entities loaded.
        sketch_id: What makes sketches.
        agencies: The agencies that are known.
    """
    stories.discard_outdated(con, sketch_id=sketch_id)
    for texts in stories.read_unsketched(con):
        stories.load_sketches(con, sketch_texts(texts), sketch_id=sketch_id)
    stories.pair_wordings(con)
    pair_count = copy_count = 0
    for pairs, bodies in stories.read_unmeasured(con):
        measured = measure_pairs(pairs, bodies)
        pair_count += measured.height
        copy_count += measured.select(pl.col("is_copy").sum()).item()
        stories.load_pairs(con, measured)
    stories.gather_articles(con)
    article_count = 0
    for articles, copies in stories.read_articles(con):
        stories.load_members(con, cluster_articles(articles, copies, agencies))
        article_count += articles.height
    stories.load_stories(con)
    LOGGER.info("settled stories: compared=%d copies=%d articles=%d", pair_count, copy_count, article_count)
