"""What ``warehouse.query`` and the process that answers say to each other.

The request goes to the process as JSON on its standard input, never on its command line, which every user of the
machine can read. The rows come back on standard output as an Arrow IPC stream, and behind them, on the last line of
standard error, the report as JSON. This module imports nothing heavy: both sides wait for it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

COLUMNS_METADATA: Final = b"dateline.columns"
"""Key of the stream's schema metadata that holds the columns of the answer, as JSON."""


class Shape(StrEnum):
    """In what form the rows come back. The database does the rendering: it is exact for every type it has."""

    ARROW = "arrow"
    """Columns of Arrow types; those that Parquet cannot hold (such as intervals) as text."""

    TEXT = "text"
    """The same columns, every value as text; nulls stay null."""

    CSV = "csv"
    """One column of text: each row as a line of CSV (RFC 4180); null is empty, the empty string is quoted."""

    JSON = "json"
    """One column of text: each row as a JSON object."""


class Outcome(StrEnum):
    """How a query ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"


@dataclass(frozen=True, kw_only=True)
class QueryRequest:
    """A question.

    Attributes:
        path: The published warehouse, absolute.
        sql: One statement that reads.
        shape: One of Shape.
        limit: Rows that come back at most; None is all.
        timeout_seconds: Time the database may spend; what the reader of the rows takes does not count.
    """

    path: str
    sql: str
    shape: str
    limit: int | None
    timeout_seconds: float


@dataclass(frozen=True, kw_only=True)
class QueryReport:
    """How a question was answered.

    Attributes:
        outcome: One of Outcome.
        message: What went wrong, one line; empty when nothing did.
        has_more: The limit cut rows off.
    """

    outcome: str
    message: str = ""
    has_more: bool = False


@dataclass(frozen=True)
class Column:
    """A column of an answer.

    Attributes:
        name: Its name in the query; where two have the same, the later ones get a number.
        type: Its type, as DuckDB spells it.
        is_number: Values are numbers.
    """

    name: str
    type: str
    is_number: bool
