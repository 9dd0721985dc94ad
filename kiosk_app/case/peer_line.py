"""The media process of a case and the connection it has with the agent's browser."""

from kiosk_app.case.effects import AnswerOffer, SendPeerChat, SendPeerTyping, StartMedia, StopMedia
from kiosk_app.case.events import PeerAnswerMade
from kiosk_app.case.turn import Turn
from kiosk_app.protocol import limits
from kiosk_app.protocol.from_kiosk import AnswerPeer, ReportPeerLost
from kiosk_app.protocol.shared import ChatMessage
from kiosk_app.protocol.to_kiosk import OfferPeer


class PeerLine:
    """Newest offer wins; an offer that comes before the process is up waits for it."""

    def __init__(self, turn: Turn, case: str) -> None:
        self._turn = turn
        self._case = case
        self._started = False
        self._ready = False
        self._waiting: OfferPeer | None = None
        self._generation = 0
        self.connected = False
        self.deaths = 0

    def start(self) -> None:
        self._started = True
        self._turn.do(StartMedia(self._case))

    def stop(self) -> None:
        """End the process; safe to repeat."""
        self.connected = self._ready = False
        self._waiting = None
        if self._started:
            self._started = False
            self._turn.do(StopMedia())

    def ready(self) -> None:
        if not self._started:
            return
        self._ready = True
        if self._waiting is not None:
            offer, self._waiting = self._waiting, None
            self._turn.do(AnswerOffer(offer))

    def died(self) -> bool:
        """The process is gone by itself; tells whether that is news."""
        if not self._started:
            return False
        self.deaths += 1
        self.connected = self._ready = False
        self._waiting = None
        return True

    def offer(self, offer: OfferPeer) -> bool:
        """A new offer; tells whether it is one. An older or repeated one changes nothing."""
        if offer.generation <= self._generation or not self._started:
            return False
        self._generation = offer.generation
        self.connected = False
        if self._ready:
            self._turn.do(AnswerOffer(offer))
        else:
            self._waiting = offer
        return True

    def answered(self, answer: PeerAnswerMade) -> None:
        if answer.generation == self._generation:
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
        if generation != self._generation or not self._ready:
            return False
        self.connected = True
        return True

    def lost(self, generation: int, reason: str) -> bool:
        """The connection is gone; tells whether it was the newest. The office is told."""
        if generation != self._generation or not self._started:
            return False
        self.connected = False
        self.want_offer(reason)
        return True

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
