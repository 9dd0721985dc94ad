"""The practice shopper comes, says something sensible, never shows a screen, and goes again."""

from pathlib import Path

import pytest

from kiosk_app.case import effects, events
from kiosk_app.case.view.screen import Sheet
from kiosk_app.cli.practice_lines import PracticeError, load_lines
from kiosk_app.protocol import to_kiosk
from kiosk_app.protocol.from_kiosk import (
    AnswerScreenShare,
    CloseCase,
    GiveFeedback,
    JoinQueue,
    OpenCase,
    SendChat,
)
from kiosk_app.protocol.shared import EndCause, PaymentStep
from tests.unit.cli.practice_stage import LINES, Stage

ASK = "00000000-0000-4000-8000-00000000a5c0"


def visitor(seed: int) -> Stage:
    """The first visit of this seed's shopper, up to what they do about the menu."""
    stage = Stage(seed=seed)
    stage.run(lambda: stage.sent_of(OpenCase), "Hjälp pressed")
    stage.run(lambda: stage.view.sheet is not Sheet.MENU, "the menu left")
    return stage


def in_queue(seed: int = 1) -> Stage:
    """The first shopper from ``seed`` on who asks for a person."""
    visitors = (visitor(each) for each in range(seed, seed + 100))
    return next(stage for stage in visitors if stage.view.sheet is Sheet.QUEUE)


def another_line(stage: Stage) -> None:
    """Wait until the shopper has said one thing more."""
    before = len(stage.sent_of(SendChat))
    stage.run(lambda: len(stage.sent_of(SendChat)) > before, "something said", within=200)


def in_chat(seed: int = 1) -> Stage:
    stage = in_queue(seed)
    stage.agent_joins()
    stage.agent_says("Hej, jag heter Lisa. Hur kan jag hjälpa dig?")
    stage.run(lambda: stage.view.sheet is Sheet.CHAT, "the chat", within=5)
    return stage


def test_nobody_comes_to_an_empty_desk() -> None:
    stage = Stage(promise_seconds=None)
    stage.pass_seconds(7200)
    assert stage.sent == []
    assert stage.till.state.cart.empty
    stage.feed(to_kiosk.PromiseChanged(seconds=60))
    stage.run(lambda: stage.sent_of(OpenCase), "Hjälp pressed", within=90)


def test_nobody_comes_while_the_office_is_away() -> None:
    stage = Stage()
    stage.feed(events.LinkLost())
    stage.pass_seconds(7200)
    assert stage.sent == []


def test_visits_are_marked_and_differ_as_peoples_do() -> None:
    opened, joined, languages = [], [], set()
    for seed in range(60):
        stage = visitor(seed)
        opened += stage.sent_of(OpenCase)
        joined += [(stage.view.language, join) for join in stage.sent_of(JoinQueue)]
    assert all(case.context.practice for case in opened)
    assert all(not case.context.cart.empty for case in opened)
    declined = [case for case in opened if case.context.step is PaymentStep.DECLINED]
    checked = [
        case for case in opened if any(line.age_restricted for line in case.context.cart.lines)
    ]
    assert declined and checked and len(declined) + len(checked) < len(opened)
    assert 0 < len(joined) < len(opened)  # some find out alone
    for language, join in joined:
        lines = LINES[language]
        assert join.message is not None
        assert join.message.text in (
            *lines.first_declined,
            *lines.first_age,
            *lines.first_other,
        )
        languages.add(language)
    assert languages == set(LINES)


def test_the_first_line_fits_what_happened() -> None:
    seen = 0
    for seed in range(1, 400, 7):
        stage = in_queue(seed=seed)
        case, join = stage.sent_of(OpenCase)[-1], stage.sent_of(JoinQueue)[-1]
        assert join.message is not None
        lines = LINES[case.context.language]
        if case.context.step is PaymentStep.DECLINED:
            assert case.context.declines == 1
            assert join.message.text in lines.first_declined
            seen |= 1
        elif any(line.age_restricted for line in case.context.cart.lines):
            assert join.message.text in lines.first_age
            seen |= 2
        else:
            assert join.message.text in lines.first_other
            seen |= 4
    assert seen == 7


@pytest.mark.parametrize("seed", range(1, 100, 10))
def test_from_the_first_answer_to_the_next_customer(seed: int) -> None:
    stage = in_chat(seed)
    lines = LINES[stage.view.language]
    took = stage.run(lambda: stage.sent_of(SendChat), "answered")
    assert took >= 2
    assert stage.sent_of(SendChat)[0].message.text in lines.answers
    assert events.ShopperTyped(True) in stage.pressed
    for number in range(2, 8):
        if stage.sent_of(SendChat)[-1].message.text in lines.thanks:
            break
        stage.agent_says(f"Prova igen, {number}")
        another_line(stage)
    said = [chat.message.text for chat in stage.sent_of(SendChat)]
    assert said[-1] in lines.thanks
    assert len(set(said)) == len(said)

    stage.run(lambda: stage.sent_of(GiveFeedback), "a face given", within=120)
    assert stage.sent_of(CloseCase)[-1].cause is EndCause.SHOPPER_ENDED
    stage.run(lambda: stage.till.state.cart.empty, "the next customer's till", within=10)
    first = stage.sent_of(OpenCase)[-1]
    stage.run(lambda: len(stage.sent_of(OpenCase)) == 2, "the next press")
    assert stage.sent_of(OpenCase)[-1].visit != first.visit


