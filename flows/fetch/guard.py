"""Connections to public addresses only.

The backend is asked for a connection to a host by name; it resolves the name itself, checks every address, and connects
to the very addresses it checked. So a name that leads elsewhere a moment later (DNS rebinding) leads nowhere, and the
pool and TLS go on knowing the host by its name: two hosts at one address never share a connection.
https://www.encode.io/httpcore/network-backends/
"""

import ssl
import time
from collections.abc import Iterable, Sequence

import httpcore

from flows.fetch.addresses import Resolve, is_public
from flows.fetch.failures import ForbiddenAddressError
from flows.fetch.watch import SLICE_SECONDS, check_watch


class GuardedBackend(httpcore.NetworkBackend):
    """What the pool opens its connections with.

    Args:
        resolve: Where hosts are.
        backend: What connects to an address.
        allows_private: Whether addresses that are not public may be connected to.
    """

    def __init__(self, resolve: Resolve, backend: httpcore.NetworkBackend, *, allows_private: bool) -> None:
        self._resolve = resolve
        self._backend = backend
        self._allows_private = allows_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of a host that takes it.

        Raises:
            ForbiddenAddressError: One of its addresses is not public.
            httpcore.ConnectError: It has no address, or none takes the connection.
            httpcore.ConnectTimeout: None takes it in time.
        """
        failure: Exception | None = None
        for address in self._find_addresses(host, port):
            seconds = check_watch() if timeout is None else min(timeout, check_watch())
            try:
                stream = self._backend.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return WatchedStream(stream)
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def _find_addresses(self, host: str, port: int) -> Sequence[str]:
        """Return the addresses of a host, all of them checked."""
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} is not found: {error.strerror or error}") from error
        if not self._allows_private:
            for address in addresses:
                if not is_public(address):
                    raise ForbiddenAddressError(host, address)
        return addresses


class WatchedStream(httpcore.NetworkStream):
    """A connection whose reads end with the exchange they are for, or when nobody wants it any more."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what comes next, at the end nothing.

        Raises:
            httpcore.ReadTimeout: Nothing came for so long, or the time of the exchange is over.
        """
        silent_at = None if timeout is None else time.monotonic() + timeout
        while True:
            seconds = min(check_watch(), SLICE_SECONDS)
            try:
                return self._stream.read(max_bytes, seconds)
            except httpcore.ReadTimeout as error:
                if silent_at is not None and time.monotonic() >= silent_at:
                    raise httpcore.ReadTimeout(f"not a byte for {timeout:,g} s") from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, min(check_watch(), timeout or check_watch()))

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Return the connection with TLS; the name is the host's, as the pool knows it."""
        seconds = min(check_watch(), timeout or check_watch())
        return WatchedStream(self._stream.start_tls(ssl_context, server_hostname, seconds))

    def get_extra_info(self, info: str) -> object:
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)
