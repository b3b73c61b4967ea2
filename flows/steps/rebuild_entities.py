"""Rebuild entities: a published warehouse is resolved again, as people decided since, without texts or a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flows.context import RunContext
from flows.steps.interval import holding_home
from flows.steps.load import settle_days
from flows.steps.resolve import settle_entities
from warehouse import load_decisions as human
from warehouse.checks import run_checks
from warehouse.errors import MissingWarehouseError
from warehouse.load import RunRecord, load_run
from warehouse.publish import build_aside
from warehouse.published import require_target
from warehouse.watermarks import end_load


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """What resolving again did.

    Attributes:
        changes: Entities that are not what they were, and mentions that moved.
        dangling: Decisions of people on what is not here: line_number, detail.
        external_counts: What the table of external ids meant to the entities.
    """

    changes: human.EntityChanges
    dangling: Sequence[Mapping[str, Any]]
    external_counts: human.ExternalCounts


def rebuild_entities(context: RunContext) -> Rebuilt:
    """Resolve the published warehouse again, count and judge all days of outlets anew, check it, publish it.

    Raises:
        HomeBusyError: A run writes this home.
        WarehouseError: There is no warehouse, or an export of one, or the database or the disk refused; what was
            published stays.
    """
    path = context.home.warehouse_path
    if not path.exists():
        raise MissingWarehouseError(f"there is no warehouse at {path}: load one with: dateline run")
    require_target(path)
    settings = context.settings
    with (
        holding_home(context.home, wait_seconds=settings.busy_wait_seconds),
        build_aside(path, memory_limit=settings.memory_limit) as con,
    ):
        human.remember_entities(con)
        settle_days(con, is_whole=True)
        counts = settle_entities(con, context)
        load_run(con, _record(context))
        changes, dangling = human.read_changes(con), human.list_dangling(con)
        end_load(con)
        run_checks(con)
    return Rebuilt(changes=changes, dangling=dangling, external_counts=counts)


def _record(context: RunContext) -> RunRecord:
    """Return the row in dim_run: a load that read no document."""
    return RunRecord(
        run_key=context.run_key,
        started_at=context.started_at,
        finished_at=datetime.now(UTC),
        code_version=context.code_version,
        read_count=0,
        loaded_count=0,
        unchanged_count=0,
        duplicate_count=0,
        rejected_count=0,
    )
