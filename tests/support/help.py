"""Help articles for tests: a small bundle, and one of any size."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import accumulate

from kiosk_app.base.ids import new_id
from kiosk_app.base.paths import assets_dir
from kiosk_app.case import effects, events
from kiosk_app.case.machine import Machine
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.view.menu import MenuView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.knowledge.kept import read_shipped
from kiosk_app.protocol.knowledge import Article, ArticleText, Block, BlockKind, Bundle, Topic
from kiosk_app.protocol.policy import PolicyRules

MADE_AT = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


def text(title: str, *steps: str, words: tuple[str, ...] = ()) -> ArticleText:
    return ArticleText(title, tuple(Block(BlockKind.STEP, step) for step in steps), words)


CARD = Article(
    "kortet-nekas",
    {
        "sv": text("Betalningen går inte igenom", "Sätt i kortet.", "Slå koden.", words=("kort",)),
        "en": text("The payment does not go through", "Insert the card.", "Enter your PIN."),
    },
)
PHONE = Article(
    "mobil",
    {"sv": text("Betala med mobil", "Lås upp mobilen."), "en": text("Pay by phone", "Unlock it.")},
)
RECEIPT = Article(
    "kvitto",
    {
        "sv": text("Få ditt kvitto", "Fotografera det."),
        "en": text("Your receipt", "Take a photo."),
    },
)
DOOR = Article("dorren", {"sv": text("Jag kommer inte ut", "Tryck på knappen vid dörren.")})


def bundle(
    version: int = 0,
    *,
    articles: tuple[Article, ...] = (CARD, PHONE, RECEIPT, DOOR),
    menu: tuple[Topic, ...] | None = None,
    policy: PolicyRules | None = None,
) -> Bundle:
    """Three keys: an article, a level with another under it, an article in Swedish only."""
    if menu is None:
        deeper = Topic({"sv": "Kvitton", "en": "Receipts"}, articles=("kvitto", "mobil"))
        menu = (
            Topic({"sv": "Betalningen", "en": "The payment"}, articles=("kortet-nekas",)),
            Topic({"sv": "Mera", "en": "More"}, topics=(deeper,), articles=("mobil",)),
            Topic({"sv": "Butiken", "en": "The shop"}, articles=("dorren",)),
        )
    return Bundle(version, MADE_AT, menu, articles, policy or PolicyRules())


def shipped() -> Bundle:
    """The help that comes with the program."""
    return read_shipped(assets_dir() / "knowledge.json")


def with_menu(view: View, language: str = "") -> View:
    """``view`` with the menu's top where the rules would have put it and a test has not."""
    if view.menu is not None or view.sheet not in (Sheet.NONE, Sheet.MENU):
        return view
    return replace(view, menu=menu_view(language or view.language))


@lru_cache
def menu_view(language: str = "sv", topic: int | None = None) -> MenuView:
    """The shipped menu's top, or one of its topics."""
    return _browse(language, *(() if topic is None else (f"topic:{topic}",)))


def article_view(language: str = "sv", article: str = "kortet-nekas") -> MenuView:
    """One of the shipped articles, found by a search."""
    return _browse(language, article, found=(article,))


def found_view(language: str = "sv", *articles: str) -> MenuView:
    """What a search has found; nothing, without ``articles``."""
    return _browse(language, found=articles)


def _browse(language: str, *pressed: str, found: tuple[str, ...] | None = None) -> MenuView:
    """As the rules themselves show it after these presses."""
    machine = Machine(
        new_id,
        lambda: "0000",
        CaseSettings("Byabutiken", "Kassa 2", language=language, languages=(language,)),
    )
    now = events.Now(0.0, MADE_AT)
    done: tuple[effects.Effect, ...] = ()
    for event in (events.KnowledgeLoaded(shipped()), events.HelpPressed()):
        machine.handle(event, now)
    if found is not None:
        done = machine.handle(events.QuestionTyped("?"), now)
        [search] = [each.search for each in done if isinstance(each, effects.SearchArticles)]
        machine.handle(events.ArticlesFound(search, found), now)
    for item in pressed:
        machine.handle(events.MenuItemPressed(item), now)
    menu = machine.view().menu
    assert menu is not None
    return menu


_PARTS = (
    "be ta ln ing kor va ra kvi tto pri sko lås öpp na mjö lk bröd is ter mi nal åld er gräns ret "
    "ur för un der ka ssa skan kod blip swi sh pan tmask in på sar rab att kam panj"
).split()


def large(articles: int, *, seed: int = 1) -> Bundle:
    """Made-up articles in two languages, of the usual length, with the small bundle's among them.

    Words are as unevenly common as in a language (Zipf).
    """
    chance = random.Random(seed)
    words = ["".join(chance.choices(_PARTS, k=chance.randint(2, 4))) for _ in range(20_000)]
    weights = list(accumulate(1 / (rank + 1) ** 0.8 for rank in range(len(words))))

    def some(count: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=count))

    made = [
        Article(
            f"artikel-{number}",
            {
                language: text(some(4)[:120], *(some(12) for _ in range(6)))
                for language in ("sv", "en")
            },
        )
        for number in range(articles - 4)
    ]
    return bundle(1, articles=(*made, CARD, PHONE, RECEIPT, DOOR))