def test_a_face_is_given_when_the_agent_is_done() -> None:
    stage = in_chat()
    stage.feed(to_kiosk.CaseResolved(case=stage.case))
    stage.run(lambda: stage.sent_of(GiveFeedback), "a face given", within=9)
    stage.run(lambda: stage.view.sheet is Sheet.NONE, "back at the till")
    assert stage.sent_of(CloseCase)[-1].cause is EndCause.RESOLVED


def test_a_silent_agent_is_asked_once_and_left() -> None:
    stage = in_queue()
    stage.agent_joins()
    stage.agent_says("Hej")
    stage.run(lambda: stage.sent_of(SendChat), "answered")
    stage.run(lambda: len(stage.sent_of(SendChat)) == 2, "asked", within=200)
    assert stage.sent_of(SendChat)[1].message.text in LINES[stage.view.language].still_there
    stage.run(lambda: stage.view.sheet is Sheet.FEEDBACK, "left", within=200)


def test_a_screen_share_is_declined_in_words() -> None:
    stage = in_chat()
    stage.run(lambda: stage.sent_of(SendChat), "answered")
    lines = LINES[stage.view.language]
    for number, ask in enumerate((ASK, ASK[:-1] + "1"), 1):
        stage.feed(to_kiosk.AskScreenShare(case=stage.case, ask=ask))
        assert stage.view.sheet is Sheet.CONSENT
        stage.run(lambda: stage.view.sheet is Sheet.CHAT, "answered", within=10)
        answers = stage.sent_of(AnswerScreenShare)
        assert [answer.granted for answer in answers] == [False] * number
        assert stage.sent_of(SendChat)[-1].message.text in lines.no_screen
        stage.pass_seconds(30)  # after a no nobody may ask again at once
    assert not any(isinstance(effect, effects.StartShare) for effect in stage.wanted)


def test_every_shopper_leaves_a_queue_that_does_not_move() -> None:
    def waits_for(stage: Stage) -> float:
        return stage.run(lambda: stage.sent_of(CloseCase), "left", within=601)

    waits = []
    for seed in range(1, 400, 20):
        stage = in_queue(seed=seed)
        waits.append(waits_for(stage))
        assert stage.sent_of(CloseCase)[-1].cause is EndCause.LEFT_QUEUE
    assert min(waits) >= 90
    assert any(wait < 300 for wait in waits) and any(wait > 300 for wait in waits)


def test_a_place_in_the_queue_does_not_start_the_patience_anew() -> None:
    stage = in_queue()
    due = stage.shopper.due
    stage.feed(to_kiosk.QueueChanged(case=stage.case, position=2, wait_seconds=90))
    assert stage.view.queue is not None and stage.view.queue.position == 2
    assert stage.shopper.due == due


def test_after_a_failure_another_comes() -> None:
    stage = in_chat()
    stage.feed(events.LinkLost())
    stage.run(lambda: stage.view.sheet is Sheet.FAILURE, "the notice", within=120)
    stage.run(lambda: stage.view.sheet is Sheet.NONE, "closed", within=15)
    stage.feed(events.LinkUp(False, 60))
    stage.run(lambda: len(stage.sent_of(OpenCase)) == 2, "the next press")


def test_the_same_seed_does_the_same() -> None:
    def day(seed: int) -> list[object]:
        stage = Stage(seed=seed)
        stage.pass_seconds(3600)
        return [type(event).__name__ for event in stage.pressed]

    assert day(7) == day(7)
    assert len({tuple(day(seed)) for seed in range(5)}) > 1


def test_pace_stretches_every_wait() -> None:
    person, hasty = Stage(seed=3), Stage(seed=3, pace=0.1)
    slow = person.run(lambda: person.sent_of(OpenCase), "Hjälp pressed")
    fast = hasty.run(lambda: hasty.sent_of(OpenCase), "Hjälp pressed")
    assert fast == pytest.approx(slow / 10)


def test_there_is_a_dozen_first_lines() -> None:
    swedish = LINES["sv"]
    first = {*swedish.first_declined, *swedish.first_age, *swedish.first_other}
    assert len(first) >= 12


def test_lines_that_are_not_right_name_their_file(tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="Reinstall"):
        load_lines(tmp_path)
    (tmp_path / "sv.toml").write_text("first_age = []\n")
    with pytest.raises(PracticeError, match=r"sv\.toml"):
        load_lines(tmp_path)
