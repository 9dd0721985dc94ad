"""The kiosk's middle: events go to the rules one at a time, their effects out through the ports.

Runs on the event loop's thread, knows no Qt, and never waits for anything before the screen shows
what a press has changed.
"""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Awaitable, Callable

from kiosk_app.base.boot import boot_id as read_boot_id
from kiosk_app.base.clock import Clock
from kiosk_app.base.ids import new_id
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.case import events
from kiosk_app.case.effects import endings_first
from kiosk_app.case.events import Event, Now
from kiosk_app.case.machine import HandlingError, Machine
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.view.screen import View
from kiosk_app.identity.ports import Identity
from kiosk_app.kiosk.keeper import Keeper
from kiosk_app.kiosk.performer import Performer
from kiosk_app.kiosk.ports import Screen
from kiosk_app.knowledge.ports import Knowledge
from kiosk_app.link.ports import Link
from kiosk_app.media.ports import Media, Picture, Whose
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.knowledge import Bundle
from kiosk_app.protocol.shared import ChatMessage
from kiosk_app.protocol.to_kiosk import ToKiosk
from kiosk_app.sensing.ports import Sensing
from kiosk_app.till.ports import Till, TillState
from kiosk_app.vault.ports import Vault

logger = logging.getLogger(__name__)

SENSE_SECONDS = 10.0  # battery and network change slowly; an agent need not know sooner
LONGEST_WAIT_SECONDS = (
    1.0  # the loop's timers stand still in suspend, the deadlines' clock does not
)


def four_digits() -> str:
    """A fresh cart code."""
    return f"{secrets.randbelow(10_000):04d}"


