"""What people decided, laid over what the rules say of names: links taken away, links added.

A merge joins two names for good. A split takes away the links of rules by which a name, with all that was merged with
it, hangs together with the entity that it leaves. All splits look at the same links, so their order plays no part.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import polars as pl

from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.frames import NAME_LINK
from transforms.linking.groups import Groups
from transforms.linking.rules import HUMAN, RULES

VERDICT: Final = pl.Schema(
    {
        "verdict": pl.String(),  # join or part
        "observed_key": pl.Int64(),  # the name that is joined with another, or leaves it
        "other_key": pl.Int64(),  # the name it becomes part of, or leaves
        "evidence": pl.String(),  # who decided, when, with what note
    },
)
"""Grain: two names that people decided on. Read from the warehouse."""

Edge = tuple[int, int]


class Overruled(NamedTuple):
    """Links as they are with the decisions of people.

    Attributes:
        links: ``frames.NAME_LINK`` for all articles; the links of people first.
        namesakes: Names that give theirs to an entity before all others: those that others were merged into.
    """

    links: pl.DataFrame
    namesakes: frozenset[int]


def overrule_links(links: pl.DataFrame, verdicts: pl.DataFrame) -> Overruled:
    """Return the links between names as people want them.

    Args:
        links: ``frames.NAME_LINK`` for all articles.
        verdicts: ``VERDICT``, none of which contradict each other.
    """
    joins = _read(verdicts, "join")
    groups = Groups[int]()
    for one, other, _ in joins:
        groups.join(one, other)
    cut = _cut_edges(links, groups, [(one, other) for one, other, _ in _read(verdicts, "part")])
    kept = [link for link in links.select(NAME_LINK.names()).iter_rows() if (link[0], link[2]) not in cut]
    added = [(one, NOT_APPLICABLE_KEY, other, HUMAN, RULES[HUMAN], evidence) for one, other, evidence in joins]
    namesakes = frozenset(other for _, other, _ in joins) - {one for one, _, _ in joins}
    return Overruled(pl.DataFrame([*added, *kept], schema=NAME_LINK, orient="row"), namesakes)


def _read(verdicts: pl.DataFrame, verdict: str) -> list[tuple[int, int, str]]:
    rows = verdicts.filter(pl.col("verdict") == verdict).sort("observed_key", "other_key", "evidence")
    return rows.select("observed_key", "other_key", "evidence").rows()


def _cut_edges(links: pl.DataFrame, groups: Groups[int], parted: Iterable[Edge]) -> set[Edge]:
    """Return the links, as (observed_key, linked_key), that splits take away."""
    neighbours: dict[int, set[int]] = defaultdict(set)
    edges: dict[Edge, set[Edge]] = defaultdict(set)
    for one, other in links.select("observed_key", "linked_key").iter_rows():
        near, far = groups.find(one), groups.find(other)
        if near != far:
            neighbours[near].add(far)
            neighbours[far].add(near)
            edges[near, far].add((one, other))
            edges[far, near].add((one, other))
    cut: set[Edge] = set()
    for leaving, left in parted:
        bound = groups.find(leaving)
        for near in neighbours.get(bound, set()) & _reach(groups.find(left), bound, neighbours):
            cut |= edges[bound, near]
    return cut


def _reach(start: int, bound: int, neighbours: Mapping[int, set[int]]) -> set[int]:
    """Return what is linked with the start by ways that do not go through the bound."""
    found, edge = {start}, [start]
    while edge:
        for far in neighbours.get(edge.pop(), set()) - found:
            if far != bound:
                found.add(far)
                edge.append(far)
    return found
