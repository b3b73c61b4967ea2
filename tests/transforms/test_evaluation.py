"""Scores of a few names against values worked out by hand."""

from collections.abc import Mapping, Sequence

import pytest

from transforms.evaluation import ALL_TYPES, METRICS, FoundArticle, FoundMention, score_articles
from transforms.gold import GoldArticle, GoldMention

Values = dict[tuple[str, str], tuple[object, ...]]
Label = tuple[str, str, str | None]


def label(text: str, *labels: Label, article_id: str = "one", title: str = "") -> GoldArticle:
    """Return an article with (surface, type, entity) labels, in the order of the text."""
    mentions, at = [], 0
    for surface, kind, entity in labels:
        start = text.index(surface, at)
        at = start + len(surface)
        mentions.append(GoldMention(start, at, kind, entity))
    return GoldArticle(article_id, text, title, {}, tuple(mentions))


def find(text: str, *names: tuple[str, str, int], headline: str = "") -> FoundArticle:
    """Return a found article with (surface, type, entity key) names in its body, in the order of the text."""
    mentions, at = [], 0
    for surface, kind, key in names:
        start = text.index(surface, at)
        at = start + len(surface)
        mentions.append(FoundMention("body", start, at, kind, key))
    return FoundArticle(headline, text, mentions)


def score(gold: Sequence[GoldArticle], found: Mapping[str, FoundArticle]) -> Values:
    """Return the scores by type and metric: value and counts."""
    return {(one.entity_type, one.metric): (one.value_ratio, *one[3:]) for one in score_articles(gold, found)}


TEXT = "Ann Lee met Bo Kim in Paris. Lee left Paris."
LABELS: list[Label] = [
    ("Ann Lee", "PERSON", "ann"),
    ("Bo Kim", "PERSON", "bo"),
    ("Paris", "GPE", "paris"),
    ("Lee", "PERSON", "ann"),
    ("Paris", "GPE", "paris"),
]


def test_spans_with_their_type_are_counted() -> None:
    names = [("Ann Lee", "PERSON", 1), ("Bo Kim", "ORG", 2), ("Paris", "GPE", 3), ("Lee", "PERSON", 1)]
    values = score([label(TEXT, *LABELS)], {"one": find(TEXT, *names)})
    assert values["PERSON", "mention_precision"] == (1.0, 2, 0, 1)
    assert values["PERSON", "mention_recall"] == (pytest.approx(2 / 3), 2, 0, 1)
    assert values["PERSON", "mention_f1"] == (pytest.approx(4 / 5), 2, 0, 1)
    assert values["GPE", "mention_recall"] == (0.5, 1, 0, 1)


def test_all_types_together_count_each_mention_once() -> None:
    names = [("Ann Lee", "PERSON", 1), ("Bo Kim", "GPE", 2), ("Paris", "GPE", 3)]
    values = score([label(TEXT, *LABELS)], {"one": find(TEXT, *names)})
    assert values[ALL_TYPES, "mention_precision"] == (pytest.approx(2 / 3), 2, 1, 3)
    assert values[ALL_TYPES, "mention_recall"] == (pytest.approx(2 / 5), 2, 1, 3)


def test_a_type_that_the_set_does_not_mark_is_not_counted_as_wrong() -> None:
    gold = label("Ann Lee read Lemons.", ("Ann Lee", "PERSON", "ann"))
    found = find("Ann Lee read Lemons.", ("Ann Lee", "PERSON", 1), ("Lemons", "WORK_OF_ART", 2))
    assert score([gold], {"one": found})[ALL_TYPES, "mention_precision"] == (1.0, 1, 0, 0)


@pytest.mark.parametrize(
    ("own", "is_found"),
    [
        pytest.param("Asim Munir", True, id="the same end"),
        pytest.param("General Asim Munir", True, id="the same"),
        pytest.param("General Asim", False, id="another end"),
    ],
)
def test_a_name_with_the_same_end_is_found(own: str, *, is_found: bool) -> None:
    text = "There General Asim Munir spoke."
    values = score([label(text, ("General Asim Munir", "PERSON", "m"))], {"one": find(text, (own, "ORG", 1))})
    assert values["PERSON", "any_type_recall"] == (float(is_found), int(is_found), None, int(not is_found))


