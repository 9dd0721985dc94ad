"""Somebody presses and types in the menu without rhyme or reason, while bundles come and go."""

import itertools
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk_app.case import effects, events
from kiosk_app.case.view.menu import MenuView
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import CloseCase, OpenCase
from kiosk_app.protocol.shared import EndCause
from tests.support.help import CARD, DOOR, PHONE, RECEIPT, bundle
from tests.unit.case.story import Story

ARTICLES = (CARD, DOOR, PHONE, RECEIPT)
IDS = [article.id for article in ARTICLES]
ITEMS = st.sampled_from([*IDS, "topic:0", "topic:1", "topic:2", "topic:9", "", "nonsense"])


class Browsing(RuleBasedStateMachine):
    """Whatever happens, the menu shows a place that there is, and nothing of another shopper."""

    @initialize()
    def begin(self) -> None:
        self.story = Story()
        self.versions = itertools.count(1)
        self.help = bundle()
        self.story.feed(events.KnowledgeLoaded(self.help))
        self.story.link_up()
        self.searches: list[int] = []

    @property
    def menu(self) -> MenuView | None:
        return self.story.view.menu

    @rule()
    def press_help(self) -> None:
        self.story.feed(events.HelpPressed())

    @rule()
    def press_close(self) -> None:
        self.story.feed(events.ClosePressed())

    @rule(item=ITEMS)
    def press_item(self, item: str) -> None:
        self.story.feed(events.MenuItemPressed(item))

    @rule(which=st.integers(0, 6))
    def press_what_is_shown(self, which: int) -> None:
        if self.menu is not None and which < len(self.menu.items):
            self.story.feed(events.MenuItemPressed(self.menu.items[which].id))

    @rule()
    def press_back(self) -> None:
        self.story.feed(events.MenuBackPressed())

    @rule(text=st.sampled_from(["", "k", "kort", " ", "betalnig", "x" * 500]))
    def type_question(self, text: str) -> None:
        done = self.story.feed(events.QuestionTyped(text))
        self.searches += [e.search for e in done if isinstance(e, effects.SearchArticles)]

    @rule(which=st.integers(0, 5), found=st.lists(st.sampled_from([*IDS, "gone"]), max_size=4))
    def search_answers(self, which: int, found: list[str]) -> None:
        if which < len(self.searches):
            search = self.searches[-1 - which]
            self.story.feed(events.ArticlesFound(search, tuple(dict.fromkeys(found))))

    @rule()
    def solved(self) -> None:
        menu = self.menu
        before = len(self.story.sent(CloseCase))
        self.story.feed(events.SolvedPressed())
        closed = self.story.sent(CloseCase)[before:]
        if closed:
            assert menu is not None
            assert menu.article is not None
            assert [(c.cause, c.article) for c in closed] == [
                (EndCause.SELF_SOLVED, menu.article.id)
            ]

    @rule(language=st.sampled_from(["sv", "en"]))
    def choose_language(self, language: str) -> None:
        place = replace(self.menu, title="", items=(), article=None) if self.menu else None
        self.story.feed(events.LanguageChosen(language))
        if self.menu is not None and place is not None:
            assert replace(self.menu, title="", items=(), article=None) == place

    @rule()
    def talk(self) -> None:
        self.story.feed(events.TalkPressed("hej"))
        self.story.feed(events.ArticlesPressed())

    @rule()
    def agent_is_done(self) -> None:
        if self.story.sent(OpenCase):
            self.story.feed(to_kiosk.CaseResolved(case=self.story.case))
            self.story.feed(events.FeedbackSkipped())

    @rule()
    def new_customer(self) -> None:
        self.story.feed(events.NewCustomerPressed())
        assert self.story.view.sheet is Sheet.NONE
        assert self.menu is not None
        assert (self.menu.depth, self.menu.searched) == (0, False)
        self.story.feed(events.HelpPressed())
        context = self.story.sent(OpenCase)[-1].context
        assert (context.read, context.asked) == ((), ())

    @rule(articles=st.sets(st.sampled_from(IDS), min_size=1), menu=st.booleans())
    def new_bundle(self, articles: set[str], menu: bool) -> None:
        whole = menu and len(articles) == len(ARTICLES)
        self.help = bundle(
            next(self.versions),
            articles=tuple(article for article in ARTICLES if article.id in articles),
            menu=None if whole else (),
        )
        self.story.feed(events.KnowledgeLoaded(self.help))

    @invariant()
    def what_is_shown_is_in_the_bundle(self) -> None:
        menu = self.menu
        if menu is None:
            return
        there = {article.id for article in self.help.articles}
        assert menu.article is None or menu.article.id in there
        assert all(item.title for item in menu.items)
        assert all(":" in item.id or item.id in there for item in menu.items)
        assert menu.depth >= (menu.article is not None)

    @invariant()
    def what_was_told_fits_the_wire(self) -> None:
        for opened in self.story.sent(OpenCase)[-1:]:
            assert len(opened.context.read) <= 20


TestBrowsing = Browsing.TestCase
TestBrowsing.settings = settings(max_examples=60, stateful_step_count=40)
