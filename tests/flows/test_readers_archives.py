"""Archives and compressions: what is in them is read as if it lay in a folder, whatever is wrong with them."""

import bz2
import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from flows.readers.batches import read_file
from flows.readers.found import FoundFile, Link, RawDocument

STORM = b"Storm\n\nRain fell in Oakhaven.\n"
RECORD = b'{"id": 1, "text": "Rain fell."}\n'
FILES = {"quay.example/storm.txt": STORM, "gull.jsonl": RECORD * 2}


def zip_files(files: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return sink.getvalue()


def tar_files(files: dict[str, bytes], mode: str = "w") -> bytes:
    """Return a tar archive."""
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode=mode) as archive:  # type: ignore[call-overload]  # any mode that writes
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return sink.getvalue()


def pack_zstd(content: bytes) -> bytes:
    """Return content as one zstd frame."""
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(content)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]  # Arrow has no types


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., dict[str, bytes | str]]:
    """Return a function that reads a file: external id -> payload, or reason and detail."""

    def read_content(content: bytes, name: str = "news.bin", limit: int = 100_000) -> dict[str, bytes | str]:
        path = tmp_path / name
        path.write_bytes(content)
        found = FoundFile(path=path, external_id=name, size=len(content), modified_us=0)
        return {
            item.external_id: item.payload if isinstance(item, RawDocument) else f"{item.reason}: {item.detail}"
            for item in read_file(found, source=None, limit=limit)
            if not isinstance(item, Link)
        }

    return read_content


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(zip_files, id="zip"),
        pytest.param(tar_files, id="tar"),
        pytest.param(lambda files: tar_files(files, "w:gz"), id="tar.gz"),
        pytest.param(lambda files: tar_files(files, "w:bz2"), id="tar.bz2"),
        pytest.param(lambda files: pack_zstd(tar_files(files)), id="tar.zst"),
    ],
)
def test_an_archive_is_read_like_a_folder(
    pack: Callable[[dict[str, bytes]], bytes], read: Callable[..., dict[str, bytes | str]]
) -> None:
    assert read(pack(FILES)) == {
        "news.bin/quay.example/storm.txt": STORM,
        "news.bin/gull.jsonl#L1": RECORD.strip(),
        "news.bin/gull.jsonl#L2": RECORD.strip(),
    }


def test_the_folder_in_an_archive_is_the_outlet(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    path.write_bytes(zip_files(FILES))
    found = FoundFile(path=path, external_id="news.zip", size=1, modified_us=7)
    items = list(read_file(found, source=None, limit=1000))
    assert [item.source_hint for item in items if isinstance(item, RawDocument)] == ["quay.example", "gull", "gull"]
    assert items[0][0] == f"{path.as_uri()}/quay.example/storm.txt"


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(gzip.compress, id="gzip"),
        pytest.param(bz2.compress, id="bzip2"),
        pytest.param(pack_zstd, id="zstd"),
        pytest.param(lambda content: bz2.compress(content[:5]) + bz2.compress(content[5:]), id="two bzip2 streams"),
        pytest.param(lambda content: pack_zstd(content[:5]) + pack_zstd(content[5:]), id="two zstd frames"),
    ],
)
def test_a_packed_file_is_unpacked(pack: Callable[[bytes], bytes], read: Callable[..., dict[str, bytes | str]]) -> None:
    assert read(pack(STORM), "storm.txt.bin") == {"storm.txt.bin": STORM}


@pytest.mark.parametrize("text", [b"BZh\n", b"BZhang wrote to the council.\n", b"BZh9\n", b"B"])
def test_text_that_begins_like_bzip2_is_text(text: bytes, read: Callable[..., dict[str, bytes | str]]) -> None:
    assert read(text) == {"news.bin": text}


