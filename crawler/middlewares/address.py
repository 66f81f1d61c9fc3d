"""The address guard: connections go to public addresses, or to those the configuration names.

A page, a redirect or a sitemap can name any host, and a host name can point anywhere, also at the
machine we run on or the cloud's metadata service. So the address is checked where it can no longer
change: at the moment of connecting, after the name was resolved. This covers every hop, every form
of writing an address, and a name that resolves differently the second time.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class AddressRefused(Exception):
    """A connection to an address that is not public was refused."""


def is_allowed(address: str, exceptions: Sequence[Network]) -> bool:
    """True for a public unicast address, or one inside a network of ``exceptions``.

    IPv4 addresses wrapped in IPv6 (mapped, 6to4, Teredo, NAT64) are judged by what they wrap.
    """
    try:
        parsed = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return False  # not an address: nobody may connect to what cannot be judged
    inner = _unwrapped(parsed)
    if any(inner.version == net.version and inner in net for net in exceptions):
        return True
    if isinstance(inner, ipaddress.IPv6Address) and inner.is_site_local:
        return False
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _unwrapped(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.teredo:
        return address.teredo[1]
    if address in ipaddress.IPv6Network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_refusal(error: BaseException | None) -> bool:
    """True when the address guard is behind an error, however it was wrapped on the way."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, AddressRefused):
            return True
        seen.add(id(error))
        reasons = getattr(error, "reasons", None) or ()
        if any(isinstance(getattr(r, "value", r), AddressRefused) for r in reasons):
            return True
        error = error.__cause__ or error.__context__
    return False


class AddressGuard:
    """A Scrapy extension that guards the reactor's ``connectTCP`` while a crawl runs.

    Every Twisted endpoint, plain or TLS, connects through it with the resolved address.
    """

    def __init__(self, exceptions: Sequence[Network]) -> None:
        self._exceptions = tuple(exceptions)
        self._original: Callable[..., Any] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        """Guard from before the first request until the engine has stopped."""
        guard = cls(crawler.settings["DUIZHAO_ALLOW_ADDRESSES"])
        crawler.signals.connect(guard.install, signals.engine_started)
        crawler.signals.connect(guard.remove, signals.engine_stopped)
        return guard

    def install(self) -> None:
        """Put the guard in place."""
        reactor = _reactor()
        self._original = reactor.connectTCP
        reactor.connectTCP = self._connect

    def remove(self) -> None:
        """Give the reactor its own method back."""
        if self._original is not None:
            _reactor().connectTCP = self._original

    def _connect(self, host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if not is_allowed(host, self._exceptions):
            raise AddressRefused(f"{host}:{port} is not a public address")
        assert self._original is not None
        return self._original(host, port, *args, **kwargs)


def _reactor() -> Any:
    from twisted.internet import reactor  # importing it installs one: not before Scrapy has

    return reactor
