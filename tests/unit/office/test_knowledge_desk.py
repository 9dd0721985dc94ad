"""Publishing: versions, signatures, restarts, and kiosks that hear of it on the wire."""

from pathlib import Path

import pytest

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.paths import assets_dir
from kiosk_app.identity.office_key import OfficeKey
from kiosk_app.knowledge.kept import check
from kiosk_app.knowledge.library import Library
from kiosk_app.office.knowledge.desk import KnowledgeDesk
from kiosk_app.office.knowledge.shelf import FILE, Shelf
from kiosk_app.office.signing_key import SigningKey
from kiosk_app.protocol.to_kiosk import KnowledgeChanged
from tests.conftest import LogWatch
from tests.support.library import Heard
from tests.support.office import WireKiosk, town
from tests.support.waiting import until


class Office:
    """The part of the office that is about help."""

    def __init__(self, directory: Path, clock: FakeClock) -> None:
        self.told: list[KnowledgeChanged] = []
        self.key = SigningKey.open(directory)
        shelf = Shelf(directory, self.key, clock)
        self.desk = KnowledgeDesk(directory, shelf, assets_dir() / "knowledge", self.told.append)

    @property
    def version(self) -> int:
        assert self.desk.newest is not None
        return self.desk.newest.version

    def change(self, name: str, old: str, new: str) -> None:
        file = self.desk.directory / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    async def look(self) -> None:
        """Twice: files must have stood still in between."""
        await self.desk.look()
        await self.desk.look()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


async def test_the_first_start_publishes_the_sample(tmp_path: Path, clock: FakeClock) -> None:
    office = Office(tmp_path, clock)
    await office.desk.open()

    assert (tmp_path / "knowledge" / "menu.toml").is_file()
    newest = office.desk.newest
    assert newest is not None
    file = office.desk.file(newest.sha256)
    assert file is not None
    signed, bundle = check(file, OfficeKey.read(office.key.public_key).signed)
    assert signed.sha256 == newest.sha256
    assert len(bundle.articles) >= 12
    assert office.desk.file("0" * 64) is None
    await office.desk.close()


async def test_a_restart_publishes_nothing_anew(tmp_path: Path, clock: FakeClock) -> None:
    first = Office(tmp_path, clock)
    await first.desk.open()
    await first.desk.close()
    clock.advance(1000)

    again = Office(tmp_path, clock)
    await again.desk.open()
    await again.look()
    await again.desk.close()

    assert again.version == first.version
    assert again.told == []


async def test_a_change_is_published_once_it_has_stood_still(
    tmp_path: Path, clock: FakeClock
) -> None:
    office = Office(tmp_path, clock)
    await office.desk.open()
    before = office.version

    office.change("articles/kvitto.sv.md", "Få ditt kvitto", "Här är kvittot")
    await office.desk.look()
    assert office.told == []
    await office.desk.look()

    assert [message.version for message in office.told] == [office.version]
    assert office.version > before
    await office.look()
    assert len(office.told) == 1
    await office.desk.close()


async def test_versions_grow_though_the_clock_goes_back(tmp_path: Path, clock: FakeClock) -> None:
    office = Office(tmp_path, clock)
    await office.desk.open()
    before = office.version

    clock.set_wall(clock.wall().replace(year=2001))
    office.change("settings.toml", "promise = true", "promise = false")
    await office.look()

    assert office.version == before + 1
    await office.desk.close()


async def test_a_file_saved_without_a_change_publishes_nothing(
    tmp_path: Path, clock: FakeClock
) -> None:
    office = Office(tmp_path, clock)
    await office.desk.open()

    (tmp_path / "knowledge" / "menu.toml").touch()
    await office.look()

    assert office.told == []
    await office.desk.close()


async def test_mistakes_are_said_once_and_mended_ones_published(
    tmp_path: Path, clock: FakeClock, expect_log: LogWatch
) -> None:
    office = Office(tmp_path, clock)
    await office.desk.open()
    before = office.version
    said = expect_log(r"has problems. Kiosks keep what they have.\n.*menu.toml:\d+: There is no")

    office.change("menu.toml", '"dorren"', '"dorrem"')
    await office.look()
    (tmp_path / "knowledge" / "menu.toml").touch()
    await office.look()
    assert (office.version, office.told, len(said)) == (before, [], 1)

    office.change("menu.toml", '"dorrem"', '"retur"')
    await office.look()
    assert len(office.told) == 1
    await office.desk.close()


