"""The shopper's page as it is built: light enough for a poor network, and nothing inline."""

import gzip
import re
from pathlib import Path

import pytest

from kiosk_app.base.paths import console_dir
from tests.support.office import town

MOST_BYTES = 60_000  # gzipped, all that a phone fetches before and after the case is there

_ASSET = re.compile(r"""["'](?:\./)?(?:assets/)?([\w-]+\.(?:js|css))["']""")


def fetched(folder: Path) -> set[Path]:
    """The page, and every file that it names, and every one that those name."""
    page = folder / "phone.html"
    found, open_ = {page}, [page]
    while open_:
        for name in _ASSET.findall(open_.pop().read_text("utf-8")):
            path = folder / "assets" / name
            if path.exists() and path not in found:
                found.add(path)
                open_.append(path)
    return found


def test_it_weighs_little() -> None:
    files = fetched(console_dir())
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in files}

    assert len(files) >= 3, sizes
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert not any(name.startswith("words-") for name in sizes), "the console's words are not its"


def test_nothing_is_inline() -> None:
    page = (console_dir() / "phone.html").read_text("utf-8")

    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert "<style" not in page
    assert " on" not in re.sub(r">[^<]*<", "><", page).lower()


@pytest.mark.parametrize("path", ["/p", "/phone"])
async def test_it_is_served_locked_down(tmp_path: Path, path: str) -> None:
    async with town(tmp_path) as place, place.session.get(place.url + path) as answer:
        assert answer.status == 200
        assert "phone-" in await answer.text()
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
