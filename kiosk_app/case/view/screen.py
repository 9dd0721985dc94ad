"""What the screen shows of a case: one frozen value, made anew after each event.

The screens draw it and ask nobody anything. Times are :class:`Countdown`s on the monotonic clock;
the ring that shows one ticks by itself.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk_app.case.view.agent import PointerView, TillActView
from kiosk_app.case.view.button import HelpView
from kiosk_app.case.view.call import CallView
from kiosk_app.case.view.chat import ChatView, LettersView
from kiosk_app.case.view.ending import CallbackView, FailureView, FeedbackView
from kiosk_app.case.view.handoff import HandoffView, MovedView
from kiosk_app.case.view.menu import MenuView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.share import ConsentView, ShareView
from kiosk_app.case.view.visit import (
    LeavingView,
    Loss,
    OfferView,
    RestoreView,
    RestView,
    SafetyView,
)
from kiosk_app.case.view.wait import JoiningView, OpeningView, QueueView
from kiosk_app.protocol.shared import ShareEndCause


class Sheet(StrEnum):
    """Which screen the overlay shows."""

    NONE = "none"
    MENU = "menu"
    QUEUE = "queue"  # waiting for a person
    JOINING = "joining"  # a named person is on the way
    CHAT = "chat"
    SAFETY = "safety"  # somebody is in danger
    CONSENT = "consent"
    HANDOFF = "handoff"  # the code for the phone
    MOVED = "moved"  # "Fortsätter i mobilen"
    FEEDBACK = "feedback"
    SAVING = "saving"  # something failed, which is said; the cart goes to disk before its promise
    FAILURE = "failure"
    CALLBACK = "callback"  # the pad for a number, and that a call is promised


@dataclass(frozen=True, slots=True)
class View:
    """All of it. Parts that do not belong to ``sheet`` may still be set (a share goes on while the
    sheet is folded)."""

    sheet: Sheet = Sheet.NONE
    folded: bool = False
    language: str = "sv"
    help: HelpView = field(default_factory=HelpView)
    menu: MenuView | None = None
    queue: QueueView | None = None
    joining: JoiningView | None = None
    chat: ChatView | None = None
    letters: LettersView | None = None
    consent: ConsentView | None = None
    share: ShareView | None = None
    call: CallView | None = None
    handoff: HandoffView | None = None
    moved: MovedView | None = None
    feedback: FeedbackView | None = None
    failure: FailureView | None = None
    callback: CallbackView | None = None
    safety: SafetyView | None = None
    offer: OfferView | None = None
    leaving: LeavingView | None = None
    rest: RestView | None = None
    opening: OpeningView | None = None  # when somebody answers, as far as the office has said
    restore: RestoreView | None = None
    notice: Notice | None = None
    share_ended: ShareEndCause | None = None
    till_act: TillActView | None = None
    pointer: PointerView | None = None
    loss: Loss = Loss.NONE
    paid: bool = False
    phone: bool = False  # the shopper may go on by phone now
