"""Words of the office's own: the greeting to shoppers, and why an agent's press did nothing."""

import logging

from babel import numbers

from kiosk_app.base.language import LanguageError, words
from kiosk_app.protocol.shared import Cart

logger = logging.getLogger(__name__)

AGENT_LANGUAGE = "sv"  # the console's own language in this release


def _lookup(language: str, message: str) -> str:
    """``message`` in ``language``; in Swedish where there is no such catalogue.

    Without any catalogue the English id itself: a missing file must not cost a shopper the help.
    """
    for attempt in (language, AGENT_LANGUAGE):
        try:
            return words(attempt)(message)
        except LanguageError as error:
            logger.info("%s", error)
    return message


def say(message: str) -> str:
    """``message`` as agents read it."""
    return _lookup(AGENT_LANGUAGE, message)


def money(ore: int) -> str:
    """Öre as kronor, the Swedish way in every language, as on the shelf."""
    return str(numbers.format_currency(ore / 100, "SEK", locale="sv_SE"))


def greeting(language: str, cart: Cart) -> str:
    """The agent's first message (FEATURES 15), from what the office knows of the cart."""

    def say(message: str) -> str:
        return _lookup(language, message)

    if cart.empty:
        return say("Hi! How can I help?")
    template = say("Hi! I can see your cart ({total}). How can I help?")
    return template.format(total=money(cart.total_ore))
