"""One line of keys: ask to talk or to be seen; in a call who is heard, mute, camera and end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from kiosk_app.base.language import Words
from kiosk_app.case.events import (
    CallEndPressed,
    CallMutePressed,
    CallPressed,
    CameraStopPressed,
)
from kiosk_app.case.view.call import CallView
from kiosk_app.protocol.call import CallKind, CallPhase
from kiosk_app.ui.announce import Announcer
from kiosk_app.ui.call.loudness import LoudnessSign
from kiosk_app.ui.call.offer import privacy_text
from kiosk_app.ui.feed import Feed
from kiosk_app.ui.theme.theme import Theme, follow
from kiosk_app.ui.theme.tokens import Space, Type
from kiosk_app.ui.widgets.key import Key, KeyKind
from kiosk_app.ui.widgets.label import PlainLabel

_KEY = 88


class CallStrip(QFrame):
    """The same in the chat and, while the sheet is folded, at the top of the window.

    ``asks``: whether it has the keys to ask for a call; the window's top has not.
    """

    def __init__(self, theme: Theme, feed: Feed, name: str, *, asks: bool) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("call", "true")
        self._theme, self._feed, self._asks = theme, feed, asks
        self._call: CallView | None = None
        self._stacked = False
        self._announcer = Announcer(self)
        self.state = PlainLabel(theme, "", Type.SECOND_STRONG, tone="spruce_deep", wrap=True)
        self.state.setObjectName("call_state")
        self.why = PlainLabel(theme, "", Type.SMALL, tone="second", wrap=True)
        self._agent_name = PlainLabel(theme, "", Type.SMALL_STRONG, tone="spruce_deep")
        self._own_name = PlainLabel(theme, "", Type.SMALL_STRONG, tone="spruce_deep")
        self.agent = LoudnessSign(theme, "call_level_agent")
        self.own = LoudnessSign(theme, "call_level_own")
        self.voice = self._key("voice_start", KeyKind.QUIET, "phone")
        self.video = self._key("video_start", KeyKind.QUIET, "camera")
        self.mute = self._key("call_mute", KeyKind.QUIET, "microphone")
        self.mute.setCheckable(True)
        self.end = self._key("call_end", KeyKind.STOP_OUTLINE, "hang_up")
        signs = QHBoxLayout()
        theme.fit(signs, (0, 0, 0, 0), 14)
        for widget in (self._agent_name, self.agent, self._own_name, self.own):
            signs.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        signs.addStretch(1)
        self._head = head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.fit(head, (0, 0, 0, 0), 8)
        head.addWidget(self.state, 1)
        head.addLayout(signs)
        words = QVBoxLayout()
        theme.fit(words, (0, 0, 0, 0), 4)
        words.addLayout(head)
        words.addWidget(self.why)
        self._keys = keys = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.fit(keys, (0, 0, 0, 0), Space.GAP - 8)
        for key in (self.voice, self.video, self.mute, self.end):
            keys.addWidget(key, 1)
        self._whole = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._whole.addLayout(words, 1)
        self._whole.addLayout(keys, 1)
        self.voice.clicked.connect(lambda: feed(CallPressed(CallKind.VOICE)))
        self.video.clicked.connect(self._on_video_clicked)
        self.mute.clicked.connect(self._on_mute_clicked)
        self.end.clicked.connect(lambda: feed(CallEndPressed()))
        self.hide()
        follow(theme, self, self._arrange)

    def _arrange(self) -> None:
        """Words above a row of keys; in a wide window beside it, or one below the other."""
        wide = self._theme.landscape and not self._theme.large
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._whole.setDirection(across if wide and not self._stacked else down)
        self._whole.setStretch(1, 2 if wide and not self._stacked else 1)
        self._head.setDirection(down if wide or self._theme.large else across)
        self._whole.setSpacing(self._theme.px(Space.GAP if wide else 14))
        call = self._call
        # Two keys are left beside a question, and it needs the height.
        few = call is not None and call.offer is not None
        self._keys.setDirection(down if self._stacked and not few else across)
        idle = call is None or not (call.running or call.phase is CallPhase.ASKED)
        margin = 0 if idle else self._theme.px(20)
        self._whole.setContentsMargins(margin, margin * 3 // 5, margin, margin * 3 // 5)

    def _key(self, name: str, kind: KeyKind, icon: str) -> Key:
        key = Key(
            self._theme,
            "",
            kind,
            height=_KEY,
            style=Type.SECOND_STRONG,
            icon=icon,
            icon_size=36,
            padding=22,
        )
        key.setObjectName(name)
        # As high as the one beside it whose words take two lines.
        key.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return key

    def set_stacked(self, stacked: bool) -> None:
        """Whether it stands beside the chat, narrow and high."""
        if stacked != self._stacked:
            self._stacked = stacked
            self._arrange()

    def show_call(self, call: CallView | None, say: Words) -> None:
        """Draw ``call``; nothing is shown where a call cannot be."""
        self._call = call
        if call is None:
            self.hide()
            self._announcer.tell("")
            return
        running, asked = call.running, call.phase is CallPhase.ASKED
        state = self._state_text(call, say)
        self.state.setText(state)
        self.state.setVisible(bool(state))
        self.why.setText(privacy_text(say) if asked else "")
        self.why.setVisible(asked)
        self._agent_name.setText(call.agent_name)
        self._own_name.setText(say("You"))
        self.agent.set_who(call.agent_name, say)
        self.own.set_who("", say)
        for sign in (self._agent_name, self.agent):
            sign.setVisible(running)
        for sign in (self._own_name, self.own):
            sign.setVisible(running and not call.muted)
        self._set_keys(call, say)
        self.setProperty("running", "true" if running or asked else "false")
        # A question has its own keys, and the conversation below needs the height.
        asks = self._asks and call.offer is None and (call.voice or call.video)
        shown = running or asked or asks
        self.setVisible(shown)
        self._arrange()
        self.style().unpolish(self)
        self.style().polish(self)
        self._announcer.tell(state if running or asked else "")

    def show_sound(self, shopper: int, agent: int) -> None:
        """How loud each side is, 0 to 9."""
        running = self._call is not None and self._call.running
        self.own.set_level(shopper if running else 0)
        self.agent.set_level(agent if running else 0)

    def wipe(self) -> None:
        self._call = None
        self.show_sound(0, 0)
        self._announcer.tell("")
        self.hide()

    def _set_keys(self, call: CallView, say: Words) -> None:
        running, asked = call.running, call.phase is CallPhase.ASKED
        self.voice.setText(say("Talk instead"))
        self.voice.setVisible(self._asks and not running and not asked)
        self.voice.setEnabled(call.voice)
        self.video.setText(
            say("Camera off") if call.camera else (say("Camera on") if running else say("Video"))
        )
        in_question = running and call.offer is not None  # its card has the keys for it
        self.video.setVisible((self._asks or call.camera) and not asked and not in_question)
        self.video.setEnabled(call.video or call.camera)
        self.mute.setVisible(running)
        self.mute.setText(say("Sound on") if call.muted else say("Sound off"))
        self.mute.setChecked(call.muted)
        self.mute.setAccessibleName(
            say("Open your microphone") if call.muted else say("Close your microphone")
        )
        self.end.setVisible(running or asked)
        self._call_icons()
        self.end.setText(say("Hang up") if running else say("Never mind"))

    def _call_icons(self) -> None:
        """Three keys with large words have no room for signs as well."""
        keys = (self.voice, self.video, self.mute, self.end)
        crowded = self._theme.large and sum(not key.isHidden() for key in keys) > 2
        muted = self._call is not None and self._call.muted
        signs = ("phone", "camera", "microphone_off" if muted else "microphone", "hang_up")
        for key, sign in zip(keys, signs, strict=True):
            key.set_icon("" if crowded else sign)

    def _state_text(self, call: CallView, say: Words) -> str:
        name = call.agent_name
        match call.phase:
            case CallPhase.ASKED:
                return say("{name} is asked to talk. The chat goes on.", name=name)
            case CallPhase.CONNECTING:
                return say("The call is being connected…")
            case CallPhase.LIVE if call.camera:
                return say("{name} sees and hears you", name=name)
            case CallPhase.LIVE if call.muted:
                return say("Your microphone is closed")
            case CallPhase.LIVE:
                return say("{name} hears you", name=name)
            case _:
                return ""

    def _on_video_clicked(self) -> None:
        seen = self._call is not None and self._call.camera
        self._feed(CameraStopPressed() if seen else CallPressed(CallKind.VIDEO))

    def _on_mute_clicked(self) -> None:
        # A press is a wish: whether it is muted is what the rules say next.
        self.mute.setChecked(self._call is not None and self._call.muted)
        self._feed(CallMutePressed())
