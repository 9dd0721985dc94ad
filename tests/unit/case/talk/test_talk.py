"""Shopper and agent in one case: who is there, whose word counts, which connection is heard."""

import msgspec

from kiosk_app.case import effects, events
from kiosk_app.case.core import JOINING_SECONDS
from kiosk_app.case.view.button import HelpState
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import AnswerPeer, ReportPeerLost, SendChat
from kiosk_app.protocol.shared import Author
from tests.unit.case.story import ASK, Story, agent_line, uuid_of


def test_joining_becomes_chat_by_a_word_and_not_by_time() -> None:
    story = Story()
    story.to_joining()
    story.wait(JOINING_SECONDS)
    story.agent_says("Hej!")
    assert story.sheet() is Sheet.CHAT
    timed = Story()
    timed.to_joining()
    timed.wait(20)
    assert timed.sheet() is Sheet.JOINING
    known = Story()
    known.to_chat()
    known.join()
    assert known.sheet() is Sheet.CHAT


def test_that_somebody_comes_is_shown_long_enough_to_be_read() -> None:
    """The greeting may be right behind the news of who comes."""
    story = Story()
    story.to_joining()
    story.agent_says("Hej, jag heter Lisa!")
    story.connect()
    story.wait(JOINING_SECONDS - 0.1)
    assert story.sheet() is Sheet.JOINING
    assert story.view.help.state is HelpState.JOINING
    assert story.view.chat is not None
    assert story.view.chat.lines[-1].text == "Hej, jag heter Lisa!"
    story.wait(0.1)
    assert story.sheet() is Sheet.CHAT
    again = Story()
    again.to_joining()
    again.agent_says("Hej!")
    again.wait(1)
    again.feed(to_kiosk.AgentLeft(case=again.case))
    again.wait(JOINING_SECONDS)
    assert again.sheet() is Sheet.QUEUE
    again.join("Omar")
    again.wait(JOINING_SECONDS - 0.1)
    assert again.sheet() is Sheet.JOINING


def test_chat_goes_both_ways_with_one_id() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.ChatSubmitted(" Kortet nekas "))
    story.feed(events.ChatSubmitted("  "))
    (sent,) = story.sent(SendChat)
    (peer,) = story.did(effects.SendPeerChat)
    assert sent.message == peer.message
    assert sent.message.text == "Kortet nekas"
    assert story.view.chat is not None
    line = story.view.chat.lines[-1]
    assert (line.id, line.delivered) == (sent.message.id, False)
    story.feed(events.CommandDelivered(sent.command))
    assert story.view.chat.lines[-1].delivered


def test_typing_both_ways() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.ShopperTyped(True))
    assert story.did(effects.SendPeerTyping) == [effects.SendPeerTyping(True)]
    story.feed(events.AgentTyped(True))
    assert story.view.chat is not None
    assert story.view.chat.agent_typing
    story.agent_says("Hej!")
    assert not story.view.chat.agent_typing


def test_the_data_channel_speaks_for_the_agent_only() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.PeerChatReceived(agent_line("falskt", 5, Author.SHOPPER)))
    story.feed(events.PeerChatReceived(agent_line("Hej!", 6)))
    assert story.view.chat is not None
    assert [line.text for line in story.view.chat.lines][1:] == ["Hej!"]


def test_the_data_channel_gives_nobody_a_name() -> None:
    story = Story()
    story.to_joining()
    story.feed(events.PeerChatReceived(agent_line("för tidigt", 5)))
    story.connect()
    story.wait(JOINING_SECONDS)
    false = msgspec.structs.replace(agent_line("Hej!", 6), name="Chefen")
    story.feed(events.PeerChatReceived(false))
    assert story.view.chat is not None
    assert [(line.name, line.text) for line in story.view.chat.lines[1:]] == [("Lisa", "Hej!")]


def test_a_connection_of_who_has_left_is_nobody() -> None:
    """Lisa's browser still has its data channel; she has the case no more."""
    story = Story()
    story.to_chat()
    story.feed(to_kiosk.AgentLeft(case=story.case))
    assert len(story.did(effects.DropPeer)) == 1
    story.feed(events.PeerConnected(1))
    story.feed(events.PeerAnswerMade(1, "v=0 late", "signature"))
    story.feed(events.PeerLost(1, "late"))
    story.feed(events.PeerChatReceived(agent_line("Jag är kvar", 7)))
    story.feed(events.AgentTyped(True))
    assert story.sheet() is Sheet.QUEUE
    assert story.view.chat is not None
    assert [line.text for line in story.view.chat.lines] == ["Jag kan inte betala"]
    assert not story.view.chat.agent_typing
    assert len(story.sent(AnswerPeer)) == 1
    assert not story.sent(ReportPeerLost)
    story.feed(events.ChatSubmitted("hallå"))
    assert not story.did(effects.SendPeerChat)


def test_another_agent_gets_no_share_on_the_connection_of_the_first() -> None:
    story = Story()
    story.to_chat()
    story.feed(to_kiosk.AgentLeft(case=story.case))
    story.join("Omar")
    story.ask()
    story.approve()
    story.feed(events.PeerConnected(1))
    assert not story.did(effects.StartShare)
    story.connect(2)
    (start,) = story.did(effects.StartShare)
    assert start.grant.agent_name == "Omar"
    taken = Story()
    taken.to_chat()
    taken.join("Omar")
    assert len(taken.did(effects.DropPeer)) == 1
    taken.ask()
    taken.approve()
    assert not taken.did(effects.StartShare)


def test_an_offer_in_the_queue_is_nobodys() -> None:
    story = Story()
    story.to_queue()
    assert story.offer(1) == ()


def test_the_agent_leaves_and_another_comes() -> None:
    story = Story()
    story.to_chat()
    story.feed(to_kiosk.AgentLeft(case=story.case))
    assert story.sheet() is Sheet.QUEUE
    assert story.notice() is Notice.AGENT_AWAY
    assert story.view.queue is not None
    assert story.view.queue.position == 1
    story.join("Omar")
    assert story.view.joining is not None
    assert story.view.joining.agent_name == "Omar"


def test_words_for_another_case_change_nothing() -> None:
    story = Story()
    story.to_chat()
    before = story.view
    other = uuid_of(0xFFFF)
    for message in (
        to_kiosk.QueueChanged(case=other, position=9, wait_seconds=9),
        to_kiosk.AgentJoined(case=other, agent_name="X", eta_seconds=1),
        to_kiosk.AgentLeft(case=other),
        to_kiosk.DeliverChat(case=other, message=agent_line("x")),
        to_kiosk.AskScreenShare(case=other, ask=ASK),
        to_kiosk.StopScreenShare(case=other),
        to_kiosk.OfferPeer(case=other, generation=9, nonce=ASK, sdp="x"),
        to_kiosk.CaseResolved(case=other),
        to_kiosk.CommandRefused(command=other, code="x", message="x"),
    ):
        assert story.feed(message) == ()
    assert story.view == before


def test_a_lost_peer_is_told_and_a_new_offer_answered() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.AgentTyped(True))
    story.feed(events.PeerLost(1, "no ping for 4 s"))
    assert [lost.generation for lost in story.sent(ReportPeerLost)] == [1]
    story.connect(2)
    assert len(story.did(effects.AnswerOffer)) == 2
    assert story.view.chat is not None
    assert not story.view.chat.agent_typing
