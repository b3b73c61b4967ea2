"""``dateline decide``, ``review`` and ``resolve`` as a person types them, on a warehouse of two people."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.decisions_file import read_decisions_file
from tests.integration.support import query
from tests.warehouse.samples import (
    frame_mentions,
    frame_texts,
    load_article,
    load_news,
    make_version,
    name_mention,
    resolve,
    settle,
)
from warehouse.load import load_texts
from warehouse.publish import build_aside


@pytest.fixture(scope="module")
def news_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a published warehouse: Ann Lee, who is Ann Q Lee too, and Bo Kim."""
    path = tmp_path_factory.mktemp("news") / "warehouse.duckdb"
    with build_aside(path) as con:
        load_news(con)
    return path


@pytest.fixture
def home(news_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home with that warehouse."""
    monkeypatch.delenv("DATELINE_DECISIONS", raising=False)
    (tmp_path / "warehouse.duckdb").write_bytes(news_path.read_bytes())
    return tmp_path


def say(home: Path, *words: str) -> Result:
    """Return what the program said."""
    return CliRunner().invoke(app, ["--home", str(home), *words])


def list_decided(home: Path) -> list[tuple[str, str, str, str, str]]:
    """Return the lines of the decisions file without who, when and why."""
    decisions = read_decisions_file(home / "decisions.csv").decisions
    return [(one.verb, one.entity_id, one.part, one.article, one.target) for one in decisions]


ANN, BO = "PERSON:ann lee", "PERSON:bo kim"
WORDS = {
    "by-name": (["merge", "bo kim", "Ann Lee"], ("merge", BO, "", "", ANN)),
    "by-former-id": (["merge", BO, "PERSON:ann q lee"], ("merge", BO, "", "", ANN)),
    "split-alias": (["split", "Ann Lee", "Lee"], ("split", ANN, "Lee", "", "")),
    "split-article": (
        ["split", "Ann Lee", "--article", "two.txt", "--to", "Bo Kim"],
        ("split", ANN, "", "two.txt", BO),
    ),
    "split-to-new": (["split", "Ann Lee", "Lee", "--to", "PERSON:lee#2"], ("split", ANN, "Lee", "", "PERSON:lee#2")),
    "rename": (["rename", "Bo Kim", 'Kim, [bold]"Bo"'], ("rename", BO, "", "", 'Kim, [bold]"Bo"')),
    "retype": (["retype", "Bo Kim", "ORG"], ("retype", BO, "", "", "ORG")),
    "hide": (["hide", "Bo Kim"], ("hide", BO, "", "", "")),
    "show": (["show", "Bo Kim"], ("show", BO, "", "", "")),
    "link": (["link", "Bo Kim", "Q1"], ("link", BO, "", "", "Q1")),
}


@pytest.mark.parametrize(("words", "expected"), WORDS.values(), ids=WORDS)
def test_a_decision_is_written_with_ids_and_undone(
    home: Path, words: list[str], expected: tuple[str, str, str, str, str]
) -> None:
    done = say(home, "decide", *words, "--note", 'it is "one", really', "--by", "kim")
    assert (done.exit_code, done.stderr) == (0, "")
    assert list_decided(home) == [expected]
    (decision,) = read_decisions_file(home / "decisions.csv").decisions
    assert (decision.decided_by, decision.note) == ("kim", 'it is "one", really')
    assert f"dateline --home {home} resolve" in done.stdout
    assert say(home, "decide", "undo").exit_code == 0
    assert list_decided(home) == []


def test_what_was_undone_is_shown_as_the_line_that_brings_it_back(home: Path) -> None:
    for words in (["hide", "Bo Kim"], ["link", "Ann Lee", "Q1", "--note", 'she, "really"']):
        assert say(home, "decide", *words).exit_code == 0
    before = (home / "decisions.csv").read_text()
    done = say(home, "decide", "undo")
    assert "decide undo" not in done.stdout  # which would remove the one before it
    assert f"dateline --home {home} resolve" in done.stdout
    with (home / "decisions.csv").open("a") as file:
        file.write(done.stdout.splitlines()[-1] + "\n")
    assert (home / "decisions.csv").read_text() == before


def test_a_line_that_is_not_there_is_told_with_those_that_are(home: Path) -> None:
    assert say(home, "decide", "hide", "Bo Kim").exit_code == 0
    done = say(home, "decide", "undo", "7")
    assert (done.exit_code, "has no decision on line 7: it has decisions on lines 2 to 2" in done.stderr) == (2, True)


WRONG = {
    "unknown": (["merge", "Cy", "Bo Kim"], "no entity is 'Cy'"),
    "one-already": (["merge", "Ann Lee", "Ann Q Lee"], "are one entity already, PERSON:ann lee"),
    "no-part": (["split", "Ann Lee", "Kim"], "has no name or alias 'Kim', it has PERSON:ann lee, "),
    "no-article": (["split", "Ann Lee", "--article", "nine"], "no article 'nine' names PERSON:ann lee"),
    "nothing-to-split": (["split", "Ann Lee"], "part '' is empty, and article is"),
    "no-type": (["retype", "Bo Kim", "person"], "target 'person' is no entity_type"),
    "no-name": (["rename", "Bo Kim", " "], "target '' is empty: write the name"),
    "no-line": (["undo", "7"], "there is no decision to undo in "),
    "nothing-to-undo": (["undo"], "there is no decision to undo in "),
    "not-a-number": (["undo", "first"], "'first' is no line: give its number, or last"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_what_makes_no_sense_is_refused_in_one_line_and_nothing_is_written(
    home: Path, words: list[str], message: str
) -> None:
    done = say(home, "decide", *words)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (home / "decisions.csv").exists()


def test_without_a_warehouse_the_program_says_how_to_make_one(tmp_path: Path) -> None:
    for words in (("decide", "hide", "Bo Kim"), ("review",), ("resolve",)):
        done = say(tmp_path, *words)
        assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
        assert "there is no warehouse at" in done.stderr


def test_decide_alone_says_what_it_wants(home: Path) -> None:
    done = say(home, "decide")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "give a command, or --from FILE" in done.stderr


def test_resolve_applies_the_file_and_says_what_changed_and_what_had_no_effect(home: Path) -> None:
    assert say(home, "decide", "merge", "Bo Kim", "Ann Lee").exit_code == 0
    with (home / "decisions.csv").open("a") as file:
        file.write("hide,ORG:none,,,,,kim,2026-11-01\n")
    done = say(home, "resolve")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "merged   Bo Kim (PERSON:bo kim) -> Ann Lee (PERSON:ann lee)",
        "warning: decisions line 3: no entity ORG:none here: nothing done, until it is loaded",
        "entities: 1 merged; 3 mentions moved",
    ]
    assert query(home, "select entity_id, name from dim_entity where entity_key >= 0") == [(ANN, "Ann Lee")]
    assert query(home, "select count(*) from dim_run where read_count = 0") == [(1,)]


def test_a_wrong_file_stops_resolve_with_its_line_and_the_warehouse_stays(home: Path) -> None:
    assert say(home, "decide", "hide", "Bo Kim").exit_code == 0
    with (home / "decisions.csv").open("a") as file:
        file.write("merge,PERSON:a,,,PERSON:a,,kim,yesterday\n")
    done = say(home, "resolve")
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0] == "dateline resolve: 2 problems"
    assert f"{home / 'decisions.csv'}:3: decided_at: 'yesterday' is no moment" in done.stderr
    assert query(home, "select count(*) from dim_entity where is_hidden") == [(0,)]


def test_a_review_shows_a_doubtful_name_with_sentences_and_the_command(home: Path) -> None:
    lines = say(home, "review", "--kind", "doubtful").stdout.splitlines()
    assert lines[0] == "1. doubtful, 1 article: Ann Q Lee / Ann Lee"
    assert lines[2] == "   - The A, 2026-11-03, Rain: [Ann Q Lee]."
    assert f"   dateline --home {home} decide split 'PERSON:ann lee' 'PERSON:ann q lee'" in lines


def test_a_sentence_that_was_reprinted_is_shown_once(home: Path) -> None:
    with build_aside(home / "warehouse.duckdb") as con:
        load_article(con, make_version(4, "four", "c4"), make_version(5, "five", "c5"))
        mentions = frame_mentions(
            *(name_mention("c4", name, start) for name, start in (("Ann Q Lee", 0), ("Bo Kim", 11))),
            *(name_mention("c5", name, start) for name, start in (("Ann Lee", 0), ("Bo Kim", 12))),
        )
        texts = frame_texts(c4="Ann Q Lee. Bo Kim.", c5="Ann Lee met Bo Kim. Lee spoke.")
        load_texts(con, texts, mentions, extraction_id="x1", run_key=1)
        settle(con)
        resolve(con)
    lines = say(home, "review", "--kind", "doubtful").stdout.splitlines()
    assert lines[0] == "1. doubtful, 2 articles: Ann Q Lee / Ann Lee"
    assert [line.partition(": ")[2] for line in lines if line.startswith("   - ")] == [
        "[Ann Q Lee].",
        "[Ann Lee] met Bo Kim.",
    ]


def test_a_sheet_that_is_filled_in_is_taken(home: Path) -> None:
    sheet = say(home, "review", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert [row["decision"] for row in rows] == ["split"]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows([rows[0] | {"verdict": "Yes", "note": "two; people"}, rows[0] | {"verdict": "no"}])
    (home / "sheet.csv").write_text("\ufeff" + out.getvalue(), newline="")
    done = say(home, "decide", "--from", str(home / "sheet.csv"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert list_decided(home) == [("split", ANN, "PERSON:ann q lee", "", "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", ":1: has no column verdict, decision, entity_id, part, article, target"),
        ("verdict,decision,entity_id,part,article,target\nmaybe,hide,ORG:x,,,\n", ":2: verdict: 'maybe' is neither"),
        ("verdict,decision,entity_id,part,article,target\nyes,hide,x,,,\n", ":2: entity_id 'x' is no entity_id"),
    ],
    ids=["no-sheet", "no-verdict", "no-id"],
)
def test_a_sheet_that_cannot_be_understood_is_refused_with_its_line(home: Path, text: str, message: str) -> None:
    (home / "sheet.csv").write_text(text)
    done = say(home, "decide", "--from", str(home / "sheet.csv"))
    assert done.exit_code == 2
    assert message in done.stderr
    assert not (home / "decisions.csv").exists()


def test_a_review_as_json_has_the_columns_of_the_sheet(home: Path) -> None:
    (row,) = json.loads(say(home, "review", "--format", "json").stdout)
    assert (row["kind"], row["entity_id"], row["part"], row["article_count"]) == (
        "doubtful",
        ANN,
        "PERSON:ann q lee",
        1,
    )
