"""Keys and hashes."""

from hypothesis import given
from hypothesis import strategies as st

from transforms.keys import compute_digest, compute_hash, compute_key


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_parts_have_different_digests(one: list[str], other: list[str]) -> None:
    assert (compute_digest(*one) == compute_digest(*other)) == (one == other)


@given(st.lists(st.text()))
def test_a_key_fits_a_positive_bigint(parts: list[str]) -> None:
    assert 0 <= compute_key(*parts) < 2**63


def test_a_hash_is_the_sha256_of_the_parts_with_their_lengths() -> None:
    # printf '2:ab1:c' | sha256sum
    assert compute_hash("ab", "c") == "430fb1b4ac43316eca81fab27a1930ab8eff8fef6a1dc7903dce44bbc2790dc5"


def test_a_lone_surrogate_is_hashed_not_refused() -> None:
    assert len(compute_hash("\ud800")) == 64
