"""Whatever a disk or a scanner gives the till, it takes it whole or leaves the cart as it was."""

import asyncio
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk_app.base.language import words
from kiosk_app.protocol.shared import Cart
from kiosk_app.till.barcode import read_barcode
from kiosk_app.till.builtin import BuiltInTill, ScanKind
from kiosk_app.till.ports import TillError
from kiosk_app.till.shop import demo_shop_path, load_shop
from kiosk_app.till.terminal import SimulatedTerminal
from kiosk_app.ui.scan_text import scan_text

SHOP = load_shop(demo_shop_path())
MILK = "7310865004703"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def a_till() -> BuiltInTill:
    till = BuiltInTill(SHOP, SimulatedTerminal())
    till.scan(MILK)
    return till


def restore(snapshot: bytes) -> None:
    till = a_till()
    before = till.state
    try:
        asyncio.run(till.restore(snapshot))
    except TillError as error:
        assert str(error)
        assert till.state == before
    else:
        again = BuiltInTill(SHOP, SimulatedTerminal())
        asyncio.run(again.restore(till.state.snapshot))
        assert again.state.cart == till.state.cart
        assert {x.name for x in before.cart.lines} <= {x.name for x in till.state.cart.lines}
        assert isinstance(till.state.cart, Cart)


@given(snapshot=st.binary(max_size=300))
@example(b"")
@example(b"[" * 5000)
def test_a_snapshot_of_noise(snapshot: bytes) -> None:
    restore(snapshot)


@given(data=st.data())
def test_a_snapshot_that_is_nearly_right(data: st.DataObject) -> None:
    value: Any = json.loads(a_till().state.snapshot)
    target = value
    if data.draw(st.booleans()):
        target = value["lines"][0]
    for _ in range(data.draw(st.integers(1, 3))):
        key = data.draw(st.sampled_from(list(target)) | st.text(max_size=8))
        target[key] = data.draw(JSON | st.integers(1, 99) | st.just(MILK))
    restore(json.dumps(value).encode("utf-8", "surrogatepass"))


@given(text=st.text(max_size=40) | st.text("0123456789 \r\n", max_size=20))
@example("٧٣١٠٨٦٥٠٠٤٧٠٣")  # the milk's code in Arabic digits
@example("7310865004704")
@example("9" * 10_000)
def test_a_scan(text: str) -> None:
    till = a_till()
    before = till.state.cart
    scanned = till.scan(text)
    code = read_barcode(text)
    if scanned.kind is ScanKind.ADDED:
        assert code is not None
        assert till.state.cart != before
        return
    assert till.state.cart == before
    assert (code is None) == (scanned.kind is ScanKind.MISREAD)
    for language in ("sv", "en"):
        assert scan_text(scanned.kind, till.state.step, words(language))


@pytest.mark.parametrize("digit", ["ARABIC-INDIC DIGIT ZERO", "FULLWIDTH DIGIT ZERO"])
def test_digits_of_other_scripts_are_no_code(digit: str) -> None:
    assert read_barcode(unicodedata.lookup(digit) * 13) is None
