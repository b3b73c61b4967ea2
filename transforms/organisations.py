"""The organisations of one text: "United Nations Security Council (UNSC)", "UNSC" and "the Security Council"."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from transforms.acronyms import SMALL_WORDS, compute_initials
from transforms.chains import Chain, start_chain
from transforms.means import MentionMeans
from transforms.mentions import Mention
from transforms.name_types import ORGANISATION_HEADS

_OPENING: Final = re.compile(r"\s*[(\[]\s*[\"“']?")
_CAPITALISED: Final = re.compile(r"\b(?!The )[A-Z][\w.']* $")
_MIN_ACRONYM_LETTERS: Final = 2

Groups = Mapping[str, Sequence[Mention]]


def resolve_organisations(text: str, groups: Groups, listed: Mapping[str, Chain], means: MentionMeans) -> list[Chain]:
    """Return the organisations of a text.

    Args:
        text: The body.
        groups: Name key -> the mentions by that name.
        listed: Name key -> the organisation that a list has for it, its mentions in it; others may be short for it.
        means: Which means are used: tail_forms.
    """
    targets = {key: None if key in listed else _find_target(text, key, groups, means) for key in groups}
    chains = {
        key: listed[key] if key in listed else start_chain("ORG", key, groups[key])
        for key in sorted(groups)
        if targets[key] is None
    }
    for key in sorted(groups):
        target = targets[key]
        if target is not None:
            full, rule = target
            while full not in chains and (further := targets[full]) is not None:
                full = further[0]
            chains[full].add(groups[key], rule)
    return list({id(chain): chain for chain in chains.values()}.values())


def _find_target(text: str, key: str, groups: Groups, means: MentionMeans) -> tuple[str, str] | None:
    """Return the fuller name that a name stands for and the rule that says so; None when it stands for itself."""
    if " " not in key:
        full = _find_acronym(text, key, groups)
        if full is not None:
            return full, "acronym"
        if key in ORGANISATION_HEADS:
            return None
    longer = [other for other in groups if other.startswith(key + " ")]
    if not longer and means.tail_forms and not _is_modified(text, groups[key]):
        first = groups[key][0].start
        longer = [
            other
            for other in groups
            if other.endswith(" " + key) and groups[other][0].start < first and _is_title_case(groups[other][0])
        ]
    return (longer[0], "short_form") if len(longer) == 1 else None


def _is_title_case(mention: Mention) -> bool:
    """Tell whether all words of a name but the small ones have capitals; else it holds more than a name."""
    return all(not word.islower() or word in SMALL_WORDS for word in mention.surface_text.split())


def _is_modified(text: str, group: Sequence[Mention]) -> bool:
    """Tell whether any mention has a capitalised word right before it: "Russian Tea Board" is not the Elbonian one."""
    return any(_CAPITALISED.search(text[max(0, mention.start - 30) : mention.start]) for mention in group)


def _find_acronym(text: str, key: str, groups: Groups) -> str | None:
    """Return the name whose initials are this acronym: the one that introduces it in brackets, else the only one."""
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
