"""Where the statements of a script end, as DuckDB's own tokens say: no semicolon in a text or a comment ends one.

Its parser could tell, too, but of a script with an error it tells nothing: here the statements around it are whole.
"""

from collections.abc import Iterator
from itertools import pairwise

import duckdb


def split_statements(script: str) -> list[str]:
    """Return the statements of a script, each with its semicolon; what has nothing but comments is none.

    Args:
        script: SQL, without half characters.

    Examples:
        >>> split_statements("select ';'; selekt; -- ;")
        ["select ';';", 'selekt;']
        >>> split_statements("select 1;\u00a0-- done")
        ['select 1;']
    """
    text = script.encode()
    statements: list[bytes] = []
    begin, is_begun = 0, False
    for offset in _list_words(script):
        if text[offset : offset + 1] != b";":
            is_begun = True
            continue
        if is_begun:
            statements.append(text[begin : offset + 1])
        begin, is_begun = offset + 1, False
    if is_begun:
        statements.append(text[begin:])
    return [statement.decode().strip() for statement in statements]


def is_between_statements(script: str) -> bool:
    """Tell whether a statement may begin behind a text: none that began goes on, nor a text or comment in it.

    Args:
        script: SQL, without half characters.

    Examples:
        >>> [is_between_statements(script) for script in ("-- a", "select ';", "select 1 /* ;", "select 1; -- a")]
        [True, False, False, True]
    """
    ended = f"{script}\n;"  # this semicolon is a word of its own, and the first or behind another, if nothing goes on
    text = ended.encode()
    words = list(_list_words(ended))
    if words[-1:] != [len(text) - 1]:
        return False
    return all(text[offset : offset + 1] == b";" for offset in words[-2:])


def _list_words(script: str) -> Iterator[int]:
    """Yield where the words and marks of a script begin, in bytes of UTF-8; comments are none.

    Nor are spaces beyond ASCII, such as the no-break space, which the tokens have as words and the parser has not.
    """
    text = script.encode()
    tokens = [*duckdb.tokenize(script), (len(text), None)]
    for (offset, kind), (end, _) in pairwise(tokens):
        if kind != duckdb.token_type.comment and text[offset:end].decode(errors="replace").strip():
            yield offset
