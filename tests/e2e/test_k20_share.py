"""Rows 20 and 21: one tap of consent, no answer is a no, and five minutes are five minutes."""

from collections.abc import Callable

import pytest

from tests.support.agent import Agent
from tests.support.shop import Shop, Shopper
from tests.support.steps import into_a_chat
from tests.support.waiting import eventually


@pytest.mark.row(20, 21)
def test_consent_is_a_tap_and_ends_by_itself(
    shop: Shop, shopper: Shopper, hire: Callable[[], Agent]
) -> None:
    shop.kill_kiosk()
    hand = shop.start_kiosk_in_hand()
    agent = hire()
    into_a_chat(shopper, agent)

    agent.part("share-request").click()
    shopper.sees("share_consent", "Support kan tillfälligt se kassaskärmen i 5 min. Godkänn?")
    hand.put_forward(31)
    shopper.does_not_see("share_consent")
    agent.sees("share-state", "Inget svar")
    assert agent.screen() is None

    agent.part("share-request").click()
    shopper.tap("share_consent_yes")
    eventually(agent.screen, "a frame decoded in Chromium")
    shopper.sees("share_countdown", "4:5")

    # The last minute: one tap asks anew, and only a fresh yes goes on.
    hand.put_forward(250)
    shopper.tap("share_renew")
    shopper.tap("share_consent_no")
    shopper.tree.wait_for("share_banner")
    hand.put_forward(60)
    shopper.does_not_see("share_banner")
    agent.sees("share-state", "de fem minuterna är över")
    assert agent.part("share-video").count() == 0

    # One tap stops it, at any time.
    agent.part("share-request").click()
    shopper.tap("share_consent_yes")
    eventually(agent.screen, "a frame decoded in Chromium")
    shopper.tap("share_stop")
    shopper.does_not_see("share_banner")
    agent.sees("share-state", "kunden slutade dela")
    assert agent.errors == []
