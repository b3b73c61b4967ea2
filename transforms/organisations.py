"""The organisations of one text: "United Nations Security Council (UNSC)", "UNSC" and "the Security Council"."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from transforms.chains import Chain, start_chain
from transforms.mentions import Mention

_SMALL_WORDS: Final = frozenset("of the and for in on at to de la du des und der die e y".split())
_OPENING: Final = re.compile(r"\s*[(\[]\s*[\"“'‘]?")
_MIN_ACRONYM_LETTERS: Final = 2


def resolve_organisations(text: str, groups: Mapping[str, Sequence[Mention]]) -> list[Chain]:
    """Return the organisations of a text.

    Args:
        text: The body.
        groups: Name key -> the mentions by that name.
    """
    targets = {key: _find_target(text, key, groups) for key in groups}
    chains = {key: start_chain("ORG", key, groups[key]) for key in sorted(groups) if targets[key] is None}
    for key in sorted(groups):
        target = targets[key]
        if target is not None:
            full, rule = target
            while full not in chains and (further := targets[full]) is not None:
                full = further[0]
            chains[full].add(groups[key], rule)
    return list(chains.values())


def _find_target(text: str, key: str, groups: Mapping[str, Sequence[Mention]]) -> tuple[str, str] | None:
    """Return the fuller name that a name stands for and the rule that says so; None when it stands for itself."""
    if " " not in key:
        full = _find_acronym(text, key, groups)
        if full is not None:
            return full, "acronym"
    longer = [other for other in groups if other.startswith(key + " ")]
    return (longer[0], "short_form") if len(longer) == 1 else None


def _find_acronym(text: str, key: str, groups: Mapping[str, Sequence[Mention]]) -> str | None:
    """Return the name whose initials are this acronym: the one that introduces it in brackets, else the only one.

    After Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text (2003),
    with whole initials only, since names rarely abbreviate by inner letters.
    """
    if len(key) < _MIN_ACRONYM_LETTERS or not any(mention.surface_text.isupper() for mention in groups[key]):
        return None
    fits = [other for other in groups if " " in other and key in compute_initials(other)]
    if len(fits) <= 1:
        return fits[0] if fits else None
    starts = {mention.start for mention in groups[key]}
    introducing = [other for other in fits if any(_opens_before(text, full, starts) for full in groups[other])]
    return introducing[0] if len(introducing) == 1 else None


def _opens_before(text: str, full: Mention, starts: set[int]) -> bool:
    """Tell whether right after a full name a bracket opens with one of the places in ``starts``."""
    opening = _OPENING.match(text, full.end)
    return opening is not None and opening.end() in starts


def compute_initials(name_key: str) -> frozenset[str]:
    """Return the acronyms a name can have: its initials with and without its small words.

    Examples:
        >>> sorted(compute_initials("department of justice"))
        ['dj', 'doj']
    """
    words = name_key.split()
    return frozenset(
        {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL_WORDS)},
    )
