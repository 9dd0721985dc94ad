"""The case machine: events and the time go in, effects and a view come out.

It does no I/O, starts no task and reads no clock. Whatever takes time or can fail is an effect,
and its outcome comes back as an event.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from kiosk_app.base.errors import KioskError
from kiosk_app.case import events
from kiosk_app.case.core import Core
from kiosk_app.case.course.callback import Callback
from kiosk_app.case.course.kiosk_events import CONNECT_SECONDS, KioskEvents
from kiosk_app.case.course.next_shopper import NextShopper
from kiosk_app.case.course.office_events import OfficeEvents
from kiosk_app.case.course.resting import Resting
from kiosk_app.case.course.rollout import Rollout
from kiosk_app.case.course.shopper_events import ShopperEvents
from kiosk_app.case.course.waiting import Waiting
from kiosk_app.case.effects import ENDINGS, Effect
from kiosk_app.case.events import Event, Now
from kiosk_app.case.help.handoff import Handoff
from kiosk_app.case.help.proactive import Proactive
from kiosk_app.case.help.safety import Safety
from kiosk_app.case.help.self_service import SelfService
from kiosk_app.case.phase import Aside, Phase
from kiosk_app.case.picture import picture
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.screen import View
from kiosk_app.case.with_agent.at_the_till import AtTheTill
from kiosk_app.case.with_agent.call_events import CallEvents
from kiosk_app.case.with_agent.pointing import Pointing
from kiosk_app.case.with_agent.real_time_text import RealTimeText
from kiosk_app.protocol import to_kiosk

T = TypeVar("T")


class Feature(Protocol):
    """Rules of one concern that stand beside those of the case's own way."""

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        """What it does on which event; no two features take the same one."""

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        """What it does when one of its timers has come."""


class HandlingError(KioskError):
    """A rule broke. ``effects`` are those of the deadlines before it, and what was to end."""

    def __init__(self, event: str, effects: tuple[Effect, ...]) -> None:
        super().__init__(f"{event} could not be handled. The till goes on; the event is dropped.")
        self.effects = effects


def take(owned: dict[T, Callable[..., None]], more: Mapping[T, Callable[..., None]]) -> None:
    """Add ``more`` to what is ``owned``. ValueError when something would have two owners, of which
    the first would never hear of it."""
    twice = owned.keys() & more.keys()
    if twice:
        raise ValueError(f"{twice} would be handled twice. Leave each to one feature.")
    owned.update(more)


