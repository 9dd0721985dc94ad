from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk_app.case.events import ArticlesPressed, ChatSubmitted, LeavePressed, ShopperTyped
from kiosk_app.case.view.button import HelpView
from kiosk_app.case.view.chat import ChatView
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.ending import FailureView
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.wait import JoiningView, LateReason, OpeningView, QueueView
from tests.ui.overlay.conftest import Stage


def queued(stage: Stage, position: int | None = 1, left: float = 20.0) -> View:
    wait = Countdown(60, stage.clock.monotonic() + left)
    return View(sheet=Sheet.QUEUE, queue=QueueView(position, wait, text_sent=False))


def joining(stage: Stage) -> View:
    eta = Countdown(30, stage.clock.monotonic() + 20)
    return View(sheet=Sheet.JOINING, joining=JoiningView("Lisa", eta))


def test_place_and_time_in_words(stage: Stage) -> None:
    stage.show(queued(stage))

    assert "Kopplar upp dig till support… 20 s kvar" in stage.texts("queue_status")
    assert "Du är nummer 1 i kön" in stage.texts("queue_status")
    assert "Din korg ligger kvar." in stage.texts()


def test_after_the_payment_it_is_the_receipt_that_stays(stage: Stage) -> None:
    for view in (queued(stage), joining(stage)):
        stage.show(replace(view, paid=True))

        assert "Ditt kvitto finns kvar." in stage.texts()
        assert "Din korg ligger kvar" not in stage.texts()


def test_the_time_goes_down_by_itself(stage: Stage) -> None:
    stage.show(queued(stage))
    stage.clock.advance(7)

    stage.overlay.waiting.ring.ticked.emit(13.0)

    assert "13 s kvar" in stage.texts("queue_status")


def test_no_place_is_made_up_before_the_office_has_answered(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.QUEUE, queue=QueueView(None, None, text_sent=False)))

    assert "nummer" not in stage.texts("queue_status")
    assert "Kopplar upp dig till support…" in stage.texts("queue_status")


def test_a_wait_that_is_longer_than_promised_says_so(stage: Stage) -> None:
    stage.show(queued(stage, left=-1))

    assert "Det tar längre än vi trodde" in stage.texts("queue_status")
    assert not stage.overlay.waiting.ring.isVisible()


def test_a_named_person_is_coming(stage: Stage) -> None:
    stage.show(queued(stage))
    stage.show(joining(stage))

    assert "Lisa ansluter… 20 s" in stage.texts("agent_status")
    assert not stage.shows("queue_status")


def test_leaving_is_one_tap_and_folding_is_not_leaving(stage: Stage) -> None:
    stage.show(queued(stage))

    assert stage.button("queue_leave").text() == "Lämna kön"
    stage.button("queue_leave").click()

    assert stage.fed == [LeavePressed()]


def test_what_happened_can_be_written_while_waiting(stage: Stage) -> None:
    stage.show(queued(stage))
    QTest.keyClicks(stage.line("queue_input"), "Ok")
    QTest.keyClick(stage.line("queue_input"), Qt.Key.Key_Return)

    assert stage.fed == [ShopperTyped(True), ShopperTyped(True), ChatSubmitted("Ok")]


def test_the_shopper_sees_that_it_was_sent(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.QUEUE, queue=QueueView(1, None, text_sent=True)))

    assert "Ditt meddelande är skickat." in stage.texts()


def test_a_half_written_sentence_goes_on_in_the_chat(stage: Stage) -> None:
    stage.show(queued(stage))
    QTest.keyClicks(stage.line("queue_input"), "Kortet ne")

    stage.show(joining(stage))
    stage.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa")))

    assert stage.line("chat_input").text() == "Kortet ne"
    assert stage.overlay.waiting.write.line.text() == ""


def test_no_time_is_counted_while_nobody_answers(stage: Stage) -> None:
    nobody = QueueView(2, None, text_sent=False, late=LateReason.NOBODY)
    stage.show(View(sheet=Sheet.QUEUE, queue=nobody))

    assert "Du är nummer 2 i kön" in stage.texts("queue_status")
    assert "Ingen svarar just nu." in stage.texts("queue_status")
    assert "Kopplar upp" not in stage.texts("queue_status")
    assert "Hjälp är på väg" not in stage.texts()
    assert not stage.overlay.waiting.ring.isVisible()


