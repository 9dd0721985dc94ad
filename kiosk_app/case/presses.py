"""What the shopper's hand does. Nothing but the screen and the till make one of these."""

from dataclasses import dataclass
from typing import TypeAlias

from kiosk_app.protocol.call import CallKind


class ByHand:
    """Somebody is there: a hand did it, whatever way it came. A switch or a screen reader presses
    without any touch."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class HelpPressed(ByHand):
    """Hjälp: opens the sheet, folds it, brings it back."""


@dataclass(frozen=True, slots=True)
class ClosePressed(ByHand):
    """ "Stäng" or Escape: back to the till. Before a person is asked for this ends the case,
    afterwards it folds the sheet and the case goes on."""


@dataclass(frozen=True, slots=True)
class LeavePressed(ByHand):
    """The shopper ends it: leaves the queue, or says goodbye to the agent."""


@dataclass(frozen=True, slots=True)
class TalkPressed(ByHand):
    """ "Prata med en person", with what was written before it, if anything."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class ArticlesPressed(ByHand):
    """Read the help articles while waiting; the place in the queue stays."""


@dataclass(frozen=True, slots=True)
class ChatSubmitted(ByHand):
    text: str


@dataclass(frozen=True, slots=True)
class ShopperTyped(ByHand):
    """A key in the chat line. ``typing`` is false when the line is empty again."""

    typing: bool


@dataclass(frozen=True, slots=True)
class ShopperWrote(ByHand):
    """What stands in the chat line now, less figures that may turn out to be a scan."""

    draft: str


@dataclass(frozen=True, slots=True)
class LettersSwitched(ByHand):
    """Whether the agent sees what the shopper writes before it is sent, for this visit."""

    on: bool


@dataclass(frozen=True, slots=True)
class ConsentApproved(ByHand):
    """The press on "Godkänn". Only the consent screen makes one; ``ask`` names which."""

    ask: str


@dataclass(frozen=True, slots=True)
class ConsentRefused(ByHand):
    ask: str


@dataclass(frozen=True, slots=True)
class ShareStopPressed(ByHand):
    """ "Sluta dela"."""


@dataclass(frozen=True, slots=True)
class ShareRenewPressed(ByHand):
    """ "Dela 5 min till": shows the consent screen again, and nothing more."""


@dataclass(frozen=True, slots=True)
class CallPressed(ByHand):
    """ "Prata" or "Video": the shopper wants it; asked of the agent, or at once in a call."""

    kind: CallKind


@dataclass(frozen=True, slots=True)
class CallOfferAccepted(ByHand):
    """Yes to the question ``ask``. Only its card on this screen makes one."""

    ask: str


@dataclass(frozen=True, slots=True)
class CallOfferRefused(ByHand):
    ask: str


@dataclass(frozen=True, slots=True)
class CallMutePressed(ByHand):
    """Closes the microphone, or opens it again."""


@dataclass(frozen=True, slots=True)
class CameraStopPressed(ByHand):
    """Back from video to voice."""


@dataclass(frozen=True, slots=True)
class CallEndPressed(ByHand):
    """Ends the call, or takes the wish for one back. The chat goes on."""


@dataclass(frozen=True, slots=True)
class HandoffPressed(ByHand):
    """ "Fortsätt i mobilen", also for another code when one has run out."""


@dataclass(frozen=True, slots=True)
class FeedbackGiven(ByHand):
    score: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackTouched(ByHand):
    """The shopper is busy with the feedback: its time starts over."""


@dataclass(frozen=True, slots=True)
class FeedbackSkipped(ByHand):
    pass


@dataclass(frozen=True, slots=True)
class NewCustomerPressed(ByHand):
    """ "Ny kund": the visit ends and everything of it is wiped."""


@dataclass(frozen=True, slots=True)
class LanguageChosen(ByHand):
    language: str


@dataclass(frozen=True, slots=True)
class CartRestorePressed(ByHand):
    """ "Hämta din korg", in the visit that the cart belongs to."""


@dataclass(frozen=True, slots=True)
class CartCodeEntered(ByHand):
    """The four digits, where the visit is another one."""

    code: str


@dataclass(frozen=True, slots=True)
class RetryPressed(ByHand):
    """ "Försök igen" on the failure notice, offered once the office answers again."""


# Self-service ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MenuItemPressed(ByHand):
    """A topic or an article of the menu, or an article that was found; ``item`` is its id."""

    item: str


@dataclass(frozen=True, slots=True)
class MenuBackPressed(ByHand):
    """ "Tillbaka": from the article to its list, from a level to the one above."""


@dataclass(frozen=True, slots=True)
class QuestionTyped(ByHand):
    """Each change of the line under "Skriv din fråga", with all that stands in it now."""

    text: str


@dataclass(frozen=True, slots=True)
class SolvedPressed(ByHand):
    """ "Löste det sig?" "Ja", under an article."""


# A call instead of a wait ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallbackPressed(ByHand):
    """ "Bli uppringd": shows the pad for a number. Nothing of the case changes by it."""


@dataclass(frozen=True, slots=True)
class CallbackNumberEntered(ByHand):
    """A number to call, in E.164, and the press that leaves it."""

    number: str


@dataclass(frozen=True, slots=True)
class CallKioskPressed(ByHand):
    """ "Ring kioskskärmen": wait for a person at the till, and be called on this screen."""


# Whether somebody is there, and what of the help is offered, rested or urgent --------------------


@dataclass(frozen=True, slots=True)
class Touched(ByHand):
    """A finger or a key, anywhere. ``changed``: the screen does not look or sound as each visit
    begins, so that there is something to lose."""

    changed: bool = False


@dataclass(frozen=True, slots=True)
class ScanFailed(ByHand):
    """A scan that found nothing: it could not be read, or the shop does not sell it."""


@dataclass(frozen=True, slots=True)
class OfferAccepted(ByHand):
    """ "Ja, hjälp mig" on the card that offers it."""


@dataclass(frozen=True, slots=True)
class OfferDismissed(ByHand):
    """ "Nej tack" there."""


@dataclass(frozen=True, slots=True)
class StayPressed(ByHand):
    """ "Jag är kvar" while the screen counts down to the next shopper."""


@dataclass(frozen=True, slots=True)
class SafetyPressed(ByHand):
    """ "Jag är inlåst, rädd eller skadad"."""


Press: TypeAlias = (
    HelpPressed
    | ClosePressed
    | LeavePressed
    | TalkPressed
    | ArticlesPressed
    | ChatSubmitted
    | ShopperTyped
    | ShopperWrote
    | LettersSwitched
    | ConsentApproved
    | ConsentRefused
    | ShareStopPressed
    | ShareRenewPressed
    | CallPressed
    | CallOfferAccepted
    | CallOfferRefused
    | CallMutePressed
    | CameraStopPressed
    | CallEndPressed
    | HandoffPressed
    | FeedbackGiven
    | FeedbackTouched
    | FeedbackSkipped
    | NewCustomerPressed
    | LanguageChosen
    | CartRestorePressed
    | CartCodeEntered
    | RetryPressed
    | MenuItemPressed
    | MenuBackPressed
    | QuestionTyped
    | SolvedPressed
    | CallbackPressed
    | CallbackNumberEntered
    | CallKioskPressed
    | Touched
    | ScanFailed
    | OfferAccepted
    | OfferDismissed
    | StayPressed
    | SafetyPressed
)
