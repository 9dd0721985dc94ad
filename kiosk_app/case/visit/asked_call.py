"""The call that this visit has asked for. It knows the end of the number, never all of it."""

from dataclasses import dataclass

from kiosk_app.case.view.ending import CallbackStep


@dataclass(slots=True)
class AskedCall:
    """``command`` is that of the message which carries the number, once there is one; ``about``
    is what the shopper had written in the case before."""

    step: CallbackStep = CallbackStep.ENTER
    command: str = ""
    tail: str = ""
    about: str = ""

    @property
    def promised(self) -> bool:
        """Whether the number is safe, here or at the office."""
        return self.step in (CallbackStep.KEPT, CallbackStep.SENT)
