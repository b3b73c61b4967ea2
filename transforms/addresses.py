"""How a text addresses people: "Mrs Lee" is no man, "President Lee" not the First Lady.

Of several people with one surname a title tells who is meant, before the first of them is taken.
"""

from typing import Final

from transforms.cues import TextCues
from transforms.names import fold_word

FEMALE: Final = "f"
MALE: Final = "m"
HEAD: Final = "head"
SPOUSE: Final = "spouse"

_GENDERS: Final = {
    **dict.fromkeys("mr sir lord king prince baron duke earl father brother congressman chairman".split(), MALE),
    **dict.fromkeys("mrs ms miss madam lady queen princess baroness duchess countess dame sister".split(), FEMALE),
    **dict.fromkeys(("congresswoman", "chairwoman", "spokeswoman"), FEMALE),
    "spokesman": MALE,
}
"""Words of titles that tell the gender of who bears them."""

_HEADS: Final = frozenset("president governor gov premier chancellor mayor".split())
"""Words of the titles of those whose wife is a First Lady, and who are none themselves."""

_SPOUSE: Final = ("first", "lady")


def read_addresses(cues: TextCues) -> dict[int, str]:
    """Return where a name begins -> what the titles before it tell of its bearer: a gender, HEAD or SPOUSE.

    Args:
        cues: Of the body.
    """
    addresses = {}
    for run in cues.runs:
        if run.name_end == run.name_start:
            continue
        words = tuple(fold_word(word) for word in cues.text[run.start : run.end].split())
        found = {_GENDERS[word] for word in words if word in _GENDERS}
        if words[-len(_SPOUSE) :] == _SPOUSE:
            addresses[run.name_start] = SPOUSE
        elif len(found) == 1:
            addresses[run.name_start] = found.pop()
        elif not _HEADS.isdisjoint(words):
            addresses[run.name_start] = HEAD
    return addresses
