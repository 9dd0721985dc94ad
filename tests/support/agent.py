"""An agent in a real Chromium, acting on the console by its test ids."""

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image
from playwright.sync_api import (
    Browser,
    Locator,
    Page,
    TimeoutError,
    expect,
    sync_playwright,
)

from tests.support.waiting import PATIENCE

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--autoplay-policy=no-user-gesture-required",
]


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Debian's Chromium, headless, with ``flags`` beside the usual ones."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()


class Agent:
    """Lisa. Everything she does waits until it can be done."""

    def __init__(self, browser: Browser, console_url: str) -> None:
        self.context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="sv-SE")
        self.context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console",
            lambda line: self.errors.append(line.text) if line.type == "error" else None,
        )
        self.page.goto(console_url)

    def close(self) -> None:
        self.context.close()

    def part(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def sees(self, test_id: str, text: str) -> None:
        expect(self.part(test_id)).to_contain_text(text, timeout=PATIENCE * 1000)

    def accept(self, *, greet: bool = True) -> None:
        """Take the oldest case, and send the greeting that is offered for it."""
        self.part("accept-case").first.click()
        if greet:
            try:
                self.part("greeting-send").click()
            except TimeoutError as error:
                said = self.page.locator("body").inner_text()
                raise AssertionError(f"no greeting to send; the console says:\n{said}") from error

    def say(self, text: str) -> None:
        self.part("chat-input").fill(text)
        self.part("chat-send").click()

    def record(self) -> None:
        """From now on keep every frame that is decoded, small: a fifth of its size each way."""
        self.page.evaluate(
            """() => {
                const video = document.querySelector('[data-testid=share-video]');
                const canvas = document.createElement('canvas');
                const context = canvas.getContext('2d', {willReadFrequently: true});
                window.recorded = [];
                const keep = () => {
                    canvas.width = Math.round(video.videoWidth / 5);
                    canvas.height = Math.round(video.videoHeight / 5);
                    context.drawImage(video, 0, 0, canvas.width, canvas.height);
                    window.recorded.push(canvas.toDataURL('image/png').split(',')[1]);
                    video.requestVideoFrameCallback(keep);
                };
                video.requestVideoFrameCallback(keep);
            }"""
        )

    def recording(self) -> list[Image.Image]:
        """Every frame since :meth:`record`, oldest first."""
        return [_picture(data) for data in self.page.evaluate("window.recorded")]

    def screen(self) -> Image.Image | None:
        """The decoded frame that the share shows now, in its own size; None before the first."""
        data = self.page.evaluate(
            """() => {
                const video = document.querySelector('[data-testid=share-video]');
                if (!video || !video.videoWidth) return null;
                const canvas = document.createElement('canvas');
                canvas.width = video.videoWidth;
                canvas.height = video.videoHeight;
                canvas.getContext('2d').drawImage(video, 0, 0);
                return canvas.toDataURL('image/png').split(',')[1];
            }"""
        )
        if data is None:
            return None
        return _picture(data)


def _picture(data: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
