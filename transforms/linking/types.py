"""One name with several types: what most articles take it for, it is in the others too."""

from typing import Final

from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.rules import RULES, Link

MAJORITY: Final = 0.6
"""Of all articles that have a name of several words, the share that must agree on its type."""

CLEAR_MAJORITY: Final = 0.9
"""The same for one word, and between a person and anything else: "Paris" and "Jordan" are both."""


def link_type(asker: Asker) -> Link | None:
    """Return the same name with the type that most articles give it; None where that is this one, or not clear."""
    others = [candidate for candidate in asker.candidates if candidate.name_key == asker.name_key]
    if not others:
        return None
    best = max(others, key=lambda other: (other.article_count, other.entity_type))
    total = asker.article_count + sum(other.article_count for other in others)
    if best.article_count <= asker.article_count or best.article_count < _find_threshold(asker, best) * total:
        return None
    evidence = (
        f"{best.entity_type} in {best.article_count} of {total} articles, {asker.entity_type} in {asker.article_count}"
    )
    rule = "type_majority"
    return Link(asker.key, NOT_APPLICABLE_KEY, best.key, rule, RULES[rule], evidence)


def _find_threshold(asker: Asker, best: Candidate) -> float:
    is_doubtful = asker.is_single or "PERSON" in {asker.entity_type, best.entity_type}
    return CLEAR_MAJORITY if is_doubtful else MAJORITY
