"""The link against an office that is away, silent, broken, hostile or somebody else."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk_app.base.clock import Clock, SystemClock
from kiosk_app.base.fake import FakeClock
from kiosk_app.base.ids import new_id
from kiosk_app.identity.fake import FakeIdentity
from kiosk_app.link.client import WebSocketLink
from kiosk_app.link.ports import Outbox
from kiosk_app.protocol import limits
from kiosk_app.protocol.codec import office_frames
from kiosk_app.protocol.frames import Ack, OfficeNumbered, Ping, Pong, Refused, Welcome
from kiosk_app.protocol.from_kiosk import ContextChanged, ResumeCase
from kiosk_app.protocol.shared import (
    Battery,
    Cart,
    CartLine,
    Context,
    Device,
    Network,
    PaymentStep,
    Position,
)
from kiosk_app.protocol.to_kiosk import PromiseChanged
from kiosk_app.vault.fake import FakeDisk, FakeVault
from kiosk_app.vault.sqlite import SqliteVault
from tests.support.mini_office import Ear, MiniOffice
from tests.support.waiting import until

pytestmark = pytest.mark.expect_log("Tried again in", required=False)

MakeLink = Callable[..., WebSocketLink]


@pytest.fixture
async def office() -> AsyncIterator[MiniOffice]:
    office = MiniOffice(FakeIdentity().public_key)
    await office.start()
    yield office
    await office.stop()


@pytest.fixture
async def make_link(office: MiniOffice) -> AsyncIterator[MakeLink]:
    made: list[WebSocketLink] = []

    def make(
        *,
        url: str = "",
        outbox: Outbox | None = None,
        clock: Clock | None = None,
        randomness: Random | None = None,
    ) -> WebSocketLink:
        link = WebSocketLink(
            url or office.url,
            FakeIdentity(),
            outbox or FakeVault(),
            clock or SystemClock(),
            randomness=randomness,
        )
        made.append(link)
        return link

    yield make
    for link in made:
        await link.close()


def message() -> ResumeCase:
    return ResumeCase(command=new_id(), case=new_id())


async def works(link: WebSocketLink, ear: Ear, office: MiniOffice) -> None:
    """The link delivers, both ways."""
    sent, heard = message(), len(ear.of("message"))
    link.send(sent)
    await until(lambda: (sent.command,) in ear.of("delivered"))
    await office.say(PromiseChanged(seconds=7))
    await ear.hears("message", heard + 1)
    commands = [each.command for each in office.heard]
    assert len(commands) == len(set(commands))


async def test_a_killed_office_is_found_again_and_the_stream_goes_on(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link, ear = make_link(), Ear()
    link.start(ear)
    await ear.hears("up")
    await works(link, ear, office)
    for round_ in range(3):
        await office.stop()
        await ear.hears("lost", round_ + 1)
        meanwhile = [message() for _ in range(20)]
        for each in meanwhile:
            link.send(each)
        await office.start()
        await ear.hears("up", round_ + 2)
        await until(lambda sent=meanwhile: (sent[-1].command,) in ear.of("delivered"))  # type: ignore[misc]  # a lambda's default has no type
    assert [resumed for resumed, _ in ear.of("up")] == [False, True, True, True]
    assert len(office.heard) == 61
    assert len({hello.stream for hello in office.hellos}) == 1
    await works(link, ear, office)


class Unlucky(Random):
    """Always the longest wait."""

    def uniform(self, a: float, b: float) -> float:
        return b


async def test_with_a_case_open_the_longest_wait_for_an_office_is_two_seconds(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log(r"Tried again in 2\.0 s")
    link, ear = make_link(randomness=Unlucky()), Ear()
    link._backoff.failures = 30  # as after a long outage
    await office.stop()
    link.send(message())
    link.start(ear)
    await ear.hears("lost")
    await office.start()
    await ear.hears("up")


async def test_help_pressed_while_waiting_calmly_is_tried_at_once(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log(r"Tried again in 15\.0 s")
    link, ear = make_link(randomness=Unlucky()), Ear()
    link._backoff.failures = 30
    await office.stop()
    link.start(ear)
    await ear.hears("lost")
    await office.start()
    link.send(message())
    async with asyncio.timeout(10):  # well before the 15 s are over
        await ear.hears("up")


async def test_an_office_that_forgot_gets_everything_again(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link, ear = make_link(), Ear()
    link.start(ear)
    await ear.hears("up")
    office.acknowledge = False
    lost = [message() for _ in range(3)]
    for each in lost:
        link.send(each)
    await until(lambda: len(office.heard) == 3)
    office.forget()
    office.acknowledge = True
    office.heard.clear()
    office.cut()
    await ear.hears("up", 2)
    assert await ear.hears("delivered", 3) == [(each.command,) for each in lost]
    assert office.heard == lost
    assert ear.of("up")[1][0] is False


@pytest.mark.parametrize("after", range(1, 12, 2))
async def test_cuts_in_the_middle_lose_and_double_nothing(
    office: MiniOffice, make_link: MakeLink, after: int
) -> None:
    link, ear = make_link(), Ear()
    link.start(ear)
    await ear.hears("up")
    sent = [message() for _ in range(40)]
    for n, each in enumerate(sent):
        link.send(each)
        if n % 13 == after:
            await until(lambda: len(office.heard) > 0)
            await office.say(PromiseChanged(seconds=n))
            office.cut()
    await until(lambda: len(ear.of("delivered")) == 40)
    assert office.heard == sent
    assert ear.of("delivered") == [(each.command,) for each in sent]
    await ear.hears("message", 3)
    assert len(ear.of("message")) == 3


async def test_an_earlier_runs_messages_are_sent_first(
    office: MiniOffice, make_link: MakeLink, tmp_path: Path
) -> None:
    await office.stop()
    first, ear = make_link(outbox=(vault := SqliteVault(tmp_path))), Ear()
    left = [message() for _ in range(3)]
    first.start(ear)
    for each in left:
        first.send(each)
    await first.close()
    await vault.close()

    await office.start()
    again, ear = make_link(outbox=(vault := SqliteVault(tmp_path))), Ear()
    new = message()
    again.send(new)
    again.start(ear)
    await ear.hears("delivered", 4)
    assert office.heard == [*left, new]
    await again.close()
    assert await vault.pending() == []
    await vault.close()


async def test_messages_of_another_version_in_the_outbox_do_not_stop_the_rest(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log("1 messages of an earlier version")
    disk = FakeDisk(outbox={"old": b'{"type":"unknown"}'})
    link, ear = make_link(outbox=FakeVault(disk)), Ear()
    link.start(ear)
    await ear.hears("up")
    await works(link, ear, office)
    await link.close()
    assert disk.outbox == {}


async def test_a_full_disk_does_not_keep_messages_from_the_office(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log("kept in memory only.*disk is full")
    link, ear = make_link(outbox=FakeVault(FakeDisk(full=True))), Ear()
    link.start(ear)
    await ear.hears("up")
    await works(link, ear, office)


async def test_a_silent_office_is_given_up_and_found_again(
    office: MiniOffice, make_link: MakeLink
) -> None:
    clock = FakeClock()
    link, ear = make_link(clock=clock), Ear()
    link.start(ear)
    await ear.hears("up")
    office.answer_pings = False
    clock.advance(limits.PING_SECONDS)
    await until(lambda: Ping() in office.frames)
    assert ear.of("lost") == []
    clock.advance(limits.LINK_GONE_SECONDS)
    assert await ear.hears("lost") == [("The office has been silent for 12 s.",)]
    await ear.hears("up", 2)


async def test_an_office_that_acknowledges_nothing_is_given_up(
    office: MiniOffice, make_link: MakeLink
) -> None:
    clock = FakeClock()
    link, ear = make_link(clock=clock), Ear()
    link.start(ear)
    await ear.hears("up")
    office.acknowledge = False
    sent = [message() for _ in range(limits.IN_FLIGHT + 20)]
    for each in sent:
        link.send(each)
    await until(lambda: len(office.heard) == limits.IN_FLIGHT)
    clock.advance(limits.LINK_GONE_SECONDS - 1)
    await office.frame(Ping())
    await until(lambda: Pong() in office.frames)
    clock.advance(2)
    ((reason,),) = await ear.hears("lost")
    assert "acknowledged nothing" in str(reason)
    office.acknowledge = True
    await ear.hears("delivered", len(sent))
    assert office.heard == sent


async def test_pings_are_answered_and_acknowledgements_sent_for_all_at_once(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link, ear = make_link(), Ear()
    link.start(ear)
    await ear.hears("up")
    for n in range(50):
        await office.say(PromiseChanged(seconds=n))
    await until(lambda: Ack(received=50) in office.frames)
    await office.frame(Ping())
    await until(lambda: Pong() in office.frames)


async def test_repeats_are_dropped_and_acknowledged_again(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link, ear = make_link(), Ear()
    link.start(ear)
    await ear.hears("up")
    await office.say(PromiseChanged(seconds=1))
    await until(lambda: Ack(received=1) in office.frames)
    office.frames.clear()
    await office.frame(OfficeNumbered(number=1, body=PromiseChanged(seconds=1)))
    await until(lambda: Ack(received=1) in office.frames)
    assert len(ear.of("message")) == 1
    assert ear.of("lost") == []


async def test_the_largest_frame_there_is_gets_through(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link, ear = make_link(), Ear()
    link.start(ear)
    await ear.hears("up")
    frame = office_frames.encode(OfficeNumbered(number=1, body=PromiseChanged(seconds=7)))
    await office.raw(frame + " " * (limits.FRAME_BYTES - len(frame)))
    await ear.hears("message")
    assert ear.of("lost") == []


BAD: dict[str, tuple[str | bytes, str, int]] = {
    "garbage": ("}{", "not of hjalp.v1", 1008),
    "empty": ("", "not of hjalp.v1", 1008),
    "no text": (b"\x00\xff", "binary frame", 1008),
    "other version": ('{"type":"numbered","number":1,"body":{"type":"dance"}}', "dance", 1008),
    "unknown field": ('{"type":"ack","received":0,"extra":1}', "extra", 1008),
    "oversized": (" " * (limits.FRAME_BYTES + 1), "over 65536 bytes", 1009),
    "gap": (
        office_frames.encode(OfficeNumbered(number=5, body=PromiseChanged(seconds=1))),
        "message 5 after 0",
        1008,
    ),
    "acknowledges the future": (office_frames.encode(Ack(received=9)), "0 were sent", 1008),
    "second welcome": (
        office_frames.encode(Welcome(resumed=True, received=0, promise_seconds=None)),
        "Welcome where",
        1008,
    ),
}


@pytest.mark.parametrize("kind", BAD)
async def test_an_office_that_breaks_the_protocol_is_left_and_tried_anew(
    office: MiniOffice, make_link: MakeLink, kind: str
) -> None:
    frame, words, code = BAD[kind]
    link, ear = make_link(), Ear()
    link.start(ear)
    await ear.hears("up")
    await office.raw(frame)
    ((reason,),) = await ear.hears("lost")
    assert words in str(reason)
    await ear.hears("up", 2)
    await until(lambda: office.close_codes == [code])
    await works(link, ear, office)


@pytest.mark.parametrize("first", ["}{", '{"type":"pong"}', b"\x00"])
async def test_an_office_that_opens_with_nonsense_is_tried_until_it_makes_sense(
    office: MiniOffice, make_link: MakeLink, first: str | bytes
) -> None:
    office.raw_first = first
    link, ear = make_link(), Ear()
    link.start(ear)
    await until(lambda: office.connections > 1)
    office.raw_first = None
    await ear.hears("up")
    assert len(ear.of("lost")) == 1
    await works(link, ear, office)


async def test_an_office_whose_account_cannot_be_gets_a_new_stream(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link, ear = make_link(), Ear()
    link.start(ear)
    await ear.hears("up")
    office.welcome_received = 99
    office.cut()
    await until(lambda: len(office.hellos) > 1)
    office.welcome_received = None
    await ear.hears("up", 2)
    assert office.hellos[-1].stream != office.hellos[0].stream
    await works(link, ear, office)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("replaced", "Another kiosk with this kiosk's name and key .* in 30 s"),
        ("version", "office's words.* in 60.0 s"),
        ("unknown_kiosk", "office's words.* in 60.0 s"),
        ("bad_signature", "office's words.* in 60.0 s"),
    ],
)
async def test_a_refusal_is_said_in_words_and_not_hammered(
    office: MiniOffice, make_link: MakeLink, expect_log: Any, code: str, words: str
) -> None:
    expect_log(words)
    office.refuse = Refused(code=code, message="The office's words.", retry_after_seconds=1)
    link, ear = make_link(), Ear()
    link.start(ear)
    (refusal,) = await ear.hears("refused")
    assert refusal == (code, "The office refused this kiosk: The office's words.")
    link.send(message())  # a press does not hurry what a person has to put right
    assert office.connections == 1


async def test_being_replaced_while_up_is_a_loss_and_a_refusal(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link, ear = make_link(), Ear()
    link.start(ear)
    await ear.hears("up")
    await office.frame(Refused(code="replaced", message="Another came.", retry_after_seconds=None))
    await ear.hears("refused")
    assert [event[0] for event in ear.events] == ["up", "lost", "refused"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ws://no-such-office.invalid/kiosk", "cannot be looked up"),
        ("ws://127.0.0.1:1/kiosk", "Nobody listens"),
    ],
)
async def test_no_network_and_no_office_are_said_in_words(
    make_link: MakeLink, expect_log: Any, url: str, words: str
) -> None:
    expect_log("not encrypted", required=False)
    link, ear = make_link(url=url), Ear()
    link.start(ear)
    ((reason,),) = await ear.hears("lost")
    assert words in str(reason)


async def test_a_web_server_that_is_no_office_is_said_in_words(
    office: MiniOffice, make_link: MakeLink
) -> None:
    link, ear = make_link(url=office.url.replace("/kiosk", "/elsewhere")), Ear()
    link.start(ear)
    ((reason,),) = await ear.hears("lost")
    assert "HTTP 404" in str(reason)


@pytest.mark.parametrize("url", ["http://office/kiosk", "office:8420", "wss://", "ws://h:x/"])
async def test_an_address_that_is_none_is_given_up_with_what_to_write(
    make_link: MakeLink, expect_log: Any, url: str
) -> None:
    expect_log("not tried again until")
    link, ear = make_link(url=url), Ear()
    link.start(ear)
    ((code, reason),) = await ear.hears("refused")
    assert code == "office_url"
    assert "Write wss://" in str(reason)
    await until(lambda: link._tasks.running == 0)


def self_signed(directory: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now, address = datetime.now(UTC), ip_address("127.0.0.1")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(address)]), False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (directory / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (directory / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(directory / "certificate.pem", directory / "key.pem")
    return context


async def test_an_office_nobody_vouches_for_gets_nothing(
    make_link: MakeLink, tmp_path: Path, expect_log: Any
) -> None:
    expect_log("could not prove that it is the office .*self-signed.* in 60.0 s")
    other = MiniOffice(FakeIdentity().public_key, tls=self_signed(tmp_path))
    await other.start()
    link, ear = make_link(url=other.url), Ear()
    link.start(ear)
    await ear.hears("lost")
    assert other.connections == 0
    await link.close()
    await other.stop()


async def test_a_message_too_large_for_the_wire_is_left_out_and_the_rest_goes_on(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log("A ContextChanged of .* bytes cannot be sent")
    lines = tuple(
        CartLine(line=f"{n}" * 10, name="😀" * 110, quantity=1, amount_ore=1) for n in range(180)
    )
    context = Context(
        store="s",
        till_name="t",
        position=Position.TILL,
        cart=Cart(lines),
        step=PaymentStep.CART,
        device=Device(),
        network=Network(),
        battery=Battery(),
        language="sv",
    )
    link, ear = make_link(), Ear()
    link.start(ear)
    link.send(ContextChanged(command=new_id(), case=new_id(), context=context))
    await ear.hears("up")
    await works(link, ear, office)


async def test_a_listener_that_fails_does_not_take_the_link_down(
    office: MiniOffice, make_link: MakeLink, expect_log: Any
) -> None:
    expect_log("not taken well")

    class Deaf(Ear):
        def message_received(self, message: object) -> None:
            super().message_received(message)  # type: ignore[arg-type]  # whatever came
            raise ValueError("no")

    link, ear = make_link(), Deaf()
    link.start(ear)
    await ear.hears("up")
    await works(link, ear, office)
    await works(link, ear, office)


async def test_closing_says_goodbye_and_leaves_the_unacknowledged_in_the_outbox(
    office: MiniOffice, make_link: MakeLink
) -> None:
    disk = FakeDisk()
    link, ear = make_link(outbox=FakeVault(disk)), Ear()
    link.start(ear)
    await ear.hears("up")
    office.acknowledge = False
    last = message()
    link.send(last)
    await link.close()
    await until(lambda: office.close_codes == [1000])
    assert office.heard == [last]
    assert list(disk.outbox) == [last.command]


async def test_an_office_that_hangs_in_the_hello_is_given_up(
    office: MiniOffice, make_link: MakeLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk_app.link.connection.OPEN_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        link, ear = make_link(url=f"ws://127.0.0.1:{port}/kiosk"), Ear()
        link.start(ear)
        ((reason,),) = await ear.hears("lost")
        assert "does not answer" in str(reason)
        await link.close()
