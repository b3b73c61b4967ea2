"""Decisions that contradict each other: which of two on the same thing holds, and which cannot both be.

The rule: of two decisions on the same thing the one with the later decided_at holds, wherever their lines stand. Of the
same moment, and of what cannot be true together, none holds: the file is refused.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from transforms.decisions import Decision, Problem
from transforms.linking.groups import Groups

Thing = tuple[str, ...]


class Settled(NamedTuple):
    """What holds.

    Attributes:
        superseded: Line -> line of the later decision on the same thing.
        conflicts: Decisions of which none can be preferred.
    """

    superseded: Mapping[int, int]
    conflicts: Sequence[Problem]


def settle_decisions(decisions: Sequence[Decision]) -> Settled:
    """Return which decisions are superseded, and which contradict each other.

    Args:
        decisions: All of a file, in any order.
    """
    superseded: dict[int, int] = {}
    conflicts: list[Problem] = []
    for group in _group_by_thing(decisions):
        last = group[-1]
        for earlier in group[:-1]:
            if earlier.decided_at < last.decided_at:
                superseded[earlier.line_number] = last.line_number
            elif _read_value(earlier) != _read_value(last):
                conflicts.append(_describe(last, earlier, "the same moment says otherwise of the same thing"))
    holding = [decision for decision in decisions if decision.line_number not in superseded]
    return Settled(superseded, sorted({*conflicts, *_find_cycles(holding), *_find_rejoined(holding)}))


def _group_by_thing(decisions: Iterable[Decision]) -> Iterator[list[Decision]]:
    """Yield decisions on one thing, the earliest first."""
    groups: dict[Thing, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for thing in _list_things(decision):
            groups[thing].append(decision)
    for group in groups.values():
        yield sorted(group, key=lambda decision: (decision.decided_at, decision.line_number))


def _list_things(decision: Decision) -> list[Thing]:
    """Return what a decision is on: an attribute of an entity, or whether two names are one entity."""
    if decision.verb in {"hide", "show"}:
        return [("hide", decision.entity_id)]
    if decision.verb == "merge":
        return [("merge", decision.entity_id), _pair(decision.entity_id, decision.target)]
    if decision.verb != "split":
        return [(decision.verb, decision.entity_id)]
    own: Thing = ("split", decision.entity_id, decision.part_id or decision.alias_key or "", decision.article)
    part_id = decision.part_id
    return [own] if decision.is_of_mentions or part_id is None else [own, _pair(decision.entity_id, part_id)]


def _pair(one: str, other: str) -> Thing:
    return ("pair", *sorted((one, other)))


def _read_value(decision: Decision) -> tuple[str, str]:
    return decision.verb, decision.entity_id + "\n" + decision.target if decision.verb == "merge" else decision.target


def _describe(decision: Decision, other: Decision, why: str) -> Problem:
    message = f"contradicts line {other.line_number}, {why}: remove one of the two, or give one a later decided_at"
    return Problem(decision.line_number, "decision", f"{decision.verb} {decision.entity_id}", message)


def _find_cycles(decisions: Iterable[Decision]) -> Iterator[Problem]:
    """Yield merges that lead back to where they began, each cycle once."""
    merges = {decision.entity_id: decision for decision in decisions if decision.verb == "merge"}
    seen: set[str] = set()
    for start in sorted(merges):
        way: list[str] = []
        at = start
        while at in merges and at not in seen:
            seen.add(at)
            way.append(at)
            at = merges[at].target
        if at in way:
            lines = sorted(merges[entity_id].line_number for entity_id in way[way.index(at) :])
            others = ", ".join(str(line) for line in lines[:-1])
            message = f"closes a circle of merges with line {others}: remove one of them"
            yield Problem(lines[-1], "target", at, message)


def _find_rejoined(decisions: Sequence[Decision]) -> Iterator[Problem]:
    """Yield splits whose two sides other decisions make one."""
    groups = Groups[str]()
    joining: dict[str, int] = {}
    for decision in decisions:
        for one, other in list_joined(decision):
            groups.join(one, other)
            joining[one] = decision.line_number
    for decision in decisions:
        for one, other in list_parted(decision):
            if groups.find(one) == groups.find(other):
                lines = {line for entity_id, line in joining.items() if groups.find(entity_id) == groups.find(one)}
                others = ", ".join(str(line) for line in sorted(lines))
                message = f"parts what line {others} makes one: remove one of them"
                yield Problem(decision.line_number, "part", decision.part or decision.article, message)


def list_joined(decision: Decision) -> list[tuple[str, str]]:
    """Return the ids that a decision makes one, as (which, into which)."""
    if decision.verb == "merge":
        return [(decision.entity_id, decision.target)]
    if decision.verb == "split" and not decision.is_of_mentions and decision.part_id and decision.target:
        return [(decision.part_id, decision.target)]
    return []


def list_parted(decision: Decision) -> list[tuple[str, str]]:
    """Return the ids that a decision makes two, as (from which, which leaves)."""
    if decision.verb != "split":
        return []
    leaving = decision.target_id if decision.is_of_mentions else decision.part_id
    return [] if leaving is None else [(decision.entity_id, leaving)]
