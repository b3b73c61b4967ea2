"""Acronyms of two things: "RNC" is a committee and a convention, "NSA" an agency and an adviser.

Which of them an article means its long form tells. Where it has none nothing does, as both keep the same company: the
acronym stands for itself.
"""

from typing import Final

from transforms.linking.blocking import find_core
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.rules import PERSON
from transforms.linking.spelling import is_near

MIN_RIVAL_ARTICLES: Final = 2
"""Articles with another long form: what one article has is often a misspelling, or no name."""

MIN_RIVAL_RATIO: Final = 0.2
"""Articles with another long form, for each with the most frequent one."""


def is_acronym_of_two(asker: Asker, best: Candidate) -> bool:
    """Tell whether an acronym stands for something else than a candidate as well, by the corpus or by the titles.

    Args:
        asker: The acronym, with all names that have its initials.
        best: The one that most articles have.
    """
    if not asker.is_single or "initials" not in best.kinds:
        return False
    return asker.name_key in asker.lists.title_acronyms or any(_is_rival(best, one) for one in asker.candidates)


def _is_rival(best: Candidate, other: Candidate) -> bool:
    """Tell whether a name with the same initials is frequent, and no other form of the first."""
    return (
        "initials" in other.kinds
        and other.entity_type != PERSON
        and other.article_count >= max(MIN_RIVAL_ARTICLES, MIN_RIVAL_RATIO * best.article_count)
        and find_core(other.name_key) != find_core(best.name_key)
        and not is_near(other.name_key, best.name_key)
        and other.name_key.removeprefix("the ") != best.name_key.removeprefix("the ")
    )
