"""The state that an article puts behind a town, as style guides ask for unless all know where it is: "Lee, Iowa"."""

import re
from typing import Final

from transforms.mentions import Mention
from transforms.name_lists import NameLists
from transforms.names import compute_name_key

_STATE: Final = re.compile(r", ([A-Z][\w.]*(?: [A-Z]\w+)?)")
_PLACED: Final = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Ff]rom|[Aa]t|[Oo]utside|of) $")
_MAX_BEFORE: Final = 10


def read_state(text: str, mention: Mention, lists: NameLists) -> str:
    """Return the name key of the state that tells where a place is: "iowa" for "in Lee, Iowa"; "" without one.

    Args:
        text: The body.
        mention: A name in it.
        lists: The reviewed lists.
    """
    after = _STATE.match(text, mention.end)
    if after is None or _PLACED.search(text, max(0, mention.start - _MAX_BEFORE), mention.start) is None:
        return ""
    key = compute_name_key(after[1])
    is_state = key in lists.provinces or (key in lists.province_aliases and "." in after[1])
    return compute_name_key(lists.province_aliases.get(key, key)) if is_state else ""
