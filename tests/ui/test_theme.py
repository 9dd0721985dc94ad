"""Scale, touch sizes and templates."""

import re

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import BIG_TOUCH_MM, Type


@pytest.mark.parametrize(
    ("width", "height", "scale", "landscape"),
    [
        (1080, 1920, 1.0, False),
        (540, 960, 0.5, False),
        (1920, 1080, 1.0, True),
        (1280, 720, 2 / 3, True),
        (1080, 2400, 1.0, False),
        (2160, 3840, 2.0, False),
    ],
)
def test_everything_follows_the_window(
    qapp: QApplication, width: int, height: int, scale: float, landscape: bool
) -> None:
    theme = Theme()
    theme.fit_window(width, height)
    assert theme.scale == pytest.approx(scale)
    assert theme.landscape is landscape
    assert theme.font(Type.BODY).pixelSize() == round(34 * scale)


@pytest.mark.en301549("9.2.5.5", "WCAG 2.5.8")
@pytest.mark.parametrize("scale", [0.25, 0.5, 1.0])
@pytest.mark.parametrize("px_per_mm", [2.0, 3.6, 8.0])
def test_no_target_is_under_44_px_or_10_mm(
    qapp: QApplication, scale: float, px_per_mm: float
) -> None:
    theme = Theme(px_per_mm=px_per_mm)
    theme.fit_window(round(1080 * scale), round(1920 * scale))
    assert theme.touch(1) >= 44
    assert theme.touch(1) >= 10 * px_per_mm - 0.5
    assert theme.touch(1, mm=BIG_TOUCH_MM) >= 20 * px_per_mm - 0.5


def test_the_templates_are_filled(qapp: QApplication) -> None:
    theme = Theme()
    sheet = theme.stylesheet()
    assert "$" not in sheet
    assert re.search(r"\d+dp", sheet) is None
    assert "#0F5A43" in sheet
    assert "#0F5A43" not in Theme(high_contrast=True).stylesheet()


def test_margins_follow_the_scale_and_end_with_their_layout(qapp: QApplication) -> None:
    theme = Theme()
    widget = QWidget()
    layout = QVBoxLayout(widget)
    theme.fit(layout, (48, 0, 48, 0), 24)
    theme.fit_window(540, 960)
    assert layout.contentsMargins().left() == 24
    assert layout.spacing() == 12
    widget.deleteLater()
    del layout, widget
    qapp.sendPostedEvents(None, 52)  # DeferredDelete
    theme.fit_window(1080, 1920)


def test_money_has_figures_of_one_width(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetrics

    metrics = QFontMetrics(Theme().font(Type.TOTAL, tabular=True))
    assert len({metrics.horizontalAdvance(figure * 4) for figure in "0123456789"}) == 1
