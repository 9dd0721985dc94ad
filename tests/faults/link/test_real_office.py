"""The link against the real office: killed and started again, and two kiosks with one identity."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk_app.base.clock import SystemClock
from kiosk_app.base.ids import new_id
from kiosk_app.base.settings import OfficeSettings
from kiosk_app.identity.keys import KeyringIdentity
from kiosk_app.link.client import WebSocketLink
from kiosk_app.office.app import Office
from kiosk_app.protocol.from_kiosk import JoinQueue, OpenCase, ResumeCase
from kiosk_app.protocol.shared import (
    Battery,
    Cart,
    CasePhase,
    Context,
    Device,
    Network,
    PaymentStep,
    Position,
)
from kiosk_app.protocol.to_kiosk import CaseState
from kiosk_app.vault.sqlite import SqliteVault
from tests.support.mini_office import Ear

KIOSK = "butik-1"


def context() -> Context:
    return Context(
        store="Byabutiken",
        till_name="Kassa 2",
        position=Position.TILL,
        cart=Cart(),
        step=PaymentStep.CART,
        device=Device(),
        network=Network(),
        battery=Battery(),
        language="sv",
    )


def open_case(case: str) -> OpenCase:
    return OpenCase(
        command=new_id(),
        case=case,
        visit=new_id(),
        pressed_at=datetime.now(UTC),
        promised_seconds=None,
        context=context(),
    )


@pytest.fixture
def identity(tmp_path: Path) -> KeyringIdentity:
    return KeyringIdentity.open(KIOSK, "data-dir", tmp_path / "kiosk")


class Offices:
    """One office after the other, on the same port and the same data."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._office: Office | None = None
        self.port = 0

    async def start(self) -> Office:
        self._office = Office(OfficeSettings(data_dir=str(self._directory), port=self.port))
        self.port = await self._office.start()
        return self._office

    async def stop(self) -> None:
        if self._office is not None:
            await self._office.stop()
            self._office = None


@pytest.fixture
async def offices(tmp_path: Path, identity: KeyringIdentity) -> AsyncIterator[Offices]:
    (tmp_path / "office").mkdir()
    offices = Offices(tmp_path / "office")
    office = await offices.start()
    await office.admin.admit_kiosk(KIOSK, public_key=identity.public_key)
    yield offices
    await offices.stop()


async def states(ear: Ear, case: str) -> list[CaseState]:
    async with asyncio.timeout(20):
        count = 0
        while True:
            count += 1
            said = [message for (message,) in await ear.hears("message", count)]
            found = [m for m in said if isinstance(m, CaseState) and m.case == case]
            if found:
                return found


@pytest.mark.expect_log("Tried again in")
async def test_a_case_lives_through_the_office_being_stopped_and_started(
    offices: Offices, identity: KeyringIdentity, tmp_path: Path
) -> None:
    vault, ear, case = SqliteVault(tmp_path / "kiosk"), Ear(), new_id()
    link = WebSocketLink(f"ws://127.0.0.1:{offices.port}/kiosk", identity, vault, SystemClock())
    link.start(ear)
    await ear.hears("up")
    link.send(open_case(case))
    await ear.hears("delivered")
    await offices.stop()
    await ear.hears("lost")
    join, resume = JoinQueue(command=new_id(), case=case), ResumeCase(command=new_id(), case=case)
    link.send(join)
    link.send(resume)
    await offices.start()
    await ear.hears("up", 2)
    delivered = await ear.hears("delivered", 3)
    assert delivered[1:] == [(join.command,), (resume.command,)]
    (state,) = await states(ear, case)
    assert (state.phase, state.position) == (CasePhase.QUEUED, 1)
    await link.close()
    assert await vault.pending() == []
    await vault.close()


async def test_of_two_kiosks_with_one_identity_the_first_gives_way_and_says_why(
    offices: Offices, identity: KeyringIdentity, tmp_path: Path, expect_log: Any
) -> None:
    expect_log("the newer .* replaces the older")  # the office's own line
    expect_log("Another kiosk with this kiosk's name and key is connected. Tried again in 30 s")
    url = f"ws://127.0.0.1:{offices.port}/kiosk"
    links, ears = [], [Ear(), Ear()]
    (tmp_path / "other").mkdir()
    vaults = [SqliteVault(tmp_path / "kiosk"), SqliteVault(tmp_path / "other")]
    for ear, vault in zip(ears, vaults, strict=True):
        link = WebSocketLink(url, identity, vault, SystemClock())
        link.start(ear)
        await ear.hears("up")
        links.append(link)
    ((code, _),) = await ears[0].hears("refused")
    assert code == "replaced"
    links[1].send(open_case(new_id()))
    await ears[1].hears("delivered")
    for link, vault in zip(links, vaults, strict=True):
        await link.close()
        await vault.close()


async def test_a_kiosk_nobody_let_in_is_told_what_to_do(
    offices: Offices, tmp_path: Path, expect_log: Any
) -> None:
    expect_log("kiosk-app enroll .* in 60.0 s")
    stranger = KeyringIdentity.open("butik-9", "data-dir", tmp_path / "kiosk")
    vault, ear = SqliteVault(tmp_path / "kiosk"), Ear()
    link = WebSocketLink(f"ws://127.0.0.1:{offices.port}/kiosk", stranger, vault, SystemClock())
    link.start(ear)
    ((code, message),) = await ear.hears("refused")
    assert code == "unknown_kiosk"
    assert "kiosk-app enroll" in str(message)
    await link.close()
    await vault.close()
