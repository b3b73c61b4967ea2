"""The dates that a page gives, each with its place."""

from lxml import html as lxml_html

from transforms.fields import WrittenDate
from transforms.page_dates import MAX_DATE_COUNT, list_dates


def list_found(body: str, node: dict[str, object] | None = None, **meta: str) -> list[tuple[str, str]]:
    tree = lxml_html.document_fromstring(f"<html><body>{body}</body></html>")
    return [(item.method, item.text) for item in list_dates(tree, node or {}, meta)]


def test_structured_data_may_be_text_number_or_list() -> None:
    node: dict[str, object] = {"datePublished": ["2024-02-08", 1707386400], "dateModified": " ", "dateCreated": None}
    assert list_found("", node) == [("jsonld_published", "2024-02-08"), ("jsonld_published", "1707386400")]


def test_meta_tags_of_every_name_are_listed() -> None:
    assert list_found("", pubdate="2024-02-08", lastmod="2024-02-09", author="A. Poe") == [
        ("meta_published", "2024-02-08"),
        ("meta_modified", "2024-02-09"),
    ]


def test_the_first_time_of_each_kind_in_the_article_counts() -> None:
    body = (
        "<time datetime='2020-01-01'>x</time><article><time class='updated'>9 Feb 2024</time>"
        "<time datetime='2024-02-08T10:00'>x</time><time datetime='2019-01-01'>x</time></article>"
    )
    assert list_found(body) == [("time_modified", "9 Feb 2024"), ("time_published", "2024-02-08T10:00")]


def test_without_an_article_the_times_of_the_page_count() -> None:
    assert list_found("<p><time>8 Feb 2024</time></p>") == [("time_published", "8 Feb 2024")]


def test_a_date_is_listed_once_and_their_number_has_a_bound() -> None:
    node: dict[str, object] = {"datePublished": ["2024-02-08", "2024-02-08", *map(str, range(99))]}
    found = list_found("", node)
    assert found[:2] == [WrittenDate("jsonld_published", "2024-02-08"), WrittenDate("jsonld_published", "0")]
    assert len(found) == MAX_DATE_COUNT
