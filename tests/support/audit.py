"""The accessibility check that every screen must pass, on the real tree and the real pixels.

Rules, with their source in EN 301 549 V3.2.1 / WCAG 2.2: a name for whatever takes the focus
(4.1.2), at least 44 x 44 px to tap (2.5.5), all of it on the screen (1.4.10), text contrast at
least 4.5:1, or 3:1 where it is large (1.4.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from tests.support.atspi import Box, Sight

SMALLEST = 44
VIEWPORT = "qt_scrollarea_viewport"  # Qt's own name for it
TEXT_CONTRAST = 4.5
LARGE_TEXT_CONTRAST = 3.0
LARGE_TEXT_HEIGHT = 40  # px of the box's height; 24 px type and over stands in one
TEXT_ROLES = {"label", "push button", "button", "toggle button", "check box", "text", "heading"}
# What a colour must weigh in its box to count as ink: below it are single anti-aliased dots.
INK_SHARE = 0.002
INK_OF_A_SIGN = 8  # px; the full stop of 38 px type has 11, however wide the key it is on


@dataclass(frozen=True)
class Fault:
    """What is wrong with one node."""

    node: str
    what: str

    def __str__(self) -> str:
        return f"{self.node}: {self.what}"


def audit(sights: Sequence[Sight], picture: Image.Image) -> list[Fault]:
    """Everything wrong with what shows. ``picture`` is the screen at the same time."""
    viewports: list[Box | None] = []
    faults: list[Fault] = []
    for sight in sights:
        # What a scroll area has scrolled out says that it shows; it can be brought in, so that
        # only what is wholly inside the area's viewport is looked at.
        viewport = None if sight.above is None else viewports[sight.above]
        if sight.object_name == VIEWPORT:
            viewport = sight.box
        elif viewport is None or viewport.contains(sight.box):
            faults += _audit_node(sight, picture)
        viewports.append(viewport)
    return faults


def _audit_node(node: Sight, picture: Image.Image) -> list[Fault]:
    states = node.states
    if not {"showing", "enabled"} <= states:
        return []
    name, box, role = node.name, node.box, node.role
    called = f"{node.object_name or role} {name!r}"
    faults = []
    if "focusable" in states and role not in {"frame", "window", "application", "filler"}:
        if not name.strip():
            faults.append(Fault(called, "takes the focus and has no name"))
        if box.width < SMALLEST or box.height < SMALLEST:
            faults.append(Fault(called, f"is {box.width}x{box.height} px, under {SMALLEST}"))
        if not box.inside(*picture.size):
            faults.append(Fault(called, f"is not wholly on the screen: {box}"))
    if role in TEXT_ROLES and name.strip() and box.inside(*picture.size) and box.width > 0:
        ratio = text_contrast(picture, box, name.strip())
        least = LARGE_TEXT_CONTRAST if box.height >= LARGE_TEXT_HEIGHT else TEXT_CONTRAST
        if ratio is not None and ratio < least:
            faults.append(Fault(called, f"has text contrast {ratio:.1f}, under {least}"))
    return faults


def text_contrast(picture: Image.Image, box: Box, text: str) -> float | None:
    """The contrast of the ink of ``text`` in ``box`` against the commonest colour there; None if
    all is one."""
    crop = picture.crop((box.x, box.y, box.x + box.width, box.y + box.height))
    counted = crop.getcolors(maxcolors=box.width * box.height) or []
    colours = {ink: n for n, ink in counted if isinstance(ink, tuple)}
    paper = max(colours, key=colours.__getitem__)
    least = max(4, min(INK_SHARE * box.width * box.height, INK_OF_A_SIGN * len(text)))
    ratios = [contrast(paper, ink) for ink, n in colours.items() if n >= least and ink != paper]
    return max(ratios, default=None)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """WCAG 2.2 contrast ratio of two sRGB colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    red, green, blue = (
        value / 12.92 if (value := channel / 255) <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for channel in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
