"""A case goes on in the shopper's phone: once, with the same agent, and for that case only."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk_app.base.ids import new_id
from kiosk_app.office.admin import token_hash
from kiosk_app.office.handoff_desk import CODE_VALID
from kiosk_app.protocol import from_kiosk, to_console, to_kiosk, to_phone
from kiosk_app.protocol.call import CallKind
from kiosk_app.protocol.from_console import (
    ActAtTill,
    AgentChat,
    AgentOfferPeer,
    PauseHelp,
    RequestScreenShare,
    ResolveCase,
    StartCall,
)
from kiosk_app.protocol.handoff import CartNow, LeftCart
from kiosk_app.protocol.shared import CasePhase, EndCause, TillAction
from tests.support.office import Town, context, opened, together, town, wrote
from tests.support.phone import WirePhone, code, exchange, on_phone, token_of


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


def card_on_phone(message: to_console.CaseChanged) -> bool:
    return message.card.context.channel == "phone"


async def test_the_code_is_long_and_only_its_hash_is_kept(place: Town) -> None:
    kiosk, _, case = await together(place)

    ready = await code(kiosk, case)

    address, _, token = ready.url.partition("#")
    assert address == f"{place.url}/p"
    assert len(token) * 6 >= 128
    assert ready.valid_seconds == CODE_VALID.total_seconds() == 300
    kept = b"".join(file.read_bytes() for file in place.directory.rglob("office.sqlite3*"))
    assert token_hash(token).encode() in kept
    assert token.encode() not in kept


async def test_the_agent_and_the_chat_come_along(place: Town) -> None:
    kiosk, tab, case = await together(place)
    phone, ready, _ = await on_phone(place, kiosk, case)

    await kiosk.hears(to_kiosk.HandedOff, lambda m: m.case == case)
    assert ready.phase is CasePhase.ACTIVE
    assert ready.agent_name == "Lisa"
    assert ready.language == "sv"
    assert ready.cart.total_ore == 14_250
    assert [said.text for said in ready.chat] == ["Jag kan inte betala"]
    card = (await tab.hears(to_console.CaseChanged, card_on_phone)).card
    assert card.mine
    assert card.kiosk_key == "", "nothing is signed by the kiosk any more"

    await phone.say(from_kiosk.SendChat(new_id(), case, wrote("Nu sitter jag i bilen")))
    said = await tab.hears(to_console.ChatAdded)
    assert said.message.text == "Nu sitter jag i bilen"
    await tab.send(AgentChat(new_id(), case, new_id(), "Bra, vi fortsätter här"))
    heard = await phone.hears(to_kiosk.DeliverChat, lambda m: m.message.author.value == "agent")
    assert heard.message.text == "Bra, vi fortsätter här"


async def test_also_before_an_agent_came(place: Town) -> None:
    kiosk = await place.kiosk()
    await kiosk.connect()
    tab, _ = await place.ready_tab()
    case = await kiosk.queue_up()

    phone, ready, _ = await on_phone(place, kiosk, case)
    assert ready.phase is CasePhase.QUEUED
    assert ready.position == 1
    await tab.accept(case)

    assert (await phone.hears(to_kiosk.AgentJoined)).agent_name == "Lisa"
    assert kiosk.heard == [] or not any(
        isinstance(message, to_kiosk.AgentJoined) for message in kiosk.heard
    )


async def test_the_kiosk_tells_what_became_of_the_cart(place: Town) -> None:
    kiosk, _, case = await together(place)
    phone, ready, cookie = await on_phone(place, kiosk, case)
    assert ready.cart_now is None

    cart = CartNow(LeftCart.HELD, "4821", datetime.now(UTC) + timedelta(minutes=5))
    await kiosk.say(from_kiosk.ReportHandoff(new_id(), case, cart))

    assert (await phone.hears(to_phone.CartLeft)).cart_now == cart
    again = await WirePhone.open(place, cookie)
    assert (await again.hears(to_phone.PhoneReady)).cart_now == cart
    events = await place.office.store.events(case)
    assert [e.detail for e in events if e.kind == "cart_left"] == [{"left": "held"}]


async def test_the_next_shopper_at_the_kiosk_is_another_case(place: Town) -> None:
    kiosk, tab, case = await together(place)
    phone, _, _ = await on_phone(place, kiosk, case)

    await kiosk.say(opened(new_id()))

    assert place.office.cases.records[case].open
    await phone.say(from_kiosk.SendChat(new_id(), case, wrote("Är du kvar?")))
    await tab.hears(to_console.ChatAdded)


async def test_the_kiosk_cannot_end_it_any_more(place: Town) -> None:
    kiosk, _, case = await together(place)
    await on_phone(place, kiosk, case)

    close = from_kiosk.CloseCase(new_id(), case, EndCause.FAILED, datetime.now(UTC))
    await kiosk.say(close)

    refused = await kiosk.hears(to_kiosk.CommandRefused)
    assert (refused.command, refused.code) == (close.command, "moved")
    assert place.office.cases.records[case].open


async def test_a_kiosk_that_missed_it_hears_it_when_it_asks(place: Town) -> None:
    kiosk, _, case = await together(place)
    ready = await code(kiosk, case)
    await kiosk.cut()
    await exchange(place, token_of(ready.url))
    kiosk.stream = new_id()
    await kiosk.connect()
    kiosk.heard.clear()

    await kiosk.say(from_kiosk.ResumeCase(new_id(), case))

    await kiosk.hears(to_kiosk.HandedOff)


async def test_words_on_their_way_from_the_kiosk_are_not_lost(place: Town) -> None:
    kiosk, tab, case = await together(place)
    phone, _, _ = await on_phone(place, kiosk, case)

    await kiosk.say(from_kiosk.SendChat(new_id(), case, wrote("Skrivet i kassan")))

    assert (await phone.hears(to_kiosk.DeliverChat)).message.text == "Skrivet i kassan"
    assert (await tab.hears(to_console.ChatAdded)).message.text == "Skrivet i kassan"


async def test_the_agent_is_told_what_a_phone_cannot(place: Town) -> None:
    kiosk, tab, case = await together(place)
    await on_phone(place, kiosk, case)

    for command in (
        RequestScreenShare(new_id(), case),
        ActAtTill(new_id(), case, TillAction.VOID_LINE, "1"),
        PauseHelp(new_id(), case, 5),
    ):
        await tab.send(command)
        refused = await tab.hears(to_console.ConsoleRefused)
        assert refused.code == "on_phone"


async def test_a_phone_that_is_gone_is_called_a_phone(place: Town) -> None:
    kiosk, tab, case = await together(place)
    phone, _, _ = await on_phone(place, kiosk, case)
    await phone.ws.close()
    await tab.hears(to_console.CaseChanged, lambda m: m.card.kiosk_gone_since is not None)
    await tab.send(StartCall(new_id(), case, CallKind.VOICE))
    refused = await tab.hears(to_console.ConsoleRefused)
    assert refused.code == "phone_gone"
    assert "kiosk" not in refused.message.lower()


async def test_offers_go_to_the_phone_and_answers_back(place: Town) -> None:
    kiosk, tab, case = await together(place)
    phone, _, _ = await on_phone(place, kiosk, case)

    await tab.send(AgentOfferPeer(new_id(), case, 1, new_id(), "v=0 offer"))
    offer = await phone.hears(to_kiosk.OfferPeer)
    await phone.say(from_kiosk.AnswerPeer(new_id(), case, offer.generation, "v=0 answer", ""))

    assert (await tab.hears(to_console.PeerAnswered)).sdp == "v=0 answer"


async def test_the_end_and_the_feedback(place: Town) -> None:
    kiosk, tab, case = await together(place)
    phone, _, cookie = await on_phone(place, kiosk, case)

    await tab.send(ResolveCase(new_id(), case))
    await phone.hears(to_kiosk.CaseResolved)
    await phone.say(from_kiosk.GiveFeedback(new_id(), case, 5, "Snabbt"))

    record = await place.office.store.case(case)
    assert record is not None
    assert (record.score, record.cause) == (5, EndCause.RESOLVED)
    again = await WirePhone.open(place, cookie)
    over = await again.hears(to_phone.PhoneReady)
    assert over.phase is CasePhase.ENDED
    assert (over.chat, over.agent_name, over.cart.lines, over.cart_now) == ((), None, (), None)


async def test_the_code_for_the_cart_is_there_after_the_end(place: Town) -> None:
    kiosk, tab, case = await together(place)
    _, _, cookie = await on_phone(place, kiosk, case)
    cart = CartNow(LeftCart.HELD, "4821", datetime.now(UTC) + timedelta(minutes=5))
    await kiosk.say(from_kiosk.ReportHandoff(new_id(), case, cart))
    await tab.send(ResolveCase(new_id(), case))
    await tab.hears(to_console.CaseGone)

    again = await WirePhone.open(place, cookie)

    assert (await again.hears(to_phone.PhoneReady)).cart_now == cart
    record = await place.office.store.case(case)
    assert record is not None
    assert record.cart_now is None


async def test_the_shopper_ends_it(place: Town) -> None:
    kiosk, tab, case = await together(place)
    phone, _, _ = await on_phone(place, kiosk, case)

    await phone.say(
        from_kiosk.CloseCase(new_id(), case, EndCause.SHOPPER_ENDED, datetime.now(UTC))
    )

    assert (await tab.hears(to_console.CaseGone)).cause is EndCause.SHOPPER_ENDED


async def test_a_phone_that_is_away_shows_and_comes_back(place: Town) -> None:
    kiosk, tab, case = await together(place)
    phone, _, cookie = await on_phone(place, kiosk, case)
    await tab.hears(
        to_console.CaseChanged,
        lambda m: card_on_phone(m) and m.card.kiosk_gone_since is None,
    )

    await phone.ws.close()
    await tab.hears(to_console.CaseChanged, lambda m: m.card.kiosk_gone_since is not None)
    await tab.send(AgentChat(new_id(), case, new_id(), "Är du kvar?"))
    await tab.hears(to_console.ChatAdded)

    again = await WirePhone.open(place, cookie)
    ready = await again.hears(to_phone.PhoneReady)
    assert ready.chat[-1].text == "Är du kvar?"
    await tab.hears(to_console.CaseChanged, lambda m: m.card.kiosk_gone_since is None)


async def test_an_office_that_was_away_goes_on_with_the_phone(place: Town) -> None:
    kiosk, _, case = await together(place)
    _, _, cookie = await on_phone(place, kiosk, case)
    await place.restart()

    phone = await WirePhone.open(place, cookie)
    ready = await phone.hears(to_phone.PhoneReady)
    tab, here = await place.ready_tab()
    assert ready.phase is CasePhase.ACTIVE
    assert [card.context.channel for card in here.cases] == ["phone"]
    await tab.send(AgentChat(new_id(), case, new_id(), "Vi är tillbaka"))
    await phone.hears(to_kiosk.DeliverChat)


async def test_a_kiosk_cannot_say_that_it_is_a_phone(place: Town) -> None:
    kiosk = await place.kiosk()
    await kiosk.connect()
    case = await kiosk.queue_up()
    told = msgspec.structs.replace(context(), channel="phone")
    await kiosk.say(from_kiosk.ContextChanged(new_id(), case, told))
    assert place.office.cases.records[case].context.channel == "kiosk_screen"
