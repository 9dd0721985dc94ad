"""What the Hjälp button says: always true, never more than the office can keep."""

from kiosk_app.case.phase import WITH_OFFICE, LinkState, Phase
from kiosk_app.case.talk.open_case import OpenedCase
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.visit import RestView
from kiosk_app.protocol.policy import EVERYTHING, KioskPolicy


def help_view(
    phase: Phase,
    *,
    folded: bool,
    link: LinkState,
    promise_seconds: int | None,
    case: OpenedCase | None,
    policy: KioskPolicy = EVERYTHING,
    rest: RestView | None = None,
) -> HelpView:
    """The button's state. A folded menu promises again: the next press asks for help anew."""
    idle = HelpState.RESTING if rest is not None else HelpState.PROMISE
    if link is LinkState.DOWN:
        idle = HelpState.OFFLINE
    state = {
        Phase.IDLE: idle,
        Phase.MENU: idle if folded else HelpState.OPEN,
        Phase.QUEUE: HelpState.QUEUED,
        Phase.JOINING: HelpState.JOINING,
        Phase.CHAT: HelpState.AGENT,
        Phase.MOVED: HelpState.MOVED,
        Phase.FEEDBACK: HelpState.FEEDBACK,
        Phase.SAVING: HelpState.FAILED,
        Phase.FAILURE: HelpState.FAILED,
        Phase.CALLBACK: HelpState.FAILED,
    }[phase]
    if case is not None and case.call_here:
        state = HelpState.CALLING
    elif link is LinkState.DOWN and phase in WITH_OFFICE and not (case and case.call.live):
        state = HelpState.RECONNECTING
    return HelpView(
        state=state,
        promise_seconds=promise_seconds,
        agent_name=case.agent_name if case else "",
        position=case.position if case else None,
        unread=case.chat.unread if case and folded else 0,
        promised=policy.promise,
        rests_until=rest.until if rest else None,
        button=policy.button,
        offline=link is LinkState.DOWN,
        late=case.agent_late if case else False,
    )
