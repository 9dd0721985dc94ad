"""The pages the office serves, and what every answer of it carries."""

import base64
import hashlib
from pathlib import Path

import aiohttp
import pytest

from kiosk_app.base.settings import OfficeSettings
from kiosk_app.office.app import Office
from tests.support.office import town


@pytest.mark.parametrize("path", ["/", "/healthz", "/login", "/nothing", "/../pyproject.toml"])
async def test_every_page_is_locked_down(tmp_path: Path, path: str) -> None:
    async with town(tmp_path) as place, place.session.get(place.url + path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        # Where no script is named, default-src allows none.
        assert "script-src 'self';" in policy or "script-src" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Python" not in answer.headers["Server"]


async def test_the_console_is_served_and_nothing_beside_it(tmp_path: Path) -> None:
    console = tmp_path / "console"
    (console / "assets").mkdir(parents=True)
    (console / "index.html").write_text("<!doctype html><p>Konsolen")
    (console / "assets" / "index-abc.js").write_text("export {}")
    (tmp_path / "secret").write_text("secret")
    office = Office(OfficeSettings(data_dir=str(tmp_path / "data"), port=0), console=console)
    port = await office.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        async with session.get("/") as answer:
            assert "Konsolen" in await answer.text()
            assert answer.headers["Cache-Control"] == "no-store"
        async with session.get("/assets/index-abc.js") as answer:
            assert answer.headers["Content-Type"].startswith("text/javascript")
            assert "immutable" in answer.headers["Cache-Control"]
        for path in ("/..%2Fsecret", "/%2e%2e/secret", "/assets", "/assets/"):
            async with session.get(path) as answer:
                assert answer.status == 404, path
    await office.stop()


async def test_a_request_does_not_search_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = tmp_path / "console"
    console.mkdir()
    (console / "index.html").write_text("<!doctype html><p>Konsolen")
    office = Office(OfficeSettings(data_dir=str(tmp_path / "data"), port=0), console=console)
    port = await office.start()

    def searched(*_: object) -> None:
        raise AssertionError("the directory was searched for a request")

    monkeypatch.setattr(Path, "rglob", searched)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        for path, status in (("/", 200), ("/nothing", 404)):
            async with session.get(path) as answer:
                assert answer.status == status
    await office.stop()


async def test_a_link_that_is_used_says_in_both_languages_what_to_do(tmp_path: Path) -> None:
    async with town(tmp_path) as place, place.session.get(place.url + "/login") as answer:
        page = await answer.text()
        assert answer.status == 410
        policy = answer.headers["Content-Security-Policy"]
    swedish, english = page.split('<section lang="en">')
    for half in (swedish, english):
        assert "kiosk-app login-link --config office.toml --agent" in half
    # The style is let in by its own hash, so the browser applies it and no other.
    style = page.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
