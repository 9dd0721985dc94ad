"""Rows 16 and 37: who finds nobody reads when somebody answers, as the office has written."""

import pytest

from tests.support.shop import Shop, Shopper

DASH = "\N{EN DASH}"


@pytest.mark.row(16, 37)
def test_the_office_writes_when_it_answers(shop: Shop, shopper: Shopper) -> None:
    hours = shop.directory / "office" / "knowledge" / "hours.toml"
    shopper.tap("help_button")
    shopper.sees("overlay", "Vi svarar")
    shopper.tap("talk_to_person")
    shopper.sees("queue_status", "Ingen svarar just nu.")
    shopper.sees("queue_status", "Vi svarar")

    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    lines = [f'{day} = "00:00-24:00"' for day in days]
    hours.write_text('[store."Byabutiken"]\n' + "\n".join(lines) + "\n", "utf-8")
    shopper.sees("queue_status", f"Vi svarar 00{DASH}24.")

    shopper.tap("language_en")
    shopper.sees("queue_status", f"We answer 00{DASH}24.")

    # Without any contact it is known just as well.
    shopper.tap("queue_leave")
    shopper.does_not_see("overlay")
    shop.kill_office()
    shopper.tap("help_button")
    shopper.sees("overlay", f"We have no contact right now. We answer 00{DASH}24.")
