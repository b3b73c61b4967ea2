"""Files of a batch by object storage: the worker needs no home, the run has all that was made, no object stays."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import fsspec
import polars as pl
import pytest

from flows.errors import StageError, UsageError
from flows.runners import object_store
from flows.runners.object_store import ObjectStore
from flows.stage import read_parquet, write_parquet
from flows.steps.bodies import BODY
from flows.worker_tasks import EnrichOrder, enrich_chunk
from transforms.schemas import SPAN, TEXT

URL = "memory://bucket/pre[1] *"


@dataclass(frozen=True, kw_only=True)
class CountOrder:
    """Words to count.

    Attributes:
        words_path: Given.
        total_path: Made; may be there.
        number: Added to the total.
    """

    words_path: Path
    total_path: Path
    number: int

    def list_inputs(self) -> list[Path]:
        """Return what is there."""
        return [path for path in (self.words_path, self.total_path) if path.exists()]

    def list_outputs(self) -> list[Path]:
        """Return the total."""
        return [self.total_path]


def count_words(order: CountOrder) -> int:
    """Write how many words there are, unless that is known, and return it."""
    if not order.total_path.exists():
        order.total_path.parent.mkdir(parents=True)
        order.total_path.write_text(str(len(order.words_path.read_text().split()) + order.number))
    return int(order.total_path.read_text())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with words."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "words.txt").write_text("one two")
    return home


@pytest.fixture
def store(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    """Return a store that is open, and have this process be a worker with a folder."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(object_store, "get_worker", lambda: SimpleNamespace(local_directory=str(scratch)))
    store = ObjectStore.parse(URL, home=home, marker="marker")
    store.open()
    yield store
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def order(home: Path) -> CountOrder:
    """Return an order on the words."""
    return CountOrder(words_path=home / "words.txt", total_path=home / "made" / "total.txt", number=1)


def list_objects() -> list[str]:
    """Return the names of all objects, without their folders."""
    return sorted(name.rpartition("/")[2] for name in fsspec.filesystem("memory").find("/"))


def test_a_worker_without_the_home_makes_what_the_run_receives(
    store: ObjectStore, order: CountOrder, home: Path, tmp_path: Path
) -> None:
    store.send(order, "key")
    shutil.move(home, tmp_path / "elsewhere")
    assert store.do(count_words, order, "key") == (3, ["made/total.txt"])

    shutil.move(tmp_path / "elsewhere", home)
    store.receive(["made/total.txt"], "key")
    assert order.total_path.read_text() == "3"
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_was_there_before_is_given_and_does_not_come_back(store: ObjectStore, order: CountOrder) -> None:
    order.total_path.parent.mkdir()
    order.total_path.write_text("40")
    store.send(order, "key")
    assert store.do(count_words, order, "key") == (40, [])


def test_batches_with_the_same_file_do_not_remove_it_from_each_other(store: ObjectStore, order: CountOrder) -> None:
    store.send(order, "one")
    store.send(order, "two")
    store.discard("one")
    assert store.do(count_words, order, "two")[0] == 3


def test_no_object_stays_when_a_run_ends(store: ObjectStore, order: CountOrder) -> None:
    store.send(order, "key")
    assert list_objects() == ["marker", "words.txt"]
    store.close()
    assert list_objects() == []


def test_what_a_killed_run_left_goes_when_the_next_begins_and_what_another_home_has_stays(
    store: ObjectStore, order: CountOrder, home: Path
) -> None:
    store.send(order, "key")
    other = ObjectStore.parse(URL, home=home / "other", marker="other marker")
    other.open()
    ObjectStore.parse(URL, home=home, marker="next marker").open()
    assert list_objects() == ["next marker", "other marker"]


def test_a_worker_that_sees_another_store_is_told(store: ObjectStore) -> None:
    store.close()
    with pytest.raises(UsageError, match=r"the Dask worker on .*: cannot read memory://bucket.*marker"):
        store.require()


def test_a_store_that_fails_is_named_with_its_reason(
    store: ObjectStore, order: CountOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("Access Denied")

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "pipe_file", refuse)
    with pytest.raises(StageError, match=r"^cannot write to memory://bucket/pre.*: Access Denied; look at the address"):
        store.send(order, "key")


def test_a_chunk_takes_the_spans_of_another_chunk_along(tmp_path: Path) -> None:
    order = EnrichOrder(
        texts_path=tmp_path / "texts.parquet",
        bodies_path=tmp_path / "bodies.parquet",
        spans_folder=tmp_path / "spans",
        chunk_id="bb",
        sketches_path=tmp_path / "sketches.parquet",
        mentions_path=tmp_path / "mentions.parquet",
        model=None,
    )
    rows = [("t1", "b1", "t0", "aa"), ("t2", "b2", "t3", "cc"), ("t4", "b4", None, None)]
    write_parquet(pl.DataFrame(rows, schema=BODY, orient="row"), order.bodies_path)
    write_parquet(SPAN.to_frame(), tmp_path / "spans" / "aa" / "aa.parquet")
    assert order.list_inputs() == [order.bodies_path, tmp_path / "spans" / "aa" / "aa.parquet"]

    write_parquet(SPAN.to_frame(), order.spans_path)
    assert order.list_inputs() == [order.bodies_path, order.spans_path]


def test_a_chunk_enriched_elsewhere_leaves_its_stage_files(store: ObjectStore, home: Path) -> None:
    order = EnrichOrder(
        texts_path=home / "stage" / "texts" / "bb.parquet",
        bodies_path=home / "stage" / "bodies" / "bb.parquet",
        spans_folder=home / "stage" / "spans",
        chunk_id="bb",
        sketches_path=home / "stage" / "sketches" / "bb.parquet",
        mentions_path=home / "stage" / "mentions" / "bb.parquet",
        model=None,
    )
    write_parquet(TEXT.to_frame(), order.texts_path)
    store.send(order, "key")
    result, names = store.do(enrich_chunk, order, "key")
    store.receive(names, "key")
    assert (result.text_count, names) == (0, ["stage/sketches/bb.parquet", "stage/mentions/bb.parquet"])
    assert read_parquet(order.mentions_path).is_empty()
