"""From paths to files: order, links, what cannot be read, what is no file, names of any bytes."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from flows.errors import UsageError
from flows.readers.found import FoundFile, Refusal
from flows.readers.walk import count_bytes, require_paths, walk_paths

NOBODY = 65534


def write(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def list_found(*paths: Path) -> list[str]:
    """Return the ids of what was found, with the reason where it was refused."""
    return [
        found.external_id if isinstance(found, FoundFile) else f"{found.external_id}: {found.reason}"
        for found in walk_paths(paths)
    ]


def get_refusal(*paths: Path) -> Refusal:
    (refusal,) = [found for found in walk_paths(paths) if isinstance(found, Refusal)]
    return refusal


@pytest.fixture
def guarded() -> Iterator[Path]:
    """Yield a folder in which permissions count, though tests may run as root, who is above them."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() != 0:
            yield Path(name)
            return
        os.chown(name, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            if not os.access(name, os.R_OK, effective_ids=True):
                pytest.skip("the temporary folder is closed to other users")
            yield Path(name)
        finally:
            os.seteuid(0)


def test_a_folder_is_walked_by_name_folder_for_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "a.txt", "c/d.txt"):
        write(tmp_path / "news" / name)
    assert list_found(tmp_path / "news") == [
        "news/a/b/c.txt",
        "news/a/z.txt",
        "news/a.txt",
        "news/b.txt",
        "news/c/d.txt",
    ]


def test_a_file_has_the_same_id_alone_and_in_its_folder(tmp_path: Path) -> None:
    path = write(tmp_path / "fennimark.example" / "a.txt")
    assert list_found(path) == list_found(path.parent) == ["fennimark.example/a.txt"]


def test_a_file_is_described(tmp_path: Path) -> None:
    path = write(tmp_path / "a b.txt", b"four")
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))
    (found,) = walk_paths([path])
    assert isinstance(found, FoundFile)
    assert (found.path, found.size, found.modified_us) == (path, 4, 1_700_000_000_123_456)
    assert found.uri == f"file://{tmp_path}/a%20b.txt"


def test_the_order_of_paths_makes_no_difference(tmp_path: Path) -> None:
    paths = [write(tmp_path / "b" / "x.txt"), write(tmp_path / "a.txt"), write(tmp_path / "c/d/e.txt").parent]
    assert len({tuple(list_found(*order)) for order in permutations(paths)}) == 1


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param("news", id="a folder twice"),
        pytest.param("news/a/../a", id="with two dots"),
        pytest.param("news/a", id="a folder in it"),
        pytest.param("news/a/b.txt", id="a file in it"),
        pytest.param("link", id="a link to it"),
    ],
)
def test_what_is_reached_by_two_paths_is_read_once(tmp_path: Path, inner: str) -> None:
    write(tmp_path / "news/a/b.txt")
    write(tmp_path / "news/c.txt")
    (tmp_path / "link").symlink_to("news")
    for paths in permutations([tmp_path / "news", tmp_path / inner]):
        assert [name.partition("/")[2] for name in list_found(*paths)] == ["a/b.txt", "c.txt"]


def test_hidden_files_and_litter_are_skipped(tmp_path: Path) -> None:
    for name in (".git/config", ".hidden.txt", "__MACOSX/a.txt", "Thumbs.db", "a.txt~", "a.txt"):
        write(tmp_path / "news" / name)
    assert list_found(tmp_path / "news") == ["news/a.txt"]


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "news" / ".hidden.txt")
    assert list_found(path) == ["news/.hidden.txt"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert list_found(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "external_id", "uri_end"),
    [
        pytest.param(b"f\xe6rge.txt", "news/f\\xe6rge.txt", "/f%E6rge.txt", id="bytes that are not UTF-8"),
        pytest.param("færge.txt".encode(), "news/færge.txt", "/f%C3%A6rge.txt", id="UTF-8"),
        pytest.param(b'it\'s "a".txt', 'news/it\'s "a".txt', "/it%27s%20%22a%22.txt", id="quotes"),
        pytest.param(b"a\nb.txt", "news/a\nb.txt", "/a%0Ab.txt", id="a line end"),
        pytest.param(b"a#L1?.txt", "news/a#L1?.txt", "/a%23L1%3F.txt", id="what has a meaning in addresses"),
    ],
)
def test_a_name_of_any_bytes_can_be_stored(tmp_path: Path, name: bytes, external_id: str, uri_end: str) -> None:
    write(tmp_path / "news" / os.fsdecode(name))
    (found,) = walk_paths([tmp_path])
    assert isinstance(found, FoundFile)
    assert found.external_id.endswith(external_id)
    assert found.uri.endswith(uri_end)
    assert found.uri.isascii()


@pytest.mark.parametrize(
    "target", [pytest.param("..", id="the folder above"), pytest.param("../..", id="above all that was given")]
)
def test_a_link_back_up_is_refused_and_the_rest_is_read(tmp_path: Path, target: str) -> None:
    write(tmp_path / "news/a/b.txt")
    (tmp_path / "news/a/up").symlink_to(target)
    assert list_found(tmp_path / "news") == ["news/a/b.txt", "news/a/up: symlink_loop"]


