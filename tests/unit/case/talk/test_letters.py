"""Letters of both sides as they are written, through the machine."""

import pytest

from kiosk_app.case import events
from kiosk_app.case.effects import SendPeerChat, SendT140
from kiosk_app.case.view.chat import LettersView
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.shared import CasePhase
from kiosk_app.protocol.t140 import ERASE, INTERVAL_SECONDS, LOSS, NEW_LINE, START
from tests.unit.case.story import Story, agent_line


class Stage(Story):
    """A case in its chat, with a channel for letters."""

    def begin(self, generation: int = 1) -> None:
        self.to_chat()
        self.open(generation)

    def open(self, generation: int = 1) -> None:
        self.feed(events.T140Opened(generation))

    def write(self, draft: str) -> None:
        """The draft, and long enough for what is collected to go."""
        self.feed(events.ShopperWrote(draft))
        self.wait(INTERVAL_SECONDS)

    def hear(self, text: str, generation: int = 1) -> None:
        self.feed(events.T140Received(generation, text))

    @property
    def letters(self) -> LettersView:
        assert self.view.letters is not None
        return self.view.letters

    def blocks(self) -> list[str]:
        return [effect.text for effect in self.did(SendT140)]


@pytest.fixture
def at() -> Stage:
    stage = Stage()
    stage.begin()
    return stage


def test_the_first_letter_goes_at_once_and_the_next_together(at: Stage) -> None:
    at.wait(1)
    at.feed(events.ShopperWrote("K"))
    assert at.blocks() == [START, "K"]
    at.feed(events.ShopperWrote("Ko"))
    at.feed(events.ShopperWrote("Kor"))
    assert at.blocks() == [START, "K"]
    assert at.letters.local == "K"
    at.wait(INTERVAL_SECONDS)
    assert at.blocks() == [START, "K", "or"]
    assert at.letters == LettersView("Lisa", live=True, local="Kor")


def test_what_is_erased_is_erased_there(at: Stage) -> None:
    at.write("Kö")
    at.write("K")
    assert at.blocks() == [START, "Kö", ERASE]


def test_a_sent_line_ends_before_its_message_goes(at: Stage) -> None:
    at.write("Kort")
    done = at.feed(events.ChatSubmitted("Kortet"))
    at.feed(events.ShopperWrote(""))
    at.wait(5)
    assert at.blocks()[-1] == NEW_LINE
    kinds = [type(effect) for effect in done]
    assert kinds.index(SendT140) < kinds.index(SendPeerChat)
    assert at.letters.local == ""


def test_letters_of_the_agent_are_shown_until_their_message_is(at: Stage) -> None:
    at.hear(START + "Vad ser")
    assert at.letters.remote == "Vad ser"
    at.hear(" du?" + NEW_LINE)
    at.agent_says("Vad ser du?")
    assert at.letters.remote == ""
    assert at.view.chat is not None
    assert [line.text for line in at.view.chat.lines if line.name == "Lisa"] == ["Vad ser du?"]


def test_a_message_that_comes_by_link_takes_its_letters_too(at: Stage) -> None:
    at.hear("Vad se")
    at.agent_says("Vad ser du?")
    assert at.letters.remote == ""
    at.feed(events.PeerChatReceived(agent_line("Vad ser du?")))
    at.hear("r du?" + NEW_LINE + "Hej")
    assert at.letters.remote == "Hej"


def test_a_call_for_attention_is_counted(at: Stage) -> None:
    at.hear("\u0007")
    assert at.letters.alerts == 1


def test_there_are_no_letters_without_a_way(at: Stage) -> None:
    stage = Stage()
    stage.to_chat()
    stage.write("Hej")
    assert stage.view.letters is None
    assert stage.blocks() == []
    stage.feed(events.ChatSubmitted("Hej"))
    assert stage.blocks() == []


def test_what_was_written_before_the_shopper_knew_stays(at: Stage) -> None:
    stage = Stage()
    stage.to_chat()
    stage.write("Hemligt")
    stage.open()
    stage.wait(5)
    assert stage.blocks() == [START]
    stage.write("Hemligt!")
    assert stage.blocks()[1:] == ["Hemligt!"]


