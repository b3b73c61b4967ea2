"""The errors of flows, a tree.

DatelineError           the command fails: one line for the user, exit status 1
    UsageError          the command was called wrongly: exit status 2
        SourcesError    the sources file is wrong: a line for each problem
        DecisionsError  the decisions file is wrong: a line for each problem
    HomeBusyError       another run is writing the home
    BatchFailedError    a batch failed each time it was tried
        WorkerLostError the process at a batch was killed, or took too long
    StageError          a stage file cannot be written or read
    LedgerError         what is known of intervals that are being loaded cannot be written or read
    FetchStateError     what is remembered of servers cannot be written or read
    FetchInterruptedError  fetching was ended before it was done
"""


class DatelineError(Exception):
    """The root; its message is one line: what, where, what to do."""


class UsageError(DatelineError):
    """The command was called wrongly."""


class SourcesError(UsageError):
    """The sources file is wrong; its message has a line for each problem: file, line, source, field, what to do."""


class DecisionsError(UsageError):
    """The decisions file is wrong; its message has a line for each problem: file, line, column, value, what to do."""


class HomeBusyError(DatelineError):
    """Another run is writing the home."""


class BatchFailedError(DatelineError):
    """A batch failed each time it was tried."""


class WorkerLostError(BatchFailedError):
    """The process at a batch was killed, or took too long and was ended: why, in a few words."""


class StageError(DatelineError):
    """A stage file cannot be written or read."""


class LedgerError(DatelineError):
    """What is known of intervals that are being loaded cannot be written or read."""


class FetchStateError(DatelineError):
    """What is remembered of servers cannot be written or read."""


class FetchInterruptedError(DatelineError):
    """Fetching was ended before it was done."""
