"""Decisions by people hold through a load of more articles, and a rebuild from the raw store in a new home."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.inputs import Inputs
from tests.integration.support import Run, dump_contents, query, write_jsonl

TEXTS = (
    "Marta Oliveira, the mayor of Lisbon, met Paulo Mendes on Monday. Oliveira said that rain was near.",
    "Paulo Mendes told reporters in Lisbon that Marta Oliveira had left for Porto. Mendes stayed.",
    "In Porto, Marta Oliveira spoke to Paulo Mendes about the river.",
)


@pytest.mark.model
def test_a_rebuild_from_raw_replays_decisions_to_identical_contents(tmp_path: Path, run: Run) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    articles = [{"id": f"a{n}", "source": "The Ledger", "text": text} for n, text in enumerate(TEXTS)]
    run(home, write_jsonl(tmp_path / "first.jsonl", articles[:2]))
    for words in (
        ["split", "Marta Oliveira", "Oliveira", "--article", "a0", "--to", "PERSON:marta oliveira#2"],
        ["rename", "Paulo Mendes", 'Mendes, "Paulo" [P.]'],
    ):
        assert CliRunner().invoke(app, ["--home", str(home), "decide", *words]).exit_code == 0
    assert CliRunner().invoke(app, ["--home", str(home), "resolve"]).exit_code == 0
    found = "select surface_text from fact_entity_mention join dim_entity using (entity_key) where entity_id = "
    assert query(home, f"{found} 'PERSON:marta oliveira#2'") == [("Oliveira",)]
    run(home, write_jsonl(tmp_path / "second.jsonl", articles[2:]))
    other.mkdir()
    shutil.copy(home / "decisions.csv", other)
    run(other, inputs=Inputs(raw_homes=(home,)))
    assert dump_contents(other) == dump_contents(home)
    assert query(other, f"{found} 'PERSON:marta oliveira#2'") == [("Oliveira",)]
    assert query(other, "select name from dim_entity where entity_id = 'PERSON:paulo mendes'") == [
        ('Mendes, "Paulo" [P.]',)
    ]
