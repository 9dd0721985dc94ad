"""What somebody hears who does not see the screen: every screen, focus, change and sign."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk_app.case.view.chat import ChatLine, ChatView
from kiosk_app.case.view.notice import Notice
from kiosk_app.case.view.screen import Sheet, View
from kiosk_app.case.view.share import ConsentView
from kiosk_app.case.view.visit import LeavingView, OfferView, RestoreView, RestoreWay
from kiosk_app.case.view.wait import QueueView
from kiosk_app.protocol.shared import Author, HelpReason
from kiosk_app.ui.speech.output import LEVELS
from tests.support.gallery import OVERLAY_SCREENS
from tests.support.hearing import Listener, listening
from tests.support.screens import TILL_SCREENS

START, STOP, REPEAT, READ = Qt.Key.Key_F9, Qt.Key.Key_F8, Qt.Key.Key_F10, Qt.Key.Key_F7
SOFTER, LOUDER = Qt.Key.Key_F11, Qt.Key.Key_F12
PLUG_IN, PLUG_OUT = Qt.Key.Key_F15, Qt.Key.Key_F16
TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return


@pytest.fixture
def blind(qtbot: QtBot) -> Iterator[Listener]:
    """Somebody for whom the screen is read aloud, at a till with goods."""
    with listening() as listener:
        listener.at.fill()
        listener.press(START)
        yield listener


def test_it_is_silent_until_it_is_asked(qtbot: QtBot) -> None:
    with listening() as listener:
        listener.press(TAB)
        listener.at.fill()
        assert listener.said == []


@pytest.mark.en301549("5.1.2.2", "5.1.3.1", "5.1.3.2", "5.1.3.3", "5.2")
@pytest.mark.parametrize("way", [START, PLUG_IN, None], ids=["key", "keypad", "sound server"])
def test_it_begins_without_sight(qtbot: QtBot, way: Qt.Key | None) -> None:
    with listening() as listener:
        if way is None:
            listener.headset.plug(True)
        else:
            listener.press(way)
        assert listener.said[-1].startswith("Uppläsning är på.")
        assert "Skanna din första vara" in listener.said[-1]


def test_where_there_is_no_voice_it_is_shown(qtbot: QtBot) -> None:
    with listening(available=False) as listener:
        listener.press(START)
        assert listener.at.shell.message == "Uppläsning finns inte på den här kassan."
        assert listener.said == []


@pytest.mark.en301549("5.1.3.9")
def test_a_plug_that_comes_out_is_silence(qtbot: QtBot) -> None:
    with listening() as listener:
        listener.headset.plug(True)
        listener.settle()
        listener.headset.plug(False)
        assert not listener.voice.speaking
        before = len(listener.said)
        listener.press(TAB)
        assert len(listener.said) == before


@pytest.mark.en301549("5.1.3.1", "5.1.3.6", "9.4.1.2")
def test_what_has_the_focus_is_named_with_its_kind(blind: Listener) -> None:
    heard = [blind.press(TAB) for _ in range(4)]
    assert heard[0] == "Svenska, knapp, vald."
    assert heard[1] == "English, knapp."
    assert heard[2] == "Visning, knapp."


@pytest.mark.en301549("5.1.3.1", "5.1.3.6")
def test_everything_that_takes_the_focus_has_something_to_say(blind: Listener) -> None:
    for _ in range(25):
        blind.press(TAB)
        focus = QApplication.focusWidget()
        assert isinstance(focus, QWidget)
        assert len(blind.said[-1].split(",")[0].strip(" .")) > 1, focus.objectName()


@pytest.mark.en301549("5.1.3.4", "5.1.3.5")
def test_stop_repeat_and_read_have_keys(blind: Listener) -> None:
    heard = blind.press(TAB)
    blind.press(STOP)
    assert not blind.voice.speaking
    assert blind.press(REPEAT) == heard
    whole = blind.press(READ)
    assert "142,50 kr" in whole
    assert "Bryggkaffe" in whole


@pytest.mark.en301549("5.1.3.4")
def test_any_key_interrupts(blind: Listener) -> None:
    assert blind.voice.speaking
    window = blind.at.shell.windowHandle()
    QApplication.sendEvent(window, _press(Qt.Key.Key_A))
    assert not blind.voice.speaking


def _press(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "a")


@pytest.mark.en301549("5.1.3.11", "5.1.3.13", "8.2.1.1")
def test_the_volume_has_keys_and_goes_back_with_the_shopper(blind: Listener) -> None:
    assert blind.press(LOUDER) == "Volym 2 av 4."
    blind.press(LOUDER)
    blind.press(SOFTER)
    assert blind.voice.said[-1][2] == LEVELS[1]
    blind.at.shell.till_wiped()
    blind.press(START)
    assert blind.voice.said[-1][2] == LEVELS[0]


def test_with_the_shopper_the_speech_ends(blind: Listener) -> None:
    blind.at.shell.till_wiped()
    before = len(blind.said)
    blind.press(TAB)
    assert len(blind.said) == before


def test_whoever_wears_a_headset_goes_on_listening(qtbot: QtBot) -> None:
    with listening() as listener:
        listener.headset.plug(True)
        listener.at.fill()
        listener.settle()
        listener.at.till.wipe()
        listener.at.shell.till_wiped()
        assert "Skanna din första vara" in listener.said[-1]


@pytest.mark.en301549("5.1.3.14")
def test_it_follows_the_language(blind: Listener) -> None:
    blind.at.shell.retranslate("en")
    assert "To pay" in blind.said[-1]
    assert blind.voice.said[-1][1] == "en"


@pytest.mark.en301549("5.1.3.15")
def test_an_error_says_what_and_what_to_do(blind: Listener) -> None:
    blind.at.shell.scan("4006381333931")
    assert blind.said[-1] == (
        "Vi känner inte igen koden. Inget lades till. Tryck på Hjälp om varan är vår."
    )


@pytest.mark.en301549("5.1.3.16")
def test_the_sum_and_the_receipt_are_spoken(blind: Listener) -> None:
    blind.at.till.pay()
    assert "Du betalar 142,50 kr" in blind.said[-1]
    blind.at.till.open_card_entry()
    blind.at.press_code()
    assert "142,50 kr är betalt" in blind.said[-1]
    blind.at.till.show_receipt()
    heard = blind.said[-1]
    for line in ("Kvitto", "Mellanmjölk", "19,90 kr", "Betalt med kort", "142,50 kr"):
        assert line in heard


@pytest.mark.en301549("5.1.3.8")
def test_a_masked_code_is_counted_and_never_said(blind: Listener) -> None:
    blind.at.till.pay()
    blind.at.till.open_card_entry()
    blind.settle()
    before = len(blind.said)
    blind.type("7294")
    heard = " ".join(blind.said[before:])
    assert "Siffra 1" in heard
    assert "Siffra 4" in heard
    assert not {"7", "9", "72", "7294"} & set(heard.replace(".", "").split())


@pytest.mark.en301549("5.1.3.9")
def test_a_private_code_is_for_the_headset(qtbot: QtBot) -> None:
    with listening() as listener:
        restore = RestoreView(RestoreWay.CODE, listener.at.countdown(300, 200), 5)
        listener.at.show(View(restore=restore))
        field = listener.at.shell.findChild(QLineEdit, "cart_code")
        assert field is not None
        listener.press(START)
        field.setFocus()
        listener.settle()
        assert listener.type("4") == "En siffra."
        listener.headset.plug(True)
        listener.settle()
        assert listener.type("8") == "8."


@pytest.mark.en301549("5.1.3.1", "9.4.1.3")
def test_what_changes_without_the_focus_is_told(blind: Listener) -> None:
    queue = QueueView(3, blind.at.countdown(60, 40), text_sent=False)
    blind.at.show(View(sheet=Sheet.QUEUE, queue=queue))
    assert "Du är nummer 3 i kön" in blind.said[-1]
    nearer = QueueView(2, blind.at.countdown(60, 30), text_sent=False)
    blind.at.show(View(sheet=Sheet.QUEUE, queue=nearer))
    blind.settle()
    blind.voice.finish()
    assert "Du är nummer 2 i kön" in blind.said[-1]
    blind.at.show(View(sheet=Sheet.QUEUE, queue=nearer, notice=Notice.LINK_LOST))
    blind.voice.finish()
    assert "tappat kontakten" in blind.said[-1]


@pytest.mark.en301549("5.1.3.9")
def test_what_the_agent_writes_is_for_the_shopper_alone(blind: Listener) -> None:
    chat = ChatView("Lisa", ())
    blind.at.show(View(sheet=Sheet.CHAT, chat=chat))
    line = ChatLine("1", Author.AGENT, "Lisa", "Prova ett annat kort", True)
    blind.settle()
    blind.voice.finish()
    blind.at.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa", (line,))))
    assert "Prova ett annat kort" not in blind.said[-1]
    assert "bara för dig" in blind.said[-1]
    assert blind.press(REPEAT) == "Lisa: Prova ett annat kort."


def test_a_card_that_is_up_is_read_first(blind: Listener) -> None:
    blind.at.show(View(offer=OfferView(HelpReason.DECLINES)))
    blind.settle()
    blind.voice.finish()  # it is said when it comes up; what counts is that it can be heard again
    heard = blind.press(READ)
    assert heard.startswith("Kortet nekades två gånger")
    assert "142,50 kr" in heard
    blind.at.show(View(leaving=LeavingView(blind.at.countdown(20, 20), cart=True)))
    blind.settle()
    blind.voice.finish()
    heard = blind.press(READ)
    assert "Är du kvar?" in heard
    assert "Kortet nekades" not in heard
    blind.at.show(View())
    assert "Är du kvar?" not in blind.press(READ)


def test_a_question_is_heard_whole(blind: Listener) -> None:
    now = blind.at.clock.monotonic()
    asked = ConsentView("a", "Lisa", blind.at.countdown(30, 30), now)
    blind.at.show(View(sheet=Sheet.CONSENT, consent=asked))
    heard = blind.said[-1]
    for part in ("Lisa vill se kassaskärmen", "Godkänn?", "Inget spelas in", "Nej tack, knapp"):
        assert part in heard
    assert heard.count("Godkänn?") == 1


@pytest.mark.en301549("5.1.3.1")
def test_signs_are_heard_as_they_are_written(blind: Listener) -> None:
    blind.at.show(View(sheet=Sheet.CHAT, chat=ChatView("Lisa", ())))
    field = blind.at.shell.findChild(QLineEdit, "chat_input")
    assert field is not None
    blind.settle()
    blind.voice.finish()
    field.setFocus()
    assert "textfält, tomt" in blind.said[-1]
    assert blind.type("a") == "a."
    assert blind.type("b ") == "ab."
    assert blind.type("?") == "frågetecken."
    assert blind.press(Qt.Key.Key_Backspace) == "frågetecken raderat."


@pytest.mark.en301549("5.1.2.2", "5.1.3.1")
def test_every_screen_has_something_to_say(qtbot: QtBot) -> None:
    for name, arrange in TILL_SCREENS.items():
        with listening() as listener:
            listener.headset.plug(True)
            arrange(listener.at)
            listener.settle()
            assert len(listener.press(READ)) > 20, name
    with listening() as listener:
        listener.headset.plug(True)
        listener.at.fill()
        for name, make in OVERLAY_SCREENS.items():
            listener.at.show(make(listener.at))
            assert len(listener.press(READ)) > 20, name
            listener.at.show(View())
