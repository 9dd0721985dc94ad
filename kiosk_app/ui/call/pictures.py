"""The pictures of a video call: the agent's, and the shopper's own in its corner."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk_app.base.language import Words
from kiosk_app.media.ports import Picture, Whose
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size

_HIGH, _HIGH_WIDE = 420, 320  # design px, upright and on a wide screen
_LEAST, _LEAST_LARGE = 90, 260  # still seen to be running, and for who needs it large
_OWN = 0.42  # of the height, while the agent is seen as well
_LINE = 4  # design px round one's own picture, within it


class CallPictures(QWidget):
    """Shown while there is a picture. The shopper sees themselves as in a mirror."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("call_pictures")
        self._theme = theme
        self._say: Words | None = None
        self._agent_name = ""
        self._images: dict[Whose, QImage] = {}
        self._own_wanted = False
        # All of it is painted, 15 to 30 times a second: nothing below need be.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # The keys of the call keep their height; where there is little, the picture is smaller.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.hide()
        follow(theme, self, self.updateGeometry)

    def image(self, whose: Whose) -> QImage | None:
        """What is shown of that side now."""
        return self._images.get(whose)

    def set_call(self, agent_name: str, *, camera: bool, say: Words) -> None:
        """``camera``: the shopper's is open, by the rules; nothing of it is shown otherwise."""
        self._agent_name, self._own_wanted, self._say = agent_name, camera, say
        if not camera:
            self._images.pop(Whose.SHOPPER, None)
        self._settle()

    def show_picture(self, whose: Whose, picture: Picture | None) -> None:
        """Draw the newest picture of that side; None takes it away."""
        before = self._images.get(whose)
        if picture is None:
            self._images.pop(whose, None)
        elif whose is Whose.AGENT or self._own_wanted:

            def copy(pixels: memoryview, width: int, height: int) -> None:
                shown = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32)
                mirrored = whose is Whose.SHOPPER
                self._images[whose] = (
                    shown.flipped(Qt.Orientation.Horizontal) if mirrored else shown.copy()
                )

            picture.read(copy)
        now = self._images.get(whose)
        if before is None or now is None or before.size() != now.size():
            self._settle()
        else:
            # The next picture of the same size: only its own place has changed.
            self.update(self._box(whose, now).toAlignedRect())

    def wipe(self) -> None:
        """Nothing of anybody stays."""
        self._images.clear()
        self._own_wanted = False
        self._settle()

    def _settle(self) -> None:
        shown = bool(self._images) or self._own_wanted
        if shown == self.isHidden():
            self.setVisible(shown)
        say = self._say
        if say is not None:
            agent, own = Whose.AGENT in self._images, self._own_wanted
            name = say("Picture of {name}", name=self._agent_name) if agent else ""
            own_name = say("What your camera shows") if own else ""
            text = ". ".join(filter(None, (name, own_name)))
            if text != self.accessibleName():
                self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        high = _HIGH_WIDE if self._theme.landscape else _HIGH
        return QSize(self._theme.px(400), self._theme.px(high))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.px(_LEAST_LARGE if self._theme.large else _LEAST))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, whole = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.px(Size.RADIUS_KEY)
        ground = QPainterPath()
        ground.addRoundedRect(whole, radius, radius)
        inner = whole.adjusted(radius, 0, -radius, 0)
        if not inner.contains(QRectF(event.rect())):
            painter.fillRect(self.rect(), theme.colour("card"))
        # Dark round the picture in either set of colours.
        painter.fillPath(ground, theme.colour("quiet" if theme.high_contrast else "ink"))
        agent, own = self._images.get(Whose.AGENT), self._images.get(Whose.SHOPPER)
        if agent is not None:
            self._paint(painter, agent, self._box(Whose.AGENT, agent), ground, inner)
        if own is not None:
            box = self._box(Whose.SHOPPER, own)
            self._paint(painter, own, box, ground, inner)
            if agent is not None:
                line = theme.px(_LINE)
                painter.setPen(QPen(theme.colour("card"), line))
                painter.drawRect(box.adjusted(line / 2, line / 2, -line / 2, -line / 2))
        painter.end()

    def _box(self, whose: Whose, image: QImage) -> QRectF:
        """Where ``image`` of that side is painted."""
        whole = QRectF(self.rect())
        if whose is Whose.SHOPPER and Whose.AGENT in self._images:
            high = whole.height() * _OWN
            wide = high * image.width() / max(1, image.height())
            gap = self._theme.px(16)
            at = whole.bottomRight() - QPoint(round(wide) + gap, round(high) + gap)
            whole = QRectF(at.x(), at.y(), wide, high)
        return _inside(whole, image.size())

    @staticmethod
    def _paint(
        painter: QPainter, image: QImage, box: QRectF, ground: QPainterPath, inner: QRectF
    ) -> None:
        # A round corner makes every line of the picture a special case: only where it has one.
        if not inner.contains(box):
            painter.setClipPath(ground)
        painter.drawImage(box, image)
        painter.setClipping(False)


def _inside(room: QRectF, size: QSize) -> QRectF:
    """As large as fits in ``room``, in its middle, without being pulled out of shape."""
    fitting = size.scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    box = QRectF(0, 0, fitting.width(), fitting.height())
    box.moveCenter(room.center())
    return box
