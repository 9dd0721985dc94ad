"""The link with an office that speaks nonsense, refuses, or is somebody else."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk_app.base.ids import new_id
from kiosk_app.identity.fake import FakeIdentity
from kiosk_app.protocol import limits
from kiosk_app.protocol.codec import office_frames
from kiosk_app.protocol.frames import Ack, OfficeNumbered, Refused, Welcome
from kiosk_app.protocol.from_kiosk import ContextChanged
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
from tests.faults.link.conftest import MakeLink, connected, message, works
from tests.support.mini_office import Ear, MiniOffice
from tests.support.waiting import until

pytestmark = pytest.mark.expect_log("Tried again in", required=False)


async def test_the_largest_frame_there_is_gets_through(
    office: MiniOffice, make_link: MakeLink
) -> None:
    ear = await connected(make_link())
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
    link = make_link()
    ear = await connected(link)
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
    link = make_link()
    ear = await connected(link)
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
    ear = await connected(make_link())
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
