"""What found names or placed entities is known by all that it depends on: another of these, and it is done anew."""

import re
from importlib.resources import files

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


def test_spans_are_known_by_every_module_that_has_a_part_in_them() -> None:
    code = "".join(files("transforms").joinpath(name).read_text("utf-8") for name in fingerprints.SPAN_MODULES)
    imported = re.findall(r"^from transforms\.(\w+) import", code, re.MULTILINE)
    assert {"labels", "marks"} <= set(imported)
    assert {f"{name}.py" for name in imported} <= set(fingerprints.SPAN_MODULES)
