"""Names are found with the apostrophe of print, ’, which half of all sites have and the model was not trained on."""

import re

import polars as pl
import pytest

from flows.nlp import extract_spans, load_nlp
from flows.reference import read_name_lists
from flows.settings import Settings
from transforms.resolution import resolve_texts
from transforms.schemas import TEXT

SENTENCES = [
    "The government of [Côte d’Ivoire|GPE] said on Tuesday that cocoa prices would rise.",
    "Troops were sent to [N’Djamena|GPE] after the vote in [Chad|GPE].",
    "Lawyers for [Eve D’Arcy|PERSON] said the court in [Paris|GPE] would hear her case.",
    "[Labour|ORG]’s [Alan Kelly|PERSON] and [Fianna Fáil|ORG]’s [Willie O’Dea|PERSON] asked the minister to resign.",
    "[Shaquille O’Neal|PERSON] and [Conan O’Brien|PERSON] were in [Los Angeles|GPE].",
    "[Peter O’Toole|PERSON] starred in the film, [Sky|ORG]’s [Kay Burley|PERSON] told viewers in [London|GPE].",
    "[Baltimore|GPE]’s mayor and [Maryland|GPE]’s [Martin O’Malley|PERSON] met on Monday.",
    "[Northern Ireland|GPE]’s first minister, [Michelle O’Neill|PERSON], spoke in [Belfast|GPE].",
    "Police in [L’Aquila|GPE] arrested [Marco D’Angelo|PERSON] on Thursday.",
    "The [People’s Liberation Army|ORG] held drills near [Taiwan|GPE], [China|GPE]’s defence ministry said.",
]
"""Text with its names, each with its type. Those of the last three the model knows by ’, too."""

_MARKED = re.compile(r"\[([^|\]]+)\|([A-Z]+)\]")


@pytest.mark.model
@pytest.mark.parametrize("apostrophe", ["’", "'", "ʼ"])
def test_names_are_found_with_any_apostrophe(apostrophe: str) -> None:
    marked = [sentence.replace("’", apostrophe) for sentence in SENTENCES]
    texts = pl.DataFrame(
        [(f"{number}", "", _MARKED.sub(r"\1", sentence), "en") for number, sentence in enumerate(marked)],
        schema=TEXT,
        orient="row",
    )
    spans = extract_spans(
        load_nlp(Settings.model_fields["model"].default), texts["text_hash"].to_list(), texts["body"].to_list()
    )
    found = resolve_texts(texts, spans, read_name_lists("en")).select("text_hash", "surface_text", "entity_type").rows()
    wanted = [(f"{number}", *name) for number, sentence in enumerate(marked) for name in _MARKED.findall(sentence)]
    assert found == wanted
