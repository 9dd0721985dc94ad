"""A controller among fakes."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk_app.base.fake import FakeClock
from kiosk_app.case import events
from kiosk_app.case.core import JOINING_SECONDS
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.talk.sharing import ARM_SECONDS
from kiosk_app.identity.fake import FakeIdentity, FakeOfficeSeal
from kiosk_app.kiosk.controller import Controller
from kiosk_app.kiosk.fake import FakeScreen
from kiosk_app.knowledge.fake import FakeKnowledge
from kiosk_app.link.fake import FakeLink
from kiosk_app.media.fake import FakeMedia
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import OpenCase
from kiosk_app.protocol.shared import CartLine
from kiosk_app.sensing.fake import FakeSensing
from kiosk_app.till.fake import FakeTill
from kiosk_app.vault.fake import FakeDisk, FakeVault
from kiosk_app.vault.ports import Vault
from tests.support.help import bundle
from tests.support.waiting import until

COFFEE = CartLine(line="1", name="Kaffe, liten", quantity=1, amount_ore=2000)
ASK = "00000000-0000-4000-8000-00000000a5c0"
NONCE = "00000000-0000-4000-8000-0000000000ce"


@dataclass
class Bench:
    """One run of the kiosk's program. Give the same ``disk`` and ``clock`` to the next run."""

    disk: FakeDisk = field(default_factory=FakeDisk)
    clock: FakeClock = field(default_factory=FakeClock)
    till: FakeTill = field(default_factory=FakeTill)
    sensing: FakeSensing = field(default_factory=FakeSensing)
    identity: FakeIdentity = field(default_factory=FakeIdentity)
    office: FakeOfficeSeal = field(default_factory=FakeOfficeSeal)
    link: FakeLink = field(default_factory=FakeLink)
    media: FakeMedia = field(default_factory=FakeMedia)
    knowledge: FakeKnowledge = field(default_factory=lambda: FakeKnowledge(bundle()))
    screen: FakeScreen = field(default_factory=FakeScreen)
    vault: Vault | None = None
    boot_id: str = "boot-1"
    code: Callable[[], str] = field(
        default_factory=lambda: map(str, itertools.count(4821)).__next__
    )

    def __post_init__(self) -> None:
        self.controller = Controller(
            clock=self.clock,
            settings=CaseSettings(store="Byabutiken", till_name="Kassa 2"),
            till=self.till,
            sensing=self.sensing,
            vault=self.vault or FakeVault(self.disk),
            identity=self.identity,
            signed_by_office=self.office.signed,
            link=self.link,
            media=self.media,
            knowledge=self.knowledge,
            screen=self.screen,
            boot_id=self.boot_id,
            code=self.code,
        )

    async def start(self, *, up: bool = True) -> None:
        await self.controller.start()
        if up:
            self.link.come_up()
        await self.settle()

    async def settle(self) -> None:
        """Let every task that can run do so."""
        for _ in range(20):
            await asyncio.sleep(0)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for ``condition``, which a timer of the loop brings about."""
        await until(condition)

    @property
    def case(self) -> str:
        return self.link.sent_of(OpenCase)[-1].case

    async def press(self, event: events.Event) -> None:
        self.controller.press(event)
        await self.settle()

    async def to_queue(self) -> None:
        self.till.put(COFFEE)
        await self.press(events.HelpPressed())
        await self.press(events.TalkPressed("Jag kan inte betala"))

    async def to_chat(self) -> None:
        await self.to_queue()
        self.link.say(to_kiosk.AgentJoined(case=self.case, agent_name="Lisa", eta_seconds=20))
        self.offer(1)
        self.media.listener.answer_made(1, "v=0 answer", "AB:CD")
        self.media.listener.peer_connected(1)
        self.media.listener.agent_typed(True)
        self.media.listener.agent_typed(False)
        await self.pass_time(JOINING_SECONDS)

    async def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        await self.press(events.TimePassed())

    def offer(self, generation: int) -> None:
        self.link.say(
            to_kiosk.OfferPeer(case=self.case, generation=generation, nonce=NONCE, sdp="v=0")
        )

    async def to_share(self) -> None:
        await self.to_chat()
        self.link.say(to_kiosk.AskScreenShare(case=self.case, ask=ASK))
        await self.pass_time(ARM_SECONDS)
        await self.press(events.ConsentApproved(ASK))
