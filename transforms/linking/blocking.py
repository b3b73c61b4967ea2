"""Which names are compared: those that share a block. What shares none is never looked at together."""

from collections.abc import Iterator

import polars as pl

from transforms.linking.frames import NAME_BLOCK
from transforms.names import PARTICLES, parse_person

Block = tuple[str, bool, bool]
"""The block, whether the name asks there, whether it is asked."""


def block_names(names: pl.DataFrame) -> pl.DataFrame:
    """Return the blocks of names (``frames.NAME_BLOCK``); each has at least one.

    Args:
        names: ``frames.OBSERVED_NAME``.
    """
    rows = [
        (key, *block)
        for key, entity_type, name_key in names.select("observed_key", "entity_type", "name_key").iter_rows()
        for block in list_blocks(entity_type, name_key)
    ]
    return pl.DataFrame(rows, schema=NAME_BLOCK, orient="row")


def list_blocks(entity_type: str, name_key: str) -> list[Block]:
    """Return the blocks of a name, each once.

    Examples:
        >>> [block for block, _, _ in list_blocks("PERSON", "asim munir")]
        ['name:asim munir', 'surname:munir', 'person:munir|a']
        >>> list_blocks("PERSON", "munir")[1]
        ('surname:munir', True, False)
    """
    kinds = _block_person(name_key) if entity_type == "PERSON" else iter(())
    return list(dict.fromkeys([(f"name:{name_key}", True, True), *kinds]))


def _block_person(name_key: str) -> Iterator[Block]:
    """Yield where a person's name is looked for: a surname asks full names, a full name asks its other forms."""
    person = parse_person(name_key)
    if person.given == "":
        yield f"surname:{name_key}", True, False
        return
    words = person.surname.split()
    for surname in {person.surname, words[-1]} - PARTICLES:
        yield f"surname:{surname}", False, True
    yield f"person:{person.surname}|{person.given[0]}", True, True
