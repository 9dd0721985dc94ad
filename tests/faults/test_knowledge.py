"""Bundles that cannot be trusted or read, disks that do not keep them: the old help stays."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from aiohttp import web

from kiosk_app.knowledge.fetch import bundle_url, fetch
from kiosk_app.knowledge.kept import FILE, KeptBundle
from kiosk_app.protocol.knowledge import BundleError, SignedBundle
from tests.conftest import LogWatch
from tests.support.help import bundle
from tests.support.library import Press, Shelf, library
from tests.support.waiting import until


def _tampered(signed: SignedBundle) -> SignedBundle:
    return msgspec.structs.replace(
        signed, body=signed.body.replace(b"Betalningen", b"Betalingen!")
    )


def _rehashed(signed: SignedBundle) -> SignedBundle:
    body = _tampered(signed).body
    return msgspec.structs.replace(signed, body=body, sha256=hashlib.sha256(body).hexdigest())


def _unsigned(signed: SignedBundle) -> SignedBundle:
    return msgspec.structs.replace(signed, signature="")


def _renumbered(signed: SignedBundle) -> SignedBundle:
    return msgspec.structs.replace(signed, version=signed.version + 1)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_tampered, "not what was signed"),
        (_rehashed, "did not sign it"),
        (_unsigned, "did not sign it"),
        (_renumbered, "did not sign it"),
    ],
)
async def test_a_bundle_that_is_not_the_offices_is_refused(
    tmp_path: Path,
    expect_log: LogWatch,
    change: Callable[[SignedBundle], SignedBundle],
    why: str,
) -> None:
    press, shelf = Press.open(tmp_path / "office"), Shelf()
    signed = change(press.sign(bundle(7)))
    shelf.offer(signed.sha256, msgspec.msgpack.encode(signed))
    expect_log(f"Help of version {signed.version} from the office is refused: .*{why}")

    async with library(tmp_path, press, shelf) as (real, heard):
        await real.load()
        real.fetch(signed.version, signed.sha256)
        await _logged(expect_log, "refused")

    assert heard.versions == [0]
    assert not (tmp_path / FILE).exists()


async def test_another_offices_bundle_is_refused(tmp_path: Path, expect_log: LogWatch) -> None:
    ours, theirs = Press.open(tmp_path / "ours"), Press.open(tmp_path / "theirs")
    shelf, signed = Shelf(), theirs.sign(bundle(7))
    shelf.offer(signed.sha256, theirs.print(bundle(7)))
    expect_log("refused: .*Look at office_key")

    async with library(tmp_path, ours, shelf) as (real, heard):
        await real.load()
        real.fetch(7, signed.sha256)
        await _logged(expect_log, "refused")

    assert heard.versions == [0]


async def test_half_a_bundle_is_refused(tmp_path: Path, expect_log: LogWatch) -> None:
    press, shelf = Press.open(tmp_path / "office"), Shelf()
    signed, whole = press.sign(bundle(7)), press.print(bundle(7))
    shelf.offer(signed.sha256, whole[: len(whole) // 2])
    expect_log("refused: It is not a signed bundle")

    async with library(tmp_path, press, shelf) as (real, heard):
        await real.load()
        real.fetch(7, signed.sha256)
        await _logged(expect_log, "refused")

    assert heard.versions == [0]


async def test_an_older_one_in_the_newests_place_is_refused(
    tmp_path: Path, expect_log: LogWatch
) -> None:
    press, shelf = Press.open(tmp_path / "office"), Shelf()
    newest, older = press.sign(bundle(7)), press.sign(bundle(3))
    shelf.offer(newest.sha256, press.print(bundle(7)))
    expect_log("refused: Version 3 is not newer")

    async with library(tmp_path, press, shelf) as (real, heard):
        await real.load()
        real.fetch(7, newest.sha256)
        await until(lambda: 7 in heard.versions)
        shelf.offer(older.sha256, press.print(bundle(3)))
        # Announced as newer than it is: by a replay, or by an office put back from a backup.
        real.fetch(9, older.sha256)
        await _logged(expect_log, "refused")

    assert heard.versions == [0, 7]


async def test_another_one_than_was_announced_is_refused(
    tmp_path: Path, expect_log: LogWatch
) -> None:
    press, shelf = Press.open(tmp_path / "office"), Shelf()
    shelf.offer("0" * 64, press.print(bundle(7)))
    expect_log("refused: It is not the one that was announced")

    async with library(tmp_path, press, shelf) as (real, heard):
        await real.load()
        real.fetch(7, "0" * 64)
        await _logged(expect_log, "refused")

    assert heard.versions == [0]


async def test_what_was_kept_is_there_at_the_next_start_and_needs_no_office(
    tmp_path: Path,
) -> None:
    press, shelf = Press.open(tmp_path / "office"), Shelf()
    signed = press.sign(bundle(7))
    shelf.offer(signed.sha256, press.print(bundle(7)))
    async with library(tmp_path, press, shelf) as (real, heard):
        await real.load()
        real.fetch(7, signed.sha256)
        await until(lambda: 7 in heard.versions)

    async with library(tmp_path, press, Shelf()) as (again, heard):
        await again.load()
        assert heard.versions == [7]
        assert await again.search("kvitto", "sv") == ("kvitto",)


async def test_what_is_announced_before_the_disk_has_answered_is_not_fetched_twice(
    tmp_path: Path,
) -> None:
    press, shelf = Press.open(tmp_path / "office"), Shelf()
    (tmp_path / FILE).write_bytes(press.print(bundle(7)))
    newer = press.sign(bundle(8))
    shelf.offer(newer.sha256, press.print(bundle(8)))

    async with library(tmp_path, press, shelf) as (real, heard):
        real.fetch(7, press.sign(bundle(7)).sha256)
        await real.load()
        real.fetch(8, newer.sha256)
        await until(lambda: 8 in heard.versions)

    assert heard.versions == [7, 8]
    assert len(shelf.asked) == 1


@pytest.mark.parametrize("damage", ["truncated", "flipped", "noise", "empty", "huge"])
async def test_a_kept_bundle_that_is_damaged_gives_way_to_the_shipped_one(
    tmp_path: Path, expect_log: LogWatch, damage: str
) -> None:
    press = Press.open(tmp_path / "office")
    whole = press.print(bundle(7))
    (tmp_path / FILE).write_bytes(
        {
            "truncated": whole[:-40],
            "flipped": whole[:300] + bytes([whole[300] ^ 1]) + whole[301:],
            "noise": bytes(range(256)) * 40,
            "empty": b"",
            "huge": whole + b"\0" * 17_000_000,
        }[damage]
    )
    expect_log(f"The help kept in .*{FILE} is not used", level=logging.WARNING)

    async with library(tmp_path, press, Shelf()) as (real, heard):
        await real.load()

    assert heard.versions == [0]


async def test_a_disk_that_cannot_be_read_or_written(tmp_path: Path, expect_log: LogWatch) -> None:
    press, shelf = Press.open(tmp_path / "office"), Shelf()
    signed = press.sign(bundle(7))
    shelf.offer(signed.sha256, press.print(bundle(7)))
    (tmp_path / FILE).mkdir()  # neither can be read as a file nor replaced by one
    expect_log("is not used: Is a directory")
    expect_log("The newest help cannot be kept in .* Free space on that disk")

    async with library(tmp_path, press, shelf) as (real, heard):
        await real.load()
        real.fetch(7, signed.sha256)
        await until(lambda: 7 in heard.versions)

    assert heard.versions == [0, 7]
    assert _left_behind(tmp_path) == []


async def test_a_package_without_its_help_says_so_and_the_office_helps(
    tmp_path: Path, expect_log: LogWatch
) -> None:
    press, shelf = Press.open(tmp_path / "office"), Shelf()
    signed = press.sign(bundle(7))
    shelf.offer(signed.sha256, press.print(bundle(7)))
    expect_log("There are no help articles: .* Reinstall the package")

    async with library(tmp_path, press, shelf, shipped=tmp_path / "none") as (real, heard):
        await real.load()
        assert await real.search("kvitto", "sv") == ()
        real.fetch(7, signed.sha256)
        await until(lambda: 7 in heard.versions)


def test_a_kept_bundle_is_never_half_written(tmp_path: Path) -> None:
    press = Press.open(tmp_path / "office")
    kept = KeptBundle(tmp_path, lambda data, signature: press.key.sign(data) == signature)
    kept.write(press.print(bundle(7)))
    (tmp_path / f".{FILE}-left-by-a-power-cut").write_bytes(b"half")

    again = kept.read()

    assert again is not None
    assert again.version == 7


async def test_an_office_that_sends_without_end_is_not_listened_to() -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 65_536)
        except (ConnectionError, asyncio.CancelledError):
            return response

    async with _serving(endless) as url:
        with pytest.raises(BundleError, match="larger than the 100000 bytes"):
            await fetch(url, most=100_000)


async def test_an_office_that_leads_elsewhere_is_not_followed() -> None:
    async def elsewhere(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("http://127.0.0.1:9/bundle")

    async with _serving(elsewhere) as url:
        with pytest.raises(BundleError, match="HTTP 302"):
            await fetch(url)


async def test_an_office_that_is_gone_is_said(unused_tcp_port: int) -> None:
    with pytest.raises(BundleError, match="could not be asked"):
        await fetch(f"http://127.0.0.1:{unused_tcp_port}/knowledge/0")


@pytest.mark.parametrize(
    ("office", "url"),
    [
        ("ws://127.0.0.1:8420/kiosk", "http://127.0.0.1:8420/knowledge/ab"),
        ("wss://help.example.se/kiosk", "https://help.example.se/knowledge/ab"),
        ("wss://example.se/help/kiosk?x=1", "https://example.se/help/knowledge/ab"),
    ],
)
def test_where_a_bundle_is(office: str, url: str) -> None:
    assert bundle_url(office, "ab") == url


class _serving:
    """A server of one handler."""

    def __init__(self, handler: Callable[[web.Request], object]) -> None:
        app = web.Application()
        app.router.add_get("/", handler)  # type: ignore[arg-type]  # aiohttp's own type is wider
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)

    async def __aenter__(self) -> str:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/"

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()


def _left_behind(directory: Path) -> list[str]:
    return [path.name for path in directory.iterdir() if path.name.startswith(".")]


async def _logged(watch: LogWatch, pattern: str) -> None:
    records = watch(pattern, required=False)
    await until(lambda: bool(records))
