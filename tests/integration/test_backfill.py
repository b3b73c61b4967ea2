"""Three days loaded one by one make the same warehouse as at once, also when the process is killed on the way."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.backfill.periods import list_intervals
from flows.backfill.plan import BackfillPlan, Reprocess, Request, plan_backfill
from flows.backfill.work import Backfill, Found, Outcome, find_documents, load_units, run_directly
from flows.context import RunContext
from flows.inputs import Inputs
from flows.ledger.standing import read_ledger
from flows.progress import QuietReport
from flows.settings import Settings
from flows.workers import WorkerPool
from tests.integration.support import Record, Run, dump_contents, query, write_jsonl

REQUEST = Request(intervals=list_intervals(date(2024, 2, 28), date(2024, 3, 1)))
NOW = datetime(2026, 11, 20, tzinfo=UTC)

BRIDGE = (
    "Mayor Anna Lindqvist opened the new bridge over the harbour on Wednesday, two years later than planned and four "
    "million over budget. Lindqvist thanked the engineers from Rotterdam who had drawn the steel arches, and promised "
    "that ferries would go on sailing until the summer."
)
STRIKE = (
    "Drivers of the Gothenburg tramway walked out at dawn, their union said. Boris Keller, who leads it, told "
    "reporters that talks with the city had failed over night shifts, and that nobody would return before Monday."
)


def make_record(day: str, source: str, title: str, text: str) -> Record:
    """Return a line of JSON of an outlet's article."""
    return {
        "id": f"{source}-{day}-{title}",
        "source": source,
        "published": f"{day}T09:00:00Z",
        "title": title,
        "text": text,
    }


RECORDS = [
    make_record("2024-02-28", "harbour.example", "A bridge, at last", BRIDGE),
    make_record("2024-02-29", "harbour.example", "Trams stand still", STRIKE),
    make_record("2024-02-29", "tribune.example", "New bridge opened", BRIDGE),
    make_record("2024-03-01", "tribune.example", "Keller firm", f"Keller would not move. {STRIKE}"),
    make_record("2024-03-01", "tribune.example", "Nobody writes", ""),
]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a file of articles of three days, the last of them without a text."""
    return write_jsonl(tmp_path / "corpus.jsonl", RECORDS)


class Loading:
    """Backfills of a home, without an orchestrator."""

    def __init__(self, home: Path, pool: WorkerPool) -> None:
        self.context = RunContext.start(Settings(home=home, workers=2))
        self.pool = pool

    def find(self, *paths: Path) -> Found:
        """Return all documents, those under paths read before."""
        given = Inputs(paths=paths)
        return find_documents(given, context=self.context, pool=self.pool, report=QuietReport())

    def plan(self, found: Found, request: Request = REQUEST) -> BackfillPlan:
        """Return what is to be done."""
        return plan_backfill(request, found.documents, read_ledger(self.context.home, now=NOW), now=NOW)

    def load(self, found: Found, plan: BackfillPlan, *, max_active: int = 3) -> Sequence[Outcome]:
        """Do it."""
        work = Backfill(
            found=found,
            run_unit=run_directly(self.context, self.pool),
            context=self.context,
            pool=self.pool,
            max_active=max_active,
            report=QuietReport(),
        )
        return list(load_units(plan.units, work))

    def backfill(self, *paths: Path, request: Request = REQUEST) -> Sequence[Outcome]:
        """Do what a backfill does."""
        found = self.find(*paths)
        return self.load(found, self.plan(found, request))


@pytest.fixture(scope="module")
def loaded(pool: WorkerPool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home into which the three days were loaded, to be copied."""
    folder = tmp_path_factory.mktemp("daily")
    outcomes = Loading(folder / "home", pool).backfill(write_jsonl(folder / "corpus.jsonl", RECORDS))
    assert [outcome.failure for outcome in outcomes] == ["", "", ""]
    return folder / "home"


@pytest.fixture
def loading(loaded: Path, tmp_path: Path, pool: WorkerPool) -> Loading:
    """Return backfills of a home into which the three days were loaded."""
    shutil.copytree(loaded, tmp_path / "home")
    return Loading(tmp_path / "home", pool)


def test_day_by_day_is_the_same_as_at_once(loaded: Path, tmp_path: Path, run: Run) -> None:
    # what is refused belongs to the day on which it was read, and to no past one
    run(tmp_path / "once", write_jsonl(tmp_path / "corpus.jsonl", RECORDS[:-1]))

    assert dump_contents(loaded) == dump_contents(tmp_path / "once")
    assert query(
        loaded,
        "select start_date_key, source_id, state, read_count, loaded_count from fact_interval order by all",
    ) == [
        (20240228, "harbour.example", "success", 1, 1),
        (20240229, "harbour.example", "success", 1, 1),
        (20240229, "tribune.example", "success", 1, 1),
        (20240301, "tribune.example", "success", 1, 1),
    ]


