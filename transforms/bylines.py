"""Bylines: who wrote an article, as far as its byline says so. People, desks, agencies and outlets are told apart.

A byline names nobody rather than somebody wrong: what reads as neither a person nor something known is left out.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from transforms.agencies import Agencies
from transforms.byline_words import (
    CJK_DESKS,
    CJK_OUTLETS,
    CJK_ROLES,
    CREDIT_WORDS,
    DEGREES,
    DESK_WORDS,
    HONORIFICS,
    OUTLET_WORDS,
    PLACES,
    ROLE_WORDS,
    UNNAMED_AGENCIES,
)
from transforms.names import PARTICLES, SUFFIXES, fold_name, fold_word

AUTHOR_TYPES: Final = ("person", "desk", "agency", "outlet")
"""What an author can be."""

ENTRY_DIVIDER: Final = "; "
"""Between the entries of a byline that came as a list."""

PERSON, ORGANIZATION, THING = "Person", "Organization", "Thing"
"""What structured data says an entry is (https://schema.org); Thing where it does not say."""

MAX_BYLINE_CHAR_COUNT: Final = 1_000
"""A longer one is a text, not a byline."""

_MAX_WORDS: Final = 6
_MAX_NAME_CHAR_COUNT: Final = 60
_MAX_CREDITS: Final = 40


class Credit(NamedTuple):
    """An author.

    Attributes:
        name: As it is written, upper case put right, titles kept off.
        author_type: One of AUTHOR_TYPES.
    """

    name: str
    author_type: str

    @property
    def key(self) -> str:
        """What all spellings of the name share."""
        return fold_name(self.name)


def type_byline(byline: str | None, types: str | None, outlet: Iterable[str | None]) -> str | None:
    """Return the types of a byline's entries, with those that only name the outlet as organisations.

    Args:
        byline: As it came.
        types: What structured data says, as ``read_byline`` takes it.
        outlet: The names of the outlet, its domain among them.

    Examples:
        >>> type_byline("The Gull; Ana Lind", None, ["The Gull", "gull.example"])
        'Organization; Thing'
    """
    if byline is None:
        return None
    entries = byline.split(ENTRY_DIVIDER)
    given = [] if types is None else types.split(ENTRY_DIVIDER)
    kinds = given if len(given) == len(entries) else [THING] * len(entries)
    own = {name for names in outlet if names is not None for name in _list_own_names(names)}
    typed = [ORGANIZATION if _squeeze(entry) in own else kind for entry, kind in zip(entries, kinds, strict=True)]
    return None if set(typed) == {THING} else ENTRY_DIVIDER.join(typed)


def _list_own_names(name: str) -> set[str]:
    """Return the forms of an outlet's name or domain: "gull.example" is "gull" too, "The Gull" is "Gull"."""
    label = name.removeprefix("www.").partition(".")[0] if " " not in name else name
    return {_squeeze(form) for form in (name, label, name.removeprefix("The "), f"The {name}")} - {""}


def _squeeze(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


@lru_cache(maxsize=16_384)
def read_byline(byline: str, types: str | None, agencies: Agencies) -> tuple[Credit, ...]:
    """Return the authors a byline names, in its order, each once.

    Args:
        byline: As it came; entries of a list divided by "; ".
        types: What structured data says of each entry, divided likewise: Person, Organization or Thing; None, or
            another number of them, says nothing.
        agencies: The agencies that are known.
    """
    if len(byline) > MAX_BYLINE_CHAR_COUNT:
        return ()
    entries = re.split(r"\s*[;\n]\s*", byline)
    given = [] if types is None else types.split(ENTRY_DIVIDER)
    kinds = given if len(given) == len(entries) else [THING] * len(entries)
    found: dict[str, Credit] = {}
    for entry, kind in zip(entries, kinds, strict=True):
        for credit in _read_entry(entry, kind, agencies):
            found.setdefault(credit.key, credit)
    return tuple(found.values())[:_MAX_CREDITS]


_NOISE: Final = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\w+|\(?@\w+\)?|\[[^\]]*\]|\([^)]*\)|"
    r"\b\d{1,2}:\d{2}(?:\s*[ap]\.?m\.?)?|\b(?:published|updated|posted|last updated)\b.*$",
    re.IGNORECASE,
)
_DATED: Final = re.compile(r"\d")
_LEAD: Final = re.compile(
    r"^(?:(?:written|reported|posted|published|words|story|report|text|texte|texto|analysis|opinion|column|review)"
    r"\s*(?:and\s+\w+\s+)?(?:by|:|von|par|por)|by|von|par|por|propos recueillis par|autor(?:in)?\s*:|"
    r"author\s*:|yazan\s*:|haber\s*:|quelle\s*:|source\s*:|fuente\s*:|kaynak\s*:|"
    r"(?:文|文・写真|聞き手)[=\uff1d・:\uff1a])\s*:?\s*",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?:,?\s+|^)(?:(?i:special|exclusive) (?:to|for)\b.*|"
    r"(?i:for|reporting (?:from|in)|in|aus|à|en|from)\s+(?:the\s+)?[A-ZÀ-Þ].*)$"
)
_BARS: Final = re.compile(r"\s+[|–—•·/-]\s+|\s*[|•]\s*|(?<=\w)/(?=\w)|\s+/|/\s+")
_LISTED: Final = re.compile(
    r"\s*,\s*(?:and|und|y|et|ve|e|&)\s+|\s*[,、\uff0c]\s*|\s+(?:and|und|y|et|ve|&|with|mit|avec|con)\s+", re.IGNORECASE
)
_ACRONYM: Final = re.compile("[B-DF-HJ-NP-TV-XZ]{3,}")
_TURKISH: Final = re.compile("[İŞĞışğ]")
_CJK: Final = re.compile(r"[぀-ヿ㐀-鿿豈-﫿々]")
_CJK_NAME: Final = re.compile(r"[㐀-鿿豈-﫿々぀-ヿ]{2,8}(?:[\s\u3000][㐀-鿿豈-﫿々぀-ヿ]{1,6})?")


