"""What keeps a connection from coming about, in words."""

import socket
import ssl
from urllib.parse import urlsplit

from kiosk_app.link.failure import Failure, Unreachable, Untrusted, Unusable

CONNECT_SECONDS = 3.0  # TCP sends its first packet again after 1 s and 3 s; then a new try is due
OPEN_SECONDS = 10.0  # TCP, TLS and upgrade together, on a slow mobile network as well
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def check_url(url: str) -> Unusable | None:
    """What is wrong with ``url`` as the setting office_url, or None."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("ws", "wss") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    return None if good else _no_address(url)


def _no_address(url: str) -> Unusable:
    return Unusable(
        f"office_url = {url!r} is not the address of an office. The till works without one. "
        f"Write wss://office.example/kiosk, or ws://127.0.0.1:8420/kiosk for a demo."
    )


def is_in_clear(url: str) -> bool:
    """Whether others on the network could read along: no TLS, and not only this machine."""
    parts = urlsplit(url)
    return parts.scheme == "ws" and parts.hostname not in LOOPBACK


def failure_of(error: Exception, url: str) -> Failure:
    """Which failure ``error`` is, raised while connecting to ``url``."""
    import aiohttp

    host = urlsplit(url).hostname or url
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return _no_address(url)
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        cause = error.__cause__ or error
        why = getattr(cause, "verify_message", "") or type(cause).__name__
        return Untrusted(
            f"{host} could not prove that it is the office ({why}). Nothing was sent. "
            f"Look at the office's certificate, this machine's clock and its authorities."
        )
    if isinstance(error, aiohttp.WSServerHandshakeError):
        return Unreachable(
            f"{host} answers, but not as an office (HTTP {error.status}). It is tried again. "
            f"Look at office_url and at the proxy in front of the office."
        )
    if isinstance(error, TimeoutError):
        return Unreachable(
            f"{host} does not answer. It is tried again. Look at the network and the office."
        )
    cause = error
    if isinstance(error, aiohttp.ClientConnectorError):
        cause = error.os_error
    if isinstance(cause, socket.gaierror):
        return Unreachable(
            f"The name {host} cannot be looked up: there is no network, or office_url is "
            f"misspelt. It is tried again."
        )
    if isinstance(cause, ConnectionRefusedError):
        return Unreachable(
            f"Nobody listens at {host}: the office is not running. It is tried again."
        )
    if isinstance(cause, ssl.SSLError):
        return Untrusted(f"{host} does not speak TLS as it should. Nothing was sent.")
    why = getattr(cause, "strerror", None) or type(cause).__name__
    return Unreachable(f"{host} cannot be reached ({why}). It is tried again.")
