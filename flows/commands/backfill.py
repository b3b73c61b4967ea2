"""``dateline backfill``: past intervals loaded in order, each once, whatever happens on the way."""

import os
import shlex
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.commands.failures import FAILED, reporting_failures, reporting_server
from flows.commands.options import (
    DaskAddressOption,
    ModelOption,
    RunnerOption,
    StageUrlOption,
    WorkersOption,
    read_run_settings,
    require_text,
)

if TYPE_CHECKING:
    from flows.backfill.plan import BackfillPlan, Request
    from flows.backfill.work import Found, RunUnit
    from flows.context import RunContext
    from flows.runners.batches import Workers
    from flows.settings import Settings

BUSY_SECONDS = 3600.0
"""So long a backfill waits for a run that is in the home: a schedule goes on while months are loaded."""

DEFAULT_MAX_ACTIVE = 8
SHOWN_SOURCE_COUNT = 10

ReprocessName = Literal["none", "failed", "completed"]


PathsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]...", help="Files and folders to take into the raw store first."),
]
FirstOption = Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, UTC: 2017-03-01.")]
LastOption = Annotated[str, typer.Option("--to", metavar="DAY", help="The last day, included.")]
SourceOption = Annotated[
    list[str] | None, typer.Option(help="An outlet, by its source_id; more than once for several. [all]")
]
LengthOption = Annotated[
    str, typer.Option(metavar="LENGTH", help="day, week (from Monday), month, or an ISO 8601 duration: PT6H.")
]
ReprocessOption = Annotated[
    ReprocessName | None,
    typer.Option(
        help="Of the intervals that have a run load again: none; the failed, and those that have other documents "
        "since; all. [failed]"
    ),
]
MissingOnlyOption = Annotated[
    bool, typer.Option("--missing-only", help="Load what has no run: the same as --reprocess none.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show the plan, load nothing.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
MaxActiveOption = Annotated[int, typer.Option(metavar="N", min=1, help="The model reads so many intervals at a time.")]
BackwardsOption = Annotated[bool, typer.Option("--backwards", help="The last interval first.")]


def backfill(
    context: typer.Context,
    paths: PathsArgument = None,
    *,
    first: FirstOption,
    last: LastOption,
    source: SourceOption = None,
    interval: LengthOption = "day",
    reprocess: ReprocessOption = None,
    missing_only: MissingOnlyOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    max_active: MaxActiveOption = DEFAULT_MAX_ACTIVE,
    backwards: BackwardsOption = False,
    model: ModelOption = None,
    workers: WorkersOption = None,
    runner: RunnerOption = None,
    dask_address: DaskAddressOption = None,
    stage_url: StageUrlOption = None,
) -> None:
    """Load past intervals from the raw store, each in a run of its own: what was read or fetched, published then.

    The plan is shown first: what each interval stands at and what would be done. To go on after an interruption, run
    the same command: what was loaded is not loaded again. With PREFECT_API_URL each interval is a flow run there.

    Example: dateline --home news backfill --from 2017-03-01 --to 2017-03-31 archive.jsonl.gz
    """
    with reporting_failures("dateline backfill", interrupted=f"go on with: {_repeat_command()}"):
        for name in source or ():
            require_text(source=name)
        require_text(home=str(context.obj.home.absolute()))
        request = _make_request(
            _choose_reprocess(reprocess, missing_only=missing_only),
            days=(first, last),
            length=interval,
            source_ids=source or (),
            is_backwards=backwards,
        )
        settings = read_run_settings(
            model or [],
            runner=runner,
            dask_address=dask_address,
            stage_url=stage_url,
            home=context.obj.home,
            workers=workers,
        )
        failed = _plan_and_load(request, paths or (), settings, dry_run=dry_run, yes=yes, max_active=max_active)
    if failed:
        typer.echo(f"{failed:,} failed: dateline backfill loads them again, dateline status says why", err=True)
        raise typer.Exit(FAILED)


def _repeat_command() -> str:
    """Return the command as it was typed."""
    return shlex.join(["dateline", *sys.argv[1:]])


def _choose_reprocess(given: ReprocessName | None, *, missing_only: bool) -> ReprocessName:
    """Return which intervals that have a run are run again.

    Raises:
        UsageError: The two options contradict each other.
    """
    from flows.errors import UsageError  # noqa: PLC0415  --help answers without the libraries

    if missing_only and given not in (None, "none"):
        raise UsageError(f"--missing-only and --reprocess {given} contradict each other: leave out one")
    return "none" if missing_only else given or "failed"


def _make_request(
    reprocess: ReprocessName,
    *,
    days: tuple[str, str],
    length: str,
    source_ids: Iterable[str],
    is_backwards: bool,
) -> "Request":
    """Return what is asked for, as far as that can be told before any document is read.

    Raises:
        UsageError: A day or a length is none, or there are too many intervals.
    """
    from flows.backfill.periods import list_intervals, parse_day  # noqa: PLC0415  --help answers without the libraries
    from flows.backfill.plan import Reprocess, Request  # noqa: PLC0415  the same

    first, last = parse_day(days[0], option="--from"), parse_day(days[1], option="--to")
    return Request(
        intervals=list_intervals(first, last, length=length),
        reprocess=Reprocess(reprocess),
        source_ids=frozenset(source_ids),
        is_backwards=is_backwards,
    )


def _plan_and_load(
    request: "Request", paths: Iterable[Path], settings: "Settings", *, dry_run: bool, yes: bool, max_active: int
) -> int:
    """Show the plan, ask, and load what it says; return how many intervals failed."""
    from flows.context import RunContext  # noqa: PLC0415  --help answers without the libraries
    from flows.runners.choice import choose_workers  # noqa: PLC0415  the same

    patience = max(settings.busy_wait_seconds, BUSY_SECONDS)
    settings = settings.model_copy(update={"busy_wait_seconds": patience})
    run, pool = RunContext.start(settings), choose_workers(settings)
    found = _find_documents(paths, run, pool)
    plan = _show_plan(_add_feeds(request, found, run), found, run, is_whole=dry_run)
    if dry_run or not plan.units or not (yes or _is_wanted(plan)):
        return 0
    return _load(plan, found, run, pool, max_active=max_active)


def _find_documents(paths: Iterable[Path], run: "RunContext", pool: "Workers") -> "Found":
    """Return all documents there are, those under the paths taken in before."""
    from flows.backfill.work import find_documents  # noqa: PLC0415  --help answers without the libraries
    from flows.inputs import Inputs  # noqa: PLC0415  the same
    from flows.progress import report_progress  # noqa: PLC0415  the same
    from flows.steps.ingest import require_inputs  # noqa: PLC0415  the same

    inputs = Inputs(paths=tuple(paths))
    require_inputs(inputs, run.settings)
    with report_progress() as report:
        return find_documents(inputs, context=run, pool=pool, report=report)


def _add_feeds(request: "Request", found: "Found", run: "RunContext") -> "Request":
    """Return what is asked for, with the outlets that are fetched.

    Raises:
        UsageError: Nothing is known of an outlet that is asked for.
    """
    from dataclasses import replace  # noqa: PLC0415  --help answers without the libraries

    from flows.errors import UsageError  # noqa: PLC0415  the same

    fetched = () if run.sources is None else run.sources.current(run.started_at)
    feed_ids = frozenset(source.id for source in fetched)
    known = feed_ids | frozenset(found.documents["source_id"])
    unknown = sorted(request.source_ids - known)
    if unknown:
        names = ", ".join(sorted(known)[:SHOWN_SOURCE_COUNT])
        raise UsageError(f"--source {unknown[0]}: there is nothing of it; there is something of: {names}")
    return replace(request, feed_ids=feed_ids)


def _show_plan(request: "Request", found: "Found", run: "RunContext", *, is_whole: bool) -> "BackfillPlan":
    """Return the plan, printed."""
    from flows.backfill.plan import plan_backfill  # noqa: PLC0415  --help answers without the libraries
    from flows.backfill.report import count, print_plan  # noqa: PLC0415  the same
    from flows.ledger.standing import read_ledger  # noqa: PLC0415  the same

    ledger = read_ledger(run.home, now=run.started_at)
    plan = plan_backfill(request, found.documents, ledger, now=run.started_at)
    print_plan(plan, is_whole=is_whole)
    if found.unread_count:
        typer.echo(
            f"not read: {count(found.unread_count, 'document')}, without a date, so of {run.started_at:%Y-%m-%d}; "
            "dateline run PATH says why"
        )
    return plan


def _is_wanted(plan: "BackfillPlan") -> bool:
    """Ask on a terminal whether to go on; where nobody can answer, it is."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    return typer.confirm(f"load {len(plan.units):,} now?", default=True)


def _load(plan: "BackfillPlan", found: "Found", run: "RunContext", pool: "Workers", *, max_active: int) -> int:
    """Load what the plan says, a line an interval; return how many failed."""
    from flows.backfill.report import print_outcome  # noqa: PLC0415  --help answers without the libraries
    from flows.backfill.work import Backfill, load_units  # noqa: PLC0415  the same
    from flows.progress import report_progress  # noqa: PLC0415  the same

    run_unit = _choose_runner(run, pool)
    failed = 0
    with (
        report_progress() as report,
        reporting_server("go on with the same command, or unset PREFECT_API_URL before it"),
    ):
        work = Backfill(found=found, run_unit=run_unit, context=run, pool=pool, max_active=max_active, report=report)
        for outcome in load_units(plan.units, work):
            print_outcome(outcome)
            failed += outcome.result is None
    return failed


def _choose_runner(run: "RunContext", pool: "Workers") -> "RunUnit":
    """Return how an interval is run: as a flow of the server, if there is to be one, else as plain function calls.

    Raises:
        UsageError: PREFECT_API_URL is not the address of a server.
        DatelineError: Nothing answers there.
    """
    from flows.backfill.work import run_directly  # noqa: PLC0415  --help answers without the libraries

    if not os.environ.get("PREFECT_API_URL"):
        return run_directly(run, pool)
    from flows.runtime import prepare_environment, require_server  # noqa: PLC0415  the same

    require_server()
    prepare_environment(run.home)
    from flows.interval import run_as_flow  # noqa: PLC0415  Prefect reads its settings when it is imported

    return run_as_flow(run.settings)
