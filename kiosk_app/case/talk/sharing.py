"""Screen share: asked, agreed to by a press, run under a grant that ends by itself."""

from dataclasses import dataclass

from kiosk_app.case.consent import (
    ASK_SECONDS,
    SHARE_SECONDS,
    TEXT_VERSION,
    ConsentGrant,
)
from kiosk_app.case.effects import StartShare, StopShare
from kiosk_app.case.timers import Timer
from kiosk_app.case.turn import Turn
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.notice import Notice
from kiosk_app.protocol.from_kiosk import AnswerScreenShare, ReportShareEnded
from kiosk_app.protocol.shared import ShareAnswer, ShareEndCause

# The question comes up where a finger may be on its way to something else: till tiles, keyboard,
# Skicka. So long a press is taken for one of those.
ARM_SECONDS = 0.7
REASK_SECONDS = 20.0  # after the shopper's no: asking until it is a yes is no asking
RENEW_SECONDS = 60.0  # said on the banner: "Dela 5 min till" comes in the last minute


@dataclass(frozen=True, slots=True)
class PendingAsk:
    """A question on the consent screen that nobody has answered yet.

    ``asked_at`` is when (monotonic) it came up; a yes counts from ``armed_at``.
    """

    ask: str
    agent_name: str
    asked_at: float
    answer_within: Countdown

    @property
    def armed_at(self) -> float:
        return self.asked_at + ARM_SECONDS


class Sharing:
    """The shares of one case. At most one question and one grant at a time."""

    def __init__(self, turn: Turn, case: str) -> None:
        self._turn = turn
        self._case = case
        self.pending: PendingAsk | None = None
        self.grant: ConsentGrant | None = None
        self.live = False
        self._running = False
        self._started_at: float | None = None
        self._refused_until: float | None = None

    @property
    def renewable(self) -> bool:
        """Whether the share is in its last minute."""
        left = self.grant.seconds_left(self._turn.now.monotonic) if self.grant else 0.0
        return 0.0 < left <= RENEW_SECONDS

    def ask(
        self,
        ask: str,
        agent_name: str,
        *,
        language: str,
        allowed: bool,
        possible: bool = True,
        by_shopper: bool = False,
    ) -> bool:
        """Put the question on the screen; tells whether it stands there now.

        Answered with "not here" where this till's screen is never shown (not ``possible``).
        Answered with no at once when not ``allowed``, when another question stands there, or when
        the shopper has just said no; the last not where it is them who ask (``by_shopper``).
        """
        now = self._turn.now.monotonic
        if self.pending is not None and self.pending.ask == ask:
            return False
        if not possible:
            self._answer_no(ask, ShareAnswer.NOT_HERE, language=language)
            return False
        refused = self._refused_until is not None and now < self._refused_until
        if self.pending is not None or not allowed or (refused and not by_shopper):
            answer = ShareAnswer.REFUSED if refused and allowed else ShareAnswer.NOT_NOW
            self._answer_no(ask, answer, language=language)
            return False
        until = self._turn.after(ASK_SECONDS)
        self.pending = PendingAsk(ask, agent_name, now, Countdown(ASK_SECONDS, until))
        self._turn.timers.set(Timer.CONSENT, until)
        return True

    def approve(self, ask: str, *, language: str, connected: bool) -> bool:
        """The shopper pressed yes to ``ask``: makes the grant, and starts when connected.

        A press that comes before the question can have been read changes nothing.
        """
        pending = self.pending
        if pending is None or pending.ask != ask:
            return False
        now = self._turn.now
        if now.monotonic < pending.armed_at:
            return False
        self._settle()
        self.grant = grant = ConsentGrant(
            case=self._case,
            ask=ask,
            agent_name=pending.agent_name,
            granted_at=now.wall,
            deadline=self._turn.after(SHARE_SECONDS),
            text_version=TEXT_VERSION,
            language=language,
        )
        self._started_at = None
        self._turn.timers.set(Timer.SHARE, grant.deadline)
        self._turn.timers.set(Timer.RENEWABLE, grant.deadline - RENEW_SECONDS)
        # What is logged is the grant itself, word for word.
        self._turn.send(
            AnswerScreenShare(
                command=self._turn.new_id(),
                case=grant.case,
                ask=grant.ask,
                answer=ShareAnswer.GRANTED,
                answered_at=grant.granted_at,
                text_version=grant.text_version,
                language=grant.language,
                deadline_seconds=round(grant.seconds_left(now.monotonic)),
            )
        )
        if connected:
            self.connected()
        return True

    def refuse(
        self,
        *,
        language: str,
        ask: str | None = None,
        answer: ShareAnswer = ShareAnswer.NOT_NOW,
    ) -> bool:
        """A no to ``ask``, or to whatever is asked; tells whether there was such a question.

        ``answer`` says whose no it is; by itself nobody's, the question was taken away.
        """
        pending = self.pending
        if pending is None or (ask is not None and pending.ask != ask):
            return False
        self._settle()
        self._answer_no(pending.ask, answer, language=language)
        return True

    def shopper_refused(self, *, language: str, ask: str | None = None) -> None:
        """The shopper's own no, as :meth:`refuse`; for a while nobody may ask again."""
        if self.refuse(language=language, ask=ask, answer=ShareAnswer.REFUSED):
            self._refused_until = self._turn.after(REASK_SECONDS)

    def connected(self) -> None:
        """There is a peer: what the grant allows begins, under its old deadline."""
        if self.grant is not None and self.grant.live(self._turn.now.monotonic):
            self._running = True
            if self._started_at is None:
                self._started_at = self._turn.now.monotonic
            self._turn.do(StartShare(self.grant))

    def disconnected(self) -> None:
        """The peer is gone: nothing is sent, the grant stands until its deadline."""
        self.live = False
        if self._running:
            self._running = False
            self._turn.do(StopShare(ShareEndCause.PEER_LOST))

    def went_live(self, live: bool) -> None:
        self.live = live and self._running

    def stop(self, cause: ShareEndCause) -> bool:
        """End the share; tells whether there was one."""
        grant, self.grant = self.grant, None
        if grant is None:
            return False
        self._turn.timers.cancel(Timer.SHARE, Timer.RENEWABLE)
        self.live = False
        if self._running:
            self._running = False
            self._turn.do(StopShare(cause))
        began = self._started_at if self._started_at is not None else self._turn.now.monotonic
        self._turn.send(
            ReportShareEnded(
                command=self._turn.new_id(),
                case=self._case,
                ask=grant.ask,
                cause=cause,
                # Never more than was agreed to, also when the machine slept through the deadline.
                shared_seconds=min(
                    int(SHARE_SECONDS), max(0, round(self._turn.now.monotonic - began))
                ),
            )
        )
        self._turn.say(Notice.SHARE_ENDED, share_ended=cause)
        return True

    def _settle(self) -> None:
        self.pending = None
        self._turn.timers.cancel(Timer.CONSENT)

    def _answer_no(self, ask: str, answer: ShareAnswer, *, language: str) -> None:
        self._turn.send(
            AnswerScreenShare(
                command=self._turn.new_id(),
                case=self._case,
                ask=ask,
                answer=answer,
                answered_at=self._turn.now.wall,
                text_version=TEXT_VERSION,
                language=language,
                deadline_seconds=0,
            )
        )
