"""A share that the shopper renews: the kiosk's own rules against the office, on the wire."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk_app.base.ids import new_id
from kiosk_app.base.settings import OfficeSettings
from kiosk_app.case import effects, events
from kiosk_app.case.consent import SHARE_SECONDS
from kiosk_app.case.talk.sharing import ARM_SECONDS, RENEW_SECONDS
from kiosk_app.case.view.screen import Sheet
from kiosk_app.office.admin import open_store
from kiosk_app.office.record import Event
from kiosk_app.protocol.from_console import EndScreenShare, RequestScreenShare
from kiosk_app.protocol.from_kiosk import AnswerScreenShare
from kiosk_app.protocol.shared import CasePhase, ShareAnswer
from kiosk_app.protocol.to_console import CaseChanged, ShareState
from kiosk_app.protocol.to_kiosk import AgentJoined, AskScreenShare, StopScreenShare
from tests.support.office import Town, WireKiosk, WireTab, town
from tests.unit.case.story import Story


@dataclass
class Joint:
    """The rules of a kiosk, its line, and Lisa's window, all on one clock."""

    place: Town
    story: Story
    kiosk: WireKiosk
    tab: WireTab

    async def do(self, event: events.Event) -> None:
        """Give ``event`` to the rules; what they send reaches the office."""
        await self.tell(self.story.feed(event))

    async def wait(self, seconds: float) -> None:
        await self.tell(self.story.wait(seconds))

    async def tell(self, done: Iterable[effects.Effect]) -> None:
        for effect in done:
            if isinstance(effect, effects.Send):
                await self.kiosk.say(effect.message)

    async def share(self, state: str) -> ShareState:
        """What Lisa's window is told once the share is in ``state``."""
        changed = await self.tab.hears(CaseChanged, lambda m: m.card.share.state == state)
        return changed.card.share

    async def into_a_share(self) -> None:
        self.story.link_up()
        self.story.scan()
        await self.do(events.HelpPressed())
        await self.do(events.MediaReady())
        await self.do(events.TalkPressed("Jag kan inte betala"))
        await self.tab.hears(CaseChanged, lambda m: m.card.phase is CasePhase.QUEUED)
        await self.tab.accept(self.story.case)
        await self.do(await self.kiosk.hears(AgentJoined))
        self.story.connect()
        await self.tab.send(RequestScreenShare(command=new_id(), case=self.story.case))
        await self.do(await self.kiosk.hears(AskScreenShare))
        await self.approve()
        assert (await self.share("granted")).seconds_left == SHARE_SECONDS

    async def approve(self) -> None:
        """The finger on the consent screen."""
        consent = self.story.view.consent
        assert consent is not None
        await self.wait(ARM_SECONDS)
        await self.do(events.ConsentApproved(consent.ask))

    async def renew(self) -> None:
        await self.do(events.ShareRenewPressed())
        assert self.story.sheet() is Sheet.CONSENT
        await self.approve()

    async def consents(self) -> list[Event]:
        """The case log's lines of every answer. The office is stopped for it."""
        await self.place.office.stop()
        store = open_store(OfficeSettings(data_dir=str(self.place.directory)))
        await store.open()
        log = await store.events(self.story.case)
        await store.close()
        return [event for event in log if event.kind == "consent"]


@pytest.fixture
async def joint(tmp_path: Path) -> AsyncIterator[Joint]:
    story = Story()
    async with town(tmp_path, story.clock) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        yield Joint(place, story, kiosk, tab)


async def test_five_minutes_more(joint: Joint) -> None:
    await joint.into_a_share()
    await joint.wait(SHARE_SECONDS - RENEW_SECONDS)
    await joint.renew()
    # The console counts anew, and the office has not stopped anything.
    renewed = await joint.tab.hears(
        CaseChanged, lambda m: m.card.share.seconds_left == SHARE_SECONDS
    )
    assert renewed.card.share.state == "granted"
    assert not any(isinstance(message, StopScreenShare) for message in joint.kiosk.heard)
    share = joint.story.view.share
    assert share is not None
    assert share.left.left(joint.story.clock.monotonic()) == SHARE_SECONDS
    # Past the first deadline it runs; at the second it ends, for both.
    await joint.wait(SHARE_SECONDS - 1)
    assert joint.story.view.share is not None
    await joint.wait(1)
    assert joint.story.view.share is None
    await joint.share("ended")
    first, second = await joint.consents()
    assert (first.detail["awaited"], first.detail["renews"]) == (True, None)
    assert (second.detail["awaited"], second.detail["renews"]) == (False, first.detail["ask"])
    assert second.detail["ask"] != first.detail["ask"]
    assert (second.detail["granted"], second.detail["deadline_seconds"]) == (True, SHARE_SECONDS)


async def test_a_no_to_five_minutes_more_leaves_the_first_deadline(joint: Joint) -> None:
    await joint.into_a_share()
    await joint.wait(SHARE_SECONDS - RENEW_SECONDS)
    await joint.do(events.ShareRenewPressed())
    consent = joint.story.view.consent
    assert consent is not None
    await joint.do(events.ConsentRefused(consent.ask))
    await joint.wait(RENEW_SECONDS)
    assert joint.story.view.share is None
    await joint.share("ended")
    assert [event.detail["renews"] for event in await joint.consents()] == [None, None]


async def test_five_minutes_more_that_cross_the_agents_stop_are_stopped(joint: Joint) -> None:
    await joint.into_a_share()
    await joint.wait(SHARE_SECONDS - RENEW_SECONDS)
    await joint.tab.send(EndScreenShare(command=new_id(), case=joint.story.case))
    await joint.share("ended")
    await joint.renew()  # the office's word has not been heard yet
    await joint.do(await joint.kiosk.hears(StopScreenShare))
    assert joint.story.view.share is None
    await joint.kiosk.hears(StopScreenShare)
    assert (await joint.consents())[-1].detail["renews"] is None


async def test_an_answer_given_twice_renews_nothing(joint: Joint) -> None:
    await joint.into_a_share()
    (answer,) = joint.story.sent(AnswerScreenShare)
    again = AnswerScreenShare(
        command=new_id(),
        case=answer.case,
        ask=answer.ask,
        answer=ShareAnswer.GRANTED,
        answered_at=answer.answered_at,
        text_version=answer.text_version,
        language=answer.language,
        deadline_seconds=answer.deadline_seconds,
    )
    await joint.kiosk.say(again)
    await joint.kiosk.hears(StopScreenShare)
    assert (await joint.consents())[-1].detail["renews"] is None
