"""What the kiosk's own parts report: till, sensors, link, media process, disk."""

import msgspec

from kiosk_app.case import closing, events
from kiosk_app.case.core import Core
from kiosk_app.case.course.callback import delivered
from kiosk_app.case.course.office_events import OfficeEvents
from kiosk_app.case.effects import ForgetCase
from kiosk_app.case.phase import WITH_AGENT, WITH_OFFICE, LinkState, Phase
from kiosk_app.case.talk.open_case import OpenedCase
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.notice import Notice
from kiosk_app.protocol.call import CallEndCause
from kiosk_app.protocol.from_kiosk import CloseCase, ResumeCase
from kiosk_app.protocol.shared import Author, EndCause, ShareEndCause

CONNECT_SECONDS = 5.0  # a start without an answer for so long is one without an office
LINK_GONE_SECONDS = 60.0  # a restarted office is back in 20 s; then the shopper should hear more
MEDIA_DEATHS = 2  # once may be chance
MEDIA_STARTS = 2  # for a start that fails the same
MEDIA_RETRY_SECONDS = 2.0  # what kept it from starting needs time to pass


class KioskEvents:
    """Outcomes and readings; each either helps the case on or ends it in words."""

    def __init__(self, core: Core, office: OfficeEvents) -> None:
        self._core = core
        self._office = office

    # Till and sensors ----------------------------------------------------------------------------

    def till_changed(self, event: events.TillChanged) -> None:
        core = self._core
        core.visit.till_changed(event)
        if core.case is not None and core.case.call.see(not core.visit.card_entry):
            core.turn.say(Notice.CAMERA_CLOSED)
        if core.visit.card_entry:
            core.end_share(ShareEndCause.CARD_ENTRY)
        core.tell_context()

    def device_sensed(self, event: events.DeviceSensed) -> None:
        self._core.visit.sensed(event)
        self._core.tell_context()

    # Link ----------------------------------------------------------------------------------------

    def link_up(self, event: events.LinkUp) -> None:
        core = self._core
        core.link = LinkState.UP
        core.promise_seconds = event.promise_seconds
        core.turn.timers.cancel(Timer.CONNECT, Timer.LINK_GONE)
        if core.turn.notice is Notice.LINK_LOST:
            core.turn.say(Notice.LINK_BACK)
        case = core.case
        if case is None or core.phase is Phase.FEEDBACK:
            return
        core.keep_media(case)
        if case.recovered or not event.resumed:
            core.turn.send(ResumeCase(command=core.turn.new_id(), case=case.id))

    def link_lost(self, event: events.LinkLost) -> None:
        core = self._core
        if core.link is LinkState.DOWN:
            return
        never_there = core.link is LinkState.CONNECTING
        core.link = LinkState.DOWN
        core.turn.timers.cancel(Timer.CONNECT)
        case = core.case
        if case is None or core.phase not in WITH_OFFICE:
            return
        if never_there and not case.recovered and not case.safety:
            closing.fail(core, ShareEndCause.LINK_LOST)
            return
        if case.call_here:
            return  # nobody stands there waiting: it is made good whenever the link is back
        core.end_share(ShareEndCause.LINK_LOST)
        ended = core.turn.share_ended
        core.turn.say(Notice.LINK_LOST, share_ended=ended)
        core.turn.timers.set(Timer.LINK_GONE, core.turn.after(LINK_GONE_SECONDS))

    def connect_over(self) -> None:
        """The office has not answered once since the start."""
        self.link_lost(events.LinkLost())

    def link_gone(self) -> None:
        """Lost for good. Said once: the failure takes the case with it.

        Not while the two talk: whoever is being helped is not cut off because an office is away.
        Nor in danger: the screen says whom to call instead, and goes on saying it.
        """
        core = self._core
        if core.case is not None and core.case.safety:
            return
        if core.case is not None and core.case.call.live:
            core.turn.timers.set(Timer.LINK_GONE, core.turn.after(LINK_GONE_SECONDS))
        else:
            closing.fail(core, ShareEndCause.LINK_LOST)

    def command_delivered(self, event: events.CommandDelivered) -> None:
        if self._core.case is not None:
            self._core.case.chat.delivered(event.command)
        delivered(self._core, event.command)

    # Media process -------------------------------------------------------------------------------

    def media_ready(self, event: events.MediaReady) -> None:
        if self._core.case is not None:
            self._core.case.peer.ready()

    def media_died(self, event: events.MediaDied) -> None:
        core = self._core
        case = core.case
        if case is None or not case.peer.died():
            return
        if case.peer.deaths >= MEDIA_DEATHS:
            closing.fail(core, ShareEndCause.MEDIA_LOST)
            return
        ended = core.end_share(ShareEndCause.MEDIA_LOST)
        case.call.disconnected()
        case.agent_typing = False
        if case.peer.failed_starts:
            self._start_failed(case)
            return
        case.peer.start()
        if core.phase in WITH_AGENT:
            core.turn.say(
                Notice.MEDIA_LOST, share_ended=ShareEndCause.MEDIA_LOST if ended else None
            )
            case.peer.want_offer("the media process ended")

    def _start_failed(self, case: OpenedCase) -> None:
        """Once more a little later; after that the case goes on by chat over the link."""
        core = self._core
        if case.peer.failed_starts < MEDIA_STARTS:
            core.turn.timers.set(Timer.MEDIA, core.turn.after(MEDIA_RETRY_SECONDS))
            return
        case.peer.give_up()
        case.call.end(CallEndCause.MEDIA_LOST)
        if core.phase in WITH_AGENT:
            core.turn.say(Notice.MEDIA_LOST)

    def media_retry(self) -> None:
        """The wait after a start that failed is over."""
        core = self._core
        if core.case is None:
            return
        core.case.peer.start()
        if core.phase in WITH_AGENT:
            core.case.peer.want_offer("the media process did not start at once")

    def peer_answer_made(self, event: events.PeerAnswerMade) -> None:
        if self._core.case is not None:
            self._core.case.peer.answered(event)

    def peer_connected(self, event: events.PeerConnected) -> None:
        case = self._core.case
        if case is not None and case.peer.came_up(event.generation):
            case.sharing.connected()
            case.call.connected()

    def peer_lost(self, event: events.PeerLost) -> None:
        case = self._core.case
        if case is not None and case.peer.lost(event.generation, event.reason):
            case.sharing.disconnected()
            case.call.disconnected()
            case.agent_typing = False

    def share_went_live(self, event: events.ShareWentLive) -> None:
        if self._core.case is not None:
            self._core.case.sharing.went_live(event.live)

    def peer_chat_received(self, event: events.PeerChatReceived) -> None:
        # Whoever is at the other end of the data channel speaks as the agent who has the case by
        # the office's word, under the name the office gave, or not at all.
        core, case = self._core, self._core.case
        if case is None or core.phase not in WITH_AGENT or not case.peer.connected:
            return
        if event.message.author is Author.AGENT:
            self._office.chat_received(
                msgspec.structs.replace(event.message, name=case.agent_name)
            )

    def agent_typed(self, event: events.AgentTyped) -> None:
        case = self._core.case
        if case is not None and self._core.phase in WITH_AGENT and case.peer.connected:
            case.agent_typing = event.typing
            if event.typing:
                self._core.to_chat()

    # Disk ----------------------------------------------------------------------------------------

    def cart_saved(self, event: events.CartSaved) -> None:
        core = self._core
        if core.phase is Phase.MOVED:
            core.visit.saved()
            self._kept()
        elif core.phase not in (Phase.SAVING, Phase.FAILURE):
            # It hung until nobody looked any more: a code that was never shown is none.
            core.visit.save_unseen()
        elif core.visit.saved():
            closing.show_failure(core)

    def cart_save_failed(self, event: events.CartSaveFailed) -> None:
        """Said at once. The disk is tried again: it may take the cart while that is on the screen,
        and whoever has moved on is told of no code any more."""
        core = self._core
        if core.phase is Phase.SAVING:
            closing.show_failure(core)
        elif core.phase is not Phase.FAILURE:
            core.visit.save_failed()
            if core.phase is Phase.MOVED:
                self._kept()

    def _kept(self) -> None:
        for tell in self._core.on_kept:
            tell()

    def cart_restore_failed(self, event: events.CartRestoreFailed) -> None:
        self._core.visit.restore_failed()

    def cart_restore_unanswered(self, event: events.CartRestoreUnanswered) -> None:
        self._core.visit.restore_unanswered()

    def saving_over(self) -> None:
        """The disk hangs: the notice comes without a code, and gets it if the disk comes back."""
        closing.show_failure(self._core)

    def failure_over(self) -> None:
        closing.to_till(self._core)

    def carts_recovered(self, event: events.CartsRecovered) -> None:
        """Earlier carts still wait, for a tap or for their code."""
        self._core.visit.carts_recovered(event)

    def visit_recovered(self, event: events.VisitRecovered) -> None:
        """The program was started again: the visit goes on where it may."""
        core = self._core
        if core.phase is not Phase.IDLE:
            return
        core.visit.recovered(event)
        if event.case is None:
            core.visit.keep()
            return
        if event.hold_seconds > 0:
            case = core.new_case(event.case, recovered=True)
            core.move(Phase.QUEUE)
            if core.visit.one_tap_waits:
                # Over an empty till nobody would find the cart under the sheet.
                core.fold()
            case.peer.start()
            core.visit.set_case(case.id)
            core.turn.timers.set(Timer.LINK_GONE, core.turn.after(LINK_GONE_SECONDS))
            if core.link is LinkState.UP:
                core.turn.send(ResumeCase(command=core.turn.new_id(), case=case.id))
            return
        # Whoever it was is gone: the office must not wait for them.
        core.turn.send(
            CloseCase(
                command=core.turn.new_id(),
                case=event.case,
                cause=EndCause.FAILED,
                ended_at=core.turn.now.wall,
            )
        )
        core.turn.do(ForgetCase())
        core.visit.keep()
