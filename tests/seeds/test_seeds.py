"""What ships in seeds/ is what its README says: sample articles with known difficulties, and lists without slips."""

import csv
import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pycountry
import pytest

from flows.sources import read_sources
from transforms.decode import decode_payload
from transforms.labels import NAME_LABELS
from transforms.names import SUFFIXES, compute_name_key, fold_word
from transforms.rejects import RejectedDocumentError

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLES = SEEDS / "articles"

ENCODINGS = {"harbour-lamp/africa-cup-final.txt": "cp1252", "tamarinddispatch.example/serbia-kosovo.txt": "utf-16"}
BROKEN = "harbour-lamp/damaged.txt"
WIRE = "corvanewire.example/wire.jsonl.gz"
BROKEN_LINES = "tamarinddispatch.example/broken-lines.jsonl"

KINDS = set(
    "academic business diplomatic honorific legal military police political religious role royal suffix".split()
)


def list_articles() -> list[str]:
    """Return the path of each sample file, relative to seeds/articles."""
    return sorted(path.relative_to(ARTICLES).as_posix() for path in ARTICLES.rglob("*") if path.is_file())


def read_bytes(name: str) -> bytes:
    """Return the content of a sample file, unpacked."""
    content = (ARTICLES / name).read_bytes()
    return gzip.decompress(content) if name.endswith(".gz") else content


def read_lines(name: str) -> list[str]:
    """Return the lines of a JSON Lines file."""
    return read_bytes(name).decode().splitlines()


