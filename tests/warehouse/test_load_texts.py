"""Bodies, mentions and entities: what the texts of a load leave behind."""

import duckdb
import pytest

from tests.warehouse.samples import (
    fetch,
    frame_mentions,
    frame_texts,
    load_article,
    make_mention,
    make_version,
    resolve,
)
from warehouse.errors import InvalidFrameError
from warehouse.load import load_texts

Con = duckdb.DuckDBPyConnection


def load_text(
    con: Con, content: str, *mentions: dict[str, object], extraction_id: str = "x1", run_key: int = 1
) -> None:
    load_texts(
        con,
        frame_texts(**{content: f"The words of {content}."}),
        frame_mentions(*mentions),
        extraction_id=extraction_id,
        run_key=run_key,
    )


def test_every_version_with_the_text_gets_body_and_mentions(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"), make_version(2, "two", "c1", published_at=None))
    load_text(con, "c1", make_mention("c1", 100, "Ann Lee", 4))
    assert fetch(con, "from article_body order by all") == [(1, "The words of c1."), (2, "The words of c1.")]
    columns = "article_key, entity_key, source_key, published_date_key, start_char, full_name, run_key"
    query = f"select {columns} from fact_entity_mention order by all"  # noqa: S608 - a literal of the test
    assert fetch(con, query) == [(1, 100, 10, 20261103, 4, "Ann Lee", 1), (2, 100, 10, -1, 4, "Ann Lee", 1)]


def test_a_text_without_mentions_is_extracted_all_the_same(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"))
    load_text(con, "c1")
    assert fetch(con, "select mention_count, extraction_id from fact_article") == [(0, "x1")]
    assert fetch(con, "select body from article_body") == ["The words of c1."]


def test_a_text_no_version_has_leaves_nothing(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"))
    load_text(con, "c2", make_mention("c2", 100, "Ann Lee", 4))
    assert fetch(con, "from fact_entity_mention") == []
    assert fetch(con, "select entity_key from dim_entity where entity_key >= 0") == []


def test_a_name_is_observed_by_what_a_text_says_that_some_version_has(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"))
    load_texts(
        con,
        frame_texts(c1="The words of c1.", c2="The words of c2."),
        frame_mentions(
            make_mention("c2", 100, "Ann Mary Lee", 4),
            make_mention("c2", 200, "Bob Ray", 9),
            make_mention("c1", 100, "Ann Lee", 4),
        ),
        extraction_id="x1",
        run_key=1,
    )
    assert fetch(con, "select observed_key, name from observed_entity order by all") == [(100, "Ann Lee")]
    assert fetch(con, "select observed_key from added_name") == [100]


def test_the_same_extraction_changes_nothing(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"))
    load_text(con, "c1", make_mention("c1", 100, "Ann Lee", 4))
    load_text(con, "c1", run_key=2)
    assert fetch(con, "select mention_count, run_key from fact_article") == [(1, 1)]
    assert fetch(con, "select run_key from fact_entity_mention") == [1]


def test_another_extraction_replaces_the_mentions(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"))
    load_text(con, "c1", make_mention("c1", 100, "Ann Lee", 4), make_mention("c1", 200, "Bo Kim", 20))
    load_text(con, "c1", make_mention("c1", 300, "Cy Orr", 4), extraction_id="x2", run_key=2)
    assert fetch(con, "select mention_count, extraction_id, run_key from fact_article") == [(1, "x2", 2)]
    assert fetch(con, "select entity_key, run_key from fact_entity_mention") == [(300, 2)]
    assert fetch(con, "select count(*) from article_body") == [1]


def test_an_entity_is_made_as_its_mentions_describe_it(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"))
    mention = make_mention("c1", 100, "Kenya", 4, entity_id="GPE:kenya", entity_type="GPE", country_code="KE")
    load_text(con, "c1", mention, mention | {"start_char": 30, "end_char": 35})
    resolve(con)
    columns = "entity_id, name, country_code, place_key, is_hidden"
    query = f"select {columns} from dim_entity where entity_key = 100"  # noqa: S608 - a literal of the test
    assert fetch(con, query) == [("GPE:kenya", "Kenya", "KE", -1, False)]


@pytest.mark.parametrize("names", [("Bo Kim", "Al Kim"), ("Al Kim", "Bo Kim")], ids=["turned round", "in order"])
def test_a_name_is_the_first_of_its_full_forms_whatever_the_order(con: Con, names: tuple[str, str]) -> None:
    load_article(con, make_version(1, "one", "c1"))
    load_text(con, "c1", *(make_mention("c1", 100, name, 4 + 16 * place) for place, name in enumerate(names)))
    resolve(con)
    assert fetch(con, "select name from observed_entity where observed_key = 100") == ["Al Kim"]


def test_a_name_that_is_known_is_not_made_again(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"), make_version(2, "two", "c2"))
    load_text(con, "c1", make_mention("c1", 100, "Ann Lee", 4))
    load_text(con, "c2", make_mention("c2", 100, "Ann Lee", 4), make_mention("c2", 200, "Bo Kim", 20))
    assert fetch(con, "select observed_key from observed_entity order by all") == [100, 200]


@pytest.mark.parametrize("grain", ["texts", "mentions"])
def test_frames_that_break_their_grain_are_refused(con: Con, grain: str) -> None:
    texts, mentions = frame_texts(c1="x"), frame_mentions(make_mention("c1", 100, "Ann Lee", 4))
    doubled = {"texts": (texts.vstack(texts), mentions), "mentions": (texts, mentions.vstack(mentions))}[grain]
    with pytest.raises(InvalidFrameError, match=f"{grain}: more than one row for"):
        load_texts(con, *doubled, extraction_id="x1", run_key=1)


# entities


def load_names(con: Con, *names: str) -> None:
    """Load an article for each name, all of one entity, and refresh it."""
    versions = [make_version(number, f"article-{number}", f"c{number}") for number in range(len(names))]
    load_article(con, *versions)
    for number, name in enumerate(names):
        load_text(con, f"c{number}", make_mention(f"c{number}", 100, name, 4))
    resolve(con)


NAME = "select name from dim_entity where entity_key = 100"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(("Ann Lee", "Ann Lee", "Ann Mary Lee"), "Ann Lee", id="majority"),
        pytest.param(("Ann Lee", "Ann Mary Lee"), "Ann Mary Lee", id="tie-longest"),
        pytest.param(("Bnn Lee", "Ann Lee"), "Ann Lee", id="tie-first-in-order"),
    ],
)
def test_an_entity_is_named_as_most_articles_name_it(con: Con, names: tuple[str, ...], expected: str) -> None:
    load_names(con, *names)
    assert fetch(con, NAME) == [expected]


def test_names_are_counted_by_article_and_not_by_mention_or_version(con: Con) -> None:
    load_article(
        con,
        make_version(1, "one", "c1", is_current=False),
        make_version(2, "one", "c2", version=2),
        make_version(3, "two", "c3"),
        make_version(4, "three", "c4"),
    )
    for content in ("c1", "c2"):
        twice = [make_mention(content, 100, "Ann Mary Lee", start) for start in (4, 30)]
        load_text(con, content, *twice)
    for content in ("c3", "c4"):
        load_text(con, content, make_mention(content, 100, "Ann Lee", 4))
    resolve(con)
    assert fetch(con, NAME) == ["Ann Lee"]


def test_an_alias_counts_its_mentions_and_bears_the_strongest_rule(con: Con) -> None:
    load_article(con, make_version(1, "one", "c1"), make_version(2, "two", "c2"))
    weak = {"resolution_rule": "surname", "resolution_score": 0.9, "full_name": "Ann Lee"}
    same = {"resolution_rule": "alias", "resolution_score": 1.0, "full_name": "Ann Lee"}
    load_text(con, "c1", make_mention("c1", 100, "Lee", 4, **weak), make_mention("c1", 100, "Ann Lee", 30, **same))
    load_text(con, "c2", make_mention("c2", 100, "Lee", 4, **weak), make_mention("c2", 100, "Ann Lee", 30))
    resolve(con)
    assert fetch(con, "select alias, mention_count, rule from entity_alias order by alias") == [
        ("Ann Lee", 2, "exact"),
        ("Lee", 2, "surname"),
    ]


def test_an_entity_nobody_mentions_any_more_is_removed_with_its_aliases(con: Con) -> None:
    load_names(con, "Ann Lee")
    load_text(con, "c0", extraction_id="x2")
    resolve(con)
    assert fetch(con, "select entity_key from dim_entity order by all") == [-2, -1]
    assert fetch(con, "from entity_alias") == []


def test_a_name_follows_when_the_article_that_carried_it_is_gone(con: Con) -> None:
    load_names(con, "Ann Lee", "Ann Mary Lee")
    load_article(con, make_version(9, "article-1", "c9"))
    resolve(con)
    assert fetch(con, NAME) == ["Ann Lee"]
    assert fetch(con, "select alias from entity_alias") == ["Ann Lee"]


def test_aliases_count_a_text_that_another_article_took_over(con: Con) -> None:
    load_names(con, "Ann Lee")
    load_article(con, make_version(9, "two", "c0"))
    resolve(con)
    assert fetch(con, "select mention_count from entity_alias") == [2]


def test_resolving_without_a_load_changes_nothing(con: Con) -> None:
    con.execute(
        "insert into dim_entity by name select * replace (5 as entity_key) from dim_entity where entity_key = -1"
    )
    resolve(con)
    assert fetch(con, "select count(*) from dim_entity where entity_key = 5") == [1]
