"""Damaged files of every format: some hundred that are always the same, and whatever Hypothesis makes of bytes."""

import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.readers import read_paths
from flows.readers.detect import Format
from tests.fuzz.checks import check_case
from tests.fuzz.mutations import LIMITS, SUFFIXES, Case, make_case
from tests.fuzz.seeds import PACKERS, make_seeds

SEEDS = make_seeds()
BLOCK_COUNT, BLOCK_SIZE = 12, 25
STARTS = [
    *(
        b"PK\x03\x04",
        b"PAR1",
        b"WARC/1.0\r\n",
        b"filedesc://",
        b"<rss>",
        b"<urlset>",
        b"<nitf>",
        b"<html>",
        b"[{",
        b'{"a":',
    ),
    *(b"\x1f\x8b\x08\x00", b"(\xb5/\xfd", b"BZh91AY&SY", b"\0" * 257 + b"ustar", b"\xff\xfe", b"text,id\n", b"http://"),
]


def test_each_format_has_a_seed(tmp_path: Path) -> None:
    for name, content in SEEDS.items():
        (tmp_path / Path(name).name).write_bytes(content)
    batches = list(read_paths([tmp_path], source=None))
    readers = {reader for batch in batches for reader in batch.documents["reader"]}
    lists = {"sitemap", "url_list"}
    assert {form.name.lower() for form in Format} - {"zip", "tar"} == readers | lists
    assert any(batch.links for batch in batches)


@pytest.mark.parametrize("block", range(BLOCK_COUNT))
def test_damaged_files_are_read_or_refused(block: int, tmp_path: Path) -> None:
    for number in range(block * BLOCK_SIZE, (block + 1) * BLOCK_SIZE):
        check_case(make_case(SEEDS, Random(f"tests/{number}")), tmp_path)


@settings(max_examples=60)
@given(
    st.builds(bytes.__add__, st.sampled_from([b"", *STARTS]), st.binary(max_size=300)),
    st.sampled_from(SUFFIXES),
    st.sampled_from(["", *PACKERS]),
    st.sampled_from(LIMITS),
)
def test_any_bytes_under_any_name_are_read_or_refused(content: bytes, suffix: str, packing: str, limit: int) -> None:
    packed = PACKERS[packing]("a.txt", content) if packing else content
    case = Case(
        seed="", packing=packing, name=f"a.{suffix}", content=packed, limit=limit, batch_bytes=5000, source=None
    )
    with tempfile.TemporaryDirectory() as folder:
        check_case(case, Path(folder))
