"""The sources file: what is right is read, what is wrong is said with its line, and nothing else ever happens."""

import os
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.errors import SourcesError
from flows.fetch.messages import Politeness
from flows.sources import Source, SourceFile, parse_sources, read_sources
from transforms.source_schemas import SOURCE_VERSION

GAZETTE = """[[source]]
name = "The Gazette"
domain = "gazette.example"
"""

FULL = """# all there is
[[source]]
id = "gazette.example"
name = "The Gazette"
domain = "gazette.example"
domains = ["gazette-cdn.example"]
country = "IE"
timezone = "Europe/Dublin"
language = "en"
feeds = ["https://gazette.example/rss"]
sitemaps = ["https://gazette.example/news-sitemap.xml"]
urls = []
schedule = "*/30 6-23 * * *"
max_age_days = 7
licence = "permission by e-mail of 2026-03-01"
politeness = { delay_seconds = 2, concurrency = 3, robots = false, allow_private = true, user_agent = "Dateline" }
valid_from = 2026-01-01
"""

VERSIONS = """[[source]]
name = "The New Gazette"
domain = "gazette.example"
valid_from = 2026-06-01
[[source]]
name = "The Gazette"
domain = "gazette.example"
domains = ["cdn.example"]
[[source]]
name = "Other"
domain = "news.gazette.example"
valid_from = 2027-01-01
"""

BROKEN_FILES = Path(__file__).with_name("broken_sources.txt").read_text(encoding="utf-8")
"""Cases: "--- what is wrong", the file, "=>", the message."""


def list_broken() -> list[tuple[str, str, str]]:
    """Return what is wrong, the file and the message of each case."""
    cases = []
    for case in BROKEN_FILES.removeprefix("--- ").rstrip().split("\n--- "):
        name, _, rest = case.partition("\n")
        text, _, message = rest.partition("\n=>\n")
        cases.append((name, text, message))
    return cases


def read_problems(text: str) -> str:
    """Return the message about a broken file."""
    with pytest.raises(SourcesError) as caught:
        parse_sources(text, name="f")
    return str(caught.value)


@pytest.mark.parametrize(("name", "text", "message"), list_broken(), ids=[case[0] for case in list_broken()])
def test_a_wrong_file_is_said_with_line_source_and_field(name: str, text: str, message: str) -> None:
    assert read_problems(text) == message, name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "f:1: there is no source in it: a source is a block [[source]]"),
        ("a = " + "[" * 100_000, "f: brackets are nested too deep"),
        (
            f"{GAZETTE}max_age_days = 0x{'f' * 6000}",
            'f:4: source "gazette.example": max_age_days: must be at most 36500, not a number that large',
        ),
    ],
    ids=["empty", "deep", "a number too large to print"],
)
def test_a_file_at_the_edge_is_refused(text: str, message: str) -> None:
    assert read_problems(text) == message


def test_all_problems_are_said_at_once_in_the_order_of_the_file() -> None:
    text = '[[source]]\ncountry = "X"\nname = 1\ndomain = "a.example"\n' + GAZETTE + GAZETTE + "colour = 1"
    assert [line.partition(": ")[0] for line in read_problems(text).splitlines()] == ["f:2", "f:3", "f:11"]


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"\xef\xbb\xbf[[source]]", "sources.toml:1: begins with a byte order mark: save it as UTF-8 without one"),
        (b"[[source]]\nname = '\xe9'", "sources.toml:2: is not UTF-8: save it as UTF-8"),
    ],
    ids=["byte order mark", "latin-1"],
)
def test_another_encoding_is_refused(tmp_path: Path, payload: bytes, message: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes(payload)
    with pytest.raises(SourcesError) as caught:
        read_sources(path)
    assert str(caught.value) == message


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match=r"is a folder, not a sources file$"):
        read_sources(tmp_path)
    with pytest.raises(SourcesError, match=r"^there is no sources file at .*none\.toml: make one with: "):
        read_sources(tmp_path / "none.toml")


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SourcesError, match=r"pipe is no file, not a sources file$"):
        read_sources(tmp_path / "pipe")
    with pytest.raises(SourcesError, match=r"^cannot read .*: File name too long$"):
        read_sources(tmp_path / ("x" * 1_000))


