"""The call's screens, in every state that looks different."""

from collections.abc import Callable

from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.call import CallOfferView, CallView
from kiosk_app.case.view.chat import ChatLine, ChatView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.share import ShareView
from kiosk_app.media.ports import Whose
from kiosk_app.protocol.call import CallKind, CallPhase, CallReason
from kiosk_app.protocol.shared import Author
from tests.support.screens import Stage

LISA = "Lisa"
_LINES = (
    ChatLine("1", Author.AGENT, LISA, "Hej! Jag ser din korg. Hur kan jag hjälpa?", True),
    ChatLine("2", Author.SHOPPER, "", "Kortet nekas fast det finns pengar", False),
)


class DrawnPicture:
    """A picture of one colour with a lighter middle, 640x480."""

    def __init__(self, red: int, green: int, blue: int) -> None:
        self._pixel = bytes((blue, green, red, 255))

    def read(self, use: Callable[[memoryview, int, int], None]) -> bool:
        light = bytes(min(255, part + 70) for part in self._pixel)
        row = self._pixel * 220 + light * 200 + self._pixel * 220
        use(
            memoryview(bytearray(self._pixel * 640 * 120 + row * 260 + self._pixel * 640 * 100)),
            640,
            480,
        )
        return True


def call_view(call: CallView, **parts: object) -> View:
    """The chat with ``call`` in it."""
    shown = {
        "sheet": Sheet.CHAT,
        "chat": ChatView(LISA, _LINES),
        "help": HelpView(HelpState.AGENT, agent_name=LISA),
        "call": call,
    }
    return View(**shown | parts)  # type: ignore[arg-type]  # by name


def _offer(at: Stage, kind: CallKind, reason: CallReason, *, by_agent: bool) -> CallOfferView:
    within = at.countdown(30, 21) if by_agent else None
    return CallOfferView("ask", kind, reason, by_agent, at.clock.monotonic(), within)


def _possible(at: Stage) -> View:
    return call_view(CallView(LISA))


def _suggested(at: Stage) -> View:
    offer = _offer(at, CallKind.VOICE, CallReason.GUIDANCE, by_agent=False)
    return call_view(CallView(LISA, offer=offer))


def _asked_to_see(at: Stage) -> View:
    offer = _offer(at, CallKind.VIDEO, CallReason.AGE_CHECK, by_agent=True)
    return call_view(CallView(LISA, offer=offer))


def _wished(at: Stage) -> View:
    return call_view(CallView(LISA, CallPhase.ASKED, CallKind.VOICE))


def _voice(at: Stage) -> View:
    view = call_view(CallView(LISA, CallPhase.LIVE, CallKind.VOICE))
    at.show(view)
    at.shell.show_sound(3, 7)
    return view


def _muted(at: Stage) -> View:
    return call_view(CallView(LISA, CallPhase.LIVE, CallKind.VOICE, muted=True))


def _more_asked(at: Stage) -> View:
    offer = _offer(at, CallKind.VIDEO, CallReason.VISUAL_FAULT, by_agent=True)
    return call_view(CallView(LISA, CallPhase.LIVE, CallKind.VOICE, offer=offer))


def _video(at: Stage) -> View:
    view = call_view(CallView(LISA, CallPhase.LIVE, CallKind.VIDEO, camera=True))
    at.show(view)
    at.shell.show_picture(Whose.AGENT, DrawnPicture(150, 110, 90))
    at.shell.show_picture(Whose.SHOPPER, DrawnPicture(60, 110, 150))
    at.shell.show_sound(6, 2)
    return view


def _folded(at: Stage) -> View:
    view = call_view(CallView(LISA, CallPhase.LIVE, CallKind.VOICE), folded=True)
    at.show(view)
    at.shell.show_sound(5, 0)
    return view


def _folded_and_shared(at: Stage) -> View:
    share = ShareView(LISA, at.countdown(300, 260), live=True, renewable=False)
    call = CallView(LISA, CallPhase.LIVE, CallKind.VIDEO, camera=True)
    return call_view(call, folded=True, share=share)


CALL_SCREENS: dict[str, Callable[[Stage], View]] = {
    "call-possible": _possible,
    "call-suggested": _suggested,
    "call-asked-to-see": _asked_to_see,
    "call-wished": _wished,
    "call-voice": _voice,
    "call-muted": _muted,
    "call-more-asked": _more_asked,
    "call-video": _video,
    "call-folded": _folded,
    "call-folded-and-shared": _folded_and_shared,
}
"""By name; call the value with a stage and show what it gives."""
