"""Bring a warehouse file to the schema of this code.

A migration is a numbered SQL file in ``warehouse/migrations``. Once merged it is never edited: a correction is a new
migration. Each one and the record of it are written in one transaction, so a file is never between two schemas.

Functions, marts and macros hold no rows: they are defined anew from ``sql/functions``, ``sql/marts`` and ``sql/macros``
each time, and may be edited.
"""

import hashlib
import logging
from dataclasses import dataclass

import duckdb

from warehouse.connection import transaction
from warehouse.errors import MigrationError
from warehouse.scripts import list_scripts, read_script, run_script

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Migration:
    """A numbered step of the schema.

    Attributes:
        version: The number its file name starts with.
        name: Its file name without the suffix.
        checksum: SHA-256 of its text, hex.
        script: Its place in the package, as ``warehouse.scripts`` names it.
    """

    version: int
    name: str
    checksum: str
    script: str


def list_migrations() -> list[Migration]:
    """Return the migrations this code knows, oldest first."""
    return [_describe_migration(script) for script in list_scripts("migrations")]


def apply_migrations(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Apply what the file does not have yet, and define its marts and macros.

    Args:
        con: A connection that may write.

    Returns:
        The names of the migrations applied now, oldest first; none when the file was up to date.

    Raises:
        MigrationError: The file has a migration this code does not know, or one that was edited since.
    """
    applied = read_applied_checksums(con)
    known = list_migrations()
    require_known(applied, known)
    pending = [migration for migration in known if migration.version not in applied]
    for migration in pending:
        _apply_migration(con, migration)
        if applied:  # a file with rows: what was changed in them is written before more waits in memory
            con.execute("checkpoint")
    define_marts(con)
    return [migration.name for migration in pending]


def define_marts(con: duckdb.DuckDBPyConnection) -> None:
    """Define the functions, views and macros that users ask, as this code has them.

    Args:
        con: A connection that may write, the schema up to date.
    """
    with transaction(con):
        for folder in ("sql/functions", "sql/marts", "sql/macros"):  # the later ones use the earlier ones
            for script in list_scripts(folder):
                run_script(con, script)


def read_applied_checksums(con: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """Return version -> checksum of the migrations a file has; empty for a new file."""
    found = con.execute("select 1 from duckdb_tables() where table_name = 'schema_migration'").fetchall()
    if not found:
        return {}
    return dict(con.execute("select version, checksum from schema_migration").fetchall())


def require_known(applied: dict[int, str], known: list[Migration]) -> None:
    """Refuse a file whose schema this code does not know.

    Args:
        applied: Version -> checksum, as in the file.
        known: The migrations of this code.

    Raises:
        MigrationError: The file has a migration this code does not know, or one that was edited since.
    """
    checksums = {migration.version: migration.checksum for migration in known}
    for version, checksum in sorted(applied.items()):
        if version not in checksums:
            newest = max(checksums, default=0)
            raise MigrationError(
                f"the warehouse has schema {max(applied)}, this code knows {newest}: install a newer Dateline",
            )
        if checksums[version] != checksum:
            raise MigrationError(
                f"migration {version} was edited after it had been applied: undo the edit and add a new migration",
            )


def require_current(applied: dict[int, str], known: list[Migration]) -> None:
    """Refuse to read a file that has another schema than this code.

    Args:
        applied: Version -> checksum, as in the file.
        known: The migrations of this code.

    Raises:
        MigrationError: The file was written by newer code, or by older code.
    """
    require_known(applied, known)
    if len(applied) < len(known):
        raise MigrationError(
            f"the warehouse has schema {max(applied, default=0)}, this code {known[-1].version}: "
            "any dateline run brings it up to date",
        )


def _apply_migration(con: duckdb.DuckDBPyConnection, migration: Migration) -> None:
    with transaction(con):
        con.execute(read_script(migration.script))
        con.execute(
            "insert into schema_migration values ($version, $name, $checksum, cast(now() as timestamp))",
            {"version": migration.version, "name": migration.name, "checksum": migration.checksum},
        )
    LOGGER.info("applied migration %s", migration.name)


def _describe_migration(script: str) -> Migration:
    name = script.rpartition("/")[2].removesuffix(".sql")
    checksum = hashlib.sha256(read_script(script).encode()).hexdigest()
    return Migration(version=int(name.partition("_")[0]), name=name, checksum=checksum, script=script)
