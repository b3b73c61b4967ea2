"""Records of other programs become the same fields as ours."""

from typing import Any

import orjson
import pytest

from transforms.fields import DocumentFields
from transforms.records import parse_record
from transforms.rejects import RejectedDocumentError


def parse(**record: Any) -> DocumentFields:
    """Return the fields of a record."""
    return parse_record(orjson.dumps(record))


def test_an_export_of_news_please() -> None:
    fields = parse(
        authors=["Ann Lee", "Bo Orr"],
        date_publish="2024-02-08 10:00:00",
        date_modify=None,
        description="Rain.",
        language="en",
        maintext="Rain fell.",
        source_domain="quay.example",
        text=None,
        title="Storm hits coast",
        url="https://quay.example/storm",
    )
    assert fields == DocumentFields(
        text="Rain fell.",
        title="Storm hits coast",
        url="https://quay.example/storm",
        source="quay.example",
        author="Ann Lee; Bo Orr",
        published="2024-02-08 10:00:00",
        language="en",
    )


def test_an_export_of_newsapi() -> None:
    fields = parse(
        source={"id": None, "name": "The Quay"},
        author="Ann Lee",
        title="Storm hits coast",
        description="Rain.",
        url="https://quay.example/storm",
        publishedAt="2024-02-08T10:00:00Z",
        content="Rain fell.",
    )
    assert (fields.source, fields.published, fields.text) == ("The Quay", "2024-02-08T10:00:00Z", "Rain fell.")


def test_an_export_of_fundus_with_its_body() -> None:
    section = {"headline": ["At sea"], "paragraphs": ["Boats sank.", "None died."]}
    fields = parse(
        title="Storm hits coast",
        authors=["Ann Lee"],
        publishing_date="2024-02-08 10:00:00+01:00",
        publisher="The Quay",
        lang="en",
        body={"summary": ["Rain fell."], "sections": [section]},
    )
    assert fields.text == "Rain fell.\n\nAt sea\n\nBoats sank.\n\nNone died."
    assert (fields.source, fields.language) == ("The Quay", "en")


def test_an_export_of_fundus_with_its_page() -> None:
    page = {
        "requested_url": "https://quay.example/s",
        "responded_url": "https://quay.example/storm",
        "content": "<p>Rain",
    }
    fields = parse(title="Storm", html=page)
    assert (fields.html, fields.url, fields.text) == ("<p>Rain", "https://quay.example/storm", None)


def test_an_item_of_a_json_feed() -> None:
    fields = parse(
        id="7",
        url="https://quay.example/storm",
        title="Storm",
        content_html="<p>Rain fell.</p>",
        date_published="2024-02-08T10:00:00Z",
        date_modified="2024-02-09T10:00:00Z",
        authors=[{"name": "Ann Lee", "url": "https://quay.example/ann"}, {"name": "Bo Orr"}],
    )
    assert (fields.external_id, fields.html, fields.modified) == ("7", "<p>Rain fell.</p>", "2024-02-09T10:00:00Z")
    assert fields.author == "Ann Lee; Bo Orr"


def test_our_own_name_comes_first() -> None:
    fields = parse(
        text="Rain fell.", content="Read more", title="Storm", headline="Other", date="2020", published="2021"
    )
    assert (fields.text, fields.title, fields.published) == ("Rain fell.", "Storm", "2021")


@pytest.mark.parametrize(
    ("record", "detail"),
    [
        pytest.param({"maintext": 5}, "maintext is a number", id="a number"),
        pytest.param({"text": "x", "source": {"code": "Q"}}, "source is an object", id="an object without a name"),
        pytest.param({"body": {"sections": "none"}}, "body is an object", id="a body of another shape"),
        pytest.param({"body": {"summary": [5], "sections": []}}, "body is an object", id="a body of numbers"),
        pytest.param({"text": "x", "authors": [{"id": 3}]}, "authors is a list with", id="an author without a name"),
        pytest.param({"html": {"content": ["x"]}}, "html is a list", id="a page that is a list"),
    ],
)
def test_a_shape_that_is_none_of_these_is_refused_by_its_name(record: dict[str, Any], detail: str) -> None:
    with pytest.raises(RejectedDocumentError, match=detail) as caught:
        parse(**record)
    assert caught.value.reason == "bad_field"
