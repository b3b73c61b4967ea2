"""Short names: a lone "Munir", "EU" or "Hillary" means whom articles mean that have the full name as well.

The evidence is what was resolved within articles, where the full name stands beside the short one. That covers
surnames, given names, acronyms, short forms and nicknames alike, and nobody has to list them.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.people import group_forms
from transforms.linking.rules import AMBIGUOUS, RULES, Link

DOMINANCE: Final = 0.8
"""Of all articles that speak for somebody, the share that must speak for the one chosen."""

MIN_ALIAS_ARTICLES: Final = 2
"""Articles that must use the short form for the full one, unless both keep company with the same names."""

MIN_SHARED_COMPANIONS: Final = 2
"""Names that both are beside, in different articles: what makes one article enough."""

MIN_ALIAS_RATIO: Final = 0.5
"""Articles that use a form for a fuller name, for each that has it alone: "White House" is no short form of an office
in it that one article names. A person's single name is always short for something."""

_SHOWN: Final = 3


class Reading(NamedTuple):
    """What a short name may mean.

    Attributes:
        article_count: Articles that speak for it.
        forms: The names of it, the one that most articles have first.
    """

    article_count: int
    forms: Sequence[Candidate]

    @property
    def alias_article_count(self) -> int:
        """Articles that have the short form for one of the names."""
        return sum(form.alias_article_count for form in self.forms)


def link_short_name(asker: Asker) -> Link | None:
    """Return what a short name stands for; a link to itself where several are meant and none above all; None for none.

    Args:
        asker: A name with its candidates. Fuller names of its own type speak for themselves, as far as articles have
            the two as one; a surname is spoken for by every person that bears it.
    """
    readings = list_readings(asker)
    total = sum(reading.article_count for reading in readings)
    if total == 0 or not _is_short(asker, readings):
        return None
    best, evidence = readings[0], _describe(readings, total)
    if best.article_count < DOMINANCE * total:
        return Link(asker.key, NOT_APPLICABLE_KEY, asker.key, AMBIGUOUS, RULES[AMBIGUOUS], evidence)
    companion_count = max(form.shared_companion_count for form in best.forms)
    if best.alias_article_count < MIN_ALIAS_ARTICLES and companion_count < MIN_SHARED_COMPANIONS:
        return None
    rule = "known_alias" if best.alias_article_count > 0 else "lone_surname"
    return Link(asker.key, NOT_APPLICABLE_KEY, best.forms[0].key, rule, RULES[rule], evidence)


def list_readings(asker: Asker) -> list[Reading]:
    """Return what a name may be short for, the one that most articles speak for first."""
    fuller = [candidate for candidate in asker.candidates if _is_fuller(asker, candidate)]
    readings = [Reading(sum(_count_articles(asker, form) for form in forms), forms) for forms in group_forms(fuller)]
    return sorted(readings, key=lambda reading: (-reading.article_count, reading.forms[0].name_key))


def _is_short(asker: Asker, readings: Sequence[Reading]) -> bool:
    """Tell whether a name is a short form, and not a name of its own that somebody once used for a longer one."""
    if asker.entity_type == "PERSON" and asker.is_single:
        return True
    return sum(reading.alias_article_count for reading in readings) >= MIN_ALIAS_RATIO * asker.article_count


def _is_fuller(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether a candidate is of the same type and has more words."""
    return (
        candidate.entity_type == asker.entity_type
        and len(candidate.name_key.split()) > len(asker.name_key.split())
        and ("alias" in candidate.kinds or "surname" in candidate.kinds)
    )


def _count_articles(asker: Asker, candidate: Candidate) -> int:
    """Return how many articles speak for a candidate: all that have a bearer of the surname, else those with both."""
    if "surname" in candidate.kinds and asker.entity_type == "PERSON":
        return candidate.article_count
    return candidate.alias_article_count


def _describe(readings: Sequence[Reading], total: int) -> str:
    """Return the evidence as a person reads it: "Asim Munir 12 of 14 articles, Ali Munir 2"."""
    shown = [f"{reading.forms[0].name} {reading.article_count}" for reading in readings[:_SHOWN]]
    shown[0] += f" of {total} articles"
    more = len(readings) - _SHOWN
    return ", ".join(shown) + (f", {more} more" if more > 0 else "")
