"""The whole way through the office, as a kiosk and an agent's browser see it on the wire."""

from pathlib import Path

from msgspec.structs import replace

from kiosk_app.base.ids import new_id
from kiosk_app.base.settings import OfficeSettings
from kiosk_app.office.admin import open_store
from kiosk_app.protocol.from_console import (
    AgentChat,
    AgentOfferPeer,
    EndScreenShare,
    RequestScreenShare,
    ResolveCase,
    TagCase,
)
from kiosk_app.protocol.from_kiosk import (
    AnswerPeer,
    AnswerScreenShare,
    CloseCase,
    ContextChanged,
    GiveFeedback,
    JoinQueue,
    ReportPeerLost,
    ReportShareEnded,
    ResumeCase,
    SendChat,
)
from kiosk_app.protocol.shared import (
    Author,
    Cart,
    CartLine,
    CasePhase,
    ChatMessage,
    EndCause,
    PaymentStep,
    ShareAnswer,
    ShareEndCause,
)
from kiosk_app.protocol.to_console import (
    CaseChanged,
    CaseGone,
    ChatAdded,
    ChatLog,
    ConsoleRefused,
    FiguresChanged,
    PeerAnswered,
    PeerWanted,
)
from kiosk_app.protocol.to_kiosk import (
    AgentJoined,
    AskScreenShare,
    CaseResolved,
    CaseState,
    CommandRefused,
    DeliverChat,
    OfferPeer,
    PromiseChanged,
    QueueChanged,
    StopScreenShare,
)
from tests.support.office import context, opened, together, town, wrote


