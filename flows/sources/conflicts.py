"""Blocks of the sources file that are right by themselves and contradict each other; those of groups: ``groups.py``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from transforms.urls import canonicalize_url

if TYPE_CHECKING:
    from datetime import date

    from flows.sources.model import Source

BlockPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Conflict:
    """Two places that cannot both be right.

    Attributes:
        path: The later place: the kind of block, its number, the field, the place in its list.
        other: The earlier place; None where only one is wrong.
        message: What is wrong.
    """

    path: BlockPath
    other: BlockPath | None
    message: str

    def renumber(self, numbers: Sequence[int]) -> "Conflict":
        """Return the same of blocks of which only some were looked at: their place there -> their place in the file."""
        return replace(self, path=_renumber(self.path, numbers), other=self.other and _renumber(self.other, numbers))


def _renumber(place: BlockPath, numbers: Sequence[int]) -> BlockPath:
    kind, number, *fields = place
    return (kind, numbers[int(number)], *fields)


def find_conflicts(sources: "Sequence[Source]") -> list[Conflict]:
    """Return what contradicts an earlier block: versions of one day, domains and addresses of two sources."""
    return [*_find_equal_versions(sources), *_find_shared_domains(sources), *_find_shared_urls(sources)]


def _find_equal_versions(sources: "Sequence[Source]") -> Iterator[Conflict]:
    seen: dict[tuple[str, date | None], int] = {}
    for number, source in enumerate(sources):
        first = seen.setdefault((source.id, source.valid_from), number)
        if first != number:
            day = "no valid_from" if source.valid_from is None else f"valid_from {source.valid_from}"
            yield Conflict(("source", number), ("source", first), f"this id with {day} is there already")


def _find_shared_domains(sources: "Sequence[Source]") -> Iterator[Conflict]:
    """Find domains of two sources. No date matters: an article of any time must find its source by its domain."""
    seen: dict[str, tuple[str, BlockPath]] = {}
    for number, source in enumerate(sources):
        said = dict(zip(source.domains, _number("domains", source.domains), strict=True))
        for domain in source.all_domains:
            path = ("domain",) if domain == source.domain else said.get(domain, ("id",))
            owner, other = seen.setdefault(domain, (source.id, ("source", number, *path)))
            if owner != source.id:
                yield Conflict(("source", number, *path), other, f'"{domain}" belongs to source "{owner}" already')


def _find_shared_urls(sources: "Sequence[Source]") -> Iterator[Conflict]:
    """Find addresses of two sources, and those that one block has twice."""
    seen: dict[str, tuple[str, BlockPath]] = {}
    for number, source in enumerate(sources):
        for field in ("feeds", "sitemaps", "urls"):
            urls: tuple[str, ...] = getattr(source, field)
            for path, url in zip(_number(field, urls), urls, strict=True):
                place: BlockPath = ("source", number, *path)
                owner, other = seen.setdefault(canonicalize_url(url) or url, (source.id, place))
                if owner != source.id:
                    yield Conflict(place, other, f'"{url}" is listed by source "{owner}" already')
                elif other[1] == number and other != place:
                    yield Conflict(place, other, f'"{url}" is listed twice')


def _number(field: str, values: Sequence[str]) -> list[tuple[str, int]]:
    return [(field, index) for index in range(len(values))]
