"""What can go wrong with a question to the published warehouse.

::

    WarehouseError                  warehouse.errors
    `-- QueryError                  the question was not answered; the message is one line
        |-- RefusedQueryError       it is not one statement that only reads
        |-- FailedQueryError        the database says no: a wrong name, a wrong type
        |-- QueryTimeoutError       it took longer than it may
        `-- QueryMemoryError        it needed more memory than it may
"""

from warehouse.errors import WarehouseError


class QueryError(WarehouseError):
    """A question was not answered."""


class RefusedQueryError(QueryError):
    """The text is not exactly one statement that only reads."""


class FailedQueryError(QueryError):
    """The database could not answer."""


class QueryTimeoutError(QueryError):
    """The time allowed was used up."""


class QueryMemoryError(QueryError):
    """The memory allowed was used up."""
