"""Carries out what the rules want done, through the ports; a port that fails becomes an event."""

import logging
from collections.abc import Callable

from kiosk_app.base.clock import Clock
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.case import effects
from kiosk_app.case.events import (
    CallbackKept,
    CartRestoreFailed,
    CartRestoreUnanswered,
    Event,
    MediaDied,
    PeerAnswerMade,
    PeerLost,
)
from kiosk_app.identity.ports import Identity
from kiosk_app.kiosk.keeper import Keeper
from kiosk_app.kiosk.ordered import Ordered
from kiosk_app.kiosk.ports import Screen
from kiosk_app.kiosk.searches import Searches
from kiosk_app.kiosk.till_orders import TillOrders
from kiosk_app.knowledge.ports import Knowledge
from kiosk_app.link.ports import Link, LinkError
from kiosk_app.media.ports import Media
from kiosk_app.protocol.from_kiosk import LeaveCallback
from kiosk_app.protocol.signing import peer_bytes
from kiosk_app.protocol.to_kiosk import OfferPeer
from kiosk_app.till.ports import Till, TillAwayError, TillError

logger = logging.getLogger(__name__)

STOP_SECONDS = 3.0  # a media process ends within 2 s, by force if need be


class Performer:
    """One effect at a time, in the order of the rules. Nothing here blocks."""

    def __init__(
        self,
        *,
        clock: Clock,
        till: Till,
        identity: Identity,
        signed_by_office: Callable[[bytes, str], bool],
        link: Link,
        media: Media,
        knowledge: Knowledge,
        screen: Screen,
        keeper: Keeper,
        tasks: TaskOwner,
        feed: Callable[[Event], None],
        start_anew: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._till = till
        self._identity = identity
        self._till_orders = TillOrders(
            kiosk=identity.kiosk, till=till, signed_by_office=signed_by_office, feed=feed
        )
        self._link = link
        self._media = media
        self._knowledge = knowledge
        self._screen = screen
        self._keeper = keeper
        self._feed = feed
        self._start_anew = start_anew
        self._searches = Searches(knowledge, tasks, feed)
        self._media_work = Ordered(tasks, "media")
        self._callbacks = Ordered(tasks, "callback")
        self._till_work = Ordered(tasks, "till")
        self._media_case: str | None = None
        self._offer: OfferPeer | None = None
        self._grabbing = False

    def perform(self, effect: effects.Effect) -> None:
        """Do or begin ``effect``. Never raises."""
        try:
            self._perform(effect)
        except Exception:
            logger.exception("%s could not be carried out", type(effect).__name__)

    def _perform(self, effect: effects.Effect) -> None:
        match effect:
            case effects.Send(message):
                self._link.send(message)
            case effects.KeepCallback(message):
                self._keep_callback(message)
            case effects.StartMedia(case):
                self._start_media(case)
            case effects.StopMedia():
                self._media_case = self._offer = None
                self._media_work.add(self._media.stop)
            case effects.AnswerOffer(offer):
                self._answer(offer)
            case effects.DropPeer():
                self._offer = None
                self._media.drop_peer()
            case effects.SendPeerChat(chat):
                self._media.send_chat(chat)
            case effects.SendPeerTyping(typing):
                self._media.send_typing(typing)
            case effects.SendT140(text):
                self._media.send_t140(text)
            case effects.StartShare():
                self._start_share(effect)
            case effects.StopShare():
                self._stop_share()
            case effects.SaveCart(visit):
                self._keeper.save_cart(visit)
            case effects.OpenDevice(device):
                self._media.open_device(device)
            case effects.CloseDevice(device):
                self._media.close_device(device)
            case effects.KeepVisit():
                self._keeper.keep_visit(effect)
            case effects.MoveCart(carts):
                self._keeper.move_cart(carts)
            case effects.HoldCarts(carts):
                self._keeper.hold_carts(carts)
            case effects.ForgetCart():
                self._keeper.forget_cart()
            case effects.ForgetCase():
                self._keeper.forget_case()
            case effects.CarryOutOrder(order):
                self._till_work.add(lambda: self._till_orders.carry_out(order))
            case effects.RestoreCart(snapshot):
                self._till_work.add(lambda: self._restore(snapshot))
            case effects.SearchArticles():
                self._searches.search(effect)
            case effects.FetchKnowledge(version, sha256):
                self._knowledge.fetch(version, sha256)
            case effects.WipeTill():
                self._wipe()
            case effects.StartAnew():
                self._start_anew()

    def _keep_callback(self, message: LeaveCallback) -> None:
        async def keep() -> None:
            try:
                await self._link.keep(message)
            except LinkError as error:
                logger.error("A number to call is not on disk. %s", error)
                self._feed(CallbackKept(message.command, on_disk=False))
            else:
                self._feed(CallbackKept(message.command, on_disk=True))

        self._callbacks.add(keep)

    # Media ---------------------------------------------------------------------------------------

    def _start_media(self, case: str) -> None:
        self._media_case = case
        self._offer = None

        async def start() -> None:
            try:
                await self._media.start(case)
            except Exception as error:
                logger.error("The media process could not be started. %s", error)
                if self._media_case == case:
                    self._feed(MediaDied(str(error)))

        self._media_work.add(start)

    def _answer(self, offer: OfferPeer) -> None:
        self._offer = offer
        try:
            self._media.answer_offer(offer.generation, offer.sdp)
        except Exception as error:
            logger.error("An offer could not be given to the media process. %s", error)
            self._feed(PeerLost(offer.generation, "the media process took no offer"))

    def sign_answer(self, generation: int, sdp: str, fingerprint: str) -> None:
        """The answer to the newest offer, signed; an older one is of no use any more."""
        offer = self._offer
        if offer is None or offer.generation != generation:
            return
        try:
            signature = self._identity.sign(
                peer_bytes(
                    case=offer.case, role="answer", nonce=offer.nonce, fingerprint=fingerprint
                )
            )
        except Exception as error:
            logger.error("The peer answer could not be signed. %s", error)
            self._feed(PeerLost(generation, "the answer could not be signed"))
            return
        self._feed(PeerAnswerMade(generation, sdp, signature))

    # Screen share --------------------------------------------------------------------------------

    def _start_share(self, effect: effects.StartShare) -> None:
        self._stop_share()
        seconds = effect.grant.seconds_left(self._clock.monotonic())
        if seconds <= 0:
            return
        try:
            sink = self._media.start_share(seconds)
            # Before the call: it must be stopped even if the screen fails half way into it.
            self._grabbing = True
            self._screen.start_grabbing(sink)
        except Exception as error:
            logger.error("The share could not be started. %s", error)
            self._stop_share()
            if self._offer is not None:
                self._feed(PeerLost(self._offer.generation, "the share could not be started"))

    def _stop_share(self) -> None:
        if not self._grabbing:
            return
        self._grabbing = False
        try:
            self._screen.stop_grabbing()
        finally:
            self._media.stop_share()

    def grab_whole(self) -> None:
        """A whole picture is wanted, if anything is shown at all."""
        if self._grabbing:
            self._screen.grab_whole()

    # Till ----------------------------------------------------------------------------------------

    async def _restore(self, snapshot: bytes) -> None:
        try:
            await self._till.restore(snapshot)
        except TillAwayError as error:
            logger.error("The saved cart still waits. %s", error)
            self._feed(CartRestoreUnanswered())
        except TillError as error:
            logger.error("The saved cart could not be given back. %s", error)
            self._feed(CartRestoreFailed(str(error)))

    def _wipe(self) -> None:
        try:
            self._till.wipe()
        finally:
            self._screen.till_wiped()

    # The end -------------------------------------------------------------------------------------

    async def close(self) -> None:
        """Stop what is running. Nothing is shown and no process is left after it."""
        try:
            self._stop_share()
        except Exception:
            logger.exception("the share could not be stopped in order")
        await self._callbacks.finish(STOP_SECONDS)
        await self._till_work.abandon(STOP_SECONDS)
        await self._media_work.abandon(STOP_SECONDS)
        await self._media.stop()
