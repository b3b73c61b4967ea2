"""Whether a text is a list of addresses."""

from typing import Final

_SCHEMES: Final = (b"http://", b"https://")
_COMMENT: Final = b"#"


def is_url_list(sample: bytes, *, is_whole: bool) -> bool:
    """Tell whether every line is an address of http or https, and there is one at least.

    Args:
        sample: The start of a file, UTF-8.
        is_whole: Whether that is all of it; else the last line is left out of account.

    Examples:
        >>> is_url_list(b"https://quay.example/1", is_whole=True), is_url_list(b"https://a.example 1", is_whole=True)
        (True, False)
    """
    lines = [line.strip() for line in (sample if is_whole else sample[: sample.rfind(b"\n") + 1]).splitlines()]
    addresses = [line for line in lines if line and not line.startswith(_COMMENT)]
    return bool(addresses) and all(
        line[:8].lower().startswith(_SCHEMES) and len(line.split(maxsplit=1)) == 1 for line in addresses
    )
