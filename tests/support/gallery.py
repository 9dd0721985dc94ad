"""Every screen that there is, in every variant: ``python -m tests.support.gallery FOLDER``.

Writes one contact sheet for each variant, ``FOLDER/<variant>.png``, and the pictures it is made
of in a folder beside it. A new screen is added to ``OVERLAY_SCREENS`` here, or to
``TILL_SCREENS`` in ``screens``.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw, ImageFont

from kiosk_app.case.view.agent import PointerView
from kiosk_app.case.view.button import HelpState, HelpView
from kiosk_app.case.view.chat import ChatLine, ChatView, LettersView
from kiosk_app.case.view.ending import CallbackStep, CallbackView, FailureView, FeedbackView
from kiosk_app.case.view.handoff import HandoffState, HandoffView, MovedView
from kiosk_app.case.view.menu import MenuView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.share import ConsentView, ShareView
from kiosk_app.case.view.visit import LeavingView, OfferView, RestView, SafetyView
from kiosk_app.case.view.wait import JoiningView, LateReason, OpeningView, QueueView
from kiosk_app.protocol.handoff import LeftCart
from kiosk_app.protocol.shared import Author, HelpReason
from kiosk_app.ui.looks import Looks
from tests.support.call_screens import CALL_SCREENS
from tests.support.help import article_view, found_view, menu_view, with_menu
from tests.support.pseudo import LONG, RIGHT_TO_LEFT, spoken
from tests.support.screens import LANDSCAPE, PORTRAIT, TILL_SCREENS, Stage, settle, stage

LISA = "Lisa"
OPENING = OpeningView(time(6, 30), time(22, 30), date(2026, 11, 25), days_ahead=2)
PHONE_URL = "https://help.example.se/p#Zt3pQvW0c1Hn8sKjUe2yXbRaMdLoGfTi"
LINES = (
    ChatLine("1", Author.AGENT, LISA, "Hej! Jag ser din korg. Hur kan jag hjälpa?", True),
    ChatLine("2", Author.SHOPPER, "", "Kortet nekas fast det finns pengar", False),
)


def _menu(at: Stage) -> View:
    return _help(menu_view(at.language))


def _help(menu: MenuView) -> View:
    return View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN), menu=menu)


def _queue(at: Stage) -> View:
    return View(
        sheet=Sheet.QUEUE,
        queue=QueueView(1, at.countdown(60, 20), text_sent=True),
        help=HelpView(HelpState.QUEUED, position=1),
    )


def _nobody(at: Stage) -> View:
    return View(
        sheet=Sheet.QUEUE,
        queue=QueueView(1, None, True, LateReason.NOBODY),
        opening=OPENING,
        help=HelpView(HelpState.QUEUED, position=1),
    )


def _late(at: Stage) -> View:
    return View(
        sheet=Sheet.QUEUE,
        queue=QueueView(2, at.countdown(60, 35), True, LateReason.OTHERS, promised_seconds=60),
        notice=Notice.WAIT_GREW,
        help=HelpView(HelpState.QUEUED, position=2),
    )


def _late_to_join(at: Stage) -> View:
    return View(
        sheet=Sheet.JOINING,
        joining=JoiningView(LISA, at.countdown(20, 0), late=True),
        help=HelpView(HelpState.JOINING, agent_name=LISA, late=True),
    )


def _link_lost(at: Stage) -> View:
    return View(
        sheet=Sheet.QUEUE,
        queue=QueueView(None, at.countdown(60, 0), text_sent=False),
        notice=Notice.LINK_LOST,
        help=HelpView(HelpState.RECONNECTING),
    )


def _joining(at: Stage) -> View:
    return View(
        sheet=Sheet.JOINING,
        joining=JoiningView(LISA, at.countdown(30, 9)),
        help=HelpView(HelpState.JOINING, agent_name=LISA),
    )


def _with_lisa(**parts: object) -> View:
    chat = ChatView(LISA, LINES, agent_typing=True)
    help_view = HelpView(HelpState.AGENT, agent_name=LISA)
    return View(**{"chat": chat, "help": help_view} | parts)  # type: ignore[arg-type]  # by name


def _chat(at: Stage) -> View:
    return _with_lisa(sheet=Sheet.CHAT)


def _letters(at: Stage) -> View:
    letters = LettersView(LISA, live=True, remote="Vad står det på termin", local="Det står: kö")
    return _with_lisa(sheet=Sheet.CHAT, letters=letters)


def _letters_broken(at: Stage) -> View:
    remote = "Vad står det på terminalen? " * 4 + "\ufffd"
    return _with_lisa(sheet=Sheet.CHAT, letters=LettersView(LISA, live=False, remote=remote))


def _letters_hidden(at: Stage) -> View:
    return _with_lisa(sheet=Sheet.CHAT, letters=LettersView(LISA, live=True, on=False))


def _consent(at: Stage) -> View:
    question = ConsentView("ask", LISA, at.countdown(30, 20), at.clock.monotonic())
    return _with_lisa(sheet=Sheet.CONSENT, consent=question)


def _sharing(at: Stage) -> View:
    share = ShareView(LISA, at.countdown(300, 260), live=True, renewable=False)
    return _with_lisa(sheet=Sheet.CHAT, folded=True, share=share)


def _last_minute(at: Stage) -> View:
    share = ShareView(LISA, at.countdown(300, 42), live=True, renewable=True)
    return _with_lisa(sheet=Sheet.CHAT, share=share)


def _pointing(at: Stage) -> View:
    share = ShareView(LISA, at.countdown(300, 200), live=True, renewable=False)
    pointer = PointerView(LISA, 0.4, 0.93)
    return _with_lisa(sheet=Sheet.CHAT, folded=True, share=share, pointer=pointer)


def _feedback(at: Stage) -> View:
    asked = FeedbackView(LISA, at.countdown(10, 8), "https://kiosk.example/receipt#" + "x" * 600)
    return View(sheet=Sheet.FEEDBACK, feedback=asked, help=HelpView(HelpState.FEEDBACK))


def _queue_with_phone(at: Stage) -> View:
    return View(
        sheet=Sheet.QUEUE,
        queue=QueueView(2, at.countdown(60, 35), True, LateReason.OTHERS, promised_seconds=60),
        help=HelpView(HelpState.QUEUED, position=2),
        phone=True,
    )


def _chat_with_phone(at: Stage) -> View:
    letters = LettersView(LISA, live=True)
    return _with_lisa(sheet=Sheet.CHAT, letters=letters, phone=True)


def _handoff(at: Stage) -> View:
    code = HandoffView(HandoffState.READY, PHONE_URL, at.countdown(300, 271))
    return _with_lisa(sheet=Sheet.HANDOFF, handoff=code)


def _handoff_over(at: Stage) -> View:
    return _with_lisa(sheet=Sheet.HANDOFF, handoff=HandoffView(HandoffState.EXPIRED))


def _moved(at: Stage) -> View:
    moved = MovedView(LISA, LeftCart.HELD)
    return View(sheet=Sheet.MOVED, moved=moved, help=HelpView(HelpState.MOVED))


def _saving(at: Stage) -> View:
    return View(sheet=Sheet.SAVING, help=HelpView(HelpState.FAILED))


def _failure(at: Stage) -> View:
    notice = FailureView("4821", at.countdown(300, 290), empty_cart=False, retry=True)
    return View(sheet=Sheet.FAILURE, failure=notice, help=HelpView(HelpState.FAILED))


def _call_promised(at: Stage) -> View:
    call = CallbackView(CallbackStep.KEPT, "67")
    notice = FailureView("4821", at.countdown(300, 290), empty_cart=False, retry=False, call=call)
    return View(
        sheet=Sheet.FAILURE,
        failure=notice,
        help=HelpView(HelpState.FAILED, offline=True),
        opening=OPENING,
    )


def _callback(step: CallbackStep) -> Callable[[Stage], View]:
    tail = "" if step is CallbackStep.ENTER else "67"
    return lambda at: View(
        sheet=Sheet.CALLBACK, callback=CallbackView(step, tail), help=HelpView(HelpState.FAILED)
    )


def _call_here(at: Stage) -> View:
    return View(
        sheet=Sheet.QUEUE,
        queue=QueueView(2, at.countdown(200, 180), True, call_here=True),
        help=HelpView(HelpState.CALLING),
    )


def _menu_offline(at: Stage) -> View:
    return View(sheet=Sheet.MENU, help=HelpView(HelpState.OPEN, offline=True), opening=OPENING)


def _unsaved(at: Stage) -> View:
    notice = FailureView(None, None, empty_cart=False, retry=True)
    return View(sheet=Sheet.FAILURE, failure=notice, help=HelpView(HelpState.FAILED))


def _safety(at: Stage) -> View:
    shown = SafetyView(reached=True, number="08-123 456 78")
    return View(sheet=Sheet.SAFETY, safety=shown, help=HelpView(HelpState.QUEUED, position=1))


def _safety_alone(at: Stage) -> View:
    shown = SafetyView(reached=False, number="08-123 456 78")
    return View(sheet=Sheet.SAFETY, safety=shown, help=HelpView(HelpState.RECONNECTING))


def _resting(at: Stage) -> View:
    until = datetime(2026, 1, 15, 13, 35, tzinfo=UTC)
    rest = RestView(until, by_agent=True)
    return with_menu(View(sheet=Sheet.MENU, rest=rest, help=HelpView(HelpState.OPEN)), at.language)


def _offered(at: Stage) -> View:
    return View(offer=OfferView(HelpReason.DECLINES))


def _leaving(at: Stage) -> View:
    return View(leaving=LeavingView(at.countdown(20, 17), cart=True))


def _leaving_menu(at: Stage) -> View:
    leaving = LeavingView(at.countdown(20, 17), cart=True)
    shown = View(sheet=Sheet.MENU, leaving=leaving, help=HelpView(HelpState.OPEN))
    return with_menu(shown, at.language)


OVERLAY_SCREENS: dict[str, Callable[[Stage], View]] = {
    "menu": _menu,
    "menu-topic": lambda at: _help(menu_view(at.language, topic=1)),
    "menu-found": lambda at: _help(found_view(at.language, "kvitto", "retur")),
    "menu-nothing-found": lambda at: _help(found_view(at.language)),
    "article": lambda at: _help(article_view(at.language)),
    "article-long": lambda at: _help(article_view(at.language, "gick-kopet-igenom")),
    "queue": _queue,
    "queue-nobody": _nobody,
    "queue-late": _late,
    "queue-link-lost": _link_lost,
    "joining": _joining,
    "joining-late": _late_to_join,
    "chat": _chat,
    "chat-letters": _letters,
    "chat-letters-broken": _letters_broken,
    "chat-letters-hidden": _letters_hidden,
    "consent": _consent,
    "sharing": _sharing,
    "sharing-last-minute": _last_minute,
    "pointing": _pointing,
    "feedback": _feedback,
    "queue-phone": _queue_with_phone,
    "chat-phone": _chat_with_phone,
    "handoff": _handoff,
    "handoff-over": _handoff_over,
    "moved": _moved,
    "saving": _saving,
    "failure": _failure,
    "failure-unsaved": _unsaved,
    "failure-call": _call_promised,
    "menu-offline": _menu_offline,
    "callback": _callback(CallbackStep.ENTER),
    "callback-promised": _callback(CallbackStep.KEPT),
    "callback-unsafe": _callback(CallbackStep.UNSAFE),
    "call-here": _call_here,
    **CALL_SCREENS,
    "safety": _safety,
    "safety-alone": _safety_alone,
    "resting": _resting,
    "offered": _offered,
    "leaving": _leaving,
    "leaving-menu": _leaving_menu,
}
"""What help shows, by name; call the value with a stage and show what it gives."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of looking at every screen."""

    name: str
    size: tuple[int, int]
    language: str
    looks: Looks = field(default_factory=Looks)

    def screens(self) -> Iterator[tuple[str, Stage]]:
        """Every screen, one after the other, by its name. Needs a QApplication."""
        for name, arrange in TILL_SCREENS.items():
            with self._stage() as at:
                arrange(at)
                settle()
                yield name, at
        with self._stage() as at:
            at.fill()
            for name, make in OVERLAY_SCREENS.items():
                at.show(make(at))
                settle()
                yield name, at
                at.show(View())

    @contextmanager
    def _stage(self) -> Iterator[Stage]:
        with stage(self.size, self.language) as at:
            at.shell.aids.apply(self.looks)
            yield at


