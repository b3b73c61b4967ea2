"""A load works on the file published before the last, made equal to the last, and never on one that somebody reads."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.warehouse.samples import fetch
from warehouse import publish, recycle
from warehouse.blocks import BLOCK_BYTES, name_record
from warehouse.connection import connect
from warehouse.publish import build_aside, name_aside
from warehouse.recycle import keep_previous, mirror_file, name_previous, prepare_copy


@pytest.fixture
def aside(published: Path) -> Path:
    return name_aside(published)


@pytest.fixture
def replaced(published: Path) -> Path:
    """Return where a second file was published; the first is kept under its hidden name."""
    published.write_bytes(b"first")
    keep_previous(published)
    published.unlink()
    published.write_bytes(b"second")
    return published


@pytest.mark.parametrize(
    ("held", "written_count"),
    [
        pytest.param(None, 3 * BLOCK_BYTES + 5, id="no file"),
        pytest.param(b"", 3 * BLOCK_BYTES + 5, id="an empty file"),
        pytest.param(b"a" * BLOCK_BYTES, 2 * BLOCK_BYTES + 5, id="a shorter file"),
        pytest.param(b"a" * BLOCK_BYTES + b"x" + b"b" * (2 * BLOCK_BYTES + 4), BLOCK_BYTES, id="one byte differs"),
        pytest.param(b"a" * BLOCK_BYTES + b"b" * (2 * BLOCK_BYTES) + b"b" * 9, 5, id="a longer file"),
        pytest.param(b"a" * BLOCK_BYTES + b"b" * (2 * BLOCK_BYTES + 5), 0, id="an equal file"),
    ],
)
def test_a_mirrored_file_is_equal_and_only_blocks_that_differ_are_written(
    tmp_path: Path, held: bytes | None, written_count: int
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"a" * BLOCK_BYTES + b"b" * (2 * BLOCK_BYTES + 5))
    if held is not None:
        target.write_bytes(held)
    assert mirror_file(source, target) == written_count
    assert target.read_bytes() == source.read_bytes()


def test_a_write_that_takes_a_part_only_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda descriptor, block, start: write(descriptor, block[:1000], start))
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(bytes(range(250)) * 20)
    mirror_file(source, target)
    assert target.read_bytes() == source.read_bytes()


def test_a_file_that_was_replaced_becomes_the_copy(replaced: Path, aside: Path) -> None:
    kept = name_previous(replaced).stat().st_ino
    prepare_copy(replaced, aside)
    assert aside.stat().st_ino == kept
    assert aside.read_bytes() == b"second"
    assert not name_previous(replaced).exists()


@contextmanager
def holding_open(path: Path) -> Iterator[None]:
    with path.open("rb"):
        yield


@contextmanager
def holding_another_name(path: Path) -> Iterator[None]:
    path.with_name("a copy of mine").hardlink_to(path)
    yield


@pytest.mark.parametrize("holding", [holding_open, holding_another_name], ids=["open", "linked"])
def test_a_file_that_somebody_holds_is_left_to_them(replaced: Path, aside: Path, holding: object) -> None:
    assert callable(holding)
    kept = name_previous(replaced).stat().st_ino
    with holding(name_previous(replaced)):
        prepare_copy(replaced, aside)
    assert aside.stat().st_ino != kept
    assert aside.read_bytes() == b"second"
    assert not name_previous(replaced).exists()


def test_a_reader_of_the_file_before_the_last_goes_on_reading_it(published: Path) -> None:
    for number in range(2):
        with build_aside(published) as con:
            con.execute(f"create table number_{number} as select {number} as x")
        if number == 0:
            reader = connect(published, read_only=True)
    with closing(reader):
        for number in range(2, 4):
            with build_aside(published) as con:
                con.execute(f"create table number_{number} as select {number} as x")
        assert fetch(reader, "select table_name from duckdb_tables() where table_name like 'number%'") == ["number_0"]
        assert fetch(reader, "select x from number_0") == [0]


def publish_noise(published: Path, number: int) -> None:
    """Add a row group that does not pack, so that a load leaves most blocks alone."""
    with build_aside(published) as con:
        con.execute("create table if not exists noise (x ubigint)")
        con.execute("insert into noise select hash(range, $number) from range(122_880)", {"number": number})


def refuse_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        pytest.fail("both files were compared in full")

    monkeypatch.setattr(recycle, "mirror_file", fail)


@pytest.fixture
def grown(published: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file after some loads, none of which was packed, with the one before it and its record."""
    monkeypatch.setattr(publish, "is_loose", lambda _: False)
    for number in range(4):
        publish_noise(published, number)
    return published


def test_a_copy_by_the_record_is_equal_byte_for_byte(grown: Path, aside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_mirror(monkeypatch)
    written = prepare_copy(grown, aside)
    assert aside.read_bytes() == grown.read_bytes()
    assert 0 < written < grown.stat().st_size


def test_load_after_load_by_the_record_loses_nothing(grown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_mirror(monkeypatch)
    for number in range(4, 8):
        publish_noise(grown, number)
    with closing(connect(grown, read_only=True)) as con:
        assert fetch(con, "select count(*) from noise") == [8 * 122_880]
        assert fetch(con, "select count(*) from noise where x = hash(5, 7)") == [1]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: name_record(path).unlink(), id="no record"),
        pytest.param(lambda path: name_record(path).write_bytes(b"torn"), id="a torn record"),
        pytest.param(lambda path: os.utime(name_previous(path), ns=(1, 1)), id="the file before is another"),
        pytest.param(lambda path: os.utime(path, ns=(1, 1)), id="the published file is another"),
    ],
)
def test_where_the_record_is_not_certain_files_are_compared(
    grown: Path, aside: Path, damage: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []

    def mirror(source: Path, target: Path) -> int:
        compared.append(target)
        return mirror_file(source, target)

    monkeypatch.setattr(recycle, "mirror_file", mirror)
    damage(grown)
    prepare_copy(grown, aside)
    assert compared == [aside]
    assert aside.read_bytes() == grown.read_bytes()


def test_a_load_that_dies_before_the_rename_leaves_the_published_file_alone(published: Path, aside: Path) -> None:
    published.write_bytes(b"published")
    keep_previous(published)
    prepare_copy(published, aside)
    aside.write_bytes(b"changed")
    assert published.read_bytes() == b"published"


def test_a_link_to_a_file_of_somebody_is_not_kept(tmp_path: Path) -> None:
    theirs, published = tmp_path / "theirs", tmp_path / "warehouse.duckdb"
    theirs.write_bytes(b"theirs")
    published.symlink_to(theirs)
    keep_previous(published)
    assert not name_previous(published).exists()


def test_a_disk_without_second_names_keeps_nothing(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    published.write_bytes(b"published")
    monkeypatch.setattr(os, "link", refuse)
    keep_previous(published)
    assert not name_previous(published).exists()
