"""How a case closes, and where the screen is left: solved, given up, failed, moved, wiped."""

from kiosk_app.case.core import Core
from kiosk_app.case.effects import WipeTill
from kiosk_app.case.phase import Phase
from kiosk_app.case.talk.open_case import OpenedCase
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.visit.asked_call import AskedCall
from kiosk_app.protocol.call import CallEndCause
from kiosk_app.protocol.from_kiosk import CloseCase
from kiosk_app.protocol.shared import EndCause, ShareEndCause

FEEDBACK_SECONDS = 10.0  # said on the screen: "10 sek"
# The failure itself is said at once. A disk that takes longer hangs; saying "not saved" too early
# would be a lie.
SAVING_SECONDS = 3.0
CALLBACK_SECONDS = 30.0  # three lines, read three times at leisure
FAILURE_SECONDS = 300.0  # a notice without a code goes as one with a code does

_CASE_TIMERS = (
    Timer.MENU,
    Timer.LINK_GONE,
    Timer.ANSWER,
    Timer.ETA,
    Timer.JOINING,
    Timer.MEDIA,
    Timer.CONSENT,
    Timer.RENEWABLE,
    Timer.SHARE,
    Timer.LETTERS,
    Timer.CALL_OFFER,
    Timer.CALL_ANSWER,
    Timer.POINTER,
    Timer.HANDOFF,
    Timer.FEEDBACK,
    Timer.SAVING,
    Timer.FAILURE,
    Timer.CALLBACK,
)


def to_feedback(core: Core, case: OpenedCase, cause: EndCause) -> None:
    """The help is over and the shopper is asked how it went.

    What the shopper wrote too fast still goes where it is they who end it; where it was the agent,
    nobody would read it, and that is said.
    """
    if cause is EndCause.SHOPPER_ENDED:
        core.restraint.send_all()
    unsent = core.restraint.holds_lines
    core.end_share(ShareEndCause.CASE_ENDED)
    case.call.end(CallEndCause.CASE_ENDED)
    case.peer.stop()
    case.end_cause = cause
    core.restraint.case_over()
    core.turn.timers.cancel(*_CASE_TIMERS)
    core.move(Phase.FEEDBACK)
    core.folded = False
    restart_feedback(core, case)
    if unsent:
        core.turn.say(Notice.UNSENT)


def restart_feedback(core: Core, case: OpenedCase) -> None:
    """Ten seconds from now."""
    ends_at = core.turn.after(FEEDBACK_SECONDS)
    case.feedback = Countdown(FEEDBACK_SECONDS, ends_at)
    core.turn.timers.set(Timer.FEEDBACK, ends_at)


def finish(core: Core, cause: EndCause, *, told: bool = True) -> None:
    """End the case and go back to the till. ``told``: the office hears of it."""
    _close(core, cause, ShareEndCause.CASE_ENDED, told=told)
    core.turn.hush()
    to_till(core)


def to_till(core: Core) -> None:
    """No case, no sheet; the till as it was."""
    core.turn.timers.cancel(*_CASE_TIMERS)
    core.folded = False
    core.move(Phase.IDLE)


def end_for_call(core: Core) -> None:
    """The shopper waits for a call instead; that is said."""
    unsent = core.case is not None and core.case.chat.unsent
    _close(core, EndCause.CALLBACK, ShareEndCause.CASE_ENDED, told=True)
    core.turn.hush()
    if unsent:
        core.turn.say(Notice.UNSENT)
    core.turn.timers.cancel(*_CASE_TIMERS)
    core.turn.timers.set(Timer.CALLBACK, core.turn.after(CALLBACK_SECONDS))
    core.folded = False
    core.move(Phase.CALLBACK)


def hand_over(core: Core) -> None:
    """The case goes on elsewhere: nothing of it stays here, and the office knows."""
    core.restraint.send_all()
    _close(core, EndCause.SHOPPER_ENDED, ShareEndCause.CASE_ENDED, told=False)
    core.turn.hush()
    core.turn.timers.cancel(*_CASE_TIMERS)
    core.folded = False


def fail(core: Core, cause: ShareEndCause, *, about: str = "") -> None:
    """Nothing more can be done here: the cart goes to disk before more is said.

    ``about`` is what the shopper has just written, for whoever calls them.
    """
    core.asked_call = AskedCall(about=about or (core.case.chat.first if core.case else ""))
    unsent = core.case is not None and core.case.chat.unsent
    _close(core, EndCause.FAILED, cause, told=True)
    core.turn.hush()
    if unsent:
        core.turn.say(Notice.UNSENT)
    core.folded = False
    core.turn.timers.cancel(*_CASE_TIMERS)
    if core.visit.save():
        core.move(Phase.SAVING)
        core.turn.timers.set(Timer.SAVING, core.turn.after(SAVING_SECONDS))
    else:
        show_failure(core)


def show_failure(core: Core) -> None:
    """The notice, with the code if there is one."""
    core.turn.timers.cancel(Timer.SAVING)
    code = core.visit.cart_code
    ends_at = code.ends_at if code else core.turn.after(FAILURE_SECONDS)
    core.turn.timers.set(Timer.FAILURE, ends_at)
    core.move(Phase.FAILURE)


def end_visit(core: Core) -> None:
    """The shopper is gone: nothing of them stays."""
    for tell in core.before_visit_ends:
        tell()
    cause = EndCause.NEW_CUSTOMER
    if core.case is not None and core.phase is Phase.FEEDBACK:
        cause = core.case.end_cause
    _close(core, cause, ShareEndCause.CASE_ENDED, told=True)
    core.turn.hush()
    to_till(core)
    core.visit.end()
    core.asked_call = AskedCall()
    core.turn.do(WipeTill())
    for forget in core.after_visit_ended:
        forget()
    core.confided = False


def _close(core: Core, cause: EndCause, share: ShareEndCause, *, told: bool) -> None:
    case = core.case
    if case is None:
        return
    core.end_share(share)
    case.call.end(CallEndCause.CASE_ENDED)
    case.peer.stop()
    if told:
        core.turn.send(
            CloseCase(
                command=core.turn.new_id(),
                case=case.id,
                cause=cause,
                ended_at=core.turn.now.wall,
                article=case.solved_by,
            )
        )
    core.case = None
    core.visit.reason = None
    core.visit.set_case(None)
    for forget in core.on_close:
        forget()
