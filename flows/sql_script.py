"""Statements and commands that come on standard input, where that is no terminal."""

import sys
from collections.abc import Callable, Iterator

from flows.errors import UsageError
from flows.sql_commands import answer, is_leaving, read_command
from warehouse.statements import is_between_statements, split_statements


def read_standard_input() -> str:
    """Return what comes on standard input, without the mark that some editors put before it.

    Raises:
        UsageError: It is not UTF-8.
    """
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input is not UTF-8: byte {error.start:,} is none of a character") from error


def run_script(script: str, ask: Callable[[str], bool]) -> bool:
    """Ask the statements of a script one after the other, also after one that failed, and do what its commands say.

    Args:
        script: Statements, and commands on a line each.
        ask: Asks a query and prints its answer, or what is wrong with it; returns whether it was answered.

    Returns:
        Whether all were answered.

    Raises:
        UsageError: There is nothing in it.
    """
    texts = list(_split_script(script))
    if not texts:
        raise UsageError(
            'there is no statement on standard input: give one, or: dateline sql "select * from dim_source"'
        )
    answered = [answer(text, ask) for text in texts]
    return all(answered)


def _split_script(script: str) -> Iterator[str]:
    """Yield the statements and commands up to the one that leaves."""
    lines: list[str] = []
    for line in script.split("\n"):
        lines.append(line)
        if read_command(line) and is_between_statements("\n".join(lines[:-1])):
            yield from split_statements("\n".join(lines[:-1]))
            yield line
            if is_leaving(line):
                return
            lines.clear()
    yield from split_statements("\n".join(lines))
