"""Stage files: whole or not at all, whatever ends the writing; damage is told in one line; leftovers are swept."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from polars.exceptions import PanicException

from flows.errors import StageError
from flows.stage import read_parquet, remove_leftovers, write_parquet

FRAME = pl.DataFrame({"uri": ["a", "b"], "payload": [b"\0\xff", b""]})
OTHER = pl.DataFrame({"uri": ["c"], "payload": [b"x"]})
NO_PROCESS = 2**22 + 1  # above the largest process id that Linux gives


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def dead_pid() -> int:
    """The id of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


@pytest.mark.parametrize("name", ["a.parquet", "a[1].parquet", "*.parquet", "færge 1.parquet"])
def test_a_frame_comes_back_under_any_name(tmp_path: Path, name: str) -> None:
    write_parquet(OTHER, tmp_path / "a1.parquet")
    write_parquet(FRAME, tmp_path / name)
    assert read_parquet(tmp_path / name).equals(FRAME)


def test_folders_are_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_parquet(FRAME, tmp_path / "aa" / "bb" / "a.parquet")
    assert list_names(tmp_path / "aa" / "bb") == ["a.parquet"]


def test_only_the_columns_asked_for_are_read(tmp_path: Path) -> None:
    write_parquet(FRAME, tmp_path / "a.parquet")
    assert read_parquet(tmp_path / "a.parquet", ["payload"]).columns == ["payload"]


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    write_parquet(FRAME, tmp_path / "a.parquet")
    write_parquet(OTHER, tmp_path / "a.parquet")
    assert read_parquet(tmp_path / "a.parquet").equals(OTHER)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(errno.ENOSPC, "No space left on device", id="disk full"),
        pytest.param(errno.EIO, "Input/output error", id="disk broken"),
        pytest.param(errno.EACCES, "Permission denied", id="no permission"),
    ],
)
@pytest.mark.parametrize("target", ["mkdir", "open", "replace"])
def test_what_the_system_refuses_is_told_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, number: int, words: str
) -> None:
    path = tmp_path / "a.parquet"
    write_parquet(FRAME, path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(Path, target, fail)
        with pytest.raises(StageError, match=rf"cannot write .*/a\.parquet: {words}; make room or mend it"):
            write_parquet(OTHER, path)
    assert read_parquet(path).equals(FRAME)
    assert list_names(tmp_path) == ["a.parquet"]


def test_a_disk_that_turns_out_to_be_full_in_the_end_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StageError, match=r"cannot write .*: No space left on device"):
        write_parquet(FRAME, tmp_path / "a.parquet")
    assert list_names(tmp_path) == []


def test_wherever_in_a_file_the_disk_is_full_that_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    code = (
        "import os, resource, signal, sys, polars as pl; from pathlib import Path; from flows.errors import StageError;"
        "from flows.stage import write_parquet; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "frame = pl.DataFrame({'a': [os.urandom(50_000)]})\n"
        "for size in (0, 5, 40, 9_000, 50_100):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))\n"
        "    try: write_parquet(frame, Path(sys.argv[1]))\n"
        "    except StageError as error:\n"
        "        if 'File too large; make room' in str(error): continue\n"
        "    sys.exit(f'{size} bytes')"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.parquet")], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list_names(tmp_path) == []


def test_a_writer_that_is_killed_before_the_rename_leaves_no_file_of_that_name(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, polars as pl; from pathlib import Path; from flows.stage import write_parquet;"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL);"
        "write_parquet(pl.DataFrame({'a': [1]}), Path(sys.argv[1]))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.parquet")], check=False)
    assert done.returncode == -9
    assert not (tmp_path / "a.parquet").exists()
    assert len(list_names(tmp_path)) == 1
    assert remove_leftovers(tmp_path) == 1
    assert list_names(tmp_path) == []


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_parquet(FRAME, tmp_path / "a.parquet")
    assert list_names(tmp_path) == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "aa").touch()
    with pytest.raises(StageError, match="cannot write"):
        write_parquet(FRAME, tmp_path / "aa" / "a.parquet")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda content: content[: len(content) // 2], id="cut"),
        pytest.param(lambda content: content[len(content) // 2 :], id="the start is gone"),
        pytest.param(lambda content: content[:-8] + b"\xff\xff\xff\x7f" + content[-4:], id="wrong footer length"),
        pytest.param(lambda content: bytes(len(content)), id="nothing but NUL"),
        pytest.param(lambda _: b"text " * 100, id="no Parquet"),
    ],
)
def test_a_damaged_file_is_told_in_one_line(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "a.parquet"
    write_parquet(FRAME, path)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]  # one of the functions above
    with pytest.raises(StageError, match=r"^cannot read .*a\.parquet: .+; delete the file and run again$") as caught:
        read_parquet(path)
    assert "\n" not in str(caught.value)


def test_damage_that_polars_panics_at_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(*_: object, **__: object) -> None:
        raise PanicException("assertion failed: offset + length <= size\nmore")

    monkeypatch.setattr(pl, "read_parquet", panic)
    with pytest.raises(StageError, match=r"cannot read .*: assertion failed: offset \+ length <= size; delete"):
        read_parquet(tmp_path / "a.parquet")


@pytest.mark.parametrize("name", [pytest.param("gone.parquet", id="missing"), pytest.param("", id="a folder")])
def test_what_is_no_file_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(StageError, match="cannot read"):
        read_parquet(tmp_path / name)


def test_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    write_parquet(FRAME, tmp_path / "a.parquet")
    with pytest.raises(StageError, match="headline"):
        read_parquet(tmp_path / "a.parquet", ["headline"])


def test_leftovers_of_dead_processes_are_removed_wherever_they_are(tmp_path: Path, dead_pid: int) -> None:
    (tmp_path / "aa" / "bb").mkdir(parents=True)
    for folder, pid in (("", dead_pid), ("aa", dead_pid), ("aa/bb", NO_PROCESS), ("aa", 10**30)):
        (tmp_path / folder / f".a.parquet.{pid}-0f1e2d3c.tmp").touch()
    assert remove_leftovers(tmp_path) == 4
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(f".a.parquet.{os.getpid()}-0f1e2d3c.tmp", id="of this process"),
        pytest.param(".a.parquet.1-0f1e2d3c.tmp", id="of a process of someone else"),
        pytest.param(f"a.parquet.{NO_PROCESS}-0f1e2d3c.tmp", id="not hidden"),
        pytest.param(f".a.parquet.{NO_PROCESS}.tmp", id="another kind of name"),
        pytest.param("a.parquet", id="a finished file"),
    ],
)
def test_what_is_no_leftover_of_a_dead_process_is_kept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert remove_leftovers(tmp_path) == 0
    assert list_names(tmp_path) == [name]


def test_a_process_that_may_not_be_signalled_is_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbid)
    (tmp_path / f".a.parquet.{NO_PROCESS}-0f1e2d3c.tmp").touch()
    assert remove_leftovers(tmp_path) == 0


def test_a_leftover_that_cannot_be_removed_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(_: Path) -> None:
        raise PermissionError

    (tmp_path / f".a.parquet.{NO_PROCESS}-0f1e2d3c.tmp").touch()
    monkeypatch.setattr(Path, "unlink", forbid)
    assert remove_leftovers(tmp_path) == 0


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path: Path) -> None:
    assert remove_leftovers(tmp_path / "gone") == 0
