"""What the shopper can find out without a person: the menu, the articles, the search.

The place in the menu is kept here, not on the screen, so that a change of language or a folded
sheet does not lose it, and so that the next shopper finds nothing of it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case import closing, events
from kiosk_app.case.core import Core
from kiosk_app.case.effects import FetchKnowledge, SearchArticles
from kiosk_app.case.phase import Aside, Phase
from kiosk_app.case.talk.chat_log import clean_text
from kiosk_app.case.timers import Timer
from kiosk_app.case.view.menu import ArticleView, MenuItem, MenuView
from kiosk_app.protocol import limits, to_kiosk
from kiosk_app.protocol.knowledge import Article, Bundle, Topic
from kiosk_app.protocol.shared import EndCause

_TOPIC = "topic:"  # no article's id has a colon


class SelfService:
    """Browses one bundle; a new one takes its place under the shopper's hands."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._bundle: Bundle | None = None
        self._articles: dict[str, Article] = {}
        self._path: tuple[int, ...] = ()
        self._article: str | None = None
        self._question = ""
        self._found: tuple[str, ...] | None = None
        self._search = 0
        self._shown: MenuView | None = None
        self._shown_for = ""
        core.on_close.append(self._start_over)

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {
            events.KnowledgeLoaded: self._loaded,
            events.MenuItemPressed: self._item_pressed,
            events.MenuBackPressed: self._back_pressed,
            events.QuestionTyped: self._question_typed,
            events.ArticlesFound: self._articles_found,
            events.SolvedPressed: self._solved_pressed,
            to_kiosk.KnowledgeChanged: self._announced,
        }

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        return {}

    def view(self, language: str) -> MenuView | None:
        """What the menu shows now, in ``language``; the same object while nothing changes.

        None until there is a bundle.
        """
        if self._bundle is None:
            return None
        if self._shown is None or self._shown_for != language:
            self._shown, self._shown_for = self._picture(language), language
        return self._shown

    @property
    def _browsing(self) -> bool:
        """Whether the menu is before the shopper's eyes, also while they wait for a person."""
        return self._core.phase is Phase.MENU or self._core.aside is Aside.MENU

    # What comes in -------------------------------------------------------------------------------

    def _announced(self, message: to_kiosk.KnowledgeChanged) -> None:
        if self._bundle is None or message.version > self._bundle.version:
            self._core.turn.do(FetchKnowledge(message.version, message.sha256))

    def _loaded(self, event: events.KnowledgeLoaded) -> None:
        self._bundle = event.bundle
        self._articles = {article.id: article for article in event.bundle.articles}
        self._shown = None
        if self._article not in self._articles:
            self._article = None
        if self._found is not None:
            self._found = tuple(found for found in self._found if found in self._articles)
        if self._level() is None:
            self._path = ()

    def _item_pressed(self, event: events.MenuItemPressed) -> None:
        core = self._core
        if not self._browsing or core.folded:
            return
        view = self.view(core.visit.language)
        if view is None or all(item.id != event.item for item in view.items):
            return
        self._shown = None
        if event.item.startswith(_TOPIC):
            self._path = (*self._path, int(event.item.removeprefix(_TOPIC)))
            return
        self._article = event.item
        core.visit.has_read(event.item, self._articles[event.item].text(core.visit.language).title)
        if self._found is not None:
            core.visit.has_asked(self._question)
        core.tell_context()

    def _back_pressed(self, event: events.MenuBackPressed) -> None:
        self._shown = None
        if self._article is not None:
            self._article = None
        elif self._found is None:
            self._path = self._path[:-1]

    def _question_typed(self, event: events.QuestionTyped) -> None:
        core = self._core
        if not self._browsing:
            return
        question = clean_text(event.text, limits.SHORT_CHARS)
        if question == self._question:
            return
        self._question = question
        self._search += 1
        if question:
            core.turn.do(SearchArticles(self._search, question, core.visit.language))
        else:
            self._found = None
            self._shown = None

    def _articles_found(self, event: events.ArticlesFound) -> None:
        # Of an older question, or of a shopper who has left.
        if event.search == self._search and self._question:
            self._found = tuple(each for each in event.articles if each in self._articles)
            self._shown = None

    def _solved_pressed(self, event: events.SolvedPressed) -> None:
        core = self._core
        if core.case is None or not self._browsing or self._article is None:
            return
        core.case.solved_by = self._article
        closing.finish(core, EndCause.SELF_SOLVED)

    def _start_over(self) -> None:
        self._path = ()
        self._article = self._found = None
        self._question = ""
        self._search += 1
        self._shown = None

    # The picture ---------------------------------------------------------------------------------

    def _picture(self, language: str) -> MenuView:
        article = self._articles.get(self._article) if self._article is not None else None
        shown = None
        if article is not None:
            text = article.text(language)
            shown = ArticleView(article.id, text.title, text.blocks)
        level = self._level() or ((), ())
        if self._found is not None:
            items = tuple(self._article_item(each, language) for each in self._found)
        else:
            topics, articles = level
            items = (
                *(self._topic_item(at, topic, language) for at, topic in enumerate(topics)),
                *(self._article_item(each, language) for each in articles),
            )
        topic = self._topic()
        return MenuView(
            title=topic.title_in(language) if topic and self._found is None else "",
            items=items,
            article=shown,
            searched=self._found is not None,
            depth=(article is not None) + (len(self._path) if self._found is None else 0),
        )

    def _topic_item(self, at: int, topic: Topic, language: str) -> MenuItem:
        title = topic.title_in(language)
        if not topic.topics and len(topic.articles) == 1:
            # A level with one thing on it would only be one tap more.
            return MenuItem(topic.articles[0], title)
        return MenuItem(f"{_TOPIC}{at}", title)

    def _article_item(self, article: str, language: str) -> MenuItem:
        return MenuItem(article, self._articles[article].text(language).title)

    def _topic(self) -> Topic | None:
        """The topic that is open; None at the top, and where there is no such place."""
        topic: Topic | None = None
        topics = self._bundle.menu if self._bundle is not None else ()
        for at in self._path:
            if at >= len(topics):
                return None
            topic = topics[at]
            topics = topic.topics
        return topic

    def _level(self) -> tuple[tuple[Topic, ...], tuple[str, ...]] | None:
        """The topics and articles to choose from now; None where there is no such place."""
        if self._bundle is None:
            return None
        topic = self._topic()
        if topic is not None:
            return topic.topics, topic.articles
        return None if self._path else (self._bundle.menu, ())
