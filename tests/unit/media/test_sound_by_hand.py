"""Streams of a real sound server end without taking their process along, however they end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import sound_by_hand
from tests.support.sound import SoundServer, sound_server
from tests.support.waiting import eventually

Ear = subprocess.Popen[str]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    with sound_server(tmp_path / "pulse") as server:
        yield server


@pytest.fixture
def user(server: SoundServer) -> Iterator[Ear]:
    """A program that listens and sounds."""
    with subprocess.Popen(
        [sys.executable, "-m", sound_by_hand.__name__],
        env={**os.environ, **server.environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        yield program
        program.kill()


def said(program: Ear, last_word: str) -> set[str]:
    """What it says until its end; it must end by itself."""
    out, err = program.communicate(last_word, timeout=20)
    assert program.returncode == 0, err
    return set(out.splitlines())


def nothing_is_open(server: SoundServer) -> bool:
    return server.listeners == server.players == 0


def test_in_order(server: SoundServer, user: Ear) -> None:
    assert said(user, "end") == {"microphone closed in order", "speaker closed in order"}
    assert nothing_is_open(server)


@pytest.mark.parametrize("silent", [False, True], ids=["in use", "that give nothing"])
def test_cut_by_another_thread(server: SoundServer, user: Ear, silent: bool) -> None:
    if silent:
        server.silence()
    told = said(user, "cut")
    assert {line.split()[0] for line in told} == {"microphone", "speaker"}
    eventually(lambda: nothing_is_open(server), "both are closed at the server")


def test_the_server_dies(server: SoundServer, user: Ear) -> None:
    server.kill()
    assert said(user, "") == {"microphone closed by DeviceError", "speaker closed by DeviceError"}
