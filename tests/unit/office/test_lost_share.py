"""A kiosk that is started again shows nothing, and the office must know it at once."""

from datetime import timedelta
from pathlib import Path

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.ids import new_id
from kiosk_app.protocol.from_console import RequestScreenShare
from kiosk_app.protocol.from_kiosk import AnswerScreenShare, ReportShareEnded, ResumeCase
from kiosk_app.protocol.shared import ShareAnswer, ShareEndCause
from kiosk_app.protocol.to_console import CaseChanged, ShareState
from kiosk_app.protocol.to_kiosk import AskScreenShare, CaseState
from tests.support.office import Town, WireKiosk, WireTab, opened, together, town


async def told(tab: WireTab, state: str) -> ShareState:
    changed = await tab.hears(CaseChanged, lambda m: m.card.share.state == state)
    return changed.card.share


async def asked(kiosk: WireKiosk, tab: WireTab, case: str) -> str:
    await tab.send(RequestScreenShare(command=new_id(), case=case))
    return (await kiosk.hears(AskScreenShare)).ask


def answer(case: str, ask: str) -> AnswerScreenShare:
    return AnswerScreenShare(
        command=new_id(),
        case=case,
        ask=ask,
        answer=ShareAnswer.GRANTED,
        answered_at=opened(case).pressed_at,
        text_version="1",
        language="sv",
        deadline_seconds=300,
    )


async def started_again(kiosk: WireKiosk, tab: WireTab, case: str) -> None:
    """Killed, and back with another stream."""
    await kiosk.cut()
    await tab.hears(CaseChanged, lambda m: m.card.kiosk_gone_since is not None)
    kiosk.stream = new_id()
    await kiosk.connect()
    kiosk.heard.clear()
    await kiosk.say(ResumeCase(command=new_id(), case=case))
    await kiosk.hears(CaseState)


async def sharing(place: Town) -> tuple[WireKiosk, WireTab, str, str]:
    kiosk, tab, case = await together(place)
    ask = await asked(kiosk, tab, case)
    await kiosk.say(answer(case, ask))
    await told(tab, "granted")
    return kiosk, tab, case, ask


async def test_a_kiosk_killed_while_sharing_can_be_asked_again(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case, ask = await sharing(place)
        await started_again(kiosk, tab, case)
        assert (await told(tab, "ended")).cause is ShareEndCause.LINK_LOST
        again = await asked(kiosk, tab, case)
        assert again != ask
        await kiosk.say(answer(case, again))
        await told(tab, "granted")


async def test_a_question_that_died_with_the_kiosk_can_be_put_again(tmp_path: Path) -> None:
    clock = FakeClock()
    async with town(tmp_path, clock) as place:
        kiosk, tab, case = await together(place)
        await asked(kiosk, tab, case)
        await told(tab, "asked")
        clock.set_wall(clock.wall() + timedelta(seconds=2))
        await started_again(kiosk, tab, case)
        await told(tab, "ended")
        await asked(kiosk, tab, case)


async def test_a_question_put_before_the_kiosk_has_resumed_stands(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, tab, case = await together(place)
        ask = await asked(kiosk, tab, case)
        await kiosk.say(ResumeCase(command=new_id(), case=case))
        await kiosk.say(answer(case, ask))
        await told(tab, "granted")


async def test_what_the_kiosk_says_of_the_end_itself_is_kept(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, _, case, ask = await sharing(place)
        await kiosk.say(
            ReportShareEnded(
                command=new_id(),
                case=case,
                ask=ask,
                cause=ShareEndCause.CARD_ENTRY,
                shared_seconds=3,
            )
        )
        await kiosk.say(ResumeCase(command=new_id(), case=case))
        share = place.office.cases.records[case].share
        assert (share.state, share.cause) == ("ended", ShareEndCause.CARD_ENTRY)


async def test_another_kiosk_cannot_end_a_share_by_asking(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        _, _, case, _ = await sharing(place)
        other = await place.kiosk("other")
        await other.connect()
        await other.say(ResumeCase(command=new_id(), case=case))
        assert place.office.cases.records[case].share.state == "granted"
