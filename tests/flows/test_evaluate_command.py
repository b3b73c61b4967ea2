"""``dateline evaluate`` as a person types it: figures, errors with their line, what is kept. No model is asked."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import duckdb
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.context import RunContext
from flows.home import Home
from flows.progress import ProgressReport
from flows.settings import Settings
from flows.steps import evaluate
from flows.steps.evaluate import FoundNames, GoldFile, read_gold
from flows.steps.interval import holding_home
from transforms.evaluation import FoundArticle, FoundMention
from warehouse.publish import build_aside

TEXT = "Ann Lee met Bo Kim. Lee left."
LABELS = [(0, 7, "ann"), (12, 18, "bo"), (20, 23, "ann")]
LINE = {
    "id": "one",
    "text": TEXT,
    "mentions": [
        {"start": start, "end": end, "surface": TEXT[start:end], "type": "PERSON", "entity": entity}
        for start, end, entity in LABELS
    ],
}


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a gold file of one article, in which the pipeline finds two of three names."""
    monkeypatch.delenv("DATELINE_HOME", raising=False)

    def find_two(_: GoldFile, settings: Settings, *, report: ProgressReport) -> FoundNames:
        report.begin("finding names")
        names = [FoundMention("body", 0, 7, "PERSON", 1), FoundMention("body", 20, 23, "PERSON", 1)]
        return FoundNames(context=RunContext.start(settings), articles={"one": FoundArticle("", TEXT, names)})

    monkeypatch.setattr(evaluate, "find_names", find_two)
    path = tmp_path / "a [set].jsonl"
    path.write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    return path


def run(home: Path, *words: str) -> tuple[int, str, str]:
    """Return exit status, standard output and standard error of ``dateline evaluate``."""
    done = CliRunner().invoke(app, ["--home", str(home), "evaluate", *words])
    return done.exit_code, done.stdout, done.stderr


def test_the_figures_are_printed(tmp_path: Path, gold: Path) -> None:
    code, out, err = run(tmp_path / "home", str(gold))
    assert (code, err.split(":")[0]) == (0, "not kept")
    assert out.startswith("a [set].jsonl: 1 articles, 3 names labelled; ")
    assert "PERSON         3      100.0    66.7  80.0                66.7" in out


def test_the_figures_are_one_json_object_for_programs(tmp_path: Path, gold: Path) -> None:
    code, out, _ = run(tmp_path / "home", str(gold), "--format", "json")
    told = json.loads(out)
    assert (code, told["gold_name"], told["article_count"]) == (0, "a [set].jsonl", 1)
    recall = next(score for score in told["scores"] if score["metric"] == "mention_recall")
    assert (recall["true_positive_count"], recall["false_negative_count"]) == (2, 1)


def test_the_figures_are_kept_in_the_warehouse_once(tmp_path: Path, gold: Path) -> None:
    home = Home(tmp_path / "home")
    with build_aside(home.warehouse_path):
        pass
    for _ in range(2):
        code, _, err = run(home.path, str(gold))
        assert (code, err.split(" in ")[0]) == (0, "kept")
    with closing(duckdb.connect(str(home.warehouse_path), read_only=True)) as con:
        query = "select value_ratio, gold_name from fact_evaluation where entity_type = 'ALL' and metric = $metric"
        assert con.execute(query, {"metric": "mention_precision"}).fetchall() == [(1.0, "a [set].jsonl")]


def test_figures_that_cannot_be_kept_are_printed_all_the_same(tmp_path: Path, gold: Path) -> None:
    home = Home(tmp_path / "home")
    with build_aside(home.warehouse_path):
        pass
    with holding_home(home):
        code, out, err = run(home.path, str(gold))
    assert code == 1
    assert "names found" in out
    assert err.startswith("dateline evaluate: another run is writing")


def test_a_home_that_cannot_keep_figures_is_refused_before_they_are_made(tmp_path: Path, gold: Path) -> None:
    home = Home(tmp_path / "home")
    home.path.mkdir()
    with closing(duckdb.connect(str(home.warehouse_path))) as con:
        con.execute("create table something_else (word varchar)")
    code, out, err = run(home.path, str(gold))
    assert (code, out) == (1, "")
    assert err.startswith(f"dateline evaluate: {home.warehouse_path} is a DuckDB file, but no warehouse")


def test_a_home_that_is_busy_is_waited_for(tmp_path: Path, gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "home")
    with build_aside(home.warehouse_path):
        pass
    monkeypatch.setenv("DATELINE_BUSY_WAIT_SECONDS", "60")
    is_held = Event()

    def hold() -> None:
        with holding_home(home):
            is_held.set()
            time.sleep(1)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert is_held.wait(timeout=60)
        code, _, err = run(home.path, str(gold))
        held.result()
    assert (code, err.split(" in ")[0]) == (0, "kept")


def test_a_gold_file_that_is_wrong_is_said_with_its_line(tmp_path: Path, gold: Path) -> None:
    gold.write_text(json.dumps(LINE) + '\n{"id": "two", "text": "x"}\n', encoding="utf-8")
    code, out, err = run(tmp_path / "home", str(gold))
    assert (code, out) == (2, "")
    assert err == f"dateline evaluate: {gold}: line 2: 'mentions' has to be a list, and is None\n"


@pytest.mark.parametrize("name", ["nothing.jsonl", "."], ids=["no file", "a folder"])
def test_a_gold_file_that_cannot_be_read_is_wrong_usage(tmp_path: Path, name: str) -> None:
    code, _, err = run(tmp_path / "home", str(tmp_path / name))
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"dateline evaluate: cannot read {tmp_path / name}")


def test_a_model_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(LINE), encoding="utf-8")
    code, _, err = run(tmp_path / "home", str(path), "--model", "no_such_model")
    assert (code, "no_such_model" in err) == (2, True)


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(LINE).encode() + b"\r\n")
    assert [article.article_id for article in read_gold(path).articles] == ["one"]
