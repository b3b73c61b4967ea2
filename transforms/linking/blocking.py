"""Which names are compared: those that share a block. What shares none is never looked at together."""

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from transforms.acronyms import compute_initials
from transforms.keys import compute_key
from transforms.linking.frames import NAME_BLOCK
from transforms.linking.rules import PERSON
from transforms.linking.spelling import MIN_LETTERS
from transforms.names import (
    CORPORATE_SUFFIXES,
    NO_NICKNAMES,
    PARTICLES,
    PATRONYMICS,
    parse_person,
)
from transforms.qualified_keys import FEMALE_QUALIFIER, split_qualifier

MIN_INITIALS: Final = 3
MAX_INITIALS: Final = 6
"""Letters of an acronym that is looked for by initials alone: shorter ones mean too much, longer ones are words."""

MIN_PLURAL_LETTERS: Final = 5
"""Letters of a word whose final "s" may be a plural's."""

ABBREVIATIONS: Final = {
    "un": ("united", "nations"),
    "us": ("united", "states"),
    "uk": ("united", "kingdom"),
    "eu": ("european", "union"),
}
"""What names of organisations often begin with, written out."""

TURNED: Final = frozenset({"department", "bureau"})
"""What is called "Department of Justice" and "Justice Department"; a University of Miami is not Miami University, and a
Ministry of Justice is any country's."""

MAX_EXTRA_WORDS: Final = 2
"""Words that a longer form may have before the shorter: a place, a title."""

Nicknames = Mapping[str, frozenset[str]]
"""Given name -> the names it can be short for."""

Block = tuple[str, bool, bool]
"""The block, whether the name asks there, whether it is asked."""


def block_names(names: pl.DataFrame, nicknames: Nicknames = NO_NICKNAMES) -> pl.DataFrame:
    """Return the blocks of names (``frames.NAME_BLOCK``); each has at least one.

    Args:
        names: ``frames.OBSERVED_NAME``.
        nicknames: Given name -> the names it can be short for.
    """
    rows = [
        (key, compute_key(block), block.partition(":")[0], is_asking, is_asked)
        for key, entity_type, name_key in names.select("observed_key", "entity_type", "name_key").iter_rows()
        for block, is_asking, is_asked in list_blocks(entity_type, name_key, nicknames)
    ]
    return pl.DataFrame(rows, schema=NAME_BLOCK, orient="row")


def list_blocks(entity_type: str, name_key: str, nicknames: Nicknames = NO_NICKNAMES) -> list[Block]:
    """Return the blocks of a name, each once.

    Examples:
        >>> [block for block, _, _ in list_blocks("PERSON", "asim munir")][:3]
        ['name:asim munir', 'surname:munir', 'person:munir|a']
        >>> list_blocks("PERSON", "munir")[1]
        ('surname:munir', True, False)
    """
    if split_qualifier(name_key)[1] != "":
        kinds = _block_qualified(entity_type, name_key)
    else:
        kinds = _block_person(name_key, nicknames) if entity_type == PERSON else _block_thing(name_key)
    return list(dict.fromkeys([(f"name:{name_key}", True, True), *kinds]))


def _block_person(name_key: str, nicknames: Nicknames) -> Iterator[Block]:
    """Yield where a person's name is looked for: a surname asks full names, a full name asks its other forms."""
    person = parse_person(name_key)
    if person.given == "":
        yield f"surname:{name_key}", True, False
        return
    if name_key.split(maxsplit=1)[0] in PARTICLES:
        yield f"surname:{name_key}", True, False
    words = person.surname.split()
    for surname in {person.surname, "" if words[0] in PATRONYMICS else words[-1]} - PARTICLES - {""}:
        yield f"surname:{surname}", False, True
    yield f"person:{person.surname}|{person.given[0]}", True, True
    for initial in sorted({given[0] for given in nicknames.get(person.given, ())} - {person.given[0]}):
        yield f"person:{person.surname}|{initial}", True, False
    yield f"embedded:{name_key}", False, True
    for tail in _list_tails(name_key, least=2):
        yield f"embedded:{tail}", True, False
    yield from _block_spelling(PERSON, name_key)


def _block_qualified(entity_type: str, name_key: str) -> Iterator[Block]:
    """Yield where a name that its text tells from others of its spelling is looked for: it asks, and is never asked."""
    bare, qualifier = split_qualifier(name_key)
    yield f"name:{bare}", True, False
    yield f"surname:{bare}", True, False
    if entity_type == PERSON and qualifier != FEMALE_QUALIFIER:
        yield f"person:{qualifier}|{bare[0]}", True, False


def _block_thing(name_key: str) -> Iterator[Block]:
    """Yield where any other name is looked for: a single word may also be a surname taken for something else."""
    if " " not in name_key:
        yield f"surname:{name_key}", True, False
    if " " not in name_key and MIN_INITIALS <= len(name_key) <= MAX_INITIALS:
        yield f"initials:{name_key}", True, False
    yield f"tail:{name_key}", True, False
    yield f"head:{name_key}", True, False
    words = name_key.split()
    for extra in range(1, min(MAX_EXTRA_WORDS, len(words) - 1) + 1):
        yield f"head:{' '.join(words[:-extra])}", False, True
    for tail in _list_tails(name_key, least=1):
        yield f"tail:{tail}", False, True
    for initials in compute_initials(name_key):
        if MIN_INITIALS <= len(initials) <= MAX_INITIALS:
            yield f"initials:{initials}", False, True
    yield f"core:{find_core(name_key)}", True, True
    yield from _block_spelling("", name_key)


def find_core(name_key: str) -> str:
    """Return what the forms of an organisation's name share: no "Inc of Canada", singular, "of" turned round.

    Examples:
        >>> find_core("dominion textiles inc of canada"), find_core("bank of canada")
        ('dominion textile', 'bank of canada')
        >>> find_core("department of justice"), find_core("un security council")
        ('justice department', 'united nation security council')
    """
    words = [full for word in name_key.split() for full in ABBREVIATIONS.get(word, (word,))]
    ends = [at for at in range(1, len(words) - 1) if words[at] in CORPORATE_SUFFIXES and words[at + 1] == "of"]
    kept = words[: ends[0]] if ends else words
    singular = [word.removesuffix("s") if len(word) >= MIN_PLURAL_LETTERS else word for word in kept]
    if len(singular) > len(("department", "of")) and singular[0] in TURNED and singular[1] == "of":
        singular = [*singular[2:], singular[0]]
    return " ".join(singular)


def _list_tails(name_key: str, *, least: int) -> list[str]:
    """Return the ends of a name, of so many words at least, with one or two words less; none begins with a particle."""
    words = name_key.split()
    starts = range(1, min(MAX_EXTRA_WORDS, len(words) - least) + 1)
    return [" ".join(words[at:]) for at in starts if words[at] not in PARTICLES]


def _block_spelling(kind: str, name_key: str) -> Iterator[Block]:
    """Yield where two spellings meet that differ in the first word or in the last, but not in its first letter.

    These blocks are large (all people called "John M..."), and hold few that are spelt alike: so nobody asks in them,
    and the warehouse keeps which names in them are near each other (``observed_spelling``).
    """
    words = name_key.split()
    if len(name_key) < MIN_LETTERS or len(words) == 1:
        return
    yield f"spelling:{kind}|{words[0][0]}| {' '.join(words[1:])}", False, False
    yield f"spelling:{kind}|{' '.join(words[:-1])} |{words[-1][0]}", False, False
