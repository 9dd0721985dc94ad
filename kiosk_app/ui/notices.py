"""What just changed, in one line."""

from kiosk_app.base.language import Words
from kiosk_app.case.view.agent import TillActView
from kiosk_app.case.view.call import CallView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import View
from kiosk_app.protocol.call import CallEndCause
from kiosk_app.protocol.shared import ShareEndCause, TillAction


def notice_text(view: View, say: Words) -> str:
    """The line for ``view.notice`` in the shopper's words; empty when there is none."""
    match view.notice:
        case None:
            return ""
        case Notice.SHARE_ENDED:
            return _share_ended_text(view.share_ended, say)
        case Notice.CONSENT_TIMED_OUT:
            return say("No answer counts as no. Your screen is not shown.")
        case Notice.LINK_LOST if view.share_ended is not None:
            return say(
                "We have lost contact and are reconnecting. Your screen is not shown any more."
            )
        case Notice.LINK_LOST if view.paid:
            return say("We have lost contact and are reconnecting. Your receipt stays.")
        case Notice.LINK_LOST:
            return say("We have lost contact and are reconnecting. Your cart stays.")
        case Notice.LINK_BACK:
            return say("Contact is back.")
        case Notice.AGENT_AWAY:
            return say("The connection to support broke. You are first in the queue.")
        case Notice.WAIT_GREW:
            return say("The wait has become longer. You keep your place.")
        case Notice.PLACE_LATER:
            position = view.help.position or 1
            return say("Someone in need went first. You are number {n}.", n=position)
        case Notice.CODE_WRONG:
            return say("That code is not right. Check the digits and try again.")
        case Notice.CART_RESTORED:
            return say("Your cart is back.")
        case Notice.TILL_AWAY:
            return say("The till does not answer. Your cart is kept. Try again in a moment.")
        case Notice.CART_LOST:
            return say("Your cart could not be read. Please scan your goods again.")
        case Notice.CALL_ENDED:
            return _call_ended_text(view.call, say)
        case Notice.CAMERA_CLOSED:
            return say("The camera is closed, because you are paying by card.")
        case Notice.CAMERA_MISSING:
            return say("The camera does not work. You can still talk.")
        case Notice.TILL_ACT:
            return _till_act_text(view.till_act, say)
        case Notice.CALL_COMES:
            return say("We call this screen when someone is free. Stay near it.")
        case Notice.SLOW_DOWN:
            return say("You write fast. Your message goes off in a moment.")
        case Notice.HELP_PAUSED:
            until = say.time(view.rest.until) if view.rest is not None else ""
            return say("Help is paused until {time}. The tips still work.", time=until)
        case Notice.PAUSED_UNSENT:
            until = say.time(view.rest.until) if view.rest is not None else ""
            return say("Help is paused until {time}. Your last lines were not sent.", time=until)
        case Notice.UNSENT:
            return say("Your last lines were not sent.")
        case Notice.MEDIA_LOST:
            return say("The picture is gone for now. The chat goes on.")


def notice_icon(view: View) -> str:
    """The icon beside the line: good news carries no warning."""
    match view.notice:
        case Notice.CART_RESTORED | Notice.LINK_BACK | Notice.TILL_ACT | Notice.CALL_COMES:
            return "check"
        case Notice.SHARE_ENDED | Notice.CONSENT_TIMED_OUT:
            return "screen"
        case _:
            return "warning"


def _call_ended_text(call: CallView | None, say: Words) -> str:
    match call.cause if call else None:
        case CallEndCause.NO_MICROPHONE:
            return say("The microphone does not work. The chat goes on.")
        case CallEndCause.NO_SPEAKER:
            return say("The speaker does not work. The chat goes on.")
        case CallEndCause.AGENT_ENDED:
            return say("{name} has ended the call. The chat goes on.", name=_name(call))
        case _:
            return say("The call has ended. The chat goes on.")


def _name(call: CallView | None) -> str:
    return call.agent_name if call else ""


def _till_act_text(act: TillActView | None, say: Words) -> str:
    if act is None:
        return ""
    match act.action:
        case TillAction.UNLOCK_LINE:
            return say("{name} unlocked: {item}", name=act.agent_name, item=act.item)
        case TillAction.VOID_LINE:
            return say("{name} took away: {item}", name=act.agent_name, item=act.item)
        case TillAction.RESUME_PAYMENT:
            return say("{name} opened the payment again. Please pay.", name=act.agent_name)


def _share_ended_text(cause: ShareEndCause | None, say: Words) -> str:
    match cause:
        case ShareEndCause.SHOPPER_STOPPED:
            return say("You stopped sharing the screen.")
        case ShareEndCause.AGENT_STOPPED:
            return say("Support no longer sees the screen.")
        case ShareEndCause.DEADLINE:
            return say("The five minutes are over. Your screen is not shown any more.")
        case ShareEndCause.CARD_ENTRY:
            return say("Sharing stopped, because you are paying by card.")
        case ShareEndCause.MEDIA_LOST | ShareEndCause.PEER_LOST | ShareEndCause.LINK_LOST:
            return say("The connection broke. Your screen is not shown any more.")
        case ShareEndCause.CASE_ENDED | None:
            return say("Your screen is not shown any more.")
