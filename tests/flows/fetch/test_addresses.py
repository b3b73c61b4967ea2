"""Which addresses are public, and that the system's own resolver sees through how a host is written."""

import pytest

from flows.fetch.addresses import is_public, resolve_host


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("93.184.215.14", id="IPv4"),
        pytest.param("2606:2800:21f:cb07:6820:80da:af6b:8b2c", id="IPv6"),
        pytest.param("::ffff:93.184.215.14", id="IPv4 mapped"),
        pytest.param("64:ff9b::93.184.215.14", id="IPv4 behind NAT64"),
        pytest.param("2002:5db8:d70e::1", id="IPv4 behind 6to4"),
    ],
)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("0.0.0.0", id="this host"),  # noqa: S104 -- no socket is bound to it
        pytest.param("10.1.2.3", id="private 10"),
        pytest.param("172.16.0.1", id="private 172"),
        pytest.param("192.168.1.1", id="private 192"),
        pytest.param("100.64.0.1", id="carrier-grade NAT"),
        pytest.param("169.254.169.254", id="cloud metadata"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("198.18.0.1", id="benchmarks"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("239.255.255.250", id="multicast of a site"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("::", id="this host, IPv6"),
        pytest.param("::1", id="loopback, IPv6"),
        pytest.param("::ffff:127.0.0.1", id="loopback, mapped"),
        pytest.param("::127.0.0.1", id="loopback, compatible"),
        pytest.param("64:ff9b::7f00:1", id="loopback behind NAT64"),
        pytest.param("64:ff9b::a9fe:a9fe", id="cloud metadata behind NAT64"),
        pytest.param("64:ff9b:1::1", id="NAT64 of a site"),
        pytest.param("2002:7f00:1::", id="loopback behind 6to4"),
        pytest.param("2002:e000:1::", id="multicast behind 6to4"),
        pytest.param("2001:0:53aa:64c:0:fbff:80ff:fffe", id="Teredo"),
        pytest.param("fe80::1%eth0", id="link local"),
        pytest.param("fc00::1", id="unique local"),
        pytest.param("fec0::1", id="site local"),
        pytest.param("ff02::1", id="multicast, IPv6"),
        pytest.param("fd00:ec2::254", id="cloud metadata, IPv6"),
    ],
)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost"])
def test_the_system_sees_through_notations(host: str) -> None:
    assert "127.0.0.1" in resolve_host(host, 80)


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "a..example", "nowhere.invalid"])
def test_what_is_no_name_is_not_found(host: str) -> None:
    with pytest.raises(OSError, match=r"no name|not known|No address|resolution|nodename"):
        resolve_host(host, 80)
