"""Words of the office's own: why an agent's press did nothing."""

import logging

from kiosk_app.base.language import LanguageError, words

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
