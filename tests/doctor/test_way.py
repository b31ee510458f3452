"""What the doctor says of the settings and of the way to a model, hop by hop."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from reviewer.configuration import Configuration
from reviewer.doctor import Fault, Outcome, Seams, examine
from reviewer.testing import ScriptedModel, reply
from tests.doctor.world import KEY, Line, failures, raising, seams, the

if TYPE_CHECKING:
    from collections.abc import Callable

PASSWORD = "bicycle-42"  # noqa: S105  of a proxy that does not exist
PROXIES = {"https": f"http://clerk:{PASSWORD}@proxy.house.example:3128"}


def test_a_good_way_is_told_hop_by_hop(known: Configuration) -> None:
    """Each hop has its line, in the order of the way, and the connection is closed."""
    line, model = Line(), ScriptedModel([reply()])
    checks = list(examine(known, seams=seams(model, connect=lambda _host, _port: line)))
    names = [check.name for check in checks if check.name != "setting"]
    assert names == ["proxy", "trust store", "name", "connection", "TLS", "answer", "form", "store", "calibration"]
    assert failures(checks) == []
    assert line.closed
    assert len(model.calls) == 1
    assert KEY not in str(checks)
    assert f"api_key: set ({len(KEY)} characters)" in str(checks)


UNTRUSTED = ssl.SSLCertVerificationError(1, "certificate verify failed")
UNTRUSTED.verify_message = "self-signed certificate"


class Hop(NamedTuple):
    """What is wrong with the world, the check that sees it, and what it says."""

    changes: dict[str, Callable[..., object]]
    name: str
    fault: Fault
    says: str
    cure: str


HOPS = {
    "proxy": Hop({"proxies": lambda: {"all": "ftp://proxy"}}, "proxy", Fault.SETUP, "begins with 'ftp'", "NO_PROXY"),
    "proxy's port": Hop(
        {"proxies": lambda: {"https": f"http://clerk:{PASSWORD}@proxy:x"}},
        "proxy",
        Fault.SETUP,
        "HTTPS_PROXY has a port that is no number",
        "NO_PROXY",
    ),
    "trust store": Hop(
        {"trusted": raising(FileNotFoundError(2, "No such file", "/no.pem"))},
        "trust store",
        Fault.SETUP,
        "/no.pem: No such file",
        "SSL_CERT_FILE",
    ),
    "name": Hop(
        {"resolve": raising(socket.gaierror(-2, "Name or service not known"))},
        "name",
        Fault.ENDPOINT,
        "'models.house.example' cannot be resolved (Name or service not known)",
        "spelling of the base URL",
    ),
    "time-out": Hop({"connect": raising(TimeoutError())}, "connection", Fault.ENDPOINT, "within 5 s", "firewall"),
    "refused": Hop(
        {"connect": raising(ConnectionRefusedError(111, "Connection refused"))},
        "connection",
        Fault.ENDPOINT,
        "The endpoint at models.house.example:443 cannot be connected to (Connection refused)",
        "listens there",
    ),
    "certificate": Hop(
        {"connect": lambda _host, _port: Line(UNTRUSTED)},
        "TLS",
        Fault.ENDPOINT,
        "not trusted (self-signed certificate)",
        "SSL_CERT_FILE",
    ),
    "no TLS": Hop(
        {"connect": lambda _host, _port: Line(ssl.SSLError(1, "wrong version number"))},
        "TLS",
        Fault.ENDPOINT,
        "agrees on no encryption (wrong version number)",
        "http://",
    ),
}


@pytest.mark.parametrize("hop", HOPS.values(), ids=HOPS)
def test_a_failing_hop_is_named_with_its_cure(known: Configuration, hop: Hop) -> None:
    """The hop at fault is named, nothing is sent to the model, and the store is looked at all the same."""
    model = ScriptedModel([])
    checks = list(examine(known, calibrate=True, seams=seams(model, **hop.changes)))
    assert failures(checks) == [(hop.name, hop.fault)]
    assert hop.says in the(hop.name, checks).told
    assert hop.cure in str(the(hop.name, checks).cure)
    assert model.calls == []
    assert the("store", checks).outcome is Outcome.OK
    assert "was not run" in the("calibration", checks).told
    assert PASSWORD not in str(checks)


def test_behind_a_proxy_the_proxy_is_the_hop(known: Configuration) -> None:
    """The proxy is connected to instead of the endpoint, and neither its user nor its password shows."""
    hops: list[tuple[str, int]] = []

    def connect(host: str, port: int) -> Line:
        hops.append((host, port))
        return Line(OSError("nobody shakes hands with the proxy"))

    checks = list(examine(known, seams=seams(ScriptedModel([reply()]), proxies=lambda: PROXIES, connect=connect)))
    assert hops == [("proxy.house.example", 3128)]
    assert the("proxy", checks).told == "by way of proxy.house.example:3128 (HTTPS_PROXY)."
    assert "behind the proxy" in the("TLS", checks).told
    assert failures(checks) == []
    assert all(secret not in str(checks) for secret in (PASSWORD, "clerk"))


def test_without_a_model_it_says_what_to_set() -> None:
    """Somebody who configured nothing learns what rules alone do, and which variables to set, in two lines."""
    checks = list(examine(Configuration(), seams=seams(ScriptedModel([]))))
    assert failures(checks) == [("model", Fault.SETUP)]
    assert "approve nothing" in checks[-1].told
    cure = str(checks[-1].cure)
    assert all(name in cure for name in ("REVIEWER_MODEL", "OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT"))
    assert len(cure.splitlines()) == 2


@pytest.mark.parametrize("policy", ["nobody", "./none.toml"])
def test_a_wrong_policy_is_told_before_anything_is_sent(known: Configuration, policy: str) -> None:
    """A policy that cannot be had is a wrong set-up, and the model is not asked."""
    model = ScriptedModel([])
    checks = list(examine(replace(known, policies=(policy,)), seams=seams(model)))
    assert failures(checks) == [("set-up", Fault.SETUP)]
    assert model.calls == []


def test_a_budget_without_a_price_is_told_before_anything_is_sent(known: Configuration) -> None:
    """A limit on the cost of a model of unknown price is a wrong set-up, by the true adapter."""
    assert known.endpoint
    endpoint = known.endpoint.model_copy(update={"max_cost": 1.0})
    world = seams(ScriptedModel([]))._replace(model=Seams().model)
    checks = list(examine(replace(known, endpoint=endpoint), seams=world))
    assert failures(checks) == [("set-up", Fault.SETUP)]
    assert "set `price`" in checks[-1].told
