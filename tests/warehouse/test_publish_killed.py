"""Killed at any step of publishing, a builder leaves what was published, and the next one builds on that.

Runs of the whole pipeline, killed at random moments: ``tests/benchmarks/kill_runs.py``.
"""

import shutil
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.warehouse.samples import fetch
from warehouse.blocks import name_record
from warehouse.connection import connect
from warehouse.publish import build_aside
from warehouse.recycle import name_previous

KILLED_BUILDER = """
import os, signal, sys
from pathlib import Path
from warehouse import publish

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

publish.is_loose = lambda _: sys.argv[2] == "pack_file"
setattr(publish.os if sys.argv[2] == "replace" else publish, sys.argv[2], die)
with publish.build_aside(Path(sys.argv[1])) as con:
    con.execute("insert into number values (3)")
"""


@pytest.fixture(scope="module")
def published_twice(empty_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a published file that holds 1 and 2, and the one before it, to be copied."""
    published = tmp_path_factory.mktemp("twice") / "warehouse.duckdb"
    shutil.copyfile(empty_warehouse, published)
    for statement in ("create table number as select 1 as x", "insert into number values (2)"):
        with build_aside(published) as con:
            con.execute(statement)
    return published.parent


@pytest.mark.parametrize(
    "step", ["prepare_copy", "pack_file", "find_written", "read_through", "write_record", "keep_previous", "replace"]
)
def test_killed_while_publishing_leaves_what_was_there_and_the_next_goes_on(
    published_twice: Path, tmp_path: Path, step: str
) -> None:
    published = shutil.copytree(published_twice, tmp_path / "home") / "warehouse.duckdb"
    assert name_previous(published).exists()
    before = published.read_bytes()
    command = [sys.executable, "-c", KILLED_BUILDER, str(published), step]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert published.read_bytes() == before
    with build_aside(published) as con:
        con.execute("insert into number values (4)")
    with closing(connect(published, read_only=True)) as con:
        assert fetch(con, "select x from number order by x") == [1, 2, 4]
    kept = {published.name, name_previous(published).name, name_record(published).name}
    assert {path.name for path in published.parent.iterdir()} <= kept
