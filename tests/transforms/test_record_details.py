"""The details of a record: each program's shapes are read, others are nobody's loss."""

import pytest

from transforms.record_details import read_details


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [
        pytest.param({"section": "World"}, "section", "World", id="ours"),
        pytest.param({"category": ["World", "Asia"]}, "section", "World", id="the first of several"),
        pytest.param({"section": {"name": "World"}}, "section", "World", id="an object with a name"),
        pytest.param({"section": 5, "category": "World"}, "section", "World", id="a number stands for nothing"),
        pytest.param({"section": " "}, "section", None, id="blank"),
        pytest.param({"tags": ["ferry", "ferry", "rain"]}, "keywords", "ferry; rain", id="tags of JSON Feed"),
        pytest.param({"topics": ["Rain; wind", "Sea"]}, "keywords", "Rain, wind; Sea", id="fundus, our divider in one"),
        pytest.param({"keywords": "Rain, wind; Sea"}, "keywords", "Rain, wind; Sea", id="with semicolons"),
        pytest.param({"keywords": "ferry, rain,"}, "keywords", "ferry; rain", id="with commas"),
        pytest.param({"subject": [{"name": "Ferries", "code": "1"}]}, "keywords", "Ferries", id="ninjs"),
        pytest.param({"keywords": [["a"], {"x": 1}, 7]}, "keywords", None, id="of no known shape"),
        pytest.param({"summary": "Rain\n fell."}, "description", "Rain fell.", id="on one line"),
        pytest.param({"urlToImage": "https://a.example/1.jpg"}, "image_url", "https://a.example/1.jpg", id="NewsAPI"),
        pytest.param({"image": {"url": "https://a.example/1"}}, "image_url", "https://a.example/1", id="an object"),
        pytest.param({"images": [{"src": "/1"}, "http://a.example/2"]}, "image_url", "http://a.example/2", id="a list"),
        pytest.param({"image": "javascript:alert(1)"}, "image_url", None, id="no web address"),
        pytest.param({"free_access": True}, "access", "free", id="fundus"),
        pytest.param({"isAccessibleForFree": "False"}, "access", "paywalled", id="schema.org"),
        pytest.param({"access": "subscribers"}, "access", None, id="a word that we do not know"),
        pytest.param({"access": 1}, "access", None, id="a number"),
        pytest.param({"article_type": "OpinionNewsArticle"}, "article_type", "OpinionNewsArticle", id="a type"),
        pytest.param({"alternativeHeadline": "Rain"}, "alternative_headline", "Rain", id="another headline"),
    ],
)
def test_a_detail_is_read_in_the_shapes_that_programs_give_it(
    record: dict[str, object], field: str, expected: str | None
) -> None:
    assert read_details(record)[field] == expected


def test_keywords_end_after_fifty() -> None:
    given = [f"k{number}" for number in range(99)]
    assert read_details({"keywords": given})["keywords"] == "; ".join(given[:50])


def test_what_is_not_said_is_null() -> None:
    assert set(read_details({"title": "Rain"}).values()) == {None}
