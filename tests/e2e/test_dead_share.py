"""A share that nobody can vouch for any more is never shown as the customer's screen of now."""

from playwright.sync_api import expect

from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.steps import into_a_share


def test_a_dead_office_leaves_no_live_share_in_the_console(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    into_a_share(shopper, agent)
    state = agent.part("share-state")
    expect(state).to_have_attribute("data-sight", "live")
    countdown = agent.page.locator(".countdown")
    expect(countdown).to_have_count(1)
    shop.kill_office()
    agent.sees("share-state", "vi vet inte om kunden fortfarande delar")
    expect(countdown).to_have_count(0)
    expect(agent.page.get_by_text("Bilden står still")).to_be_visible()
    # The kiosk ends the share by itself; the office hears of it when it is back, and says it.
    shopper.does_not_see("share_banner")
    shop.start_office()
    expect(state).to_have_attribute("data-state", "ended")
    expect(agent.part("share-video")).to_have_count(0)


def test_a_kiosk_that_is_killed_has_no_direct_connection(
    shop: Shop, shopper: Shopper, agent: Agent
) -> None:
    into_a_share(shopper, agent)
    peer = agent.part("peer-state")
    expect(peer).to_have_class("peer peer-connected")
    shop.kill_kiosk()
    agent.part("kiosk-gone").wait_for()
    expect(peer).not_to_have_class("peer peer-connected")
    expect(agent.part("share-state")).not_to_have_attribute("data-sight", "live")
