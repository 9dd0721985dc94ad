"""A call instead of a wait: a number left here, or this screen called when an agent is free.

The number goes to disk before anything is promised. What stays here of it is its last two digits.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import closing, events
from kiosk_app.case.core import Core
from kiosk_app.case.effects import KeepCallback
from kiosk_app.case.phase import Aside, Phase
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.ending import CallbackStep, CallbackView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.visit.asked_call import AskedCall
from kiosk_app.protocol.from_kiosk import LeaveCallback
from kiosk_app.protocol.shared import CallbackWay

_FROM = (Phase.MENU, Phase.QUEUE, Phase.JOINING, Phase.FAILURE)
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def callback_view(core: Core) -> CallbackView:
    """What is said of the number."""
    return CallbackView(core.asked_call.step, core.asked_call.tail)


def delivered(core: Core, command: str) -> None:
    """The office has it: from now on it is safe, whatever the disk does."""
    asked = core.asked_call
    if asked.command == command and asked.step is not CallbackStep.SENT:
        before, asked.step = asked.step, CallbackStep.SENT
        if before is not CallbackStep.KEPT:
            _settle(core)


def _settle(core: Core) -> None:
    """The call is promised: the case that waited for a person waits no more."""
    if core.phase in (Phase.MENU, Phase.QUEUE, Phase.JOINING):
        closing.end_for_call(core)
    elif core.aside is Aside.CALLBACK:
        core.leave_aside()


class Callback:
    """Presses for a call, and what became of the number."""

    def __init__(self, core: Core) -> None:
        self._core = core

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {
            events.CallbackPressed: self._pressed,
            events.CallbackNumberEntered: self._number_entered,
            events.CallbackKept: self._kept,
            events.CallKioskPressed: self._call_kiosk_pressed,
        }

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        return {Timer.CALLBACK: lambda: closing.to_till(self._core)}

    def _pressed(self, event: events.CallbackPressed) -> None:
        core = self._core
        if core.phase not in _FROM or core.asked_call.step is CallbackStep.KEEPING:
            return
        about = core.case.chat.first if core.case is not None else core.asked_call.about
        core.asked_call = AskedCall(about=about)
        core.step_aside(Aside.CALLBACK)

    def _number_entered(self, event: events.CallbackNumberEntered) -> None:
        core, asked = self._core, self._core.asked_call
        if core.aside is not Aside.CALLBACK or asked.step is not CallbackStep.ENTER:
            return
        if not _E164.fullmatch(event.number):
            return
        asked.command = core.turn.new_id()
        asked.step, asked.tail = CallbackStep.KEEPING, event.number[-2:]
        core.turn.do(
            KeepCallback(
                self._message(asked.command, core.turn.new_id(), CallbackWay.PHONE, event.number)
            )
        )

    def _kept(self, event: events.CallbackKept) -> None:
        asked = self._core.asked_call
        waited_for = (CallbackStep.KEEPING, CallbackStep.UNSAFE)  # a disk may take it late
        if asked.command != event.command or asked.step not in waited_for:
            return
        asked.step = CallbackStep.KEPT if event.on_disk else CallbackStep.UNSAFE
        if event.on_disk:
            _settle(self._core)

    def _call_kiosk_pressed(self, event: events.CallKioskPressed) -> None:
        """The till is free meanwhile: the sheet comes up again with whoever is on the way."""
        core = self._core
        if core.phase is not Phase.FAILURE:
            return
        about = core.asked_call.about
        closing.to_till(core)
        case = core.send_opening()
        core.asked_call.about = about
        command = core.turn.new_id()
        case.vital.add(command)
        core.turn.send(self._message(command, case.id, CallbackWay.KIOSK))
        case.call_here = True
        core.move(Phase.QUEUE)
        core.fold()
        core.keep_media(case)
        core.visit.set_case(case.id)
        core.turn.say(Notice.CALL_COMES)

    def _message(
        self, command: str, case: str, way: CallbackWay, number: str = ""
    ) -> LeaveCallback:
        core = self._core
        return LeaveCallback(
            command=command,
            case=case,
            visit=core.visit.id,
            asked_at=core.turn.now.wall,
            way=way,
            context=core.visit.context,
            number=number,
            about=core.asked_call.about,
        )