def _read_entry(entry: str, kind: str, agencies: Agencies) -> list[Credit]:
    """Return the authors of one entry: of a list, or the whole byline."""
    text = " ".join(_NOISE.sub(" ", entry).split()).strip(" ,;:|–—-•·")
    text = _LEAD.sub("", text).strip(" ,;:")
    if not text or _begins_other_credit(text):
        return []
    if _CJK.search(text) is not None:
        return _read_cjk(text, kind, agencies)
    if kind == ORGANIZATION:
        return [Credit(text, _classify_organisation(text, agencies))]
    found: list[Credit] = []
    for part in _BARS.split(text):
        for piece in _LISTED.split(_TAIL.sub("", part)):
            for credit in _read_piece(piece, kind, agencies):
                # Behind a name stand roles and outlets of the one named; a named agency is an author beside it.
                is_beside = credit.author_type in {"person", "agency"} and credit.key not in UNNAMED_AGENCIES
                if is_beside or not found:
                    found.append(credit)
    return found


def _begins_other_credit(text: str) -> bool:
    first = re.split(r"[\s:]", text, maxsplit=1)[0]
    return fold_word(first) in CREDIT_WORDS


def _classify_organisation(text: str, agencies: Agencies) -> str:
    if agencies.names_one(text):
        return "agency"
    return "outlet" if DESK_WORDS.isdisjoint(fold_name(text).split()) else "desk"


def _read_piece(piece: str, kind: str, agencies: Agencies) -> list[Credit]:
    """Return the authors that a piece of a byline names: a person and an agency where one follows the other."""
    name = _strip_titles(_LEAD.sub("", piece.strip(" ,:*-–—\"“”'’")))
    words = name.split()
    for cut in range(2, len(words)):
        if agencies.names_one(" ".join(words[cut:])):
            person = _read_name(" ".join(words[:cut]), kind, agencies)
            return [credit for credit in (person, Credit(" ".join(words[cut:]), "agency")) if credit is not None]
    credit = _read_name(name, kind, agencies)
    return [] if credit is None else [credit]


def _read_name(name: str, kind: str, agencies: Agencies) -> Credit | None:
    """Return the author of a name, None when it is none's."""
    key = fold_name(name)
    words = key.split()
    if not words or len(name) > _MAX_NAME_CHAR_COUNT or key in PLACES:
        return None
    if key in UNNAMED_AGENCIES or agencies.names_one(name):
        return Credit(name, "agency")
    if not DESK_WORDS.isdisjoint(words):
        return Credit(_put_right(name), "desk")
    if not OUTLET_WORDS.isdisjoint(words) or words[0] in {"the", "our"}:
        return None if ROLE_WORDS.issuperset(words) else Credit(name, "outlet")
    is_named = not ROLE_WORDS.issuperset(words) and _is_person(name, kind)
    return Credit(_put_right(name), "person") if is_named else None


