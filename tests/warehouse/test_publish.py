"""A load is published whole or not at all, and readers are never blocked."""

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.samples import fetch
from warehouse import publish
from warehouse.blocks import name_record
from warehouse.connection import connect
from warehouse.errors import MigrationError, WarehouseBusyError, WarehouseError, WarehouseFullError
from warehouse.publish import build_aside, name_aside
from warehouse.read_back import ReadBack, read_through
from warehouse.recycle import name_previous

ROOT = Path(__file__).parents[2]


def add_number(con: duckdb.DuckDBPyConnection, number: int) -> None:
    con.execute("create table if not exists number (x integer)")
    con.execute("insert into number values ($x)", {"x": number})


def publish_numbers(path: Path, *numbers: int) -> None:
    with build_aside(path) as con:
        for number in numbers:
            add_number(con, number)


def read_numbers(path: Path) -> list[int]:
    with closing(connect(path, read_only=True)) as con:
        return fetch(con, "select x from number order by x")


def publish_and_raise(path: Path, raised: BaseException) -> None:
    with build_aside(path) as con:
        add_number(con, 2)
        raise raised


def list_folder(path: Path) -> list[str]:
    """Return what is beside a published file, itself included; but for what the next load makes its copy of."""
    return sorted({entry.name for entry in path.parent.iterdir()} - {name_previous(path).name, name_record(path).name})


def test_the_first_load_makes_folder_and_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "warehouse.duckdb"
    publish_numbers(path, 1)
    assert read_numbers(path) == [1]
    assert list_folder(path) == ["warehouse.duckdb"]


def test_the_second_load_builds_on_the_first(published: Path) -> None:
    publish_numbers(published, 1)
    publish_numbers(published, 2)
    assert read_numbers(published) == [1, 2]


def test_nothing_is_published_before_the_block_ends(published: Path) -> None:
    with build_aside(published) as con:
        add_number(con, 1)
        assert not published.exists()


@pytest.mark.parametrize("raised", [ValueError("bad"), KeyboardInterrupt()], ids=["error", "interrupt"])
def test_a_block_that_raises_leaves_the_published_file_as_it_was(published: Path, raised: BaseException) -> None:
    publish_numbers(published, 1)
    before = published.read_bytes()
    with pytest.raises(type(raised)):
        publish_and_raise(published, raised)
    assert published.read_bytes() == before
    assert list_folder(published) == ["warehouse.duckdb"]


def build_until_interrupted(published: Path, interruption: threading.Timer) -> None:
    with build_aside(published) as con:
        con.execute("set threads = 1")  # with more, the thread that hears of signals may wait for the others
        interruption.start()
        con.execute("select count(*) from range(1_000_000_000) as a, range(300) as b where a.range * b.range = -1")


def test_ctrl_c_while_a_statement_is_at_work_is_an_interruption(published: Path) -> None:
    publish_numbers(published, 1)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
    ctrl_c = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    try:
        with pytest.raises(KeyboardInterrupt):
            build_until_interrupted(published, ctrl_c)
    finally:
        ctrl_c.join()
        signal.signal(signal.SIGINT, before)
    assert read_numbers(published) == [1]
    assert list_folder(published) == ["warehouse.duckdb"]


def test_another_runtime_error_stays_what_it_is(published: Path) -> None:
    with pytest.raises(RuntimeError, match="of the caller"):
        publish_and_raise(published, RuntimeError("of the caller"))


def test_an_open_transaction_of_a_block_that_raises_is_not_in_the_way(published: Path) -> None:
    with pytest.raises(WarehouseError, match="bad"), build_aside(published) as con:
        con.execute("begin; select error('bad')")
    assert list_folder(published) == []


def test_an_error_of_the_engine_in_the_block_is_ours_outside(published: Path) -> None:
    with pytest.raises(WarehouseError, match="no_such_table") as caught, build_aside(published) as con:
        con.execute("select * from no_such_table")
    assert "\n" not in str(caught.value)


def test_an_error_of_the_disk_in_the_block_stays_the_callers(published: Path) -> None:
    with pytest.raises(FileNotFoundError), build_aside(published):
        (published.parent / "stage.parquet").read_bytes()


