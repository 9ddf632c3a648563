"""Encrypted connections: whose certificate is not vouched for, or names another host, is not talked to."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
from loopback import Loopback, answer

from lagebild.intake import wire
from lagebild.intake.fetch import Fetcher, FetchError, Limits

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with openssl")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of papers.example with its key, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=papers.example",
         "-addext", "subjectAltName=DNS:papers.example", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def server(certificate: Path) -> Loopback:
    loopback = Loopback({"/a": answer(b"Kerry kam.")})
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    listening = loopback._server
    listening.socket = context.wrap_socket(listening.socket, server_side=True, do_handshake_on_connect=False)
    return loopback


def fetch(server: Loopback, host: str) -> bytes:
    fetcher = Fetcher(allowed=[host], limits=Limits(seconds=5.0), lookup=lambda *_: ["127.0.0.1"])
    return fetcher.get(f"https://{host}:{server.port}/a").data


def test_a_certificate_that_nobody_vouches_for(server: Loopback) -> None:
    with server, pytest.raises(FetchError, match=r"no safe connection \(self-signed certificate\)"):
        fetch(server, "papers.example")
    assert server.asked == []


def test_a_certificate_of_another_host(server: Loopback, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trusting = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    monkeypatch.setattr(wire, "_tls", lambda: trusting)
    with server:
        assert fetch(server, "papers.example") == b"Kerry kam."
        with pytest.raises(FetchError, match="no safe connection"):
            fetch(server, "other.example")