class Machine:
    """The rules of one kiosk, from the first press to the wipe.

    ``ids`` gives fresh UUIDs, ``code`` four random digits.
    """

    def __init__(
        self, ids: Callable[[], str], code: Callable[[], str], settings: CaseSettings
    ) -> None:
        self._core = core = Core(ids, code, settings)
        shopper = ShopperEvents(core)
        office = OfficeEvents(core)
        kiosk = KioskEvents(core, office)
        self._begun = False
        self._handlers: dict[type, Callable[[Any], None]] = {
            events.HelpPressed: shopper.help_pressed,
            events.ClosePressed: shopper.close_pressed,
            events.LeavePressed: shopper.leave_pressed,
            events.TalkPressed: shopper.talk_pressed,
            events.ChatSubmitted: shopper.chat_submitted,
            events.ShopperTyped: shopper.shopper_typed,
            events.ConsentApproved: shopper.consent_approved,
            events.ConsentRefused: shopper.consent_refused,
            events.ShareStopPressed: shopper.share_stop_pressed,
            events.ShareRenewPressed: shopper.share_renew_pressed,
            events.FeedbackGiven: shopper.feedback_given,
            events.FeedbackTouched: shopper.feedback_touched,
            events.FeedbackSkipped: shopper.feedback_skipped,
            events.NewCustomerPressed: shopper.new_customer_pressed,
            events.LanguageChosen: shopper.language_chosen,
            events.CartRestorePressed: shopper.cart_restore_pressed,
            events.CartCodeEntered: shopper.cart_code_entered,
            events.RetryPressed: shopper.retry_pressed,
            events.TillChanged: kiosk.till_changed,
            events.DeviceSensed: kiosk.device_sensed,
            events.LinkUp: kiosk.link_up,
            events.LinkLost: kiosk.link_lost,
            events.CommandDelivered: kiosk.command_delivered,
            events.MediaReady: kiosk.media_ready,
            events.MediaDied: kiosk.media_died,
            events.PeerAnswerMade: kiosk.peer_answer_made,
            events.PeerConnected: kiosk.peer_connected,
            events.PeerLost: kiosk.peer_lost,
            events.ShareWentLive: kiosk.share_went_live,
            events.PeerChatReceived: kiosk.peer_chat_received,
            events.AgentTyped: kiosk.agent_typed,
            events.CartSaved: kiosk.cart_saved,
            events.CartSaveFailed: kiosk.cart_save_failed,
            events.CartRestoreFailed: kiosk.cart_restore_failed,
            events.CartRestoreUnanswered: kiosk.cart_restore_unanswered,
            events.VisitRecovered: kiosk.visit_recovered,
            events.CartsRecovered: kiosk.carts_recovered,
            events.TimePassed: lambda event: None,
            to_kiosk.PromiseChanged: office.promise_changed,
            to_kiosk.QueueChanged: office.queue_changed,
            to_kiosk.AgentJoined: office.agent_joined,
            to_kiosk.AgentLeft: office.agent_left,
            to_kiosk.DeliverChat: office.deliver_chat,
            to_kiosk.AskScreenShare: office.ask_screen_share,
            to_kiosk.StopScreenShare: office.stop_screen_share,
            to_kiosk.OfferPeer: office.offer_peer,
            to_kiosk.CaseResolved: office.case_resolved,
            to_kiosk.CaseState: office.case_state,
            to_kiosk.CommandRefused: office.command_refused,
        }
        self._deadlines: dict[Timer, Callable[[], None]] = {
            Timer.CONNECT: kiosk.connect_over,
            Timer.LINK_GONE: kiosk.link_gone,
            Timer.MENU: shopper.menu_over,
            Timer.JOINING: core.to_chat,
            Timer.MEDIA: kiosk.media_retry,
            Timer.CONSENT: shopper.consent_over,
            Timer.RENEWABLE: lambda: None,  # only the view changes
            Timer.SHARE: shopper.share_over,
            Timer.FEEDBACK: shopper.feedback_over,
            Timer.NOTICE: core.turn.hush,
            Timer.SAVING: kiosk.saving_over,
            Timer.FAILURE: kiosk.failure_over,
            Timer.CART_CODE: core.visit.code_over,
            Timer.WAITING: core.visit.waiting_over,
            Timer.KEEP: core.visit.keep,
        }
        self._self_service = SelfService(core)
        self._handoff = Handoff(core)
        self._next_shopper, self._proactive = NextShopper(core), Proactive(core)
        self._safety = Safety(core)
        features: tuple[Feature, ...] = (
            RealTimeText(core),
            Waiting(core),
            self._self_service,
            Rollout(core),
            CallEvents(core),
            AtTheTill(core),
            Pointing(core),
            Callback(core),
            self._handoff,
            Resting(core),
            self._next_shopper,
            self._proactive,
            self._safety,
        )
        for feature in features:
            take(self._handlers, feature.handlers)
            take(self._deadlines, feature.deadlines)

    def handle(self, event: Event, now: Now) -> tuple[Effect, ...]:
        """What is to be done about ``event`` at ``now``, in order.

        Deadlines that have come are dealt with first, so that no event can slip in behind one.

        HandlingError when a rule breaks; it carries what is to be done all the same.
        """
        turn = self._core.turn
        turn.now = now
        if not self._begun:
            self._begun = True
            turn.timers.set(Timer.CONNECT, turn.after(CONNECT_SECONDS))
        wanted: tuple[Effect, ...] = ()
        try:
            while (timer := turn.timers.pop_due(now.monotonic)) is not None:
                self._deadlines[timer]()
                wanted += turn.take()
            self._handlers[type(event)](event)
            self._core.look(event)
            self._core.mark_read()
        except Exception as error:
            # Half a turn is not carried out, now or with the next event, except what ends
            # something: whatever the rules hold for over must be over.
            wanted += tuple(effect for effect in turn.take() if isinstance(effect, ENDINGS))
            raise HandlingError(type(event).__name__, wanted) from error
        return wanted + turn.take()

    def view(self) -> View:
        """What the screen shows since the last event."""
        core = self._core
        menu = core.phase in (Phase.IDLE, Phase.MENU) or core.aside is Aside.MENU
        language = self._core.visit.language
        seen = picture(self._core, self._self_service.view(language) if menu else None)
        return replace(
            self._handoff.seen(seen),
            safety=self._safety.view,
            offer=self._proactive.view,
            leaving=self._next_shopper.view,
            rest=self._core.restraint.view,
        )

    @property
    def next_deadline(self) -> float | None:
        """When (monotonic) ``TimePassed`` is due; None while nothing has a deadline."""
        return self._core.turn.timers.next

    @property
    def case_open(self) -> bool:
        """Whether a case is open, so that its surroundings are worth reading."""
        return self._core.case is not None