def test_a_long_value_is_shortened_in_its_message() -> None:
    text = "\n".join(f'[[source]]\nid = "a"\n{field} = "{"x" * 10**6}"' for field in ("domain", "country", "timezone"))
    assert max(len(line) for line in read_problems(text).splitlines()) < 400


def test_every_field_is_read() -> None:
    (source,) = parse_sources(FULL, name="f").sources
    said = tomllib.loads(FULL)["source"][0]
    assert {key: source.model_dump(mode="json", by_alias=True)[key] for key in ("id", "country", "schedule")} == {
        key: said[key] for key in ("id", "country", "schedule")
    }
    assert source.politeness == Politeness(
        delay_seconds=2, concurrency=3, obeys_robots=False, allows_private=True, user_agent="Dateline"
    )
    assert (source.valid_from, source.all_domains) == (date(2026, 1, 1), ("gazette.example", "gazette-cdn.example"))


def test_what_is_not_said_has_a_default() -> None:
    (source,) = parse_sources(GAZETTE, name="f").sources
    assert (source.id, source.feeds, source.schedule, source.politeness) == ("gazette.example", (), None, Politeness())


def test_an_outlet_without_a_domain_has_an_id() -> None:
    file = parse_sources('[[source]]\nid = "harbour-lamp"\nname = "The Harbour Lamp"', name="f")
    assert (file.sources[0].domain, file.ids_by_domain) == (None, {})


@pytest.mark.parametrize(
    ("moment", "names"),
    [
        (datetime(2026, 5, 31, 23, tzinfo=UTC), ["The Gazette"]),
        (datetime(2026, 6, 1, tzinfo=UTC), ["The New Gazette"]),
        (datetime(2027, 1, 1, tzinfo=UTC), ["The New Gazette", "Other"]),
    ],
    ids=["before the change", "on its day", "another begins"],
)
def test_the_version_that_holds_counts(moment: datetime, names: list[str]) -> None:
    assert [source.name for source in parse_sources(VERSIONS, name="f").current(moment)] == names


def test_the_frame_has_the_versions_of_a_source_end_to_end() -> None:
    frame = parse_sources(VERSIONS, name="f").to_frame()
    assert frame.schema == SOURCE_VERSION
    change, end = datetime(2026, 6, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)
    assert frame.select("source_id", "name", "valid_from", "valid_to").rows() == [
        ("gazette.example", "The Gazette", datetime(1900, 1, 1, tzinfo=UTC), change),
        ("gazette.example", "The New Gazette", change, end),
        ("news.gazette.example", "Other", datetime(1900, 1, 1, tzinfo=UTC), end),
    ]


def test_a_frame_of_no_sources_has_its_columns() -> None:
    assert SourceFile(sources=()).to_frame().equals(pl.DataFrame(schema=SOURCE_VERSION))


@pytest.mark.parametrize(
    ("domain", "source_id"),
    [
        ("gazette.example", "gazette.example"),
        ("cdn.example", "gazette.example"),
        ("img.cdn.example", "gazette.example"),
        ("live.news.gazette.example", "news.gazette.example"),
        ("mygazette.example", None),
        ("example", None),
        ("", None),
    ],
)
def test_a_domain_leads_to_its_source(domain: str, source_id: str | None) -> None:
    assert parse_sources(VERSIONS, name="f").find_source_id(domain) == source_id


def test_a_schedule_is_in_the_time_zone_of_the_source() -> None:
    source = Source(id="a", name="A", schedule="0 6 * * *", timezone="Asia/Tokyo")
    file = SourceFile(sources=(source,))
    due = file.find_next_due(source, datetime(2026, 1, 1, tzinfo=UTC))
    assert due == datetime(2026, 1, 1, 21, tzinfo=UTC)
    assert file.find_next_due(Source(id="b", name="B"), datetime(2026, 1, 1, tzinfo=UTC)) is None


def test_sources_that_contradict_each_other_make_no_file() -> None:
    source = Source(id="a", name="A")
    with pytest.raises(ValidationError, match="this id with no valid_from is there already"):
        SourceFile(sources=(source, source))


