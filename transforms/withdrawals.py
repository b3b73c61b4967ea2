"""How documents say that a publisher took an article back: only what is said in a field made for it counts.

Words in the text ("KILL", "this story was removed") are left to people: what they mean depends on who writes them.
"""

from collections.abc import Mapping
from typing import Any, Final

PUB_STATUS: Final = "pub_status"
"""The publishing status of wire copy, https://cv.iptc.org/newscodes/pubstatusg2/."""

DELETED_ENTRY: Final = "deleted_entry"
"""The tombstone of a feed, https://www.rfc-editor.org/rfc/rfc6721."""

CREATIVE_WORK_STATUS: Final = "creative_work_status"
"""The status of structured data, https://schema.org/creativeWorkStatus."""

NOTICES: Final = frozenset({PUB_STATUS, DELETED_ENTRY})
"""Methods by which a document is but a notice: what text it has is none to be read as the article."""

METHODS: Final = NOTICES | {CREATIVE_WORK_STATUS}

_WITHDRAWN_STATUSES: Final = frozenset({"canceled", "cancelled", "withheld"})  # the other two are usable and embargoed
_WITHDRAWN_WORDS: Final = frozenset({"retracted", "withdrawn"})  # schema.org names drafts and the like, and these not


def is_withdrawn_status(code: object) -> bool:
    """Tell whether a publishing status says that an item must not be used any more.

    Args:
        code: A code of IPTC with or without its scheme or address: "stat:canceled", "withheld".

    Examples:
        >>> is_withdrawn_status("stat:canceled"), is_withdrawn_status("usable"), is_withdrawn_status(None)
        (True, False, False)
    """
    return isinstance(code, str) and code.strip().rpartition(":")[2].rpartition("/")[2].lower() in _WITHDRAWN_STATUSES


def find_work_status(node: Mapping[str, Any]) -> str | None:
    """Return CREATIVE_WORK_STATUS when an object of structured data says that it is retracted or withdrawn.

    The status is text, an address, a DefinedTerm with a name or a code, or a list of these.

    Examples:
        >>> find_work_status({"creativeWorkStatus": {"@type": "DefinedTerm", "name": "Retracted"}})
        'creative_work_status'
        >>> find_work_status({"creativeWorkStatus": "Published"})
    """
    return CREATIVE_WORK_STATUS if _says_withdrawn(node.get("creativeWorkStatus")) else None


def _says_withdrawn(status: object) -> bool:
    if isinstance(status, list):
        return any(map(_says_withdrawn, status))
    if isinstance(status, dict):
        return any(isinstance(status.get(key), str) and _says_withdrawn(status[key]) for key in ("name", "termCode"))
    return isinstance(status, str) and status.strip().rpartition("/")[2].lower() in _WITHDRAWN_WORDS