class Controller:
    """One kiosk. Is the listener of its link, its media process and its knowledge.

    It is given open ports and closes them: link, media, knowledge, sensing and vault.
    ``start_anew`` ends this run of the program and begins another; where it cannot, it does
    nothing.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        settings: CaseSettings,
        till: Till,
        sensing: Sensing,
        vault: Vault,
        identity: Identity,
        signed_by_office: Callable[[bytes, str], bool],
        link: Link,
        media: Media,
        knowledge: Knowledge,
        screen: Screen,
        boot_id: str | None = None,
        ids: Callable[[], str] = new_id,
        code: Callable[[], str] = four_digits,
        start_anew: Callable[[], None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._till = till
        self._sensing = sensing
        self._vault = vault
        self._link = link
        self._media = media
        self._knowledge = knowledge
        self._kiosk, self._store = identity.kiosk, settings.store
        self._screen = screen
        self._machine = Machine(ids, code, settings)
        self._tasks = TaskOwner("controller")
        self._keeper = Keeper(
            vault=vault,
            clock=clock,
            boot_id=read_boot_id() if boot_id is None else boot_id,
            tasks=self._tasks,
            feed=self.feed,
        )
        self._performer = Performer(
            clock=clock,
            till=till,
            identity=identity,
            signed_by_office=signed_by_office,
            link=link,
            media=media,
            knowledge=knowledge,
            screen=screen,
            keeper=self._keeper,
            tasks=self._tasks,
            feed=self.feed,
            start_anew=start_anew,
        )
        self._waiting: deque[Event] = deque()
        self._held = True
        self._busy = False
        self._closed = False
        self._shown: View | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._sense_loop: asyncio.Task[None] | None = None

    # Life ----------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Show the till, take up what an earlier run kept, then connect.

        Presses that come before the disk has answered wait for it.
        """
        self._show()
        self._till.listen(self._on_till_changed)
        self._media.listen(self)
        self._knowledge.listen(self)
        self._tasks.start(self._knowledge.load(), name="knowledge")
        recovered = await self._keeper.load()
        if self._closed:
            return
        self._waiting.extendleft(reversed(recovered))
        if not self._till.state.cart.empty:
            self._on_till_changed(self._till.state)
        # Before anything is handled: what the rules send must find a link that takes it.
        self._link.start(self)
        self._held = False
        self._drain()
        self._tasks.start(self._sense(), name="sense-once")

    async def close(self) -> None:
        """Stop everything. An open case stays open: the next start resumes it. Safe to repeat."""
        if self._closed:
            return
        self._closed = True
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()
        await self._ending("share and media process", self._performer.close)
        await self._ending("kept visit", self._keeper.close)
        await self._ending("tasks", self._tasks.close)
        await self._ending("link", self._link.close)
        await self._ending("knowledge", self._knowledge.close)
        await self._ending("sensing", self._sensing.close)
        await self._ending("vault", self._vault.close)

    async def _ending(self, what: str, end: Callable[[], Awaitable[None]]) -> None:
        try:
            await end()
        except Exception:
            # One part that cannot end must not keep the others from it.
            logger.exception("closing the %s failed", what)

    # Events --------------------------------------------------------------------------------------

    def press(self, event: Event) -> None:
        """The shopper's hand did ``event``. Only the screen calls this."""
        self.feed(event)

    def feed(self, event: Event) -> None:
        """Hand ``event`` to the rules, after those that came before it. Never raises."""
        if self._closed:
            return
        self._waiting.append(event)
        self._drain()

    def _drain(self) -> None:
        if self._busy or self._held:
            return
        self._busy = True
        try:
            while self._waiting:
                self._step(self._waiting.popleft())
        finally:
            self._busy = False
        self._plan()

    def _step(self, event: Event) -> None:
        now = Now(self._clock.monotonic(), self._clock.wall())
        try:
            wanted = self._machine.handle(event, now)
        except HandlingError as error:
            logger.exception("%s", error)
            wanted = error.effects
        # What must stop stops before it is drawn; all else comes after the shopper's answer.
        early, late = endings_first(wanted)
        for effect in early:
            self._performer.perform(effect)
        self._show()
        for effect in late:
            self._performer.perform(effect)

    def _show(self) -> None:
        view = self._machine.view()
        if view == self._shown:
            return
        self._shown = view
        try:
            self._screen.show_view(view)
        except Exception:
            logger.exception("the screen could not show sheet %s", view.sheet)

    # Time ----------------------------------------------------------------------------------------

    def _plan(self) -> None:
        """After each event: when to look at the clock, and whether to read the sensors."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        deadline = self._machine.next_deadline
        if deadline is not None and not self._closed:
            wait = min(LONGEST_WAIT_SECONDS, max(0.0, deadline - self._clock.monotonic()))
            self._timer = asyncio.get_running_loop().call_later(wait, self._on_time)
        if self._machine.case_open and self._sense_loop is None and not self._closed:
            self._sense_loop = self._tasks.start(self._sense_often(), name="sense")
        elif not self._machine.case_open and self._sense_loop is not None:
            self._sense_loop.cancel()
            self._sense_loop = None

    def _on_time(self) -> None:
        self._timer = None
        deadline = self._machine.next_deadline
        if deadline is not None and self._clock.monotonic() >= deadline:
            self.feed(events.TimePassed())
        else:
            self._plan()

    async def _sense_often(self) -> None:
        while True:
            await self._sense()
            await asyncio.sleep(SENSE_SECONDS)

    async def _sense(self) -> None:
        try:
            readings = await self._sensing.read()
        except Exception:
            logger.exception("the sensors could not be read")
            return
        self.feed(events.DeviceSensed(readings.device, readings.network, readings.battery))

    # Till ----------------------------------------------------------------------------------------

    def _on_till_changed(self, state: TillState) -> None:
        self.feed(events.TillChanged(state.cart, state.step, state.declines, state.snapshot))

    # KnowledgeListener ---------------------------------------------------------------------------

    def knowledge_loaded(self, bundle: Bundle) -> None:
        policy = bundle.policy.policy_for(kiosk=self._kiosk, store=self._store)
        self.feed(events.KnowledgeLoaded(bundle))
        self.feed(events.PolicyChanged(policy))
        self.feed(events.HoursChanged(bundle.hours.hours_for(self._store)))

    # LinkListener --------------------------------------------------------------------------------

    def link_up(self, *, resumed: bool, promise_seconds: int | None) -> None:
        self.feed(events.LinkUp(resumed, promise_seconds))

    def link_lost(self, reason: str) -> None:
        self.feed(events.LinkLost())

    def link_refused(self, code: str, message: str) -> None:
        logger.info("help is offline: the office refused the link (%s)", code)
        self.feed(events.LinkLost())

    def message_received(self, message: ToKiosk) -> None:
        self.feed(message)

    def message_kept(self, command: str) -> None:
        self.feed(events.CallbackKept(command, on_disk=True))

    def message_delivered(self, command: str) -> None:
        self.feed(events.CommandDelivered(command))

    # MediaListener -------------------------------------------------------------------------------

    def media_ready(self) -> None:
        self.feed(events.MediaReady())

    def media_died(self, reason: str) -> None:
        self.feed(events.MediaDied(reason))

    def answer_made(self, generation: int, sdp: str, fingerprint: str) -> None:
        self._performer.sign_answer(generation, sdp, fingerprint)

    def peer_connected(self, generation: int) -> None:
        self.feed(events.PeerConnected(generation))

    def peer_lost(self, generation: int, reason: str) -> None:
        self.feed(events.PeerLost(generation, reason))

    def peer_chat_received(self, message: ChatMessage) -> None:
        self.feed(events.PeerChatReceived(message))

    def agent_typed(self, typing: bool) -> None:
        self.feed(events.AgentTyped(typing))

    def agent_pointed(self, x: float, y: float) -> None:
        self.feed(events.AgentPointed(x, y))

    def t140_opened(self, generation: int) -> None:
        self.feed(events.T140Opened(generation))

    def t140_received(self, generation: int, text: str) -> None:
        self.feed(events.T140Received(generation, text))

    def device_failed(self, device: CallDevice, reason: str) -> None:
        logger.warning("the %s of this kiosk cannot be used: %s", device.value, reason)
        self.feed(events.DeviceFailed(device, reason))

    def sound_heard(self, shopper: int, agent: int) -> None:
        # Ten times a second: drawn, and nothing that the rules would want to know.
        self._screen.show_sound(shopper, agent)

    def picture_arrived(self, whose: Whose, picture: Picture) -> None:
        self._screen.show_picture(whose, picture)

    def picture_gone(self, whose: Whose) -> None:
        self._screen.show_picture(whose, None)

    def share_live(self, live: bool) -> None:
        self.feed(events.ShareWentLive(live))

    def share_wants_frame(self) -> None:
        self._performer.grab_whole()