def read_records(name: str) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file that has no broken line."""
    return [json.loads(line) for line in read_lines(name)]


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def split_readme_rows() -> list[list[str]]:
    """Return the cells of the table of articles in the README."""
    lines = (SEEDS / "README.md").read_text(encoding="utf-8").splitlines()
    return [line.strip("| ").split(" | ") for line in lines if line.startswith("| `articles/")]


def split_text_file(name: str) -> list[str]:
    """Return the paragraphs and lines of a text file that are not blank, the headline first."""
    text = read_bytes(name).decode(ENCODINGS.get(name, "utf-8"))
    return [line for line in text.splitlines() if line]


def test_readme_names_each_article_file_once() -> None:
    named = [row[0].strip("`").removeprefix("articles/") for row in split_readme_rows()]
    assert sorted(named) == list_articles()


def test_readme_counts_the_documents_of_each_file() -> None:
    for path, _, documents, _ in split_readme_rows():
        name = path.strip("`").removeprefix("articles/")
        counted = sum(int(number) for number in re.findall(r"(\d+) (?:loaded|duplicate|rejected)", documents))
        assert counted == (len(read_lines(name)) if ".jsonl" in name else 1), name


def test_readme_sums_up_the_documents() -> None:
    cells = " ".join(row[2] for row in split_readme_rows())
    counts = {
        status: sum(map(int, re.findall(rf"(\d+) {status}", cells))) for status in ("loaded", "duplicate", "rejected")
    }
    assert counts == {"loaded": 21, "duplicate": 1, "rejected": 4}
    assert "26 documents: 22 that end as 21 loaded and 1 duplicate, and 4 rejected" in (SEEDS / "README.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("name", [name for name in list_articles() if name != BROKEN])
def test_article_file_decodes_in_its_encoding(name: str) -> None:
    text = read_bytes(name).decode(ENCODINGS.get(name, "utf-8"))
    assert not set(text) & {"\ufffd", "\0", "\r"}


@pytest.mark.parametrize(("name", "encoding"), ENCODINGS.items(), ids=["windows-1252", "utf-16"])
def test_file_in_another_encoding_is_not_utf8(name: str, encoding: str) -> None:
    content = read_bytes(name)
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
    assert decode_payload(content).text == content.decode(encoding)


def test_damaged_file_is_refused_as_no_text() -> None:
    with pytest.raises(RejectedDocumentError) as refused:
        decode_payload(read_bytes(BROKEN))
    assert refused.value.reason == "not_text"


@pytest.mark.parametrize("name", [name for name in list_articles() if name.endswith(".txt") and name != BROKEN])
def test_text_file_opens_with_a_headline_and_a_blank_line(name: str) -> None:
    headline, blank, *_ = read_bytes(name).decode(ENCODINGS.get(name, "utf-8")).split("\n")
    assert headline == headline.strip()
    assert headline
    assert not blank


def test_folders_of_articles_and_urls_are_invented_outlets() -> None:
    text = " ".join(decode_payload(read_bytes(name)).text for name in list_articles() if name != BROKEN)
    hosts = {host for host in re.findall(r"https?://([\w.-]+)", text) if host != "schema.org"}
    assert hosts
    assert all(host.endswith(".example") for host in hosts)


def test_gzip_header_has_no_time_and_no_name() -> None:
    content = (ARTICLES / WIRE).read_bytes()
    # RFC 1952, section 2.3: flags in the fourth byte, time in the four after it.
    assert content[3:8] == bytes(5)


def test_fourth_line_of_the_wire_repeats_the_second() -> None:
    first, second, third, fourth, fifth = read_lines(WIRE)
    assert second == fourth
    assert len({first, second, third, fifth}) == 4


def test_wire_has_one_record_without_a_date_and_one_with_html_only() -> None:
    records = read_records(WIRE)
    assert ["published" in record for record in records] == [True, True, False, True, True]
    assert ["text" in record for record in records] == [True, True, True, True, False]
    assert "html" in records[4]
    assert "title" not in records[4]


def test_reprint_is_the_text_of_the_wire_with_one_line_of_furniture() -> None:
    *reprint, furniture = split_text_file("harbour-lamp/climate-summit-reprint.txt")
    original = read_records(WIRE)[0]
    assert reprint == [original["title"], *original["text"].split("\n\n")]
    assert furniture == "Back to top button"


@pytest.mark.parametrize(
    ("number", "has_text"), [(1, True), (3, False), (4, False), (5, True)], ids=["whole", "without", "number", "last"]
)
def test_line_beside_the_cut_one_is_json_with_text_or_without(number: int, *, has_text: bool) -> None:
    record = json.loads(read_lines(BROKEN_LINES)[number - 1])
    assert isinstance(record.get("text"), str) is has_text


def test_second_of_the_broken_lines_is_cut_off() -> None:
    with pytest.raises(json.JSONDecodeError, match="Unterminated string"):
        json.loads(read_lines(BROKEN_LINES)[1])


def test_lines_that_no_list_knows_end_six_articles() -> None:
    records = read_records("quillbridge.jsonl")
    endings = {tuple(record["text"].split("\n\n")[-2:]) for record in records}
    assert len(endings) == 1
    assert len({record["url"] for record in records}) == 6
    listed = (SEEDS / "furniture.csv").read_text(encoding="utf-8") if (SEEDS / "furniture.csv").exists() else ""
    assert not any(line in listed for line in endings.pop())


def test_update_differs_from_the_article_in_headline_text_and_time() -> None:
    _, first, update, *_ = read_records("quillbridge.jsonl")
    assert (first["id"], first["url"], first["published"]) == (update["id"], update["url"], update["published"])
    assert first["title"] != update["title"]
    assert "modified" not in first
    assert update["modified"] > update["published"]
    assert "\n\nCorrection: " in update["text"]
    assert "\n\nCorrection: " not in first["text"]


@pytest.mark.parametrize("form", ["General Asim Munir ", " Asim Munir ", "General Munir’s", "Munir’s "])
def test_four_forms_of_one_name_are_in_the_article(form: str) -> None:
    assert form in read_bytes("fennimark.example/army-chief-in-washington.txt").decode()


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("titles.csv", ["title", "kind", "is_ambiguous"]),
        ("countries.csv", ["country_code", "name", "alias", "is_ambiguous"]),
        ("well_known.csv", ["alias", "name", "entity_type", "is_ambiguous"]),
    ],
    ids=["titles", "countries", "well_known"],
)
def test_table_is_well_formed(name: str, header: list[str]) -> None:
    rows = read_table(name)
    assert list(rows[0]) == header
    for row in rows:
        # A missing cell is None, one too many has the key None.
        assert all(isinstance(cell, str) and cell == cell.strip() and cell for cell in row.values()), row
        assert row["is_ambiguous"] in {"true", "false"}
    content = (SEEDS / name).read_bytes()
    assert content.endswith(b"\n")
    assert b"\r" not in content


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("province_aliases.csv", ["subdivision_code", "name", "alias"]),
        ("cities.csv", ["city", "country_code", "is_ambiguous"]),
        ("demonyms.csv", ["country_code", "adjective", "demonym"]),
        ("given_names.csv", ["given_name", "gender"]),
        ("surnames.csv", ["surname"]),
    ],
)
def test_table_of_names_is_sorted_without_repetition(name: str, header: list[str]) -> None:
    rows = [tuple(row.values()) for row in read_table(name)]
    assert list(read_table(name)[0]) == header
    assert rows == sorted(set(rows))
    assert all(isinstance(cell, str) and cell == cell.strip() for row in rows for cell in row)
    assert b"\r" not in (SEEDS / name).read_bytes()


def test_codes_of_the_name_tables_are_those_of_the_standard() -> None:
    countries = {country.alpha_2 for country in pycountry.countries}
    assert {row["country_code"] for row in read_table("cities.csv") + read_table("demonyms.csv")} - countries == {"XK"}
    subdivisions = {place.code for place in pycountry.subdivisions}
    assert {row["subdivision_code"] for row in read_table("province_aliases.csv")} <= subdivisions


def test_places_are_what_the_gazetteer_says() -> None:
    rows = read_table("places.csv")
    assert list(rows[0]) == [
        "geonames_id",
        "kind",
        "name",
        "alias",
        "country_code",
        "latitude",
        "longitude",
        "population",
    ]
    assert {row["kind"] for row in rows} == {"country", "state", "city"}
    assert {row["country_code"] for row in rows} == {row["country_code"] for row in read_table("countries.csv")}
    assert len({(row["geonames_id"], row["alias"]) for row in rows}) == len(rows)
    first = {row["geonames_id"]: row for row in reversed(rows)}
    assert all(row["name"] == row["alias"] for row in first.values())
    assert all((row["latitude"] != "") == (row["kind"] == "city") for row in rows)


def test_no_demonym_leads_to_two_adjectives_once_folded() -> None:
    adjectives: dict[str, set[str]] = {}
    for row in read_table("demonyms.csv"):
        adjectives.setdefault(compute_name_key(row["demonym"]), set()).add(row["adjective"])
    assert {key: found for key, found in adjectives.items() if len(found) > 1} == {}


def test_no_surname_is_there_twice_once_folded() -> None:
    keys = [compute_name_key(row["surname"]) for row in read_table("surnames.csv")]
    assert len(keys) == len(set(keys))


def test_genders_are_f_m_or_not_told() -> None:
    assert {row["gender"] for row in read_table("given_names.csv")} == {"f", "m", ""}


def test_agencies_are_sorted_with_each_name_once() -> None:
    names = [row["name"] for row in read_table("agencies.csv")]
    assert names == sorted(set(names))


def test_an_agency_is_of_one_kind_and_its_domains_are_domains() -> None:
    rows = read_table("agencies.csv")
    assert {row["kind"] for row in rows} == {"wire", "release", "outlet"}
    assert {row["is_ambiguous"] for row in rows} == {"true", "false"}
    kinds = {(row["agency"], row["kind"]) for row in rows}
    assert len(kinds) == len({agency for agency, _ in kinds})
    domain = re.compile(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+|")
    assert [row for row in rows if domain.fullmatch(row["domain"]) is None] == []


def test_titles_are_sorted_and_differ_in_more_than_case_and_stops() -> None:
    rows = read_table("titles.csv")
    order = [(row["title"].casefold(), row["kind"]) for row in rows]
    assert order == sorted(order)
    for is_suffix in (True, False):
        counts = Counter(
            tuple(fold_word(word) for word in row["title"].replace("-", " ").split())
            for row in rows
            if (row["kind"] == "suffix") is is_suffix
        )
        assert [title for title, count in counts.items() if count > 1] == []


def test_titles_have_known_kinds() -> None:
    assert {row["kind"] for row in read_table("titles.csv")} == KINDS


def test_suffixes_are_those_that_names_are_cut_at() -> None:
    listed = {fold_word(row["title"]) for row in read_table("titles.csv") if row["kind"] == "suffix"}
    assert listed == SUFFIXES


@pytest.mark.parametrize("title", "Dean Bishop King Judge Major Pope Prince Earl Duke Marshal Sergeant Abbot".split())
def test_title_that_is_a_surname_is_ambiguous(title: str) -> None:
    assert [row["is_ambiguous"] for row in read_table("titles.csv") if row["title"] == title] == ["true"]


def test_each_country_of_the_standard_has_one_name() -> None:
    names = [(row["country_code"], row["name"]) for row in read_table("countries.csv") if row["alias"] == row["name"]]
    assert sorted(code for code, _ in names) == sorted(country.alpha_2 for country in pycountry.countries)
    assert {(row["country_code"], row["name"]) for row in read_table("countries.csv")} == set(names)
    assert len({name for _, name in names}) == len(names)


def test_countries_are_sorted_by_code_then_own_name_then_alias() -> None:
    rows = read_table("countries.csv")
    order = [(row["country_code"], row["alias"] != row["name"], row["alias"].casefold()) for row in rows]
    assert order == sorted(order)
    assert len(set(order)) == len(order)


def test_well_known_names_are_sorted_and_each_folded_alias_is_there_once() -> None:
    rows = read_table("well_known.csv")
    order = [(row["name"].casefold(), row["alias"] != row["name"], row["alias"].casefold()) for row in rows]
    assert order == sorted(order)
    assert [key for key, count in Counter(compute_name_key(row["alias"]) for row in rows).items() if count > 1] == []


def test_a_well_known_name_has_one_type_of_a_label_and_is_its_own_sure_alias() -> None:
    rows = read_table("well_known.csv")
    types = {(row["name"], row["entity_type"]) for row in rows}
    assert len(types) == len({name for name, _ in types})
    assert {entity_type for _, entity_type in types} <= set(NAME_LABELS)
    own = {row["name"] for row in rows if row["alias"] == row["name"] and row["is_ambiguous"] == "false"}
    assert own == {name for name, _ in types}


@pytest.mark.parametrize("alias", ["Fed", "IS", "WHO", "Labour"])
def test_well_known_name_that_is_also_a_word_is_ambiguous(alias: str) -> None:
    assert [row["is_ambiguous"] for row in read_table("well_known.csv") if row["alias"] == alias] == ["true"]


def test_no_alias_leads_to_two_countries_once_folded() -> None:
    codes: dict[str, set[str]] = {}
    for row in read_table("countries.csv"):
        codes.setdefault(compute_name_key(row["alias"]), set()).add(row["country_code"])
    assert {key: found for key, found in codes.items() if len(found) > 1} == {}


def test_spellings_of_one_alias_agree_on_its_doubt() -> None:
    doubts: dict[str, set[str]] = {}
    for row in read_table("countries.csv"):
        doubts.setdefault(compute_name_key(row["alias"]), set()).add(row["is_ambiguous"])
    assert {key: found for key, found in doubts.items() if len(found) > 1} == {}


@pytest.mark.parametrize("alias", ["Georgia", "Jordan", "Chad"])
def test_country_that_is_also_another_name_is_ambiguous(alias: str) -> None:
    assert [row["is_ambiguous"] for row in read_table("countries.csv") if row["alias"] == alias] == ["true"]


def test_furniture_has_the_columns_of_its_readme_and_known_values() -> None:
    rows = read_table("furniture.csv")
    assert list(rows[0]) == ["rule", "kind", "position", "language", "text"]
    assert all(cell and cell == cell.strip() for row in rows for cell in row.values())
    assert {row["kind"] for row in rows} == {"line", "prefix", "pattern"}
    assert {row["position"] for row in rows} == {"anywhere", "edge"}
    assert all(re.fullmatch("[a-z]+(_[a-z]+)*", row["rule"]) for row in rows)
    assert {row["language"] for row in rows} >= {"de", "en", "es", "fr"}


def test_furniture_is_sorted_and_has_no_line_twice() -> None:
    rows = read_table("furniture.csv")
    order = [(row["rule"], row["kind"], row["position"], row["language"], row["text"].casefold()) for row in rows]
    assert order == sorted(order)
    assert [
        text for text, count in Counter((row["kind"], row["text"].casefold()) for row in rows).items() if count > 1
    ] == []


def test_a_pattern_of_furniture_is_a_regular_expression_that_does_not_match_nothing() -> None:
    patterns = [row["text"] for row in read_table("furniture.csv") if row["kind"] == "pattern"]
    assert [text for text in patterns if re.fullmatch(text, "") is not None] == []


def test_every_outlet_of_the_sample_is_in_the_sources_file_and_no_other() -> None:
    file = read_sources(SEEDS / "sources.toml")
    folders = {path.stem if path.suffix else path.name for path in ARTICLES.iterdir()}
    known = {source.id for source in file.sources}
    assert {name if name in known else f"{name}.example" for name in folders} == known
    assert all(source.country and source.timezone and source.language and not source.feeds for source in file.sources)
