"""Which way a request takes: straight to the endpoint, or through a proxy that the environment names.

The rules are those of the library that sends the requests, which differ a little from other programs':
a `*` anywhere in NO_PROXY spares every host, and `.example.com` does not spare `example.com` itself.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


class Hop(NamedTuple):
    """Where a connection is made to."""

    host: str
    port: int

    def __str__(self) -> str:
        """Write it as addresses do."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Route(NamedTuple):
    """Which endpoint, by which way; `spared` says that NO_PROXY keeps a proxy out of it."""

    target: Hop
    is_https: bool
    proxy: Hop | None = None
    variable: str = ""
    spared: bool = False

    @property
    def first(self) -> Hop:
        """What is connected to."""
        return self.proxy or self.target


def route_to(base_url: str, proxies: Mapping[str, str]) -> Route:
    """Give the way to an address; `proxies` has a URL for `http`, `https` and `all`, and the hosts to spare for `no`.

    Raises:
        ValueError: an address that cannot be one, told without the secrets in it.
    """
    parts = urlsplit(base_url)
    target = _hop(parts, "the endpoint")
    direct = Route(target, parts.scheme == "https")
    kind = next((kind for kind in (parts.scheme, "all") if proxies.get(kind)), None)
    if kind is None:
        return direct
    if _is_spared(parts.scheme, target, proxies.get("no", "")):
        return direct._replace(spared=True)
    variable, url = f"{kind.upper()}_PROXY", proxies[kind]
    proxy = _hop(urlsplit(url if "://" in url else f"http://{url}"), variable)
    return direct._replace(proxy=proxy, variable=variable)


def passwords(proxies: Mapping[str, str]) -> Iterator[str]:
    """Give what must not be seen of the addresses of proxies, as it is written and as it is meant."""
    for url in proxies.values():
        parts = urlsplit(url if "://" in url else f"//{url}")
        if parts.password:
            yield from (parts.netloc.rpartition("@")[0], parts.password, unquote(parts.password))


def _hop(parts: SplitResult, whose: str) -> Hop:
    if parts.scheme not in _PORTS or not parts.hostname:
        message = f"The address of {whose} begins with {parts.scheme!r}; known are {', '.join(_PORTS)}."
        raise ValueError(message)
    try:
        return Hop(parts.hostname, parts.port or _PORTS[parts.scheme])
    except ValueError:
        message = f"The address of {whose} has a port that is no number from 1 to 65535."
        raise ValueError(message) from None


def _is_spared(scheme: str, target: Hop, listed: str) -> bool:
    entries = [entry.strip().lower() for entry in listed.split(",") if entry.strip()]
    return "*" in entries or any(_spares(entry, scheme, target) for entry in entries)


def _spares(entry: str, scheme: str, target: Hop) -> bool:
    wanted, mark, rest = entry.rpartition("://")
    if mark and wanted not in {scheme, "all"}:
        return False
    address, network = _address(target.host), _network(rest)
    if network is not None:
        return address is not None and address in network
    name, _, port = rest.partition(":")
    # A port that goes without saying is not compared with one that is said.
    if not name or (port and (port != str(target.port) or target.port == _PORTS[scheme])):
        return False
    if mark or name == "localhost":
        return target.host == name
    bare = name.removeprefix("*").removeprefix(".")
    below = target.host.endswith(f".{bare}")
    return below or (target.host == bare and name == bare)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(entry.replace("[", "").replace("]", ""), strict=False)
    except ValueError:
        return None
