"""A link and the office that it is to find."""

from collections.abc import AsyncIterator, Callable
from random import Random

import pytest

from kiosk_app.base.clock import Clock, SystemClock
from kiosk_app.base.ids import new_id
from kiosk_app.identity.fake import FakeIdentity
from kiosk_app.link.client import WebSocketLink
from kiosk_app.link.ports import Outbox
from kiosk_app.protocol.from_kiosk import ResumeCase
from kiosk_app.protocol.to_kiosk import PromiseChanged
from kiosk_app.vault.fake import FakeVault
from tests.support.mini_office import Ear, MiniOffice
from tests.support.waiting import until

MakeLink = Callable[..., WebSocketLink]


@pytest.fixture
async def office() -> AsyncIterator[MiniOffice]:
    office = MiniOffice(FakeIdentity().public_key)
    await office.start()
    yield office
    await office.stop()


@pytest.fixture
async def make_link(office: MiniOffice) -> AsyncIterator[MakeLink]:
    made: list[WebSocketLink] = []

    def make(
        *,
        url: str = "",
        outbox: Outbox | None = None,
        clock: Clock | None = None,
        randomness: Random | None = None,
    ) -> WebSocketLink:
        link = WebSocketLink(
            url or office.url,
            FakeIdentity(),
            outbox or FakeVault(),
            clock or SystemClock(),
            randomness=randomness,
        )
        made.append(link)
        return link

    yield make
    for link in made:
        await link.close()


def message() -> ResumeCase:
    return ResumeCase(command=new_id(), case=new_id())


async def connected(link: WebSocketLink) -> Ear:
    """Who listens to ``link``, once that has its office."""
    ear = Ear()
    link.start(ear)
    await ear.hears("up")
    return ear


async def works(link: WebSocketLink, ear: Ear, office: MiniOffice) -> None:
    """The link delivers, both ways."""
    sent, heard = message(), len(ear.of("message"))
    link.send(sent)
    await until(lambda: (sent.command,) in ear.of("delivered"))
    await office.say(PromiseChanged(seconds=7))
    await ear.hears("message", heard + 1)
    commands = [each.command for each in office.heard]
    assert len(commands) == len(set(commands))
