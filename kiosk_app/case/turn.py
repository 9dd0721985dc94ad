"""What the parts of the machine share while one event is handled."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from kiosk_app.case.effects import Effect, Send
from kiosk_app.case.events import Now
from kiosk_app.case.timers import Timer, Timers
from kiosk_app.case.view.notice import Notice
from kiosk_app.protocol.from_kiosk import FromKiosk
from kiosk_app.protocol.shared import ShareEndCause

NOTICE_SECONDS = 8.0  # read twice at leisure, gone before it is in the way


class Turn:
    """The time, fresh ids, the deadlines, the line that tells what just changed, and the effects
    collected so far."""

    def __init__(self, ids: Callable[[], str]) -> None:
        self.new_id = ids
        self.timers = Timers()
        self.now = Now(monotonic=0.0, wall=datetime(1970, 1, 1, tzinfo=UTC))
        self.notice: Notice | None = None
        self.share_ended: ShareEndCause | None = None
        self._effects: list[Effect] = []

    def do(self, effect: Effect) -> None:
        self._effects.append(effect)

    def send(self, message: FromKiosk) -> None:
        self._effects.append(Send(message))

    def take(self) -> tuple[Effect, ...]:
        """The effects so far, in order; the list starts over."""
        effects = tuple(self._effects)
        self._effects.clear()
        return effects

    def after(self, seconds: float) -> float:
        """The monotonic time ``seconds`` from now."""
        return self.now.monotonic + seconds

    def wall_after(self, seconds: float) -> datetime:
        return self.now.wall + timedelta(seconds=seconds)

    def say(self, notice: Notice, *, share_ended: ShareEndCause | None = None) -> None:
        """Show ``notice`` in place of the one before; it goes by itself, except LINK_LOST."""
        self.notice = notice
        self.share_ended = share_ended
        if notice is Notice.LINK_LOST:
            self.timers.cancel(Timer.NOTICE)
        else:
            self.timers.set(Timer.NOTICE, self.after(NOTICE_SECONDS))

    def hush(self) -> None:
        """No notice."""
        self.notice = None
        self.share_ended = None
        self.timers.cancel(Timer.NOTICE)
