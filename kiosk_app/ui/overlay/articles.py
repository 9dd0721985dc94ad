"""One help article, the way back, and the question whether it helped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.case.view.menu import ArticleView
from kiosk_app.protocol.knowledge import Block, BlockKind
from kiosk_app.ui.theme.theme import Theme, follow, row_or_column
from kiosk_app.ui.theme.tokens import Space, Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.scroll import ContentScroll

_MARK = 54  # the column of figures and dots before steps and points


class _Row(QWidget):
    """A paragraph, with its figure or dot where it has one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._mark = PlainLabel(theme, "", Type.SECOND_STRONG, tone="spruce_deep", tabular=True)
        self._text = PlainLabel(theme, "", Type.BODY, wrap=True)
        layout = QHBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), 8)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        follow(
            theme,
            self,
            lambda: self._mark.setFixedWidth(theme.px(_MARK * (2 if theme.large else 1))),
        )

    def show_block(self, block: Block, mark: str) -> None:
        self._mark.setText(mark)
        self._mark.setVisible(bool(mark))
        heading = block.kind is BlockKind.HEADING
        self._text.set_style(Type.SECOND_STRONG if heading else Type.BODY)
        self._text.setText(block.text)

    def clear(self) -> None:
        self._mark.setText("")
        self._text.setText("")
        self.hide()


class ArticlePage(QWidget):
    """Scrolls where it has to; the question under it always stands.

    Signals: ``back_pressed()``, ``solved()``, ``unsolved()``.
    """

    back_pressed = Signal()
    solved = Signal()
    unsolved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: ArticleView | None = None
        self._rows: list[_Row] = []
        self.card = Card("tint")
        self.card.setObjectName("article")
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        theme.fit(self._column, (0, 0, 0, 0), 12)
        self._title = PlainLabel(theme, "", Type.HEADING, wrap=True)
        self._column.addWidget(self._title)
        self._scroll = ContentScroll(inner)
        # Read by keys as well: the arrows move it where it is longer than its place.
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow(theme, self, lambda: self._scroll.set_whole(theme.large))
        inside = QVBoxLayout(self.card)
        theme.fit(inside, (40, 26, 40, 26), 0)
        inside.addWidget(self._scroll)
        self._question = PlainLabel(theme, "", Type.SECOND_STRONG, wrap=True)
        self.back = Key(theme, "", KeyKind.QUIET, icon="arrow_left", icon_size=36)
        self.back.setObjectName("article_back")
        self.yes = Key(theme, "", KeyKind.PRIMARY, icon="check", icon_size=40)
        self.yes.setObjectName("article_solved")
        self.no = Key(theme, "", KeyKind.EDGED)
        self.no.setObjectName("article_unsolved")
        keys = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.fit(keys, (0, 0, 0, 0), Space.GAP)
        row_or_column(theme, keys)
        keys.addWidget(self.back)
        keys.addWidget(self._question, 1)
        keys.addWidget(self.yes)
        keys.addWidget(self.no)
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), Space.GAP)
        layout.addWidget(self.card)
        layout.addLayout(keys)
        layout.addStretch(1)
        self.back.clicked.connect(lambda _=False: self.back_pressed.emit())
        self.yes.clicked.connect(lambda _=False: self.solved.emit())
        self.no.clicked.connect(lambda _=False: self.unsolved.emit())

    def retranslate(self, say: Words) -> None:
        question = say("Did that help?")
        self._question.setText(question)
        self.back.setText(say("Back"))
        for key, answer in ((self.yes, say("Yes")), (self.no, say("No"))):
            key.setText(answer)
            # Read aloud by itself an answer must say what to.
            key.setAccessibleName(f"{question} {answer}")

    def show_article(self, article: ArticleView) -> None:
        if article == self._shown:
            return
        self._shown = article
        self._title.setText(article.title)
        while len(self._rows) < len(article.blocks):
            row = _Row(self._theme)
            self._rows.append(row)
            self._column.addWidget(row)
        step = 0
        for row, block in zip(self._rows, article.blocks, strict=False):
            step = step + 1 if block.kind is BlockKind.STEP else 0
            marks = {BlockKind.STEP: f"{step}.", BlockKind.POINT: "\N{BULLET}"}
            row.show_block(block, marks.get(block.kind, ""))
            row.show()
        for row in self._rows[len(article.blocks) :]:
            row.clear()
        self._scroll.verticalScrollBar().setValue(0)
        self._scroll.updateGeometry()
