"""Where the office listens, under which names, and whether that is safe."""

import ipaddress
import ssl

from kiosk_app.base.errors import SettingsError
from kiosk_app.base.settings import OfficeSettings

_DEFAULT_PORTS = (":443", ":80")


def is_loopback(host: str) -> bool:
    """Does nobody but this machine reach ``host``?"""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_secure(settings: OfficeSettings) -> bool:
    """Do browsers and kiosks come over TLS?"""
    return bool(settings.tls_certificate) or settings.behind_proxy


def check(settings: OfficeSettings) -> ssl.SSLContext | None:
    """The TLS context to listen with, None for none. SettingsError where that is not safe."""
    if bool(settings.tls_certificate) != bool(settings.tls_key):
        raise SettingsError(
            "TLS needs both tls_certificate and tls_key. The office was not started; give both, "
            "or neither and listen on 127.0.0.1."
        )
    if not is_loopback(settings.host) and not is_secure(settings):
        raise SettingsError(
            f"The office does not listen on {settings.host} without TLS: logins and carts would "
            f"go over the network in the open. It was not started; give tls_certificate and "
            f"tls_key, or behind_proxy = true behind a proxy with TLS, or host = 127.0.0.1."
        )
    if is_secure(settings) and not settings.public_host:
        raise SettingsError(
            "With TLS or behind a proxy the office must know its own name. It was not started; "
            "give public_host as kiosks and browsers spell it, for example help.example.se."
        )
    if not settings.tls_certificate:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(settings.tls_certificate, settings.tls_key)
    except OSError as error:
        raise SettingsError(
            f"The certificate {settings.tls_certificate} or its key {settings.tls_key} cannot be "
            f"used ({error}). The office was not started; give PEM files that belong together."
        ) from error
    return context


def hosts(settings: OfficeSettings, port: int) -> frozenset[str]:
    """The names under which kiosks and browsers may address this office, in lower case."""
    if settings.public_host:
        names = {settings.public_host.lower()}
        for default in _DEFAULT_PORTS:
            names |= {name.removesuffix(default) for name in names}
        if is_secure(settings):
            return frozenset(names)
    else:
        names = set()
    local = {settings.host, "127.0.0.1", "localhost", "[::1]"}
    if ":" in settings.host and not settings.host.startswith("["):
        local = {*local - {settings.host}, f"[{settings.host}]"}
    return frozenset(names | {f"{name}:{port}".lower() for name in local})


def address(settings: OfficeSettings, port: int) -> str:
    """The office's own address as browsers reach it, without a slash at its end."""
    scheme = "https" if is_secure(settings) else "http"
    host = settings.host
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    return f"{scheme}://{settings.public_host or f'{host}:{port}'}"


def origins(settings: OfficeSettings, port: int) -> frozenset[str]:
    """What a browser's Origin header says on the office's own pages."""
    scheme = "https" if is_secure(settings) else "http"
    return frozenset(f"{scheme}://{host}" for host in hosts(settings, port))
