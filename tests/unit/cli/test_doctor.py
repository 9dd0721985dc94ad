"""The doctor looks at the real machine; what is wrong there is made wrong for it here."""

import importlib.util
import json
import socket
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from kiosk_app.base.settings import KioskSettings, TillKind
from kiosk_app.cli.doctor import references_lost_per_call
from kiosk_app.cli.main import main


def settings_file(
    directory: Path, *, port: int, till: TillKind = "built-in", url: str = ""
) -> Path:
    settings = KioskSettings(
        kiosk="k1",
        store="Byabutiken",
        till_name="Kassa 1",
        office_url=f"ws://127.0.0.1:{port}/kiosk",
        data_dir=str(directory / "data"),
        keyring="data-dir",
        till=till,
        till_url=url,
    )
    path = directory / "kiosk.toml"
    path.write_bytes(msgspec.toml.encode(settings))
    return path


def findings(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, dict[str, object]]]:
    status = main(["doctor", "--json", "--config", str(config)])
    return status, {found["what"]: found for found in json.loads(capsys.readouterr().out)}


def test_a_void_call_loses_no_reference_to_none(qtbot: QtBot) -> None:
    assert abs(references_lost_per_call()) < 0.5


def test_an_office_that_answers(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as office:
        config = settings_file(tmp_path, port=office.getsockname()[1])
        _, found = findings(config, capsys)
    assert found["back office"]["ok"]
    assert found["key"]["ok"]
    assert found["data directory"]["ok"]


def test_an_office_that_does_not_answer_is_wrong_and_says_what_to_do(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    status, found = findings(settings_file(tmp_path, port=port), capsys)
    assert status == 1
    assert not found["back office"]["ok"]
    assert "office_url" in str(found["back office"]["do"])


def test_without_a_screen_it_is_no_kiosk(
    qtbot: QtBot,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    status, found = findings(settings_file(tmp_path, port=1), capsys)
    assert status == 1
    assert not found["screen"]["ok"]


def test_a_web_till_that_can_be_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = settings_file(tmp_path, port=1, till="web", url="https://checkout.example.se/")
    _, found = findings(config, capsys)
    assert found["till"]["ok"], found["till"]
    assert "checkout.example.se" in str(found["till"]["seen"])


def test_a_web_till_without_its_extra_is_wrong_and_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    config = settings_file(tmp_path, port=1, till="web", url="https://checkout.example.se/")
    status, found = findings(config, capsys)
    assert status == 1
    assert not found["till"]["ok"]
    assert "kiosk-app[web]" in str(found["till"]["seen"])


def test_a_web_till_at_no_address_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, found = findings(settings_file(tmp_path, port=1, till="web", url="http://x.se/"), capsys)
    assert not found["till"]["ok"]
    assert "https://" in str(found["till"]["seen"])


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("language", "xx"),
        ("window", "1080"),
        ("office_url", "http://127.0.0.1:8420/kiosk"),
        ("office_key", "abc"),
        ("speech_keys", "start=Fnine"),
        ("phone_region", "XX"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str], setting: str, value: str
) -> None:
    config = settings_file(tmp_path, port=1)
    _, found = findings(config, capsys)
    assert found["settings"]["ok"], found["settings"]

    values = msgspec.toml.decode(config.read_bytes())
    config.write_bytes(msgspec.toml.encode({**values, setting: value}))
    status, found = findings(config, capsys)
    assert status == 1
    assert not found["settings"]["ok"]
    assert setting in str(found["settings"]["seen"]) or value in str(found["settings"]["seen"])
