"""Names that the reviewed lists know: a country, people or institution under the one name the lists give it.

"FBI" is the Federal Bureau of Investigation in every newsroom, whether or not the article spells it out. Short names
that also mean something else ("the Fed", "IS") count only beside a name that means nothing else.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from transforms.chains import Chain
from transforms.cues import TextCues
from transforms.means import MentionMeans
from transforms.mentions import PERSON, Mention, build_mention
from transforms.name_lists import NameLists, WellKnown
from transforms.names import compute_name_key
from transforms.spans import Span

GENERIC_WORDS: Final = frozenset(
    "administration board cabinet committee council court department government ministry pac pacs party state states "
    "super".split(),
)
"""Words that texts capitalise for whichever body they are about: alone, and no short form in their article, no name."""

_JOINTS: Final = frozenset({"-", "–", "/", "and", "&"})
"""What stands between names that are two."""

_LOST: Final = re.compile("\ufffd+")
"""A character that was lost in decoding, of up to four bytes."""

DIRECTIONS: Final = {
    "north": ("north ", "northern "),
    "south": ("south ", "southern "),
    "east": ("east ", "eastern "),
    "west": ("west ", "western "),
}
"""Words that alone stand for the one country, or Northern part of one, that the article names: "the North" for North
Elbonia. Of states and provinces they do not: "the South" is no South Carolina."""


def find_listed_names(cues: TextCues, lists: NameLists) -> list[Mention]:
    """Return the well-known names of several words, or in capitals, in a text, whatever the model marked there.

    It cuts "Elbonian Union of Tea and the Alps" in two, and gives the halves away as a body and a mountain range.
    "UN" is no part of a name that is written "Un".

    Args:
        cues: Of the body.
        lists: The reviewed lists.
    """
    found = []
    beyond = 0
    for at in cues.capitals:
        word = cues.words[at]
        if at < beyond:
            continue
        if word.text.isupper() and word.folded in lists.well_known and not lists.well_known[word.folded].is_ambiguous:
            mention = build_mention(cues.text, Span(word.start, word.end, lists.well_known[word.folded].entity_type))
            found += [] if mention is None else [mention]
        for form in lists.well_known_starts.get(word.folded, ()):
            words = cues.words[at : at + len(form)]
            if tuple(word.folded for word in words) != form or "\n" in cues.text[words[0].start : words[-1].end]:
                continue
            label = lists.well_known[" ".join(form)].entity_type
            end = words[-1].start + len(words[-1].text.removesuffix("."))
            mention = build_mention(cues.text, Span(words[0].start, end, label))
            if mention is not None and mention.name_key == " ".join(form) and words[-1].text[0].isupper():
                found.append(mention)
                beyond = at + len(form)
                break
    return found


def cut_to_listed(mentions: Sequence[Mention], listed: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without those that hold more than well-known names, which stay without them.

    Taken off are people who only end with one ("Obama White House"), and several names in a row, joined by a hyphen, a
    stroke or "and" ("Elbonian Post-Tea News").

    Args:
        mentions: In order, not overlapping.
        listed: From ``find_listed_names``.
    """
    starts = {mention.end: mention.start for mention in listed}
    ends = {mention.start: mention.end for mention in listed}
    return [
        mention
        for mention in mentions
        if not (mention.label == PERSON and starts.get(mention.end, mention.start) > mention.start)
        and not _is_row(mention, starts, ends)
    ]


def _is_row(mention: Mention, starts: Mapping[int, int], ends: Mapping[int, int]) -> bool:
    """Tell whether a mention begins with one well-known name and ends with another, a joint between them."""
    first_end, last_start = ends.get(mention.start), starts.get(mention.end)
    if first_end is None or last_start is None or first_end > last_start:
        return False
    joint = mention.surface_text[first_end - mention.start : last_start - mention.start]
    return joint.strip() in _JOINTS


def find_well_known(keys: Collection[str], lists: NameLists) -> dict[str, WellKnown]:
    """Return name key -> what the list has, for those names of a text that mean it.

    Args:
        keys: The name keys of the text. An ambiguous one means it if another that is not does, too.
        lists: The reviewed lists.
    """
    known = {key: found for key in keys if (found := _look_up_well_known(key, lists)) is not None}
    sure = {found.name for found in known.values() if not found.is_ambiguous}
    return {key: found for key, found in known.items() if found.name in sure}


def _look_up_well_known(key: str, lists: NameLists) -> WellKnown | None:
    """Return what the list has for a name key; for one with a lost character, what alone has another in its place."""
    if "\ufffd" not in key:
        return lists.well_known.get(key)
    pattern = re.compile(".".join(map(re.escape, _LOST.split(key))))
    fits = {known for other, known in lists.well_known.items() if pattern.fullmatch(other)}
    return fits.pop() if len(fits) == 1 else None


def look_up_listed(key: str, kind: str, lists: NameLists, means: MentionMeans) -> tuple[str, str | None] | None:
    """Return the name a list gives a place or a people, with the code of a country; None when no list has it."""
    if kind == "GPE":
        country = lists.countries.get(key)
        if country is not None:
            return country.name, country.country_code
        if means.type_tables and key in lists.province_aliases:
            return lists.province_aliases[key], None
    if kind == "NORP" and means.demonyms and key in lists.demonyms:
        return lists.demonyms[key], None
    return None


def start_listed_chains(
    groups: Mapping[str, Sequence[Mention]], types: Mapping[str, str], lists: NameLists, means: MentionMeans
) -> dict[str, Chain]:
    """Return name key -> the entity that a list has for it, with its mentions; several names may have one entity.

    Args:
        groups: Name key -> the mentions by that name.
        types: Name key -> type.
        lists: The reviewed lists.
        means: Which means are used: well_known, type_tables, demonyms.
    """
    well_known = find_well_known(groups.keys(), lists) if means.well_known else {}
    chains: dict[tuple[str, str], Chain] = {}
    listed: dict[str, Chain] = {}
    for key, group in groups.items():
        kind, found = types[key], well_known.get(key)
        if found is not None and found.entity_type == kind:
            named: tuple[str, str | None] | None = (found.name, None)
        else:
            named = look_up_listed(key, kind, lists, means)
        if named is not None:
            own_key = compute_name_key(named[0])
            listed[key] = chains.setdefault((kind, own_key), Chain(kind, own_key, *named))
            listed[key].add(group, "exact" if key == own_key else "alias")
    return listed


def settle_directions(chains: Sequence[Chain]) -> list[Chain]:
    """Return the entities of a text: "the North" as the one place that it can stand for, else left out.

    Args:
        chains: The entities.
    """
    kept = [chain for chain in chains if chain.name_key not in DIRECTIONS]
    places = [chain for chain in kept if chain.entity_type in {"GPE", "LOC"}]
    for chain in chains:
        if chain.name_key not in DIRECTIONS:
            continue
        beginning, part = DIRECTIONS[chain.name_key]
        meant = [
            place
            for place in places
            if place.name_key.startswith(part) or (place.country_code and place.name_key.startswith(beginning))
        ]
        if len(meant) == 1:
            mentions = [mention for mention, _ in chain.mentions]
            meant[0].add(mentions, "short_form")
    return kept


def drop_generic(chains: Sequence[Chain]) -> list[Chain]:
    """Return the entities of a text without those that are only called by a word for any such body ("Government")."""
    return [chain for chain in chains if chain.name_key not in GENERIC_WORDS]
