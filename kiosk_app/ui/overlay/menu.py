"""The first screen: topics that may solve it at once, a question in own words, a person."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import ClosePressed, TalkPressed
from kiosk_app.case.view import HelpState, View
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.help_button import promise_text
from kiosk_app.ui.overlay.articles import Article, load_articles
from kiosk_app.ui.overlay.screen import Screen
from kiosk_app.ui.overlay.writing import WritingRow
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Space, Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView, paint_icon
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel

_TOPIC = 140
_BADGE = 72
_ARROW = 36


class TopicKey(Key):
    """A topic: its number on a tile, its name, and an arrow that says there is more."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__(
            theme, "", KeyKind.QUIET, height=_TOPIC, style=Type.VALUE, align_left=True
        )
        self._number = number
        self.setObjectName(f"menu_item_{number}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paint_content(self, painter: QStylePainter) -> None:
        theme = self.theme
        side, pad = theme.px(_BADGE), theme.px(28)
        top = (self.height() - side) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("spruce_tint"))
        painter.drawRoundedRect(pad, top, side, side, theme.px(20), theme.px(20))
        centre = int(Qt.AlignmentFlag.AlignCenter)
        painter.setPen(theme.colour("spruce_deep"))
        painter.setFont(theme.font(Type.KEY))
        painter.drawText(pad, top, side, side, centre, str(self._number))
        arrow = theme.px(_ARROW)
        box = self.rect().adjusted(pad + side + pad, 0, -pad - arrow - pad // 2, 0)
        painter.setPen(self.text_colour())
        painter.setFont(self.font())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(box, flags | int(Qt.TextFlag.TextWordWrap), self.text())
        right = self.rect().right() - pad - arrow
        place = self.rect().toRectF()
        place.setRect(right, (self.height() - arrow) / 2, arrow, arrow)
        paint_icon(painter, "arrow_right", theme.colour("ink_2").name(), place)


class ArticlePage(QWidget):
    """One article, with the way back and the way out when it helped."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.card = Card("tint")
        self.card.setObjectName("article")
        self._inside = QVBoxLayout(self.card)
        theme.fit(self._inside, (40, 26, 40, 26), 12)
        self._title = PlainLabel(theme, "", Type.HEADING, wrap=True)
        self._inside.addWidget(self._title)
        self._rows: list[tuple[QWidget, PlainLabel]] = []
        self.back = Key(theme, "", KeyKind.QUIET, icon="arrow_left", icon_size=36)
        self.back.setObjectName("article_back")
        self.solved = Key(theme, "", KeyKind.QUIET, icon="check", icon_size=40)
        self.solved.setObjectName("article_solved")
        keys = QHBoxLayout()
        theme.fit(keys, (0, 0, 0, 0), Space.GAP)
        keys.addWidget(self.back, 1)
        keys.addWidget(self.solved, 1)
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), Space.GAP)
        layout.addWidget(self.card)
        layout.addLayout(keys)
        layout.addStretch(1)

    def show_article(self, article: Article) -> None:
        self._title.setText(article.title)
        while len(self._rows) < len(article.sentences):
            self._rows.append(self._new_row())
        for at, (row, label) in enumerate(self._rows):
            shown = at < len(article.sentences)
            label.setText(article.sentences[at] if shown else "")
            row.setVisible(shown)

    def _new_row(self) -> tuple[QWidget, PlainLabel]:
        row = QWidget()
        layout = QHBoxLayout(row)
        self._theme.fit(layout, (0, 0, 0, 0), Space.GAP)
        mark = IconView(self._theme, "check", "spruce", 40)
        label = PlainLabel(self._theme, "", Type.BODY, wrap=True)
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(label, 1)
        self._inside.addWidget(row)
        return row, label


class MenuScreen(Screen):
    """Topics, a line for a question, and "Prata med en person", which is always there."""

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self._articles: tuple[Article, ...] = ()
        self._open: int | None = None
        self.ask = WritingRow(theme, "ask_input", "ask_send")
        self.topics: list[TopicKey] = []
        self._pages = QStackedWidget()
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        theme.fit(self._grid, (0, 0, 0, 0), 20)
        self._article = ArticlePage(theme)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._article)
        self._purpose = PlainLabel(theme, "", Type.SMALL, tone="second", wrap=True)
        self._purpose.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.talk = Key(
            theme, "", KeyKind.HELP, height=Size.KEY_HUGE, style=Type.NAME, icon="chat"
        )
        self.talk.setObjectName("talk_to_person")
        layout = QVBoxLayout(self)
        theme.fit(layout, (0, 0, 0, 0), 24)
        layout.addWidget(self.ask)
        layout.addWidget(self._pages, 1)
        self._filler = QWidget()
        self._filler.hide()
        layout.addWidget(self._filler, 1)
        layout.addWidget(self.talk)
        layout.addWidget(self._purpose)
        self.ask.submitted.connect(lambda text: feed(TalkPressed(text)))
        self.talk.clicked.connect(self._on_talk_clicked)
        self._article.back.clicked.connect(self._on_back_clicked)
        self._article.solved.clicked.connect(lambda: feed(ClosePressed()))
        self.retranslate(say)
        follow(theme, self, self._arrange)

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        self.ask.set_words(
            say("Write your question here"),
            say("Your question"),
            say("Send"),
        )
        self.talk.setText(say("Talk to a person"))
        self._purpose.setText(
            say("We see your screen only if you approve, to help you right now.")
        )
        self._article.back.setText(say("Back"))
        self._article.solved.setText(say("That helped"))
        self._articles = load_articles(say.language)
        if len(self.topics) < len(self._articles):
            while len(self.topics) < len(self._articles):
                self._add_topic()
            self._arrange()
        for at, topic in enumerate(self.topics):
            topic.setVisible(at < len(self._articles))
            topic.setText(self._articles[at].title if at < len(self._articles) else "")
        self._show_page(self._open)

    def show_part(self, view: View) -> None:
        waiting = view.queue is not None or view.joining is not None
        say = self._say
        self.talk.setText(say("Back to the queue") if waiting else say("Talk to a person"))

    def heading(self, view: View) -> str:
        return self._say("How can we help?")

    def second(self, view: View) -> str:
        say, promise = self._say, view.help.promise_seconds
        if view.queue is not None or view.joining is not None:
            return say("You keep your place.")
        if view.paid:
            # There is no cart any more that could stay.
            if view.help.state is HelpState.OFFLINE:
                return say("No contact right now")
            return promise_text(promise, say)
        if view.help.state is HelpState.OFFLINE:
            return say("Your cart stays. We have no contact right now.")
        if promise is None:
            return say("Your cart stays. We call you.")
        if promise <= 60:
            return say("Your cart stays. Answer within {n} s.", n=promise)
        return say("Your cart stays. Answer in about {n} min.", n=-(-promise // 60))

    def first_focus(self) -> QWidget:
        return self.topics[0] if self._open is None else self._article.back

    def writes_in(self) -> QLineEdit | None:
        return self.ask.line if self._open is None else None

    def escape(self) -> bool:
        if self._open is None:
            return False
        self._on_back_clicked()
        return True

    def wipe(self) -> None:
        self.ask.line.forget()
        self._show_page(None)

    def _add_topic(self) -> None:
        number = len(self.topics) + 1
        topic = TopicKey(self._theme, number)
        topic.clicked.connect(lambda: self._on_topic_clicked(number - 1))
        self.topics.append(topic)

    def set_compact(self, compact: bool) -> None:
        self._pages.setVisible(not compact)
        self._purpose.setVisible(not compact)
        self._filler.setVisible(compact)

    def _arrange(self) -> None:
        """Topics one under the other, or two abreast where the window is wide."""
        columns = 2 if self._theme.landscape else 1
        for topic in self.topics:
            self._grid.removeWidget(topic)
        for at, topic in enumerate(self.topics):
            self._grid.addWidget(topic, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for row in range(len(self.topics) + 1):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(len(self.topics), 1)

    def _on_talk_clicked(self) -> None:
        self._feed(TalkPressed(self.ask.line.take()))

    def _on_topic_clicked(self, at: int) -> None:
        self._show_page(at)
        self._article.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_back_clicked(self) -> None:
        left = self._open
        self._show_page(None)
        if left is not None:
            self.topics[left].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_page(self, at: int | None) -> None:
        self._open = at if at is not None and at < len(self._articles) else None
        if self._open is not None:
            self._article.show_article(self._articles[self._open])
        self.ask.setVisible(self._open is None)
        self._pages.setCurrentWidget(self._list if self._open is None else self._article)
