"""An article that kills the worker which reads it: it is refused, the others load, and a later run tries it again."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.context import Interval, RunContext
from flows.inputs import Inputs
from flows.progress import QuietReport
from flows.settings import Settings
from flows.steps.interval import RunResult, run_interval
from flows.workers import WorkerPool
from tests.integration.killing_pipeline import NAME, POISON, make_killing_pipeline, mend
from tests.integration.support import assert_accounted, dump_contents, query, write_jsonl
from transforms.keys import compute_hash

DAY = Interval(datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 2, tzinfo=UTC))


def run(home: Path, inputs: Inputs, interval: Interval | None = None) -> RunResult:
    """Run inputs into a home, with two workers and the pipeline that kills."""
    context = RunContext.start(Settings(home=home, model=NAME, workers=2), interval=interval)
    with WorkerPool.from_settings(context.settings) as pool:
        return run_interval(inputs, context=context, pool=pool, report=QuietReport())


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_killing_pipeline(tmp_path_factory.mktemp("packages"))


@pytest.fixture(autouse=True)
def on_path(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(package.parent)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of three articles, the first of which kills."""
    records = [
        {"id": f"a{number}", "published": "2024-03-01", "text": f"Sarah Johnson wrote from {place}, its port and town."}
        for number, place in enumerate((POISON, "Lisbon", "Oslo"))
    ]
    return write_jsonl(tmp_path_factory.mktemp("articles") / "reports.jsonl", records)


@pytest.fixture(scope="module")
def killed(package: Path, articles: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunResult]:
    """Return the home of a run in which an article killed its worker, and what it did."""
    home = tmp_path_factory.mktemp("killed")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(package.parent)
        return home, run(home, Inputs(paths=(articles,)), DAY)


def test_an_article_that_kills_is_refused_and_all_others_load(killed: tuple[Path, RunResult]) -> None:
    home, result = killed
    counts = result.loaded.run
    assert (counts.read_count, counts.loaded_count, counts.rejected_count) == (3, 2, 1)
    assert_accounted(result)
    assert query(home, "select external_id, reason, detail from rejected_document") == [
        ("a0", "worker_killed", "while the names in it were looked for: the worker was killed (SIGKILL)"),
    ]
    assert query(home, "select count(*) from fact_entity_mention") == [(2,)]


def test_the_interval_counts_it_as_refused_and_its_documents_as_others_than_there_are(
    killed: tuple[Path, RunResult],
) -> None:
    loaded = [raw_hash for (raw_hash,) in query(killed[0], "select raw_hash from article_provenance order by all")]
    counted = query(killed[0], "select read_count, loaded_count, rejected_count, input_hash from fact_interval")
    assert len(loaded) == 2
    assert counted == [(3, 2, 1, compute_hash("interval", *(f"{raw_hash}" for raw_hash in loaded)))]


def test_an_article_that_was_refused_is_loaded_once_it_kills_no_more(
    killed: tuple[Path, RunResult], package: Path, articles: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(killed[0], home)
    mend(package)
    counts = run(home, Inputs(raw_homes=())).loaded.run
    run(tmp_path / "whole", Inputs(paths=(articles,)))

    assert (counts.loaded_count, counts.unchanged_count, counts.rejected_count) == (1, 2, 0)
    assert dump_contents(home) == dump_contents(tmp_path / "whole")
