"""The one line that tells what just changed."""

from enum import StrEnum


class Notice(StrEnum):
    """One line that tells what just changed, shown until the next thing happens or 8 s."""

    SHARE_ENDED = "share_ended"  # with View.share_ended
    CONSENT_TIMED_OUT = "consent_timed_out"
    LINK_LOST = "link_lost"  # stays while the link is away
    LINK_BACK = "link_back"
    AGENT_AWAY = "agent_away"  # back in the queue, at its head
    WAIT_GREW = "wait_grew"  # more seconds than were left, and that is not done silently
    PLACE_LATER = "place_later"  # somebody was let in before
    CODE_WRONG = "code_wrong"
    CART_RESTORED = "cart_restored"
    TILL_AWAY = "till_away"  # the kept cart could not be put back just now, and is still kept
    CART_LOST = "cart_lost"  # what was kept cannot be read, and is deleted
    CALL_ENDED = "call_ended"  # not by the shopper; View.call has the cause
    CAMERA_CLOSED = "camera_closed"  # for the card-entry step
    CAMERA_MISSING = "camera_missing"  # it goes on as voice
    TILL_ACT = "till_act"  # with View.till_act
    CALL_COMES = "call_comes"  # to this screen, when an agent is free
    SLOW_DOWN = "slow_down"  # a line waits its turn
    HELP_PAUSED = "help_paused"  # with View.rest
    PAUSED_UNSENT = "paused_unsent"  # the same, and lines that waited their turn were not sent
    UNSENT = "unsent"  # help is over, and what was written last went to nobody
    MEDIA_LOST = "media_lost"  # picture and sound are gone, the chat goes on
