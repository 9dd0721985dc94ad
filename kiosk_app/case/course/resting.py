"""Help that rests: by an agent's word, or because one visit has asked for it again and again."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import closing
from kiosk_app.case.core import Core
from kiosk_app.case.phase import WITH_OFFICE
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.notice import Notice
from kiosk_app.protocol.shared import EndCause
from kiosk_app.protocol.to_kiosk import HelpPaused


class Resting:
    """The office's word, and the clock's. Somebody in danger is not paused."""

    def __init__(self, core: Core) -> None:
        self._core = core
        core.on_close.append(core.restraint.case_over)
        core.after_visit_ended.append(core.restraint.visit_over)

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {HelpPaused: self._paused}

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        restraint = self._core.restraint
        return {Timer.REST: restraint.rested, Timer.HELD: restraint.send_held}

    def _paused(self, message: HelpPaused) -> None:
        core, case = self._core, self._core.case
        core.restraint.pause(message.seconds)
        if message.seconds and case is not None and not case.safety and core.phase in WITH_OFFICE:
            unsent = core.restraint.holds_lines
            closing.finish(core, EndCause.PAUSED)
            core.turn.say(Notice.PAUSED_UNSENT if unsent else Notice.HELP_PAUSED)
