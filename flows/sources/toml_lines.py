"""On which line of a TOML text each value is: what a message needs to say where something is wrong.

The standard library's parser keeps no positions, and neither does tomlkit (python-poetry/tomlkit#55). This scanner only
finds its way: it is for text that ``tomllib`` has accepted, and decides nothing about what is valid.
"""

import re
import tomllib
from bisect import bisect_right
from typing import Final

TomlPath = tuple[str | int, ...]
"""Keys, and places in an array counted from 0: ``("source", 0, "feeds", 1)``."""

_TOKEN: Final = re.compile(
    r"""
      (?P<blank>[ \t\r]+|\#[^\n]*)
    | (?P<newline>\n)
    | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3}\"{0,2} | '{3}.*?'{3}'{0,2} | "(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<mark>[\[\]{},=.])
    | (?P<bare>[^\s\[\]{},=.\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)
_END: Final = ("end", "", 0)

Token = tuple[str, str, int]  # kind, text, line


def locate_values(text: str) -> dict[TomlPath, int]:
    r"""Return the line of every table, array, key and item of an array, counted from 1.

    Where a thing is written in pieces (a dotted key, a table within another) its first line counts.

    Args:
        text: TOML that ``tomllib`` reads.

    Examples:
        >>> locate_values('[[a]]\nb = [\n  1,\n]')
        {('a',): 1, ('a', 0): 1, ('a', 0, 'b'): 2, ('a', 0, 'b', 0): 3}
    """
    return _Scanner(text).scan()


class _Scanner:
    """One pass over the tokens of a text."""

    def __init__(self, text: str) -> None:
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._tokens: list[Token] = [
            (str(match.lastgroup), match[0], bisect_right(starts, match.start()))
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "blank"
        ]
        self._at = 0
        self._lines: dict[TomlPath, int] = {}
        self._table_counts: dict[TomlPath, int] = {}  # of arrays of tables

    def scan(self) -> dict[TomlPath, int]:
        """Return the line of each key and table; the text is gone through once."""
        table: TomlPath = ()
        while self._peek() != _END:
            if self._accept("\n"):
                continue
            if self._accept("["):
                table = self._scan_header()
            else:
                self._scan_pair(table)
        return self._lines

    def _peek(self) -> Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    def _accept(self, text: str) -> bool:
        """Go past the next token when it is this one."""
        kind, found, _ = self._peek()
        is_this = found == text and kind in {"mark", "newline"}
        self._at += is_this
        return is_this

    def _skip_newlines(self) -> None:
        while self._accept("\n"):
            pass

    def _record(self, path: TomlPath, line: int) -> None:
        self._lines.setdefault(path, line)

    def _scan_header(self) -> TomlPath:
        """Go past ``[key]`` or ``[[key]]``, its first bracket read; return the table that it opens."""
        is_array = self._accept("[")
        line = self._peek()[2]
        path: TomlPath = ()
        keys = self._scan_key()
        for place, key in enumerate(keys, start=1):
            path = (*path, key)
            self._record(path, line)
            if is_array and place == len(keys):
                self._table_counts[path] = self._table_counts.get(path, 0) + 1
            if path in self._table_counts:
                path = (*path, self._table_counts[path] - 1)
                self._record(path, line)
        while self._accept("]"):
            pass
        return path

    def _scan_key(self) -> list[str]:
        """Go past a key, dotted or not, and return its parts."""
        keys = []
        while True:
            kind, text, _ = self._peek()
            self._at += 1
            keys.append(_decode_key(text) if kind == "string" else text)
            if not self._accept("."):
                return keys

    def _scan_pair(self, table: TomlPath) -> None:
        """Go past ``key = value``."""
        line = self._peek()[2]
        path = table
        for key in self._scan_key():
            path = (*path, key)
            self._record(path, line)
        self._accept("=")
        self._scan_value(path)

    def _scan_value(self, path: TomlPath) -> None:
        if self._accept("["):
            self._scan_array(path)
        elif self._accept("{"):
            self._scan_inline_table(path)
        else:
            while self._peek()[0] in {"string", "bare"} or self._accept("."):
                self._at += self._peek()[0] in {"string", "bare"}

    def _scan_array(self, path: TomlPath) -> None:
        index = 0
        while True:
            self._skip_newlines()
            if self._accept("]") or self._peek() == _END:
                return
            self._record((*path, index), self._peek()[2])
            self._scan_value((*path, index))
            index += 1
            self._skip_newlines()
            self._accept(",")

    def _scan_inline_table(self, path: TomlPath) -> None:
        while True:
            self._skip_newlines()
            if self._accept("}") or self._peek() == _END:
                return
            self._scan_pair(path)
            self._skip_newlines()
            self._accept(",")


def _decode_key(quoted: str) -> str:
    """Return what a key in quotes stands for."""
    (key,) = tomllib.loads(f"{quoted} = 0")
    return key
