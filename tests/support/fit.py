"""Whether everything in a window can be read whole, and is big enough to be tapped."""

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from kiosk_app.ui.theme.tokens import LARGE_CAPITAL_MM
from kiosk_app.ui.widgets.key import Key

LEAST = 44  # px, WCAG 2.2, 2.5.5


def complaints(window: QWidget) -> list[str]:
    """What is cut off, too small or without a name among what is visible in ``window``."""
    found = []
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text().strip():
            found += _of_label(label)
    for key in window.findChildren(QAbstractButton):
        if key.isVisible():
            found += _of_key(key)
    for line in window.findChildren(QLineEdit):
        if line.isVisible() and not line.accessibleName():
            found.append(f"{line.objectName()} has no name")
    return found


def _of_label(label: QLabel) -> list[str]:
    width, height = label.width(), label.height()
    needs = label.heightForWidth(width) if label.wordWrap() else label.sizeHint().height()
    if needs > height + 1:
        return [f"{label.text()!r} needs {needs} px of height and has {height}"]
    if not label.wordWrap() and label.sizeHint().width() > width + 1:
        return [f"{label.text()!r} is wider than its {width} px"]
    return []


def _of_key(key: QAbstractButton) -> list[str]:
    found = []
    name = key.objectName() or key.text()
    if min(key.width(), key.height()) < LEAST:
        found.append(f"{name} is {key.width()}x{key.height()}")
    if isinstance(key, Key) and key.theme.large:
        # A long word may be smaller than the others; what counts is that it can be read.
        capital = QFontMetricsF(key.font_that_fits(key.width())).capHeight()
        if key.text() and capital < key.theme.mm(LARGE_CAPITAL_MM) - 1:
            found.append(f"{name} has capitals of {capital:.0f} px")
    elif key.width() < key.minimumSizeHint().width() and key.objectName():
        found.append(f"{name} is narrower than its longest word")
    if isinstance(key, Key) and key.text() and key.words_height() > key.height():
        found.append(f"{name} has words of {key.words_height()} px in {key.height()} px")
    if not (key.text() or key.accessibleName()):
        found.append(f"{name} has no name")
    parent = key.parentWidget()
    if parent is not None and not parent.rect().contains(key.geometry()):
        found.append(f"{name} sticks out of what it stands in")
    return found
