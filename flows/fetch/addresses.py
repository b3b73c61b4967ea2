"""Where a host is, and whether that is on the public internet.

What is judged is the address that the resolver of the system gives, never how the host is written: ``2130706433``,
``0x7f.1`` and ``[::ffff:127.0.0.1]`` all come out as 127.0.0.1 there.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import Final

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port -> its addresses, the one to try first first; raises OSError."""

_IPV6_INTERNET: Final = IPv6Network("2000::/3")  # https://www.iana.org/assignments/ipv6-address-space/
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052, section 2.1


def resolve_host(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system resolves it.

    Raises:
        OSError: There are none, or the name is none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"no name of a host: {error}") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Return whether an address is one of the public internet.

    An IPv6 address that stands for an IPv4 address (mapped, NAT64, 6to4) is judged by that.

    Examples:
        >>> is_public("93.184.215.14"), is_public("10.0.0.1"), is_public("64:ff9b::10.0.0.1")
        (True, False, False)
    """
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, IPv6Address):
        inner = _find_inner(parsed)
        if inner is None:
            return parsed.is_global and parsed in _IPV6_INTERNET
        parsed = inner
    return parsed.is_global and not parsed.is_multicast


def _find_inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, None for none."""
    if address in _NAT64:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour
