"""Longer forms that no article ties to the shorter: "Saints" and "New Orleans Saints", "WHO" and its full name.

Without an article that has both as one, the company they keep has to show it, and nothing else may be meant.
"""

from typing import Final

from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.rules import ORGANISATION, PERSON, RULES, Link
from transforms.linking.shared_acronyms import is_acronym_of_two
from transforms.linking.shared_names import is_shared_name

DOMINANCE: Final = 0.8
"""Of all articles that have some longer form, the share that must have the one chosen."""

MIN_ARTICLE_RATIO: Final = 0.3
"""Articles with the longer form, for each with the shorter: "Senate" is not short for one that two articles name."""

MIN_LONG_ARTICLES: Final = 2
"""Articles with the longer form, initials apart: what one article has is often another of the kind ("Labor Party",
"Israeli Labor Party"), or more than a name."""

MIN_EMBEDDED_RATIO: Final = 2.0
"""Articles with the embedded name, for each with the longer."""

DISTINGUISHING: Final = frozenset(
    "free new old north south east west northern southern eastern western central anti former real young junior "
    "women womens men mens non pro of and".split(),
)
"""Words before a name that make another of it: "Free Syrian Army", "Crime of Apartheid"."""

OTHER_THINGS: Final = frozenset(
    "center centre stadium arena hotel field park radio tv poll family families agent spokesman spokeswoman chief "
    "director president chairman office program fund".split(),
)
"""Words after a name that make something of its own of it: "Wells Fargo Center"."""

MIN_COMPANIONS: Final = 4
MIN_COMPANION_RATIO: Final = 0.2
"""Names that both forms are beside, in number and of all that the shorter is beside."""

MIN_COMPANION_RATIO_OF_WORD: Final = 0.3
"""The share that the last word of a name needs: of those linked with less half were wrong ("Today", "USA Today")."""


def link_long_form(asker: Asker) -> Link | None:
    """Return the longer form of the name of an organisation or place; None where there is none, or several."""
    if asker.entity_type == PERSON or asker.has_legal_form:
        return None
    longer = [one for one in asker.candidates if _is_longer(asker, one)]
    if not longer:
        return None
    best = max(longer, key=lambda one: (one.article_count, one.name_key))
    if "initials" not in best.kinds and best.article_count < MIN_LONG_ARTICLES:
        return None
    total = sum(one.article_count for one in longer)
    ratio = _find_ratio(asker, best)
    if is_acronym_of_two(asker, best):
        return None
    if best.article_count < DOMINANCE * total or not _is_in_company(asker, best, MIN_ARTICLE_RATIO, ratio):
        return None
    rule = "initials" if "initials" in best.kinds else "long_form"
    evidence = (
        f"{best.name} in {best.article_count} of {total} articles, {best.shared_companion_count} companions in common"
    )
    return Link(asker.key, NOT_APPLICABLE_KEY, best.key, rule, RULES[rule], evidence)


def _find_ratio(asker: Asker, best: Candidate) -> float:
    """Return the share of a name's companions that its longer form must be beside, too."""
    return MIN_COMPANION_RATIO_OF_WORD if asker.is_single and "tail" in best.kinds else MIN_COMPANION_RATIO


def _is_longer(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether a candidate is the same name written out, or with words before or after it that change nothing.

    Before an organisation's name, a place or a parent do: "Munich Security Conference", but not where the name is
    many's: "Foreign Ministry". Before a place only "Republic of" and the like do: "Dakota" is not "North Dakota".
    """
    if candidate.entity_type != asker.entity_type:
        return False
    if "initials" in candidate.kinds:
        return asker.entity_type == ORGANISATION
    if "head" in candidate.kinds:
        after = candidate.name_key.removeprefix(asker.name_key).split()
        return asker.entity_type == ORGANISATION and not asker.is_single and not OTHER_THINGS & set(after)
    if "tail" not in candidate.kinds or is_shared_name(asker.name_key):
        return False
    before = candidate.name_key.removesuffix(asker.name_key).split()
    if asker.entity_type == "GPE":
        return before[-1] == "of"
    return asker.entity_type == ORGANISATION and not DISTINGUISHING & set(before)


def link_embedded_name(asker: Asker) -> Link | None:
    """Return the person whose name stands at the end of a longer one: "Comedian Ellen DeGeneres".

    What comes before is none of the name when it is no given name ("Michael Patrick Leahy" is not Patrick Leahy) and
    far more articles do without it, in the same company. An initial is that of a name that some leave out, however
    many have it: "J. Edgar Hoover".
    """
    if asker.entity_type != PERSON:
        return None
    shorter = [one for one in asker.candidates if "embedded" in one.kinds and one.entity_type == PERSON]
    if not shorter:
        return None
    best = max(shorter, key=lambda one: (one.article_count, len(one.name_key), one.name_key))
    before = asker.name_key.removesuffix(best.name_key).split()
    is_initial = all(len(word) == 1 for word in before)
    if asker.lists.given_names.intersection(before):
        return None
    if not _is_in_company(asker, best, 0.0 if is_initial else MIN_EMBEDDED_RATIO):
        return None
    evidence = f"{best.name} in {best.article_count} articles, {best.shared_companion_count} companions in common"
    return Link(asker.key, NOT_APPLICABLE_KEY, best.key, "embedded_name", RULES["embedded_name"], evidence)


def _is_in_company(asker: Asker, best: Candidate, min_article_ratio: float, ratio: float = MIN_COMPANION_RATIO) -> bool:
    """Tell whether a candidate is frequent enough and beside the same names, and never beside the one that asks."""
    return (
        best.article_count >= min_article_ratio * asker.article_count  # company last, as it may be unknown
        and best.shared_article_count == 0
        and best.shared_companion_count >= max(MIN_COMPANIONS, ratio * asker.companion_count)
    )