def test_folders_that_link_to_each_other_end(tmp_path: Path) -> None:
    write(tmp_path / "news/a/1.txt")
    write(tmp_path / "news/b/2.txt")
    (tmp_path / "news/a/x").symlink_to("../b")
    (tmp_path / "news/b/y").symlink_to("../a")
    assert list_found(tmp_path / "news") == ["news/a/1.txt", "news/a/x/2.txt", "news/a/x/y: symlink_loop"]


def test_a_link_to_itself_is_refused_in_a_folder_and_by_name(tmp_path: Path) -> None:
    link = tmp_path / "self.txt"
    link.symlink_to("self.txt")
    require_paths([link])
    for path in (tmp_path, link):
        assert get_refusal(path).reason == "symlink_loop"


def test_a_link_to_nowhere_is_refused_and_says_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to("moved.txt")
    refusal = get_refusal(tmp_path)
    assert (refusal.reason, refusal.detail) == ("unreadable", "a link to moved.txt, where nothing is")


def test_a_link_to_a_file_elsewhere_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "archive/a.txt", b"12345")
    (tmp_path / "news").mkdir()
    (tmp_path / "news/b.txt").symlink_to("../archive/a.txt")
    (found,) = walk_paths([tmp_path / "news"])
    assert isinstance(found, FoundFile)
    assert (found.external_id, found.size) == ("news/b.txt", 5)


def test_a_named_pipe_is_refused_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    refusal = get_refusal(tmp_path)
    assert (refusal.reason, refusal.detail) == ("unsupported_format", "a named pipe")


def test_a_device_is_refused() -> None:
    refusal = get_refusal(Path(os.devnull))
    assert (refusal.reason, refusal.detail) == ("unsupported_format", "a device")


def test_a_file_that_vanishes_under_way_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / name)
    walk = walk_paths([tmp_path])
    first = next(walk)
    (tmp_path / "b.txt").unlink()
    second, third = walk
    assert isinstance(second, Refusal)
    assert (second.reason, second.detail) == ("unreadable", "No such file or directory")
    assert [item.external_id[-5:] for item in (first, second, third)] == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_that_vanishes_under_way_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "b").mkdir()
    walk = walk_paths([tmp_path])
    next(walk)
    (tmp_path / "b").rmdir()
    (refusal,) = walk
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "unreadable"


def test_a_folder_without_permission_is_refused_and_the_rest_is_read(guarded: Path) -> None:
    write(guarded / "news/closed/a.txt")
    write(guarded / "news/open/b.txt")
    (guarded / "news/closed").chmod(0)
    assert list_found(guarded / "news") == ["news/closed: unreadable", "news/open/b.txt"]
    (guarded / "news/closed").chmod(0o700)


def test_a_folder_whose_files_may_be_listed_and_not_looked_at_refuses_each(guarded: Path) -> None:
    write(guarded / "news/a.txt")
    write(guarded / "news/b.txt")
    (guarded / "news").chmod(0o400)
    assert list_found(guarded / "news") == ["news/a.txt: unreadable", "news/b.txt: unreadable"]
    (guarded / "news").chmod(0o700)


def test_a_path_inside_a_folder_without_permission_is_refused_and_not_missing(guarded: Path) -> None:
    path = write(guarded / "closed/a.txt")
    path.parent.chmod(0)
    require_paths([path])
    refusal = get_refusal(path)
    assert (refusal.external_id, refusal.reason, refusal.detail) == ("closed/a.txt", "unreadable", "Permission denied")
    path.parent.chmod(0o700)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("nowhere.txt", id="nothing there"),
        pytest.param("a.txt/b.txt", id="a file taken for a folder"),
        pytest.param("x" * 300, id="a name too long"),
    ],
)
def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path, name: str) -> None:
    write(tmp_path / "a.txt")
    with pytest.raises(UsageError, match="no such file or folder"):
        require_paths([tmp_path / "a.txt", tmp_path / name])


def test_all_missing_paths_are_named_on_one_line() -> None:
    paths: Sequence[Path] = [Path("nowhere.txt"), Path("a\nb"), Path("f\udce6rge")]
    with pytest.raises(UsageError) as caught:
        require_paths(paths)
    assert str(caught.value) == r"no such file or folder: nowhere.txt, a\nb, f\udce6rge"


def test_bytes_are_counted_as_they_are_on_disk_and_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"12345")
    write(tmp_path / "b/c.txt", b"123")
    (tmp_path / "gone.txt").symlink_to("moved.txt")
    assert count_bytes([tmp_path, path]) == 8


def test_what_a_warehouse_keeps_in_its_home_is_not_read(tmp_path: Path) -> None:
    for name in ("dateline.lock", "warehouse.duckdb", "stage/texts/x.parquet", "raw/aa/y.parquet", "own.txt"):
        write(tmp_path / "news" / "data" / name)
    write(tmp_path / "news" / "raw" / "a.txt")
    assert list_found(tmp_path / "news") == ["news/data/own.txt", "news/raw/a.txt"]
    assert list_found(tmp_path / "news" / "data") == ["data/own.txt"]
