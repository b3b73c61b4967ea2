"""Whole runs over small corpora: what ends up in the warehouse, and that nothing else can."""

import gzip
import itertools
import random
from pathlib import Path

import duckdb
import pytest

from flows.errors import HomeBusyError, UsageError
from flows.home import Home
from flows.steps.interval import holding_home
from tests.integration.support import Record, Run, dump_contents, query, write_jsonl
from warehouse import checks
from warehouse.errors import CheckFailedError

pytestmark = pytest.mark.model


def make_records(count: int = 12) -> list[Record]:
    """Return articles of two outlets; of every four, the first two print the same text."""
    people = ("Sarah Johnson", "Peter Miller", "Maria Lopez", "Thomas Weber")
    places = ("Lisbon", "Oslo", "Nairobi")
    sessions = [number // 2 * 2 if number % 4 < 2 else number for number in range(count)]
    return [
        {
            "id": f"a{number}",
            "source": "gazette.example" if number % 2 else "courier.example",
            "published": f"2024-03-{number % 28 + 1:02}T08:00:00Z",
            "title": f"Council meets for session {session}",
            "text": (
                f"Mayor {people[number // 2 % 4]} opened session {session} of the city council in "
                f"{places[number // 2 % 3]} on Monday. {people[number // 2 % 4].split()[1]} said that the budget would "
                "be discussed by all members before the summer."
            ),
        }
        for number, session in enumerate(sessions)
    ]


def test_every_document_is_loaded_once_and_named_in_the_warehouse(tmp_path: Path, run: Run) -> None:
    result = run(tmp_path / "home", write_jsonl(tmp_path / "council.jsonl", make_records()))
    assert (result.loaded.run.read_count, result.loaded.run.loaded_count) == (12, 12)
    assert query(tmp_path / "home", "select count(*) from fact_article") == [(12,)]
    names = query(
        tmp_path / "home",
        """
        select name, count(*) from fact_entity_mention join dim_entity using (entity_key)
        where entity_type = 'PERSON' and name = 'Sarah Johnson' group by name
        """,
    )
    # Articles 0, 1, 8 and 9 name her twice each: in full and by her surname.
    assert names == [("Sarah Johnson", 8)]


def test_offsets_count_characters_of_the_stored_text(tmp_path: Path, run: Run) -> None:
    record = {
        "id": "1",
        "title": "Sarah Johnson wins 🏆",
        "text": "“Ça va”, said Sarah Johnson of Zürich 🏔️. Johnson left for Oslo.",
    }
    run(tmp_path / "home", write_jsonl(tmp_path / "x.jsonl", [record]))
    rows = query(
        tmp_path / "home",
        """
        select field, surface_text, start_char,
            substr(if(field = 'body', body, headline), start_char + 1, end_char - start_char)
        from fact_entity_mention join article_body using (article_key) join dim_article using (article_key)
        order by field, start_char
        """,
    )
    assert rows
    for field, surface, start, stored in rows:
        text = str(record["text"] if field == "body" else record["title"])
        assert surface == stored
        assert text[int(str(start)) :].startswith(str(surface))


def test_a_second_run_changes_nothing(tmp_path: Path, run: Run) -> None:
    home, path = tmp_path / "home", write_jsonl(tmp_path / "council.jsonl", make_records())
    run(home, path)
    before = dump_contents(home)
    again = run(home, path)
    assert again.loaded.run.unchanged_count == again.loaded.run.read_count == 12
    assert again.extracted.chunk_count == 0
    assert dump_contents(home) == before


def test_the_order_of_the_lines_does_not_matter(tmp_path: Path, run: Run) -> None:
    records = make_records()
    records.append({**records[3], "title": "Council meets, corrected", "modified": "2024-04-02T00:00:00Z"})
    records.append({**records[3], "modified": "2024-04-03T00:00:00Z"})
    shuffled = random.Random(7).sample(records, len(records))
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    run(tmp_path / "home1", write_jsonl(tmp_path / "one" / "council.jsonl", records))
    run(tmp_path / "home2", write_jsonl(tmp_path / "two" / "council.jsonl", shuffled))
    assert dump_contents(tmp_path / "home1") == dump_contents(tmp_path / "home2")


def test_one_run_over_all_is_the_same_as_a_run_a_file(tmp_path: Path, run: Run) -> None:
    records = make_records()
    halves = [records[6:], records[:6]]
    for number, half in enumerate(halves):
        (tmp_path / f"part{number}").mkdir()
        run(tmp_path / "home1", write_jsonl(tmp_path / f"part{number}" / "council.jsonl", half))
    run(tmp_path / "home2", write_jsonl(tmp_path / "council.jsonl", records))
    assert dump_contents(tmp_path / "home1") == dump_contents(tmp_path / "home2")


def test_a_text_of_two_outlets_is_read_once_and_marked_on_the_later(tmp_path: Path, run: Run) -> None:
    text = {
        "title": "Bridge reopens",
        "text": "Sarah Johnson reopened the bridge in Lisbon on Monday morning, to applause.",
    }
    records: list[Record] = [
        {"id": "b", "source": "courier.example", "published": "2024-03-02", **text},
        {"id": "a", "source": "gazette.example", "published": "2024-03-01", **text},
    ]
    result = run(tmp_path / "home", write_jsonl(tmp_path / "x.jsonl", records))
    assert result.extracted.text_count == 1
    rows = query(
        tmp_path / "home",
        """
        select source_id, is_duplicate, mention_count from fact_article join dim_source using (source_key) order by all
        """,
    )
    assert [row[:2] for row in rows] == [("courier.example", True), ("gazette.example", False)]
    assert rows[0][2] == rows[1][2] != 0


def test_a_changed_article_is_a_new_version(tmp_path: Path, run: Run) -> None:
    first: Record = {
        "url": "https://gazette.example/1",
        "published": "2024-03-01",
        "title": "Sarah Johnson wins",
        "text": "Sarah Johnson won.",
    }
    second: Record = {**first, "modified": "2024-03-02", "text": "Sarah Johnson won by ten votes, not nine."}
    run(tmp_path / "home", write_jsonl(tmp_path / "x.jsonl", [first]))
    run(tmp_path / "home", write_jsonl(tmp_path / "x.jsonl", [second]))
    assert query(
        tmp_path / "home",
        "select version, is_current, body from dim_article join article_body using (article_key) order by version",
    ) == [(1, False, "Sarah Johnson won."), (2, True, "Sarah Johnson won by ten votes, not nine.")]


def test_a_line_that_repeats_is_taken_off_earlier_articles_too(tmp_path: Path, run: Run) -> None:
    def record(number: int) -> Record:
        text = f"Sarah Johnson gave talk number {number} in Oslo.\n\nTwice-weekly letters from the harbour desk"
        return {
            "id": f"{number}",
            "source": "harbour.example",
            "published": "2024-03-01",
            "title": f"Talk {number}",
            "text": text,
        }

    home = tmp_path / "home"
    run(home, write_jsonl(tmp_path / "one.jsonl", [record(number) for number in range(3)]))
    assert query(home, "select count(*) from article_body where body like '%harbour desk%'") == [(3,)]
    run(home, write_jsonl(tmp_path / "two.jsonl", [record(number) for number in range(3, 6)]))
    assert query(home, "select count(*) from article_body where body like '%harbour desk%'") == [(0,)]
    removed = "select paragraph_number, count(*) from article_removed_line where rule = 'repeated_line' group by all"
    assert query(home, removed) == [(1, 6)]
    assert query(home, "select count(*) from fact_article where mention_count = 0 or extraction_id is null") == [(0,)]


def test_a_body_under_another_headline_is_not_read_by_the_model_again(tmp_path: Path, run: Run) -> None:
    home, records = tmp_path / "home", make_records(6)
    run(home, write_jsonl(tmp_path / "x.jsonl", records))
    changed: list[Record] = [{**record, "title": f"Sarah Johnson again, {record['id']}"} for record in records]
    result = run(home, write_jsonl(tmp_path / "x.jsonl", changed))
    assert (result.loaded.run.loaded_count, result.extracted.text_count) == (6, 6)
    assert result.extracted.nlp_cpu_seconds == 0.0
    named = "select field, count(*) from fact_entity_mention join dim_article using (article_key) "
    counts = query(
        home, named + "join dim_entity using (entity_key) where name = 'Sarah Johnson' and is_current group by 1"
    )
    # Articles 0 and 1 name her in the new headline, and twice each in the body.
    assert sorted(counts) == [("body", 4), ("headline", 2)]


def test_a_language_the_model_does_not_read_is_loaded_without_names(tmp_path: Path, run: Run) -> None:
    text = "El alcalde de Madrid dijo el lunes que la ciudad va a construir más viviendas para los jóvenes este año."
    result = run(
        tmp_path / "home", write_jsonl(tmp_path / "x.jsonl", [{"id": "1", "title": "Viviendas", "text": text}])
    )
    assert (result.loaded.run.loaded_count, result.loaded.run.unsupported_count) == (1, 1)
    assert query(
        tmp_path / "home",
        "select language_code, mention_count from dim_article join fact_article using (article_key)",
    ) == [("es", 0)]


def test_what_cannot_be_read_is_refused_with_a_reason_and_the_rest_loads(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\t\n ")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "utf16.txt").write_text("Talk in Oslo\n\nSarah Johnson spoke in Oslo.\n", encoding="utf-16")
    (folder / "utf16be.txt").write_bytes("Talk in Oslo again\n\nSarah Johnson spoke again.\n".encode("utf-16-be"))
    (folder / "bad-utf8.txt").write_bytes(b"Talk in Lisbon\n\nSarah Johnson spoke in \xff Lisbon for an hour.\n")
    (folder / "nul.txt").write_bytes(b"Talk in Rome\n\nSarah\x00 Johnson spoke in Rome.\n")
    lines = [
        '{"id": "ok", "text": "Sarah Johnson spoke."}',
        "{not json",
        '{"id": "none"}',
        '{"id": "number", "text": 5}',
    ]
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    packed = gzip.compress(b'{"id": "z", "text": "Sarah Johnson spoke in Bergen."}\n' * 2000)
    (folder / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    result = run(tmp_path / "home", folder)
    rows = query(tmp_path / "home", "select external_id, reason from rejected_document")
    names = {str(external_id).removeprefix("in/"): reason for external_id, reason in rows}
    assert names["empty.txt"] == names["blank.txt"] == "empty"
    assert names["binary.txt"] == "not_text"
    assert names["loop"] == "symlink_loop"
    assert {reason for name, reason in names.items() if name.startswith("cut.jsonl.gz")} == {"truncated"}
    assert sorted(str(reason) for name, reason in names.items() if name.startswith("lines.jsonl")) == [
        "bad_field",
        "bad_json",
        "missing_text",
    ]
    counts = result.loaded.run
    assert counts.read_count == (
        counts.loaded_count + counts.unchanged_count + counts.duplicate_count + counts.rejected_count
    )
    bodies = {str(body) for (body,) in query(tmp_path / "home", "select body from article_body")}
    assert {"Sarah Johnson spoke in Oslo.", "Sarah Johnson spoke again.", "Sarah Johnson spoke in Rome."} <= bodies
    assert any("spoke in" in body and "Lisbon for an hour." in body for body in bodies)


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path, run: Run) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        run(tmp_path / "home", tmp_path / "nowhere")


def test_a_second_run_in_the_same_home_is_turned_away(tmp_path: Path, run: Run) -> None:
    path = write_jsonl(tmp_path / "x.jsonl", make_records(1))
    with holding_home(Home(tmp_path / "home")), pytest.raises(HomeBusyError, match="another run"):
        run(tmp_path / "home", path)


def test_a_failed_check_keeps_the_warehouse_that_was_there(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    run(home, write_jsonl(tmp_path / "one.jsonl", make_records(1)))
    before = (home / "warehouse.duckdb").read_bytes()

    def spoil(con: duckdb.DuckDBPyConnection) -> None:
        con.execute("update fact_entity_mention set end_char = end_char + 1")
        checks.run_checks(con)

    monkeypatch.setattr("flows.steps.load.check_load", spoil)
    with pytest.raises(CheckFailedError, match="offset"):
        run(home, write_jsonl(tmp_path / "two.jsonl", make_records(4)))
    assert (home / "warehouse.duckdb").read_bytes() == before
    assert [path.name for path in home.glob(".*building*")] == []


def test_a_reader_keeps_its_warehouse_while_a_run_publishes(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "home"
    run(home, write_jsonl(tmp_path / "one.jsonl", make_records(2)))
    with (home / "warehouse.duckdb").open("rb") as held:
        before = held.read()
        run(home, write_jsonl(tmp_path / "two.jsonl", make_records(6)))
        held.seek(0)
        assert held.read() == before
    assert query(home, "select count(*) from fact_article") == [(6,)]


def test_an_article_longer_than_spacy_takes_at_once_is_read(tmp_path: Path, run: Run) -> None:
    # What it takes at once is counted in characters, what that costs in words: so these are long.
    sentence = "Incomprehensible counterrevolutionaries mischaracterised institutionalisation."
    text = " ".join(itertools.repeat(sentence, 1_020_000 // len(sentence))) + " Sarah Johnson spoke."
    run(tmp_path / "home", write_jsonl(tmp_path / "x.jsonl", [{"id": "1", "title": "Long", "text": text}]))
    assert (
        query(tmp_path / "home", "select surface_text from fact_entity_mention where surface_text = 'Sarah Johnson'")
        != []
    )
