"""Keys and hashes: the one place where an identity becomes a number.

A key is a hash of its natural key, so that the same input gives the same warehouse in any order, on any machine.
"""

import hashlib
from typing import Final

NOT_APPLICABLE_KEY: Final = -2
"""The special member for "there can be none"."""

_POSITIVE_63_BIT: Final = (1 << 63) - 1


def compute_digest(*parts: str) -> bytes:
    """Return the SHA-256 of the parts, delimiter-safe: ("ab", "c") and ("a", "bc") differ.

    Each part is preceded by its length in bytes (a netstring, https://cr.yp.to/proto/netstrings.txt).
    """
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return digest.digest()


def compute_hash(*parts: str) -> str:
    """Return the SHA-256 of the parts as 64 hex digits: the name of a content.

    Examples:
        >>> compute_hash("ab", "c") == compute_hash("a", "bc")
        False
    """
    return compute_digest(*parts).hex()


def compute_key(*parts: str) -> int:
    """Return a surrogate key from 0 to 2**63 - 1 for a natural key of one or more parts.

    Two of ten million natural keys meet by chance once in 180,000 warehouses (birthday bound on 63 bits); the grain
    checks of the warehouse find it if it happens.

    Examples:
        >>> compute_key("PERSON", "asim munir") == compute_key("PERSON", "asim munir")
        True
    """
    return int.from_bytes(compute_digest(*parts)[:8], "big") & _POSITIVE_63_BIT