MANNERS = st.fixed_dictionaries(
    {}, optional={"delay_seconds": st.floats(0, 3600), "concurrency": st.integers(1, 16), "robots": st.booleans()}
)
BLOCKS = st.fixed_dictionaries(
    {"name": st.sampled_from(["The Gazette", "L’Été", 'a "b"', "# no comment", "[[source]]"])},
    optional={
        "country": st.sampled_from(["IE", "GB", "US"]),
        "timezone": st.sampled_from(["Europe/Dublin", "UTC"]),
        "language": st.sampled_from(["en", "ga"]),
        "schedule": st.sampled_from(["*/30 * * * *", "0 6 * * MON-FRI"]),
        "max_age_days": st.integers(1, 36_500),
        "licence": st.text(st.characters(exclude_categories=["Cs"])).map(lambda text: f"by {text}"),
        "politeness": MANNERS,
        "valid_from": st.dates(date(1900, 1, 2), date(9999, 12, 30)),
    },
)


def number_blocks(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each block a domain and a feed of its own."""
    return [
        {"domain": f"d{number}.example", "feeds": [f"https://d{number}.example/rss"], **block}
        for number, block in enumerate(blocks)
    ]


FILES = st.lists(BLOCKS, min_size=1, max_size=4).map(number_blocks)


@given(FILES)
def test_what_is_valid_is_read_as_it_was_written(blocks: list[dict[str, Any]]) -> None:
    file = parse_sources(tomlkit.dumps({"source": blocks}), name="f")
    read = [source.model_dump(by_alias=True, exclude_unset=True) for source in file.sources]
    assert [{**block, "feeds": list(block["feeds"])} for block in read] == [
        {"id": block["domain"], **block} for block in blocks
    ]
    assert file.to_frame().height == len(blocks)


PIECES = ["[", "]", "{", "\n", '"', '"""', "= ", "9" * 5000, "\0", "inf", "a.b = 1\n"]


def read_or_refuse(text: str) -> list[str]:
    """Return the problems of a file, none when it is right."""
    try:
        assert parse_sources(text, name="f").sources
    except SourcesError as error:
        return str(error).split("\n")
    return []


@given(FILES, st.data())
def test_what_is_broken_is_refused_and_never_crashes(blocks: list[dict[str, Any]], data: st.DataObject) -> None:
    text = tomlkit.dumps({"source": blocks})
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 20, len(text))))
    piece = data.draw(st.one_of(st.text(max_size=5), st.sampled_from(PIECES)))
    assert all(line.startswith("f:") for line in read_or_refuse(text[:start] + piece + text[end:]))


@given(
    st.sampled_from(["timezone", "country", "language", "domain", "id", "name", "licence"]),
    st.text(st.one_of(st.sampled_from("?@/.-"), st.characters(exclude_categories=["Cs"])), max_size=12),
)
def test_no_text_in_a_field_crashes_its_check(field: str, text: str) -> None:
    block = {"name": "A", "domain": "a.example", field: text}
    assert len(read_or_refuse(tomlkit.dumps({"source": [block]}))) <= 1


@given(st.lists(st.text("0123456789*/-,#LWSUNJA?", min_size=1, max_size=4), min_size=5, max_size=5))
def test_no_schedule_crashes_its_check(fields: list[str]) -> None:
    assert len(read_or_refuse(f"{GAZETTE}schedule = '{' '.join(fields)}'")) <= 1


def test_what_a_block_expects_holds_for_its_time() -> None:
    text = """[[source]]
name = "The New Gazette"
domain = "gazette.example"
valid_from = 2026-06-01
expect = { article_count = { min = 20, max = 80 }, author_ratio = { min = 0.9 } }
[[source]]
name = "The Gazette"
domain = "gazette.example"
expect.rejected_ratio.max = 0.5
[[source]]
name = "Other"
domain = "other.example"
"""
    beginning, moved, end = (datetime(*day, tzinfo=UTC) for day in ((1900, 1, 1), (2026, 6, 1), (9999, 12, 31)))
    assert parse_sources(text, name="f").list_expectations().rows() == [
        ("gazette.example", beginning, moved, "rejected_ratio", None, 0.5),
        ("gazette.example", moved, end, "article_count", 20.0, 80.0),
        ("gazette.example", moved, end, "author_ratio", 0.9, None),
    ]


def test_a_file_that_expects_nothing_has_no_expectation() -> None:
    assert parse_sources(GAZETTE, name="f").list_expectations().is_empty()
