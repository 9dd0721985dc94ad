"""A shopper who is a program: looks at what the kiosk would show and does as a person would.

Agents train on its cases. It stands where the screen stands, behind the same port, and has no
picture: what would be drawn is what it reacts to. To a screen share it can only say no.
"""

import logging
import random
from collections.abc import Callable, Iterator, Mapping

from kiosk_app.base.clock import Clock
from kiosk_app.case import events
from kiosk_app.case.events import Event
from kiosk_app.case.view.button import HelpState
from kiosk_app.case.view.chat import ChatLine
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.cli.practice_lines import Lines
from kiosk_app.media.ports import FrameSink, Picture, Whose
from kiosk_app.protocol.shared import Author
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.terminal import PIN_DIGITS, Behaviour, SimulatedTerminal

logger = logging.getLogger(__name__)

NOBODY_SECONDS = 5.0  # between looks whether an agent is logged in: nobody trains on an empty desk
_LONGEST_MEANS = 4.0  # a random wait has no end; past this one would think that it is broken
_CHARS_A_SECOND = 6.0  # a thumb on a screen's keyboard

# What happens before Hjälp, of ten visits, and the rest is something else.
_DECLINES = 4
_AGE_CHECKS = 2


class PracticeShopper:
    """Implements :class:`kiosk_app.kiosk.ports.Screen`.

    ``press`` takes what the hand does. :attr:`due` is when :meth:`act` has something to do, on
    ``clock``; ``on_due`` is called when that changes. ``mean_seconds`` lies between the end of a
    visit and the next press of Hjälp. ``pace`` stretches every wait; 1 is a person's.
    """

    def __init__(
        self,
        *,
        till: BuiltInTill,
        terminal: SimulatedTerminal,
        press: Callable[[Event], None],
        clock: Clock,
        randomness: random.Random,
        lines: Mapping[str, Lines],
        mean_seconds: float,
        pace: float = 1.0,
        on_due: Callable[[], None] = lambda: None,
    ) -> None:
        self._till = till
        self._terminal = terminal
        self._press = press
        self._clock = clock
        self._random = randomness
        self._lines = lines
        self._mean_seconds = mean_seconds
        self._pace = pace
        self._on_due = on_due
        self._view = View()
        self._seen: tuple[str, ...] | None = None
        self._script: Iterator[float] = iter(())
        self._due: float | None = None
        # Whoever stood there in an earlier run of the program is gone.
        self._in_visit = True
        self._first: tuple[str, ...] = ()
        self._rounds = 3

    @property
    def due(self) -> float | None:
        return self._due

    def act(self) -> None:
        """Do what is due by now, if anything is."""
        if self._due is None or self._clock.monotonic() < self._due:
            return
        self._go_on()

    # The screen port -----------------------------------------------------------------------------

    def show_view(self, view: View) -> None:
        self._view = view
        seen = _what_matters(view)
        if seen == self._seen:
            return
        self._seen = seen
        self._in_visit = self._in_visit or view.sheet is not Sheet.NONE
        self._script = self._scripts(view)
        self._go_on()

    def start_grabbing(self, sink: FrameSink) -> None:
        """There is nothing to show, and no share is ever agreed to."""

    def stop_grabbing(self) -> None:
        pass

    def grab_whole(self) -> None:
        pass

    def show_sound(self, shopper: int, agent: int) -> None:
        pass

    def show_picture(self, whose: Whose, picture: Picture | None) -> None:
        pass

    def till_wiped(self) -> None:
        pass

    # Scripts: each yields how many seconds a person takes before what comes next -----------------

    def _go_on(self) -> None:
        script = self._script
        wait = next(script, None)
        if script is not self._script:
            return  # what it did changed the screen, and that has set the next time already
        self._due = None if wait is None else self._clock.monotonic() + wait * self._pace
        self._on_due()

    def _scripts(self, view: View) -> Iterator[float]:
        match view.sheet:
            case Sheet.NONE:
                return self._at_till()
            case Sheet.MENU:
                return self._at_menu()
            case Sheet.QUEUE:
                return self._in_queue()
            case Sheet.CHAT:
                return self._in_chat()
            case Sheet.CONSENT:
                return self._asked_to_share()
            case Sheet.FEEDBACK:
                return self._at_feedback()
            case Sheet.FAILURE:
                return self._at_failure()
            case Sheet.JOINING:
                return self._in_queue()  # somebody who said they come and does not write
            case Sheet.SAVING | Sheet.SAFETY | Sheet.HANDOFF | Sheet.MOVED:
                return iter(())
            case Sheet.CALLBACK:
                return self._at_failure()

    def _at_till(self) -> Iterator[float]:
        if self._in_visit:
            yield self._between(3, 6)
            self._in_visit = False
            self._press(events.NewCustomerPressed())
        longest = _LONGEST_MEANS * self._mean_seconds
        yield min(self._random.expovariate(1 / self._mean_seconds), longest)
        while not self._somebody_there:
            yield NOBODY_SECONDS
        self._in_visit = True
        logger.info("a practice shopper comes")
        if self._random.random() < 0.25 and len(self._lines) > 1:
            others = sorted(set(self._lines) - {self._view.language})
            self._press(events.LanguageChosen(self._random.choice(others)))
        yield from self._shop()
        yield self._between(3, 8)
        self._press(events.HelpPressed())

    @property
    def _somebody_there(self) -> bool:
        help_ = self._view.help
        return help_.state is not HelpState.OFFLINE and help_.promise_seconds is not None

    def _shop(self) -> Iterator[float]:
        """Goods into the cart, and what goes wrong with them."""
        articles = self._till.shop.articles
        free = [article for article in articles if not article.age_restricted]
        kept_back = [article for article in articles if article.age_restricted]
        for article in self._random.choices(free, k=self._random.randint(1, 6)):
            self._till.scan(article.code)
            yield self._between(1, 4)
        chance = self._random.randrange(10)
        lines = self._words
        self._rounds = self._random.randint(2, 4)
        self._first = lines.first_other
        if chance < _DECLINES:
            yield from self._pay_in_vain()
            self._first = lines.first_declined
        elif chance < _DECLINES + _AGE_CHECKS and kept_back:
            self._till.scan(self._random.choice(kept_back).code)
            self._first = lines.first_age

    def _pay_in_vain(self) -> Iterator[float]:
        self._terminal.behaviour = Behaviour.DECLINE
        self._till.pay()
        yield self._between(1, 3)
        self._till.open_card_entry()
        yield self._between(2, 5)
        for _ in range(PIN_DIGITS):
            self._terminal.press_digit()
        self._terminal.confirm()

    def _at_menu(self) -> Iterator[float]:
        yield self._between(4, 9)
        if self._random.random() < 0.1:
            self._press(events.ClosePressed())  # found out alone
            return
        first = self._first or self._words.first_other
        self._press(events.TalkPressed(self._random.choice(first)))

    def _in_queue(self) -> Iterator[float]:
        if self._random.random() < 0.3:
            yield self._between(90, 240)
        else:
            yield self._between(400, 600)
        self._press(events.LeavePressed())

    def _in_chat(self) -> Iterator[float]:
        chat = self._said
        words = self._words
        mine = [line.text for line in chat if line.author is Author.SHOPPER]
        if any(text in words.thanks for text in mine):
            yield self._between(25, 60)
            self._press(events.LeavePressed())
        elif chat and chat[-1].author is Author.AGENT:
            yield self._between(2, 5)
            text = self._fresh(words.answers if len(mine) <= self._rounds else words.thanks)
            yield from self._write(text)
        else:
            yield self._between(90, 150)
            if any(text in words.still_there for text in mine):
                self._press(events.LeavePressed())
            else:
                yield from self._write(self._fresh(words.still_there))

    def _write(self, text: str) -> Iterator[float]:
        self._press(events.ShopperTyped(True))
        yield len(text) / _CHARS_A_SECOND
        self._press(events.ShopperTyped(False))
        self._press(events.ChatSubmitted(text))

    def _asked_to_share(self) -> Iterator[float]:
        consent = self._view.consent
        yield self._between(3, 6)
        if consent is not None:
            self._press(events.ConsentRefused(consent.ask))
            self._press(events.ChatSubmitted(self._fresh(self._words.no_screen)))

    def _at_feedback(self) -> Iterator[float]:
        yield self._between(2, 5)
        self._press(events.FeedbackGiven(self._random.choice((2, 3, 4, 4, 5, 5, 5))))

    def _at_failure(self) -> Iterator[float]:
        yield self._between(5, 10)
        self._press(events.ClosePressed())

    # -----------------------------------------------------------------------------------------

    @property
    def _words(self) -> Lines:
        return self._lines.get(self._view.language) or self._lines["sv"]

    @property
    def _said(self) -> tuple[ChatLine, ...]:
        return self._view.chat.lines if self._view.chat is not None else ()

    def _fresh(self, texts: tuple[str, ...]) -> str:
        """One of ``texts``, if possible one that has not been said in this chat."""
        said = {line.text for line in self._said}
        return self._random.choice([text for text in texts if text not in said] or texts)

    def _between(self, least: float, most: float) -> float:
        return self._random.uniform(least, most)


def _what_matters(view: View) -> tuple[str, ...]:
    """What of ``view`` makes a person do something else than they were about to."""
    if view.sheet is Sheet.CONSENT and view.consent is not None:
        return (view.sheet, view.consent.ask)
    if view.sheet is Sheet.CHAT and view.chat is not None and view.chat.lines:
        return (view.sheet, view.chat.lines[-1].id)
    return (view.sheet,)
