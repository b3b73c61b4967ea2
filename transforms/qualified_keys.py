"""The keys of names that what stands beside them tells from others of their spelling: "lee(iowa)", "lee(ms)".

``transforms.qualifiers`` gives them, and ``transforms.linking`` asks what such a name may still be.
"""

from typing import Final

FEMALE_QUALIFIER: Final = "ms"
"""Qualifier of a surname that a text has with a woman's courtesy title only (``qualify_key``)."""


def qualify_key(name_key: str, qualifier: str) -> str:
    """Return the key of a name that what stands beside it tells from others of its spelling.

    It is one word as the name was, and no name as written has such a key.

    Examples:
        >>> qualify_key("lee", "iowa"), split_qualifier("lee(iowa)"), split_qualifier("lee")
        ('lee(iowa)', ('lee', 'iowa'), ('lee', ''))
    """
    return f"{name_key}({qualifier.replace(' ', '-')})"


def split_qualifier(name_key: str) -> tuple[str, str]:
    """Return a key without its qualifier, and the qualifier; "" without one."""
    bare, _, qualifier = name_key.partition("(")
    return bare, qualifier.removesuffix(")")
