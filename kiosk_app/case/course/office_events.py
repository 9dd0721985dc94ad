"""What the office says of the open case. Words for another case are nothing to us."""

from kiosk_app.case import closing
from kiosk_app.case.core import Core
from kiosk_app.case.course.waiting import begin, begin_again, placed
from kiosk_app.case.phase import WITH_AGENT, WITH_OFFICE, Phase
from kiosk_app.case.talk.open_case import OpenedCase
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.notice import Notice
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallEndCause
from kiosk_app.protocol.shared import Author, CasePhase, ChatMessage, EndCause, ShareEndCause


class OfficeEvents:
    """The office asks and tells; nothing of it can start a share."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def promise_changed(self, message: to_kiosk.PromiseChanged) -> None:
        self._core.promise_seconds = message.seconds

    def queue_changed(self, message: to_kiosk.QueueChanged) -> None:
        case = self._mine(message.case)
        if case is not None and self._core.phase is Phase.QUEUE:
            placed(self._core, case, message.position, message.wait_seconds)

    def agent_joined(self, message: to_kiosk.AgentJoined) -> None:
        core = self._core
        case = self._mine(message.case)
        if case is None or core.phase not in WITH_OFFICE:
            return
        core.agent_here(case, message.agent_name)
        if case.call_here:
            case.call_here = False
            core.unfold()
        core.keep_media(case)
        if core.phase is not Phase.CHAT:
            core.to_joining(case, message.eta_seconds)
        if case.peer.given_up:
            core.turn.say(Notice.MEDIA_LOST)

    def agent_left(self, message: to_kiosk.AgentLeft) -> None:
        case = self._mine(message.case)
        if case is not None and self._core.phase in WITH_AGENT:
            self._back_to_queue(case)

    def deliver_chat(self, message: to_kiosk.DeliverChat) -> None:
        if self._mine(message.case) is not None:
            self.chat_received(message.message)

    def chat_received(self, message: ChatMessage) -> None:
        """A line of the case, by link or data channel."""
        core = self._core
        case = core.case
        if case is None or core.phase not in WITH_OFFICE:
            return
        if message.author is Author.AGENT:
            core.agent_here(case, case.agent_name or message.name)
            core.to_chat()
            case.agent_typing = False
        if case.chat.receive(message, seen=core.chat_seen):
            self._letters_came(case, message)

    def ask_screen_share(self, message: to_kiosk.AskScreenShare) -> None:
        core = self._core
        case = self._mine(message.case)
        if case is not None and case.sharing.ask(
            message.ask,
            case.agent_name,
            language=core.visit.language,
            allowed=core.can_share(),
            possible=core.settings.share_possible,
        ):
            core.to_chat()
            core.unfold()

    def stop_screen_share(self, message: to_kiosk.StopScreenShare) -> None:
        case = self._mine(message.case)
        if case is not None:
            case.sharing.refuse(language=self._core.visit.language)
            case.sharing.stop(ShareEndCause.AGENT_STOPPED)

    def offer_peer(self, message: to_kiosk.OfferPeer) -> None:
        case = self._mine(message.case)
        if case is not None and self._core.phase in WITH_AGENT and case.peer.offer(message):
            # An offer made while we thought we were connected means that the console has begun
            # anew: what was shown is not seen any more.
            case.sharing.disconnected()
            case.call.disconnected()
            case.agent_typing = False

    def case_resolved(self, message: to_kiosk.CaseResolved) -> None:
        core = self._core
        case = self._mine(message.case)
        if case is None:
            return
        if core.phase in WITH_OFFICE:
            closing.to_feedback(core, case, EndCause.RESOLVED)
        elif core.phase is Phase.MENU:
            closing.finish(core, EndCause.RESOLVED)

    def command_refused(self, message: to_kiosk.CommandRefused) -> None:
        core = self._core
        if core.case is not None and message.command in core.case.vital:
            closing.fail(core, ShareEndCause.CASE_ENDED)
            return
        for tell in core.on_refused:
            tell(message.command)

    def case_state(self, message: to_kiosk.CaseState) -> None:
        """How the case stands at the office: what we missed is made up for."""
        core = self._core
        case = self._mine(message.case)
        if case is None or core.phase not in (Phase.MENU, *WITH_OFFICE):
            return
        recovered, case.recovered = case.recovered, False
        if message.phase is CasePhase.ENDED:
            self._ended_there(case, recovered)
            return
        if message.phase is CasePhase.BROWSING:
            # Our wish for a person may still be on its way; only a fresh start knows no better.
            if recovered:
                core.turn.timers.cancel(Timer.LINK_GONE)
                core.move(Phase.MENU)
            return
        if message.phase is CasePhase.QUEUED:
            if core.phase in WITH_AGENT:
                self._back_to_queue(case)
            core.move(Phase.QUEUE)
            if recovered:
                begin(core, case)
            if message.position is not None:
                placed(core, case, message.position, message.wait_seconds)
        else:
            core.agent_here(case, message.agent_name or case.agent_name)
            core.move(Phase.QUEUE if core.phase is Phase.MENU else core.phase)
            core.to_chat()
            if not case.peer.connected:
                case.peer.want_offer("the kiosk came back")
        for line in case.chat.merge(message.chat, seen=core.chat_seen):
            self._letters_came(case, line)
        if recovered or case.call.was_told:
            case.call.tell()

    def _ended_there(self, case: OpenedCase, recovered: bool) -> None:
        core = self._core
        if core.phase in WITH_AGENT:
            closing.to_feedback(core, case, EndCause.RESOLVED)
        elif core.phase is Phase.QUEUE and not recovered:
            # Waiting for nobody: say so and keep the cart, rather than fall silent.
            closing.fail(core, ShareEndCause.CASE_ENDED)
        else:
            closing.finish(core, EndCause.RESOLVED, told=False)

    def _back_to_queue(self, case: OpenedCase) -> None:
        core = self._core
        core.end_share(ShareEndCause.PEER_LOST)
        core.turn.timers.cancel(Timer.ETA, Timer.JOINING)
        case.call.end(CallEndCause.AGENT_LEFT)
        case.call.disconnected()
        case.peer.drop()
        case.agent_name = ""
        case.agent_typing = False
        begin_again(core, case)
        core.move(Phase.QUEUE)
        core.turn.say(Notice.AGENT_AWAY)

    def _letters_came(self, case: OpenedCase, message: ChatMessage) -> None:
        if message.author is Author.AGENT:
            case.peer.letters.said(message.text)

    def _mine(self, case: str) -> OpenedCase | None:
        mine = self._core.case
        return mine if mine is not None and mine.id == case else None
