"""Which blocks a build wrote is known from its record only where nothing speaks against it; else files are compared."""

import errno
import os
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from warehouse import blocks
from warehouse.blocks import (
    BLOCK_BYTES,
    BlockRecord,
    find_block,
    find_written,
    is_same_outside,
    name_record,
    read_record,
    read_state,
    write_record,
)
from warehouse.read_back import read_through


def change(path: Path, *statements: str) -> None:
    """Run statements on a file, each with a checkpoint behind it, and leave no log behind."""
    with closing(duckdb.connect(path)) as con:
        for statement in statements:
            con.execute(statement)
            con.execute("checkpoint")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Return a file of some blocks, with the record of a build that wrote all of it."""
    path = tmp_path / "warehouse.duckdb"
    change(path, "create table number as select hash(range) as x from range(200_000)")
    keep_record(path)
    return path


def keep_record(path: Path) -> BlockRecord:
    """Write the record of a file that replaced itself."""
    state = read_state(path)
    assert state is not None
    held = read_through(path, frozenset()).held
    record = BlockRecord(built=state, replaced=state, written=frozenset({1}), held=held)
    write_record(path, record)
    return record


@pytest.fixture
def built(published: Path) -> Path:
    """Return a copy of it, to which rows were added."""
    path = published.with_name("built.duckdb")
    shutil.copyfile(published, path)
    change(path, "insert into number select hash(range, 1) from range(200_000)")
    return path


def list_different(one: Path, other: Path) -> set[int]:
    """Return the blocks in which two files differ."""
    a, b = one.read_bytes(), other.read_bytes()
    starts = enumerate(range(find_block(0), max(len(a), len(b)), BLOCK_BYTES))
    return {block for block, start in starts if a[start : start + BLOCK_BYTES] != b[start : start + BLOCK_BYTES]}


def refuse_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        pytest.fail("both files were compared in full")

    monkeypatch.setattr(blocks, "_compare_blocks", fail)


def test_a_record_comes_back_as_it_was_written(published: Path) -> None:
    record = keep_record(published)
    assert read_record(published) == record


def test_behind_one_checkpoint_all_that_differs_is_known_without_a_comparison(
    published: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    different = list_different(published, built)
    refuse_comparison(monkeypatch)
    assert different <= find_written(published, built)


def test_a_block_of_data_that_was_in_use_is_none_that_was_written(published: Path, built: Path) -> None:
    record = read_record(published)
    assert record is not None
    assert record.held
    assert not find_written(published, built) & record.held


def test_behind_two_checkpoints_files_are_compared(published: Path, built: Path) -> None:
    change(built, "delete from number where x % 2 = 0", "insert into number select hash(range, 2) from range(400_000)")
    assert find_written(published, built) == list_different(published, built)


def test_without_a_record_files_are_compared(published: Path, built: Path) -> None:
    name_record(published).unlink()
    assert find_written(published, built) == list_different(published, built)


def test_a_block_in_use_that_is_another_all_the_same_is_found(published: Path, built: Path) -> None:
    record = read_record(published)
    assert record is not None
    block = min(record.held)
    with built.open("r+b") as file:
        file.seek(find_block(block))
        file.write(b"another!")
    assert block in find_written(published, built)


def test_a_torn_record_is_not_trusted(published: Path) -> None:
    path = name_record(published)
    path.write_bytes(path.read_bytes()[:-10])
    assert read_record(published) is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"no hash"], ids=["empty", "no text", "no hash"])
def test_what_is_no_record_is_not_trusted(published: Path, content: bytes) -> None:
    name_record(published).write_bytes(content)
    assert read_record(published) is None


def test_a_record_of_another_format_is_not_trusted(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_FORMAT", "0")
    keep_record(published)
    monkeypatch.undo()
    assert read_record(published) is None


def test_the_record_of_a_file_that_was_written_to_since_is_not_trusted(published: Path) -> None:
    change(published, "insert into number values (1)")
    assert read_record(published) is None


def test_the_record_of_a_file_that_was_touched_since_is_not_trusted(published: Path) -> None:
    os.utime(published, ns=(1, 1))
    assert read_record(published) is None


def test_the_record_of_a_file_that_was_put_in_its_place_is_not_trusted(published: Path) -> None:
    other = published.with_name("other")
    shutil.copy2(published, other)
    other.replace(published)
    assert read_record(published) is None


def test_a_record_of_what_is_there_no_more_is_not_trusted(published: Path) -> None:
    published.unlink()
    assert read_record(published) is None


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 20_000], ids=["empty", "short", "no database"])
def test_what_is_no_database_has_no_state(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert read_state(path) is None


def test_a_database_with_other_blocks_has_no_state(tmp_path: Path) -> None:
    path = tmp_path / "small.duckdb"
    with closing(duckdb.connect(path, config={"default_block_size": 16_384})) as con:
        con.execute("create table number as select 1 as x")
    assert read_state(path) is None


def test_a_checkpoint_is_counted(published: Path) -> None:
    before = read_state(published)
    change(published, "insert into number values (1)")
    after = read_state(published)
    assert before is not None
    assert after is not None
    assert after.checkpoint_number == before.checkpoint_number + 1


def test_sums_are_compared_but_of_blocks_that_were_written(published: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copyfile(published, other)
    with other.open("r+b") as file:
        file.seek(find_block(2))
        file.write(b"another!")
    assert is_same_outside(published, other, frozenset({2}))
    assert not is_same_outside(published, other, frozenset({1}))


def test_a_disk_that_takes_no_hints_is_read_without(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: int) -> None:
        raise OSError(errno.EINVAL, "no hints")

    monkeypatch.setattr("os.posix_fadvise", refuse, raising=False)
    assert is_same_outside(published, published, frozenset())


@pytest.mark.parametrize("block", range(3))
def test_the_sum_of_every_block_is_compared(tmp_path: Path, block: int) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(bytes(find_block(3)))
    shutil.copyfile(one, other)
    assert is_same_outside(one, other, frozenset())
    with other.open("r+b") as file:
        file.seek(find_block(block))
        file.write(b"another!")
    assert not is_same_outside(one, other, frozenset())


def test_a_record_of_another_file_before_is_kept_as_it_is(published: Path) -> None:
    record = keep_record(published)
    other = replace(record, replaced=replace(record.replaced, inode=1))
    write_record(published, other)
    assert read_record(published) == other