async def test_a_start_with_mistakes_serves_what_was_published(
    tmp_path: Path, clock: FakeClock, expect_log: LogWatch
) -> None:
    office = Office(tmp_path, clock)
    await office.desk.open()
    await office.desk.close()
    office.change("menu.toml", '"dorren"', '"dorrem"')
    expect_log("There is no article 'dorrem'")

    again = Office(tmp_path, clock)
    await again.desk.open()
    await again.desk.close()

    assert again.version == office.version


async def test_no_files_at_all_are_no_help_and_no_harm(
    tmp_path: Path, clock: FakeClock, expect_log: LogWatch
) -> None:
    (tmp_path / "knowledge").mkdir()
    expect_log("has problems")

    office = Office(tmp_path, clock)
    await office.desk.open()

    assert office.desk.newest is None
    await office.desk.close()


@pytest.mark.parametrize("spoil", [b"", b"noise", bytes(range(256))])
async def test_a_published_file_that_cannot_be_read_is_made_anew(
    tmp_path: Path, clock: FakeClock, expect_log: LogWatch, spoil: bytes
) -> None:
    office = Office(tmp_path, clock)
    await office.desk.open()
    await office.desk.close()
    (tmp_path / FILE).write_bytes(spoil)
    expect_log("cannot be read .* It is made anew")

    again = Office(tmp_path, clock)
    await again.desk.open()
    await again.desk.close()

    assert again.desk.newest is not None


async def test_with_another_key_everything_is_signed_anew(
    tmp_path: Path, clock: FakeClock
) -> None:
    office = Office(tmp_path, clock)
    await office.desk.open()
    await office.desk.close()
    (tmp_path / "signing-key.pem").unlink()

    again = Office(tmp_path, clock)
    await again.desk.open()
    await again.desk.close()

    newest = again.desk.newest
    assert newest is not None
    file = again.desk.file(newest.sha256)
    assert file is not None
    check(file, OfficeKey.read(again.key.public_key).signed)


async def test_a_disk_that_takes_no_bundle_publishes_none(
    tmp_path: Path, clock: FakeClock, expect_log: LogWatch
) -> None:
    office = Office(tmp_path, clock)
    await office.desk.open()
    before = office.version
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    expect_log("The newest help cannot be written .* Free space on that disk")

    office.change("menu.toml", '"dorren"', '"retur"')
    await office.look()

    assert (office.version, office.told) == (before, [])
    await office.desk.close()


# On the wire -------------------------------------------------------------------------------------


async def test_kiosks_are_told_as_they_come_and_as_it_changes(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        first = await kiosk.hears(KnowledgeChanged)

        file = tmp_path / "knowledge" / "articles" / "kvitto.sv.md"
        file.write_text("# Kvitton\n\nFråga en person.\n", "utf-8")
        second = await kiosk.hears(KnowledgeChanged)

        assert second.version > first.version
        async with place.session.get(f"{place.url}/knowledge/{second.sha256}") as answer:
            assert answer.status == 200
            assert "immutable" in answer.headers["Cache-Control"]
            signed, _ = check(
                await answer.read(), OfficeKey.read(place.office.signing_key.public_key).signed
            )
            assert signed.version == second.version
        for gone in (first.sha256, "0" * 64, "..%2Foffice.sqlite3"):
            async with place.session.get(f"{place.url}/knowledge/{gone}") as answer:
                assert answer.status == 404


async def test_a_real_kiosks_library_gets_it_from_a_real_office(tmp_path: Path) -> None:
    async with town(tmp_path / "office") as place:
        kiosk: WireKiosk = await place.kiosk()
        await kiosk.connect()
        announced = await kiosk.hears(KnowledgeChanged)
        (tmp_path / "kiosk").mkdir()
        library = Library(
            data_dir=tmp_path / "kiosk",
            shipped=assets_dir() / "knowledge.json",
            office_url=f"ws://127.0.0.1:{place.port}/kiosk",
            signed_by_office=OfficeKey.read(place.office.signing_key.public_key).signed,
        )
        heard = Heard()
        library.listen(heard)
        await library.load()

        library.fetch(announced.version, announced.sha256)
        await until(lambda: announced.version in heard.versions)

        assert "kvitto" in await library.search("kvittot", "sv")
        await library.close()
