"""The media process of a case and the connection it has with the agent's browser."""

from kiosk_app.case.effects import (
    AnswerOffer,
    DropPeer,
    SendPeerChat,
    SendPeerTyping,
    StartMedia,
    StopMedia,
)
from kiosk_app.case.events import PeerAnswerMade
from kiosk_app.case.talk.letters import Letters
from kiosk_app.case.turn import Turn
from kiosk_app.protocol import limits
from kiosk_app.protocol.from_kiosk import AnswerPeer, ReportPeerLost
from kiosk_app.protocol.shared import ChatMessage
from kiosk_app.protocol.to_kiosk import OfferPeer


class PeerLine:
    """Newest offer wins; an offer that comes before the process is up waits for it.

    What was offered before :meth:`drop` counts for nothing any more.
    """

    def __init__(self, turn: Turn, case: str, letters: Letters) -> None:
        self._turn = turn
        self._case = case
        self.letters = letters
        self._started = False
        self._running = False
        self._ready = False
        self._waiting: OfferPeer | None = None
        self._generation = 0
        self._dropped = 0
        self.connected = False
        self.deaths = 0
        self.failed_starts = 0
        self.given_up = False

    def start(self) -> None:
        """Start the process, or start it again after it has died."""
        self._started = self._running = True
        self._turn.do(StartMedia(self._case))

    def ensure(self) -> None:
        """Start the process unless it has been started, or given up."""
        if not self._started and not self.given_up:
            self.start()

    def stop(self) -> None:
        """End the process; safe to repeat."""
        self.letters.forget()
        self.connected = self._ready = self._running = False
        self._waiting = None
        if self._started:
            self._started = False
            self._turn.do(StopMedia())

    def give_up(self) -> None:
        """There will be no process in this case: it goes on by link alone."""
        self._started = False
        self.given_up = True

    def ready(self) -> None:
        if not self._running:
            return
        self._ready = True
        self.failed_starts = 0
        if self._waiting is not None:
            offer, self._waiting = self._waiting, None
            self._turn.do(AnswerOffer(offer))

    def died(self) -> bool:
        """The process is gone by itself; tells whether that is news.

        One that was never ready is a failed start, not a death.
        """
        if not self._running:
            return False
        if self._ready:
            self.deaths += 1
        else:
            self.failed_starts += 1
        self.letters.lost()
        self.connected = self._ready = self._running = False
        self._waiting = None
        return True

    def offer(self, offer: OfferPeer) -> bool:
        """A new offer; tells whether it is one. An older or repeated one changes nothing."""
        if offer.generation <= self._generation or not self._started:
            return False
        self._generation = offer.generation
        self.connected = False
        self.letters.lost()
        if self._ready:
            self._turn.do(AnswerOffer(offer))
        else:
            self._waiting = offer
        return True

    def drop(self) -> None:
        """The agent has left, or another has come: only a new offer makes a connection again."""
        self._waiting = None
        self.connected = False
        self.letters.forget()
        if self._dropped != self._generation:
            self._dropped = self._generation
            if self._running:
                self._turn.do(DropPeer())

    def _newest(self, generation: int) -> bool:
        return generation == self._generation and generation != self._dropped

    def answered(self, answer: PeerAnswerMade) -> None:
        if self._newest(answer.generation):
            self._turn.send(
                AnswerPeer(
                    command=self._turn.new_id(),
                    case=self._case,
                    generation=answer.generation,
                    sdp=answer.sdp,
                    signature=answer.signature,
                )
            )

    def came_up(self, generation: int) -> bool:
        """Connected; tells whether it is the newest connection."""
        if not self._newest(generation) or not self._ready:
            return False
        self.connected = True
        return True

    def lost(self, generation: int, reason: str) -> bool:
        """The connection is gone; tells whether it was the newest. The office is told."""
        if not self._newest(generation) or not self._running:
            return False
        self.connected = False
        self.letters.lost()
        self.want_offer(reason)
        return True

    def t140_opened(self, generation: int) -> None:
        """The newest connection carries real-time text; another's does not count."""
        if self._newest(generation) and self.connected:
            self.letters.opened()

    def t140_received(self, generation: int, untrusted_text: str) -> None:
        """Letters of the agent who has the case; of nobody else, however late they come."""
        if self._newest(generation) and self.letters.live:
            self.letters.received(untrusted_text)

    def want_offer(self, reason: str) -> None:
        """Ask for a new offer."""
        self._turn.send(
            ReportPeerLost(
                command=self._turn.new_id(),
                case=self._case,
                generation=self._generation,
                reason=reason[: limits.SHORT_CHARS],
            )
        )

    def chat(self, message: ChatMessage) -> None:
        if self.connected:
            self._turn.do(SendPeerChat(message))

    def typing(self, typing: bool) -> None:
        if self.connected:
            self._turn.do(SendPeerTyping(typing))
