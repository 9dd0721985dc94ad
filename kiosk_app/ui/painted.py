"""The window's pixels as Qt last painted them, without painting anything again."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

_RASTER = (
    QImage.Format.Format_RGB32,
    QImage.Format.Format_ARGB32,
    QImage.Format.Format_ARGB32_Premultiplied,
)


def painted(window: QWidget) -> QImage:
    """What ``window`` shows, 32 bits a pixel, rows without padding; valid until Qt paints.

    A view of the window's backing store, so it costs nothing. Where there is no raster one,
    ``QWidget.render`` paints everything into a new image.
    """
    store = window.backingStore()
    device = store.paintDevice() if store is not None else None
    ratio = window.devicePixelRatioF()
    size = window.size() * ratio
    if (
        isinstance(device, QImage)
        and device.format() in _RASTER
        and device.size() == size
        and device.bytesPerLine() == device.width() * 4
    ):
        return device
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    window.render(image)
    return image
