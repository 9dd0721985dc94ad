"""How it went: five faces, a few words, ten seconds."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.events import FeedbackGiven, FeedbackSkipped, FeedbackTouched
from kiosk_app.case.view.ending import FeedbackView
from kiosk_app.case.view.screen import View
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.overlay.qr import QrCode
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.overlay.writing import WritingRow
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.ring import Ring

_LONGEST = 200  # characters; ten seconds are for a few words
_LAST_MOMENT = 1.0  # s before the time is out, a face that was chosen is sent as it is


class FaceKey(Key):
    """One of the five; stays down when chosen."""

    def __init__(self, theme: Theme, score: int) -> None:
        super().__init__(
            theme, "", KeyKind.SOFT, height=156, icon=f"face_{score}", icon_size=100, padding=20
        )
        self.setObjectName(f"feedback_{score}")
        self.setProperty("key", "")
        self.setProperty("face", "true")
        self.setCheckable(True)

    def text_colour(self) -> QColor:
        # Eyes and mouth lie on the face's own yellow, also in high contrast.
        return self.theme.colour("on_help")


class FeedbackScreen(SheetScreen):
    """A face is enough; words are extra; skipping is one tap."""

    tall = False
    closable = False
    title_style = Type.HEADING

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self._shown = self._paid = False
        self._url = ""
        self._done = False
        self._announcer = Announcer(self)
        self.ring = Ring(theme, clock, size=140, width=12, style=Type.SECOND_STRONG)
        self._ask = PlainLabel(theme, "", Type.BODY, tone="second", wrap=True)
        top = self._top = QHBoxLayout()
        theme.fit(top, (0, 0, 0, 0), 32)
        top.addWidget(self.ring)
        top.addWidget(self._ask, 1)
        self.faces = [FaceKey(theme, score) for score in range(1, 6)]
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        theme.fit(row, (0, 0, 0, 0), 20)
        for score, face in enumerate(self.faces, start=1):
            self._group.addButton(face, score)
            row.addWidget(face, 1)
        self._chosen = PlainLabel(theme, " ", Type.SECOND_STRONG)
        self._chosen.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.write = WritingRow(theme, "feedback_text", "feedback_send", longest=_LONGEST)
        self.skip = Key(theme, "", KeyKind.QUIET)
        self.skip.setObjectName("feedback_skip")
        self._receipt = QWidget()
        self.qr = QrCode(theme, "receipt_qr", 300)
        self._receipt_text = PlainLabel(theme, "", Type.NAME, wrap=True)
        self._receipt_how = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        receipt = QHBoxLayout(self._receipt)
        theme.fit(receipt, (0, 0, 0, 0), 32)
        receipt.addWidget(self.qr)
        words = QVBoxLayout()
        theme.fit(words, (0, 0, 0, 0), 12)
        words.addStretch(1)
        words.addWidget(self._receipt_text)
        words.addWidget(self._receipt_how)
        words.addStretch(1)
        receipt.addLayout(words, 1)
        layout = self._column = QVBoxLayout(self)
        theme.fit(layout, (0, 8, 0, 0), 20)
        layout.addLayout(top)
        layout.addLayout(row)
        layout.addWidget(self._chosen)
        layout.addWidget(self.write)
        layout.addWidget(self.skip)
        self._group.idClicked.connect(self._on_face_clicked)
        self.write.edited.connect(lambda _text: feed(FeedbackTouched()))
        # Not "submitted": here an empty line is fine, the face is what is sent.
        self.write.submitted.connect(self._give)
        self.write.key.clicked.connect(lambda: self._give(self.write.line.take()))
        self.write.line.returnPressed.connect(lambda: self._give(self.write.line.take()))
        self.skip.clicked.connect(self._on_skip_clicked)
        self.ring.ticked.connect(self._on_ring_ticked)
        self.retranslate(say)
        follow(theme, self, self._arrange)

    def _arrange(self) -> None:
        """The receipt under the faces, or beside the time where the window is wide."""
        self._top.removeWidget(self._receipt)
        self._column.removeWidget(self._receipt)
        if self._theme.landscape and not self._theme.large:
            self._top.addWidget(self._receipt, 1)
        else:
            self._column.insertWidget(self._column.count() - 1, self._receipt)
        self._show_ask()

    def _tell_ask(self) -> None:
        say = self._say
        self._ask.setText(
            say("Tap a face. Your receipt stays.")
            if self._paid
            else say("Tap a face. Your cart stays.")
        )

    def _show_ask(self) -> None:
        # Beside a receipt there is no room for it; the faces say the same.
        self._ask.setVisible(not (self._url and self._theme.landscape))

    def set_compact(self, compact: bool) -> None:
        self.skip.setVisible(not compact)
        self._receipt.setVisible(not compact and bool(self._url))
        self._chosen.setVisible(not compact)

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        names = (
            say("Very bad"),
            say("Bad"),
            say("So-so"),
            say("Good"),
            say("Very good"),
        )
        for face, name in zip(self.faces, names, strict=True):
            face.setAccessibleName(name)
        self._tell_ask()
        self.write.set_words(say("A few words if you like"), say("A few words"), say("Send"))
        self.skip.setText(say("Skip"))
        self._receipt_text.setText(say("Your receipt is on your phone. Thanks for the help!"))
        self._receipt_how.setText(say("Point the camera at the code."))
        self.ring.set_label(say("Time left"))
        self._show_choice()

    def show_part(self, view: View) -> None:
        feedback: FeedbackView | None = view.feedback
        if feedback is not None and not self._shown:
            self.wipe()
        self._shown, self._paid = feedback is not None, view.paid
        self._tell_ask()
        self.ring.set_countdown(feedback.left if feedback else None)
        self._url = (feedback.receipt_url if feedback else None) or ""
        self.qr.set_text(self._url)
        self._receipt.setVisible(bool(self._url))
        self._show_ask()
        self._announcer.tell(self.heading(view) if feedback else "")

    def heading(self, view: View) -> str:
        return self._say("Done! Tell us how it went (10 s).")

    def second(self, view: View) -> str:
        if view.feedback and view.feedback.agent_name:
            return self._say("You were helped by {name}.", name=view.feedback.agent_name)
        return ""

    def first_focus(self) -> QWidget:
        return self.faces[0]

    def neighbour(self, key: QWidget, way: Qt.Key) -> QWidget | None:
        """Arrows go from face to face, which Tab takes as one, and out at the last."""
        if key not in self.faces:
            return None
        self._feed(FeedbackTouched())
        at = self.faces.index(key) + (1 if way in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1)
        return self.faces[at] if 0 <= at < len(self.faces) else None

    def writes_in(self) -> QLineEdit:
        return self.write.line

    def escape(self) -> bool:
        self._on_skip_clicked()
        return True

    def wipe(self) -> None:
        self._done = False
        self._group.setExclusive(False)
        for face in self.faces:
            face.setChecked(False)
        self._group.setExclusive(True)
        self.write.line.forget()
        self.ring.set_countdown(None)
        self._announcer.tell("")
        self._show_choice()

    @property
    def _score(self) -> int:
        return max(0, self._group.checkedId())

    def _show_choice(self) -> None:
        score = self._score
        self._chosen.setText(self.faces[score - 1].accessibleName() if score else " ")
        self.write.key.setEnabled(bool(score))

    def _on_face_clicked(self, _score: int) -> None:
        self._show_choice()
        self._feed(FeedbackTouched())

    def _on_skip_clicked(self) -> None:
        if not self._done:
            self._done = True
            self._feed(FeedbackSkipped())

    def _on_ring_ticked(self, left: float) -> None:
        if self._shown and self._score and left <= _LAST_MOMENT:
            self._give(self.write.line.take())

    def _give(self, text: str) -> None:
        # The line, its key and the clock may all ask for it; it is given once.
        if self._score and not self._done:
            self._done = True
            self._feed(FeedbackGiven(self._score, text))
