"""The state of the machine and the few ways it moves from phase to phase."""

import logging
from collections.abc import Callable

from kiosk_app.case.events import Event
from kiosk_app.case.phase import WITH_AGENT, WITH_OFFICE, Aside, LinkState, Phase
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.talk.call import Calling
from kiosk_app.case.talk.letters import Letters
from kiosk_app.case.talk.open_case import OpenedCase
from kiosk_app.case.talk.peer_line import PeerLine
from kiosk_app.case.talk.sharing import Sharing
from kiosk_app.case.timers import Timer
from kiosk_app.case.turn import Turn
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.visit.asked_call import AskedCall
from kiosk_app.case.visit.restraint import Restraint
from kiosk_app.case.visit.visit import Visit
from kiosk_app.protocol.call import CallEndCause, CallKind
from kiosk_app.protocol.from_kiosk import ContextChanged, OpenCase
from kiosk_app.protocol.hours import WeekHours
from kiosk_app.protocol.policy import EVERYTHING
from kiosk_app.protocol.shared import ShareEndCause

logger = logging.getLogger(__name__)

JOINING_SECONDS = 1.5  # "Lisa ansluter…" is read before the chat takes its place


class Core:
    """What every handler works on. Only :meth:`move` changes the phase, and only
    :meth:`step_aside` what stands before it."""

    def __init__(
        self, ids: Callable[[], str], code: Callable[[], str], settings: CaseSettings
    ) -> None:
        self.settings = settings
        self.turn = Turn(ids)
        self.visit = Visit(self.turn, settings, code)
        self.case: OpenedCase | None = None
        self.phase = Phase.IDLE
        self._aside = Aside.NONE
        self.asked_call = AskedCall()
        self.folded = False
        self.link = LinkState.CONNECTING
        self.promise_seconds: int | None = None
        self.policy = EVERYTHING
        self.hours = WeekHours()
        self.restraint = Restraint(self.turn)
        self.confided = False  # something was written or said in this visit
        self.on_turn: list[Callable[[Event], None]] = []  # features that look after each event
        self.on_leave_aside: list[Callable[[Aside], None]] = []
        self.on_refused: list[Callable[[str], None]] = []
        self.on_kept: list[Callable[[], None]] = []  # the cart is on disk, or cannot be: MOVED
        self.on_close: list[Callable[[], None]] = []  # what a feature forgets with each case,
        self.after_visit_ended: list[Callable[[], None]] = []  # and with each visit
        self.before_visit_ends: list[Callable[[], None]] = []  # the last word while all is there
        self._joining_until = 0.0

    def move(self, phase: Phase) -> None:
        """The one place where the phase changes."""
        if phase is self.phase:
            return
        logger.info(
            "%s -> %s", self.phase, phase, extra={"case": self.case.id if self.case else None}
        )
        self.phase = phase
        if self.aside is not Aside.HANDOFF or phase not in WITH_OFFICE:
            self.leave_aside()

    @property
    def aside(self) -> Aside:
        """What stands before the step that the case is in."""
        return self._aside

    def step_aside(self, aside: Aside) -> None:
        """The one place where that changes. What stood there before is left first."""
        left, self._aside = self._aside, aside
        if left is not aside:
            for leave in self.on_leave_aside:
                leave(left)

    def leave_aside(self) -> None:
        """Back to the step that the case is in."""
        self.step_aside(Aside.NONE)

    @property
    def promised_seconds(self) -> int | None:
        """What the shopper is promised now; None: nothing is, or nobody can be."""
        return self.promise_seconds if self.policy.promise else None

    # The sheet -----------------------------------------------------------------------------------

    @property
    def chat_seen(self) -> bool:
        """Whether the shopper has the chat before their eyes."""
        case = self.case
        hidden = self.folded or self.aside is not Aside.NONE
        return self.phase is Phase.CHAT and not hidden and not (case and case.sharing.pending)

    def fold(self) -> None:
        self.folded = True

    def unfold(self) -> None:
        self.folded = False

    def look(self, event: Event) -> None:
        """Let those that follow what happens see where ``event`` has led."""
        for look in self.on_turn:
            look(event)

    def mark_read(self) -> None:
        """What the shopper has before their eyes is read."""
        if self.case is not None and self.chat_seen:
            self.case.chat.read()

    # The life of a case --------------------------------------------------------------------------

    def open(self) -> None:
        """A new case, in the menu. Where the office is away, what is here is all there is."""
        case = self.send_opening()
        self.move(Phase.MENU)
        self.unfold()
        self.keep_media(case)
        self.visit.set_case(case.id)

    def send_opening(self) -> OpenedCase:
        """A new case that the office hears of, now or when the link is back."""
        case = self.new_case(self.turn.new_id())
        command = self.turn.new_id()
        case.vital.add(command)
        self.turn.send(
            OpenCase(
                command=command,
                case=case.id,
                visit=self.visit.id,
                pressed_at=self.turn.now.wall,
                promised_seconds=None if self.link is LinkState.DOWN else self.promised_seconds,
                context=case.told,
            )
        )
        self.turn.hush()
        return case

    def keep_media(self, case: OpenedCase) -> None:
        """The media process runs while somebody can be at the other end."""
        if self.link is not LinkState.DOWN:
            case.peer.ensure()

    def new_case(self, case: str, *, recovered: bool = False) -> OpenedCase:
        self.confided = True
        self.case = OpenedCase(
            id=case,
            sharing=Sharing(self.turn, case),
            peer=PeerLine(self.turn, case, Letters(self.turn, on=self.visit.letters_seen)),
            call=Calling(
                self.turn,
                case,
                has=self._has,
                language=lambda: self.visit.language,
            ),
            told=self.visit.context,
            recovered=recovered,
        )
        self.case.call.see(not self.visit.card_entry)
        return self.case

    def agent_here(self, case: OpenedCase, name: str) -> None:
        """From now on this agent has the case; what was agreed with another is over, and so is
        any connection that was not made with this one."""
        if case.agent_name == name:
            return
        if case.agent_name:
            self.end_share(ShareEndCause.PEER_LOST)
            case.call.end(CallEndCause.AGENT_LEFT)
        case.call.disconnected()
        case.peer.drop()
        case.agent_typing = False
        case.agent_name = name

    def to_joining(self, case: OpenedCase, eta_seconds: int) -> None:
        """A named person is on the way; said long enough to be read."""
        ends_at = self.turn.after(eta_seconds)
        case.eta = Countdown(float(eta_seconds), ends_at)
        case.agent_late = False
        self.turn.timers.cancel(Timer.ANSWER)
        self.turn.timers.set(Timer.ETA, ends_at)
        self._joining_until = self.turn.after(JOINING_SECONDS)
        self.move(Phase.JOINING)

    def to_chat(self) -> None:
        """The agent is here in fact: a word, a key, a question. Their browser alone is nobody."""
        if self.phase is Phase.JOINING and self.turn.now.monotonic < self._joining_until:
            self.turn.timers.set(Timer.JOINING, self._joining_until)
        elif self.phase in (Phase.QUEUE, Phase.JOINING):
            self.turn.timers.cancel(Timer.ETA, Timer.JOINING, Timer.ANSWER)
            self.move(Phase.CHAT)
            self.turn.timers.set(
                Timer.CALL_OFFER, self.turn.after(self.settings.offer_voice_after)
            )

    def end_share(self, cause: ShareEndCause) -> bool:
        """Nothing is asked and nothing shown from now on; tells whether a share ended."""
        if self.case is None:
            return False
        self.case.sharing.refuse(language=self.visit.language)
        return self.case.sharing.stop(cause)

    # What the office knows -----------------------------------------------------------------------

    def tell_context(self) -> None:
        """Send the context where the office has another one."""
        case = self.case
        if case is None or self.phase is Phase.FEEDBACK:
            return
        context = self.visit.context
        if context != case.told:
            case.told = context
            self.turn.send(
                ContextChanged(command=self.turn.new_id(), case=case.id, context=context)
            )

    def _has(self, kind: CallKind) -> bool:
        """Whether this kiosk has what a call of ``kind`` needs, and the office lets it."""
        voice = self.settings.voice and self.policy.voice
        if kind is CallKind.VOICE:
            return voice
        return voice and self.settings.video and self.policy.video

    def can_call(self) -> bool:
        """Whether a call may be asked for or agreed to now."""
        return self.phase in WITH_AGENT and not (self.case is not None and self.case.peer.given_up)

    def can_share(self) -> bool:
        """Whether a share may be asked for, agreed to or run now."""
        return (
            self.phase in WITH_AGENT
            and self.policy.share
            and self.settings.share_possible
            and not (self.case is not None and self.case.peer.given_up)
            and not self.visit.card_entry
            and self.link is not LinkState.DOWN
        )
