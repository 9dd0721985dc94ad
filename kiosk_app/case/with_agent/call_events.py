"""What happens to the call of a case: the shopper's presses, the agent's word, the devices."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import events
from kiosk_app.case.core import Core
from kiosk_app.case.phase import WITH_OFFICE, LinkState, Phase
from kiosk_app.case.talk.call import OFFER_AGAIN_SECONDS, Calling
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.notice import Notice
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.call import CallDevice, CallEndCause, CallPhase


class CallEvents:
    """Refusing or ending a call never costs the help itself: the chat goes on in every case."""

    def __init__(self, core: Core) -> None:
        self._core = core

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {
            events.CallPressed: self._pressed,
            events.CallOfferAccepted: self._accepted,
            events.CallOfferRefused: self._refused,
            events.CallMutePressed: self._mute_pressed,
            events.CameraStopPressed: self._camera_stop_pressed,
            events.CallEndPressed: self._end_pressed,
            events.DeviceFailed: self._device_failed,
            to_kiosk.AskCall: self._asked,
            to_kiosk.EndCall: self._agent_ended,
        }

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        return {
            Timer.CALL_OFFER: self._offer_due,
            Timer.CALL_ANSWER: self._answer_over,
        }

    # The shopper ---------------------------------------------------------------------------------

    def _pressed(self, event: events.CallPressed) -> None:
        core, call = self._core, self._call
        gone = core.case is not None and core.case.peer.given_up
        if call is not None and core.phase in WITH_OFFICE and not gone:
            call.wish(event.kind)

    def _accepted(self, event: events.CallOfferAccepted) -> None:
        core, call = self._core, self._call
        if call is None or core.folded:
            return
        if core.can_call():
            call.accept(event.ask)
        else:
            call.withdraw()

    def _refused(self, event: events.CallOfferRefused) -> None:
        if self._call is not None:
            self._call.refuse(event.ask)

    def _mute_pressed(self, event: events.CallMutePressed) -> None:
        if self._call is not None:
            self._call.mute()

    def _camera_stop_pressed(self, event: events.CameraStopPressed) -> None:
        if self._call is not None:
            self._call.stop_camera()

    def _end_pressed(self, event: events.CallEndPressed) -> None:
        if self._call is not None:
            self._call.end(CallEndCause.SHOPPER_ENDED)

    # The agent -----------------------------------------------------------------------------------

    def _asked(self, message: to_kiosk.AskCall) -> None:
        core, case = self._core, self._core.case
        if case is None or case.id != message.case:
            return
        # One question at a time: what may be seen of the screen is being asked just now.
        allowed = core.can_call() and case.sharing.pending is None
        if case.call.ask(message.ask, message.kind, message.reason, allowed=allowed):
            core.unfold()

    def _agent_ended(self, message: to_kiosk.EndCall) -> None:
        core, case = self._core, self._core.case
        if case is None or case.id != message.case:
            return
        case.call.withdraw()
        if case.call.phase is not CallPhase.ASKED and case.call.end(CallEndCause.AGENT_ENDED):
            core.turn.say(Notice.CALL_ENDED)

    # The devices ---------------------------------------------------------------------------------

    def _device_failed(self, event: events.DeviceFailed) -> None:
        core, call = self._core, self._call
        if call is None or not call.uses(event.device):
            return
        call.failed(event.device)
        camera = event.device is CallDevice.CAMERA
        core.turn.say(Notice.CAMERA_MISSING if camera else Notice.CALL_ENDED)

    # The clock -----------------------------------------------------------------------------------

    def _offer_due(self) -> None:
        """A minute of text: would they rather talk?"""
        core, case = self._core, self._core.case
        if case is None or core.phase is not Phase.CHAT:
            return
        if case.sharing.pending is not None or core.link is not LinkState.UP:
            core.turn.timers.set(Timer.CALL_OFFER, core.turn.after(OFFER_AGAIN_SECONDS))
        elif core.can_call():
            case.call.suggest()

    def _answer_over(self) -> None:
        if self._call is not None:
            self._call.unanswered()

    @property
    def _call(self) -> Calling | None:
        return self._core.case.call if self._core.case is not None else None