@pytest.mark.parametrize("pack", [pytest.param(bz2.compress, id="bzip2"), pytest.param(pack_zstd, id="zstd")])
def test_a_packed_file_cut_short_keeps_what_was_whole(
    pack: Callable[[bytes], bytes], read: Callable[..., dict[str, bytes | str]]
) -> None:
    lines = b"".join(b'{"id": %d, "text": "Sitting %d of the council."}\n' % (n, n * n * n) for n in range(60_000))
    packed = pack(lines)
    found = read(packed[: len(packed) * 9 // 10])
    assert str(found.pop("news.bin")).startswith("truncated: the compressed file ends early")
    assert len(found) > 1000


def test_what_unfolds_beyond_the_limit_is_refused(read: Callable[..., dict[str, bytes | str]]) -> None:
    bomb = bytes(b"x" * 5_000_000)
    found = read(zip_files({"a.txt": bomb, "b.txt": STORM}))
    assert found == {"news.bin/a.txt": "too_large: more than 100,000 bytes", "news.bin/b.txt": STORM}
    assert read(pack_zstd(bomb)) == {"news.bin": "too_large: more than 100,000 bytes"}


def test_an_archive_in_an_archive_is_refused_and_the_rest_read(read: Callable[..., dict[str, bytes | str]]) -> None:
    found = read(zip_files({"in.zip": zip_files(FILES), "in.tar": tar_files(FILES), "b.txt": STORM}))
    assert found["news.bin/b.txt"] == STORM
    for name in ("in.zip", "in.tar"):
        assert "inside an archive" in str(found[f"news.bin/{name}"])


def test_names_lead_nowhere_and_junk_is_skipped(read: Callable[..., dict[str, bytes | str]]) -> None:
    names = ("../../etc/passwd", "/root.txt", "__MACOSX/x.txt", ".hidden", "a/./b.txt")
    found = read(tar_files(dict.fromkeys(names, STORM)))
    assert sorted(found) == ["news.bin/a/b.txt", "news.bin/etc/passwd", "news.bin/root.txt"]


def test_links_and_devices_in_an_archive_are_skipped(read: Callable[..., dict[str, bytes | str]]) -> None:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("pipe", tarfile.FIFOTYPE), ("folder", tarfile.DIRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert read(sink.getvalue()) == {"news.bin": "empty: the archive holds no file"}


def test_a_tar_cut_short_keeps_what_was_whole(read: Callable[..., dict[str, bytes | str]]) -> None:
    content = tar_files({"a.txt": STORM, "b.txt": b"x" * 50_000})
    found = read(content[:20_000])
    assert found["news.bin/a.txt"] == STORM
    assert any(str(value).startswith("truncated: ") for value in found.values())


def test_a_damaged_file_in_a_zip_costs_itself_only(read: Callable[..., dict[str, bytes | str]]) -> None:
    content = bytearray(zip_files({"a.txt": bytes(range(32, 127)) * 50, "b.txt": STORM}))
    content[60:70] = bytes(10)
    found = read(bytes(content))
    assert str(found["news.bin/a.txt"]).startswith("truncated: damaged in the archive")
    assert found["news.bin/b.txt"] == STORM


def test_a_file_in_a_zip_whose_name_is_not_what_it_says_costs_itself_only(
    read: Callable[..., dict[str, bytes | str]],
) -> None:
    content = bytearray(zip_files({"a.txt": STORM, "b.txt": STORM}))
    content[7] |= 0x08  # of the first file: its name is UTF-8
    content[30] = 0xB4  # the name, which the directory at the end has right
    found = read(bytes(content))
    assert str(found["news.bin/a.txt"]).startswith("truncated: damaged in the archive")
    assert found["news.bin/b.txt"] == STORM


def test_a_zip_without_its_directory_is_refused(read: Callable[..., dict[str, bytes | str]]) -> None:
    content = zip_files(FILES)
    (reason,) = read(content[: len(content) // 2]).values()
    assert str(reason).startswith("truncated: not a whole zip archive")


def test_an_encrypted_file_is_named(read: Callable[..., dict[str, bytes | str]]) -> None:
    content = bytearray(zip_files({"a.txt": STORM}))
    for magic in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(magic) + (6 if magic == b"PK\x03\x04" else 8)
        content[at] |= 1
    assert read(bytes(content)) == {"news.bin/a.txt": "unreadable: encrypted"}


@pytest.mark.parametrize("content", [pytest.param(tar_files({}), id="tar"), pytest.param(zip_files({}), id="zip")])
def test_an_archive_of_nothing_but_its_end_is_refused(
    content: bytes, read: Callable[..., dict[str, bytes | str]]
) -> None:
    assert read(content) == {"news.bin": "not_text: bytes of no kind that is known"}


def test_a_file_without_a_name_costs_itself_only(read: Callable[..., dict[str, bytes | str]]) -> None:
    content = zip_files({"aa": b"x", **FILES}).replace(b"aa", b"\0\0")
    assert read(content).keys() == read(zip_files(FILES)).keys()


@pytest.mark.parametrize("pack", [zip_files, tar_files])
def test_an_archive_of_nothing_that_is_read_is_refused(
    pack: Callable[[dict[str, bytes]], bytes], read: Callable[..., dict[str, bytes | str]]
) -> None:
    assert read(pack({".hidden": b"x"})) == {"news.bin": "empty: the archive holds no file"}
