"""From bylines to authors: who is credited, with a key each, and how much of the article."""

import polars as pl

from transforms.agencies import Agencies
from transforms.bylines import read_byline
from transforms.keys import compute_key
from transforms.schemas import CREDIT


def credit_bylines(bylines: pl.DataFrame, agencies: Agencies) -> pl.DataFrame:
    """Return the authors of bylines (``schemas.CREDIT``), a byline that names nobody left out.

    An author is a name: two people of one name are one author, one person under two names is two. Each author of a
    byline has the same part of the article.

    Args:
        bylines: ``schemas.BYLINE``, each once.
        agencies: The agencies that are known.
    """
    rows = [
        (author, types, compute_key("author", credit.key), credit.key, *credit, position, 1 / len(signed))
        for author, types in bylines.select("author", "author_types").iter_rows()
        for signed in (read_byline(author, types, agencies),)
        for position, credit in enumerate(signed, start=1)
    ]
    return pl.DataFrame(rows, schema=CREDIT, orient="row")
