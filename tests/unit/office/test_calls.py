"""What the office does of a call: carries it, writes it down, starts nothing."""

from datetime import UTC, datetime
from pathlib import Path

from kiosk_app.base.ids import new_id
from kiosk_app.protocol import from_console, from_kiosk, to_console, to_kiosk
from kiosk_app.protocol.call import (
    CallAnswer,
    CallEndCause,
    CallKind,
    CallNow,
    CallPhase,
    CallReason,
)
from kiosk_app.protocol.shared import PaymentStep
from tests.support.office import Town, WireKiosk, context, together, town


def report(case: str, call: CallNow) -> from_kiosk.ReportCall:
    return from_kiosk.ReportCall(
        command=new_id(),
        case=case,
        call=call,
        at=datetime.now(UTC),
        text_version="call-1",
        language="sv",
    )


def start(case: str, kind: CallKind = CallKind.VOICE) -> from_console.StartCall:
    return from_console.StartCall(
        command=new_id(), case=case, kind=kind, reason=CallReason.AGE_CHECK
    )


async def logged(place: Town, case: str, kind: str) -> list[dict[str, object]]:
    events = await place.office.store.events(case)
    return [event.detail for event in events if event.kind == kind]


async def test_a_question_reaches_the_kiosk_and_its_answer_the_card(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        await tab.send(start(case, CallKind.VIDEO))
        asked = await kiosk.hears(to_kiosk.AskCall)
        assert (asked.kind, asked.reason) == (CallKind.VIDEO, CallReason.AGE_CHECK)
        live = CallNow(phase=CallPhase.LIVE, kind=CallKind.VIDEO, answer=CallAnswer.GRANTED)
        await kiosk.say(report(case, live))
        await tab.hears(to_console.CaseChanged, lambda message: message.card.call == live)
        (was_asked,) = await logged(place, case, "call_asked")
        assert was_asked["reason"] == "age_check"
        (said,) = await logged(place, case, "call")
        assert (said["phase"], said["answer"], said["text_version"], said["language"]) == (
            "live",
            "granted",
            "call-1",
            "sv",
        )


async def test_a_wish_of_the_shoppers_is_seen_and_hanging_up_reaches_the_kiosk(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        wish = CallNow(phase=CallPhase.ASKED, kind=CallKind.VOICE)
        await kiosk.say(report(case, wish))
        await tab.hears(to_console.CaseChanged, lambda message: message.card.call == wish)
        await tab.send(from_console.HangUp(command=new_id(), case=case))
        assert (await kiosk.hears(to_kiosk.EndCall)).case == case


async def test_no_camera_is_asked_for_while_a_card_is_entered(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        paying = context(step=PaymentStep.CARD_ENTRY)
        await kiosk.say(from_kiosk.ContextChanged(command=new_id(), case=case, context=paying))
        await tab.hears(
            to_console.CaseChanged,
            lambda message: message.card.context.step is PaymentStep.CARD_ENTRY,
        )
        await tab.send(start(case, CallKind.VIDEO))
        assert (await tab.hears(to_console.ConsoleRefused)).code == "card_entry"
        await tab.send(start(case))
        assert (await kiosk.hears(to_kiosk.AskCall)).kind is CallKind.VOICE


async def test_another_kiosk_says_nothing_of_this_call(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        _, _, case = await together(place)
        stranger: WireKiosk = await place.kiosk("grannbutiken-1")
        await stranger.connect()
        await stranger.say(report(case, CallNow(phase=CallPhase.LIVE)))
        assert (await stranger.hears(to_kiosk.CommandRefused)).code == "not_yours"
        assert place.office.cases.records[case].call == CallNow()


async def test_a_case_that_ends_has_no_call_any_more(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        live = CallNow(phase=CallPhase.LIVE, kind=CallKind.VOICE)
        await kiosk.say(report(case, live))
        await tab.hears(to_console.CaseChanged, lambda message: message.card.call == live)
        await tab.send(from_console.ResolveCase(command=new_id(), case=case))
        await kiosk.hears(to_kiosk.CaseResolved)
        record = await place.office.store.case(case)
        assert record is not None
        assert record.call == CallNow(phase=CallPhase.ENDED, cause=CallEndCause.CASE_ENDED)
