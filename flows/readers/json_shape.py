"""Where a JSON text has its articles: it is one, it is a list of them, or it holds a list under a key."""

from collections.abc import Iterator
from typing import Any, Final

import ijson

from transforms.record_names import NAMES

LIST_KEYS: Final = ("articles", "items", "results", "docs", "data", "news")
"""Where services put the articles of an answer."""

STARTS: Final = frozenset({"start_map", "start_array"})
ENDS: Final = frozenset({"end_map", "end_array"})

_RECORD_KEYS: Final = frozenset((*NAMES["text"], *NAMES["html"]))


def find_list(sample: bytes) -> str | None:
    """Return the key under which a JSON text has its list of articles: "" for a list; None when there is none.

    Args:
        sample: The start of the text, UTF-8 but for broken bytes.
    """
    try:
        # Half a surrogate pair passes the parser, and is then none of Python's text.
        return _find_list(ijson.basic_parse(sample.decode("utf-8", "replace").encode(), multiple_values=True))
    except ijson.JSONError:  # not JSON, or the end of the sample
        return None


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
