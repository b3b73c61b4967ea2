"""News agencies: is an outlet one, does a byline, a dateline or a text credit one?

One reviewed table (seeds/agencies.csv) has the names under which they stand in all of these places.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from transforms.agency_credits import compile_credits, read_credits
from transforms.names import fold_name
from transforms.text import fold_line

AGENCY_SCHEMA: Final = pl.Schema(
    {
        "name": pl.String(),  # as it stands in bylines, datelines and texts
        "agency": pl.String(),  # whose name it is, under its usual name
        "kind": pl.String(),  # wire (a news agency), release (of press releases), outlet (another in datelines)
        "is_ambiguous": pl.Boolean(),  # it is as often something else
        "domain": pl.String(),  # of the agency's own site, without www.; null when it has none
    }
)
"""Grain: a name of an agency. What ``build_agencies`` needs."""


@dataclass(frozen=True, eq=False)
class Agencies:
    """The agencies that are known. Two of them are never equal, so that results can be kept by it.

    Attributes:
        source_ids: The domains and folded names of news agencies, as outlets are identified.
        byline_keys: What all spellings of the names have in common that are known by themselves in a byline.
        exact_names: Ambiguous names, which count in a byline only as they are written: "SID", and not "Sid".
        dateline_names: All names, in lower case.
        wire_names: The names of news agencies, in lower case.
        credit: What in a byline is a name of a news agency that is nothing else; case counts: "AP", and not "ap".
        text_credits: What in a text credits one of these, from ``compile_credits``.
    """

    source_ids: frozenset[str]
    byline_keys: frozenset[str]
    exact_names: frozenset[str]
    dateline_names: frozenset[str]
    wire_names: frozenset[str]
    credit: re.Pattern[str]
    text_credits: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]

    def names_one(self, name: str) -> bool:
        """Tell whether an author's name is an agency's, or that of a branch of one ("AFP Deutschland")."""
        first, _, rest = name.partition(" ")
        is_branch = first.isupper() and len(first) > 2 and fold_name(first) in self.byline_keys  # noqa: PLR2004
        return (
            name in self.exact_names
            or fold_name(name) in self.byline_keys
            or (is_branch and len(fold_name(rest).split()) == 1)
        )

    def names_one_in_dateline(self, name: str) -> bool:
        """Tell whether what stands in a dateline is the name of an agency, or of another that files as they do."""
        return name.lower() in self.dateline_names

    def rank(self, article: Mapping[str, Any]) -> int:
        """Return how near an article is to an agency, by all that it says of it.

        0: it is the agency's own; 1: byline, dateline or text say that an agency wrote it; 2: they say that it uses
        what one wrote; 3: none of it.

        Args:
            article: ``story_schemas.STORY_ARTICLE``.
        """
        if not self.source_ids.isdisjoint(article["source_ids"]):
            return 0
        if any(name.lower() in self.wire_names for name in article["dateline_agencies"]):
            return 1
        if any(self.credit.search(author) for author in article["authors"]):
            return 1
        return 1 + read_credits(self.text_credits, article["openings"], article["closings"])


def build_agencies(agencies: pl.DataFrame) -> Agencies:
    """Return the look-up of agencies.

    Args:
        agencies: ``AGENCY_SCHEMA``.
    """
    is_wire, is_ambiguous = pl.col("kind") == "wire", pl.col("is_ambiguous")
    credited = agencies.filter(is_wire & ~is_ambiguous)["name"].to_list()
    signing = agencies.filter(pl.col("kind") != "outlet")
    alternatives = "|".join(re.escape(name) for name in sorted(credited, key=len, reverse=True))
    return Agencies(
        source_ids=frozenset([*map(fold_line, credited), *agencies.filter(is_wire)["domain"].drop_nulls()]),
        byline_keys=frozenset(map(fold_name, signing.filter(~is_ambiguous)["name"])),
        exact_names=frozenset(signing.filter(is_ambiguous)["name"]),
        dateline_names=frozenset(agencies["name"].str.to_lowercase()),
        wire_names=frozenset(agencies.filter(is_wire)["name"].str.to_lowercase()),
        text_credits=compile_credits(alternatives or "(?!)"),
        credit=re.compile(rf"(?<!\w)(?:{alternatives or '(?!)'})(?!\w)"),
    )
