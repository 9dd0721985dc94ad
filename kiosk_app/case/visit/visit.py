"""One shopper at this kiosk: cart, surroundings, language, and what of it is kept on disk."""

from collections.abc import Callable
from datetime import datetime

from kiosk_app.case.effects import (
    ForgetCart,
    ForgetCase,
    HoldCarts,
    KeepVisit,
    MoveCart,
    RestoreCart,
    SaveCart,
)
from kiosk_app.case.events import CartsRecovered, DeviceSensed, TillChanged, VisitRecovered
from kiosk_app.case.settings import CaseSettings
from kiosk_app.case.timers import Timer
from kiosk_app.case.turn import Turn
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.visit import RestoreView, RestoreWay
from kiosk_app.case.visit.cart_hold import HOLD_SECONDS, CartCode, CartHold
from kiosk_app.case.visit.receipt import receipt_link
from kiosk_app.case.visit.waiting_carts import WaitingCarts
from kiosk_app.protocol import limits
from kiosk_app.protocol.shared import (
    Battery,
    Cart,
    Context,
    Device,
    HelpReason,
    Network,
    PaymentStep,
    ReadArticle,
)

KEEP_SECONDS = 60.0  # the kept cart's five minutes begin anew while the cart is in the till

_RESTORABLE = (PaymentStep.IDLE, PaymentStep.CART)  # a payment in progress is not disturbed
_EMPTY = TillChanged(cart=Cart(), step=PaymentStep.IDLE, declines=0, snapshot=b"")


