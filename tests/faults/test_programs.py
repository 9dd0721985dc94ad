"""The programs themselves where something around them is wrong: a line in words, and no hang."""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk_app.base.settings import KioskSettings, load_settings
from kiosk_app.cli.run import _Kiosk
from kiosk_app.cli.tills import open_till
from tests.support.desktop import Desktop, desktop
from tests.support.disks import fill, read_only, small_disk
from tests.support.program import CLI, kiosk_settings, office_settings, refuses, started
from tests.support.shop import Shopper
from tests.support.waiting import PATIENCE, throughout

MILK = "7310865004703"


@pytest.mark.parametrize("command", ["run", "office"])
def test_a_settings_file_of_noise(tmp_path: Path, command: str) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_bytes(bytes(range(256)))
    assert "--print-settings shows every key" in refuses(command, settings)


@pytest.mark.parametrize("command", ["run", "office"])
def test_a_read_only_data_directory(tmp_path: Path, command: str) -> None:
    data = tmp_path / "data"
    settings = tmp_path / "settings.toml"
    (kiosk_settings if command == "run" else office_settings)(settings, data)
    with read_only(data):
        said = refuses(command, settings)
    assert f"{data} cannot be written (Read-only file system). Nothing was started." in said
    assert not list(data.iterdir())


@pytest.mark.parametrize("command", ["run", "office"])
def test_a_disk_full_from_the_start(tmp_path: Path, command: str) -> None:
    data = tmp_path / "data"
    settings = tmp_path / "settings.toml"
    (kiosk_settings if command == "run" else office_settings)(settings, data)
    with small_disk(data, "64k"):
        fill(data)
        said = refuses(command, settings).lower()
    assert "no space left on device" in said or "disk is full" in said
    assert "space" in said


def test_a_demo_on_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "data", "64k") as data:
        fill(data)
        done = subprocess.run(
            [*CLI, "demo", "--data-dir", str(data), "--port", "0"],
            capture_output=True,
            text=True,
            timeout=20,
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert "No space left on device). Nothing was started." in done.stderr


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refuses(
            "office", office_settings(tmp_path / "o.toml", tmp_path / "data", port=port)
        )
    assert f"port {port}: another program listens there" in said
    assert "give another port in the settings" in said


def test_a_second_kiosk_on_one_data_directory(tmp_path: Path) -> None:
    settings = kiosk_settings(tmp_path / "k.toml", tmp_path / "data")
    with started("run", settings) as first:
        first.says("Nobody listens")
        said = refuses("run", settings)
        assert "Another kiosk or office program is running on" in said
        assert "Stop the other one" in said
        assert first.stop() == 0
    # What held the directory is gone with its program.
    with started("run", settings) as again:
        again.says("Nobody listens")
        assert again.stop() == 0


def test_a_second_office_on_one_data_directory(tmp_path: Path) -> None:
    settings = office_settings(tmp_path / "o.toml", tmp_path / "data")
    with started("office", settings) as first:
        first.says("the office listens")
        assert "Another kiosk or office program is running on" in refuses("office", settings)
        assert first.stop() == 0


def test_two_kiosks_with_one_identity(tmp_path: Path) -> None:
    office = office_settings(tmp_path / "o.toml", tmp_path / "office")
    with started("office", office) as back:
        port = int(back.says("the office listens").rsplit(" ", 1)[1])
        older = kiosk_settings(tmp_path / "older.toml", tmp_path / "older", port=port)
        newer = kiosk_settings(tmp_path / "newer.toml", tmp_path / "newer", port=port)
        enrolled = subprocess.run(
            [*CLI, "enroll", "--config", str(older)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        key = enrolled.rsplit("--key ", 1)[1].strip()
        subprocess.run(
            [
                *(*CLI, "admit", "--config", str(office)),
                *("--kiosk", "byabutiken-2", "--key", key),
            ],
            capture_output=True,
            check=True,
        )
        shutil.copytree(tmp_path / "older", tmp_path / "newer")
        with started("run", older) as first:
            first.says("the office answers")
            with started("run", newer) as second:
                second.says("the office answers")
                said = first.says("Another kiosk with this kiosk's name and key is connected")
                assert "Give each kiosk a name and a key of its own." in said
                assert first.stop() == second.stop() == 0
                assert "Another kiosk" not in second.said()
                assert "two connections as kiosk 'byabutiken-2'" in back.said()


async def test_a_window_that_is_never_painted_still_ends_when_asked(
    tmp_path: Path, qtbot: QtBot
) -> None:
    """A screen that is off: the program waits for its first picture, and for SIGTERM as well."""
    settings = load_settings(kiosk_settings(tmp_path / "k.toml", tmp_path), KioskSettings)
    kiosk = _Kiosk(settings, tmp_path, open_till(settings, tmp_path))
    qtbot.addWidget(kiosk.window)
    stop = asyncio.Event()
    stop.set()
    async with asyncio.timeout(PATIENCE):
        await kiosk.live(stop)
    assert not (tmp_path / "vault.db").exists()


# With a shopper -------------------------------------------------------------------------------


class Counter:
    """The part of a shop that a shopper needs: a screen, and the program on it."""

    def __init__(self, screen: Desktop, kiosk_pid: int) -> None:
        self.desktop = screen
        self.kiosk_pid = kiosk_pid


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(1080, 1920, tmp_path_factory.mktemp("screen")) as made:
        yield made


def test_no_network_and_a_disk_that_fills_up(tmp_path: Path, screen: Desktop) -> None:
    """No interface at all, not even loopback; the cart cannot be saved, then it can."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-n", "true"], capture_output=True).returncode:
        pytest.skip("this machine cannot take the network away from a program")
    with small_disk(tmp_path / "data", "512k") as data:
        settings = kiosk_settings(tmp_path / "k.toml", data, window="1080x1920")
        with started(
            "run", settings, environment=screen.environment, prefix=(unshare, "-n")
        ) as kiosk:
            shopper = Shopper(Counter(screen, kiosk.process.pid))  # type: ignore[arg-type]  # a shop without office
            try:
                kiosk.says("Tried again in")
                shopper.tree.wait_for("help_button")
                shopper.scan(MILK)
                shopper.sees("cart", "Mellanmj")
                ballast = fill(data)
                shopper.ask_offline()
                shopper.sees("failure_notice", "kunde inte sparas")
                assert shopper.tree.find("cart_code_shown") is None
                kiosk.says("disk under .* is full.*Free space")
                shopper.tap("failure_back")
                shopper.does_not_see("failure_notice")
                shopper.sees("cart", "Mellanmj")
                ballast.unlink()
                shopper.ask_offline()
                shopper.sees("failure_notice", "vi ringer upp")
                assert shopper.tree.find("cart_code_shown") is not None
                throughout(kiosk.runs, "the kiosk runs", seconds=0.2)
            finally:
                shopper.close()
            assert kiosk.stop() == 0
            assert "Traceback" not in kiosk.said()
