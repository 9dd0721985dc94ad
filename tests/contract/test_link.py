"""One suite for the link over a real WebSocket and the link of the tests."""

from collections.abc import AsyncIterator
from typing import Protocol

import pytest

from kiosk_app.base.clock import SystemClock
from kiosk_app.base.ids import new_id
from kiosk_app.identity.fake import FakeIdentity
from kiosk_app.link.client import WebSocketLink
from kiosk_app.link.fake import FakeLink
from kiosk_app.link.ports import Link, LinkError
from kiosk_app.protocol.from_kiosk import FromKiosk, ResumeCase
from kiosk_app.protocol.to_kiosk import PromiseChanged, ToKiosk
from kiosk_app.vault.fake import FakeDisk, FakeVault
from tests.support.mini_office import Ear, MiniOffice


class World(Protocol):
    """A link and the hand that holds its office."""

    link: Link

    async def come_up(self) -> None: ...

    async def go_down(self) -> None: ...

    async def say(self, message: ToKiosk) -> None: ...

    def heard(self) -> list[FromKiosk]: ...

    def fill_disk(self) -> None: ...

    def make_room(self) -> None: ...

    async def close(self) -> None: ...


class RealWorld:
    def __init__(self, office: MiniOffice) -> None:
        self._office = office
        self._disk = FakeDisk()
        vault = FakeVault(self._disk)
        self.link: Link = WebSocketLink(office.url, FakeIdentity(), vault, SystemClock())

    async def come_up(self) -> None:
        await self._office.start()

    async def go_down(self) -> None:
        await self._office.stop()

    async def say(self, message: ToKiosk) -> None:
        await self._office.say(message)

    def heard(self) -> list[FromKiosk]:
        return self._office.heard

    def fill_disk(self) -> None:
        self._disk.full = True

    def make_room(self) -> None:
        self._disk.full = False

    async def close(self) -> None:
        await self.link.close()
        await self._office.stop()


class FakeWorld:
    def __init__(self) -> None:
        self._fake = FakeLink()
        self.link: Link = self._fake

    async def come_up(self) -> None:
        self._fake.come_up()

    async def go_down(self) -> None:
        self._fake.go_down()

    async def say(self, message: ToKiosk) -> None:
        self._fake.say(message)

    def heard(self) -> list[FromKiosk]:
        return self._fake.sent

    def fill_disk(self) -> None:
        self._fake.disk_full = True

    def make_room(self) -> None:
        self._fake.make_room()

    async def close(self) -> None:
        await self._fake.close()


@pytest.fixture(params=["real", "fake"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    world: World
    if request.param == "real":
        office = MiniOffice(FakeIdentity().public_key)
        await office.start()  # finds a free port
        await office.stop()
        world = RealWorld(office)
    else:
        world = FakeWorld()
    yield world
    await world.close()


pytestmark = [
    pytest.mark.expect_log("Tried again in", required=False),
    pytest.mark.expect_log("are kept in memory only", required=False),
]


def message() -> ResumeCase:
    return ResumeCase(command=new_id(), case=new_id())


async def test_it_says_when_the_office_answers(world: World) -> None:
    ear = Ear()
    world.link.start(ear)
    await world.come_up()
    assert await ear.hears("up") == [(False, 60)]


async def test_what_is_sent_is_delivered_in_order_and_told_by_command(world: World) -> None:
    ear, messages = Ear(), [message() for _ in range(5)]
    world.link.start(ear)
    await world.come_up()
    await ear.hears("up")
    for each in messages:
        world.link.send(each)
    delivered = await ear.hears("delivered", 5)
    assert delivered == [(each.command,) for each in messages]
    assert world.heard() == messages


async def test_what_is_sent_before_the_office_answers_is_delivered_once_it_does(
    world: World,
) -> None:
    ear, first = Ear(), message()
    world.link.start(ear)
    world.link.send(first)
    assert ear.of("delivered") == []
    await world.come_up()
    assert await ear.hears("delivered") == [(first.command,)]
    assert [event[0] for event in ear.events if event[0] != "lost"] == ["up", "delivered"]


async def test_what_is_kept_is_on_disk_and_delivered_like_any_other(world: World) -> None:
    ear, first, second = Ear(), message(), message()
    world.link.start(ear)
    await world.link.keep(first)
    world.link.send(second)
    await world.come_up()
    assert await ear.hears("delivered", 2) == [(first.command,), (second.command,)]
    assert world.heard() == [first, second]


async def test_what_the_disk_does_not_take_is_sent_all_the_same(world: World) -> None:
    ear, only = Ear(), message()
    world.link.start(ear)
    world.fill_disk()
    with pytest.raises(LinkError):
        await world.link.keep(only)
    await world.come_up()
    assert await ear.hears("delivered") == [(only.command,)]


async def test_what_the_disk_takes_late_is_told(world: World) -> None:
    ear, only = Ear(), message()
    world.link.start(ear)
    world.fill_disk()
    with pytest.raises(LinkError):
        await world.link.keep(only)
    assert not ear.of("kept")
    world.make_room()
    assert await ear.hears("kept") == [(only.command,)]
    await world.come_up()
    assert await ear.hears("delivered") == [(only.command,)]


async def test_a_loss_is_told_and_what_was_sent_meanwhile_arrives_afterwards(
    world: World,
) -> None:
    ear, meanwhile = Ear(), message()
    world.link.start(ear)
    await world.come_up()
    await ear.hears("up")
    lost_before = len(ear.of("lost"))
    await world.go_down()
    (reason,) = (await ear.hears("lost", lost_before + 1))[-1]
    assert isinstance(reason, str) and reason
    world.link.send(meanwhile)
    await world.come_up()
    await ear.hears("up", 2)
    assert await ear.hears("delivered") == [(meanwhile.command,)]


async def test_what_the_office_says_is_heard_in_order(world: World) -> None:
    ear = Ear()
    world.link.start(ear)
    await world.come_up()
    await ear.hears("up")
    said = [PromiseChanged(seconds=n) for n in range(5)]
    for each in said:
        await world.say(each)
    assert await ear.hears("message", 5) == [(each,) for each in said]


async def test_closing_twice_is_no_error_and_nothing_is_told_afterwards(world: World) -> None:
    ear = Ear()
    world.link.start(ear)
    await world.come_up()
    await ear.hears("up")
    await world.link.close()
    told = list(ear.events)
    await world.link.close()
    assert ear.events == told
