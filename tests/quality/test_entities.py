"""The gate of the names: on the gold set, names are found and put together as well as they were.

The articles in ``gold`` were written and labelled for this test. A floor of ``floors.json``, ``entity TYPE METRIC`` in
per cent, is lowered by hand, with a reason, and never by a test.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from flows.progress import QuietReport
from flows.settings import Settings
from flows.steps.evaluate import GoldFile, find_names, read_gold
from tests.quality.gold_markup import read_folder
from transforms.evaluation import FoundArticle, FoundMention, score_articles

PREFIX = "entity "
FLOORS: dict[str, float] = {
    name: floor
    for name, floor in json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8")).items()
    if name.startswith(PREFIX)
}
Found = Mapping[str, FoundArticle]


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> GoldFile:
    """Return the gold set, read as a user's would be."""
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in read_folder()), encoding="utf-8")
    return read_gold(path)


@pytest.fixture(scope="module")
def found(gold: GoldFile) -> Found:
    """Return what the default model and the rules find in it."""
    return find_names(gold, Settings(workers=1), report=QuietReport()).articles


def find_shortfalls(gold: GoldFile, found: Found) -> list[str]:
    """Return the figures that are below their floor, each with both."""
    values = {
        f"{PREFIX}{score.entity_type} {score.metric}": 100 * score.value_ratio
        for score in score_articles(gold.articles, found)
    }
    return [f"{name}: {values[name]:.1f} < {floor}" for name, floor in FLOORS.items() if values[name] < floor]


def change(found: Found, of_one: Callable[[Sequence[FoundMention]], list[FoundMention]]) -> Found:
    """Return what was found with other mentions."""
    return {name: article._replace(mentions=of_one(article.mentions)) for name, article in found.items()}


@pytest.mark.model
def test_names_are_found_and_put_together_as_well_as_they_were(gold: GoldFile, found: Found) -> None:
    assert find_shortfalls(gold, found) == []


@pytest.mark.model
def test_every_article_of_the_gold_set_gets_in(gold: GoldFile, found: Found) -> None:
    assert {article.article_id for article in gold.articles} == found.keys()


@pytest.mark.model
@pytest.mark.parametrize(
    ("metric", "worsen"),
    [
        pytest.param(
            "mention_recall", lambda names: [*names[::2], *names[1::4]], id="a quarter of the names is missed"
        ),
        pytest.param(
            "mention_precision",
            lambda names: [*names, *(name._replace(start=name.end + 1, end=name.end + 12) for name in names[::4])],
            id="other words are taken for names",
        ),
        pytest.param(
            "cross_article_pairwise_precision",
            lambda names: [name._replace(entity_key=name.entity_key % 40) for name in names],
            id="entities are merged",
        ),
        pytest.param(
            "cross_article_pairwise_recall",
            lambda names: [name._replace(entity_key=number) for number, name in enumerate(names)],
            id="entities fall apart",
        ),
    ],
)
def test_a_worse_result_is_below_a_floor(
    gold: GoldFile, found: Found, metric: str, worsen: Callable[[Sequence[FoundMention]], list[FoundMention]]
) -> None:
    assert [fall for fall in find_shortfalls(gold, change(found, worsen)) if f"ALL {metric}:" in fall]
