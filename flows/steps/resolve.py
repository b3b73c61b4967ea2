"""Resolve: who is meant by each name across articles, decided again where something near it changed."""

import logging

from flows.reference import read_nicknames
from transforms.linking.blocking import block_names
from transforms.linking.choice import choose_links
from transforms.linking.context import choose_by_context
from transforms.linking.decisions import decide_entities
from warehouse import load_entities as entities
from warehouse.connection import Connection

LOGGER = logging.getLogger(__name__)


def resolve_entities(con: Connection, *, resolver_version: str, run_key: int) -> None:
    """Give every name an entity, looking only at names near what this connection loaded.

    Needs no text and no model: a warehouse whose decisions were taken by other code is resolved anew from its mentions.

    Args:
        con: A connection to the file under construction, versions and texts loaded.
        resolver_version: What decides, as decisions record it.
        run_key: The load.
    """
    entities.refresh_names(con, resolver_version=resolver_version)
    nicknames = read_nicknames()
    for names in entities.read_unblocked(con):
        entities.load_blocks(con, block_names(names, nicknames))
    entities.pair_names(con)
    link_count = 0
    for pairs in entities.read_pairs(con):
        links = choose_links(pairs, nicknames)
        link_count += links.height
        entities.load_links(con, links)
    entities.find_ambiguous(con)
    for contexts in entities.read_contexts(con):
        entities.load_links(con, choose_by_context(contexts))
    entities.gather_entities(con)
    decisions = decide_entities(*entities.read_entities(con))
    entities.load_decisions(con, decisions, resolver_version=resolver_version, run_key=run_key)
    LOGGER.info("resolved names: decided=%d links=%d", decisions.height, link_count)
