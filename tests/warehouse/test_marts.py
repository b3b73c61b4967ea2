"""Each mart and macro on two or three articles, the rows worked out by hand."""

import math
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.warehouse.samples import (
    Row,
    fetch,
    frame_fetches,
    frame_mentions,
    frame_sources,
    frame_texts,
    load_article,
    make_fetch,
    make_mention,
    make_source,
    make_version,
    resolve,
    settle,
)
from warehouse.connection import connect
from warehouse.load import load_texts
from warehouse.load_counts import refresh_counts
from warehouse.load_sources import load_fetches, load_sources, refresh_coverage

Con = duckdb.DuckDBPyConnection

NOV_3 = datetime(2026, 11, 3, 9, tzinfo=UTC)
NOV_4, NOV_5 = NOV_3 + timedelta(days=1), NOV_3 + timedelta(days=2)
NEVER_IDLE = pl.DataFrame(schema={"source_id": pl.String(), "date": pl.Date()})
ANN, BO, CY, DEE, EVE = 100, 200, 300, 400, 500
NAMES = {ANN: "Ann Lee", BO: "Bo Kim", CY: "Cy Örr", DEE: "Dee O’Hara", EVE: "Eve D'Arcy"}


def load(con: Con, *versions: Row, **named: list[int]) -> None:
    """Load versions, who is named in each of their contents (each in a sentence of its own), and all that follows."""
    load_article(con, *versions)
    rows = [
        make_mention(content, key, NAMES[key], 20 * place, sentence_number=place + 1)
        for content, keys in named.items()
        for place, key in enumerate(keys)
    ]
    texts = frame_texts(**{content: f"A text of its own, {content}." for content in named})
    load_texts(con, texts, frame_mentions(*rows), extraction_id="x1", run_key=1)
    settle(con)
    resolve(con)
    refresh_counts(con)


