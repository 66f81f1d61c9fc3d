"""The address guard: every way of writing an address that is not public."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path

import pytest

from crawler.middlewares.address import is_allowed
from tests.crawling import configuration, crawl, outcomes
from tests.hostile_site import Site, article, running

REFUSED = [
    # loopback, this network, private, shared, link-local (cloud metadata), multicast, reserved
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.1"),
    *("172.31.255.254", "192.168.0.1", "100.64.0.1", "169.254.169.254", "169.254.0.1"),
    *("192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    # the same in IPv6, plain and wrapped
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
    *("2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"),
    *("::ffff:7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "64:ff9b::7f00:1"),
    *("64:ff9b::a9fe:a9fe", "2001:0:0:0:0:0:80ff:fffe", "64:ff9b:1::1", "fec0::1"),
    # not an address at all: whoever connects must have resolved it first
    *("localhost", "", "2130706433", "0x7f.1", "127.1", "017700000001", "metadata.google.internal"),
]
ALLOWED = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_allowed(address, ())


@pytest.mark.parametrize("address", ALLOWED)
def test_what_is_public_is_allowed(address: str) -> None:
    assert is_allowed(address, ())


@pytest.mark.parametrize(
    ("address", "allowed"),
    [("127.0.0.1", True), ("::ffff:127.0.0.1", True), ("10.0.0.1", False), ("::1", False)],
)
def test_the_configuration_can_name_exceptions(address: str, allowed: bool) -> None:
    assert is_allowed(address, (ipaddress.ip_network("127.0.0.0/8"),)) is allowed


def has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6 loopback")
@pytest.mark.parametrize(
    ("allowed", "state"), [("::1/128", ("stored", "")), ("127.0.0.1/32", ("skipped", "address"))]
)
def test_a_host_of_ipv6_alone_is_reached_and_guarded(
    tmp_path: Path, allowed: str, state: tuple[str, str]
) -> None:
    site, data = Site(host="::1"), tmp_path / "data"
    site.html("/", article("six"))
    with running(site):
        crawl(configuration(tmp_path, site, crawl=f'allow_addresses = ["{allowed}"]'), data)
    assert outcomes(data, site.base)["/"] == state
    assert site.seen["/"] == (state[0] == "stored")
