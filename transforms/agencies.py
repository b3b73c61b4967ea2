"""News agencies: is an outlet one, does a byline credit one?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from transforms.text import fold_line


@dataclass(frozen=True)
class Agencies:
    """The agencies that are known.

    Attributes:
        source_ids: Their domains and folded names, as outlets are identified.
        credit: What in a byline is one of their names.
    """

    source_ids: frozenset[str]
    credit: re.Pattern[str]

    def rank(self, source_ids: Iterable[str], authors: Iterable[str]) -> int:
        """Return how near an article is to an agency: 0 it is the agency's own, 1 it credits one, 2 neither."""
        if not self.source_ids.isdisjoint(source_ids):
            return 0
        return 1 if any(self.credit.search(author) for author in authors) else 2


def build_agencies(agencies: pl.DataFrame) -> Agencies:
    """Return the look-up of agencies.

    Args:
        agencies: Columns name, domain (String, null for a further name of an agency); case counts in a byline: "AP" is
            an agency and "ap" is none.
    """
    names = agencies["name"].to_list()
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return Agencies(
        source_ids=frozenset([*map(fold_line, names), *agencies["domain"].drop_nulls()]),
        credit=re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)"),
    )
