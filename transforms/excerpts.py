"""A mention with the sentence around it, marked: evidence that a person can read."""

import re
from typing import Final

MAX_SIDE_CHAR_COUNT: Final = 120
"""Characters shown on either side of the mention."""

_END: Final = re.compile(r"""[.!?]["'”’)]*\s+(?=[A-Z"“‘(])|\n""")
_SPACE: Final = re.compile(r"\s+")


def cut_excerpt(text: str, start_char: int, end_char: int) -> str:
    """Return the sentence around a mention, the mention in [brackets], on one line; cut where it is long.

    Args:
        text: A body or a headline.
        start_char: First character of the mention.
        end_char: One past its last.

    Examples:
        >>> cut_excerpt("It rained. Ann Lee of [Oslo] spoke. She left.", 11, 18)
        '[Ann Lee] of (Oslo) spoke.'
    """
    first, last = max(0, start_char - MAX_SIDE_CHAR_COUNT), min(len(text), end_char + MAX_SIDE_CHAR_COUNT)
    breaks = [match.end() for match in _END.finditer(text, first, start_char + 1) if match.end() <= start_char]
    begins = max(breaks, default=first)
    end = _END.search(text, end_char, last)
    ends = last if end is None else end.end()
    head = ("…" if begins == first > 0 else "") + text[begins:start_char]
    tail = text[end_char:ends] + ("…" if end is None and last < len(text) else "")
    marked = f"{_unmark(head)}[{_unmark(text[start_char:end_char])}]{_unmark(tail)}"
    return _SPACE.sub(" ", marked).strip()


def _unmark(text: str) -> str:
    """Return the text with round brackets for square ones, and nothing that could steer a terminal."""
    rounded = text.replace("[", "(").replace("]", ")")
    return "".join(char if char.isprintable() or char.isspace() else "\N{REPLACEMENT CHARACTER}" for char in rounded)
