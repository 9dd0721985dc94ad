"""A shopper's phone: a phone-sized Chromium that reads the code from the kiosk's own pixels."""

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.support.waiting import PATIENCE

SMALL = ViewportSize(width=360, height=640)  # the narrowest phone that is still sold


def read_code(picture: Image.Image) -> str | None:
    """The text of the one QR code in ``picture``, as a camera's app reads it."""
    found = zxingcpp.read_barcodes(picture.convert("L"))
    return found[0].text if len(found) == 1 else None


class Mobile:
    """What its owner does waits until it can be done."""

    def __init__(self, browser: Browser, url: str, *, locale: str = "sv-SE") -> None:
        self.context = browser.new_context(
            viewport=SMALL, device_scale_factor=2, is_mobile=True, has_touch=True, locale=locale
        )
        self.context.set_default_timeout(PATIENCE * 1000)
        self.errors: list[str] = []
        self.page = self.open(url)

    def open(self, url: str) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda line: self.errors.append(line.text) if line.type == "error" else None,
        )
        page.goto(url)
        return page

    def close(self) -> None:
        self.context.close()

    def part(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def sees(self, test_id: str, text: str) -> None:
        expect(self.part(test_id)).to_contain_text(text, timeout=PATIENCE * 1000)

    def say(self, text: str) -> None:
        self.part("phone-input").fill(text)
        self.part("phone-send").click()