def test_a_break_loses_nothing_and_doubles_nothing(at: Stage) -> None:
    at.write("Kort")
    at.hear("Vad")
    at.feed(events.PeerLost(1, "gone"))
    assert at.letters == LettersView("Lisa", live=False, remote="Vad" + LOSS, local="Kort")
    at.write("Kortet")
    at.hear("late", generation=1)
    assert at.letters.remote == "Vad" + LOSS
    assert at.blocks()[1:] == ["Kort"]

    at.connect(2)
    at.open(2)
    at.hear(START + ERASE * 4 + "Vad ser", generation=2)
    assert at.blocks()[2:] == [START + ERASE * 5 + "Kortet"]
    assert at.letters == LettersView("Lisa", live=True, remote="Vad ser", local="Kortet")


def test_what_was_sent_in_the_break_is_no_letters_any_more(at: Stage) -> None:
    at.write("Kort")
    at.hear("Vad")
    at.feed(events.MediaDied("killed"))
    at.feed(events.ChatSubmitted("Kortet"))
    at.feed(events.ShopperWrote(""))
    at.agent_says("Vad ser du?")
    assert at.letters.remote == ""
    at.feed(events.MediaReady())
    at.connect(2)
    at.open(2)
    assert at.blocks()[2:] == [START + ERASE * 5]
    assert at.letters.local == ""


def test_what_the_office_kept_meanwhile_takes_its_letters(at: Stage) -> None:
    at.hear("Vad ser du?")
    at.feed(events.PeerLost(1, "gone"))
    line = agent_line("Vad ser du?")
    at.state(CasePhase.ACTIVE, agent="Lisa", chat=(line,))
    assert at.letters.remote == ""


def test_a_new_offer_is_a_break(at: Stage) -> None:
    at.hear("Vad")
    at.offer(2)
    assert not at.letters.live
    assert at.letters.remote == "Vad" + LOSS


def test_the_next_agent_gets_and_shows_nothing_of_the_last(at: Stage) -> None:
    at.write("Till Lisa")
    at.hear("Från Lisa")
    at.feed(to_kiosk.AgentLeft(case=at.case))
    assert at.view.letters is None
    at.hear("sent")
    at.join("Omar")
    at.connect(2)
    at.open(2)
    at.hear("sent", generation=1)
    at.wait(5)
    assert at.blocks()[2:] == [START]
    assert at.letters == LettersView("Omar", live=True)
    at.write("Till Lisa och Omar")
    assert at.blocks()[3:] == ["Till Lisa och Omar"]


def test_another_agent_at_once_is_another_agent(at: Stage) -> None:
    at.write("Till Lisa")
    at.hear("Från Lisa")
    at.join("Omar")
    assert at.view.letters is None
    at.open(1)
    assert at.view.letters is None


def test_who_does_not_want_it_is_not_seen_for_the_whole_visit(at: Stage) -> None:
    at.write("Hej")
    at.feed(events.LettersSwitched(on=False))
    at.wait(INTERVAL_SECONDS)
    assert at.blocks()[2:] == [ERASE * 3]
    at.write("Hej igen")
    at.feed(events.ChatSubmitted("Hej igen"))
    assert at.blocks()[3:] == []
    assert not at.letters.on
    at.resolve()
    at.feed(events.FeedbackSkipped())
    # The same visit, another case.
    at.feed(events.HelpPressed())
    at.feed(events.MediaReady())
    at.feed(events.TalkPressed())
    at.join()
    at.connect(1)
    at.open(1)
    at.write("Ny fråga")
    assert at.blocks()[3:] == [START]
    at.feed(events.NewCustomerPressed())
    # The next shopper is seen, and told so.
    at.clear_till()
    at.feed(events.HelpPressed())
    at.feed(events.MediaReady())
    at.feed(events.TalkPressed())
    at.join()
    at.connect(1)
    at.open(1)
    assert at.letters.on


def test_whoever_wants_it_again_is_seen_again(at: Stage) -> None:
    at.feed(events.LettersSwitched(on=False))
    at.write("Hej")
    at.feed(events.LettersSwitched(on=True))
    at.wait(INTERVAL_SECONDS)
    assert at.blocks()[1:] == ["Hej"]


def test_nothing_of_it_outlives_the_case(at: Stage) -> None:
    at.wait(1)
    at.feed(events.ShopperWrote("K"))
    at.feed(events.ShopperWrote("Ko"))
    at.hear("Vad")
    at.resolve()
    assert at.sheet() is Sheet.FEEDBACK
    assert at.view.letters is None
    at.feed(events.NewCustomerPressed())
    before = at.blocks()
    at.feed(events.ShopperWrote("x"))
    at.hear("y")
    at.open(1)
    at.wait(5)
    assert at.blocks() == before
    assert at.view.letters is None