class Visit:
    """The visit and its carts: the one in the till, and those that wait beside it.

    ``cart_code`` is what the failure notice showed for them. Till and waiting carts have places of
    their own on disk; a cart goes from one to the other in one moment, so that no crash finds it
    in neither or in both.
    """

    def __init__(self, turn: Turn, settings: CaseSettings, code: Callable[[], str]) -> None:
        self._turn = turn
        self._settings = settings
        self._waiting = WaitingCarts(turn, code)
        self.id = turn.new_id()
        self.language = settings.language
        self.letters_seen = True  # by the agent, as they are written; the shopper may say no
        self.cart_code: CartCode | None = None
        self.read: tuple[ReadArticle, ...] = ()
        self.asked: tuple[str, ...] = ()
        self.reason: HelpReason | None = None  # why help was offered, where that was taken
        self._till = _EMPTY
        self._paid_at: datetime | None = None
        self._sensed = DeviceSensed(Device(), Network(), Battery())
        self._case: str | None = None
        self._cart_kept = False
        self._case_kept = False
        self._fetching: CartHold | None = None
        self._saving: CartCode | None = None

    @property
    def step(self) -> PaymentStep:
        return self._till.step

    @property
    def card_entry(self) -> bool:
        return self._till.step is PaymentStep.CARD_ENTRY

    @property
    def has_cart(self) -> bool:
        """Whether there is anything that has not been paid."""
        return self._keepable or self.one_tap_waits

    @property
    def one_tap_waits(self) -> bool:
        """Whether a cart of this visit is one tap away, or will be after a payment."""
        return self._waiting.own is not None

    @property
    def context(self) -> Context:
        """Everything the office is told of the visit."""
        return Context(
            store=self._settings.store,
            till_name=self._settings.till_name,
            position=self._settings.position,
            cart=self._till.cart,
            step=self._till.step,
            device=self._sensed.device,
            network=self._sensed.network,
            battery=self._sensed.battery,
            language=self.language,
            declines=self._till.declines,
            practice=self._settings.practice,
            read=self.read,
            asked=self.asked,
            reason=self.reason,
        )

    @property
    def receipt_url(self) -> str | None:
        """The receipt of what has been paid, for a phone; None where there is none."""
        if self._paid_at is None:
            return None
        link = receipt_link(
            self._settings.receipt_page,
            store=self._settings.store,
            till_name=self._settings.till_name,
            cart=self._till.cart,
            paid_at=self._paid_at,
            language=self.language,
        )
        return link or None

    def has_read(self, article: str, title: str) -> None:
        """The shopper opened a help article, perhaps again."""
        others = tuple(each for each in self.read if each.id != article)
        self.read = (*others, ReadArticle(article, title))[-limits.READ_ARTICLES :]

    def has_asked(self, question: str) -> None:
        """The shopper looked for something. What they only went on typing is one question."""
        others = tuple(each for each in self.asked if not question.startswith(each))
        self.asked = (*others, question)[-limits.ASKED_QUESTIONS :]

    def restore_view(self) -> RestoreView | None:
        """What is offered of a saved cart now: this visit's own first, then the others'."""
        return self._waiting.view if self.step in _RESTORABLE else None

    def sensed(self, event: DeviceSensed) -> None:
        self._sensed = event

    def set_case(self, case: str | None) -> None:
        """A case of this visit is open now, or none is."""
        self._case = case
        if case is None and self._case_kept:
            self._case_kept = False
            self._turn.do(ForgetCase())
        self.keep()

    # The till ------------------------------------------------------------------------------------

    def till_changed(self, event: TillChanged) -> None:
        """The cart or the step moved on: what is kept follows."""
        begun = self._till.cart.empty and not event.cart.empty
        if not event.step.bought:
            self._paid_at = None
        elif self._paid_at is None:
            self._paid_at = self._turn.now.wall
        self._till = event
        fetched, self._fetching = self._fetching, None
        waiting_changed = fetched is not None
        if fetched is not None:
            self._turn.say(Notice.CART_RESTORED)
            self._waiting.remove(fetched)
        elif begun and self._waiting.another_begun():
            waiting_changed = True
            self._drop_code()
            if self._case is None:
                self.id = self._turn.new_id()
        if self.cart_code and not self._keepable and not self._waiting.knows(self.cart_code.code):
            # Bought, or emptied by hand: nothing is left to give back.
            self._drop_code()
        self._keep(waiting=waiting_changed)

    def keep(self) -> None:
        """Write down what a restart needs, or take it off the disk when that is nothing."""
        self._keep(waiting=False)

    def _keep(self, *, waiting: bool) -> None:
        """``waiting``: the waiting carts have changed as well."""
        if self._cart_kept and not self._keepable:
            self._turn.do(ForgetCart())
        self._cart_kept = self._keepable
        self._case_kept = self._case is not None
        if self._cart_kept or self._case_kept:
            self._turn.do(self._on_disk(waiting=waiting))
            self._turn.timers.set(Timer.KEEP, self._turn.after(KEEP_SECONDS))
            return
        self._turn.timers.cancel(Timer.KEEP)
        if waiting:
            self._write_waiting()

    # Something failed ----------------------------------------------------------------------------

    def save(self) -> bool:
        """Send the carts to disk before a code is shown; tells whether there is one to save."""
        if not self.has_cart:
            return False
        code = self.cart_code.code if self.cart_code else self._waiting.fresh_code()
        self._saving = CartCode(code, self._turn.after(HOLD_SECONDS))
        self._waiting.give_code(code)
        self._cart_kept = self._keepable
        self._turn.do(SaveCart(self._on_disk(waiting=self.one_tap_waits)))
        return True

    def saved(self) -> bool:
        """They are on disk: the code may be shown. Tells whether it was waited for."""
        saved, self._saving = self._saving, None
        if saved is None:
            return False
        if self.has_cart:  # not bought or emptied while it was written
            self.cart_code = saved
            self._turn.timers.set(Timer.CART_CODE, saved.ends_at)
            # Beside goods in the till it is another cart that has been begun.
            self._waiting.show_code(saved, one_tap=not self._keepable)
        self._keep(waiting=True)
        return True

    def save_failed(self) -> None:
        self._saving = None

    def save_unseen(self) -> None:
        """Saved when nobody looked any more: a code that was never shown is none."""
        self._saving = None
        self._keep(waiting=False)

    # Giving it back ------------------------------------------------------------------------------

    def carts_recovered(self, event: CartsRecovered) -> None:
        """Carts that waited when the last run ended go on waiting."""
        self._waiting.recovered(event)
        own = self._waiting.own
        if own is not None:
            self.id = own.visit
        # Written anew: the clock that their time is counted on may be another since.
        self._write_waiting()

    def recovered(self, event: VisitRecovered) -> None:
        """The visit that an earlier run kept goes on; the cart of its till is one tap away."""
        self._case_kept = event.case is not None
        self.id = event.visit
        if not event.snapshot:
            return
        if event.hold_seconds > 0:
            self._waiting.add(
                CartHold(
                    event.visit,
                    event.snapshot,
                    event.code,
                    event.code_shown,
                    self._turn.after(event.hold_seconds),
                    one_tap=True,
                )
            )
        self._turn.do(MoveCart(self._waiting.on_disk()))

    def restore(self) -> None:
        """ "Hämta din korg" where one tap is enough."""
        own, offered = self._waiting.own, self.restore_view()
        if own is not None and offered is not None:
            self._give_back(own)

    def enter_code(self, untrusted_code: str) -> None:
        """The four digits; too many wrong ones delete every cart that waits for its code."""
        offered = self.restore_view()
        if offered is None or offered.way is not RestoreWay.CODE:
            return
        cart = self._waiting.find(untrusted_code)
        if cart is not None:
            self._give_back(cart)
            return
        self._turn.say(Notice.CODE_WRONG)
        self._waiting.wrong_code()
        self._write_waiting()

    def restore_failed(self) -> None:
        """The till cannot read it: keeping it longer helps nobody."""
        fetching, self._fetching = self._fetching, None
        if fetching is not None:
            self._waiting.remove(fetching)
            self._write_waiting()
            self._turn.say(Notice.CART_LOST)

    def restore_unanswered(self) -> None:
        """The till is away: the cart waits on, and may be fetched again."""
        if self._fetching is not None:
            self._fetching = None
            self._turn.say(Notice.TILL_AWAY)

    def code_over(self) -> None:
        """The five minutes of the shown code are over."""
        self.cart_code = None
        self.keep()

    def waiting_over(self) -> None:
        """Those of a waiting cart are."""
        self._waiting.drop_due()
        self._write_waiting()

    def end(self) -> None:
        """The shopper has left: nothing stays but what was promised against its code."""
        self._saving = None
        self._fetching = None
        changed = self._waiting.visit_ended()
        if self.cart_code and self._keepable:
            code, ends_at = self.cart_code.code, self.cart_code.ends_at
            self._waiting.add(
                CartHold(self.id, self._till.snapshot, code, True, ends_at, one_tap=False)
            )
            changed = True
        if changed:
            self._turn.do(MoveCart(self._waiting.on_disk()))
        elif self._cart_kept:
            self._turn.do(ForgetCart())
        self._cart_kept = False
        self.id = self._turn.new_id()
        self.language = self._settings.language
        self.letters_seen = True
        self._drop_code()
        self.read = self.asked = ()
        self._till = _EMPTY
        self._paid_at = None
        self._turn.timers.cancel(Timer.KEEP)

    @property
    def _keepable(self) -> bool:
        return not self._till.cart.empty and not self._till.step.bought

    def _on_disk(self, *, waiting: bool) -> KeepVisit:
        code = self.cart_code or self._saving
        return KeepVisit(
            visit=self.id,
            case=self._case,
            snapshot=self._till.snapshot if self._keepable else b"",
            code=code.code if code else "",
            code_shown=self.cart_code is not None,
            saved_at=self._turn.now.wall,
            hold_until=self._turn.wall_after(HOLD_SECONDS),
            waiting=self._waiting.on_disk() if waiting else None,
        )

    def _write_waiting(self) -> None:
        self._turn.do(HoldCarts(self._waiting.on_disk()))

    def _give_back(self, cart: CartHold) -> None:
        if self._fetching is None:  # a second tap before the till has answered is no second cart
            self._fetching = cart
            self._turn.do(RestoreCart(cart.snapshot))

    def _drop_code(self) -> None:
        self.cart_code = None
        self._turn.timers.cancel(Timer.CART_CODE)