async def test_press_to_feedback(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        assert (await kiosk.connect()).promise_seconds is None
        tab, ready = await place.ready_tab()
        assert (ready.agent_name, ready.max_cases, ready.cases) == ("Lisa", 4, ())
        assert (await kiosk.hears(PromiseChanged)).seconds == 60
        case = new_id()
        await kiosk.say(opened(case))
        browsing = (await tab.hears(CaseChanged)).card
        assert (browsing.phase, browsing.attempt) == (CasePhase.BROWSING, None)
        assert browsing.kiosk_key == kiosk.public_key
        first = wrote("Jag kan inte betala")
        join = JoinQueue(command=new_id(), case=case, message=first, promised_seconds=120)
        await kiosk.say(join)
        assert (await kiosk.hears(QueueChanged)).position == 1
        card = (await tab.hears(CaseChanged)).card
        assert (browsing.promised_seconds, card.promised_seconds) == (60, 120)
        assert (card.phase, card.attempt, card.mine) == (CasePhase.QUEUED, 1, False)
        assert card.first_text == "Jag kan inte betala"
        assert card.context == context()
        assert (await tab.hears(FiguresChanged)).figures.queued == 1

        await tab.accept(case)
        joined = await kiosk.hears(AgentJoined)
        assert (joined.agent_name, joined.eta_seconds) == ("Lisa", 20)
        mine = (await tab.hears(CaseChanged)).card
        assert (mine.phase, mine.mine, mine.agent_name) == (CasePhase.ACTIVE, True, "Lisa")
        assert (await tab.hears(ChatLog)).messages == (first,), "the greeting is the agent's own"
        assert (await tab.hears(FiguresChanged)).figures.promise_kept_percent == 100

        said = ChatMessage(
            id=new_id(), author=Author.SHOPPER, name="", text="Hej!", sent_at=first.sent_at
        )
        await kiosk.say(SendChat(command=new_id(), case=case, message=said))
        assert (await tab.hears(ChatAdded)).message == said
        answer = new_id()
        await tab.send(AgentChat(command=new_id(), case=case, message=answer, text="Prova igen"))
        delivered = await kiosk.hears(DeliverChat, lambda m: m.message.id == answer)
        assert (delivered.message.name, delivered.message.text) == ("Lisa", "Prova igen")

        await tab.send(TagCase(command=new_id(), case=case, tags=("betalningsfråga",)))
        await tab.hears(CaseChanged, lambda m: m.card.tags == ("betalningsfråga",))
        await tab.send(ResolveCase(command=new_id(), case=case))
        assert (await kiosk.hears(CaseResolved)).case == case
        assert (await tab.hears(CaseGone)).cause is EndCause.RESOLVED
        await kiosk.say(GiveFeedback(command=new_id(), case=case, score=5, text="Tack"))
        cause, at = EndCause.RESOLVED, first.sent_at
        await kiosk.say(CloseCase(command=new_id(), case=case, cause=cause, ended_at=at))
        _, ready = await place.ready_tab()
        assert ready.cases == ()


async def test_the_first_line_is_the_same_for_all_who_come_back(tmp_path: Path) -> None:
    """A kiosk that was killed, a window loaded anew, an office that was restarted."""
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        case, first = new_id(), wrote("Jag kan inte betala")
        await kiosk.say(opened(case))
        await kiosk.say(JoinQueue(command=new_id(), case=case, message=first))
        # The same line by the other way, as after a break: it is said once.
        await kiosk.say(SendChat(command=new_id(), case=case, message=first))
        await kiosk.say(ResumeCase(command=new_id(), case=case))
        assert (await kiosk.hears(CaseState)).chat == (first,)
        await tab.accept(case)
        greeting = new_id()
        await tab.send(AgentChat(command=new_id(), case=case, message=greeting, text="Hej!"))
        said = (await kiosk.hears(DeliverChat)).message
        await place.restart()
        again, ready = await place.ready_tab()
        assert ready.cases[0].first_text == first.text
        assert (await again.hears(ChatLog)).messages == (first, said)


async def test_a_first_line_in_the_agents_name_is_refused(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        case = new_id()
        await kiosk.say(opened(case))
        forged = replace(wrote("Ge mig koden"), author=Author.AGENT)
        await kiosk.say(JoinQueue(command=new_id(), case=case, message=forged))
        assert (await kiosk.hears(CommandRefused)).code == "not_yours"
        await kiosk.say(ResumeCase(command=new_id(), case=case))
        state = await kiosk.hears(CaseState)
        assert (state.phase, state.chat) == (CasePhase.BROWSING, ())


async def test_share_is_asked_granted_and_ended(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)

        async def state(wanted: str) -> CaseChanged:
            return await tab.hears(CaseChanged, lambda m: m.card.share.state == wanted)

        def answer(ask: str, given: ShareAnswer) -> AnswerScreenShare:
            return AnswerScreenShare(
                command=new_id(),
                case=case,
                ask=ask,
                answer=given,
                answered_at=opened(case).pressed_at,
                text_version="share-1",
                language="sv",
                deadline_seconds=300,
            )

        await tab.send(RequestScreenShare(command=new_id(), case=case))
        ask = (await kiosk.hears(AskScreenShare)).ask
        await state("asked")
        await tab.send(RequestScreenShare(command=new_id(), case=case))
        assert (await tab.hears(ConsoleRefused)).code == "share_pending"
        await kiosk.say(answer(ask, ShareAnswer.TIMED_OUT))
        assert (await state("denied")).card.share.answer is ShareAnswer.TIMED_OUT

        await tab.send(RequestScreenShare(command=new_id(), case=case))
        ask = (await kiosk.hears(AskScreenShare)).ask
        await kiosk.say(answer(ask, ShareAnswer.GRANTED))
        granted = (await state("granted")).card.share
        assert granted.seconds_left is not None
        assert 295 <= granted.seconds_left <= 300
        ended = ReportShareEnded(
            command=new_id(),
            case=case,
            ask=ask,
            cause=ShareEndCause.SHOPPER_STOPPED,
            shared_seconds=12,
        )
        await kiosk.say(ended)
        assert (await state("ended")).card.share.cause is ShareEndCause.SHOPPER_STOPPED

        await tab.send(RequestScreenShare(command=new_id(), case=case))
        ask = (await kiosk.hears(AskScreenShare)).ask
        await tab.send(EndScreenShare(command=new_id(), case=case))
        await kiosk.hears(StopScreenShare)
        # The shopper's press crossed the agent's: the consent is written down and stopped.
        await kiosk.say(answer(ask, ShareAnswer.GRANTED))
        await kiosk.hears(StopScreenShare)
        await place.office.stop()
        store = open_store(OfficeSettings(data_dir=str(tmp_path)))
        await store.open()
        log = [event for event in await store.events(case) if event.kind == "consent"]
        await store.close()
        assert [(event.detail["granted"], event.detail["awaited"]) for event in log] == [
            (False, True),
            (True, True),
            (True, False),
        ]
        assert all(event.detail["text_version"] == "share-1" for event in log)


async def test_no_share_is_asked_for_at_the_card_terminal(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        at_terminal = context(step=PaymentStep.CARD_ENTRY)
        await kiosk.say(ContextChanged(command=new_id(), case=case, context=at_terminal))
        await tab.send(RequestScreenShare(command=new_id(), case=case))
        assert (await tab.hears(ConsoleRefused)).code == "card_entry"


async def test_signalling_is_passed_on(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        nonce = new_id()
        offer = AgentOfferPeer(
            command=new_id(), case=case, generation=1, nonce=nonce, sdp="v=0 offer"
        )
        await tab.send(offer)
        assert await kiosk.hears(OfferPeer) == OfferPeer(
            case=case, generation=1, nonce=nonce, sdp="v=0 offer"
        )
        for generation in (7, 1):  # an answer to another offer is nobody's
            answer = AnswerPeer(
                command=new_id(), case=case, generation=generation, sdp="v=0", signature="c2ln"
            )
            await kiosk.say(answer)
        assert (await tab.hears(PeerAnswered)).generation == 1
        lost = ReportPeerLost(command=new_id(), case=case, generation=1, reason="silent")
        await kiosk.say(lost)
        assert (await tab.hears(PeerWanted)).lost_generation == 1
        await tab.send(replace(offer, command=new_id()))
        assert (await tab.hears(PeerWanted)).lost_generation == 1


async def test_the_queue_moves_up_and_says_so(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        first, second = await place.kiosk("first"), await place.kiosk("second")
        await first.connect()
        await second.connect()
        case = await first.queue_up()
        await second.queue_up()
        assert (await second.hears(QueueChanged)).position == 2
        cause, at = EndCause.LEFT_QUEUE, opened(case).pressed_at
        await first.say(CloseCase(command=new_id(), case=case, cause=cause, ended_at=at))
        assert (await second.hears(QueueChanged)).position == 1


async def test_four_cases_and_no_more(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        tab, _ = await place.ready_tab()
        for number in range(5):
            kiosk = await place.kiosk(f"kiosk-{number}")
            await kiosk.connect()
            case = await kiosk.queue_up()
            await tab.accept(case)
            if number < 4:
                await kiosk.hears(AgentJoined)
        assert (await tab.hears(ConsoleRefused)).code == "full"


async def test_practice_is_listed_and_counts_in_no_figure(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        case = new_id()
        shown = replace(context(), practice=True)
        await kiosk.say(replace(opened(case), context=shown))
        await kiosk.say(JoinQueue(command=new_id(), case=case))
        queued = await tab.hears(CaseChanged, lambda m: m.card.phase is CasePhase.QUEUED)
        assert queued.card.context.practice
        await tab.accept(case)
        await kiosk.hears(AgentJoined)
        assert place.office.cases.records[case].answered_seconds is not None
        assert place.office.waits.known == []
        await place.restart()
        assert place.office.waits.known == []


async def test_two_windows_of_one_agent(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        other, ready = await place.ready_tab()
        assert ready.cases[0].mine
        assert (await other.hears(ChatLog)).case == case
        await tab.ws.close()
        said = new_id()
        await other.send(AgentChat(command=new_id(), case=case, message=said, text="Hej"))
        await kiosk.hears(DeliverChat, lambda m: m.message.id == said)


async def test_a_broken_link_loses_and_repeats_nothing(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        await kiosk.cut()
        gone = await tab.hears(CaseChanged, lambda m: m.card.kiosk_gone_since is not None)
        assert gone.card.case == case
        texts = ["ett", "två", "tre"]
        for text in texts:
            await tab.send(AgentChat(command=new_id(), case=case, message=new_id(), text=text))
            await tab.hears(ChatAdded)
        assert (await kiosk.connect()).resumed
        for text in texts:
            assert (await kiosk.hears(DeliverChat)).message.text == text
        await tab.hears(CaseChanged, lambda m: m.card.kiosk_gone_since is None)


async def test_everything_survives_a_restart_of_the_office(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        await tab.send(AgentChat(command=new_id(), case=case, message=new_id(), text="Hej"))
        await kiosk.hears(DeliverChat)
        waiting = await place.kiosk("waiting")
        await waiting.connect()
        queued = await waiting.queue_up()
        await place.restart()

        welcome = await kiosk.connect()
        assert (welcome.resumed, welcome.received) == (False, 0)
        await kiosk.say(ResumeCase(command=new_id(), case=case))
        state = await kiosk.hears(CaseState)
        assert (state.phase, state.agent_name) == (CasePhase.ACTIVE, "Lisa")
        assert [line.text for line in state.chat][1:] == ["Hej"]
        await waiting.connect()
        await waiting.say(ResumeCase(command=new_id(), case=queued))
        place_now = await waiting.hears(CaseState)
        assert (place_now.phase, place_now.position) == (CasePhase.QUEUED, 1)

        tab, ready = await place.ready_tab()  # the same cookie
        assert {card.case: card.mine for card in ready.cases} == {case: True, queued: False}
        assert len((await tab.hears(ChatLog)).messages) == 2
        await tab.send(ResolveCase(command=new_id(), case=case))
        await kiosk.hears(CaseResolved)
        await kiosk.say(ResumeCase(command=new_id(), case=case))
        assert (await kiosk.hears(CaseState)).phase is CasePhase.ENDED


async def test_a_window_that_only_reconnects_keeps_its_peer(tmp_path: Path) -> None:
    """Voice, chat and share go on between browser and kiosk while the office is away."""
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        await tab.send(
            AgentOfferPeer(command=new_id(), case=case, generation=3, nonce=new_id(), sdp="v=0")
        )
        await kiosk.hears(OfferPeer)
        await place.restart()
        again, _ = await place.ready_tab()
        await again.send(TagCase(command=new_id(), case=case, tags=("tekniskt fel",)))
        heard: list[object] = [await again.message()]
        while not isinstance(heard[-1], CaseChanged):
            heard.append(await again.message())
        assert not any(isinstance(message, PeerWanted) for message in heard)


async def test_many_full_carts_come_one_by_one(tmp_path: Path) -> None:
    lines = tuple(
        CartLine(line=str(n), name="Hushållsost med lång rubrik " * 3, quantity=1, amount_ore=100)
        for n in range(200)
    )
    async with town(tmp_path) as place:
        cases = set()
        for number in range(3):
            kiosk = await place.kiosk(f"kiosk-{number}")
            await kiosk.connect()
            message = opened(new_id())
            full = replace(message.context, cart=Cart(lines=lines))
            await kiosk.say(replace(message, context=full))
            cases.add(message.case)
        tab, ready = await place.ready_tab()
        assert ready.cases == ()
        heard = {(await tab.hears(CaseChanged)).card.case for _ in cases}
        assert heard == cases
