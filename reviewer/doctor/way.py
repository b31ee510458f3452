"""The way to an endpoint, hop by hop, so that a failure names the hop that it lies at."""

from __future__ import annotations

import ssl
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from reviewer.doctor.check import Check, Fault, failed, note, ok
from reviewer.doctor.route import Route, route_to
from reviewer.doctor.seams import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reviewer.doctor.seams import Line, Seams
    from reviewer.endpoint import Endpoint

_PROXY = "correct or unset the variable; NO_PROXY names hosts that are reached without a proxy"
_STORE = "let SSL_CERT_FILE name a readable file of certificates (PEM), or unset it to trust the system's"
_NAME = "check the spelling of {what}, and whether this machine resolves other names; a firewall may ask for a proxy"
_CONNECTION = "check that the server runs and listens there, and that no firewall stands between"
_UNTRUSTED = (
    "if your network opens encrypted traffic, or the server has a certificate of your own house,"
    " let SSL_CERT_FILE name a file with that certificate's issuer, or add it to the system's store"
)
_NO_TLS = (
    "if the server speaks no TLS, its address begins with http://; otherwise something between ends the connection"
)


class _Timer(NamedTuple):
    seams: Seams
    begun: float

    def __str__(self) -> str:
        return f"{(self.seams.clock() - self.begun) * 1000:.0f} ms"


def checks(endpoint: Endpoint, proxies: Mapping[str, str], seams: Seams) -> Iterator[Check]:
    """Go the way to the endpoint; what follows a failure is not looked at by whoever stops there."""
    try:
        route = route_to(endpoint.base_url, proxies)
    except ValueError as error:
        yield failed("proxy" if "PROXY" in str(error) else "address", str(error), _PROXY, Fault.SETUP)
        return
    yield _through(route)
    if route.is_https:
        yield _trust(seams)
    yield _resolved(route, seams)
    yield from _connected(route, seams)


def _through(route: Route) -> Check:
    if route.proxy:
        return note("proxy", f"by way of {route.proxy} ({route.variable}).")
    return note("proxy", "none, for NO_PROXY names this host." if route.spared else "none; straight to the endpoint.")


def _trust(seams: Seams) -> Check:
    try:
        return ok("trust store", f"certificates that are trusted: {seams.trusted()}.")
    except OSError as error:
        return failed("trust store", f"The certificates cannot be read ({_why(error)}).", _STORE, Fault.SETUP)


def _resolved(route: Route, seams: Seams) -> Check:
    timer, host = _Timer(seams, seams.clock()), route.first.host
    try:
        found = seams.resolve(*route.first)
    except (OSError, UnicodeError) as error:
        told = f"{_whose(route)}'s name {host!r} cannot be resolved ({_why(error)})."
        return failed("name", told, _NAME.format(what=route.variable or "the base URL"), Fault.ENDPOINT)
    if found == (host,):
        return ok("name", f"{host} is an address, and needs no look-up.")
    return ok("name", f"{host} is {', '.join(found)} ({timer}).")


def _connected(route: Route, seams: Seams) -> Iterator[Check]:
    timer = _Timer(seams, seams.clock())
    try:
        line = seams.connect(*route.first)
    except OSError as error:
        told = f"{_whose(route)} at {route.first} cannot be connected to ({_why(error)})."
        yield failed("connection", told, _CONNECTION, Fault.ENDPOINT)
        return
    with closing(line):
        yield ok("connection", f"{_whose(route)} at {route.first} takes connections ({timer}).")
        if route.proxy is None and route.is_https:
            yield _shaken(line, route, seams)
        elif route.is_https:
            yield note("TLS", f"agreed on with {route.target} behind the proxy, when it is asked.")
        else:
            yield note("TLS", "none: the address begins with http://, so text and key travel in the clear.")


def _shaken(line: Line, route: Route, seams: Seams) -> Check:
    timer, host = _Timer(seams, seams.clock()), route.target.host
    try:
        return ok("TLS", f"{line.handshake(host)} ({timer}).")
    except ssl.SSLCertVerificationError as error:
        told = f"The certificate of {host!r} is not trusted ({error.verify_message or _why(error)})."
        return failed("TLS", told, _UNTRUSTED, Fault.ENDPOINT)
    except OSError as error:
        told = f"{host!r} agrees on no encryption ({_why(error)})."
        return failed("TLS", told, _NO_TLS, Fault.ENDPOINT)


def _whose(route: Route) -> str:
    return "The proxy" if route.proxy else "The endpoint"


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {PATIENCE:g} s"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
