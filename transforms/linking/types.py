"""One name with several types: what most articles take it for, it is in the others too."""

from typing import Final

from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.rules import PERSON, RULES, Link
from transforms.linking.shared_names import is_numbered_bill

CLEAR_MAJORITY: Final = 0.9
"""Of all articles that have a single word as a name, the share that must agree on its type: "Paris" and "Jordan" are a
place and a person. A name of several words is one thing, whatever it is taken for."""

MAJORITY: Final = 0.6
MIN_COMPANIONS: Final = 3
"""The share that is enough, between types that are not easily both, when the two are beside so many same names."""

_RARELY_RIGHT: Final = frozenset({"PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE"})
"""Types the model gives wrongly so often that an article with another counts twice."""

_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_TYPE_ORDER: Final = (
    "PERSON",
    "ORG",
    "GPE",
    "LOC",
    "FAC",
    "NORP",
    "EVENT",
    "PRODUCT",
    "LAW",
    "WORK_OF_ART",
    "LANGUAGE",
)
"""Which type goes first when as many articles have one as the other: by how often the model is right about each."""


def link_type(asker: Asker) -> Link | None:
    """Return the same name with the type that most articles give it; None where that is this one, or not clear."""
    others = [one for one in asker.candidates if one.name_key == asker.name_key and not _is_of_place(asker, one)]
    if not others or is_numbered_bill(asker.name_key):
        return None
    best = max(others, key=lambda other: rank_type(other.article_count, other.entity_type))
    total = asker.article_count + sum(other.article_count for other in others)
    if not _is_majority(asker, best):
        return None
    if asker.is_single and not _is_agreed(asker, best, best.article_count / total):
        return None
    evidence = (
        f"{best.entity_type} in {best.article_count} of {total} articles, {asker.entity_type} in {asker.article_count}"
    )
    return Link(asker.key, NOT_APPLICABLE_KEY, best.key, "type_majority", RULES["type_majority"], evidence)


def _is_majority(asker: Asker, best: Candidate) -> bool:
    """Tell whether more speaks for the other type; not where fewer articles have it, of a type that is often wrong."""
    own, other = (rank_type(one.article_count, one.entity_type) for one in (asker, best))
    return other > own and (other[0] > own[0] or best.article_count >= asker.article_count)


def _is_of_place(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether one is a place and the other a company that bears its name: "Elbonia Inc"."""
    return candidate.entity_type in _PLACES and asker.has_legal_form


def rank_type(article_count: int, entity_type: str) -> tuple[int, int]:
    """Return how much speaks for a type that so many articles give a name; the more goes first."""
    weight = article_count if entity_type in _RARELY_RIGHT else 2 * article_count
    return weight, -_TYPE_ORDER.index(entity_type) if entity_type in _TYPE_ORDER else -len(_TYPE_ORDER)


def _is_agreed(asker: Asker, best: Candidate, article_ratio: float) -> bool:
    """Tell whether enough articles agree on the type of a single word."""
    if article_ratio >= CLEAR_MAJORITY:
        return True
    kinds = {asker.entity_type, best.entity_type}
    is_doubtful = bool(kinds & _PLACES) and bool(kinds & {PERSON, "ORG"})
    return article_ratio >= MAJORITY and not is_doubtful and best.shared_companion_count >= MIN_COMPANIONS
