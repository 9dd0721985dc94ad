"""How a case looks in an agent's console."""

from kiosk_app.office.cases import Cases
from kiosk_app.office.figures import seconds
from kiosk_app.office.record import CaseRecord, Share
from kiosk_app.protocol.shared import CasePhase
from kiosk_app.protocol.to_console import CaseCard, ShareState


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
    gone = cases.presence.gone(record.kiosk)
    answered = record.answered_seconds
    return CaseCard(
        case=record.case,
        kiosk=record.kiosk,
        kiosk_key=cases.keys.get(record.kiosk, ""),
        phase=record.phase,
        attempt=cases.queue.attempt(record.case) if record.phase is CasePhase.QUEUED else None,
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
    )
