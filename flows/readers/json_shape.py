"""Where a JSON text has its articles: it is one, it is a list of them, or it holds a list under a key."""

import re
from collections.abc import Iterator
from typing import Any, Final

import ijson

from transforms.record_names import NAMES

LIST_KEYS: Final = ("articles", "items", "results", "docs", "data", "news")
"""Where services put the articles of an answer."""

STARTS: Final = frozenset({"start_map", "start_array"})
ENDS: Final = frozenset({"end_map", "end_array"})

MAX_DIGIT_COUNT: Final = 4000
"""Of a number. Python takes 4,300 digits, https://docs.python.org/3/library/stdtypes.html#int-max-str-digits; of longer
ones the parser hands on no object at all, which ends the process."""

_LONG_NUMBER: Final = re.compile(rb"[0-9]{%d}" % MAX_DIGIT_COUNT)
_RECORD_KEYS: Final = frozenset((*NAMES["text"], *NAMES["html"]))


def find_list(sample: bytes) -> str | None:
    """Return the key under which a JSON text has its list of articles: "" for a list; None when there is none.

    Args:
        sample: The start of the text, UTF-8 but for broken bytes.
    """
    if has_long_number(sample):
        return None
    try:
        # Half a surrogate pair passes the parser, and is then none of Python's text.
        return _find_list(ijson.basic_parse(sample.decode("utf-8", "replace").encode(), multiple_values=True))
    except ijson.JSONError:  # not JSON, or the end of the sample
        return None


def has_long_number(text: bytes) -> bool:
    """Tell whether there are so many digits in a row that the parser must not see them."""
    return _LONG_NUMBER.search(text) is not None


def _find_list(events: Iterator[tuple[str, Any]]) -> str | None:
    depth, key = 0, ""
    for event, value in events:
        if event == "map_key" and depth == 1:
            if value in _RECORD_KEYS:
                return None
            key = value
        if event == "start_array" and (depth == 0 or (depth == 1 and key in LIST_KEYS)):
            return key if next(events)[0] == "start_map" else None
        depth += (event in STARTS) - (event in ENDS)
        if depth == 0:
            return None
    return None
