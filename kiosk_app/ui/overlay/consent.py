"""One question, asked by the agent, answered by a hand on this screen and by nothing else."""

import math

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kiosk_app.base.clock import Clock
from kiosk_app.base.language import Words
from kiosk_app.case.consent import ASK_SECONDS
from kiosk_app.case.events import ConsentApproved, ConsentRefused
from kiosk_app.case.view.screen import View
from kiosk_app.case.view.share import ConsentView
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.overlay.screen import SheetScreen
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Size, Space, Type
from kiosk_app.ui.widgets.card import Card
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel
from kiosk_app.ui.widgets.ring import Ring


class ConsentScreen(SheetScreen):
    """The words of consent ``share-1``; changing them is changing that version.

    It comes up by itself, where the shopper may just be tapping: until ``armed_at`` its keys are
    grey and take no press. Escape is a no at once.
    """

    tall = False
    closable = False

    def __init__(self, theme: Theme, clock: Clock, feed: Feed, say: Words) -> None:
        super().__init__(theme, clock, feed, say)
        self.setObjectName("share_consent")
        self._ask: str | None = None
        self._armed_at = 0.0
        self._arming = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._arming.timeout.connect(self._arm)
        self._announcer = Announcer(self)
        self._question = PlainLabel(theme, "", Type.TITLE, wrap=True)
        self._question.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = Card("tint")
        inside = QVBoxLayout(card)
        theme.fit(inside, (40, 28, 40, 28), 16)
        self._safe: list[PlainLabel] = []
        for name in ("lock", "check", "stop"):
            row = QHBoxLayout()
            theme.fit(row, (0, 0, 0, 0), Space.GAP)
            label = PlainLabel(theme, "", Type.BODY, wrap=True)
            row.addWidget(IconView(theme, name, "spruce_deep", 44))
            row.addWidget(label, 1)
            inside.addLayout(row)
            self._safe.append(label)
        self.ring = Ring(theme, clock, size=112, width=10, style=Type.SMALL_STRONG)
        self._unanswered = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        waiting = QHBoxLayout()
        theme.fit(waiting, (0, 0, 0, 0), Space.GAP)
        waiting.addStretch(1)
        waiting.addWidget(self.ring)
        waiting.addWidget(self._unanswered, 8)
        waiting.addStretch(1)
        self.no = Key(theme, "", KeyKind.EDGED, height=Size.KEY_HUGE, style=Type.NAME)
        self.no.setObjectName("share_consent_no")
        self.yes = Key(theme, "", KeyKind.PRIMARY, height=Size.KEY_HUGE, style=Type.NAME)
        self.yes.setObjectName("share_consent_yes")
        keys = QHBoxLayout()
        theme.fit(keys, (0, 0, 0, 0), Space.GAP)
        keys.addWidget(self.no, 1)
        keys.addWidget(self.yes, 1)
        layout = self._column = QVBoxLayout(self)
        layout.addWidget(self._question)
        layout.addWidget(card)
        layout.addLayout(waiting)
        layout.addLayout(keys)
        self.yes.clicked.connect(self._on_yes_clicked)
        self.no.clicked.connect(self._on_no_clicked)
        self.retranslate(say)
        follow(theme, self, self._arrange)

    def _arrange(self) -> None:
        wide = self._theme.landscape
        self._question.set_style(Type.HEADING if wide else Type.TITLE)
        self._column.setContentsMargins(0, self._theme.px(0 if wide else 28), 0, 0)
        self._column.setSpacing(self._theme.px(22 if wide else 40))

    def retranslate(self, say: Words) -> None:
        super().retranslate(say)
        self._question.setText(say("Support may see the till screen for 5 min. Do you approve?"))
        self.setAccessibleName(self._question.text())
        for label, text in zip(
            self._safe,
            (
                say("Card, code and phone number are never shown."),
                say("Nothing is recorded."),
                say("You can stop whenever you want."),
            ),
            strict=True,
        ):
            label.setText(text)
        self._unanswered.setText(say("No answer within {n} s counts as no.", n=int(ASK_SECONDS)))
        self.no.setText(say("No thanks"))
        self.yes.setText(say("Approve"))
        self.ring.set_label(say("Time to answer"))

    def show_part(self, view: View) -> None:
        consent: ConsentView | None = view.consent
        self._ask = consent.ask if consent else None
        self._armed_at = consent.armed_at if consent else 0.0
        self._arm()
        self.ring.set_countdown(consent.answer_within if consent else None)
        if consent is None:
            self._announcer.tell("")
        else:
            self._announcer.tell(f"{self.heading(view)}. {self._question.text()}", urgent=True)

    def heading(self, view: View) -> str:
        name = view.consent.agent_name if view.consent else ""
        return self._say("{name} wants to see the till screen", name=name)

    def agent(self, view: View) -> str:
        return view.consent.agent_name if view.consent else ""

    def first_focus(self) -> QWidget:
        # Not on "Godkänn": a key already on its way down must not say yes.
        return self.no if self.no.isEnabled() else self

    def escape(self) -> bool:
        self._on_no_clicked()
        return True

    def wipe(self) -> None:
        self._ask = None
        self._arming.stop()
        self.ring.set_countdown(None)
        self._announcer.tell("")

    def _arm(self) -> None:
        """Let the keys be pressed, as soon as the question can have been seen."""
        left = self._armed_at - self._clock.monotonic()
        armed = left <= 0
        if armed:
            self._arming.stop()
        else:
            self._arming.start(math.ceil(left * 1000))
        self.no.setEnabled(armed)
        self.yes.setEnabled(armed)
        if armed and self.hasFocus():
            self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_yes_clicked(self) -> None:
        if self._ask is not None:
            self._feed(ConsentApproved(self._ask))

    def _on_no_clicked(self) -> None:
        if self._ask is not None:
            self._feed(ConsentRefused(self._ask))
