"""Somebody is locked in, afraid or hurt: past menu, limits and queue, to a person's voice.

Nothing here is ever refused, and nothing of it ends in a mere notice: while nobody can be reached
the screen says whom to call instead.
"""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import closing
from kiosk_app.case.core import Core
from kiosk_app.case.course.waiting import begin
from kiosk_app.case.phase import WITH_OFFICE, Aside, LinkState, Phase
from kiosk_app.case.presses import SafetyPressed
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.visit import SafetyView
from kiosk_app.protocol.call import CallKind
from kiosk_app.protocol.from_kiosk import JoinQueue


class Safety:
    def __init__(self, core: Core) -> None:
        self._core = core

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {SafetyPressed: self._pressed}

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        return {}

    @property
    def view(self) -> SafetyView | None:
        core = self._core
        if core.aside is not Aside.SAFETY or core.case is None:
            return None
        return SafetyView(
            reached=core.link is not LinkState.DOWN and not core.case.nobody,
            number=core.settings.store_phone,
        )

    def _pressed(self, event: SafetyPressed) -> None:
        core = self._core
        if core.phase is Phase.FEEDBACK and core.case is not None:
            closing.finish(core, core.case.end_cause)  # that case is over; this is another
        case = core.case
        if case is None:
            closing.to_till(core)  # a notice of something that failed says less than what follows
            case = core.send_opening()
        if not case.safety:
            case.safety = True
            # Said by voice where there is one: this press is the shopper's own.
            core.turn.timers.cancel(Timer.MENU, Timer.LINK_GONE)
            core.turn.send(
                JoinQueue(
                    command=core.turn.new_id(),
                    case=case.id,
                    promised_seconds=core.promised_seconds,
                    safety=True,
                )
            )
            if core.phase not in WITH_OFFICE:
                core.move(Phase.QUEUE)
                begin(core, case)
                core.keep_media(case)
            case.call.wish(CallKind.VOICE)
            core.visit.set_case(case.id)
        core.step_aside(Aside.SAFETY if core.phase is Phase.QUEUE else Aside.NONE)
        core.unfold()
