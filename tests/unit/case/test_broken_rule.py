"""When a rule itself breaks: nothing half done is carried out, and what must end ends."""

from typing import cast

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.consent import SHARE_SECONDS
from kiosk_app.case.machine import HandlingError
from kiosk_app.case.turn import Turn
from kiosk_app.protocol.from_kiosk import ReportCall, ReportShareEnded
from kiosk_app.protocol.shared import ShareEndCause
from tests.unit.case.story import Story


def breaking(story: Story, monkeypatch: pytest.MonkeyPatch, event: events.Event) -> HandlingError:
    """Feed ``event`` to a machine that has no ids any more."""

    def no_more() -> str:
        raise RuntimeError("no ids")

    turn: Turn = vars(story.machine)["_core"].turn
    with monkeypatch.context() as broken:
        broken.setattr(turn, "new_id", no_more)
        with pytest.raises(HandlingError, match="could not be handled") as caught:
            story.feed(event)
    return caught.value


def test_nothing_of_a_broken_turn_is_done_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story()
    story.to_share()
    error = breaking(story, monkeypatch, events.LeavePressed())
    assert [type(effect) for effect in error.effects] == [effects.StopShare]
    assert story.view.share is None
    assert story.feed(events.TimePassed()) == ()


def test_deadlines_before_it_are_kept() -> None:
    story = Story()
    story.to_share()
    story.clock.advance(SHARE_SECONDS)
    with pytest.raises(HandlingError) as caught:
        story.feed(cast(events.Event, "garbage"))
    assert effects.StopShare(ShareEndCause.DEADLINE) in caught.value.effects
    sent = [effect.message for effect in caught.value.effects if isinstance(effect, effects.Send)]
    assert [type(message) for message in sent] == [ReportCall, ReportShareEnded]
    assert story.feed(events.TimePassed()) == ()