@pytest.fixture(scope="module")
def three_file(empty_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a warehouse with Ann and Bo on November 3, in an article and its copy, and Ann alone on the 5th."""
    path = tmp_path_factory.mktemp("three") / "warehouse.duckdb"
    shutil.copyfile(empty_warehouse, path)
    with closing(connect(path)) as con:
        load(
            con,
            make_version(1, "one", "c1"),
            make_version(2, "two", "c1"),
            make_version(3, "three", "c3", published_at=NOV_5, valid_from=NOV_5, headline="Sun"),
            c1=[ANN, BO, ANN],
            c3=[ANN],
        )
    return path


@pytest.fixture
def three(three_file: Path, tmp_path: Path) -> Iterator[Con]:
    """Give a connection to a copy of that warehouse."""
    path = tmp_path / "three.duckdb"
    shutil.copyfile(three_file, path)
    with closing(connect(path)) as con:
        yield con


def test_a_day_of_an_entity_counts_its_articles_stories_and_week(three: Con) -> None:
    query = """
        select date, name, article_count, story_count, mention_count, named_article_count, article_ratio,
               article_7_day_mean * 7, story_7_day_mean * 7
        from mart_entity_daily order by date, name
    """
    assert fetch(three, query) == [
        (date(2026, 11, 3), "Ann Lee", 2, 1, 4, 2, 1.0, 2.0, 1.0),
        (date(2026, 11, 3), "Bo Kim", 2, 1, 2, 2, 1.0, 2.0, 1.0),
        (date(2026, 11, 5), "Ann Lee", 1, 1, 1, 1, 1.0, 3.0, 2.0),
    ]


def test_articles_that_name_nobody_are_no_part_of_the_day(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), make_version(2, "two", "c2"), c1=[ANN], c2=[])
    assert fetch(con, "select named_article_count, article_ratio from mart_entity_daily") == [(1, 1.0)]


def test_an_entity_of_an_outlet_has_its_share_and_its_days(three: Con) -> None:
    query = """
        select name, source_id, article_count, story_count, duplicate_count, mention_count, named_article_count,
               first_date, last_date
        from mart_entity_source order by name
    """
    assert fetch(three, query) == [
        ("Ann Lee", "a.example", 3, 2, 1, 5, 3, date(2026, 11, 3), date(2026, 11, 5)),
        ("Bo Kim", "a.example", 2, 1, 1, 2, 3, date(2026, 11, 3), date(2026, 11, 3)),
    ]


def test_a_pair_has_its_npmi_and_its_days(three: Con) -> None:
    """Of 3 articles 2 name both, 3 name Ann, 2 name Bo: ln(2 * 3 / (3 * 2)) is 0, as by chance."""
    query = """
        select name_a, name_b, article_count, story_count, sentence_count, article_count_a, article_count_b, npmi_ratio,
               first_date, last_date
        from mart_cooccurrence
    """
    assert fetch(three, query) == [
        ("Ann Lee", "Bo Kim", 2, 1, 0, 3, 2, 0.0, date(2026, 11, 3), date(2026, 11, 3)),
    ]


def test_npmi_is_higher_for_those_who_are_never_apart(con: Con) -> None:
    """Two of 3 articles name both, and nobody else names either: ln(2 * 3 / (2 * 2)) / ln(3 / 2) is 1."""
    versions = [make_version(key, f"a{key}", f"c{key}") for key in (1, 2, 3)]
    load(con, *versions, c1=[ANN, BO], c2=[ANN, BO], c3=[CY])
    assert math.isclose(fetch(con, "select npmi_ratio from mart_cooccurrence")[0], 1.0)


def test_two_in_every_article_have_an_npmi_of_one(con: Con) -> None:
    load(con, make_version(1, "a1", "c1"), make_version(2, "a2", "c2"), c1=[ANN, BO], c2=[ANN, BO])
    assert fetch(con, "select npmi_ratio from mart_cooccurrence") == [1.0]


def test_a_story_says_whose_it_was_and_who_printed_it(three: Con) -> None:
    query = """
        select headline, article_count, story_count, source_count, original_article_key, source_names
        from mart_story order by article_count desc
    """
    assert fetch(three, query) == [("Rain", 2, 1, 1, 1, ["The A"]), ("Sun", 1, 1, 1, 3, ["The A"])]


def test_a_day_between_articles_has_a_row_and_nobody_knows_why_it_is_empty(three: Con) -> None:
    columns = "date, article_count, story_count, duplicate_count, status, is_true_zero"
    query = f"select {columns} from mart_source_daily order by date"  # noqa: S608 - columns above
    assert fetch(three, query) == [
        (date(2026, 11, 3), 2, 1, 1, "unrecorded", False),
        (date(2026, 11, 4), 0, 0, 0, "unrecorded", False),
        (date(2026, 11, 5), 1, 1, 0, "unrecorded", False),
    ]


def test_a_quiet_day_is_a_true_zero_and_a_failed_one_is_not(con: Con) -> None:
    load(con, make_version(1, "one", "c1"), c1=[ANN])
    feed = {"kind": "feed", "url": "https://a.example/feed"}
    load_fetches(
        con,
        frame_fetches(
            make_fetch(**feed, fetched_at=NOV_4, outcome="unmodified"),
            make_fetch(**feed, fetched_at=NOV_5, outcome="failed"),
        ),
    )
    refresh_coverage(con, NEVER_IDLE)
    query = "select date, article_count, status, is_true_zero from mart_source_daily order by date"
    assert fetch(con, query) == [
        (date(2026, 11, 3), 1, "unrecorded", False),
        (date(2026, 11, 4), 0, "quiet", True),
        (date(2026, 11, 5), 0, "error", False),
    ]


def test_a_new_entity_comes_with_the_article_that_brought_it(three: Con) -> None:
    query = """
        select name, first_seen_date, last_seen_date, article_count, story_count, mention_count, first_article_key,
               first_headline, first_source_name
        from mart_new_entity order by name
    """
    assert fetch(three, query) == [
        ("Ann Lee", date(2026, 11, 3), date(2026, 11, 5), 3, 2, 5, 1, "Rain", "The A"),
        ("Bo Kim", date(2026, 11, 3), date(2026, 11, 3), 2, 1, 2, 1, "Rain", "The A"),
    ]


def test_a_version_says_what_changed_and_who_came_and_went(con: Con) -> None:
    former = make_version(1, "one", "c1", is_current=False, valid_to=NOV_4)
    later = make_version(2, "one", "c2", version=2, valid_from=NOV_4, headline="Sun", word_count=9)
    load(con, former, later, c1=[ANN, BO], c2=[ANN, CY])
    query = """
        select version, previous_headline, headline, is_headline_changed, is_body_changed, word_change_count,
               added_names, removed_names, is_current
        from mart_versions
    """
    assert fetch(con, query) == [(2, "Rain", "Sun", True, True, 5, ["Cy Örr"], ["Bo Kim"], True)]


def test_names_that_came_and_went_in_the_headline_are_told_apart_from_those_of_the_article(con: Con) -> None:
    """Bodies name Ann and Bo both times; Bo gives way to Ann in the headline, and Cy is new in the body."""
    former = make_version(1, "one", "c1", is_current=False, valid_to=NOV_4)
    load_article(con, former, make_version(2, "one", "c2", version=2, valid_from=NOV_4, headline="Sun"))
    rows = [
        make_mention(content, key, NAMES[key], 20 * place, field=field, sentence_number=int(field == "body"))
        for content, named in (("c1", {BO: "headline"}), ("c2", {ANN: "headline", CY: "body"}))
        for place, (key, field) in enumerate([(ANN, "body"), (BO, "body"), *named.items()])
    ]
    load_texts(con, frame_texts(c1="Former.", c2="Later."), frame_mentions(*rows), extraction_id="x1", run_key=1)
    settle(con)
    resolve(con)
    query = "select headline_added_names, headline_removed_names, added_names, removed_names from mart_versions"
    assert fetch(con, query) == [(["Ann Lee"], ["Bo Kim"], ["Cy Örr"], [])]


def test_a_naming_is_dated_by_publication_and_by_its_version_where_that_is_asked_for(con: Con) -> None:
    """Bo is in article two on November 4, and in one, of the 3rd, only since its version of the 5th."""
    former = make_version(1, "one", "c1", is_current=False, valid_to=NOV_5)
    later = make_version(2, "one", "c2", version=2, valid_from=NOV_5)
    load(
        con,
        former,
        later,
        make_version(3, "two", "c3", published_at=NOV_4, valid_from=NOV_4),
        c1=[ANN],
        c2=[BO],
        c3=[BO],
    )
    assert fetch(con, "select first_seen_date from mart_new_entity where name = 'Bo Kim'") == [date(2026, 11, 3)]
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (query,) = [block for block in readme.split("```sql\n")[1:] if block.startswith("select min(greatest(published_at")]
    named = con.execute(query.partition("```")[0].replace("Russia", "Bo Kim")).fetchall()
    assert named == [(NOV_4.replace(tzinfo=None), "The A", "two"), (NOV_5.replace(tzinfo=None), "The A", "one")]


@pytest.mark.parametrize("mart", ["mart_entity_daily", "mart_entity_source", "mart_new_entity"])
def test_a_hidden_entity_is_in_no_mart(three: Con, mart: str) -> None:
    three.execute("update dim_entity set is_hidden = true where entity_key = 100")
    assert fetch(three, f"select distinct name from {mart}") == ["Bo Kim"]  # noqa: S608 - names above


@pytest.mark.parametrize(
    "rows_of",
    ["mart_cooccurrence", "find_entity('ann')", "companions('Bo Kim')"],
)
def test_a_hidden_entity_is_no_companion(three: Con, rows_of: str) -> None:
    assert fetch(three, f"select * from {rows_of}")  # noqa: S608 - names above
    three.execute("update dim_entity set is_hidden = true where entity_key = 100")
    assert fetch(three, f"select * from {rows_of}") == []  # noqa: S608 - names above


@pytest.mark.parametrize("text", ["orr", "ÖRR", "cy o"])
def test_a_name_is_found_without_its_accents_and_case(con: Con, text: str) -> None:
    load(con, make_version(1, "one", "c1"), c1=[CY])
    assert con.execute("select name, aliases from find_entity($1)", [text]).fetchall() == [("Cy Örr", ["Cy Örr"])]


@pytest.fixture
def marked(con: Con) -> Con:
    """Return a connection to a warehouse with a name in each of the two apostrophes."""
    load(con, make_version(1, "one", "c1"), c1=[DEE, EVE])
    return con


@pytest.mark.parametrize(
    ("text", "key"),
    [("o'hara", DEE), ("O’HARA", DEE), ("d'arcy", EVE), ("D’arcy", EVE), ("e D‘Á", EVE)],
)
def test_a_name_is_found_with_any_apostrophe(marked: Con, text: str, key: int) -> None:
    found = marked.execute("select entity_key, aliases from find_entity($1)", [text]).fetchall()
    assert found == [(key, [NAMES[key]])]


@pytest.mark.parametrize(
    ("name", "key", "other"),
    [("Dee O’Hara", DEE, EVE), ("Dee O'Hara", DEE, EVE), ("Eve D'Arcy", EVE, DEE), ("Eve D’Arcy", EVE, DEE)],
)
def test_a_name_has_its_keys_with_either_apostrophe(marked: Con, name: str, key: int, other: int) -> None:
    assert marked.execute("select entity_keys($1)", [name]).fetchall() == [([key],)]
    assert marked.execute("select name from companions($1)", [name]).fetchall() == [(NAMES[other],)]
    assert marked.execute("select article_count from count_articles([$1])", [name]).fetchall() == [(1,)]


def test_a_name_in_both_apostrophes_is_asked_for_once(marked: Con) -> None:
    assert fetch(marked, """select entity_keys(['Dee O’Hara', 'Dee O''Hara'])""") == [[DEE]]


def test_entities_of_a_name_in_either_apostrophe_are_all_meant(marked: Con) -> None:
    marked.execute("update dim_entity set name = 'Eve D’Arcy' where entity_key = 400")
    query = "select list_sort(entity_keys('Eve D’Arcy')), list_sort(entity_keys('Eve D''Arcy'))"
    assert fetch(marked, query) == [(sorted([DEE, EVE]), sorted([DEE, EVE]))]


@pytest.mark.parametrize("text", ["%", "_", "'", "[", "\\"])
def test_a_name_is_no_pattern(three: Con, text: str) -> None:
    assert three.execute("select * from find_entity($1)", [text]).fetchall() == []


def test_an_article_that_names_two_of_those_asked_for_counts_once(three: Con) -> None:
    assert fetch(three, "from count_articles(['Ann Lee', 'Bo Kim', 'Bo Kim'])") == [(3, 2, 2, 1)]


def test_articles_of_one_name_are_counted_as_those_of_a_list_of_one(three: Con) -> None:
    assert fetch(three, "from count_articles('Bo Kim')") == fetch(three, "from count_articles(['Bo Kim'])") != []


def test_shares_of_all_days_have_outlets_that_nobody_knows(three: Con) -> None:
    shares = "select source_id, article_count from coverage_share('Bo Kim', date '-infinity', date 'infinity')"
    known = fetch(three, shares)
    for table in ("fact_article", "fact_article_entity", "source_day_total"):
        three.execute(f"update {table} set source_key = -1")  # noqa: S608 - tables above
    assert sum(count for _, count in known) > 0
    assert fetch(three, shares) == [("(unknown)", sum(count for _, count in known))]


def test_a_share_has_the_articles_of_the_outlet_and_time_below_the_line(three: Con) -> None:
    query = "from coverage_share('Bo Kim', '2026-11-04', '2026-11-30')"
    assert fetch(three, query) == [("a.example", "The A", 0, 0, 1, 0.0)]


def test_co_mentions_are_the_same_both_ways_round(three: Con) -> None:
    query = "select article_key, is_duplicate, sentence_count from co_mentions('Bo Kim', 'Ann Lee')"
    assert fetch(three, query) == [(1, False, 0), (2, True, 0)]
    assert fetch(three, query.replace("'Bo Kim', 'Ann Lee'", "'Ann Lee', 'Bo Kim'")) == fetch(three, query)


def test_companions_are_told_from_both_sides(three: Con) -> None:
    columns = "name, article_count, story_count, sentence_count, first_date"
    assert fetch(three, f"select {columns} from companions('Bo Kim')") == [("Ann Lee", 2, 1, 0, date(2026, 11, 3))]  # noqa: S608 - columns above
    assert fetch(three, f"select {columns} from companions('Ann Lee')") == [("Bo Kim", 2, 1, 0, date(2026, 11, 3))]  # noqa: S608 - columns above


def test_a_trend_has_the_days_without_articles_and_counts_them(three: Con) -> None:
    """The two days before the 5th have two articles (one story) and none: means of 1 and 0.5."""
    query = "from entity_trend('Ann Lee', '2026-11-04', '2026-11-05', baseline_days := 2)"
    assert fetch(three, query) == [
        (date(2026, 11, 4), 0, 0, 1.0, 0.5, 0.0, 0, None, 1.0),
        (date(2026, 11, 5), 1, 1, 1.0, 0.5, 2.0, 1, 1.0, 1.0),
    ]


def test_a_busier_day_has_more_articles_and_no_greater_share(con: Con) -> None:
    """Ann is in one of the two articles of the 3rd, and in two of the four of the 4th: twice as many, half of each."""
    later = {"published_at": NOV_4, "valid_from": NOV_4}
    first = [make_version(1, "a1", "c1"), make_version(2, "a2", "c2")]
    second = [make_version(key, f"a{key}", f"c{key}", **later) for key in (3, 4, 5, 6)]
    load(con, *first, *second, c1=[ANN], c2=[BO], c3=[ANN], c4=[ANN], c5=[BO], c6=[CY])
    columns = "story_baseline_ratio, named_article_count, article_ratio, article_baseline_ratio"
    query = f"select {columns} from entity_trend('Ann Lee', '2026-11-04', '2026-11-04', baseline_days := 1)"  # noqa: S608 - columns above
    assert fetch(con, query) == [(2.0, 4, 0.5, 0.5)]


ASKING = [
    "companions('{}')",
    "co_mentions('Ann Lee', '{}')",
    "co_mentions('{}', 'Ann Lee')",
    "count_articles('{}')",
    "count_articles(['Ann Lee', '{}'])",
    "coverage_share('{}', '2026-11-01', '2026-11-30')",
    "entity_trend('{}', '2026-11-01', '2026-11-05')",
]


@pytest.mark.parametrize("rows_of", ASKING)
@pytest.mark.parametrize("name", ["Ann Leee", "ann lee", "Ann", "", "%", "(Ann [Lee])"])
def test_a_name_that_no_entity_has_is_an_error(three: Con, rows_of: str, name: str) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="no entity has the name") as failed:
        three.execute(f"select * from {rows_of.format(name)}").fetchall()  # noqa: S608 - names above
    assert f"'{name}': look for it, in any form, with: from find_entity('{name}')" in str(failed.value)


def test_a_number_is_a_name_that_no_entity_has(three: Con) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="no entity has the name '7'"):
        three.execute("from companions(7)").fetchall()


@pytest.mark.parametrize("rows_of", ["coverage_share", "entity_trend"])
def test_days_that_are_turned_round_are_an_error(three: Con, rows_of: str) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="from_date 2026-11-05 is after to_date 2026-11-01"):
        three.execute(f"from {rows_of}('Ann Lee', '2026-11-05', '2026-11-01')").fetchall()


def test_a_trend_without_days_before_it_is_an_error(three: Con) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="baseline_days is 1 or more, not 0"):
        three.execute("from entity_trend('Ann Lee', '2026-11-01', '2026-11-05', baseline_days := 0)").fetchall()


@pytest.mark.parametrize("rows_of", ASKING)
def test_a_hidden_entity_has_no_name_to_ask_by(three: Con, rows_of: str) -> None:
    three.execute("update dim_entity set is_hidden = true where entity_key = 200")
    with pytest.raises(duckdb.InvalidInputException, match="no entity has the name 'Bo Kim'"):
        three.execute(f"select * from {rows_of.format('Bo Kim')}").fetchall()  # noqa: S608 - names above


def test_the_query_that_finds_a_name_can_be_typed_as_it_is_told(three: Con) -> None:
    with pytest.raises(duckdb.InvalidInputException) as failed:
        three.execute("from companions('O''Hara')").fetchall()
    assert three.execute(str(failed.value).partition(" with: ")[2]).fetchall() == []


def test_all_entities_of_a_name_are_meant(three: Con) -> None:
    three.execute("update dim_entity set name = 'Lee' where entity_key in (100, 200)")
    assert fetch(three, "select list_sort(entity_keys('Lee'))") == [[ANN, BO]]
    assert fetch(three, "from count_articles(['Lee'])") == [(3, 2, 3, 2)]


def test_an_article_that_names_two_of_a_list_counts_once(three: Con) -> None:
    """Ann is in all three articles, Bo in two of them: by name 3 and 2, together 3."""
    columns = "article_count, story_count, named_article_count"
    shares = f"select {columns} from coverage_share(['Ann Lee', 'Bo Kim'], '2026-11-01', '2026-11-30')"  # noqa: S608 - columns above
    assert fetch(three, shares) == [(3, 2, 3)]


def test_those_who_are_asked_for_together_are_no_companions(three: Con) -> None:
    assert fetch(three, "select name from companions(['Ann Lee', 'Bo Kim'])") == []


def test_the_name_of_a_list_that_no_entity_has_is_the_one_told(three: Con) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="no entity has the name 'Bo Kin'"):
        three.execute("select entity_keys(['Ann Lee', 'Bo Kin'])").fetchall()


def test_no_names_are_named_by_no_articles(three: Con) -> None:
    assert fetch(three, "from count_articles([])") == [(0, 0, 0, 0)]


def test_an_outlet_with_history_is_one_outlet(three: Con) -> None:
    renamed = [
        make_source(10, name="Old", valid_to=NOV_4),
        make_source(11, name="New", valid_from=NOV_4),
    ]
    load_sources(three, frame_sources(*renamed), loaded_at=NOV_5)
    refresh_counts(three)
    query = "select source_name, article_count from mart_entity_source where name = 'Ann Lee'"
    assert fetch(three, query) == [("New", 3)]
