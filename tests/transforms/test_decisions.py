"""What a line of the decisions file may say, which lines contradict each other, and what becomes of links."""

from datetime import UTC, datetime
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.decision_conflicts import settle_decisions
from transforms.decisions import COLUMNS, Decision, format_decision, parse_decision
from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.decisions import decide_entities
from transforms.linking.frames import ENTITY_NAME, NAME_LINK
from transforms.linking.verdicts import VERDICT, overrule_links
from transforms.names import compute_name_key

SIGNED = {"decided_by": "me", "decided_at": "2026-11-02"}


def fill(**fields: str) -> dict[str, str]:
    """Return the fields of a line, signed, with those given."""
    return dict.fromkeys(COLUMNS, "") | SIGNED | fields


def make(line_number: int, verb: str, entity_id: str, *, day: int = 1, **fields: str) -> Decision:
    """Return a decision of a day in November."""
    given = {name: fields.get(name, "") for name in ("part", "article", "target", "note")}
    return Decision(
        line_number=line_number,
        verb=verb,
        entity_id=entity_id,
        decided_by="me",
        decided_at=datetime(2026, 11, day, tzinfo=UTC),
        **given,
    )


A, B, C = "PERSON:al", "PERSON:bo", "PERSON:cy"
FAULTS = {
    "unknown": (fill(decision="murge", entity_id=A, target=B), "decision"),
    "no-id": (fill(decision="hide", entity_id="Al"), "entity_id"),
    "merge-into-name": (fill(decision="merge", entity_id=A, target="Bo"), "target"),
    "merge-into-nothing": (fill(decision="merge", entity_id=A), "target"),
    "merge-into-itself": (fill(decision="merge", entity_id=A, target=A), "target"),
    "rename-to-nothing": (fill(decision="rename", entity_id=A, target=" "), "target"),
    "no-type": (fill(decision="retype", entity_id=A, target="PERSN"), "target"),
    "hide-with-target": (fill(decision="hide", entity_id=A, target="yes"), "target"),
    "part-of-a-merge": (fill(decision="merge", entity_id=A, target=B, part="Al"), "part"),
    "article-of-a-rename": (fill(decision="rename", entity_id=A, target="X", article="1"), "article"),
    "split-of-nothing": (fill(decision="split", entity_id=A), "part"),
    "split-of-itself": (fill(decision="split", entity_id=A, part=A), "part"),
    "split-of-no-name": (fill(decision="split", entity_id=A, part="?!"), "part"),
    "two-lines-in-a-cell": (fill(decision="hide", entity_id=A, note="a\nb"), "note"),
    "nobody": (fill(decision="hide", entity_id=A, decided_by=""), "decided_by"),
    "no-day": (fill(decision="hide", entity_id=A, decided_at="2.11.2026"), "decided_at"),
}


@pytest.mark.parametrize(("fields", "column"), FAULTS.values(), ids=FAULTS)
def test_a_line_that_is_wrong_is_refused_with_its_column(fields: dict[str, str], column: str) -> None:
    decision, problems = parse_decision(7, fields)
    assert decision is None
    assert {(problem.line_number, problem.column) for problem in problems} == {(7, column)}


def test_white_space_around_values_means_nothing_and_a_day_is_its_first_moment_in_utc() -> None:
    decision, problems = parse_decision(2, fill(decision=" hide ", entity_id=f" {A} "))
    assert problems == []
    assert decision == make(2, "hide", A, day=2)


@given(
    part=st.text("ab ,\"'’[]", min_size=1).filter(lambda text: compute_name_key(text) != ""),
    note=st.text("ab ,\"'’[];=\t").map(lambda text: text.replace("\t", " ").strip()),
)
def test_a_line_that_is_written_is_read_back(part: str, note: str) -> None:
    decision = make(3, "split", A, part=part.strip(), note=note)
    assert parse_decision(3, format_decision(decision)) == (decision, [])


def test_the_entity_that_a_split_makes_has_the_same_id_in_every_file() -> None:
    first, second = (
        make(line, "split", A, part="Al", article=article).target_id for line, article in ((2, ""), (9, ""))
    )
    assert first == second
    assert first != make(2, "split", A, part="Al", article="x").target_id
    assert str(first).startswith("PERSON:al#")


def test_of_two_decisions_on_one_thing_the_later_holds_wherever_its_line_is() -> None:
    late, early = make(2, "rename", A, day=9, target="X"), make(3, "rename", A, target="Y")
    assert settle_decisions([late, early]) == ({3: 2}, [])


