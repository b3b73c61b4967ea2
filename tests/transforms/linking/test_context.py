"""In one article, an ambiguous name is the candidate whose company the article has."""

import polars as pl
import pytest

from transforms.linking.context import choose_by_context
from transforms.linking.frames import ARTICLE_CONTEXT, NAME_LINK


def choose(*rows: tuple[int, int, float]) -> list[tuple[object, ...]]:
    """Return the links of name 1 in article 9: rows are (candidate, shared companions, weight)."""
    contexts = pl.DataFrame([(1, 9, *row) for row in rows], schema=ARTICLE_CONTEXT, orient="row")
    links = choose_by_context(contexts)
    assert links.schema == NAME_LINK
    return links.rows()


def test_the_candidate_with_clearly_more_company_is_meant() -> None:
    assert choose((5, 1, 1.0), (6, 13, 12.5)) == [
        (1, 9, 6, "context", 0.7, "13 companions of these months, weight 12.5; the next has 1.0")
    ]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([(5, 12, 11.5)], id="too-little-company"),
        pytest.param([(5, 13, 13.0), (6, 4, 4.0)], id="too-near-to-the-next"),
        pytest.param([(5, 13, 13.0), (6, 13, 13.0)], id="tie"),
        pytest.param([], id="nobody"),
    ],
)
def test_a_name_stays_in_doubt(rows: list[tuple[int, int, float]]) -> None:
    assert choose(*rows) == []
