"""Labels of models that have four, in the words of those that have eighteen."""

import pytest

from transforms.labels import read_label

FOUR = frozenset({"PER", "ORG", "LOC", "MISC"})
EIGHTEEN = frozenset({"PERSON", "ORG", "GPE", "LOC", "DATE"})


@pytest.mark.parametrize(
    ("label", "surface", "expected"),
    [
        ("PER", "Élodie Garnier", "PERSON"),
        ("ORG", "Le Courrier", "ORG"),
        ("LOC", "Lyon", "GPE"),
        ("LOC", "mer du Nord", "LOC"),
        ("LOC", "Méditerranée", "LOC"),
        ("LOC", "l'Europe", "GPE"),
        ("LOC", "Mercy", "GPE"),
        ("MISC", "Coupe du monde", None),
    ],
)
def test_the_four_labels_have_their_counterparts(label: str, surface: str, expected: str | None) -> None:
    assert read_label(label, surface, FOUR) == expected


@pytest.mark.parametrize(("label", "expected"), [("LOC", "LOC"), ("GPE", "GPE"), ("DATE", None)])
def test_labels_of_ontonotes_stay_when_they_are_names(label: str, expected: str | None) -> None:
    assert read_label(label, "Lyon", EIGHTEEN) == expected
