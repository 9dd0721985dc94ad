"""The case that is open."""

from dataclasses import dataclass, field

from kiosk_app.case.talk.call import Calling
from kiosk_app.case.talk.chat_log import ChatLog
from kiosk_app.case.talk.peer_line import PeerLine
from kiosk_app.case.talk.sharing import Sharing
from kiosk_app.case.view.agent import PointerView, TillActView
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.protocol.shared import Context, EndCause


@dataclass(slots=True)
class OpenedCase:
    """Everything of one case. ``recovered``: an earlier run of this program opened it, and the
    office has not said yet how it stands. ``told``: the context the office has."""

    id: str
    sharing: Sharing
    peer: PeerLine
    call: Calling
    told: Context
    recovered: bool = False
    chat: ChatLog = field(default_factory=ChatLog)
    agent_name: str = ""
    position: int | None = None
    wait: Countdown | None = None
    call_here: bool = False  # the shopper is called on this screen and need not wait at it
    nobody: bool = False  # no agent is there to end the wait
    promised_seconds: int | None = None  # what was read last before asking for a person
    told_wait: int | None = None  # the office's last word on the wait, s
    late: bool = False  # the wait is longer than what was promised
    eta: Countdown | None = None
    agent_late: bool = False  # so is that for the agent who said they were coming
    feedback: Countdown | None = None
    agent_typing: bool = False
    end_cause: EndCause = EndCause.RESOLVED
    solved_by: str = ""  # the article, where the shopper said that one helped
    vital: set[str] = field(default_factory=set)
    orders: set[str] = field(default_factory=set)  # of the office's, each good for once
    till_act: TillActView | None = None
    pointer: PointerView | None = None
    safety: bool = False  # somebody is in danger: nothing may stand in the way
