"""What all commands print by: consoles that cut nothing where a program reads, text that cannot steer a terminal."""

import errno
import os
from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPED_WIDTH: Final = 100_000
"""Characters of a line where no terminal says how many it has: nothing is cut where a program reads."""


class _PipedConsole(Console):
    """A console that leaves it to the program what happens when nobody reads any more."""

    def on_broken_pipe(self) -> None:
        """Say so: Rich would end the program as if it had failed.

        Raises:
            BrokenPipeError: Always.
        """
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def make_console(file: IO[str] | None = None) -> Console:
    """Return a console that is as wide as the terminal, or as its longest line where a program reads.

    Args:
        file: Where it prints; standard output when left out.
    """
    console = _PipedConsole(file=file, highlight=False)
    return console if console.is_terminal else _PipedConsole(file=file, highlight=False, width=PIPED_WIDTH)


def make_printable(text: str) -> str:
    r"""Return text with U+FFFD for what is no printable character: some of it is a server's, or of a document.

    Examples:
        >>> make_printable("Rain\x1b[2J")
        'Rain\ufffd[2J'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def print_rows(console: Console, title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Print some columns of rows as a table, nothing where there are no rows.

    Args:
        console: Where to.
        title: What stands above.
        rows: Column -> value.
        columns: Those that are shown; a heading is the name without _count or _label.
    """
    if not rows:
        return
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        is_number = isinstance(rows[0][column], int | float)
        heading = column.removesuffix("_count").removesuffix("_label").replace("_", " ")
        table.add_column(heading, justify="right" if is_number else "left", overflow="ellipsis", no_wrap=True)
    for row in rows:
        table.add_row(*(_show(row[column]) for column in columns))
    console.print(table)


def _show(value: object) -> Text:
    """Return a value as text that cannot steer the terminal."""
    if value is None:
        return Text("-")
    text = f"{value:,}" if isinstance(value, int | float) else str(value)
    return Text(make_printable(text))