VARIANTS: tuple[Variant, ...] = tuple(
    Variant(f"{orientation}-{name}", size, language, looks)
    for orientation, size in (("portrait", PORTRAIT), ("landscape", LANDSCAPE))
    for name, language, looks in (
        ("sv", "sv", Looks()),
        ("en", "en", Looks()),
        ("contrast", "sv", Looks(contrast=True)),
        ("large", "sv", Looks(large=True)),
        ("large-en", "en", Looks(large=True, contrast=True)),
        ("low", "sv", Looks(low=True)),
        ("long", LONG, Looks()),
        ("rtl", RIGHT_TO_LEFT, Looks()),
    )
)


@contextmanager
def languages_of(variant: Variant, directory: Path) -> Iterator[None]:
    """A language that nobody speaks is there while it is looked at, made in ``directory``."""
    if variant.language not in (LONG, RIGHT_TO_LEFT):
        yield
        return
    with spoken(directory, variant.language):
        yield


def draw(variant: Variant, folder: Path) -> list[Path]:
    """A picture of every screen in ``variant``, in ``folder``. Needs a QApplication."""
    pictures = []
    with TemporaryDirectory() as catalogues, languages_of(variant, Path(catalogues)):
        for name, at in variant.screens():
            pictures.append(at.picture(folder / f"{name}.png"))
    return pictures


