"""What comes in wrong is refused by its name, closes only what it must, and loses nothing."""

import base64
import errno
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from kiosk_app.base.errors import SettingsError
from kiosk_app.base.ids import new_id
from kiosk_app.base.settings import OfficeSettings
from kiosk_app.office.app import Office
from kiosk_app.office.errors import OfficeError
from kiosk_app.office.gateway import socket
from kiosk_app.protocol import limits
from kiosk_app.protocol.frames import Ack, Challenge, KioskNumbered, Refused, Welcome
from kiosk_app.protocol.from_console import AgentChat, AgentOfferPeer, ResolveCase
from kiosk_app.protocol.from_kiosk import AnswerPeer, JoinQueue, SendChat
from kiosk_app.protocol.shared import Author, CasePhase, ChatMessage
from kiosk_app.protocol.signing import hello_bytes
from kiosk_app.protocol.to_console import CaseChanged, ChatLog, ConsoleReady, ConsoleRefused
from kiosk_app.protocol.to_kiosk import AgentJoined, CommandRefused
from tests.support.office import Town, WireKiosk, opened, town


async def healthy(place: Town, name: str = "granne") -> None:
    """Another kiosk is let in as if nothing had happened."""
    neighbour = await place.kiosk(name)
    await neighbour.connect()
    await neighbour.cut()


async def hello_refused(kiosk: WireKiosk, **changes: object) -> tuple[Refused, int]:
    challenge = await kiosk.open()
    assert isinstance(challenge, Challenge)
    await kiosk.send_frame(kiosk.hello(challenge.nonce, **changes))
    return await kiosk.is_refused()


