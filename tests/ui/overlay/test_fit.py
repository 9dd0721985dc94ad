"""Everything can be read whole and tapped, in both orientations and languages."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from kiosk_app.case.view import (
    ChatLine,
    ChatView,
    ConsentView,
    Countdown,
    FailureView,
    FeedbackView,
    JoiningView,
    Notice,
    QueueView,
    ShareView,
    Sheet,
    View,
)
from kiosk_app.protocol.shared import Author
from tests.ui.overlay.conftest import LANDSCAPE, PORTRAIT, Stage, make_stage

LEAST = 44


def every_view(stage: Stage, language: str) -> Iterator[tuple[str, View]]:
    now = stage.clock.monotonic()
    lines = (
        ChatLine("1", Author.AGENT, "Lisa", "Hej! Jag ser din korg. Hur kan jag hjälpa?", True),
        ChatLine("2", Author.SHOPPER, "", "Kortet nekas fast det finns pengar", False),
    )
    chat = ChatView("Lisa", lines, agent_typing=True)
    parts: dict[str, dict[str, object]] = {
        "menu": {"sheet": Sheet.MENU},
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
        "chat": {"sheet": Sheet.CHAT, "chat": chat},
        "consent": {
            "sheet": Sheet.CONSENT,
            "consent": ConsentView("a", "Lisa", Countdown(30, now + 20), now),
        },
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
        yield name, View(language=language, **part)  # type: ignore[arg-type]  # the parts fit by name


def complaints(stage: Stage) -> list[str]:
    found = []
    for label in stage.window.findChildren(QLabel):
        if not label.isVisible() or not label.text().strip():
            continue
        width, height = label.width(), label.height()
        needs = label.heightForWidth(width) if label.wordWrap() else label.sizeHint().height()
        if needs > height + 1:
            found.append(f"{label.text()!r} needs {needs} px of height and has {height}")
        if not label.wordWrap() and label.sizeHint().width() > width + 1:
            found.append(f"{label.text()!r} is wider than its {width} px")
    for key in stage.window.findChildren(QAbstractButton):
        if not key.isVisible() or key is stage.pay:
            continue
        name = key.objectName() or key.text()
        if min(key.width(), key.height()) < LEAST:
            found.append(f"{name} is {key.width()}x{key.height()}")
        if key.width() < key.minimumSizeHint().width() and key.objectName():
            found.append(f"{name} is narrower than its longest word")
        if not (key.text() or key.accessibleName()):
            found.append(f"{name} has no name")
    for line in stage.window.findChildren(QLineEdit):
        if line.isVisible() and not line.accessibleName():
            found.append(f"{line.objectName()} has no name")
    sheet = stage.overlay.sheet
    if stage.overlay.isVisible() and not stage.overlay.rect().contains(sheet.geometry()):
        found.append("the sheet is not inside its area")
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, (608, 1080)], ids=str)
def test_nothing_is_cut_off_or_too_small(
    qtbot: QtBot, size: tuple[int, int], language: str
) -> None:
    stage = make_stage(qtbot, size, language=language)
    wrong = []
    for name, view in every_view(stage, language):
        stage.show(view)
        qtbot.wait(1)
        wrong += [f"{name}: {complaint}" for complaint in complaints(stage)]
        if name == "menu":
            for number in range(4):
                stage.overlay.menu.topics[number].click()
                qtbot.wait(1)
                wrong += [f"article {number}: {complaint}" for complaint in complaints(stage)]
                stage.overlay.menu.escape()
        if name in ("menu", "queue", "chat", "feedback"):
            stage.overlay._on_line_touched()
            qtbot.wait(1)
            wrong += [f"{name} with keys: {complaint}" for complaint in complaints(stage)]
            stage.overlay._on_keyboard_hidden()
        stage.show(View(language=language))

    assert not wrong, "\n".join(wrong)
