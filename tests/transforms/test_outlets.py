"""Outlets and the keys of their versions."""

from datetime import UTC, datetime
from typing import Any

import polars as pl

from transforms.keys import compute_key
from transforms.outlets import START_OF_TIME, key_sources
from transforms.source_schemas import SOURCE, SOURCE_VERSION
from transforms.versions import END_OF_TIME

MOVED = datetime(2026, 3, 1, tzinfo=UTC)


def make_versions(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(
        [{"valid_from": START_OF_TIME, "valid_to": END_OF_TIME} | row for row in rows], schema=SOURCE_VERSION
    )


def test_an_outlet_the_file_does_not_name_has_one_version_for_all_time() -> None:
    (row,) = key_sources(pl.Series(["a.example"]), make_versions()).rows(named=True)
    assert row == dict.fromkeys(SOURCE.names()) | {
        "source_key": compute_key("source", "a.example"),
        "source_id": "a.example",
        "valid_from": START_OF_TIME,
        "valid_to": END_OF_TIME,
    }


def test_the_first_version_keeps_the_key_of_the_outlet_and_a_later_one_has_its_own() -> None:
    versions = make_versions(
        {"source_id": "a.example", "name": "New", "valid_from": MOVED},
        {"source_id": "a.example", "name": "Old", "valid_to": MOVED},
    )
    keyed = key_sources(pl.Series(["a.example", "a.example"]), versions)
    assert keyed["name"].to_list() == ["Old", "New"]
    assert keyed["source_key"][0] == compute_key("source", "a.example")
    assert keyed["source_key"].n_unique() == 2


def test_an_outlet_of_the_file_that_is_not_asked_for_is_left_out() -> None:
    versions = make_versions({"source_id": "b.example", "name": "B"})
    keyed = key_sources(pl.Series(["a.example"]), versions)
    assert keyed["source_id"].to_list() == ["a.example"]
    assert keyed.schema == SOURCE
