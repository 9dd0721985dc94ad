"""Tells the screen to whoever does not see it: screens, the focus, what changes, what is typed.

EN 301 549 V3.2.1, 5.1.3: all of it can be had without sight. The speech begins when a headset is
plugged in or its key is pressed, any action interrupts it, and it ends with the shopper.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kiosk_app.base.language import Words
from kiosk_app.ui.sensitive import is_private, types_for_another
from kiosk_app.ui.speech.keys import Act, key_name
from kiosk_app.ui.speech.output import Line, SpeechOutput
from kiosk_app.ui.speech.ports import Headset, Voice
from kiosk_app.ui.speech.reading import described, reading, sign_name

_TOGETHER_MS = 30  # what changes within so long is one thing to say: a screen and its focus


class Narrator(QObject):
    """Hears of everything by calls and says it by ``voice``, while it is on.

    ``parts`` gives what is on the screen now, in reading order; ``tell`` shows a sentence.
    """

    def __init__(
        self,
        window: QWidget,
        voice: Voice,
        headset: Headset,
        keys: dict[str, Act],
        say: Words,
        parts: Callable[[], list[QWidget]],
        tell: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._voice, self._headset, self._keys = voice, headset, keys
        self._say, self._parts, self._tell = say, parts, tell
        self._on = self._plugged = False
        self._output = SpeechOutput(voice, say, lambda: self._alone)
        self._urgent: list[Line] = []
        self._polite: list[Line] = []
        self._shown: list[QWidget] = []
        self._focus: QWidget | None = None
        self._focus_moved = self._acted = False
        self._described: Line | None = None
        self._field: QLineEdit | None = None
        self._written = ""
        self._together = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
        self._together.timeout.connect(self._flush)

    def listen(self) -> None:
        """From now on hear of a headset."""
        self._headset.watch(self._on_headset_changed)

    @property
    def on(self) -> bool:
        """Whether it speaks."""
        return self._on

    @property
    def gathering(self) -> bool:
        """Whether something is about to be said."""
        return self._together.isActive()

    @property
    def _alone(self) -> bool:
        return self._plugged or self._headset.inserted

    def retranslate(self, say: Words) -> None:
        self._say = say
        self._output.retranslate(say)
        if self._on:
            self.read_all()

    # Beginning and end -------------------------------------------------------------------------

    def start(self) -> bool:
        """Begin to speak. False where this machine has no voice, which is then shown."""
        if not self._voice.available:
            self._tell(self._say("Reading aloud is not installed on this kiosk."))
            return False
        if not self._on:
            self._on = True
            self._follow_field(QApplication.focusWidget())
            self._urgent.append(Line(self._say("Reading aloud is on.")))
            self._urgent.append(
                Line(self._say("Arrows or Tab move. Enter chooses. Digits are scanned codes."))
            )
            self.read_all()
        return True

    def stop(self) -> None:
        """Speak no more."""
        if self._on:
            self._on = False
            self._follow_field(None)
            self._drop()
            self._output.forget()

    def wiped(self) -> None:
        """The visit is over. Whoever still wears a headset goes on listening, at the start."""
        self._drop()
        self._output.forget()
        if not self._alone:
            self.stop()
        elif self._on:
            self.read_all()

    def close(self) -> None:
        self.stop()
        self._headset.close()

    def _on_headset_changed(self, inserted: bool) -> None:
        # Out: what was meant for one person must not go on through the loudspeaker.
        self.stop()
        if inserted:
            self.start()

    # What happens --------------------------------------------------------------------------------

    def key(self, event: QKeyEvent) -> bool:
        """A key went down, whatever it is. True when it was one of the speech's own."""
        act = self._keys.get(key_name(event.key()))
        if act is None:
            self.acted()
            return False
        if not event.isAutoRepeat():
            self._do(act)
        return True

    def acted(self) -> None:
        """The shopper did something: what is being said is no longer what they want to hear."""
        if self._on:
            self._acted = True
            self._output.hush()

    def key_released(self) -> None:
        """A key came up, which is when keys of the screen act: what has the focus may differ."""
        if self._on:
            self._together.start()

    def announced(self, text: str, *, urgent: bool, private: bool) -> None:
        """Something changed without the focus (WCAG 4.1.3)."""
        if self._on:
            line = Line(text, private)
            heard = self._urgent if urgent else self._polite
            if line not in self._urgent and line not in self._polite:
                heard.append(line)
            self._together.start()

    def shown(self, part: QWidget) -> None:
        """A screen has come up."""
        if self._on:
            self._shown.append(part)
            self._together.start()

    def focus_moved(self, now: QWidget | None) -> None:
        self._focus = now
        if self._on:
            self._focus_moved = True
            self._follow_field(now)
            self._together.start()

    def read_all(self) -> None:
        """Say everything that is on the screen, and where the focus is."""
        self._shown = self._parts()
        self._together.start()

    # -------------------------------------------------------------------------------------------

    def _do(self, act: Act) -> None:
        match act:
            case Act.HEADSET_IN | Act.HEADSET_OUT:
                self._plugged = act is Act.HEADSET_IN
                self._on_headset_changed(self._plugged)
            case Act.START if self._on:
                self.stop()
                self._tell(self._say("Reading aloud is off."))
            case Act.START:
                self.start()
            case _ if not self._on:
                return
            case Act.STOP:
                self._drop()
                self._output.hush()
            case Act.REPEAT:
                self._output.repeat()
            case Act.READ:
                self._acted = True
                self.read_all()
            case Act.SOFTER | Act.LOUDER:
                self._output.louder(1 if act is Act.LOUDER else -1)

    def _drop(self) -> None:
        self._together.stop()
        self._urgent, self._polite, self._shown = [], [], []
        self._focus_moved = self._acted = False

    def _flush(self) -> None:
        read = [line for part in self._shown for line in reading(part)]
        lines = [*self._urgent, *self._unread(read), *self._polite]
        focus = self._focus
        if focus is not None and focus.isVisible() and not focus.isWindow():
            line = described(focus, self._say)
            changed = line != self._described and not isinstance(focus, QLineEdit)
            if self._focus_moved or self._shown or changed:
                self._described = line
                lines.append(line)
        now = self._acted or bool(self._urgent) or bool(self._shown)
        self._drop()
        self._output.say(tuple(lines), now=now)

    def _unread(self, read: list[Line]) -> list[Line]:
        """What a new screen says, without what its own announcement has said already."""
        said = " ".join(line.text for line in (*self._urgent, *self._polite))
        return [line for line in read if line.text.rstrip(".?!") not in said]

    # What is typed -----------------------------------------------------------------------------

    def _follow_field(self, now: QWidget | None) -> None:
        if now is not None and types_for_another(now):
            return  # the keyboard on the screen writes in the line that was left for it
        if self._field is not None:
            self._field.textChanged.disconnect(self._on_text_changed)
            self._field.destroyed.disconnect(self._on_field_destroyed)
        self._field = now if isinstance(now, QLineEdit) and self._on else None
        if self._field is not None:
            self._written = self._field.text()
            self._field.textChanged.connect(self._on_text_changed)
            self._field.destroyed.connect(self._on_field_destroyed)

    def _on_field_destroyed(self) -> None:
        self._field = None

    def _on_text_changed(self, text: str) -> None:
        before, self._written = self._written, text
        field = self._field
        if field is None or field.echoMode() is not QLineEdit.EchoMode.Normal:
            return
        if len(text) == len(before) + 1 and text.startswith(before):
            spoken = self._typed(text)
        elif len(text) == len(before) - 1 and before.startswith(text):
            spoken = self._say("{sign} erased", sign=sign_name(before[-1], self._say))
        else:
            return  # a line that was sent and is empty again, or a draft carried over
        if is_private(field) and not self._alone:
            spoken = self._say("One digit")
        self._polite.append(Line(spoken))
        self._acted = True
        self._together.start()

    def _typed(self, text: str) -> str:
        """The sign just written; at the end of a word, the word."""
        word = text.rsplit(None, 1)[-1] if text.strip() else ""
        if text[-1] == " " and word:
            return word
        return sign_name(text[-1], self._say)
