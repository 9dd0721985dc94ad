"""Everything can be read whole and tapped, in both orientations and languages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk_app.case.view.chat import ChatLine, ChatView, LettersView
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.ending import FailureView, FeedbackView
from kiosk_app.case.view.handoff import HandoffState, HandoffView, MovedView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.share import ConsentView, ShareView
from kiosk_app.case.view.wait import JoiningView, LateReason, QueueView
from kiosk_app.protocol.handoff import LeftCart
from kiosk_app.protocol.shared import Author
from kiosk_app.ui.overlay.writing import WritingLine
from tests.support.fit import complaints as complaints_in
from tests.support.help import article_view, found_view, menu_view, shipped
from tests.support.screens import settle
from tests.ui.overlay.conftest import LANDSCAPE, PORTRAIT, Stage, make_stage


def every_view(stage: Stage, language: str) -> Iterator[tuple[str, View]]:
    now = stage.clock.monotonic()
    lines = (
        ChatLine("1", Author.AGENT, "Lisa", "Hej! Jag ser din korg. Hur kan jag hjälpa?", True),
        ChatLine("2", Author.SHOPPER, "", "Kortet nekas fast det finns pengar", False),
    )
    chat = ChatView("Lisa", lines, agent_typing=True)
    letters = LettersView("Lisa", live=True, remote="Vad står det? " * 9, local="Det står " * 9)
    parts: dict[str, dict[str, object]] = {
        "menu": {"sheet": Sheet.MENU},
        "topic": {"sheet": Sheet.MENU, "menu": menu_view(language, topic=1)},
        "found": {"sheet": Sheet.MENU, "menu": found_view(language, "kvitto", "retur")},
        "nothing": {"sheet": Sheet.MENU, "menu": found_view(language)},
        **{
            article.id: {"sheet": Sheet.MENU, "menu": article_view(language, article.id)}
            for article in shipped().articles
        },
        "queue": {"sheet": Sheet.QUEUE, "queue": QueueView(1, Countdown(60, now + 20), True)},
        "late": {
            "sheet": Sheet.QUEUE,
            "queue": QueueView(None, Countdown(60, now), False),
            "notice": Notice.LINK_LOST,
        },
        "joining": {
            "sheet": Sheet.JOINING,
            "joining": JoiningView("Lisa", Countdown(30, now + 9)),
        },
        "past the promise": {
            "sheet": Sheet.QUEUE,
            "queue": QueueView(2, Countdown(60, now + 95), True, LateReason.OTHERS, 60),
        },
        "nobody": {
            "sheet": Sheet.QUEUE,
            "queue": QueueView(2, None, True, LateReason.NOBODY, 60),
            "notice": Notice.PLACE_LATER,
        },
        "late to join": {
            "sheet": Sheet.JOINING,
            "joining": JoiningView("Lisa", Countdown(30, now), late=True),
        },
        "chat": {"sheet": Sheet.CHAT, "chat": chat},
        "letters": {"sheet": Sheet.CHAT, "chat": chat, "letters": letters},
        "hidden letters": {
            "sheet": Sheet.CHAT,
            "chat": chat,
            "letters": replace(letters, on=False, remote="", local=""),
        },
        "broken letters": {
            "sheet": Sheet.CHAT,
            "chat": chat,
            "letters": replace(letters, live=False),
        },
        "consent": {
            "sheet": Sheet.CONSENT,
            "consent": ConsentView("a", "Lisa", Countdown(30, now + 20), now),
        },
        "phone": {
            "sheet": Sheet.HANDOFF,
            "handoff": HandoffView(
                HandoffState.READY, "https://help.example.se/p#abc", Countdown(300, now + 271)
            ),
        },
        "no code": {"sheet": Sheet.HANDOFF, "handoff": HandoffView(HandoffState.FAILED)},
        "code over": {"sheet": Sheet.HANDOFF, "handoff": HandoffView(HandoffState.EXPIRED)},
        "moved": {"sheet": Sheet.MOVED, "moved": MovedView("Lisa", LeftCart.HELD)},
        "moved, lost": {"sheet": Sheet.MOVED, "moved": MovedView("", LeftCart.LOST)},
        "feedback": {
            "sheet": Sheet.FEEDBACK,
            "feedback": FeedbackView("Lisa", Countdown(10, now + 8), "https://kiosk.example/r/1"),
        },
        "saving": {"sheet": Sheet.SAVING},
        "failure": {
            "sheet": Sheet.FAILURE,
            "failure": FailureView("4821", Countdown(300, now + 290), False, True),
        },
        "unsaved": {"sheet": Sheet.FAILURE, "failure": FailureView(None, None, False, True)},
        "share": {"share": ShareView("Lisa", Countdown(300, now + 42), True, True)},
    }
    for name, part in parts.items():
        yield name, View(language=language, phone=True, **part)  # type: ignore[arg-type]  # the parts fit by name


def complaints(stage: Stage) -> list[str]:
    found = complaints_in(stage.overlay) + complaints_in(stage.banner)
    sheet = stage.overlay.sheet
    if stage.overlay.isVisible() and not stage.overlay.rect().contains(sheet.geometry()):
        found.append("the sheet is not inside its area")
    return found


@pytest.mark.en301549("WCAG 2.5.8")
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, (608, 1080)], ids=str)
def test_nothing_is_cut_off_or_too_small(
    qtbot: QtBot, size: tuple[int, int], language: str
) -> None:
    stage = make_stage(qtbot, size, language=language)
    wrong = []
    for name, view in every_view(stage, language):
        stage.show(view)
        settle()
        wrong += [f"{name}: {complaint}" for complaint in complaints(stage)]
        if name in (
            "menu",
            "found",
            "nothing",
            "queue",
            "chat",
            "letters",
            "hidden letters",
            "feedback",
        ):
            line = next(w for w in stage.window.findChildren(WritingLine) if w.isVisible())
            line.touched.emit()
            settle()
            wrong += [f"{name} with keys: {complaint}" for complaint in complaints(stage)]
            stage.overlay._on_keyboard_hidden()
        stage.show(View(language=language))

    assert not wrong, "\n".join(wrong)
