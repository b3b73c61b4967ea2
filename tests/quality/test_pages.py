"""The gate of the pages: what is read off pages of many kinds stays as good as it is.

The pages in ``pages`` and the articles beside them were written for this test; their outlets are invented. A floor of
``floors.json`` is lowered by hand, with a reason, and never by a test.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from flows.reference import read_agencies
from transforms.bylines import read_byline
from transforms.fields import DocumentFields
from transforms.language import choose_language, detect_language
from transforms.pages import extract_page
from transforms.rejects import RejectedDocumentError

FOLDER = Path(__file__).parent / "pages"
FLOORS: dict[str, float] = json.loads((FOLDER.parent / "floors.json").read_text(encoding="utf-8"))
GOLD: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
ARTICLES = [name for name, gold in GOLD.items() if "reason" not in gold]
DETAILS = ("section", "keywords", "access", "article_type", "alternative_headline")


@pytest.fixture(scope="module")
def extracted() -> dict[str, DocumentFields]:
    """Return what is read off each page that is an article."""
    return {name: extract(name) for name in ARTICLES}


def extract(name: str) -> DocumentFields:
    """Return what is read off a page."""
    page = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    return extract_page(page, url=f"https://quay.example/{name}", agencies=read_agencies())


def list_authors(fields: DocumentFields) -> list[tuple[str, str]]:
    """Return the authors of a page with their types."""
    credited = [] if fields.author is None else read_byline(fields.author, fields.author_types, read_agencies())
    return [(credit.name, credit.author_type) for credit in credited]


def compute_f1(own: Counter[Any], gold: Counter[Any]) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * (own & gold).total() / ((own.total() + gold.total()) or 1)


def count_shingles(text: str) -> Counter[Any]:
    """Return the runs of four words in a text; of two characters where words are not divided."""
    words = re.findall(r"[\u3040-\u9fff]|\w+", text.lower())
    return Counter(zip(*(words[start:] for start in range(4)), strict=False))


def average(scores: Iterable[float]) -> float:
    """Return the mean in per cent."""
    listed = list(scores)
    return 100 * sum(listed) / len(listed)


def test_bodies_are_as_good_as_they_were(extracted: dict[str, DocumentFields]) -> None:
    scores = {
        name: compute_f1(count_shingles(fields.text or ""), count_shingles("\n\n".join(GOLD[name]["body"])))
        for name, fields in extracted.items()
    }
    assert average(scores.values()) >= FLOORS["page_body_f1"], scores


def test_authors_are_as_good_as_they_were(extracted: dict[str, DocumentFields]) -> None:
    gold = {name: list(zip(GOLD[name]["authors"], GOLD[name]["types"], strict=True)) for name in extracted}
    scores = {
        name: compute_f1(Counter(list_authors(fields)), Counter(gold[name])) for name, fields in extracted.items()
    }
    assert average(scores.values()) >= FLOORS["page_authors_f1"], scores


def test_headlines_are_as_good_as_they_were(extracted: dict[str, DocumentFields]) -> None:
    right = {name: fields.title == GOLD[name]["title"] for name, fields in extracted.items()}
    assert average(right.values()) >= FLOORS["page_title"], right


@pytest.mark.parametrize("name", ARTICLES)
def test_paragraphs_stay_apart(extracted: dict[str, DocumentFields], name: str) -> None:
    assert set(GOLD[name]["body"]) <= set((extracted[name].text or "").split("\n\n"))


@pytest.mark.parametrize("name", ARTICLES)
def test_what_is_said_beside_the_text_is_read(extracted: dict[str, DocumentFields], name: str) -> None:
    said = {column: getattr(extracted[name], column) for column in DETAILS}
    assert said == {column: GOLD[name].get(column) for column in DETAILS}


@pytest.mark.parametrize("name", ARTICLES)
def test_the_language_is_told(extracted: dict[str, DocumentFields], name: str) -> None:
    fields = extracted[name]
    assert choose_language(*detect_language(fields.text or ""), fields.language) == GOLD[name]["language"]


@pytest.mark.parametrize("name", [name for name in GOLD if name not in ARTICLES])
def test_a_page_that_is_no_article_is_refused_with_its_reason(name: str) -> None:
    with pytest.raises(RejectedDocumentError) as refused:
        extract(name)
    assert refused.value.reason == GOLD[name]["reason"]
