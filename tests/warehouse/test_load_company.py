"""What is known of the company of names is kept while they are asked, and names that were never decided are found."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.warehouse.copies import open_copy
from tests.warehouse.samples import (
    fetch,
    frame_mentions,
    frame_texts,
    load_article,
    make_mention,
    make_version,
    resolve,
)
from transforms.keys import compute_key
from warehouse import load_entities
from warehouse.load import load_texts

Con = duckdb.DuckDBPyConnection

SPELT_ALIKE = {
    "kiba": ["Kiba Reke", "Lake One"],
    "both": ["Kiba Reke", "Keba Reke"],
    **{f"kaba-{number}": ["Kaba Reke", f"Lake {number}"] for number in "123"},
    **{f"keba-{number}": ["Keba Reke", f"Port {number}"] for number in "123"},
}
"""Article -> people it names. One article has "Kiba Reke" and "Keba Reke" as two."""

UNDECIDED = """
    select observed.observed_id
    from observed_entity as observed
    anti join resolution_decision as decision using (observed_key)
"""


def load_people(con: Con, articles: dict[str, list[str]]) -> None:
    """Load articles that name people, each its text by itself; nobody is resolved."""
    load_article(con, *(make_version(compute_key(article), article, article) for article in articles))
    rows = [
        make_mention(
            article,
            compute_key("entity", "PERSON", name.casefold()),
            name,
            30 * at,
            entity_id=f"PERSON:{name.casefold()}",
            entity_type="PERSON",
            full_name=name,
        )
        for article, names in articles.items()
        for at, name in enumerate(names)
    ]
    bodies = {article: "".join(f"{name:<30}" for name in names) for article, names in articles.items()}
    load_texts(con, frame_texts(**bodies), frame_mentions(*rows), extraction_id="x1", run_key=1)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[pl.DataFrame]]:
    """Return the pairs that each step of company gives while names are resolved."""
    given: dict[str, list[pl.DataFrame]] = defaultdict(list)
    read_pairs = load_entities.read_pairs_in_company

    def keep_pairs(con: Con, step: load_entities.CompanyStep) -> Iterator[pl.DataFrame]:
        for pairs in read_pairs(con, step):
            given[step].append(pairs)
            yield pairs

    monkeypatch.setattr(load_entities, "read_pairs_in_company", keep_pairs)
    return given


def find_pair(pairs: pl.DataFrame, name: str, candidate_name: str) -> dict[str, Any]:
    """Return the one pair of two names."""
    return pairs.row(by_predicate=(pl.col("name") == name) & (pl.col("candidate_name") == candidate_name), named=True)


def test_a_pair_that_is_decided_by_its_articles_is_not_asked_for_with_all_company(
    con: Con, asked: dict[str, list[pl.DataFrame]]
) -> None:
    load_people(con, SPELT_ALIKE)
    resolve(con)
    (pairs,) = asked["companions"]
    assert find_pair(pairs, "Kiba Reke", "Keba Reke")["shared_article_count"] == 1
    assert find_pair(pairs, "Kiba Reke", "Kaba Reke")["shared_companion_count"] == 0
    assert "all" not in asked


def test_company_of_batches_is_that_of_all(
    con: Con, asked: dict[str, list[pl.DataFrame]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_entities, "COMPANY_ARTICLE_COUNT", 1)
    load_people(con, SPELT_ALIKE)
    resolve(con)
    assert len(asked["companions"]) > 1
    assert find_pair(pl.concat(asked["companions"]), "Kiba Reke", "Kaba Reke")["companion_count"] == 2


def test_names_that_were_loaded_and_never_resolved_are_decided_by_the_next_connection(
    empty_warehouse: Path, tmp_path: Path
) -> None:
    path = tmp_path / "warehouse.duckdb"
    with open_copy(empty_warehouse, path) as con:
        load_people(con, {"kiba": SPELT_ALIKE["kiba"]})
        resolve(con)
        load_people(con, {"both": SPELT_ALIKE["both"]})
        assert fetch(con, UNDECIDED) == ["PERSON:keba reke"]
    with open_copy(path, tmp_path / "next.duckdb") as con:
        resolve(con, run_key=2)
        assert fetch(con, UNDECIDED) == []
