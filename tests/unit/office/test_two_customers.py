"""Two customers at once: what is said to or by one of them never reaches the other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from kiosk_app.base.ids import new_id
from kiosk_app.protocol.from_console import AgentChat, RequestScreenShare, ResolveCase
from kiosk_app.protocol.from_kiosk import CloseCase, ContextChanged, SendChat
from kiosk_app.protocol.shared import CasePhase, EndCause, PaymentStep
from kiosk_app.protocol.to_console import CaseChanged, CaseGone, ChatAdded, ChatLog
from kiosk_app.protocol.to_kiosk import (
    AgentJoined,
    AskScreenShare,
    CaseResolved,
    DeliverChat,
    QueueChanged,
)
from tests.support.agent import CHROMIUM, FLAGS
from tests.support.office import Town, WireKiosk, context, town, wrote

HALF_TYPED = "Tryck på"


async def two_customers(place: Town) -> tuple[WireKiosk, WireKiosk]:
    first, second = await place.kiosk("byabutiken-1"), await place.kiosk("byabutiken-2")
    await first.connect()
    await second.connect()
    return first, second


def lines_of(kiosk: WireKiosk, case: str) -> list[str]:
    return [m.message.text for m in kiosk.heard if isinstance(m, DeliverChat) and m.case == case]


async def closes(kiosk: WireKiosk, case: str) -> None:
    """Ny kund."""
    await kiosk.say(
        CloseCase(
            command=new_id(),
            case=case,
            cause=EndCause.NEW_CUSTOMER,
            ended_at=datetime.now(UTC),
        )
    )


@asynccontextmanager
async def console(place: Town) -> AsyncIterator[Page]:
    """Lisa's page in a real Chromium."""
    cookie = await place.log_in("Lisa")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            browsing = await browser.new_context(viewport={"width": 1440, "height": 900})
            await browsing.add_cookies(
                [{"name": "hjalp_session", "value": cookie, "url": place.url}]
            )
            page = await browsing.new_page()
            await page.goto(place.url)
            yield page
        finally:
            await browser.close()


async def both_accepted(page: Page, first: WireKiosk, second: WireKiosk) -> tuple[str, str]:
    """Two cases, both the agent's, the first one before her eyes."""
    one, two = await first.queue_up(), await second.queue_up()
    for kiosk, case in ((second, two), (first, one)):
        await page.locator(f"[data-testid=queue-item][data-case='{case}'] button").click()
        await kiosk.hears(AgentJoined)
        await expect(page.locator(f"[data-case='{case}'][aria-current=true]")).to_be_visible()
    return one, two


async def test_what_is_typed_to_a_customer_who_leaves_goes_to_nobody(tmp_path: Path) -> None:
    async with town(tmp_path) as place, console(place) as page:
        first, second = await two_customers(place)
        one, two = await both_accepted(page, first, second)
        await page.get_by_test_id("chat-input").click()
        await page.keyboard.type(HALF_TYPED)
        await closes(first, one)
        closed = page.get_by_test_id("case-closed")
        await expect(closed).to_contain_text("Ärendet är avslutat: kunden gick.")
        await page.keyboard.type(" den gröna knappen")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("unsent")).to_have_value(HALF_TYPED)
        await expect(page.get_by_test_id("chat-input")).to_have_count(0)

        await page.get_by_test_id("leave-closed").click()
        await expect(closed).to_have_count(0)
        await page.locator(f"[data-testid=case-open][data-case='{two}']").click()
        await expect(page.get_by_test_id("chat-input")).to_be_focused()
        await expect(page.get_by_test_id("chat-input")).to_have_value("")
        await page.keyboard.type("Hej")
        await page.keyboard.press("Enter")
        await second.hears(DeliverChat, lambda m: m.message.text == "Hej")
        # Numbered in order: anything said before "Hej" would have been heard by now.
        assert lines_of(second, two) == []


async def test_a_case_resolved_in_another_window_keeps_what_was_half_typed(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as place, console(place) as page:
        first, second = await two_customers(place)
        one, two = await both_accepted(page, first, second)
        await page.get_by_test_id("chat-input").fill(HALF_TYPED)
        # Her other window resolves it: this one hears of it from the office alone.
        tab, _ready = await place.ready_tab("Lisa")
        await tab.send(ResolveCase(command=new_id(), case=one))
        await first.hears(CaseResolved)
        await expect(page.get_by_test_id("case-closed")).to_contain_text("Ärendet är avslutat")
        await expect(page.get_by_test_id("unsent")).to_have_value(HALF_TYPED)
        await expect(page.locator(f"[data-case='{two}'][aria-current=true]")).to_have_count(0)


async def test_a_dead_office_is_said_in_the_share_panel(tmp_path: Path) -> None:
    async with town(tmp_path) as place, console(place) as page:
        first, _second = await two_customers(place)
        case = await first.queue_up()
        await page.get_by_test_id("accept-case").click()
        await expect(page.get_by_test_id("share-state")).to_be_visible()
        entering = ContextChanged(
            command=new_id(), case=case, context=context(step=PaymentStep.CARD_ENTRY)
        )
        await first.say(entering)
        why = page.get_by_test_id("share-why-not")
        await expect(why).to_contain_text("kunden slår in kort och kod")
        await expect(page.get_by_test_id("share-request")).to_be_disabled()
        await first.say(ContextChanged(command=new_id(), case=case, context=context()))
        await expect(why).to_have_count(0)
        await place.office.stop()
        await expect(why).to_contain_text("ingen kontakt med servern")
        await expect(page.get_by_test_id("share-request")).to_be_disabled()


async def test_a_second_case_never_disturbs_the_first(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        first, second = await two_customers(place)
        tab, _ready = await place.ready_tab()
        one = await first.queue_up()
        await tab.hears(CaseChanged, lambda m: m.card.phase is CasePhase.QUEUED)
        await tab.accept(one)
        await first.hears(AgentJoined)
        await tab.hears(ChatLog)
        await tab.send(RequestScreenShare(command=new_id(), case=one))
        await first.hears(AskScreenShare, lambda m: m.case == one)
        first.heard.clear()

        two = await second.queue_up(cart_ore=5_000)
        assert (await second.hears(QueueChanged)).position == 1
        await tab.hears(CaseChanged, lambda m: m.card.case == two and m.card.attempt == 1)
        await tab.accept(two)
        await second.hears(AgentJoined)
        shopper = wrote("Jag är den andra")
        await second.say(SendChat(command=new_id(), case=two, message=shopper))
        added = await tab.hears(ChatAdded, lambda m: m.message.author == shopper.author)
        assert (added.case, added.message) == (two, shopper)
        await closes(second, two)
        assert (await tab.hears(CaseGone)).case == two

        said = AgentChat(command=new_id(), case=one, message=new_id(), text="Nu du")
        await tab.send(said)
        await first.hears(DeliverChat, lambda m: m.message.text == "Nu du")
        # In the first one's stream nothing stood before that, and its share is still asked for.
        assert first.heard == []
        assert lines_of(second, one) == []
        _again, ready = await place.ready_tab()
        (card,) = ready.cases
        assert (card.case, card.mine, card.share.state) == (one, True, "asked")
        assert card.context == context()
