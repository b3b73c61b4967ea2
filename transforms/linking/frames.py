"""The frames of resolution across articles: what the warehouse gathers of names, and what is decided on them."""

from typing import Final

import polars as pl

OBSERVED_NAME: Final = pl.Schema(
    {
        "observed_key": pl.Int64(),
        "entity_type": pl.String(),
        "name_key": pl.String(),  # transforms.names.compute_name_key
    },
)
"""Grain: a name of one type, in its fullest form within some article. Read from the warehouse."""

NAME_BLOCK: Final = pl.Schema(
    {
        "observed_key": pl.Int64(),
        "block_key": pl.Int64(),  # transforms.keys.compute_key of it, as in "surname:munir"
        "kind": pl.String(),  # what stands before its colon: one of transforms.linking.blocking
        "is_asking": pl.Boolean(),  # may stand for others of the block
        "is_asked": pl.Boolean(),  # others of the block may stand for it; neither: for those that are spelt much alike
    },
)
"""Grain: a name in a block. Written by transforms/linking/blocking."""

NAME_PAIR: Final = pl.Schema(
    {
        "observed_key": pl.Int64(),  # the name that asks what it stands for
        "entity_type": pl.String(),
        "name_key": pl.String(),
        "name": pl.String(),
        "country_code": pl.String(),
        "article_count": pl.Int32(),
        "candidate_key": pl.Int64(),  # a name that it may stand for
        "candidate_type": pl.String(),
        "candidate_name_key": pl.String(),
        "candidate_name": pl.String(),
        "candidate_country_code": pl.String(),
        "candidate_article_count": pl.Int32(),
        "kinds": pl.List(pl.String()),  # of the blocks they share; "alias" where articles have the one for the other
        "alias_article_count": pl.Int32(),  # articles in which the candidate is named by the form that asks
        # Company, which is gathered step by step, for names that are not decided without it: null where it was not.
        "shared_article_count": pl.Int32(),  # articles that have both, as two
        "companion_count": pl.Int32(),  # names that some article has beside the one that asks
        "candidate_companion_count": pl.Int32(),  # and beside the candidate, if it is in one block "person" with it
        "shared_companion_count": pl.Int32(),  # those that some article has beside both
        # What an earlier load counted of two of near spelling, as far as it still holds; null where none did.
        "least_companion_count": pl.Int32(),  # no fewer are beside the one that asks
        "most_shared_companion_count": pl.Int32(),  # no more are beside both
    },
)
"""Grain: a name and a candidate. A name is given with all its candidates at once. Read from the warehouse."""

NAME_LINK: Final = pl.Schema(
    {
        "observed_key": pl.Int64(),
        "article_key": pl.Int64(),  # the article it holds for; keys.NOT_APPLICABLE_KEY for all
        "linked_key": pl.Int64(),  # the name it stands for; itself where that cannot be told
        "rule": pl.String(),  # one of transforms.linking.rules
        "score": pl.Float64(),
        "evidence": pl.String(),  # one line for people
    },
)
"""Grain: a name, for all articles or for one. No row: it stands for itself. Written by choice and context."""

UNDECIDED_PAIR: Final = pl.Schema({"observed_key": pl.Int64(), "candidate_key": pl.Int64()})
"""Grain: a name that is not decided yet, and a candidate whose company may decide it. Written by choice."""

ARTICLE_CONTEXT: Final = pl.Schema(
    {
        "observed_key": pl.Int64(),  # a name of several candidates
        "article_key": pl.Int64(),  # an article that has it
        "candidate_key": pl.Int64(),
        "shared_companion_count": pl.Int32(),  # names there that others of these months have beside the candidate
        "weight": pl.Float64(),  # each divided by the number of candidates it is beside
    },
)
"""Grain: a name, an article, a candidate with which the article shares companions. Read from the warehouse."""

ENTITY_NAME: Final = pl.Schema({**OBSERVED_NAME, "article_count": pl.Int32()})
"""Grain: a name of entities that have to be decided anew. Read from the warehouse."""

DECISION: Final = pl.Schema(
    {
        "observed_key": pl.Int64(),
        "entity_key": pl.Int64(),  # observed_key of the name that the entity is known by
        "linked_key": pl.Int64(),  # the next name on the way there; itself at its end
        "rule": pl.String(),
        "score": pl.Float64(),
        "evidence": pl.String(),
    },
)
"""Grain: a name, for all articles. Written by transforms/linking/decisions."""
