"""Words and figures in the shopper's language.

Every text shown to shoppers is written in the code as its English message id and looked up here.
``i18n/<language>/LC_MESSAGES/kiosk.po`` holds the translations; adding a language is adding one.
"""

import datetime as dt
import gettext
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from babel import Locale, numbers

from kiosk_app.base.errors import KioskError
from kiosk_app.base.paths import catalogues_dir


class LanguageError(KioskError):
    """A language was asked for that has no catalogue."""


class Words:
    """One language's catalogue and the forms of its numbers."""

    def __init__(self, language: str, directory: Path | None = None) -> None:
        directory = directory or catalogues_dir()
        try:
            self._catalogue = gettext.translation("kiosk", directory, languages=[language])
        except OSError as error:
            raise LanguageError(
                f"There is no compiled catalogue for language {language!r} in {directory}. "
                f"Use one of: {', '.join(languages()) or 'none yet'}. After adding one, run: "
                f"python deploy/build_hook.py"
            ) from error
        self.language = language
        self.locale = Locale.parse(language)

    def __call__(self, message: str, **values: object) -> str:
        """The translation of ``message`` with ``{name}`` fields filled in."""
        text = self._catalogue.gettext(message)
        if not values:
            return text
        if self.right_to_left:
            # A name or a sum of the other direction must not turn the sentence round
            # (Unicode UAX 9: first strong isolate, right-to-left mark).
            values = {name: f"\u2068{value}\u2069" for name, value in values.items()}
            return f"\u200f{text.format(**values)}"
        return text.format(**values)

    def count(self, one: str, many: str, n: int) -> str:
        """The form of a counted text that fits ``n``; ``{n}`` is filled in."""
        return self._catalogue.ngettext(one, many, n).format(n=n)

    @property
    def right_to_left(self) -> bool:
        return self.locale.text_direction == "rtl"

    def money(self, ore: int) -> str:
        """Öre as kronor, for example ``142,50 kr``."""
        return str(numbers.format_currency(ore / 100, "SEK", locale=self._money_locale))

    def time(self, at: datetime) -> str:
        """The time of day at ``at`` on this machine's clock, for example ``14:35``."""
        from babel import dates  # here: it reads the time zones, which no start needs

        return str(dates.format_time(at.astimezone(), "short", locale=self.locale))

    def hours(self, opens: dt.time, closes: dt.time) -> str:
        """A span of a day, in whole hours where they are; the day's last moment is its 24th."""

        def short(at: dt.time) -> str:
            if at == dt.time.max:
                return "24"
            return f"{at:%H:%M}" if at.minute else f"{at:%H}"

        return f"{short(opens)}\N{EN DASH}{short(closes)}"

    def weekday(self, day: dt.date) -> str:
        """The name of ``day`` in a sentence, for example ``måndag``."""
        from babel import dates

        return str(dates.format_date(day, "EEEE", locale=self.locale))

    @property
    def _money_locale(self) -> str:
        # English shoppers in Sweden read "SEK 142.50" as a foreign price; the shelf says "kr".
        return "sv_SE"


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """The catalogue of ``language``, loaded once. Raises LanguageError when there is none."""
    return Words(language)


def languages() -> tuple[str, ...]:
    """Every language that has a compiled catalogue, Swedish first."""
    found = {path.parent.parent.name for path in catalogues_dir().glob("*/LC_MESSAGES/kiosk.mo")}
    return tuple(sorted(found, key=lambda name: (name != "sv", name)))
