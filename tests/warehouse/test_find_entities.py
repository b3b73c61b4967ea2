"""Entities are found by what a person types."""

from pathlib import Path

from tests.warehouse.samples import load_news
from warehouse.find_entities import find_entities
from warehouse.publish import build_aside


def test_a_name_told_from_others_of_its_spelling_is_found_by_the_name(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with build_aside(path) as con:
        load_news(con)
        con.execute("update observed_entity set name_key = 'bo kim(ms)' where name_key = 'bo kim'")
    found = find_entities(path, entity_id="bo kim", name_key="bo kim")
    assert [row["entity_id"] for row in found] == ["PERSON:bo kim"]
    assert find_entities(path, entity_id="bo", name_key="bo") == []