def test_articles_and_possessives_are_taken_off_both_sides() -> None:
    text = "The Fed's chair saw the Fed."
    gold = label(text, ("Fed", "ORG", "fed"), ("the Fed", "ORG", "fed"))
    found = find(text, ("The Fed's", "ORG", 1), ("Fed", "ORG", 1))
    assert score([gold], {"one": found})["ORG", "mention_f1"][0] == 1.0


def test_a_missed_mention_is_an_entity_of_its_own() -> None:
    gold = label("Lee met Lee. Lee left.", *[("Lee", "PERSON", "lee")] * 3)
    found = find("Lee met Lee. Lee left.", ("Lee", "PERSON", 1), ("Lee", "PERSON", 1))
    values = score([gold], {"one": found})
    assert values["PERSON", "in_article_pairwise_recall"] == (pytest.approx(1 / 3), 1, 0, 2)
    # Two of three mentions share 2 of 3, the third 1 of 3.
    assert values["PERSON", "in_article_b_cubed_recall"] == (pytest.approx(5 / 9), None, None, None)


def test_two_people_of_one_name_are_told_apart_across_articles() -> None:
    gold = [
        label("Lee spoke.", ("Lee", "PERSON", "ann"), article_id="one"),
        label("Lee left.", ("Lee", "PERSON", "bo"), article_id="two"),
        label("Lee sang.", ("Lee", "PERSON", "bo"), article_id="three"),
    ]
    texts = {article.article_id: article.text for article in gold}
    found = {name: find(text, ("Lee", "PERSON", 1)) for name, text in texts.items()}
    values = score(gold, found)
    assert values["PERSON", "cross_article_pairwise_precision"] == (pytest.approx(1 / 3), 1, 2, 0)
    assert values["PERSON", "in_article_pairwise_precision"] == (1.0, 0, 0, 0)


def test_mentions_without_an_entity_are_in_no_cluster() -> None:
    values = score([label(TEXT, ("Ann Lee", "PERSON", None))], {})
    assert {metric for _, metric in values} == {metric for metric in METRICS if "article" not in metric}


def test_an_article_that_is_not_there_has_nothing_found() -> None:
    values = score([label(TEXT, *LABELS)], {})
    assert values[ALL_TYPES, "mention_recall"] == (0.0, 0, 0, 5)
    assert values[ALL_TYPES, "any_type_recall"] == (0.0, 0, None, 5)


def test_a_title_that_the_text_begins_with_is_found_in_the_headline() -> None:
    text = "Lee wins\n\nAnn Lee won."
    gold = label(text, ("Lee", "PERSON", "ann"), ("Ann Lee", "PERSON", "ann"), title="Lee wins")
    found = FoundArticle(
        "Lee wins",
        "Ann Lee won.",
        [FoundMention("headline", 0, 3, "PERSON", 1), FoundMention("body", 0, 7, "PERSON", 1)],
    )
    assert score([gold], {"one": found})["PERSON", "mention_f1"][0] == 1.0


def test_names_in_a_title_that_stands_apart_do_not_count() -> None:
    gold = label("Then Lee won.", ("Lee", "PERSON", "ann"), title="Lee wins")
    found = FoundArticle("Lee wins", "Then Lee won.", [FoundMention("headline", 0, 3, "PERSON", 1)])
    assert score([gold], {"one": found})["PERSON", "mention_recall"][0] == 0.0


def test_labels_of_conll_are_compared_with_what_says_the_same() -> None:
    text = "Ann Lee flew from Paris over the Alps in a Boeing."
    gold = label(
        text, ("Ann Lee", "PER", "a"), ("Paris", "LOC", "p"), ("Alps", "LOC", "alps"), ("Boeing", "OTHER", "b")
    )
    found = find(text, ("Ann Lee", "PERSON", 1), ("Paris", "GPE", 2), ("Alps", "LOC", 3), ("Boeing", "PRODUCT", 4))
    values = score([gold], {"one": found})
    assert (values["PER", "mention_f1"][0], values["LOC", "mention_f1"][0]) == (1.0, 1.0)
    assert values["OTHER", "any_type_recall"][0] == 1.0
    assert ("OTHER", "mention_f1") not in values
    assert values[ALL_TYPES, "mention_recall"] == (1.0, 3, 0, 0)
    assert values[ALL_TYPES, "any_type_recall"] == (1.0, 4, None, 0)


def test_every_type_has_every_metric_in_one_order() -> None:
    scores = score_articles([label(TEXT, *LABELS)], {})
    for kind in ("GPE", "PERSON", ALL_TYPES):
        assert tuple(one.metric for one in scores if one.entity_type == kind) == METRICS
