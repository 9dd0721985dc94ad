"""The first screen: topics that may solve it at once, a question in own words, a person."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import (
    MenuBackPressed,
    MenuItemPressed,
    QuestionTyped,
    SolvedPressed,
    TalkPressed,
)
from kiosk_app.case.view.menu import MenuView
from kiosk_app.case.view.screen import View
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.help_button import promise_text
from kiosk_app.ui.opening import opening_text
from kiosk_app.ui.overlay.articles import ArticlePage
from kiosk_app.ui.overlay.safety import SafetyKey
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.overlay.topics import TopicList
from kiosk_app.ui.overlay.writing import WritingRow
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Type
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel


class MenuScreen(SheetScreen):
    """Topics and articles, a line for a question, and "Prata med en person" on every level."""

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self._menu = MenuView()
        self._chosen: list[str] = []  # on the way down, to find the way back with the focus
        self._compact = False
        self._title = ""
        self._announcer = Announcer(self)
        self.ask = WritingRow(theme, "ask_input", "ask_send")
        # No QStackedWidget: that asks for the height of the page which is not shown, too.
        self._pages = QWidget()
        self.topics = TopicList(theme)
        self.article = ArticlePage(theme)
        self.article.hide()
        pages = QVBoxLayout(self._pages)
        theme.fit(pages, (0, 0, 0, 0), 0)
        pages.addWidget(self.topics)
        pages.addWidget(self.article)
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
        self.safety = SafetyKey(theme, feed)
        self.lasting = QWidget()
        self._persons = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.lasting)
        theme.fit(self._persons, (0, 0, 0, 0), 20)
        self._persons.addWidget(self.talk, 3)
        self._persons.addWidget(self.safety, 2)
        layout.addWidget(self.lasting)
        layout.addWidget(self._purpose)
        self.ask.submitted.connect(lambda text: feed(TalkPressed(text)))
        self.ask.edited.connect(lambda text: feed(QuestionTyped(text)))
        self.talk.clicked.connect(self._on_talk_clicked)
        self.topics.chosen.connect(self._on_item_chosen)
        self.topics.back_pressed.connect(lambda: feed(MenuBackPressed()))
        self.article.back_pressed.connect(lambda: feed(MenuBackPressed()))
        self.article.solved.connect(lambda: feed(SolvedPressed()))
        self.article.unsolved.connect(self._on_talk_clicked)
        self.retranslate(say)
        follow(theme, self, self._arrange)

    def _arrange(self) -> None:
        """The two ways to a person one below the other, or beside each other where it is wide."""
        wide, direction = self._theme.landscape and not self._theme.large, QBoxLayout.Direction
        self._persons.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._make_room()

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
        self.safety.retranslate(say)
        self.topics.back.setText(say("Back"))
        self.article.retranslate(say)

    def show_part(self, view: View) -> None:
        waiting = view.queue is not None or view.joining is not None
        say = self._say
        rest = None if waiting or view.help.offline else view.rest
        if waiting:
            self.talk.setText(say("Back to the queue"))
        elif view.help.offline:
            self.talk.setText(say("Have us call you"))
        elif rest is not None:
            self.talk.setText(say("Paused until {time}", time=say.time(rest.until)))
        else:
            self.talk.setText(say("Talk to a person"))
        self.talk.setEnabled(rest is None)
        if view.menu is not None and view.menu != self._menu:
            self._show_menu(view.menu)

    def heading(self, view: View) -> str:
        return self._say("How can we help?")

    def second(self, view: View) -> str:
        line, opening = self._what_holds(view), ""
        waiting = view.queue is not None or view.joining is not None
        if view.help.offline or (view.help.promised and view.help.promise_seconds is None):
            opening = "" if waiting else opening_text(view.opening, self._say)
        return f"{line.removesuffix('.')}. {opening}" if opening else line

    def _what_holds(self, view: View) -> str:
        say, promise = self._say, view.help.promise_seconds
        if view.queue is not None or view.joining is not None:
            return say("You keep your place.")
        if view.rest is not None and not view.help.offline:
            until = say.time(view.rest.until)
            if view.rest.by_agent:
                return say("Help is paused until {time}. The tips still work.", time=until)
            return say("You have had help many times. Ask us again after {time}.", time=until)
        if view.paid:
            # There is no cart any more that could stay.
            if view.help.offline:
                return say("No contact right now")
            return promise_text(promise, say)
        if view.help.offline:
            return say("Your cart stays. We have no contact right now.")
        if not view.help.promised:
            return say("Your cart stays.")
        if promise is None:
            return say("Your cart stays. We call you.")
        if promise <= 60:
            return say("Your cart stays. Answer within {n} s.", n=promise)
        return say("Your cart stays. Answer in about {n} min.", n=-(-promise // 60))

    def first_focus(self) -> QWidget | None:
        if self._menu.article is not None:
            return self.article.back
        return self.topics.first() or self.talk

    def writes_in(self) -> QLineEdit | None:
        return self.ask.line if self._menu.article is None else None

    def escape(self) -> bool:
        if self._menu.depth:
            self._feed(MenuBackPressed())
            return True
        if self._menu.searched:
            self.ask.line.forget()
            self._feed(QuestionTyped(""))
            return True
        return False

    def wipe(self) -> None:
        self.ask.line.forget()
        self._chosen.clear()
        self._announcer.tell("")

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._make_room()

    def _show_menu(self, menu: MenuView) -> None:
        before, self._menu = self._menu, menu
        say = self._say
        title = menu.title
        if menu.searched:
            title = (
                say("Perhaps this helps")
                if menu.items
                else say("We found nothing on that. A person can help you.")
            )
            self._announcer.tell(title)
        self._title = title
        self.topics.show_items(menu.items, deep=menu.depth > 0)
        if menu.article is not None:
            self.article.show_article(menu.article)
        self.ask.setVisible(menu.article is None)
        self.topics.setVisible(menu.article is None)
        self.article.setVisible(menu.article is not None)
        self._make_room()
        self._move_focus(before)

    def _make_room(self) -> None:
        """With the keyboard on the screen only what was found is worth its place."""
        # Beside the keyboard of a low window every line counts.
        low = self._compact and self._theme.landscape
        self.topics.set_title("" if low and self._menu.items else self._title)
        self.talk.set_size(Size.KEY if low else Size.KEY_HUGE)
        beside = self._theme.landscape and not low and not self._theme.large
        self.safety.set_size(Size.KEY_HUGE if beside else Size.KEY)
        shown = not self._compact or self._menu.searched or self._menu.article is not None
        self._pages.setVisible(shown)
        self._filler.setVisible(not shown)
        crowded = self._theme.large and self._theme.landscape
        self._purpose.setVisible(not self._compact and not crowded)

    def _move_focus(self, before: MenuView) -> None:
        """Down to the way back, and back to what was chosen; typing keeps the focus."""
        if not self.isVisible() or before.searched != self._menu.searched:
            return
        if self._menu.depth > before.depth:
            down = self.article.back if self._menu.article is not None else self.topics.first()
            (down or self.talk).setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._menu.depth < before.depth:
            self._last_chosen().setFocus(Qt.FocusReason.OtherFocusReason)

    def _last_chosen(self) -> QWidget:
        key = self.topics.key_of(self._chosen.pop()) if self._chosen else None
        return key or self.topics.first() or self.talk

    def _on_item_chosen(self, item: str) -> None:
        self._chosen.append(item)
        self._feed(MenuItemPressed(item))

    def _on_talk_clicked(self) -> None:
        self._feed(TalkPressed(self.ask.line.take()))
