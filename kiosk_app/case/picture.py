"""The view of a machine's state, made anew after each event."""

from kiosk_app.case.consent import SHARE_SECONDS
from kiosk_app.case.core import Core
from kiosk_app.case.course.callback import callback_view
from kiosk_app.case.course.hours import next_opening
from kiosk_app.case.course.waiting import late_reason
from kiosk_app.case.help_button import help_view
from kiosk_app.case.phase import WITH_AGENT, Aside, LinkState, Phase
from kiosk_app.case.talk.call import Offerer
from kiosk_app.case.talk.open_case import OpenedCase
from kiosk_app.case.view.call import CallOfferView, CallView
from kiosk_app.case.view.chat import ChatView, LettersView
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.ending import CallbackView, FailureView, FeedbackView
from kiosk_app.case.view.menu import MenuView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.share import ConsentView, ShareView
from kiosk_app.case.view.visit import Loss
from kiosk_app.case.view.wait import JoiningView, QueueView
from kiosk_app.case.visit.cart_hold import HOLD_SECONDS
from kiosk_app.protocol.call import CallDevice, CallKind, CallPhase

_SHEETS = {
    Phase.IDLE: Sheet.NONE,
    Phase.MENU: Sheet.MENU,
    Phase.QUEUE: Sheet.QUEUE,
    Phase.JOINING: Sheet.JOINING,
    Phase.CHAT: Sheet.CHAT,
    Phase.MOVED: Sheet.MOVED,
    Phase.FEEDBACK: Sheet.FEEDBACK,
    Phase.SAVING: Sheet.SAVING,
    Phase.FAILURE: Sheet.FAILURE,
    Phase.CALLBACK: Sheet.CALLBACK,
}
_ASIDES = {
    Aside.MENU: Sheet.MENU,
    Aside.CALLBACK: Sheet.CALLBACK,
    Aside.HANDOFF: Sheet.HANDOFF,
    Aside.SAFETY: Sheet.SAFETY,
}


def picture(core: Core, menu: MenuView | None = None) -> View:
    """What the screen shows now; ``menu`` while it is open or may come up next."""
    case = core.case
    consent = _consent(case)
    return View(
        sheet=Sheet.CONSENT if consent else _ASIDES.get(core.aside, _SHEETS[core.phase]),
        folded=core.folded,
        language=core.visit.language,
        help=help_view(
            core.phase,
            folded=core.folded,
            link=core.link,
            promise_seconds=core.promise_seconds,
            case=case,
            policy=core.policy,
            rest=core.restraint.view,
        ),
        menu=menu,
        queue=_queue(case) if case and core.phase is Phase.QUEUE else None,
        joining=_joining(core),
        chat=_chat(case),
        letters=_letters(core),
        consent=consent,
        share=_share(case),
        call=_call(core),
        feedback=_feedback(core),
        failure=_failure(core) if core.phase is Phase.FAILURE else None,
        callback=_callback(core),
        opening=next_opening(core.hours, core.turn.now.wall.astimezone()),
        restore=core.visit.restore_view(),
        notice=core.turn.notice,
        share_ended=core.turn.share_ended,
        pointer=case.pointer if case and case.sharing.live else None,
        till_act=case.till_act if case and core.turn.notice is Notice.TILL_ACT else None,
        loss=_loss(core),
        paid=core.visit.step.bought,
    )


def _loss(core: Core) -> Loss:
    if core.visit.has_cart:
        return Loss.CART
    helped = core.case is not None and core.phase is not Phase.FEEDBACK
    return Loss.HELP if helped else Loss.NONE


def _queue(case: OpenedCase) -> QueueView:
    return QueueView(
        case.position,
        case.wait,
        case.chat.shopper_wrote,
        late=late_reason(case),
        promised_seconds=case.promised_seconds,
        call_here=case.call_here,
    )


def _joining(core: Core) -> JoiningView | None:
    case = core.case
    if core.phase is not Phase.JOINING or case is None or case.eta is None:
        return None
    return JoiningView(case.agent_name, case.eta, case.agent_late)


def _chat(case: OpenedCase | None) -> ChatView | None:
    if case is None:
        return None
    return ChatView(case.agent_name, case.chat.lines, case.agent_typing)


def _letters(core: Core) -> LettersView | None:
    case = core.case
    if case is None or not case.peer.letters.known:
        return None
    letters = case.peer.letters
    return LettersView(
        case.agent_name,
        live=letters.live,
        on=core.visit.letters_seen,
        remote=letters.heard,
        local=letters.sent,
        alerts=letters.alerts,
    )


def _consent(case: OpenedCase | None) -> ConsentView | None:
    pending = case.sharing.pending if case else None
    if pending is None:
        return None
    return ConsentView(pending.ask, pending.agent_name, pending.answer_within, pending.armed_at)


def _share(case: OpenedCase | None) -> ShareView | None:
    if case is None or case.sharing.grant is None:
        return None
    sharing, grant = case.sharing, case.sharing.grant
    left = Countdown(SHARE_SECONDS, grant.deadline)
    return ShareView(grant.agent_name, left, sharing.live, sharing.renewable)


def _call(core: Core) -> CallView | None:
    case = core.case
    if case is None or core.phase not in WITH_AGENT:
        return None
    call, offer = case.call, case.call.offer
    if offer is not None and offer.by is Offerer.KIOSK and core.link is not LinkState.UP:
        offer = None  # nobody is lured into what cannot begin before contact is back
    possible = core.can_call()
    return CallView(
        agent_name=case.agent_name,
        phase=CallPhase.NONE if call.phase is CallPhase.OFFERED else call.phase,
        kind=call.kind,
        muted=call.muted,
        camera=call.uses(CallDevice.CAMERA),
        voice=possible and call.can(CallKind.VOICE),
        video=possible and call.can(CallKind.VIDEO),
        offer=CallOfferView(
            ask=offer.ask,
            kind=offer.kind,
            reason=offer.reason,
            by_agent=offer.by is Offerer.AGENT,
            armed_at=offer.armed_at,
            answer_within=offer.answer_within,
        )
        if offer
        else None,
        cause=call.cause,
    )


def _feedback(core: Core) -> FeedbackView | None:
    case = core.case
    if case is None or case.feedback is None:
        return None
    return FeedbackView(case.agent_name, case.feedback, core.visit.receipt_url)


def _failure(core: Core) -> FailureView:
    shown = core.visit.cart_code
    return FailureView(
        code=shown.code if shown else None,
        hold=Countdown(HOLD_SECONDS, shown.ends_at) if shown else None,
        empty_cart=shown is None and not core.visit.has_cart,
        retry=core.link is LinkState.UP,
        call=callback_view(core) if core.asked_call.command else None,
    )


def _callback(core: Core) -> CallbackView | None:
    shown = core.aside is Aside.CALLBACK or core.phase is Phase.CALLBACK
    return callback_view(core) if shown else None
