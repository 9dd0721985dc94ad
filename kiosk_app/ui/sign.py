"""The store's sign: one A4 sheet that says where help is, in the kiosk's own words and look."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageSize, QPainter, QPdfWriter

from kiosk_app.base.errors import KioskError
from kiosk_app.base.language import Words, languages, words
from kiosk_app.ui.theme import tokens
from kiosk_app.ui.widgets.icon import paint_icon

DPI = 300
PROMISE_SECONDS = 60  # what the button says as long as the office can keep it

# All in millimetres.
_WIDTH, _HEIGHT = 210.0, 297.0
_MARGIN = 18.0
_ROOM = _WIDTH - 2 * _MARGIN
_BAND = 128.0
_ICON = 44.0


class SignError(KioskError):
    """The sign could not be written; the message says what to do."""


class _Style(NamedTuple):
    """Letters of ``size`` mm, line height included, in a colour token."""

    size: float
    weight: int
    colour: str


_HELP = _Style(40, 800, "on_help")
_PRESS = _Style(13, 700, "on_help")
_PROMISE = _Style(12, 700, "ink")
_PRIVACY = _Style(7.2, 500, "ink_2")
_ALSO = _Style(6.6, 700, "ink")
_ALSO_PRIVACY = _Style(5.6, 500, "ink_2")
_STORE = _Style(7.6, 700, "spruce")


def print_sign(path: Path, store: str, language: str) -> None:
    """Write the sign of ``store`` to ``path`` as PDF: ``language`` large, the others below it.

    Needs a QGuiApplication, on whatever platform. Raises SignError or LanguageError.
    """
    first = words(language)
    others = [words(code) for code in languages() if code != language]
    try:
        path.open("ab").close()
    except OSError as error:
        # QPdfWriter itself does not say why.
        raise SignError(
            f"{path} cannot be written ({error.strerror}). No sign was made. Give another file "
            f"with --out."
        ) from error
    page = QPdfWriter(str(path))
    page.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    page.setPageMargins(QMarginsF(0, 0, 0, 0))
    page.setResolution(DPI)
    page.setTitle(first("Help"))
    page.setCreator("kiosk-app")
    painter = QPainter(page)
    try:
        _Sheet(painter, page.width() / _WIDTH).draw(store, first, others)
    finally:
        painter.end()


class _Sheet:
    """One page of ``dots`` device pixels per millimetre."""

    def __init__(self, painter: QPainter, dots: float) -> None:
        self._painter = painter
        self._dots = dots

    def draw(self, store: str, first: Words, others: list[Words]) -> None:
        self._fill("paper", 0, 0, _WIDTH, _HEIGHT)
        self._fill("help", 0, 0, _WIDTH, _BAND)
        icon = self._box(_MARGIN, 24, _ICON, _ICON)
        paint_icon(self._painter, "chat", tokens.NORMAL.on_help, icon)
        self._write(first, first("Help"), _HELP, 22, left=_MARGIN + _ICON + 10)
        self._write(first, first("Press the yellow button on the screen."), _PRESS, 82)
        at = self._write(first, _promise(first), _PROMISE, _BAND + 16)
        at = self._write(first, _privacy(first), _PRIVACY, at + 6)
        for say in others:
            self._fill("line", _MARGIN, at + 11, _ROOM, 0.5)
            at = self._write(say, say("Press the yellow button on the screen."), _ALSO, at + 20)
            at = self._write(say, _promise(say), _ALSO, at + 1)
            at = self._write(say, _privacy(say), _ALSO_PRIVACY, at + 2)
        self._write(first, store, _STORE, _HEIGHT - 26)

    def _fill(self, colour: str, left: float, top: float, width: float, height: float) -> None:
        box = self._box(left, top, width, height)
        self._painter.fillRect(box, QColor(getattr(tokens.NORMAL, colour)))

    def _write(
        self, say: Words, text: str, style: _Style, top: float, *, left: float = _MARGIN
    ) -> float:
        """Set ``text`` in the direction of its language; tells where it ends below."""
        font = QFont(list(tokens.FAMILIES))
        font.setPixelSize(round(style.size * self._dots))
        font.setWeight(QFont.Weight(style.weight))
        self._painter.setFont(font)
        self._painter.setPen(QColor(getattr(tokens.NORMAL, style.colour)))
        side = Qt.AlignmentFlag.AlignRight if say.right_to_left else Qt.AlignmentFlag.AlignLeft
        room = self._box(left, top, _WIDTH - _MARGIN - left, _HEIGHT - top)
        flags = int(side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        drawn = self._painter.boundingRect(room, flags, text)
        self._painter.drawText(room, flags, text)
        return top + drawn.height() / self._dots

    def _box(self, left: float, top: float, width: float, height: float) -> QRectF:
        return QRectF(*(each * self._dots for each in (left, top, width, height)))


def _promise(say: Words) -> str:
    return say("Support by chat/voice/video: answer within {n} sec.", n=PROMISE_SECONDS)


def _privacy(say: Words) -> str:
    return say("We use video and voice only to help in the moment.")
