"""Whole runs without an orchestrator, all in one pool of workers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.context import RunContext
from flows.inputs import Inputs
from flows.progress import QuietReport
from flows.settings import Settings
from flows.steps.interval import RunResult, run_interval
from flows.workers import WorkerPool
from tests.flows.fetch.site import Site
from tests.integration.newsstand import lead_to
from tests.integration.servers import run_server
from tests.integration.support import Run


@pytest.fixture(scope="session")
def pool() -> Iterator[WorkerPool]:
    """One pool for all runs: the model is loaded once a worker."""
    settings = Settings(workers=2)
    with WorkerPool.from_settings(settings) as pool:
        yield pool


@pytest.fixture(scope="session")
def sample_home(pool: WorkerPool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home into which the sample articles were loaded."""
    home = tmp_path_factory.mktemp("sample")
    context = RunContext.start(Settings(home=home, workers=2))
    sample = Path(__file__).parents[2] / "seeds" / "articles"
    run_interval(Inputs(paths=(sample,)), context=context, pool=pool, report=QuietReport())
    return home


@pytest.fixture(scope="session")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the API of a Prefect server, one for all tests of a process: it takes 20 to 30 s to start."""
    with run_server(tmp_path_factory.mktemp("prefect")) as address:
        yield address


@pytest.fixture
def run(pool: WorkerPool) -> Run:
    """Return a function that runs paths, or other inputs, into a home, as ``dateline run --no-prefect`` does."""

    def run_paths(home: Path, *paths: Path, inputs: Inputs | None = None, **settings: object) -> RunResult:
        given = Settings.model_validate({"home": home, "workers": 2, **settings})
        context = RunContext.start(given)
        taken = Inputs(paths=paths) if inputs is None else inputs
        return run_interval(taken, context=context, pool=pool, report=QuietReport())

    return run_paths


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Give the hosts that runs find."""
    with Site() as site:
        lead_to(site, monkeypatch)
        yield site