CONFLICTS = {
    "two-names": [make(2, "rename", A, target="X"), make(3, "rename", A, target="Y")],
    "hide-and-show": [make(2, "hide", A), make(3, "show", A)],
    "merged-into-two": [make(2, "merge", A, target=B), make(3, "merge", A, target=C)],
    "merge-and-split": [make(2, "merge", A, target=B), make(3, "split", B, part=A)],
    "merged-into-each-other": [make(2, "merge", A, target=B), make(3, "merge", B, target=A)],
    "circle": [
        make(2, "merge", A, target=B),
        make(4, "merge", C, day=2, target=A),
        make(3, "merge", B, day=3, target=C),
    ],
    "rejoined": [make(2, "merge", A, target=C), make(4, "merge", B, target=C), make(3, "split", A, day=5, part=B)],
}


@pytest.mark.parametrize("decisions", CONFLICTS.values(), ids=CONFLICTS)
def test_what_cannot_be_true_together_is_refused_with_both_lines(decisions: list[Decision]) -> None:
    conflicts = settle_decisions(decisions).conflicts
    assert conflicts
    for conflict in conflicts:
        others = {str(decision.line_number) for decision in decisions} - {str(conflict.line_number)}
        assert any(f"line {other}" in conflict.message for other in others)
    assert settle_decisions(decisions[::-1]).conflicts


def test_the_same_decision_twice_is_no_conflict() -> None:
    assert settle_decisions([make(2, "merge", A, target=B), make(3, "merge", A, target=B)]).conflicts == []


def test_a_later_merge_takes_an_earlier_split_back() -> None:
    assert settle_decisions([make(2, "split", A, part=B), make(3, "merge", B, day=2, target=A)]) == ({2: 3}, [])


def group(
    links: list[tuple[int, int]], joins: list[tuple[int, int]], parts: list[tuple[int, int]], size: int = 6
) -> dict[int, int]:
    """Return name -> entity, of names 1, 2, ... of which the first is the most frequent."""
    names = pl.DataFrame(
        [(key, "ORG", f"n{key}", 100 - key) for key in range(1, size + 1)], schema=ENTITY_NAME, orient="row"
    )
    rows = [(one, NOT_APPLICABLE_KEY, other, "spelling", 0.8, "") for one, other in links]
    verdicts = [("join", *pair, "") for pair in joins] + [("part", *pair, "") for pair in parts]
    overruled = overrule_links(
        pl.DataFrame(rows, schema=NAME_LINK, orient="row"), pl.DataFrame(verdicts, schema=VERDICT, orient="row")
    )
    decided = decide_entities(names, *overruled)
    return dict(decided.select("observed_key", "entity_key").rows())


def test_what_stands_for_a_name_that_leaves_goes_with_it() -> None:
    # 4 -> 3 -> 2 -> 1: when 3 leaves 1, 4 stays with 3 and 2 with 1.
    assert group([(4, 3), (3, 2), (2, 1)], [], [(3, 1)], size=4) == {1: 1, 2: 1, 3: 3, 4: 3}


def test_a_name_that_was_merged_with_one_that_leaves_is_not_led_back_by_rules() -> None:
    # People say that 3 is 4, and that 3 is not 1; a rule says that 4 is 1.
    assert group([(3, 1), (4, 1)], [(3, 4)], [(3, 1)], size=4) == {1: 1, 2: 2, 3: 4, 4: 4}


def test_an_entity_is_known_by_the_name_that_others_were_merged_into() -> None:
    assert group([], [(1, 2), (2, 3)], [], size=3) == {1: 3, 2: 3, 3: 3}


PAIR = st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] != pair[1])


@given(
    links=st.lists(PAIR, max_size=6, unique_by=lambda pair: pair[0]),
    joins=st.lists(PAIR, max_size=2, unique_by=lambda pair: pair[0]),
    parts=st.lists(PAIR, max_size=3),
    data=st.data(),
)
def test_the_order_of_decisions_and_links_plays_no_part(
    links: list[tuple[int, int]], joins: list[tuple[int, int]], parts: list[tuple[int, int]], data: st.DataObject
) -> None:
    others = [data.draw(st.permutations(given)) for given in (links, joins, parts)]
    assert group(others[0], others[1], others[2]) == group(links, joins, parts)


@given(links=st.lists(PAIR, max_size=6, unique_by=lambda pair: pair[0]), parts=st.lists(PAIR, max_size=3))
def test_names_that_people_part_are_never_one_entity(
    links: list[tuple[int, int]], parts: list[tuple[int, int]]
) -> None:
    found = group(links, [], parts)
    assert all(found[one] != found[other] for one, other in parts)


@given(joins=st.lists(st.integers(1, 6), min_size=2, max_size=6, unique=True))
def test_names_that_people_join_are_one_entity_named_by_the_last(joins: list[int]) -> None:
    found = group([], list(pairwise(joins)), [])
    assert {found[name] for name in joins} == {joins[-1]}