def test_backwards_an_original_that_comes_last_is_told_as_an_effect_on_its_copy(
    corpus: Path, tmp_path: Path, pool: WorkerPool
) -> None:
    loading = Loading(tmp_path / "home", pool)
    loading.backfill(corpus, request=replace(REQUEST, is_backwards=True))
    effects = query(
        loading.context.home.path,
        "select date(interval_start), changed_date_key, effect, article_count "
        "from fact_interval_effect join dim_run using (run_key) where effect = 'story' order by all",
    )

    # the bridge of the 28th becomes the original of the 29th, the strike of the 29th that of the 1st
    assert effects == [(date(2024, 2, 28), 20240229, "story", 1), (date(2024, 2, 29), 20240301, "story", 1)]


def test_a_day_loaded_again_changes_nothing_but_the_ledger(loading: Loading) -> None:
    before = dump_contents(loading.context.home.path)
    found = loading.find()
    again = replace(REQUEST, intervals=REQUEST.intervals[1:2], reprocess=Reprocess.COMPLETED)

    assert loading.plan(found, replace(REQUEST, reprocess=Reprocess.NONE)).units == []
    loading.load(found, loading.plan(found, again))

    assert dump_contents(loading.context.home.path) == before
    counts = "select start_date_key, attempt_count, loaded_count, unchanged_count from fact_interval order by all"
    assert query(loading.context.home.path, counts) == [
        (20240228, 1, 1, 0),
        (20240229, 2, 0, 1),
        (20240229, 2, 0, 1),
        (20240301, 1, 1, 0),
    ]


def test_an_article_that_comes_later_makes_its_day_stale(loading: Loading, tmp_path: Path) -> None:
    late = make_record("2024-02-28", "harbour.example", "Ferries go on", "Ferries sail until July, Lindqvist said.")
    outcomes = loading.backfill(write_jsonl(tmp_path / "late.jsonl", [late]))

    assert [(f"{each.unit.interval}", each.unit.source_ids) for each in outcomes] == [
        ("2024-02-28", frozenset({"harbour.example"})),
    ]
    (result,) = [outcome.result for outcome in outcomes if outcome.result is not None]
    assert (result.loaded.run.loaded_count, result.loaded.run.unchanged_count) == (1, 1)


def test_what_was_refused_belongs_to_the_day_on_which_it_was_read(
    corpus: Path, tmp_path: Path, pool: WorkerPool
) -> None:
    os.utime(corpus, times=(NOW.timestamp(), NOW.timestamp()))
    loading = Loading(tmp_path / "home", pool)
    found = loading.find(corpus)
    day_read = replace(REQUEST, intervals=list_intervals(NOW.date(), NOW.date()))
    planned = plan_backfill(day_read, found.documents, {}, now=datetime(2026, 11, 22, tzinfo=UTC))
    loading.load(found, planned)

    assert query(loading.context.home.path, "select reason, count(*) from rejected_document group by all") == [
        ("empty", 1),
    ]
    assert query(loading.context.home.path, "select read_count, rejected_count from fact_interval") == [(1, 1)]


def test_killed_it_goes_on_where_it_was(corpus: Path, tmp_path: Path, pool: WorkerPool) -> None:
    home = tmp_path / "killed"
    command = [
        *(sys.executable, "-c", "from flows.cli import main; main()", "--home", str(home), "backfill", str(corpus)),
        *("--from", "2024-02-28", "--to", "2024-03-01", "--yes", "--workers", "1", "--max-active", "1"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"COLUMNS": "200"}) as process:
        for line in process.stdout or ():
            if "1 loaded" in line:
                process.send_signal(signal.SIGKILL)
                break
        process.wait()
    loading = Loading(home, pool)
    states = [standing.state for standing in read_ledger(loading.context.home, now=NOW).values()]
    assert states[0] == "success"
    assert set(states[1:]) <= {"crashed"}  # or not begun
    outcomes = loading.backfill(corpus, request=replace(REQUEST, reprocess=Reprocess.NONE))

    assert [outcome.unit.interval.start.day for outcome in outcomes] == [29, 1]
    assert query(home, "select count(distinct article_id) from dim_article where article_key > 0") == [(4,)]
    assert {standing.state for standing in read_ledger(loading.context.home, now=NOW).values()} == {"success"}
