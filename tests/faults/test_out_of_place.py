"""Messages that are right in form and wrong in place: nothing on the kiosk follows them."""

from collections.abc import Awaitable, Callable

import pytest

from kiosk_app.base.ids import new_id
from kiosk_app.case import events
from kiosk_app.case.view.screen import Sheet
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import AnswerScreenShare
from kiosk_app.protocol.shared import Author, CasePhase, ChatMessage
from tests.unit.kiosk.bench import NONCE, Bench

OTHER = "00000000-0000-4000-8000-00000000dead"


async def idle(bench: Bench) -> None:
    await bench.settle()


async def overlay(bench: Bench) -> None:
    await bench.press(events.HelpPressed())


async def queue(bench: Bench) -> None:
    await bench.to_queue()


async def chat(bench: Bench) -> None:
    await bench.to_chat()


async def share(bench: Bench) -> None:
    await bench.to_share()


async def feedback(bench: Bench) -> None:
    await bench.to_chat()
    bench.link.say(to_kiosk.CaseResolved(case=bench.case))
    await bench.settle()


PLACES = [idle, overlay, queue, chat, share, feedback]


def about(case: str) -> list[to_kiosk.ToKiosk]:
    """One of everything that the office can say of a case."""
    said = ChatMessage(
        id=new_id(),
        author=Author.AGENT,
        name="Lisa",
        text="Hej",
        sent_at=Bench().clock.wall(),
    )
    return [
        to_kiosk.QueueChanged(case=case, position=9, wait_seconds=999),
        to_kiosk.AgentJoined(case=case, agent_name="Omar", eta_seconds=7),
        to_kiosk.AgentLeft(case=case),
        to_kiosk.DeliverChat(case=case, message=said),
        to_kiosk.AskScreenShare(case=case, ask=new_id()),
        to_kiosk.StopScreenShare(case=case),
        to_kiosk.OfferPeer(case=case, generation=7, nonce=NONCE, sdp="v=0"),
        to_kiosk.CaseResolved(case=case),
        to_kiosk.CaseState(
            case=case,
            phase=CasePhase.ENDED,
            agent_name=None,
            position=None,
            wait_seconds=None,
        ),
        to_kiosk.CommandRefused(command=case, code="not_yours", message="Not yours."),
    ]


@pytest.mark.parametrize("place", PLACES)
async def test_words_about_another_case(place: Callable[[Bench], Awaitable[None]]) -> None:
    bench = Bench()
    await bench.start()
    await place(bench)
    view, sent, offers = bench.screen.view, list(bench.link.sent), list(bench.media.offers)
    for message in about(OTHER):
        bench.link.say(message)
        await bench.settle()
        assert bench.screen.view == view, message
        assert bench.link.sent == sent, message
        assert bench.media.offers == offers, message
    await bench.controller.close()


async def test_words_about_a_case_that_is_over() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_chat()
    case = bench.case
    await bench.press(events.NewCustomerPressed())
    view, sent = bench.screen.view, list(bench.link.sent)
    for message in about(case):
        bench.link.say(message)
        await bench.settle()
        assert bench.screen.view == view, message
        assert bench.link.sent == sent, message
    assert not bench.media.sharing
    await bench.controller.close()


async def test_a_replayed_question_shares_nothing() -> None:
    """The same ask again after its share has ended: a new yes is needed, under a new ask."""
    bench = Bench()
    await bench.start()
    await bench.to_share()
    (answer,) = bench.link.sent_of(AnswerScreenShare)
    await bench.press(events.ShareStopPressed())
    assert not bench.media.sharing
    bench.link.say(to_kiosk.AskScreenShare(case=bench.case, ask=answer.ask))
    await bench.settle()
    assert not bench.media.sharing
    assert len(bench.link.sent_of(AnswerScreenShare)) == 1
    await bench.controller.close()


async def test_an_older_offer_does_not_take_the_newers_place() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_chat()
    bench.offer(3)
    await bench.settle()
    offers = list(bench.media.offers)
    for generation in (1, 2, 3):
        bench.offer(generation)
        await bench.settle()
    assert bench.media.offers == offers
    await bench.controller.close()


async def test_an_answer_to_a_question_nobody_asked() -> None:
    bench = Bench()
    await bench.start()
    await bench.to_chat()
    await bench.press(events.ConsentApproved(new_id()))
    assert not bench.media.sharing
    assert bench.link.sent_of(AnswerScreenShare) == []
    assert bench.screen.view.sheet is Sheet.CHAT
    await bench.controller.close()
