"""Codes for the phone that are used, too old, guessed, withdrawn or sent by a stranger's page."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from kiosk_app.base.fake import FakeClock
from kiosk_app.base.ids import new_id
from kiosk_app.office.gateway.attempts import MOST, WINDOW_SECONDS
from kiosk_app.office.gateway.phone import REPLACED, UNKNOWN
from kiosk_app.office.handoff_desk import CODE_VALID
from kiosk_app.protocol import from_kiosk, to_console, to_phone
from kiosk_app.protocol.from_console import ResolveCase
from kiosk_app.protocol.to_kiosk import CommandRefused
from tests.support.office import Town, WireKiosk, WireTab, together, town, wrote
from tests.support.phone import WirePhone, code, exchange, on_phone, token_of


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(wall=datetime.now(UTC))


@pytest.fixture
async def place(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Town]:
    async with town(tmp_path, clock) as place:
        yield place


@pytest.fixture
async def case(place: Town) -> tuple[WireKiosk, WireTab, str]:
    return await together(place)


Case = tuple[WireKiosk, WireTab, str]


async def test_a_code_works_once(place: Town, case: Case) -> None:
    kiosk, _, name = case
    token = token_of((await code(kiosk, name)).url)

    assert (await exchange(place, token)).status == 204
    again = await exchange(place, token)

    assert (again.status, again.cookie) == (410, "")


async def test_two_phones_at_the_same_moment(place: Town, case: Case) -> None:
    kiosk, _, name = case
    token = token_of((await code(kiosk, name)).url)

    answers = await asyncio.gather(*(exchange(place, token) for _ in range(5)))

    assert sorted(answer.status for answer in answers) == [204, 410, 410, 410, 410]


async def test_a_code_is_too_old_after_five_minutes(
    place: Town, case: Case, clock: FakeClock
) -> None:
    kiosk, _, name = case
    token = token_of((await code(kiosk, name)).url)
    clock.advance(CODE_VALID.total_seconds())

    assert (await exchange(place, token)).status == 410
    assert not place.office.cases.records[name].on_phone


async def test_a_newer_code_takes_the_older_ones_place(place: Town, case: Case) -> None:
    kiosk, _, name = case
    older = token_of((await code(kiosk, name)).url)
    newer = token_of((await code(kiosk, name)).url)

    assert (await exchange(place, older)).status == 410
    assert (await exchange(place, newer)).status == 204


async def test_a_withdrawn_code(place: Town, case: Case) -> None:
    kiosk, _, name = case
    token = token_of((await code(kiosk, name)).url)
    await kiosk.say(from_kiosk.WithdrawHandoff(new_id(), name))

    assert (await exchange(place, token)).status == 410


async def test_the_code_of_a_case_that_is_over(place: Town, case: Case) -> None:
    kiosk, tab, name = case
    token = token_of((await code(kiosk, name)).url)
    await tab.send(ResolveCase(new_id(), name))
    await tab.hears(to_console.CaseGone)

    assert (await exchange(place, token)).status == 410


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"token": 5}', b'{"token": "x", "case": "y"}', b"x" * 9000],
)
async def test_bodies_that_are_none(place: Town, body: bytes) -> None:
    assert (await exchange(place, "", body=body)).status == 410


async def test_guessing_is_slowed_down_and_tells_nothing(
    place: Town, case: Case, clock: FakeClock
) -> None:
    kiosk, _, name = case
    token = token_of((await code(kiosk, name)).url)

    for number in range(MOST):
        assert (await exchange(place, f"guess-{number}")).status == 410
    assert (await exchange(place, token)).status == 429
    clock.advance(WINDOW_SECONDS)
    assert (await exchange(place, token)).status == 204


async def test_another_sites_page_may_not_use_it(place: Town, case: Case) -> None:
    kiosk, _, name = case
    token = token_of((await code(kiosk, name)).url)

    assert (await exchange(place, token, origin="https://evil.example")).status == 403
    answer = await exchange(place, token)
    assert answer.status == 204
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await WirePhone.open(place, answer.cookie, origin="https://evil.example")


async def test_looking_at_the_page_uses_nothing_up(place: Town, case: Case) -> None:
    kiosk, _, name = case
    url = (await code(kiosk, name)).url
    for look in (place.session.get, place.session.head):
        async with look(url.partition("#")[0]) as answer:
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] == "no-store"

    assert (await exchange(place, token_of(url))).status == 204


@pytest.mark.parametrize("cookie", ["", "guessed", "x" * 4000])
async def test_a_phone_that_nobody_knows(place: Town, case: Case, cookie: str) -> None:
    phone = await WirePhone.open(place, cookie)
    assert await phone.closed() == UNKNOWN


async def test_a_second_tab_takes_over(place: Town, case: Case) -> None:
    kiosk, _, name = case
    first, _, cookie = await on_phone(place, kiosk, name)

    second = await WirePhone.open(place, cookie)
    await second.hears(to_phone.PhoneReady)

    assert await first.closed() == REPLACED
    await second.say(from_kiosk.SendChat(new_id(), name, wrote("Här är jag")))
    card = place.office.phones.gone(name)
    assert card is None, "the older tab's end does not look like the phone's"


async def test_a_phone_speaks_of_its_own_case_only(place: Town, case: Case) -> None:
    kiosk, _, name = case
    phone, _, _ = await on_phone(place, kiosk, name)
    other = await place.kiosk("byabutiken-3")
    await other.connect()
    others = await other.queue_up()

    await phone.send(from_kiosk.SendChat(new_id(), others, wrote("Hej")))

    refused = await phone.hears(CommandRefused)
    assert refused.code == "not_yours"
    assert len(place.office.cases.chat(others)) == 1


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        '{"type":"accept_case"}',
        '{"type":"open_case"}',
        '{"type":"send_chat","command":"x"}',
        "x" * 70_000,
    ],
)
async def test_frames_that_are_no_phones(place: Town, case: Case, frame: str) -> None:
    kiosk, _, name = case
    phone, _, cookie = await on_phone(place, kiosk, name)

    await phone.ws.send_str(frame)

    assert await phone.closed() != 0
    again = await WirePhone.open(place, cookie)
    assert (await again.hears(to_phone.PhoneReady)).case == name


async def test_a_command_again_changes_nothing_twice(place: Town, case: Case) -> None:
    kiosk, _, name = case
    phone, _, cookie = await on_phone(place, kiosk, name)
    said = from_kiosk.SendChat(new_id(), name, wrote("En gång"))

    await phone.say(said)
    again = await WirePhone.open(place, cookie)
    await again.hears(to_phone.PhoneReady)
    await again.say(said)

    assert [line.text for line in place.office.cases.chat(name)].count("En gång") == 1
