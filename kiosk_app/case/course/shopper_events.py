"""What the shopper's hand does."""

from kiosk_app.case import closing, events
from kiosk_app.case.core import Core
from kiosk_app.case.course.waiting import begin
from kiosk_app.case.phase import WITH_AGENT, WITH_OFFICE, Aside, LinkState, Phase
from kiosk_app.case.talk.chat_log import clean_text
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.notice import Notice
from kiosk_app.protocol.from_kiosk import GiveFeedback, JoinQueue, SendChat
from kiosk_app.protocol.shared import Author, ChatMessage, EndCause, ShareAnswer, ShareEndCause

FOLDED_MENU_SECONDS = 60.0  # nobody is waiting for anything: no reason to keep a process running
FEEDBACK_CHARS = 500  # the wire's limit for it


class ShopperEvents:
    """Presses and keys. Nothing else makes a consent."""

    def __init__(self, core: Core) -> None:
        self._core = core

    # The sheet -----------------------------------------------------------------------------------

    def help_pressed(self, event: events.HelpPressed) -> None:
        core = self._core
        if core.phase in (Phase.SAVING, Phase.MOVED):
            return
        if core.phase is Phase.IDLE:
            core.open()
        elif core.folded:
            core.turn.timers.cancel(Timer.MENU)
            core.unfold()
        else:
            self._fold()

    def close_pressed(self, event: events.ClosePressed) -> None:
        core = self._core
        if core.folded:
            return
        if core.case is not None and core.case.sharing.pending is not None:
            core.case.sharing.shopper_refused(language=core.visit.language)
        elif core.aside is not Aside.NONE:
            core.leave_aside()
        elif core.phase is Phase.CALLBACK:
            closing.to_till(core)
        elif core.phase is Phase.MENU:
            closing.finish(core, EndCause.LEFT_MENU)
        elif core.phase is Phase.FEEDBACK:
            self._feedback_over()
        elif core.phase is Phase.FAILURE:
            closing.to_till(core)
        elif core.phase in WITH_OFFICE:
            self._fold()

    def leave_pressed(self, event: events.LeavePressed) -> None:
        core = self._core
        if core.phase is Phase.MENU:
            closing.finish(core, EndCause.LEFT_MENU)
        elif core.phase is Phase.QUEUE:
            closing.finish(core, EndCause.LEFT_QUEUE)
        elif core.case is not None and core.phase in WITH_AGENT:
            closing.to_feedback(core, core.case, EndCause.SHOPPER_ENDED)

    def new_customer_pressed(self, event: events.NewCustomerPressed) -> None:
        closing.end_visit(self._core)

    def language_chosen(self, event: events.LanguageChosen) -> None:
        core = self._core
        if event.language in core.settings.languages:
            core.visit.language = event.language
            core.tell_context()

    def retry_pressed(self, event: events.RetryPressed) -> None:
        core = self._core
        if core.phase is Phase.FAILURE and core.link is LinkState.UP:
            closing.to_till(core)
            core.open()

    # Words ---------------------------------------------------------------------------------------

    def talk_pressed(self, event: events.TalkPressed) -> None:
        core = self._core
        case = core.case
        if core.aside is Aside.MENU:
            # Back to the wait, with what was written while looking at the articles.
            core.leave_aside()
            self.chat_submitted(events.ChatSubmitted(event.text))
            return
        if case is None or core.phase is not Phase.MENU:
            return
        if core.link is LinkState.DOWN:
            closing.fail(core, ShareEndCause.LINK_LOST, about=clean_text(event.text))
            return
        if core.restraint.rest is not None:
            core.turn.say(Notice.HELP_PAUSED)
            return
        core.restraint.asked()
        core.turn.timers.cancel(Timer.MENU)
        message = self._written(event.text)
        command = core.turn.new_id()
        case.vital.add(command)
        if message is not None:
            case.chat.wrote(message.id, message.text, command=command)
        core.turn.send(
            JoinQueue(
                command=command,
                case=case.id,
                message=message,
                promised_seconds=core.promised_seconds,
            )
        )
        core.keep_media(case)
        core.move(Phase.QUEUE)
        begin(core, case)
        core.unfold()

    def chat_submitted(self, event: events.ChatSubmitted) -> None:
        core = self._core
        case = core.case
        if case is None or core.phase not in WITH_OFFICE:
            return
        message = self._written(event.text)
        if message is None:
            return
        command = core.turn.new_id()
        case.chat.wrote(message.id, message.text, command=command)
        case.peer.letters.submitted()

        def send() -> None:
            core.turn.send(SendChat(command=command, case=case.id, message=message))
            case.peer.chat(message)

        core.restraint.say(send)

    def _written(self, untrusted_text: str) -> ChatMessage | None:
        """A line of the shopper's, as every place of it will have it; None where it is empty."""
        text = clean_text(untrusted_text)
        if not text:
            return None
        return ChatMessage(
            id=self._core.turn.new_id(),
            author=Author.SHOPPER,
            name="",
            text=text,
            sent_at=self._core.turn.now.wall,
        )

    def shopper_typed(self, event: events.ShopperTyped) -> None:
        core = self._core
        if core.case is not None and core.phase in WITH_AGENT:
            core.case.peer.typing(event.typing)

    # Screen share --------------------------------------------------------------------------------

    def consent_approved(self, event: events.ConsentApproved) -> None:
        core = self._core
        case = core.case
        if case is None or case.sharing.pending is None or core.folded:
            return
        if not core.can_share():
            case.sharing.refuse(language=core.visit.language, ask=event.ask)
            return
        if case.sharing.approve(
            event.ask, language=core.visit.language, connected=case.peer.connected
        ):
            # Out of the way: it is the till that is to be seen and used.
            core.fold()

    def consent_refused(self, event: events.ConsentRefused) -> None:
        core = self._core
        if core.case is not None:
            core.case.sharing.shopper_refused(language=core.visit.language, ask=event.ask)

    def share_stop_pressed(self, event: events.ShareStopPressed) -> None:
        self._share_over(ShareEndCause.SHOPPER_STOPPED)

    def share_renew_pressed(self, event: events.ShareRenewPressed) -> None:
        core = self._core
        case = core.case
        if case is None or not case.sharing.renewable or case.sharing.pending is not None:
            return
        if case.sharing.ask(
            core.turn.new_id(),
            case.agent_name,
            language=core.visit.language,
            allowed=core.can_share(),
            by_shopper=True,
        ):
            core.unfold()

    # Afterwards ----------------------------------------------------------------------------------

    def feedback_given(self, event: events.FeedbackGiven) -> None:
        core = self._core
        if core.case is None or core.phase is not Phase.FEEDBACK or event.score not in range(1, 6):
            return
        core.turn.send(
            GiveFeedback(
                command=core.turn.new_id(),
                case=core.case.id,
                score=event.score,
                text=clean_text(event.text, FEEDBACK_CHARS),
            )
        )
        self._feedback_over()

    def feedback_touched(self, event: events.FeedbackTouched) -> None:
        core = self._core
        if core.case is not None and core.phase is Phase.FEEDBACK:
            closing.restart_feedback(core, core.case)

    def feedback_skipped(self, event: events.FeedbackSkipped) -> None:
        if self._core.phase is Phase.FEEDBACK:
            self._feedback_over()

    def cart_restore_pressed(self, event: events.CartRestorePressed) -> None:
        self._core.visit.restore()

    def cart_code_entered(self, event: events.CartCodeEntered) -> None:
        self._core.visit.enter_code(event.code)

    # The clock -----------------------------------------------------------------------------------

    def menu_over(self) -> None:
        """The menu has been folded away for long: the shopper found out by themselves."""
        closing.finish(self._core, EndCause.LEFT_MENU)

    def consent_over(self) -> None:
        """Nobody answered: that is a no."""
        core = self._core
        if core.case is not None and core.case.sharing.refuse(
            language=core.visit.language, answer=ShareAnswer.TIMED_OUT
        ):
            core.turn.say(Notice.CONSENT_TIMED_OUT)

    def feedback_over(self) -> None:
        self._feedback_over()

    def share_over(self) -> None:
        """The five minutes are over, whatever else is going on."""
        self._share_over(ShareEndCause.DEADLINE)

    def _share_over(self, cause: ShareEndCause) -> None:
        """A question whether to go on goes with the share: the office would not take its yes."""
        core = self._core
        if core.case is not None and core.case.sharing.grant is not None:
            core.end_share(cause)

    def _fold(self) -> None:
        core = self._core
        core.fold()
        if core.phase is Phase.MENU:
            core.turn.timers.set(Timer.MENU, core.turn.after(FOLDED_MENU_SECONDS))

    def _feedback_over(self) -> None:
        core = self._core
        if core.case is not None:
            closing.finish(core, core.case.end_cause)
