"""What stands beside a name that others bear, and tells it from theirs: "Mrs Lee" is no man, "Lee, Iowa" is a town.

Within its text such a name is the only one; across texts its words alone would make it the most frequent bearer's. So
it gets a qualifier, which is part of its key and not of what is shown: "lee(ms)", "lee(iowa)". Rules across articles
compare names, and a qualified one is no other's equal; ``transforms.linking.qualified`` says what it may still be.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from transforms.chains import Chain
from transforms.cues import TextCues
from transforms.mentions import PERSON, Mention
from transforms.name_lists import NameLists
from transforms.names import PersonName, fold_word, parse_person
from transforms.qualified_keys import FEMALE_QUALIFIER, qualify_key
from transforms.states import read_state

_COURTESY: Final = {
    **dict.fromkeys(
        "mrs ms mme madame frau senora signora baroness dame congresswoman chairwoman".split(), FEMALE_QUALIFIER
    ),
    **dict.fromkeys("mr herr monsieur senor signor congressman chairman sir lord".split(), ""),
}
"""Titles that tell the gender of who bears them; a man's changes nothing, as a surname alone is mostly his."""

_STATION: Final = re.compile(r"\b(?:affiliate|station) $")
_WORK: Final = re.compile(r"\b(?:documentary|film|movie|novel|album|musical|short|sitcom) [\"“']?(?:The )?$")
_CLASS: Final = re.compile(r"[-–\s\"”\ufffd]{1,4}class\b")
"""Behind a person's name: ships and other things built alike, called after one that is called after the person."""

_RELATIVE: Final = re.compile(
    r"\b(?:son|daughter|father|mother|wife|husband|brother|sister|uncle|aunt|cousin|nephew|niece)s?,? $"
)
"""Before a given name alone: it is one of the family of whom the text named last."""

_MAX_BEFORE: Final = 20


def qualify_chains(cues: TextCues, chains: Sequence[Chain], lists: NameLists) -> None:
    """Give the entities of a text a qualifier where what stands beside their mentions asks for one.

    Args:
        cues: Of the body.
        chains: All entities; their ``name_key`` is changed.
        lists: The reviewed lists.
    """
    titles = _read_courtesy(cues)
    for chain in chains:
        mentions = [mention for mention, _ in chain.mentions]
        if chain.entity_type == PERSON and " " not in chain.name_key:
            qualifier = _find_gender(mentions, titles)
            if not qualifier and chain.name_key in lists.given_names:
                qualifier = _find_family(cues.text, chain.name_key, mentions, chains)
        else:
            qualifier = _find_qualifier(cues.text, chain, mentions, lists)
        if qualifier:
            chain.name_key = qualify_key(chain.name_key, qualifier)


def _read_courtesy(cues: TextCues) -> dict[int, str]:
    """Return where a name begins -> the qualifier of the courtesy title before it, "" of a man's."""
    found = {}
    for run in cues.runs:
        words = [fold_word(word) for word in cues.text[run.start : run.end].split()]
        told = {_COURTESY[word] for word in words if word in _COURTESY}
        if len(told) == 1 and run.name_end > run.name_start:
            found[run.name_start] = told.pop()
    return found


def _place_people(chains: Sequence[Chain]) -> list[tuple[int, PersonName]]:
    """Return where people of a full name are named, in order, and who they are."""
    people = [(chain, parse_person(chain.name_key)) for chain in chains if chain.entity_type == PERSON]
    named = [(chain, person) for chain, person in people if person.given != ""]
    return sorted((mention.start, person) for chain, person in named for mention, _ in chain.mentions)


def _find_family(text: str, given: str, mentions: Sequence[Mention], chains: Sequence[Chain]) -> str:
    """Return the surname of whom else the text named last before it says that a given name is a relative's."""
    behind = [mention.start for mention in mentions if _is_behind(_RELATIVE, text, mention)]
    if not behind:
        return ""
    before = [person for start, person in _place_people(chains) if start < behind[0] and person.given != given]
    return before[-1].surname if before else ""


def _find_gender(mentions: Sequence[Mention], titles: Mapping[int, str]) -> str:
    """Return the qualifier of a woman whom a text has by her surname alone, and by no man's title."""
    told = {titles[mention.start] for mention in mentions if mention.start in titles}
    return told.pop() if len(told) == 1 else ""


def _find_qualifier(text: str, chain: Chain, mentions: Sequence[Mention], lists: NameLists) -> str:
    """Return what tells a thing from others of its name; "" where nothing does."""
    cue: tuple[str, re.Pattern[str]] | None = None
    if chain.entity_type == "GPE":
        return _find_state(text, chain, mentions, lists)
    if chain.entity_type == PERSON:
        return "class" if any(_CLASS.match(text, mention.end) for mention in mentions) else ""
    if chain.entity_type == "ORG" and chain.name_key in lists.well_known:
        cue = "station", _STATION
    elif chain.entity_type == "WORK_OF_ART":
        cue = "work", _WORK
    return cue[0] if cue is not None and any(_is_behind(cue[1], text, mention) for mention in mentions) else ""


def _is_behind(cue: re.Pattern[str], text: str, mention: Mention) -> bool:
    return cue.search(text[max(0, mention.start - _MAX_BEFORE) : mention.start]) is not None


def _find_state(text: str, chain: Chain, mentions: Sequence[Mention], lists: NameLists) -> str:
    """Return the state that follows the name of a town that people bear, too, and no list has."""
    is_borne = chain.name_key in lists.surnames or chain.name_key in lists.given_names
    if not is_borne or chain.name_key in lists.cities or lists.is_place(chain.name_key):
        return ""
    return next((state for mention in mentions if (state := read_state(text, mention, lists)) != ""), "")
