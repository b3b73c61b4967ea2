"""The documents say what the catalog says, and the parts they are made of."""

import duckdb
import pytest

from warehouse.dictionary import (
    Relation,
    list_links,
    read_relations,
    render_diagram,
    render_documents,
    render_guide,
    replace_between,
)
from warehouse.migrate import apply_migrations

FACT = Relation(
    "fact_x",
    "Grain: x",
    (("article_key", "bigint", ""), ("published_date_key", "integer", ""), ("entity_key_a", "bigint", "")),
)
DIMENSIONS = [Relation(f"dim_{name}", "", ()) for name in ("article", "date", "entity")]


def test_readme_and_guide_are_what_the_catalog_says() -> None:
    stale = [path.name for path, text in render_documents().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run: make dictionary"


def test_a_key_leads_to_its_dimension_in_whatever_role() -> None:
    assert list_links([FACT, *DIMENSIONS]) == [
        ("fact_x", "article_key", "dim_article"),
        ("fact_x", "published_date_key", "dim_date"),
        ("fact_x", "entity_key_a", "dim_entity"),
    ]


def test_a_key_without_a_dimension_is_no_line_of_the_diagram() -> None:
    assert render_diagram([FACT, DIMENSIONS[1]]) == (
        "```mermaid\nerDiagram\n    fact_x }o--|| dim_date : published_date_key\n```"
    )


def test_every_key_of_a_fact_but_those_of_the_load_leads_somewhere() -> None:
    with duckdb.connect() as con:
        apply_migrations(con)
        relations = read_relations(con)
    keys = {
        (relation.name, column)
        for relation in relations
        if relation.name.startswith("fact_")
        for column, _, _ in relation.columns
        if "_key" in column
    }
    linked = {(table, column) for table, column, _ in list_links(relations)}
    assert {column for _, column in keys - linked} == {"observed_key", "alias_key", "evaluation_key"}


def test_a_text_without_its_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="put both markers back"):
        replace_between("nothing", "<b>", "<e>", "x")


def test_a_question_of_the_guide_has_its_number_its_warning_and_its_statement() -> None:
    guide = render_guide({"01_a": "-- Who?\n-- Mind.\n\nselect 1\n", "02_b": "-- When?\n-- Not now.\n\nselect 2\n"})
    assert "## 1. Who?\n\nMind.\n\n```sql\nselect 1\n```\n\n## 2. When?\n\nNot now." in guide