def _strip_titles(name: str) -> str:
    """Return a name without titles before it and degrees behind."""
    words = name.split()
    while len(words) > 1 and fold_word(words[0]) in HONORIFICS:
        words.pop(0)
    while len(words) > 2 and fold_word(words[-1]) in DEGREES:  # noqa: PLR2004  a name and a surname stay
        words.pop()
    return " ".join(words).rstrip(",")


def _is_person(name: str, kind: str) -> bool:
    """Tell whether words read as a person's name: two to six, capitals where names have them, no digits."""
    words = name.split()
    if (
        not 1 < len(words) <= _MAX_WORDS
        or _DATED.search(name) is not None
        or re.search(r"[?!:<>{}=#%$€£\"“”„…]", name) is not None
    ):
        return False
    if any(_ACRONYM.fullmatch(word) is not None for word in words):
        return False
    bare = [word for word in words if fold_word(word) not in PARTICLES]
    capitals = [word for word in bare if word[0].isupper() or not word[0].isalpha() or word[0] in "‘'’"]
    is_all_lower = kind == PERSON and name == name.lower()
    return bool(bare) and (len(capitals) == len(bare) or is_all_lower)


def _put_right(name: str) -> str:
    """Return a name with words in upper case written as names are, where they are no initials."""
    if name == name.lower():
        return " ".join(_capitalize(word) for word in name.split())
    letters = [char for char in name if char.isalpha()]
    is_shouted = all(char.isupper() for char in letters) and len(letters) > 4 and " " in name  # noqa: PLR2004
    return " ".join(_quieten(word, is_shouted=is_shouted, is_first=not i) for i, word in enumerate(name.split()))


def _quieten(word: str, *, is_shouted: bool, is_first: bool) -> str:
    bare = word.strip(".,'’")
    folded = fold_word(bare)
    if not bare.isupper() and not (bare.startswith("Mc") and bare[2:].isupper()):
        return word
    if len(bare) == 1 or "." in bare or (folded in SUFFIXES and folded.startswith(("i", "v")) and not is_first):
        return word
    if len(bare) == 2 and (not is_shouted or is_first) and (bare[1] == "J" or not set(bare) & set("AEIOUY")):  # noqa: PLR2004
        return word
    if not is_shouted and len(bare) < 3:  # noqa: PLR2004  "AJ Poe", "Bo II"
        return word
    if is_shouted and not is_first and folded in PARTICLES:
        return word.lower()
    return _capitalize(word)


def _lower(text: str) -> str:
    """Return a text in lower case; of the two letters i of Turkish each keeps its dot, or has none."""
    turkish = text.replace("İ", "i").replace("I", "\u0131") if _TURKISH.search(text) is not None else text
    return turkish.lower()


def _capitalize(word: str) -> str:
    """Return a word with a capital where a name has one: Poe-Low, O'Brien, McKay."""
    pieces = re.split(r"([-'’.])", word)
    done = "".join(piece[:1].upper() + _lower(piece[1:]) for piece in pieces)
    return "Mc" + done[2].upper() + done[3:] if done.startswith("Mc") and len(done) > 4 else done  # noqa: PLR2004


def _read_cjk(text: str, kind: str, agencies: Agencies) -> list[Credit]:
    """Return the authors of an entry in Japanese or Chinese, where names have no spaces and roles stand behind them."""
    found: list[Credit] = []
    for piece in re.split(r"\s*[、\uff0c,・/\uff0f|\uff5c]\s*", text):
        name = piece.strip(" \u3000【】[]")
        if agencies.names_one(name):
            found.append(Credit(name, "agency"))
        elif name.endswith(CJK_OUTLETS) or (kind == ORGANIZATION and not name.endswith(CJK_DESKS)):
            found.append(Credit(name, "outlet"))
        elif name.endswith(CJK_DESKS):
            found.append(Credit(name, "desk"))
        else:
            for role in CJK_ROLES:
                name = name.removesuffix(role).strip()
            if _CJK_NAME.fullmatch(name) is not None:
                found.append(Credit(name, "person"))
    return found
