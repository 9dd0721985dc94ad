"""How a case looks in an agent's console."""

from kiosk_app.base.clock import Clock
from kiosk_app.base.phone import read_phone
from kiosk_app.office.cases import Cases
from kiosk_app.office.figures import seconds
from kiosk_app.office.kiosk_keys import KioskKeys
from kiosk_app.office.queue import Queue
from kiosk_app.office.record import Callback, CaseRecord, Earlier, Share
from kiosk_app.office.shoppers import Shoppers
from kiosk_app.protocol.shared import CasePhase
from kiosk_app.protocol.to_console import CallbackCard, CaseCard, EarlierCase, ShareState


class Cards:
    """Looks only; changes nothing."""

    def __init__(
        self, cases: Cases, queue: Queue, shoppers: Shoppers, keys: KioskKeys, clock: Clock
    ) -> None:
        self._cases = cases
        self._queue = queue
        self._shoppers = shoppers
        self._keys = keys
        self._clock = clock

    def card(self, record: CaseRecord, *, agent: str) -> CaseCard:
        """``record`` as ``agent`` sees it."""
        gone = self._shoppers.gone(record)
        answered, attempt = record.answered_seconds, None
        if record.phase is CasePhase.QUEUED:
            attempt = record.attempt if record.by_phone else self._queue.attempt(record.case)
        return CaseCard(
            case=record.case,
            kiosk=record.kiosk,
            # A phone has no key: the session that its code was exchanged for vouches for it.
            kiosk_key="" if record.on_phone else self._keys.of(record.kiosk),
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
            share=self._share(record.share),
            call=record.call,
            kiosk_gone_since=None if gone is None else gone.since,
            tags=record.tags,
            callback=_callback(record.callback),
            earlier=_earlier(record.earlier) or self._waits_for_call(record),
            safety=record.safety,
        )

    def _share(self, share: Share) -> ShareState:
        left = None
        if share.state == "granted" and share.since is not None:
            gone = (self._clock.wall() - share.since).total_seconds()
            # The kiosk's own clock is the one that counts; a wall clock that jumps back must not
            # show more here than was ever granted.
            left = seconds(min(share.seconds - gone, share.seconds))
        return ShareState(
            state=share.state, seconds_left=left, cause=share.cause, answer=share.answer
        )

    def _waits_for_call(self, record: CaseRecord) -> EarlierCase | None:
        """The visit's call that nobody has made yet: whoever helps now should know of it."""
        if record.by_phone:
            return None
        for other in self._cases.of_kiosk(record.kiosk):
            if other.by_phone and not other.missed and other.visit == record.visit:
                return EarlierCase(
                    case=other.case, pressed_at=other.pressed_at, waits_for_call=True
                )
        return None


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


def _earlier(earlier: Earlier | None) -> EarlierCase | None:
    if earlier is None:
        return None
    return EarlierCase(case=earlier.case, pressed_at=earlier.pressed_at, cause=earlier.cause)
