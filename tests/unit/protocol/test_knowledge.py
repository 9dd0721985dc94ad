import msgspec
import pytest

from kiosk_app.protocol.knowledge import (
    Bundle,
    BundleError,
    Topic,
    decode_bundle,
    decode_signed,
    in_language,
)
from tests.support.help import CARD, MADE_AT, PHONE, bundle


def test_a_bundle_comes_back_as_it_was() -> None:
    assert decode_bundle(msgspec.msgpack.encode(bundle(3))) == bundle(3)


def test_a_menu_names_only_what_is_there() -> None:
    lost = Topic({"sv": "Ämne"}, topics=(Topic({"sv": "Inne"}, articles=("borta",)),))
    with pytest.raises(ValueError, match="borta"):
        Bundle(1, MADE_AT, (lost,), (CARD,))


def test_an_id_belongs_to_one_article() -> None:
    with pytest.raises(ValueError, match="same id"):
        Bundle(1, MADE_AT, (), (CARD, PHONE, CARD))


def test_a_bundle_that_contradicts_itself_is_none() -> None:
    values = msgspec.to_builtins(bundle(1))
    values["articles"] = values["articles"][:1]
    with pytest.raises(BundleError, match="not there"):
        decode_bundle(msgspec.msgpack.encode(values))


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x90", b"{}", msgspec.msgpack.encode({"a": 1})])
def test_what_is_no_bundle_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(BundleError):
        decode_bundle(data)
    with pytest.raises(BundleError):
        decode_signed(data)


def test_a_topic_within_itself_without_end_is_refused() -> None:
    # As bytes by hand: no encoder goes so deep either.
    one = msgspec.msgpack.encode({"title": {"sv": "x"}, "topics": []})[:-1]
    head: tuple[object, ...] = (
        *("version", 1, "made_at", MADE_AT, "articles", [], "policy", {}, "menu"),
    )
    body = b"\x85" + b"".join(msgspec.msgpack.encode(part) for part in head)
    with pytest.raises(BundleError):
        decode_bundle(body + b"\x91" + (one + b"\x91") * 100_000)


@pytest.mark.parametrize(
    ("texts", "language", "text"),
    [
        ({"sv": "a", "en": "b"}, "en", "b"),
        ({"sv": "a", "en": "b"}, "fi", "a"),
        ({"en": "b"}, "fi", "b"),
    ],
)
def test_which_text_is_shown(texts: dict[str, str], language: str, text: str) -> None:
    assert in_language(texts, language) == text
