"""Runs in this process that nothing disturbs, and what tells that a published warehouse is whole.

The scripts that kill, starve or watch runs load the same parts here, into a home of its own, to compare with. Homes
share their stage files, so that the model reads a text once.
"""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from flows.context import RunContext
from flows.home import Home
from flows.inputs import Inputs
from flows.progress import QuietReport
from flows.settings import Settings
from flows.steps.interval import run_interval
from flows.workers import WorkerPool
from warehouse.blocks import name_record
from warehouse.checks import run_checks
from warehouse.connection import connect
from warehouse.diff import compare_warehouses
from warehouse.read_back import read_through
from warehouse.recycle import name_previous

KEPT: Final = frozenset({"dateline.lock", "raw", "stage", "warehouse.duckdb"})
"""What a run leaves in a home, beside the file before the last."""


@contextmanager
def making_folder(given: Path | None) -> Iterator[Path]:
    """Give the folder that was named, made and kept, or a temporary one."""
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        yield Path(folder)


def make_home(path: Path, stage: Path) -> Path:
    """Make an empty home that takes its stage files from a shared folder, and return its path."""
    path.mkdir(parents=True)
    stage.mkdir(exist_ok=True)
    (path / "stage").symlink_to(stage)
    return path


def load_calmly(home: Path, pool: WorkerPool, *parts: Path) -> None:
    """Load files into a home, as ``dateline run --no-prefect`` does."""
    context = RunContext.start(Settings(home=home, workers=pool.worker_count))
    run_interval(Inputs(paths=parts), context=context, pool=pool, report=QuietReport())


def find_warehouse(home: Path) -> Path:
    """Return where a home has its published warehouse."""
    return Home(home).warehouse_path


def require_whole(home: Path) -> None:
    """Open the published warehouse of a home, read every value, run all checks over all of it.

    Raises:
        WarehouseError: It cannot be opened or read.
        CheckFailedError: A check found bad rows.
    """
    path = find_warehouse(home)
    read_through(path)
    with closing(connect(path, read_only=True)) as con:
        run_checks(con)


def require_tidy(home: Path) -> None:
    """Look for what only an unfinished run leaves behind.

    Raises:
        RuntimeError: There is some.
    """
    path = find_warehouse(home)
    allowed = KEPT | {name_previous(path).name, name_record(path).name}
    left = sorted(entry.name for entry in home.iterdir() if entry.name not in allowed)
    if left:
        raise RuntimeError(f"left behind in {home}: {', '.join(left)}")


def is_equal(a_path: Path, b_path: Path) -> bool:
    """Tell whether two warehouse files have identical contents."""
    return compare_warehouses(a_path, b_path, row_limit=1).is_empty


def require_equal(a_path: Path, b_path: Path) -> None:
    """Compare the contents of two warehouse files.

    Raises:
        RuntimeError: They differ; the message says in which tables, and an example of each.
    """
    found = compare_warehouses(a_path, b_path, row_limit=1).tables
    if found:
        shown = "; ".join(f"{difference.table} {list(difference.examples)[:1]}" for difference in found)
        raise RuntimeError(f"{a_path} and {b_path} differ: {shown}")
