"""What all commands print by: consoles that cut nothing where a program reads, text that cannot steer a terminal."""

from typing import IO, Final

from rich.console import Console

PIPED_WIDTH: Final = 100_000
"""Characters of a line where no terminal says how many it has: nothing is cut where a program reads."""


def make_console(file: IO[str] | None = None) -> Console:
    """Return a console that is as wide as the terminal, or as its longest line where a program reads.

    Args:
        file: Where it prints; standard output when left out.
    """
    console = Console(file=file, highlight=False)
    return console if console.is_terminal else Console(file=file, highlight=False, width=PIPED_WIDTH)


def make_printable(text: str) -> str:
    r"""Return text with U+FFFD for what is no printable character: some of it is a server's, or of a document.

    Examples:
        >>> make_printable("Rain\x1b[2J")
        'Rain\ufffd[2J'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