@pytest.mark.parametrize(
    ("opens", "closes", "ahead", "words"),
    [
        (time(6), time(23), 0, "Vi svarar 06\N{EN DASH}23."),
        (time(6, 30), time.max, 0, "Vi svarar 06:30\N{EN DASH}24."),
        (time(6), time(23), 1, "Vi svarar i morgon 06\N{EN DASH}23."),
        (time(6), time(23), 2, "Vi svarar på måndag 06\N{EN DASH}23."),
    ],
)
def test_who_finds_nobody_reads_when_somebody_answers(
    stage: Stage, opens: time, closes: time, ahead: int, words: str
) -> None:
    opening = OpeningView(opens, closes, date(2026, 11, 23), ahead)
    nobody = QueueView(2, None, text_sent=False, late=LateReason.NOBODY)
    stage.show(View(sheet=Sheet.QUEUE, queue=nobody, opening=opening))
    assert f"Du är nummer 2 i kön. {words}" in stage.texts("queue_status")

    stage.show(View(sheet=Sheet.MENU, help=HelpView(promise_seconds=None), opening=opening))
    assert f"Vi ringer upp. {words}" in stage.texts()
    stage.show(View(sheet=Sheet.MENU, help=HelpView(offline=True), opening=opening))
    assert f"Vi har ingen kontakt just nu. {words}" in stage.texts()
    stage.show(
        View(sheet=Sheet.FAILURE, failure=FailureView(None, None, True, False), opening=opening)
    )
    assert words in stage.texts("failure_notice")

    # Where somebody does answer, nobody asks for the hours.
    stage.show(View(sheet=Sheet.MENU, help=HelpView(promise_seconds=60), opening=opening))
    assert "Vi svarar" not in stage.texts()


@pytest.mark.parametrize(
    ("late", "why"),
    [
        (LateReason.OTHERS, "Många behöver hjälp just nu."),
        (LateReason.BUSY, "Alla som kan svara är upptagna."),
    ],
)
def test_past_the_promise_the_shopper_reads_why(stage: Stage, late: LateReason, why: str) -> None:
    wait = Countdown(60, stage.clock.monotonic() + 20)
    queue = QueueView(2, wait, text_sent=False, late=late, promised_seconds=60)
    stage.show(View(sheet=Sheet.QUEUE, queue=queue))

    text = stage.texts("queue_status")
    assert "Du har väntat längre än vi lovade." in text
    assert why in text
    assert "Du är nummer 2 i kön" in text
    assert stage.overlay.waiting.ring.isVisible()


def test_where_nothing_was_promised_nothing_is_said_to_be_broken(stage: Stage) -> None:
    queue = QueueView(2, None, text_sent=False, late=LateReason.OTHERS)
    stage.show(View(sheet=Sheet.QUEUE, queue=queue))

    assert "lovade" not in stage.texts()
    assert "Många behöver hjälp just nu." in stage.texts("queue_status")


def test_tips_are_offered_to_those_who_wait_too_long(stage: Stage) -> None:
    stage.show(queued(stage))
    assert not stage.shows("queue_articles")
    queue = QueueView(1, None, text_sent=False, late=LateReason.BUSY)
    stage.show(View(sheet=Sheet.QUEUE, queue=queue))

    stage.button("queue_articles").click()

    assert stage.fed == [ArticlesPressed()]


def test_among_the_tips_the_way_back_is_the_queue(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.MENU, queue=QueueView(2, None, text_sent=False)))

    assert stage.button("talk_to_person").text() == "Tillbaka till kön"
    assert "Du behåller din plats." in stage.texts()
    stage.show(View(sheet=Sheet.MENU))
    assert stage.button("talk_to_person").text() == "Prata med en person"


def test_who_does_not_come_in_time_is_late(stage: Stage) -> None:
    eta = Countdown(20, stage.clock.monotonic())
    stage.show(View(sheet=Sheet.JOINING, joining=JoiningView("Lisa", eta, late=True)))

    assert "Lisa är försenad." in stage.texts("agent_status")
    assert "Lisa har ditt ärende" in stage.texts("agent_status")
    assert "0 s" not in stage.texts("agent_status")
    assert "är på väg" not in stage.texts()
    assert stage.shows("queue_articles")
