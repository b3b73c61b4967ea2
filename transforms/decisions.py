"""Decisions by people on entities: what a line of the decisions file may say, and what it says.

For flows, which reads and writes the file, and for ``transforms.decision_conflicts``, which compares its lines. An
entity is named by its entity_id, or by any id that it ever had, so that a decision means the same after every re-run.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

import polars as pl

from transforms.keys import compute_hash, compute_key
from transforms.labels import NAME_LABELS
from transforms.names import compute_name_key

COLUMNS: Final = ("decision", "entity_id", "part", "article", "target", "note", "decided_by", "decided_at")
"""The columns of the file, in the order in which they are written."""

TARGETS: Final = {
    "merge": "the entity_id it becomes part of",
    "split": "the entity_id that the part belongs to; empty for a new one",
    "rename": "the name",
    "retype": "the entity_type",
    "hide": "",
    "show": "",
    "link": "its id elsewhere, such as Q42",
}
"""Decision -> what its target is; "" where it has none."""

MADE_MARK: Final = "#"
"""Stands in an entity_id that a person made up, and never in one that is made from a name."""

HUMAN_DECISION: Final = pl.Schema(
    {
        "line_number": pl.Int32(),  # of the file; 1 is the heading
        **{name: pl.String() for name in COLUMNS if name != "decided_at"},
        "decided_at": pl.Datetime("us", "UTC"),
        "superseded_by": pl.Int32(),  # line of a later decision on the same thing; null for none
        "target_id": pl.String(),  # entity_id that a merge or split leads to, made up where none was given; else null
        "part_id": pl.String(),  # entity_id of the name that leaves; null where the part is an alias, or nothing
        "alias_key": pl.String(),  # transforms.names.compute_name_key of the alias that leaves; null likewise
    },
)
"""Grain: a line of the decisions file."""

MADE_ENTITY: Final = pl.Schema(
    {
        "observed_key": pl.Int64(),
        "observed_id": pl.String(),
        "entity_type": pl.String(),
        "name_key": pl.String(),
        "own_name": pl.String(),  # null where it bears the name of the entity that it was split from
        "base_id": pl.String(),  # entity_id of that entity, or of the name that left it
    },
)
"""Grain: an entity that only decisions know: what a split makes."""

_ID: Final = re.compile(r"[A-Z][A-Z_]*:\S.*")
_UNPRINTABLE: Final = "a character that cannot be printed"


class Problem(NamedTuple):
    """Something that is wrong with a line.

    Attributes:
        line_number: The line in the file.
        column: The column; "" for the line as a whole.
        value: What stands there.
        message: What is wrong, and what to do.
    """

    line_number: int
    column: str
    value: str
    message: str


class Decision(NamedTuple):
    """A line of the decisions file; its attributes are the columns, "" where a column is empty."""

    line_number: int
    verb: str
    entity_id: str
    part: str
    article: str
    target: str
    note: str
    decided_by: str
    decided_at: datetime

    @property
    def part_id(self) -> str | None:
        """The entity_id of the name that leaves, in a split that gives one."""
        return self.part if _ID.fullmatch(self.part) is not None else None

    @property
    def alias_key(self) -> str | None:
        """The name key of the alias that leaves, in a split that gives one."""
        return None if self.part == "" or self.part_id is not None else compute_name_key(self.part)

    @property
    def is_of_mentions(self) -> bool:
        """Whether it parts mentions of a name, and not a name from other names."""
        return self.verb == "split" and (self.article != "" or self.part_id is None)

    @property
    def target_id(self) -> str | None:
        """The entity that a merge or split leads to, a new one where a split of mentions gives none."""
        if self.verb not in {"merge", "split"}:
            return None
        if self.target != "" or not self.is_of_mentions:
            return self.target or None
        mark = compute_hash("split", self.entity_id, self.part, self.article)[:8]
        return f"{self.entity_id.partition(MADE_MARK)[0]}{MADE_MARK}{mark}"


def parse_decision(line_number: int, fields: Mapping[str, str]) -> tuple[Decision | None, list[Problem]]:
    """Return what a line says, or all that is wrong with it.

    Args:
        line_number: The line, for messages.
        fields: Column -> value, all of ``COLUMNS``; white space around a value means nothing.
    """
    given = {name: fields[name].strip() for name in COLUMNS}
    problems = [Problem(line_number, name, given[name], message) for name, message in _find_faults(given)]
    moment = _parse_moment(given["decided_at"])
    if problems or moment is None:
        return None, problems
    verb = given.pop("decision")
    given.pop("decided_at")
    return Decision(line_number=line_number, verb=verb, decided_at=moment, **given), []


def _find_faults(given: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (column, message) of all that is wrong."""
    faults = [(name, f"has {_UNPRINTABLE}: remove it") for name, value in given.items() if not value.isprintable()]
    if given["decision"] not in TARGETS:
        return [*faults, ("decision", f"is none: use one of {', '.join(TARGETS)}")]
    faults += [
        (name, "is no entity_id: write one as dim_entity has it, as in PERSON:asim munir")
        for name in ("entity_id", *(("target",) if given["decision"] == "merge" else ()))
        if _ID.fullmatch(given[name]) is None
    ]
    faults += _find_faults_of_target(given) + _find_faults_of_split(given)
    if given["decided_by"] == "":
        faults.append(("decided_by", "is empty: write who decided"))
    if _parse_moment(given["decided_at"]) is None:
        faults.append(("decided_at", "is no moment: write it as 2026-11-26 or 2026-11-26T09:30:00Z"))
    return faults


