"""Mentions follow the decision on their name, also where it is the same entity by another rule."""

import duckdb

from tests.warehouse.samples import (
    Row,
    fetch,
    frame_mentions,
    frame_texts,
    load_article,
    make_version,
    name_mention,
    resolve,
)
from transforms.keys import compute_key
from warehouse.load import load_texts

ANN = "Ann Munir"
TOWNS = ("Town A", "Town B", "Town C")


def load_day(con: duckdb.DuckDBPyConnection, articles: dict[str, list[Row]], *, run_key: int) -> None:
    load_article(con, *(make_version(compute_key(name), name, name) for name in articles), run_key=run_key)
    bodies = dict.fromkeys(articles, "x" * 400)
    mentions = frame_mentions(*(row for rows in articles.values() for row in rows))
    load_texts(con, frame_texts(**bodies), mentions, extraction_id="x1", run_key=run_key)
    resolve(con, run_key=run_key)


def name_with_towns(article: str, name: str) -> list[Row]:
    towns = [name_mention(article, town, 40 * at, entity_type="GPE") for at, town in enumerate(TOWNS, start=1)]
    return [name_mention(article, name, 0), *towns]


def test_an_old_mention_gets_the_rule_that_a_new_article_gives_its_name(con: duckdb.DuckDBPyConnection) -> None:
    read_rule = """
        select resolution_rule, resolution_score
        from fact_entity_mention join dim_article using (article_key)
        where article_id = 'alone' and surface_text = 'Munir'
    """
    first_day = {"one": name_with_towns("one", ANN), "two": name_with_towns("two", ANN)}
    load_day(con, first_day | {"alone": name_with_towns("alone", "Munir")}, run_key=1)
    assert fetch(con, read_rule) == [("lone_surname", 0.75)]
    both = [name_mention("three", ANN, 0), name_mention("three", ANN, 40, shown="Munir")]
    load_day(con, {"three": both}, run_key=2)
    assert fetch(con, read_rule) == [("known_alias", 0.85)]
