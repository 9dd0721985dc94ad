"""An agent who talks: what she hears and sees, and that nothing was agreed twice."""

import wave
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser

from tests.support.agent import Agent
from tests.support.shop import Shopper
from tests.support.sound import RATE
from tests.support.waiting import PATIENCE, eventually

AGENT_HERTZ = 1_000
BARS = ((200, 60, 20), (20, 160, 90), (20, 60, 200), (220, 200, 40))  # of the pattern camera

_COUNT_CONNECTIONS = """() => {
    window.offers = 0;
    window.connections = [];
    const offer = RTCPeerConnection.prototype.setLocalDescription;
    RTCPeerConnection.prototype.setLocalDescription = function (...all) {
        window.offers += 1;
        window.connections.push(this);
        return offer.apply(this, all);
    };
}"""
# The hertz of the strongest tone that a page plays of the other side; 0 in silence.
LISTEN = """where => {
    const stream = document.querySelector(`[data-testid=${where}]`)?.srcObject;
    if (!stream) return -1;
    if (window.listensTo !== stream) {
        const context = window.sound ??= new AudioContext();
        window.ear = new AnalyserNode(context, {fftSize: 8192, smoothingTimeConstant: 0});
        new MediaStreamAudioSourceNode(context, {mediaStream: stream}).connect(window.ear);
        window.listensTo = stream;
    }
    const power = new Float32Array(window.ear.frequencyBinCount);
    window.ear.getFloatFrequencyData(power);
    const loudest = power.indexOf(Math.max(...power));
    return power[loudest] < -60 ? 0 : loudest * window.sound.sampleRate / window.ear.fftSize;
}"""
# The colours of the customer's picture, a fifth below its middle, left to right.
_WATCH = """() => {
    const video = document.querySelector('[data-testid=call-video]');
    if (!video?.videoWidth) return null;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth; canvas.height = video.videoHeight;
    const context = canvas.getContext('2d', {willReadFrequently: true});
    context.drawImage(video, 0, 0);
    const at = part => Array.from(
        context.getImageData(canvas.width * part / 8, canvas.height * 0.7, 1, 1).data).slice(0, 3);
    return [1, 3, 5, 7].map(at);
}"""


class CallingAgent(Agent):
    """Lisa with a headset. ``allowed``: her browser may use microphone and camera."""

    def __init__(self, browser: Browser, console_url: str, *, allowed: bool = True) -> None:
        super().__init__(browser, console_url)
        if allowed:
            self.allow()
        self.page.evaluate(_COUNT_CONNECTIONS)

    def allow(self) -> None:
        self.context.grant_permissions(["microphone", "camera"])

    @property
    def offers(self) -> int:
        """How many times her page has described a connection of its own."""
        return int(self.page.evaluate("window.offers"))

    def hears(self, hertz: float, *, within: float = PATIENCE) -> None:
        eventually(
            lambda: abs(self.page.evaluate(LISTEN, "call-audio") - hertz) < 40,
            f"the agent hears {hertz:.0f} Hz",
            within=within,
        )

    def sees_bars(self) -> None:
        """Wait until the customer's camera is seen, which shows the pattern."""

        def seen() -> bool:
            colours = self.page.evaluate(_WATCH)
            return colours is not None and all(
                abs(part - wanted) < 35
                for colour, bar in zip(colours, BARS, strict=True)
                for part, wanted in zip(colour, bar, strict=True)
            )

        eventually(seen, "the four bars of the kiosk's camera")

    def call_is(self, phase: str) -> None:
        """Wait until the console says so of the open case's call."""
        eventually(
            lambda: self.part("call-state").get_attribute("data-phase") == phase,
            f"the console says that the call is {phase}",
        )


def agents_sound(file: Path) -> Path:
    """What her microphone hears: a tone without end, as Chromium plays it again and again."""
    at = np.arange(RATE * 2)
    hum = (9_000 * np.sin(2 * np.pi * AGENT_HERTZ * at / RATE)).astype(np.int16)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(hum.tobytes())
    return file


def meet(shopper: Shopper, caller: CallingAgent) -> None:
    """From the button to a chat whose connection stands."""
    shopper.tap("help_button")
    shopper.tap("talk_to_person")
    caller.accept()
    shopper.tree.wait_for("chat_log")
    eventually(
        lambda: caller.part("peer-state").get_attribute("data-state") == "connected", "connected"
    )
