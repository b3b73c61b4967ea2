"""Spelling variants: "Llyod Blankfein" is Lloyd Blankfein when both are named in the same company."""

from typing import Final

from rapidfuzz.distance import OSA

from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.rules import RULES, Link
from transforms.linking.shared_names import MIN_COMPANION_RATIO_OF_SHARED, is_party_name, is_posted_name

MIN_LETTERS: Final = 8
"""Shorter names are a letter apart from too many others."""

MIN_WORDS_OF_FORM: Final = 3
"""Words of an organisation's name whose plurals say nothing."""

LETTERS_FOR_TWO: Final = 15
"""From so many letters on, two may differ. Swapped neighbours count as one."""

NUMERALS: Final = frozenset("i ii iii iv v vi vii viii ix x".split())
"""Last words that count: "World War I" is no misspelling."""

AMERICAN: Final = {
    "centre": "center",
    "defence": "defense",
    "labour": "labor",
    "organisation": "organization",
    "programme": "program",
}
"""Words in British spelling, with the American one."""

MIN_WORDS_OF_BODY: Final = 3
"""Shorter names that differ in national spelling alone are bodies of two countries ("Defence Ministry")."""

MIN_COMPANIONS: Final = 2
MIN_COMPANION_RATIO: Final = 0.2
"""Names that both spellings are beside, in number and of all that the rarer is beside."""


def link_spelling(asker: Asker) -> Link | None:
    """Return the more frequent spelling of a name, or form of a company's name; None where there is none, or several.

    Two spellings that some article has as two names are two; two forms of the same words are not.
    """
    fits = [candidate for candidate in asker.candidates if _is_variant(asker, candidate)]
    if len(fits) != 1:
        return None
    best = fits[0]
    evidence = f"{best.name} in {best.article_count} articles, {best.shared_companion_count} companions in common"
    return Link(asker.key, NOT_APPLICABLE_KEY, best.key, "spelling", RULES["spelling"], evidence)


def _is_variant(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether a candidate is a more frequent spelling of the name, in the same company."""
    return (
        candidate.entity_type == asker.entity_type
        and (candidate.article_count, asker.name_key) > (asker.article_count, candidate.name_key)
        and (_is_same_name(asker, candidate) or _is_near(asker, candidate))
    )


def _is_same_name(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether two names differ in plurals, legal form or the order of words alone.

    A short name in the plural is another ("Rolling Stone", "Rolling Stones"), unless it is a people's or a party's. A
    longer one needs the same company: England has a Court of Appeal, and New York a Court of Appeals. So does a party
    that other countries have too; "U.S. Embassy" and "United States Embassy" may be in two countries.
    """
    if "core" not in candidate.kinds:
        return False
    if asker.entity_type == "NORP":
        return not is_party_name(asker.name_key) or _is_in_company(asker, candidate, MIN_COMPANION_RATIO_OF_SHARED)
    word_count = max(len(asker.name_key.split()), len(candidate.name_key.split()))
    if asker.entity_type != "ORG" or word_count < MIN_WORDS_OF_FORM:
        return False
    if is_posted_name(asker.name_key):
        return _is_in_company(asker, candidate, MIN_COMPANION_RATIO_OF_SHARED)
    return not _is_plural(asker.name_key, candidate.name_key) or _is_in_company(asker, candidate)


def _is_plural(one: str, other: str) -> bool:
    """Tell whether two names are the same words but for the "s" at the end of some."""
    return [word.removesuffix("s") for word in one.split()] == [word.removesuffix("s") for word in other.split()]


def _is_near(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether two spellings are near, of two names that no article has as two, and beside the same names.

    Most of them are known to be beside others since an earlier load: then nothing is gathered.
    """
    return (
        "spelling" in candidate.kinds
        and not candidate.is_apart(MIN_COMPANIONS, MIN_COMPANION_RATIO)
        and is_near(asker.name_key, candidate.name_key)
        and not _is_of_two_countries(asker.name_key, candidate.name_key)
        and not _is_plural(asker.name_key, candidate.name_key)
        and candidate.shared_article_count == 0
        and _is_in_company(asker, candidate)
    )


def _is_of_two_countries(one: str, other: str) -> bool:
    """Tell whether two short names are the same words, in British and American spelling."""
    words, others = ([AMERICAN.get(word, word) for word in name.split()] for name in (one, other))
    return words == others and len(words) < MIN_WORDS_OF_BODY


def _is_in_company(asker: Asker, candidate: Candidate, ratio: float = MIN_COMPANION_RATIO) -> bool:
    needed = max(MIN_COMPANIONS, ratio * asker.companion_count)
    return candidate.shared_companion_count >= needed


def is_near(one: str, other: str) -> bool:
    """Tell whether two name keys are so near that one may be a misspelling of the other.

    Figures say something: "channel 4" and "channel 5" are not near.

    Examples:
        >>> is_near("llyod blankfein", "lloyd blankfein"), is_near("ann lee", "anne lee")
        (True, False)
        >>> is_near("route 101a", "route 101b"), is_near("world war i", "world war ii")
        (False, False)
    """
    shorter = min(one, other, key=len)
    allowed = 2 if len(shorter) >= LETTERS_FOR_TWO else 1
    if len(shorter) < MIN_LETTERS or OSA.distance(one, other, score_cutoff=allowed) > allowed:
        return False
    is_numbered = any(char.isdigit() for char in one + other)
    return not is_numbered and NUMERALS.isdisjoint({one.rpartition(" ")[2], other.rpartition(" ")[2]})
