"""What placed entities is known by all that it depends on: another of these, and all are placed anew."""

import pytest

from flows import fingerprints


@pytest.mark.parametrize(
    "part", ["compute_source_hash", "compute_seed_hash", "_read_code"], ids=["code", "gazetteer", "queries"]
)
def test_places_have_other_rules_where_a_part_of_them_is_another(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints.compute_place_rules_hash()
    assert fingerprints.compute_place_rules_hash() == before
    monkeypatch.setattr(fingerprints, part, lambda _: b"another" if part == "_read_code" else "another")
    assert fingerprints.compute_place_rules_hash() != before
