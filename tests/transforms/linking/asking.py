"""Names that ask and their candidates, built by a few arguments."""

from typing import Any

from transforms.linking.candidates import Asker, Candidate, Company
from transforms.linking.rules import Link


def make_candidate(name: str, **changes: Any) -> Candidate:
    """Return a person of one article with forty companions, none of them the asker's, unless said otherwise."""
    row: dict[str, Any] = {
        "key": sum(ord(char) * 31**at for at, char in enumerate(name)) % 10**9,
        "entity_type": "PERSON",
        "name_key": name.casefold(),
        "name": name,
        "country_code": None,
        "article_count": 1,
        "kinds": (),
        "alias_article_count": 0,
        "shared_article_count": 0,
        "companion_count": 40,
        "shared_companion_count": 0,
    } | changes
    counts = (row.pop(name) for name in ("shared_article_count", "companion_count", "shared_companion_count"))
    limits = (row.pop(name, None) for name in ("least_companion_count", "most_shared_companion_count"))
    company = Company(*counts, *limits)
    return Candidate(**row, company=company)


def make_asker(name_key: str, *candidates: Candidate, **changes: Any) -> Asker:
    """Return a person's name of one article with ten companions, unless said otherwise."""
    row: dict[str, Any] = {
        "key": 1,
        "entity_type": "PERSON",
        "name_key": name_key,
        "name": name_key,
        "country_code": None,
        "article_count": 1,
        "companion_count": 10,
    } | changes
    companion_count = row.pop("companion_count")
    return Asker(**row, own_companion_count=companion_count, candidates=candidates)


def name_target(link: Link | None, asker: Asker) -> str | None:
    """Return the name that a link leads to; the asker's own for a doubt, None for no link."""
    if link is None:
        return None
    names = {candidate.key: candidate.name_key for candidate in asker.candidates} | {asker.key: asker.name_key}
    return names[link.linked_key]
