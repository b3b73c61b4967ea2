"""Which addresses are asked, and for what."""

from typing import Final

import httpx

from flows.fetch.failures import FetchError

_SCHEMES: Final = frozenset({"http", "https"})
_PORTS: Final = range(1, 1 << 16)
_SHOWN_CHAR_COUNT: Final = 200


def parse_url(text: str) -> httpx.URL:
    """Return an address as it is asked for: no fragment, its host in lower case and ASCII, without a dot at the end.

    Addresses with a user and a password are refused: a login in a list of articles is a slip or a trick
    (``https://bank.example@evil.example/``), and would be kept in the warehouse and shown.

    Raises:
        FetchError: bad_url, final.

    Examples:
        >>> str(parse_url("HTTP://Bücher.example.:80/a#b"))
        'http://xn--bcher-kva.example/a'
    """
    try:
        url = httpx.URL(text)
        return _normalize_url(url)
    except (httpx.InvalidURL, ValueError) as error:
        detail = error.detail if isinstance(error, FetchError) else str(error)
        raise FetchError("bad_url", f"{detail}: {text[:_SHOWN_CHAR_COUNT]!r}", is_final=True) from error


def join_url(url: httpx.URL, reference: str) -> httpx.URL:
    """Return where a page sends, by the address in its Location header (RFC 9110, section 10.2.2).

    Raises:
        FetchError: bad_url; not final, the site may send elsewhere tomorrow.
    """
    try:
        return parse_url(str(url.join(reference)))
    except FetchError as error:
        raise FetchError("bad_url", f"sent on to {error.detail}") from error
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError("bad_url", f"sent on to {error}: {reference[:_SHOWN_CHAR_COUNT]!r}") from error


def find_host(text: str) -> str:
    """Return the host of an address, "" when it has none that can be asked."""
    try:
        return parse_url(text).host
    except FetchError:
        return ""


def find_origin(url: httpx.URL) -> str:
    """Return scheme, host and port: what a robots.txt speaks for (RFC 9309, section 2.3)."""
    return str(url.copy_with(raw_path=b"/"))


def _normalize_url(url: httpx.URL) -> httpx.URL:
    """Return an address as it is asked; ValueError or httpx.InvalidURL when it is none."""
    host = url.raw_host.decode("ascii").rstrip(".")
    if url.scheme not in _SCHEMES:
        raise FetchError("bad_url", "not http or https")
    if not host:
        raise FetchError("bad_url", "no host")
    if url.userinfo:
        raise FetchError("bad_url", "user and password in the address")
    if url.port is not None and url.port not in _PORTS:
        raise FetchError("bad_url", f"no port {url.port}")
    return url.copy_with(host=host, raw_path=url.raw_path, fragment=None)
