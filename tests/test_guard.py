"""The guards that the other tests rely on."""

from __future__ import annotations

import os
import socket

import pytest
from pytest_socket import SocketBlockedError


def test_no_test_reaches_the_network() -> None:
    """Opening a socket fails, so that no mocked call dials out unnoticed."""
    with pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_no_test_sees_a_key() -> None:
    """Keys of the person who runs the tests are hidden from them."""
    assert not [name for name in os.environ if name.startswith(("OPENAI_", "AZURE_"))]