def _find_faults_of_target(given: Mapping[str, str]) -> list[tuple[str, str]]:
    verb, target = given["decision"], given["target"]
    wanted = TARGETS[verb]
    if wanted == "":
        return [] if target == "" else [("target", f"means nothing to {verb}: leave it empty")]
    if target == "":
        return [] if verb == "split" else [("target", f"is empty: write {wanted}")]
    if verb == "retype" and target not in NAME_LABELS:
        return [("target", f"is no entity_type: use one of {', '.join(sorted(NAME_LABELS))}")]
    if verb == "split" and _ID.fullmatch(target) is None:
        return [("target", f"is no entity_id: write {wanted}")]
    if target == given["entity_id"]:
        return [("target", "is the entity itself: nothing would change")]
    return []


def _find_faults_of_split(given: Mapping[str, str]) -> list[tuple[str, str]]:
    part, article = given["part"], given["article"]
    if given["decision"] != "split":
        return [
            (name, f"means nothing to {given['decision']}: leave it empty")
            for name in ("part", "article")
            if given[name]
        ]
    if part == article == "":
        return [("part", "is empty, and article is: write which alias, which of its ids or which article leaves")]
    if article == "" and part == given["entity_id"]:
        return [("part", "is the id of the entity itself: write the id of the other name that leaves")]
    if part != "" and compute_name_key(part) == "":
        return [("part", "is no name: write an alias as entity_alias has it, or an entity_id")]
    return []


def _parse_moment(text: str) -> datetime | None:
    """Return a day or a moment (ISO 8601, UTC where it does not say), None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def format_decision(decision: Decision) -> dict[str, str]:
    """Return a decision as the columns of its line."""
    moment = decision.decided_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    values = (decision.verb, decision.entity_id, decision.part, decision.article, decision.target, decision.note)
    return dict(zip(COLUMNS, (*values, decision.decided_by, moment), strict=True))


def frame_decisions(decisions: list[Decision], superseded: Mapping[int, int]) -> pl.DataFrame:
    """Return decisions as ``HUMAN_DECISION``, in the order of their lines.

    Args:
        decisions: All of the file.
        superseded: Line -> line of the later decision on the same thing.
    """
    rows = [
        (*decision, superseded.get(decision.line_number), decision.target_id, decision.part_id, decision.alias_key)
        for decision in decisions
    ]
    return pl.DataFrame(rows, schema=HUMAN_DECISION, orient="row")


def list_made_entities(decisions: pl.DataFrame) -> pl.DataFrame:
    """Return the entities that splits make up (``MADE_ENTITY``), each once.

    Args:
        decisions: ``HUMAN_DECISION``.
    """
    splits = decisions.filter(
        (pl.col("decision") == "split")
        & pl.col("superseded_by").is_null()
        & pl.col("target_id").str.contains(MADE_MARK, literal=True)
    ).sort("target_id", "entity_id", "part", "article")
    rows = [
        (
            compute_key("entity", target_id),
            target_id,
            target_id.partition(":")[0],
            alias_key or compute_name_key(target_id.partition(":")[2].partition(MADE_MARK)[0]),
            None if alias_key is None else part,
            part_id or entity_id,
        )
        for target_id, alias_key, part, part_id, entity_id in splits.unique(
            "target_id", keep="first", maintain_order=True
        )
        .select("target_id", "alias_key", "part", "part_id", "entity_id")
        .iter_rows()
    ]
    return pl.DataFrame(rows, schema=MADE_ENTITY, orient="row")
