"""What can go wrong in the warehouse, as names a caller can catch.

::

    WarehouseError            anything below; the message is one line: what, where, what to do
    |-- MigrationError        the file and the code do not agree on the schema
    |-- WarehouseBusyError    another program has the file open in a way that shuts us out
    |-- WarehouseFullError    the disk, or the memory the warehouse may use, ran out
    |-- MissingWarehouseError nothing was published yet
    |-- InvalidFrameError     a frame handed to a loader breaks its own grain
    `-- CheckFailedError      the data break a promise of the contract; nothing was published

No error of the database engine leaves ``warehouse.publish`` or ``warehouse.lookup`` under its own name: callers need
not know the engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class WarehouseError(Exception):
    """Anything that stops work on the warehouse."""


class MissingWarehouseError(WarehouseError):
    """Nothing was published yet."""


class MigrationError(WarehouseError):
    """The file was written by newer code, or a migration was edited after it had been applied."""


class WarehouseBusyError(WarehouseError):
    """Another program holds the file open for writing."""


class WarehouseFullError(WarehouseError):
    """There is no room left on the disk or in the memory the warehouse may use."""


class InvalidFrameError(WarehouseError):
    """A frame handed to a loader has two rows where its grain allows one, or says two things of one text."""


@dataclass(frozen=True)
class CheckFailure:
    """A check that found bad rows.

    Attributes:
        check: Name of the check: its file in ``warehouse/sql/checks`` without the suffix.
        row_count: How many bad rows there are.
        rows: The first of them, column name -> value.
    """

    check: str
    row_count: int
    rows: tuple[dict[str, Any], ...]

    def __str__(self) -> str:
        shown = "; ".join(", ".join(f"{name}={value!r}" for name, value in row.items()) for row in self.rows)
        return f"{self.check}: {self.row_count} bad row(s), such as {shown}"


class CheckFailedError(WarehouseError):
    """The warehouse breaks a promise of the contract.

    Attributes:
        failures: The checks that found bad rows, by name.
    """

    def __init__(self, failures: Sequence[CheckFailure]) -> None:
        super().__init__("the warehouse failed its checks: " + " | ".join(str(failure) for failure in failures))
        self.failures = tuple(failures)