def test_a_builder_killed_half_way_is_cleaned_up_by_the_next(published: Path) -> None:
    publish_numbers(published, 1)
    program = (
        "import os, signal, sys; from pathlib import Path; from warehouse.publish import build_aside\n"
        "with build_aside(Path(sys.argv[1])) as con:\n"
        "    con.execute('insert into number values (2)')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, published], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert name_aside(published).exists()
    assert read_numbers(published) == [1]
    publish_numbers(published, 3)
    assert read_numbers(published) == [1, 3]
    assert list_folder(published) == ["warehouse.duckdb"]


def test_a_reader_in_another_process_keeps_the_old_file_and_blocks_nobody(published: Path) -> None:
    publish_numbers(published, 1)
    program = (
        "import duckdb, sys; con = duckdb.connect(sys.argv[1], read_only=True)\n"
        "for _ in range(2):\n"
        "    print(con.execute('select count(*) from number').fetchall()[0][0], flush=True); sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, published],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        assert reader.stdout.readline() == "1\n"
        publish_numbers(published, 2)
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "1\n"
        reader.communicate("\n")
    assert read_numbers(published) == [1, 2]


def test_a_reader_in_this_process_blocks_nobody(published: Path) -> None:
    publish_numbers(published, 1)
    with closing(connect(published, read_only=True)) as reader:
        publish_numbers(published, 2)
        assert fetch(reader, "select x from number") == [1]
    assert read_numbers(published) == [1, 2]


def test_a_file_somebody_writes_to_is_refused(published: Path) -> None:
    publish_numbers(published, 1)
    published.with_name("warehouse.duckdb.wal").touch()
    with pytest.raises(WarehouseBusyError, match=r"warehouse\.duckdb\.wal exists"), build_aside(published):
        pass


def test_a_file_of_newer_code_is_refused_and_kept(published: Path) -> None:
    with build_aside(published) as con:
        con.execute("insert into schema_migration values (9999, 'later', 'x', now())")
    before = published.read_bytes()
    with pytest.raises(MigrationError), build_aside(published):
        pass
    assert published.read_bytes() == before
    assert list_folder(published) == ["warehouse.duckdb"]


def fail_to_write(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("owner", "function"),
    [(os, "pwrite"), (os, "fsync"), (os, "replace")],
    ids=["copy", "sync", "rename"],
)
def test_a_full_disk_is_one_line_and_harms_nothing(
    monkeypatch: pytest.MonkeyPatch,
    published: Path,
    owner: object,
    function: str,
) -> None:
    publish_numbers(published, 1)
    monkeypatch.setattr(owner, function, fail_to_write)
    with pytest.raises(WarehouseFullError, match="the disk is full") as caught:
        publish_numbers(published, 2)
    assert "\n" not in str(caught.value)
    assert read_numbers(published) == [1]
    assert list_folder(published) == ["warehouse.duckdb"]


def ask_for_too_much(path: Path) -> None:
    """Build with 64 MB, and ask for a list of 160 MB, which cannot be spilled."""
    with build_aside(path, memory_limit="64MB") as con:
        add_number(con, 2)
        con.execute("select list(range) from range(20_000_000)")


def test_memory_that_runs_out_is_one_line_and_harms_nothing(published: Path) -> None:
    publish_numbers(published, 1)
    with pytest.raises(WarehouseFullError, match=r"^out of memory: .*: raise DATELINE_MEMORY_LIMIT and run") as caught:
        ask_for_too_much(published)
    assert "\n" not in str(caught.value)
    assert read_numbers(published) == [1]
    assert list_folder(published) == ["warehouse.duckdb"]


def test_a_disk_that_is_read_only_is_one_line(monkeypatch: pytest.MonkeyPatch, published: Path) -> None:
    def refuse(path: Path) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    publish_numbers(published, 1)
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        with pytest.raises(WarehouseError, match=r"make the file and its folder writable.*Read-only") as caught:
            publish_numbers(published, 2)
    assert "\n" not in str(caught.value)
    assert read_numbers(published) == [1]


def test_file_and_folder_reach_the_disk_around_the_rename(monkeypatch: pytest.MonkeyPatch, published: Path) -> None:
    steps: list[str] = []
    sync, replace = os.fsync, os.replace

    def record_sync(descriptor: int) -> None:
        steps.append("sync " + Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    def record_replace(source: Path, target: Path) -> None:
        steps.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", record_sync)
    monkeypatch.setattr(os, "replace", record_replace)
    publish_numbers(published, 1)
    assert steps == ["sync .warehouse.duckdb.building", "replace", f"sync {published.parent.name}"]


def test_a_copy_that_cannot_be_read_back_is_not_published(
    published: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish_numbers(published, 1)

    def damage(path: Path, *given: Any) -> ReadBack:
        path.write_bytes(path.read_bytes()[: 3 * 4096])
        return read_through(path, *given)

    monkeypatch.setattr(publish, "read_through", damage)
    with pytest.raises(WarehouseError):
        publish_numbers(published, 2)
    assert read_numbers(published) == [1]


def test_what_is_published_holds_no_log(publish: Callable[..., Path]) -> None:
    path = publish(lambda con: add_number(con, 1))
    assert list_folder(path) == ["warehouse.duckdb"]
