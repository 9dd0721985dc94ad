"""Which addresses a web till may be at and load from, and what is said where it cannot be."""

import importlib
import importlib.util
import os

import pytest

from kiosk_app.ui.till.web import engine
from kiosk_app.ui.till.web.engine import Address, WebTillError

SHOP = "https://checkout.example.se/kiosk"


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        (SHOP, True),
        ("https://checkout.example.se:8443/api", True),
        ("wss://checkout.example.se/socket", True),
        ("https://CHECKOUT.example.se/", True),
        ("data:image/png;base64,AA", True),
        ("https://a.cdn.example.se/x.js", True),
        ("https://a.b.cdn.example.se/x.js", True),
        ("https://cdn.example.se/x.js", False),
        ("https://evilcdn.example.se/x.js", False),
        ("http://checkout.example.se/", False),
        ("https://example.se/", False),
        ("https://checkout.example.se.evil.example/", False),
        ("https://checkout.example.se@evil.example/", False),
        ("file:///etc/passwd", False),
        ("chrome://settings", False),
        ("qrc:/x", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_what_a_page_may_load(url: str, allowed: bool) -> None:
    assert Address.of(SHOP, ("*.cdn.example.se",)).allows(url) is allowed


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("file:///opt/checkout/index.html", True),
        ("file:///opt/checkout/js/a.js", True),
        ("file:///opt/checkout/../secret", False),
        ("file:///opt/checkout2/a.js", False),
        ("file:///etc/passwd", False),
        ("file://server/opt/checkout/a.js", False),
        ("https://example.se/", False),
    ],
)
def test_a_page_of_this_machine_loads_from_its_own_directory(url: str, allowed: bool) -> None:
    assert Address.of("file:///opt/checkout/index.html", ()).allows(url) is allowed


def test_this_machine_needs_no_encryption() -> None:
    address = Address.of("http://127.0.0.1:8080/", ())
    assert address.allows("http://127.0.0.1:8080/x.js")
    assert not address.allows("http://192.0.2.1/x.js")


@pytest.mark.parametrize(
    "url",
    ["", "checkout", "http://checkout.example.se/", "ftp://x/", "javascript:x", "file:x"],
)
def test_an_address_that_no_till_may_be_at_is_refused_in_words(url: str) -> None:
    with pytest.raises(WebTillError, match="Nothing was started"):
        Address.of(url, ())


def test_a_missing_extra_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert "kiosk-app[web]" in engine.missing() == engine.loads()
    with pytest.raises(WebTillError, match="Nothing was started"):
        engine.prepare()


def test_a_browser_does_not_run_as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    assert "user of its own" in engine.missing()


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(_name: str) -> None:
        raise ImportError("libnss3.so: cannot open shared object file")

    monkeypatch.setattr(importlib, "import_module", cannot)
    assert "libnss3" in engine.loads()
