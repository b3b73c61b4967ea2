"""Make the stored warehouses of earlier schema versions, each by the code that wrote that version.

``python tests/warehouse/earlier/make_earlier.py NUMBER ...`` from the root of a checkout with its history, in the
environment of today: each commit is unpacked to a temporary folder and loads its own sample articles. For developers.
"""

import lzma
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Final

import duckdb

from warehouse.connection import connect, transaction
from warehouse.migrate import list_migrations
from warehouse.scripts import read_script

FOLDER: Final = Path(__file__).parent
COMMITS: Final = {
    2: "36962a2",
    6: "7b993a0",
    7: "6490f87",
    8: "30db32b",
    9: "5de6e58",
    10: "4dc43f8",
    11: "191eb95",
    12: "9f2f180",
    17: "344d4ed",
    18: "e6de2f1",
    22: "7ca9866",
    24: "f3508a0",
}
"""Version -> a commit whose migrations are those up to that number, byte for byte."""


def make_stored(version: int) -> Path:
    """Make the warehouse of a version and return where it is stored.

    Args:
        version: A number of ``COMMITS``, or one between two of them: that is made by the migrations after the lower.

    Raises:
        CalledProcessError: The code of that time does not run.
    """
    base = max(number for number in COMMITS if number <= version)
    with tempfile.TemporaryDirectory() as folder:
        path = _run_commit(COMMITS[base], Path(folder))
        with closing(connect(path)) as con:
            _migrate_up_to(con, version)
            con.execute("checkpoint")
        packed = FOLDER / f"{version:02}.duckdb.xz"
        with path.open("rb") as source, lzma.open(packed, "wb", preset=9) as target:
            shutil.copyfileobj(source, target)
    return packed


def _run_commit(commit: str, folder: Path) -> Path:
    """Load the sample articles of a commit by its own code, and return the warehouse."""
    archive = subprocess.run(["git", "archive", commit], capture_output=True, check=True)  # noqa: S607  the developer's git
    with tarfile.open(fileobj=BytesIO(archive.stdout)) as tar:
        tar.extractall(folder / "code", filter="data")
    start = "import sys; sys.path.insert(0, '.'); from flows.cli import main; main()"
    command = [sys.executable, "-c", start, "--home", str(folder / "home"), "run", "--no-prefect"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(folder / "code")}
    subprocess.run(command, cwd=folder / "code", env=environment, check=True)
    return folder / "home" / "warehouse.duckdb"


def _migrate_up_to(con: duckdb.DuckDBPyConnection, version: int) -> None:
    """Apply the migrations that a file does not have, up to a number."""
    applied = {number for (number,) in con.execute("select version from schema_migration").fetchall()}
    for migration in list_migrations():
        if migration.version not in applied and migration.version <= version:
            with transaction(con):
                con.execute(read_script(migration.script))
                values = [migration.version, migration.name, migration.checksum]
                con.execute("insert into schema_migration values (?, ?, ?, cast(now() as timestamp))", values)


if __name__ == "__main__":
    for number in sys.argv[1:]:
        print(make_stored(int(number)))  # noqa: T201  a script
