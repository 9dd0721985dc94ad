"""A shopper's phone: a phone-sized Chromium that reads the code from the kiosk's own pixels."""

from typing import Literal

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.support.waiting import PATIENCE

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SMALL = ViewportSize(width=360, height=640)  # the narrowest phone that is still sold


def read_code(picture: Image.Image) -> str | None:
    """The text of the one QR code in ``picture``, as a camera's app reads it."""
    found = zxingcpp.read_barcodes(picture.convert("L"))
    return found[0].text if len(found) == 1 else None


# What keeps somebody from reading or pressing it: too small (44 px), without a name, too pale
# (4.5:1, WCAG 2.2 1.4.3), or wider than the phone.
_COMPLAINTS = """() => {
    const wrong = [];
    const shown = element => element.checkVisibility({opacityProperty: true})
        && element.getBoundingClientRect().width > 1;
    const parse = text => (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = element => {
        for (let at = element; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            if ((colour[3] ?? 1) > 0) return colour;
        }
        return [255, 255, 255];
    };
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('wider than the phone');
    for (const element of document.querySelectorAll('button, input[type=text], textarea, .face')) {
        if (!shown(element)) continue;
        const {width, height} = element.getBoundingClientRect();
        const what = element.outerHTML.slice(0, 90);
        if (width < 44 || height < 44) wrong.push(`${what}: ${width}x${height}`);
        const name = element.innerText || element.labels?.[0]?.innerText || element.ariaLabel;
        if (!name?.trim()) wrong.push(`${what}: no name`);
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !shown(element)) continue;
        const one = light(parse(getComputedStyle(element).color));
        const other = light(ground(element));
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (ratio < 4.5) wrong.push(`${walker.currentNode.data.trim()}: ${ratio.toFixed(1)}:1`);
    }
    return wrong;
}"""


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

    def complaints(self) -> list[str]:
        """What of the page cannot be read or pressed, in the light and in the dark."""
        found: list[str] = []
        for scheme in SCHEMES:
            self.page.emulate_media(color_scheme=scheme)
            found += [f"{scheme}: {wrong}" for wrong in self.page.evaluate(_COMPLAINTS)]
        self.page.emulate_media(color_scheme="light")
        return found
