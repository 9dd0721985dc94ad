"""The letters of both sides as they are written, in one case (EN 301 549 6.2).

They go beside the chat, in the same connection, and are nothing that is kept: what is sent becomes
a chat message, and the letters of it are shown no longer. They belong to the agent who has the
case and to no other.
"""

from kiosk_app.case.effects import SendT140
from kiosk_app.case.timers import Timer
from kiosk_app.case.turn import Turn
from kiosk_app.protocol.t140 import T140Receiver, T140Sender


class Letters:
    """What goes out, what has come in. ``on``: the shopper lets theirs be seen before sending."""

    def __init__(self, turn: Turn, *, on: bool = True) -> None:
        self._turn = turn
        self._on = on
        self._draft = ""
        self._sender = T140Sender()
        self._receiver = T140Receiver()
        self.live = False
        self.known = False  # with this agent there is a way, or has been: the shopper is told

    @property
    def sent(self) -> str:
        """What the agent has of the draft."""
        return self._sender.sent

    @property
    def heard(self) -> str:
        """What the agent has written and not sent yet."""
        return self._receiver.shown

    @property
    def alerts(self) -> int:
        """How often the agent has asked for attention (T.140 BEL)."""
        return self._receiver.alerts

    # The way -------------------------------------------------------------------------------------

    def opened(self) -> None:
        """There is a new channel. The agent gets what was written while the shopper knew that
        it is seen, and nothing from before that."""
        self.live = self.known = True
        self._sender.open()
        self._show()

    def lost(self) -> None:
        """The channel is gone; what was on its way in it may be lost."""
        if self.live:
            self.live = False
            self._receiver.lose()
            self._turn.timers.cancel(Timer.LETTERS)

    def forget(self) -> None:
        """Another agent, or none: nothing of this one's goes to the next or is shown as theirs,
        and of what the shopper wrote to this one the next sees what they go on writing."""
        self.lost()
        self.known = False
        self._draft = ""
        self._sender, self._receiver = T140Sender(), T140Receiver()

    # The shopper ---------------------------------------------------------------------------------

    def write(self, draft: str) -> None:
        """This is what stands in the line now."""
        if self.known:
            self._draft = draft
            self._show()

    def switch(self, *, on: bool) -> None:
        """Whether letters are seen before they are sent; those that are seen go when not."""
        self._on = on
        self._show()

    def submitted(self) -> None:
        """The draft is a message now. Called before it goes, so that its letters come first."""
        self._draft = ""
        if self.live:
            self._do(self._sender.end_line(self._turn.now.monotonic))

    # The agent -----------------------------------------------------------------------------------

    def received(self, untrusted_text: str) -> None:
        """One T140block."""
        self._receiver.receive(untrusted_text)

    def said(self, text: str) -> None:
        """A message of the agent's has come: its letters are shown no longer."""
        self._receiver.settle(text)

    # Time ----------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Send what is due."""
        if not self.live:
            return
        self._do(self._sender.take(self._turn.now.monotonic))

    def _show(self) -> None:
        self._sender.write(self._draft if self._on else "")
        self.flush()

    def _do(self, text: str) -> None:
        if text:
            self._turn.do(SendT140(text))
        self._plan()

    def _plan(self) -> None:
        due = self._sender.due(self._turn.now.monotonic)
        if due is None:
            self._turn.timers.cancel(Timer.LETTERS)
        else:
            self._turn.timers.set(Timer.LETTERS, due)
