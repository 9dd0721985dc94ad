"""Where everything stands in the window, in portrait and in landscape."""

from dataclasses import dataclass, field, fields, replace

from PySide6.QtCore import QRect, QSize

from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Size, Space

RESTORE_GAP = 20


@dataclass(frozen=True, slots=True)
class Places:
    """Rectangles in px of the window. ``content`` is what main and column share in portrait."""

    banner: QRect
    store: QRect
    keys: QRect
    content: QRect
    main: QRect
    column: QRect
    foot: QRect
    sheet: QRect
    message: QRect
    restore: QRect = field(default_factory=QRect)

    def moved_down(self, by: int) -> "Places":
        """The same, ``by`` px further down."""
        return Places(**{f.name: getattr(self, f.name).translated(0, by) for f in fields(self)})

    def with_restore(self, height: int) -> "Places":
        """Give the kept cart the top ``height`` px of the content."""
        room = self.content
        top = room.top() + height + RESTORE_GAP
        content = QRect(room.left(), top, room.width(), max(0, room.bottom() + 1 - top))
        return replace(self, restore=_top(room, height), content=content)

    def with_main(self, height: int) -> "Places":
        """Let main take the top ``height`` px of the content."""
        return replace(self, main=_top(self.content, height))

    def with_column_below(self, main_height: int, gap: int) -> "Places":
        """Give main the top ``main_height`` px of the content, and the column what is left."""
        room = self.content
        main = _top(room, main_height)
        top = main.bottom() + 1 + gap
        column = QRect(room.left(), top, room.width(), max(0, room.bottom() + 1 - top))
        return replace(self, main=main, column=column)


def _top(room: QRect, height: int) -> QRect:
    return QRect(room.left(), room.top(), room.width(), min(height, room.height()))


def banner_width(theme: Theme, window_width: int) -> int:
    """In landscape the column with the sum and Hjälp keeps its whole height."""
    share = 55 if theme.large else 67  # of a hundred; large sums and names need the room
    return window_width * share // 100 if theme.landscape else window_width


def _bar(theme: Theme) -> int:
    return theme.touch(Size.TOP_BAR_LARGE if theme.large else Size.TOP_BAR)


def portrait_places(
    theme: Theme, window: QSize, foot_height: int, banner_height: int, keys_width: int
) -> Places:
    """Banner, top bar, content, foot, one below the other."""
    width, height = window.width(), window.height()
    side, bar = theme.px(Space.MARGIN), _bar(theme)
    top = banner_height
    foot_top = height - foot_height
    inner = width - 2 * side
    content_top = top + bar
    name_width = max(inner * 24 // 100, inner - keys_width - side // 2)
    content = QRect(side, content_top, inner, max(0, foot_top - content_top))
    return Places(
        banner=QRect(0, 0, width, banner_height),
        store=QRect(side, top, name_width, bar),
        keys=QRect(side + name_width, top, inner - name_width, bar),
        content=content,
        main=content,
        column=content,
        foot=QRect(0, foot_top, width, foot_height),
        sheet=QRect(0, content_top, width, max(0, foot_top - content_top)),
        message=content,
    )


def landscape_places(
    theme: Theme, window: QSize, foot_height: int, banner_height: int, keys_width: int
) -> Places:
    """Goods and sheet on the left two thirds; cart, total, pay and Hjälp on the right."""
    width, height = window.width(), window.height()
    side, bar = theme.px(Space.MARGIN), _bar(theme)
    split = banner_width(theme, width)
    right = QRect(split, 0, width - split - side, height)
    keys_room = max(right.width(), keys_width)
    top = banner_height
    content_top = top + bar
    content = QRect(side, content_top, split - 2 * side, max(0, height - content_top - side))
    column_top = bar
    foot_top = height - foot_height
    column = QRect(right.left(), column_top, right.width(), max(0, foot_top - column_top))
    return Places(
        banner=QRect(0, 0, split, banner_height),
        store=QRect(side, top, right.right() + 1 - keys_room - 2 * side, bar),
        keys=QRect(right.right() + 1 - keys_room, 0, keys_room, bar),
        content=content,
        main=content,
        column=column,
        foot=QRect(split, foot_top, width - split, foot_height),
        sheet=QRect(0, top, split - theme.px(Space.SHEET_SIDE), max(0, height - top)),
        message=content,
    )