@pytest.mark.parametrize(
    "garbage",
    ["", "{", "[]", "null", '{"type":"nothing"}', '{"type":"ping","more":1}', "\x00", "å" * 2000],
)
async def test_garbage_from_a_kiosk(
    tmp_path: Path, garbage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It is read to its end, so that no unread byte can cut the refusal off.
    monkeypatch.setattr(socket, "_LINGER_SECONDS", 0.0)
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        await kiosk.send_text(garbage)
        refused, code = await kiosk.is_refused()
        assert (refused.code, code) == ("bad_frame", aiohttp.WSCloseCode.INVALID_TEXT)
        assert (await kiosk.connect()).resumed


async def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        assert kiosk.ws is not None
        await kiosk.ws.send_bytes(b"\xff\xfe")
        refused, _ = await kiosk.is_refused()
        assert refused.code == "bad_frame"
        await kiosk.connect()
        await kiosk.ws.send_frame(b"\xff\xfe", aiohttp.WSMsgType.TEXT)
        refused, code = await kiosk.is_refused()
        assert (refused.code, code) == ("bad_frame", aiohttp.WSCloseCode.INVALID_TEXT)


@pytest.mark.parametrize("size", [limits.FRAME_BYTES + 1, 1024 * 1024])
async def test_a_frame_over_the_cap(tmp_path: Path, size: int) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        await kiosk.send_text("x" * size)
        refused, code = await kiosk.is_refused()
        assert (refused.code, code) == ("too_large", aiohttp.WSCloseCode.MESSAGE_TOO_BIG)
        assert (await kiosk.connect()).resumed


async def test_a_frame_at_the_cap_is_read(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        await kiosk.send_text(" " * (limits.FRAME_BYTES - 15) + '{"type":"ping"}')
        await kiosk.until(lambda frame: type(frame).__name__ == "Pong")


async def test_an_sdp_of_a_megabyte(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        case = await kiosk.queue_up()
        huge = '{"type":"answer_peer","command":"%s","case":"%s","generation":1,"sdp":"%s"}'
        body = huge % (new_id(), case, "a" * 1_000_000)
        await kiosk.send_text(f'{{"type":"numbered","number":3,"body":{body}}}')
        refused, _ = await kiosk.is_refused()
        assert refused.code == "too_large"
        assert (await kiosk.connect()).received == 2

        tab, ready = await place.ready_tab()
        assert [card.case for card in ready.cases] == [case]
        await tab.ws.send_str(body.replace("answer_peer", "agent_offer_peer"))
        assert (await tab.hears(ConsoleRefused)).code == "too_large"
        assert await tab.closed() == aiohttp.WSCloseCode.MESSAGE_TOO_BIG


async def test_a_number_is_missing(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        await kiosk.send_frame(KioskNumbered(number=2, body=opened(new_id())))
        refused, code = await kiosk.is_refused()
        assert (refused.code, code) == ("out_of_order", aiohttp.WSCloseCode.PROTOCOL_ERROR)
        assert (await kiosk.connect()).received == 0


async def test_an_acknowledgement_of_what_was_never_sent(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        await kiosk.send_frame(Ack(received=99))
        refused, _ = await kiosk.is_refused()
        assert refused.code == "out_of_order"


async def test_a_message_again_changes_nothing_twice(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        case = await kiosk.queue_up()
        tab, _ = await place.ready_tab()
        await tab.accept(case)
        await kiosk.hears(AgentJoined)
        said = ChatMessage(
            id=new_id(),
            author=Author.SHOPPER,
            name="",
            text="Hej",
            sent_at=opened(case).pressed_at,
        )
        message = SendChat(command=new_id(), case=case, message=said)
        await kiosk.say(message)
        # The same frame, as after a break of which the kiosk does not know how far it came.
        await kiosk.send_frame(KioskNumbered(number=kiosk.sent, body=message))
        # The same command under a new number, as after the office forgot the stream.
        await kiosk.say(message)
        await tab.ws.close()
        again = await place.tab()
        log = await again.hears(ChatLog)
        assert [line.text for line in log.messages if line.id == said.id] == ["Hej"]


async def test_wrong_version(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        refused, code = await hello_refused(kiosk, version=2)
        assert (refused.code, code) == ("version", aiohttp.WSCloseCode.PROTOCOL_ERROR)
        assert refused.retry_after_seconds is None


@pytest.mark.expect_log("overlap server-known", logger="aiohttp.websocket")
async def test_wrong_subprotocol(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        refused = await kiosk.open(protocol="hjalp.v0")
        assert isinstance(refused, Refused)
        assert refused.code == "version"


async def test_unknown_kiosk(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        refused, _ = await hello_refused(WireKiosk(place.dial, place.port, "nobody"))
        assert refused.code == "unknown_kiosk"
        assert refused.retry_after_seconds
        await healthy(place)


async def test_bad_signatures(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        for changes in (
            {"signature": "AAAA"},
            {"signature": "not base64 !"},
            {"signature": "å"},
            {"at": "another time"},
            {"stream": new_id()},
            {"host": "elsewhere.example"},
        ):
            refused, code = await hello_refused(kiosk, **changes)
            assert (refused.code, code) == (
                "bad_signature",
                aiohttp.WSCloseCode.POLICY_VIOLATION,
            ), changes


async def test_a_hello_replayed_on_another_connection(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        challenge = await kiosk.open()
        assert isinstance(challenge, Challenge)
        overheard = kiosk.hello(challenge.nonce)
        await kiosk.send_frame(overheard)
        assert isinstance(await kiosk.frame(), Welcome)
        thief = WireKiosk(place.dial, place.port, kiosk.name)
        await thief.open()
        await thief.send_frame(overheard)
        refused, _ = await thief.is_refused()
        assert refused.code == "bad_signature"
        await kiosk.send_frame(overheard)
        refused, _ = await kiosk.is_refused()
        assert refused.code == "bad_frame"


async def test_a_clock_an_hour_wrong_is_let_in(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        challenge = await kiosk.open()
        assert isinstance(challenge, Challenge)
        hello = kiosk.hello(challenge.nonce)
        at = "2001-01-01T00:00:00+00:00"
        signed = hello_bytes(
            kiosk=kiosk.name, host=hello.host, nonce=challenge.nonce, stream=kiosk.stream, at=at
        )
        signature = base64.b64encode(kiosk.key.sign(signed)).decode()
        await kiosk.send_frame(kiosk.hello(challenge.nonce, at=at, signature=signature))
        assert isinstance(await kiosk.frame(), Welcome)


@pytest.mark.expect_log("two connections as kiosk 'byabutiken-2'")
async def test_two_kiosks_with_one_identity(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        older = await place.kiosk()
        await older.connect()
        case = await older.queue_up()
        newer = WireKiosk(place.dial, place.port, older.name)
        newer.key = older.key
        assert not (await newer.connect()).resumed
        refused, code = await older.is_refused()
        assert (refused.code, code) == ("replaced", aiohttp.WSCloseCode.POLICY_VIOLATION)
        assert refused.retry_after_seconds is None
        _, ready = await place.ready_tab()
        assert [card.case for card in ready.cases] == [case]
        assert ready.cases[0].kiosk_gone_since is None


async def test_a_kiosk_in_another_kiosks_case(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk, other = await place.kiosk(), await place.kiosk("other")
        await kiosk.connect()
        await other.connect()
        case = await kiosk.queue_up()
        command = new_id()
        await other.say(JoinQueue(command=command, case=case))
        refused = await other.hears(CommandRefused)
        assert (refused.command, refused.code) == (command, "not_yours")
        unknown = AnswerPeer(
            command=new_id(), case=new_id(), generation=1, sdp="v=0", signature=""
        )
        await other.say(unknown)
        assert (await other.hears(CommandRefused)).code == "no_such_case"


async def test_a_second_accept(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        lisa, _ = await place.ready_tab("Lisa")
        omar, _ = await place.ready_tab("Omar")
        case = await kiosk.queue_up()
        await lisa.accept(case)
        assert (await kiosk.hears(AgentJoined)).agent_name == "Lisa"
        await omar.accept(case)
        refused = await omar.hears(ConsoleRefused)
        assert refused.code == "taken"
        assert refused.message


async def test_an_accept_of_an_offer_that_never_was(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        tab, _ = await place.ready_tab()
        case = await kiosk.queue_up()
        await tab.accept(case, attempt=7)
        assert (await tab.hears(ConsoleRefused)).code == "lapsed"
        await tab.accept(new_id())
        assert (await tab.hears(ConsoleRefused)).code == "gone"
        await tab.accept(case)
        active = await tab.hears(CaseChanged, lambda m: m.card.phase is CasePhase.ACTIVE)
        assert active.card.mine


async def test_a_case_that_is_not_the_agents(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        kiosk = await place.kiosk()
        await kiosk.connect()
        lisa, _ = await place.ready_tab("Lisa")
        omar, _ = await place.ready_tab("Omar")
        case = await kiosk.queue_up()
        await lisa.accept(case)
        await lisa.hears(CaseChanged, lambda m: m.card.phase is CasePhase.ACTIVE)
        for command in (
            AgentChat(command=new_id(), case=case, message=new_id(), text="Hej"),
            AgentOfferPeer(command=new_id(), case=case, generation=1, nonce=new_id(), sdp="v=0"),
            ResolveCase(command=new_id(), case=case),
        ):
            await omar.send(command)
            refused = await omar.hears(ConsoleRefused)
            assert (refused.command, refused.code) == (command.command, "not_yours")
        _, ready = await place.ready_tab("Lisa")
        assert [card.phase for card in ready.cases] == [CasePhase.ACTIVE]


async def test_garbage_from_a_console(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        tab, _ = await place.ready_tab()
        await tab.ws.send_str('{"type":"start_share"}')
        assert (await tab.hears(ConsoleRefused)).code == "bad_frame"
        assert await tab.closed() == aiohttp.WSCloseCode.POLICY_VIOLATION
        await place.ready_tab()


async def test_another_sites_page(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        cookie = await place.log_in("Lisa")
        for origin in ("https://evil.example", f"https://127.0.0.1:{place.port}", "null"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await place.browse(cookie, origin=origin)
            assert caught.value.status == 403


async def test_a_console_without_a_login(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        for cookie in (None, "made-up"):
            ws = await place.browse(cookie)
            message = await ws.receive()
            assert '"not_logged_in"' in message.data
            await ws.receive()
            assert ws.close_code == 4401


async def test_a_login_link_works_once_and_not_for_ever(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        agent = await place.office.admin.add_agent("Lisa")
        good = await place.office.admin.login_token(agent)
        late = await place.office.admin.login_token(agent, valid=timedelta(0))
        statuses = []
        for token in (good, good, late, "made-up", ""):
            async with place.session.get(
                f"{place.url}/login", params={"token": token}, allow_redirects=False
            ) as answer:
                statuses.append(answer.status)
                cookie = answer.headers.get("Set-Cookie", "")
                assert all(
                    word in cookie for word in ("HttpOnly", "SameSite=Strict", "Path=/")
                ) == (answer.status == 303)
                text = await answer.text()
        assert statuses == [303, 410, 410, 410, 410]
        assert "Be om en ny länk" in text
        assert "Ask for a new link" in text


async def test_a_port_in_use(tmp_path: Path) -> None:
    async with town(tmp_path / "one") as place:
        second = Office(OfficeSettings(data_dir=str(tmp_path / "two"), port=place.port))
        with pytest.raises(OfficeError, match=f"port {place.port}.*another program") as caught:
            await second.start()
        assert isinstance(caught.value.__cause__, OSError)
        assert caught.value.__cause__.errno == errno.EADDRINUSE


@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"host": "0.0.0.0"}, "tls_certificate"),  # noqa: S104 -- that this is refused is the test
        ({"tls_certificate": "a.pem"}, "tls_key"),
        ({"behind_proxy": True}, "public_host"),
        (
            {"tls_certificate": "no.pem", "tls_key": "no.key", "public_host": "help.example"},
            "PEM",
        ),
    ],
)
def test_unsafe_listening(tmp_path: Path, settings: dict[str, object], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        Office(OfficeSettings(data_dir=str(tmp_path), **settings))  # type: ignore[arg-type]  # parametrized


async def test_a_kiosk_that_never_says_hello_holds_nobody_up(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        silent = await place.kiosk("silent")
        await silent.open()
        await healthy(place)
        _, ready = await place.ready_tab()
        assert isinstance(ready, ConsoleReady)
