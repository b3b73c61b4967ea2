"""From links between names to entities: which names are one, and which of them names it.

Names that are linked, directly or through others, are one entity. It is known by the first of them in a fixed order,
so that its id is always the id of one of its names, and every name leads there, step by step. Decisions by people
add links and take links away before names are gathered (``verdicts``).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from transforms.linking.frames import DECISION, ENTITY_NAME, NAME_LINK
from transforms.linking.rules import OWN_NAME, RULES, Link
from transforms.linking.types import rank_type
from transforms.names import parse_person


class Name(NamedTuple):
    """A name of an entity. The attributes are columns of ``frames.ENTITY_NAME``."""

    key: int
    entity_type: str
    name_key: str
    article_count: int


class Decision(NamedTuple):
    """A row of ``frames.DECISION``."""

    observed_key: int
    entity_key: int
    linked_key: int
    rule: str
    score: float
    evidence: str


def decide_entities(names: pl.DataFrame, links: pl.DataFrame, namesakes: Collection[int] = frozenset()) -> pl.DataFrame:
    """Return the entity of each name (``frames.DECISION``), sorted by observed_key.

    Args:
        names: ``frames.ENTITY_NAME``: all names of the entities in question.
        links: ``frames.NAME_LINK`` of these names, to these names, for all articles; of several between two names
            the first counts.
        namesakes: Names that go before all others of their entity: people chose them.
    """
    linked_keys = pl.concat([links["observed_key"], links["linked_key"]]).unique()
    is_linked = pl.col("observed_key").is_in(linked_keys.implode())
    linked = _decide_linked(names.filter(is_linked), links, namesakes)
    return pl.concat([_decide_alone(names.filter(~is_linked)), linked]).sort("observed_key")


def _decide_alone(names: pl.DataFrame) -> pl.DataFrame:
    """Return the decisions on names that no link leads from or to, which are nearly all: each is itself."""
    key = pl.col("observed_key")
    own = (pl.lit(OWN_NAME).alias("rule"), pl.lit(RULES[OWN_NAME]).alias("score"), pl.lit("").alias("evidence"))
    return names.select(key, key.alias("entity_key"), key.alias("linked_key"), *own).cast(DECISION)


def _decide_linked(names: pl.DataFrame, links: pl.DataFrame, namesakes: Collection[int]) -> pl.DataFrame:
    """Return the decisions on names that are linked."""
    known = {name.key: name for name in (Name(*row) for row in names.select(ENTITY_NAME.names()).iter_rows())}
    neighbours: dict[int, dict[int, Link]] = defaultdict(dict)
    doubts: dict[int, Link] = {}
    for row in links.select(NAME_LINK.names()).sort("observed_key", maintain_order=True).iter_rows():
        link = Link(*row)
        if link.linked_key == link.observed_key:
            doubts[link.observed_key] = link
        else:
            neighbours[link.observed_key].setdefault(link.linked_key, link)
            neighbours[link.linked_key].setdefault(link.observed_key, link)
    decided: dict[int, Decision] = {}
    for name in sorted(known.values(), key=lambda name: (name.key not in namesakes, rank_name(name))):
        if name.key not in decided:
            members = [known[key] for key in _gather(name.key, neighbours, doubts)]
            root = name if name.key in namesakes else choose_root(members)
            decided |= _gather(root.key, neighbours, doubts)
    return pl.DataFrame(list(decided.values()), schema=DECISION, orient="row")


def choose_root(names: Sequence[Name]) -> Name:
    """Return the name that an entity is known by: of the type that most articles have, the first in ``rank_name``.

    Args:
        names: All names of the entity.
    """
    counts: Counter[str] = Counter()
    for name in names:
        counts[name.entity_type] += name.article_count
    kind = max(counts, key=lambda kind: rank_type(counts[kind], kind))
    return min((name for name in names if name.entity_type == kind), key=rank_name)


def rank_name(name: Name) -> tuple[bool, int, int, str, int]:
    """Return the order in which names give theirs to an entity: the first does.

    A person's surname alone comes last, then what fewer articles have; on a tie the one with more words, then by text.
    """
    is_single = name.entity_type == "PERSON" and parse_person(name.name_key).given == ""
    return is_single, -name.article_count, -len(name.name_key.split()), name.name_key, name.key


def _gather(root: int, neighbours: Mapping[int, Mapping[int, Link]], doubts: Mapping[int, Link]) -> dict[int, Decision]:
    """Return the decisions on all names linked with one that names the entity, nearest first."""
    own = doubts.get(root)
    rule, score, evidence = (OWN_NAME, RULES[OWN_NAME], "") if own is None else (own.rule, own.score, own.evidence)
    found = {root: Decision(root, root, root, rule, score, evidence)}
    edge: Iterable[int] = [root]
    while edge:
        reached = []
        for near in edge:
            for far, link in sorted(neighbours.get(near, {}).items()):
                if far not in found:
                    found[far] = Decision(far, root, near, link.rule, link.score, link.evidence)
                    reached.append(far)
        edge = reached
    return found
