"""Help articles for tests: a small bundle, and one of any size."""

import random
from datetime import UTC, datetime

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
    weights = [1 / (rank + 1) ** 0.8 for rank in range(len(words))]

    def some(count: int) -> str:
        return " ".join(chance.choices(words, weights, k=count))

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
