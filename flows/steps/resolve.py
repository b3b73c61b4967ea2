"""Resolve: who is meant by each name across articles, decided again where something near it changed."""

import logging
from itertools import chain
from typing import Final

import polars as pl

from flows.context import RunContext
from flows.fingerprints import compute_place_rules_hash
from flows.reference import read_gazetteer, read_person_lists
from flows.steps.ledger import note_effects
from transforms.decisions import HUMAN_DECISION, list_made_entities
from transforms.external_names import EXTERNAL_NAME
from transforms.linking.blocking import block_names
from transforms.linking.choice import choose_links
from transforms.linking.context import choose_by_context
from transforms.linking.decisions import decide_entities
from transforms.linking.verdicts import overrule_links
from transforms.places import choose_places, list_places
from warehouse import load_decisions as human
from warehouse import load_entities as entities
from warehouse.connection import Connection
from warehouse.load_counts import refresh_counts
from warehouse.load_places import load_places, read_place_names

LOGGER = logging.getLogger(__name__)

COMPANY_STEPS: Final[tuple[entities.CompanyStep, ...]] = ("articles", "companions", "all")
"""What names are asked again with that are not decided by what they are called: each costs more, and fewer need it."""


def settle_entities(con: Connection, context: RunContext) -> human.ExternalCounts:
    """Give every name an entity and every place its place, and count anew who is named with whom.

    Args:
        con: A connection to the file under construction, versions, texts, outlets and stories loaded.
        context: The run.

    Returns:
        What the external ids meant to the entities.
    """
    counts = resolve_entities(
        con,
        resolver_version=context.resolver_version,
        run_key=context.run_key,
        decisions=context.decisions,
        external_names=context.external_names,
    )
    note_effects(con, context, effect="entity")
    refresh_counts(con)
    place_entities(con, read_gazetteer(), rules_id=compute_place_rules_hash())
    return counts


def place_entities(con: Connection, gazetteer: pl.DataFrame, *, rules_id: str) -> None:
    """Give every entity that is a place its place, where that can be told; those near what changed are asked anew.

    Args:
        con: A connection to the file under construction, entities resolved and counted.
        gazetteer: ``GAZETTEER``.
        rules_id: What the gazetteer and the rules are known by; when it is another, all entities are asked anew.
    """
    names, evidence = read_place_names(con, rules_id=rules_id)
    placed = choose_places(names, evidence, gazetteer)
    load_places(con, list_places(gazetteer), placed)
    LOGGER.info("placed entities: placed=%d of %d", placed.height, names.height)


def resolve_entities(
    con: Connection,
    *,
    resolver_version: str,
    run_key: int,
    decisions: pl.DataFrame | None = None,
    external_names: pl.DataFrame | None = None,
) -> human.ExternalCounts:
    """Give every name an entity, looking only at names near what this connection loaded, and at what people decided.

    Needs no text and no model: a warehouse whose decisions were taken by other code is resolved anew from its mentions.

    Args:
        con: A connection to the file under construction, versions and texts loaded.
        resolver_version: What decides, as decisions record it.
        run_key: The load.
        decisions: ``HUMAN_DECISION``: the decisions file; None without one. What an earlier one said is undone.
        external_names: ``EXTERNAL_NAME``: ids of entities elsewhere; None without any.

    Returns:
        What the external ids meant to the entities.
    """
    entities.refresh_names(con, resolver_version=resolver_version)
    _link_names(con)
    file = HUMAN_DECISION.to_frame() if decisions is None else decisions
    human.replay_decisions(con, file, list_made_entities(file))
    entities.gather_entities(con)
    decided = _decide_gathered(con)
    entities.load_decisions(con, decided, resolver_version=resolver_version, run_key=run_key)
    LOGGER.info("resolved names: decided=%d", decided.height)
    return human.load_external_ids(con, EXTERNAL_NAME.to_frame() if external_names is None else external_names)


def _decide_gathered(con: Connection) -> pl.DataFrame:
    """Return the decisions (DECISION) on the names that were gathered; the names are let go, which may be millions."""
    gathered, links = entities.read_entities(con)
    return decide_entities(gathered, *overrule_links(links, human.read_verdicts(con)))


def _link_names(con: Connection) -> None:
    """Ask the rules what names stand for, those near what changed."""
    lists = read_person_lists()
    for names in entities.read_unblocked(con):
        entities.load_blocks(con, block_names(names, lists.nicknames))
    entities.find_askers(con)
    link_count = 0
    readings = (entities.read_pairs(con), *(entities.read_pairs_in_company(con, step) for step in COMPANY_STEPS))
    for pairs in chain.from_iterable(readings):
        links, undecided = choose_links(pairs, lists)
        link_count += links.height
        entities.load_links(con, links)
        entities.keep_undecided(con, undecided)
    entities.find_ambiguous(con)
    for contexts in entities.read_contexts(con):
        entities.load_links(con, choose_by_context(contexts))
    LOGGER.info("linked names: links=%d", link_count)
