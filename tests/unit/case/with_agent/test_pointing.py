"""The agent points at what they see, and at nothing else."""

from kiosk_app.case import effects, events
from kiosk_app.case.view.agent import PointerView
from kiosk_app.case.with_agent.pointing import POINTER_SECONDS
from tests.unit.case.story import Story


def test_the_ring_is_there_for_three_seconds() -> None:
    story = Story()
    story.to_share()
    story.feed(events.AgentPointed(0.25, 0.5))
    assert story.view.pointer == PointerView("Lisa", 0.25, 0.5)
    story.wait(POINTER_SECONDS - 0.1)
    story.feed(events.AgentPointed(0.3, 0.5))
    story.wait(POINTER_SECONDS - 0.1)
    assert story.view.pointer == PointerView("Lisa", 0.3, 0.5)
    story.wait(0.2)
    assert story.view.pointer is None


def test_none_without_a_share_that_is_seen() -> None:
    story = Story()
    story.to_chat()
    story.feed(events.AgentPointed(0.5, 0.5))
    assert story.view.pointer is None
    story.ask()
    story.feed(events.AgentPointed(0.5, 0.5))
    assert story.view.pointer is None


def test_it_goes_with_the_share() -> None:
    story = Story()
    story.to_share()
    story.feed(events.AgentPointed(0.5, 0.5))
    story.feed(events.ShareStopPressed())
    assert story.view.pointer is None


def test_it_does_nothing_but_show() -> None:
    story = Story()
    story.to_share()
    done: tuple[effects.Effect, ...] = story.feed(events.AgentPointed(0.5, 0.5))
    assert done == ()
