"""The doctor tells the way that requests take."""

from __future__ import annotations

import httpx2
import pytest

from reviewer.doctor.route import route_to

URLS = ["https://api.house.example/v1", "https://house.example:8443/v1", "http://127.0.0.1:8000/v1", "http://localhost"]
SPARED = [
    "",
    "*",
    "other.example, *",
    "house.example",
    ".house.example",
    "*.house.example",
    "use.example",
    "api.house.example",
    "house.example:8443",
    "house.example:443",
    "127.0.0.1",
    "127.0.0.0/8",
    "10.0.0.0/8, localhost",
    "https://house.example",
]


@pytest.mark.parametrize("spared", SPARED)
@pytest.mark.parametrize("url", URLS)
def test_the_way_told_is_the_way_taken(monkeypatch: pytest.MonkeyPatch, url: str, spared: str) -> None:
    """The doctor sees a proxy exactly where the library that sends the requests would use it."""
    proxies = {"http": "http://proxy.example:3128", "https": "http://proxy.example:3128", "no": spared}
    for name, value in proxies.items():
        monkeypatch.setenv(f"{name}_proxy", value)
    with httpx2.Client() as client:
        taken = client._transport_for_url(httpx2.URL(url)) is not client._transport  # noqa: SLF001  the truth
    assert (route_to(url, proxies).proxy is not None) == taken
