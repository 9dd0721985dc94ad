import itertools

from kiosk_app.case import effects
from kiosk_app.case.events import PeerAnswerMade
from kiosk_app.case.talk.letters import Letters
from kiosk_app.case.talk.peer_line import PeerLine
from kiosk_app.case.turn import Turn
from kiosk_app.protocol import limits
from kiosk_app.protocol.from_kiosk import AnswerPeer, ReportPeerLost
from kiosk_app.protocol.to_kiosk import OfferPeer
from tests.unit.case.story import NONCE, agent_line, uuid_of

CASE = uuid_of(1)


def line() -> tuple[Turn, PeerLine]:
    numbers = itertools.count(100)
    turn = Turn(lambda: uuid_of(next(numbers)))
    return turn, PeerLine(turn, CASE, Letters(turn))


def offer(generation: int) -> OfferPeer:
    return OfferPeer(case=CASE, generation=generation, nonce=NONCE, sdp="v=0")


def test_an_offer_waits_for_the_process() -> None:
    turn, peer = line()
    peer.start()
    assert peer.offer(offer(1))
    assert turn.take() == (effects.StartMedia(CASE),)
    peer.ready()
    assert turn.take() == (effects.AnswerOffer(offer(1)),)
    peer.ready()
    assert turn.take() == ()


def test_older_and_repeated_offers_change_nothing() -> None:
    turn, peer = line()
    peer.start()
    peer.ready()
    assert peer.offer(offer(3))
    assert not peer.offer(offer(3))
    assert not peer.offer(offer(2))
    assert turn.take()[1:] == (effects.AnswerOffer(offer(3)),)


def test_nothing_runs_so_nothing_is_answered_or_stopped() -> None:
    turn, peer = line()
    assert not peer.offer(offer(1))
    assert not peer.died()
    assert not peer.lost(0, "x")
    peer.ready()
    peer.stop()
    assert turn.take() == ()


def test_only_the_newest_connection_counts() -> None:
    turn, peer = line()
    peer.start()
    peer.ready()
    peer.offer(offer(1))
    peer.offer(offer(2))
    assert not peer.came_up(1)
    assert not peer.lost(1, "closed")
    peer.answered(PeerAnswerMade(1, "old", "s"))
    assert not [x for x in turn.take() if isinstance(x, effects.Send)]
    assert peer.came_up(2)
    peer.answered(PeerAnswerMade(2, "new", "s"))
    (sent,) = turn.take()
    assert isinstance(sent, effects.Send)
    assert isinstance(sent.message, AnswerPeer)
    assert sent.message.sdp == "new"


def test_the_office_hears_of_a_lost_connection_in_words_that_fit() -> None:
    turn, peer = line()
    peer.start()
    peer.ready()
    peer.offer(offer(4))
    turn.take()
    assert peer.lost(4, "x" * 1000)
    (sent,) = turn.take()
    assert isinstance(sent, effects.Send)
    assert isinstance(sent.message, ReportPeerLost)
    assert sent.message.generation == 4
    assert len(sent.message.reason) == limits.SHORT_CHARS


def test_chat_and_typing_go_only_where_somebody_is() -> None:
    turn, peer = line()
    peer.start()
    peer.ready()
    peer.offer(offer(1))
    turn.take()
    peer.chat(agent_line("hej"))
    peer.typing(True)
    assert turn.take() == ()
    peer.came_up(1)
    peer.chat(agent_line("hej"))
    peer.typing(True)
    assert turn.take() == (
        effects.SendPeerChat(agent_line("hej")),
        effects.SendPeerTyping(True),
    )


def test_a_dead_process_forgets_what_waited() -> None:
    turn, peer = line()
    peer.start()
    peer.offer(offer(1))
    assert peer.died()
    assert (peer.deaths, peer.failed_starts) == (0, 1)
    peer.start()
    peer.ready()
    assert effects.AnswerOffer(offer(1)) not in turn.take()
