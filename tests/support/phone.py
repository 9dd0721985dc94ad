"""A shopper's phone on the wire: the code exchanged, then frames, without the browser."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import aiohttp

from kiosk_app.base.ids import new_id
from kiosk_app.protocol.codec import phone_commands, phone_events
from kiosk_app.protocol.from_kiosk import AskHandoff
from kiosk_app.protocol.from_phone import FromPhone
from kiosk_app.protocol.to_kiosk import HandoffReady
from kiosk_app.protocol.to_phone import CommandDone, PhoneReady, ToPhone
from tests.support.office import PATIENCE, Town, WireKiosk

M = TypeVar("M")


@dataclass(frozen=True)
class Answer:
    """What an exchange came to."""

    status: int
    cookie: str


def token_of(url: str) -> str:
    return url.partition("#")[2]


async def exchange(
    place: Town, token: str, *, origin: str | None = None, body: bytes | None = None
) -> Answer:
    """As the page does it."""
    headers = {"Origin": place.url if origin is None else origin}
    url = f"{place.url}/phone/exchange"
    data = json.dumps({"token": token}).encode() if body is None else body
    async with place.session.post(url, headers=headers, data=data) as answer:
        cookie = answer.cookies.get("hjalp_phone")
        return Answer(answer.status, cookie.value if cookie else "")


async def code(kiosk: WireKiosk, case: str) -> HandoffReady:
    """The code that the kiosk gets for ``case``."""
    await kiosk.say(AskHandoff(command=new_id(), case=case))
    return await kiosk.hears(HandoffReady)


class WirePhone:
    """One page of a phone's."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws

    @classmethod
    async def open(cls, place: Town, cookie: str, *, origin: str | None = None) -> "WirePhone":
        headers = {"Origin": origin or place.url, "Cookie": f"hjalp_phone={cookie}"}
        return cls(await place.dial(f"{place.url}/phone/ws", headers=headers))

    async def hears(self, kind: type[M], wanted: Callable[[M], bool] = lambda _m: True) -> M:
        """The first message of ``kind`` that is ``wanted``; what comes before it is passed."""
        while True:
            message = await self.message()
            if isinstance(message, kind) and wanted(message):
                return message

    async def message(self) -> ToPhone:
        async with asyncio.timeout(PATIENCE):
            frame = await self.ws.receive()
        assert frame.type is aiohttp.WSMsgType.TEXT, frame
        return phone_events.decode(frame.data)

    async def say(self, message: FromPhone) -> None:
        """Send, and wait until the office has carried it out."""
        await self.send(message)
        await self.hears(CommandDone, lambda done: done.command == message.command)

    async def send(self, message: FromPhone) -> None:
        await self.ws.send_str(phone_commands.encode(message))

    async def closed(self) -> int:
        """Waits for the end; the close code."""
        async with asyncio.timeout(PATIENCE):
            while (await self.ws.receive()).type is aiohttp.WSMsgType.TEXT:
                continue
        return self.ws.close_code or 0


async def on_phone(place: Town, kiosk: WireKiosk, case: str) -> tuple[WirePhone, PhoneReady, str]:
    """The case goes on by phone: its page, what it hears first, and its cookie."""
    answer = await exchange(place, token_of((await code(kiosk, case)).url))
    assert answer.status == 204
    phone = await WirePhone.open(place, answer.cookie)
    return phone, await phone.hears(PhoneReady), answer.cookie
