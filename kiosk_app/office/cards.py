"""How a case looks in an agent's console."""

from kiosk_app.base.phone import read_phone
from kiosk_app.office.cases import Cases
from kiosk_app.office.figures import seconds
from kiosk_app.office.record import Callback, CaseRecord, Earlier, Share
from kiosk_app.protocol.shared import CasePhase
from kiosk_app.protocol.to_console import CallbackCard, CaseCard, EarlierCase, ShareState


def share_state(share: Share, cases: Cases) -> ShareState:
    left = None
    if share.state == "granted" and share.since is not None:
        gone = (cases.clock.wall() - share.since).total_seconds()
        # The kiosk's own clock is the one that counts; a wall clock that jumps back must not
        # show more here than was ever granted.
        left = seconds(min(share.seconds - gone, share.seconds))
    return ShareState(state=share.state, seconds_left=left, cause=share.cause, answer=share.answer)


def card(record: CaseRecord, cases: Cases, *, agent: str) -> CaseCard:
    """``record`` as ``agent`` sees it."""
    gone = cases.gone(record)
    answered, attempt = record.answered_seconds, None
    if record.phase is CasePhase.QUEUED:
        attempt = record.attempt if record.by_phone else cases.queue.attempt(record.case)
    return CaseCard(
        case=record.case,
        kiosk=record.kiosk,
        # A phone has no key: the session that its code was exchanged for vouches for it.
        kiosk_key="" if record.on_phone else cases.keys.get(record.kiosk, ""),
        phase=record.phase,
        attempt=attempt,
        agent_name=record.agent_name,
        mine=record.agent == agent,
        pressed_at=record.pressed_at,
        queued_at=record.queued_at,
        promised_seconds=record.promised_seconds,
        answered_seconds=None if answered is None else seconds(answered),
        first_text=record.first_text,
        context=record.context,
        share=share_state(record.share, cases),
        call=record.call,
        kiosk_gone_since=None if gone is None else gone.since,
        tags=record.tags,
        callback=_callback(record.callback),
        earlier=_earlier(record.earlier) or _waits_for_call(record, cases),
        safety=record.safety,
    )


def _callback(callback: Callback | None) -> CallbackCard | None:
    if callback is None:
        return None
    phone = read_phone(callback.number)
    return CallbackCard(
        way=callback.way,
        asked_at=callback.asked_at,
        number=callback.number,
        shown=phone.shown if phone else callback.number,
        missed_at=callback.missed_at,
    )


def _waits_for_call(record: CaseRecord, cases: Cases) -> EarlierCase | None:
    """The visit's call that nobody has made yet: whoever helps now should know of it."""
    if record.by_phone:
        return None
    for other in cases.of_kiosk(record.kiosk):
        if other.by_phone and not other.missed and other.visit == record.visit:
            return EarlierCase(case=other.case, pressed_at=other.pressed_at, waits_for_call=True)
    return None


def _earlier(earlier: Earlier | None) -> EarlierCase | None:
    if earlier is None:
        return None
    return EarlierCase(case=earlier.case, pressed_at=earlier.pressed_at, cause=earlier.cause)
