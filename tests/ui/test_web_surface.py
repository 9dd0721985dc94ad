"""A checkout's page in the window: what it may not do, and what no frame may show of it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from aiohttp import web
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from kiosk_app.media.fake import FakeFrameSink
from kiosk_app.protocol.shared import PaymentStep
from kiosk_app.ui.grabber import MASK, Grabber
from tests.conftest import LogWatch
from tests.support.checkout import NO_GRAPHICS, Checkout, checkout
from tests.support.pages import MARKER, SECRET, page_with_a_secret
from tests.support.waiting import until

pytestmark = [pytest.mark.qt_log_ignore(NO_GRAPHICS), pytest.mark.usefixtures("qapp")]

HELLO = """
<!doctype html><body style="margin: 0">
<script>
  window.kiosk.connect({}).then(() => {
    window.kiosk.state({ cart: { lines: [] }, step: "idle", declines: 0, snapshot: "" });
  });
</script>
"""


class Server:
    """A page at 127.0.0.1, and all that was asked for at either of this machine's names."""

    def __init__(self) -> None:
        self.page = HELLO
        self.asked: list[str] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def elsewhere(self) -> str:
        """The same server by a name that the address does not allow."""
        return f"http://localhost:{self.port}/"

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(f"{request.host.split(':')[0]}{request.path}")
        return web.Response(text=self.page, content_type="text/html")


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    application = web.Application()
    application.router.add_get("/{path:.*}", made.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.port = runner.addresses[0][1]
    yield made
    await runner.cleanup()


async def areas(page: Checkout) -> tuple[list[QRect], bool]:
    """What must be masked now, and whether less may be, soon."""
    answer: asyncio.Future[tuple[list[QRect], bool]] = asyncio.get_running_loop().create_future()
    page.surface.ask_areas(lambda rects, unsure: answer.set_result((rects, unsure)))
    async with asyncio.timeout(10):
        return await answer


async def known_areas(page: Checkout) -> list[QRect]:
    """As :func:`areas`, once the page has kept its places for long enough."""
    async with asyncio.timeout(10):
        while True:
            rects, unsure = await areas(page)
            if not unsure:
                return rects
            await asyncio.sleep(0.05)


def whole(page: Checkout) -> QRect:
    (room,) = page.surface.parts
    assert isinstance(room.geometry(), QRect)
    return QRect(room.geometry())


# What a page may not do --------------------------------------------------------------------


async def test_nothing_is_loaded_from_a_host_that_is_not_allowed(server: Server) -> None:
    async with checkout(server.url) as page:
        server.asked.clear()
        for load in (
            "new Image().src = '{}a.png'",
            "fetch('{}b').catch(() => 0)",
            "document.body.append(Object.assign(document.createElement('iframe'), "
            "{{src: '{}c'}}))",
            "location.href = '{}d'",
            "window.open('{}e')",
            "new WebSocket('{}f'.replace('http', 'ws'))",
        ):
            await page.run(f"{load.format(server.elsewhere)}; 0")
        # What is allowed comes after all of those, and does come.
        await page.run(f"new Image().src = '{server.url}allowed.png'; 0")
        await until(lambda: "127.0.0.1/allowed.png" in server.asked, "the allowed one")
        assert [each for each in server.asked if each.startswith("localhost")] == []
        assert await page.run("location.href") == server.url
        assert page.till.connected


async def test_a_page_cannot_ask_or_open_anything(server: Server) -> None:
    async with checkout(server.url) as page:
        said = await page.run("`${confirm('?')} ${alert('!')} ${window.open('about:blank')}`")
        assert said == "false undefined null"
        await page.run(
            "window.why = null; navigator.geolocation.getCurrentPosition("
            "() => window.why = 'allowed', (error) => window.why = error.message); 0"
        )
        assert (await page.run("window.why")) != "allowed"
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        assert windows == [page.window]


async def test_nothing_of_the_bridge_is_there_for_a_frame_inside(server: Server) -> None:
    server.page = HELLO + "<iframe srcdoc='<p>inside</p>'></iframe>"
    async with checkout(server.url) as page:
        assert await page.run("typeof frames[0].kiosk") == "undefined"


@pytest.mark.expect_log("could not be loaded", required=False)
async def test_a_page_that_says_nonsense_is_let_go_and_loaded_anew(
    server: Server, expect_log: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_log("was let go")
    async with checkout(server.url) as page:
        page.surface._retry.setInterval(10)
        first = page.surface.page
        await page.run("window.kiosk.state({ nonsense: 1 }); 0")
        await until(lambda: page.surface.page is not first, "another page")
        await page.connected()


async def test_a_checkout_that_is_away_comes_back_by_itself(
    server: Server, expect_log: LogWatch
) -> None:
    expect_log("could not be loaded")
    async with checkout(server.url) as page:
        port, server.port = server.port, 0
        page.surface._retry.setInterval(200)
        page.surface._address = type(page.surface._address).of("http://127.0.0.1:9/", ())
        page.surface.open()
        await until(lambda: not page.till.connected, "the page is gone")
        await until(lambda: page.surface._away.failed, "what the shopper reads")
        server.port = port
        page.surface._address = type(page.surface._address).of(server.url, ())
        await page.connected()


# What no frame may show --------------------------------------------------------------------


async def test_what_is_sensitive_by_itself_is_found(server: Server) -> None:
    server.page = (
        HELLO
        + """
      <style>input, iframe, div, body > p { position: absolute; left: 50px; width: 200px;
             height: 40px; padding: 0; border: 0; margin: 0 }</style>
      <input type="password" style="top: 100px"><input autocomplete="cc-number" style="top: 200px">
      <iframe style="top: 300px"></iframe><div data-sensitive style="top: 400px">a
      <div style="left: 300px; top: 10px"></div></div><p style="top: 600px">open</p>
    """
    )
    async with checkout(server.url) as page:
        left, top = whole(page).x(), whole(page).y()
        found = {(r.x() - left, r.y() - top, r.width()) for r in await known_areas(page)}
        assert {(50, 100, 200), (50, 200, 200), (50, 300, 200)} <= found
        assert (50, 400, 500) in found  # with what sticks out of it
        assert not any(y == 600 for _, y, _ in found)


async def test_a_selector_that_is_none_masks_everything(server: Server) -> None:
    async with checkout(server.url) as page:
        assert await known_areas(page) == []
        await page.run("window.kiosk.sensitive(['#fine', ':nonsense(']); 0")
        await until(lambda: bool(page.surface._areas.selectors), "the selectors")
        assert await areas(page) == ([whole(page)], True)


async def test_a_page_that_hangs_is_masked_whole(server: Server) -> None:
    async with checkout(server.url) as page:
        await known_areas(page)
        page.surface.page.runJavaScript("for (const end = Date.now() + 1500; Date.now() < end;);")
        assert await areas(page) == ([whole(page)], True)
        assert await known_areas(page) == []  # and no longer, once it answers


async def test_a_page_that_could_not_look_for_a_moment_is_masked_whole(server: Server) -> None:
    async with checkout(server.url) as page:
        await known_areas(page)
        await page.run("for (const end = Date.now() + 290; Date.now() < end;); 0")
        assert await areas(page) == ([whole(page)], True)
        assert await known_areas(page) == []  # and no longer, once it has looked again


async def test_what_is_marked_before_the_kiosk_listens_counts(server: Server) -> None:
    server.page = '<script>window.kiosk.sensitive([".member"])</script>' + HELLO
    async with checkout(server.url) as page:
        await until(lambda: page.surface._areas.selectors == (".member",), "the selectors")


async def test_a_moving_secret_is_in_no_frame(tmp_path: Path) -> None:
    async with checkout(page_with_a_secret(tmp_path / "page")) as page:
        await until(lambda: page.surface._areas.selectors != (), "the page has marked it")
        await shown(page, SECRET)
        sink = FakeFrameSink()
        grabber = Grabber(page.window, page.surface.ask_areas)
        grabber.start(sink)
        # Scrolled as well, which the page's own places follow a little later.
        await page.run("document.body.style.height = '4000px'; 0")
        await known_areas(page)
        for _ in range(12):
            count = len(sink.frames)
            await page.run("scrollTo(0, scrollY ? 0 : 300); 0")
            await until(lambda n=count: len(sink.frames) > n + 1, "frames")  # type: ignore[misc]  # bound now
        grabber.stop()
        frames = [picture(*frame) for frame in sink.frames]
        assert any(has(frame, QColor(*MARKER)) for frame in frames), "the page is in the frames"
        assert any(has(frame, MASK) for frame in frames)
        leaks = [number for number, frame in enumerate(frames) if has(frame, QColor(*SECRET))]
        assert leaks == [], f"of {len(frames)}"


async def test_no_frame_leaves_after_the_stop(server: Server) -> None:
    async with checkout(server.url) as page:
        sink = FakeFrameSink()
        grabber = Grabber(page.window, page.surface.ask_areas)
        grabber.start(sink)
        grabber.stop()
        before = len(sink.frames)
        await known_areas(page)
        assert len(sink.frames) == before


async def shown(page: Checkout, colour: tuple[int, int, int]) -> None:
    await until(lambda: has(page.window.grab().toImage(), QColor(*colour)), "it is on the screen")


def picture(width: int, height: int, pixels: bytes) -> QImage:
    return QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def has(image: QImage, colour: QColor) -> bool:
    """Whether ``colour`` is in it, on a grid finer than anything that is looked for."""
    wanted = colour.rgb() & 0xFFFFFF
    return any(
        image.pixel(x, y) & 0xFFFFFF == wanted
        for y in range(0, image.height(), 10)
        for x in range(0, image.width(), 10)
    )


# The bridge --------------------------------------------------------------------------------


async def test_a_page_loaded_anew_gets_its_cart(server: Server) -> None:
    server.page = (
        HELLO
        + """
      <script>
        const put = () => window.kiosk.state({
          cart: { lines: [{ line: "1", name: "Kaffe", quantity: 1, amount_ore: 100 }] },
          step: "cart", declines: 0, snapshot: "one coffee",
        });
      </script>
    """
    )
    async with checkout(server.url) as page:
        await page.run("put(); 0")
        await until(lambda: page.till.state.snapshot == b"one coffee", "the cart")
        server.page = """<script>
          window.kiosk.connect({}).then((welcome) => { document.title = welcome.snapshot; });
        </script>"""
        await page.run("location.reload(); 0")
        await until(lambda: page.surface.page.title() == "one coffee", "the cart is offered")
        assert page.till.state.step is PaymentStep.CART  # what was told last holds meanwhile


async def test_what_happens_in_a_page_is_heard(server: Server) -> None:
    async with checkout(server.url) as page:
        heard: list[str] = []
        page.surface.happened.connect(heard.append)
        await page.run("window.kiosk.happened('scan_failed'); 0")
        await until(lambda: heard == ["scan_failed"], "it is heard")


async def test_nothing_of_a_page_that_crashed_stays(server: Server, expect_log: LogWatch) -> None:
    expect_log("The till's page crashed")
    async with checkout(server.url) as shown:
        await until(lambda: shown.till.connected)
        page = shown.surface.page
        assert page is not None
        gone = asyncio.Event()
        page.destroyed.connect(gone.set)
        psutil.Process(page.renderProcessPid()).kill()
        async with asyncio.timeout(20):
            await gone.wait()
        assert shown.surface.page is None
        assert not shown.surface.showing
        assert not shown.till.connected
