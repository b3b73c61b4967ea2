"""Names that may stand for each other share a block; the number of blocks stays small."""

import polars as pl
import pytest

from transforms.linking.blocking import block_names, find_core, list_blocks
from transforms.linking.frames import NAME_BLOCK, OBSERVED_NAME


def meet(asking: tuple[str, str], asked: tuple[str, str]) -> bool:
    """Tell whether the first name, a (type, key) pair, asks the second."""
    asks = {block for block, is_asking, _ in list_blocks(*asking) if is_asking}
    return bool(asks & {block for block, _, is_asked in list_blocks(*asked) if is_asked})


@pytest.mark.parametrize(
    ("asking", "asked"),
    [
        pytest.param(("PERSON", "munir"), ("PERSON", "asim munir"), id="surname"),
        pytest.param(("GPE", "munir"), ("PERSON", "asim munir"), id="surname-taken-for-a-place"),
        pytest.param(("PERSON", "leyen"), ("PERSON", "ursula von der leyen"), id="surname-without-particle"),
        pytest.param(("PERSON", "c brown"), ("PERSON", "charles brown"), id="initial"),
        pytest.param(("ORG", "asim munir"), ("PERSON", "asim munir"), id="type"),
        pytest.param(("PERSON", "llyod blankfein"), ("PERSON", "lloyd blankfein"), id="first-word-misspelt"),
        pytest.param(("PERSON", "comedian ellen degeneres"), ("PERSON", "ellen degeneres"), id="word-before"),
        pytest.param(("ORG", "colts"), ("ORG", "indianapolis colts"), id="place-before"),
        pytest.param(("ORG", "nsa"), ("ORG", "national security agency"), id="initials"),
        pytest.param(("ORG", "justice department"), ("ORG", "department of justice"), id="turned"),
        pytest.param(("PERSON", "munir(ms)"), ("PERSON", "asima munir"), id="woman"),
        pytest.param(("PERSON", "asim(munir)"), ("PERSON", "asim munir"), id="relative"),
        pytest.param(("GPE", "lee(iowa)"), ("GPE", "lee"), id="town-with-its-state"),
    ],
)
def test_a_name_asks_what_it_may_stand_for(asking: tuple[str, str], asked: tuple[str, str]) -> None:
    assert meet(asking, asked)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("lloyd blankfein", "llyod blankfein", True, id="first-word"),
        pytest.param("lloyd blankfein", "lloyd blankfien", True, id="last-word"),
        pytest.param("lloyd blankfein", "floyd blankfein", False, id="first-letter"),
        pytest.param("ann lee", "ann leo", False, id="short"),
    ],
)
def test_two_spellings_are_in_one_block_in_which_nobody_asks(one: str, other: str, *, expected: bool) -> None:
    blocks, others = (
        {row for row in list_blocks("PERSON", name) if row[1:] == (False, False)} for name in (one, other)
    )
    assert bool(blocks & others) == expected


@pytest.mark.parametrize(
    ("asking", "asked"),
    [
        pytest.param(("PERSON", "asim munir"), ("PERSON", "munir"), id="a-full-name-asks-no-surname"),
        pytest.param(("GPE", "lee"), ("GPE", "lee(iowa)"), id="nobody-asks-a-qualified-name"),
        pytest.param(("PERSON", "bill clinton"), ("PERSON", "hillary clinton"), id="other-given-name"),
        pytest.param(("PERSON", "marion le pen"), ("PERSON", "le pen"), id="a-particle-begins-no-name"),
        pytest.param(("ORG", "university of miami"), ("ORG", "miami university"), id="not-turned"),
    ],
)
def test_a_name_is_not_compared_with_what_it_cannot_be(asking: tuple[str, str], asked: tuple[str, str]) -> None:
    assert not meet(asking, asked)


@pytest.mark.parametrize(
    ("entity_type", "name_key"),
    [("PERSON", "von der"), ("PERSON", ""), ("ORG", "a"), ("GPE", "of"), ("ORG", "department of"), ("X", "1 2 3")],
)
def test_every_name_is_in_some_block_once(entity_type: str, name_key: str) -> None:
    blocks = [block for block, _, _ in list_blocks(entity_type, name_key)]
    assert f"name:{name_key}" in blocks
    assert len(blocks) == len(set(blocks))


def test_a_long_name_has_few_blocks() -> None:
    assert len(list_blocks("ORG", " ".join(f"word{number}" for number in range(200)))) < 20


def test_a_legal_form_inside_a_name_ends_it() -> None:
    assert find_core("dominion textiles inc of canada") == find_core("dominion textile")


def test_blocks_are_rows_of_their_names() -> None:
    names = pl.DataFrame([(7, "NORP", "kurd"), (8, "PERSON", "munir")], schema=OBSERVED_NAME, orient="row")
    blocks = block_names(names)
    assert blocks.schema == NAME_BLOCK
    assert set(blocks["observed_key"]) == {7, 8}


def test_no_names_have_no_blocks() -> None:
    assert block_names(OBSERVED_NAME.to_frame()).schema == NAME_BLOCK


def test_a_nickname_asks_where_the_name_it_is_short_for_is() -> None:
    blocks = list_blocks("PERSON", "bill quist", {"bill": frozenset({"william"})})
    assert ("person:quist|w", True, False) in blocks


def test_the_name_of_a_father_does_not_find_the_son() -> None:
    assert "surname:tarek" not in {block for block, _, _ in list_blocks("PERSON", "omar bin tarek")}