_ACROSS = {"portrait": 8, "landscape": 5}
_WIDTH = {"portrait": 270, "landscape": 480}
_GAP = 14
_LABEL = 30


def contact_sheet(pictures: list[Path], target: Path, orientation: str) -> None:
    """The pictures side by side, small, each with its name."""
    width, across = _WIDTH[orientation], _ACROSS[orientation]
    small = []
    for path in pictures:
        with Image.open(path) as whole:
            height = round(whole.height * width / whole.width)
            small.append((path.stem, whole.convert("RGB").resize((width, height))))
    height = max(picture.height for _, picture in small)
    rows = -(-len(small) // across)
    sheet = Image.new(
        "RGB",
        (across * (width + _GAP) + _GAP, rows * (height + _LABEL + _GAP) + _GAP),
        "#777777",
    )
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(18)
    for at, (name, picture) in enumerate(small):
        left = _GAP + at % across * (width + _GAP)
        top = _GAP + at // across * (height + _LABEL + _GAP)
        pen.text((left, top), name, fill="white", font=font)
        sheet.paste(picture, (left, top + _LABEL))
    sheet.save(target)


def main(folder: Path, *names: str) -> None:
    """Draw the variants called ``names``, or all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kiosk_app.ui.loop import open_application

    application = open_application()
    for variant in VARIANTS:
        if names and variant.name not in names:
            continue
        pictures = draw(variant, folder / variant.name)
        target = folder / f"{variant.name}.png"
        contact_sheet(pictures, target, variant.name.partition("-")[0])
        print(target, flush=True)
    del application


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit("Where to? python -m tests.support.gallery FOLDER [VARIANT...]")
    main(Path(sys.argv[1]), *sys.argv[2:])
