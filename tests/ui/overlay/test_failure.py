from kiosk_app.case.events import ClosePressed, RetryPressed
from kiosk_app.case.presses import SafetyPressed
from kiosk_app.case.view.countdown import Countdown
from kiosk_app.case.view.ending import FailureView
from kiosk_app.case.view.screen import Sheet, View
from tests.ui.overlay.conftest import Stage


def failed(stage: Stage, *, retry: bool = False) -> View:
    hold = Countdown(300, stage.clock.monotonic() + 298)
    return View(
        sheet=Sheet.FAILURE,
        failure=FailureView(code="4821", hold=hold, empty_cart=False, retry=retry),
    )


def test_what_happened_what_is_safe_and_the_code(stage: Stage) -> None:
    stage.show(failed(stage))

    text = stage.texts("failure_notice")
    assert "Tekniskt fel \u2013 vi ringer upp. Din korg sparas i 5 min." in text
    assert "4 8 2 1" in text
    assert "”Hämta din korg” finns på startskärmen." in text
    assert not stage.shows("failure_retry")


def test_the_way_back_is_the_till(stage: Stage) -> None:
    stage.show(failed(stage))

    stage.button("failure_back").click()

    assert stage.fed == [ClosePressed()]


def test_somebody_in_danger_has_their_way_here_too(stage: Stage) -> None:
    stage.show(failed(stage))
    stage.button("safety_lane").click()
    assert stage.fed == [SafetyPressed()]


def test_trying_again_is_offered_when_the_office_answers(stage: Stage) -> None:
    stage.show(failed(stage))
    assert "Vi har tappat kontakten" in stage.texts()
    stage.show(failed(stage, retry=True))

    assert "Vi har tappat kontakten" not in stage.texts()
    assert "Kontakten är tillbaka" in stage.texts()
    assert "Du kan försöka igen." in stage.texts()
    stage.button("failure_retry").click()
    assert stage.fed == [RetryPressed()]


def test_a_cart_that_could_not_be_saved_is_said_to_be_so(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.FAILURE, failure=FailureView(None, None, False, False)))

    text = stage.texts("failure_notice")
    assert "Din korg kunde inte sparas." in text
    assert "sparas i 5 min" not in text
    assert not stage.shows("cart_code_shown")


def test_an_empty_cart_promises_nothing(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.FAILURE, failure=FailureView(None, None, True, False)))

    text = stage.texts("failure_notice")
    assert "Din korg är tom, så inget går förlorat." in text
    assert "sparas" not in text


def test_after_the_payment_no_cart_is_spoken_of(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.FAILURE, failure=FailureView(None, None, True, False), paid=True))

    text = stage.texts("failure_notice")
    assert "Du har betalat och ditt kvitto finns kvar." in text
    assert "Tryck på Klar när du är färdig." in text
    assert "korg" not in text
    assert "betala som vanligt" not in text


def test_the_code_is_gone_after_the_visit(stage: Stage) -> None:
    stage.show(failed(stage))
    stage.show(View())

    assert stage.overlay.failure.code.text() == ""


def test_the_failure_is_said_while_the_cart_is_on_its_way_to_disk(stage: Stage) -> None:
    stage.show(View(sheet=Sheet.SAVING))

    text = stage.texts()
    assert "Tekniskt fel \u2013 vi ringer upp." in text
    assert "Vi sparar din korg…" in text
    assert "sparas i 5 min" not in text
