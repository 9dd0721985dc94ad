"""One suite for the vault on disk and the vault of the tests."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk_app.vault.fake import FakeVault
from kiosk_app.vault.ports import Vault
from kiosk_app.vault.sqlite import SqliteVault
from tests.support.vault import held_cart, kept_visit


@pytest.fixture(params=["real", "fake"])
async def vault(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Vault]:
    vault: Vault = SqliteVault(tmp_path) if request.param == "real" else FakeVault()
    yield vault
    await vault.close()


async def test_nothing_is_kept_at_first(vault: Vault) -> None:
    assert await vault.load_visit() is None
    assert await vault.load_carts() == []
    assert await vault.pending() == []


@pytest.mark.parametrize("code_shown", [True, False])
async def test_a_visit_comes_back_as_it_was_kept(vault: Vault, code_shown: bool) -> None:
    await vault.keep_visit(kept_visit(code_shown=code_shown))
    assert await vault.load_visit() == kept_visit(code_shown=code_shown)


async def test_the_next_visit_takes_the_place_of_the_one_before(vault: Vault) -> None:
    await vault.keep_visit(kept_visit())
    other = replace(kept_visit(case=None), visit="v2")
    await vault.keep_visit(other)
    assert await vault.load_visit() == other


async def test_forgetting_the_cart_leaves_the_open_case(vault: Vault) -> None:
    await vault.keep_visit(kept_visit())
    await vault.forget_cart()
    assert await vault.load_visit() == kept_visit(snapshot=b"", code="", code_shown=False)


async def test_forgetting_the_case_leaves_the_cart(vault: Vault) -> None:
    await vault.keep_visit(kept_visit())
    await vault.forget_case()
    assert await vault.load_visit() == kept_visit(case=None)


@pytest.mark.parametrize("cart_first", [True, False])
async def test_without_cart_and_case_there_is_no_visit(vault: Vault, cart_first: bool) -> None:
    await vault.keep_visit(kept_visit())
    for forget in (
        (vault.forget_cart, vault.forget_case)
        if cart_first
        else (vault.forget_case, vault.forget_cart)
    ):
        await forget()
    assert await vault.load_visit() is None


async def test_forgetting_nothing_is_no_error(vault: Vault) -> None:
    await vault.forget_cart()
    await vault.forget_case()
    await vault.hold_carts([])
    await vault.drop(["never put"])
    assert await vault.load_visit() is None


CARTS = [
    held_cart(code="", one_tap=True),
    held_cart(snapshot=b"another", code="4713"),
    held_cart(snapshot=b"a third", tries=3),
]


async def test_a_visit_with_neither_case_nor_cart_is_not_kept(vault: Vault) -> None:
    await vault.keep_visit(kept_visit())
    await vault.keep_visit(kept_visit(case=None, snapshot=b""), CARTS)
    assert await vault.load_visit() is None
    assert await vault.load_carts() == CARTS


async def test_held_carts_are_kept_in_order_beside_the_visit(vault: Vault) -> None:
    await vault.hold_carts(CARTS)
    await vault.keep_visit(kept_visit())
    assert await vault.load_carts() == CARTS
    assert await vault.load_visit() == kept_visit()
    await vault.hold_carts(CARTS[1:])
    assert await vault.load_carts() == CARTS[1:]
    assert await vault.load_visit() == kept_visit()
    await vault.forget_cart()
    await vault.forget_case()
    assert await vault.load_carts() == CARTS[1:]
    await vault.hold_carts([])
    assert await vault.load_carts() == []


@pytest.mark.parametrize("case", [None, "c1"])
async def test_a_cart_moves_from_the_visit_and_an_open_case_stays(
    vault: Vault, case: str | None
) -> None:
    await vault.keep_visit(kept_visit(case=case))
    await vault.move_cart(CARTS)
    assert await vault.load_carts() == CARTS
    left = kept_visit(snapshot=b"", code="", code_shown=False) if case else None
    assert await vault.load_visit() == left


async def test_a_cart_moves_back_to_the_visit(vault: Vault) -> None:
    await vault.hold_carts(CARTS)
    await vault.keep_visit(kept_visit(), CARTS[:2])
    assert await vault.load_carts() == CARTS[:2]
    assert await vault.load_visit() == kept_visit()


async def test_messages_stay_in_order_until_dropped(vault: Vault) -> None:
    for command in ("b", "a", "c"):
        await vault.put(command, command.encode() * 3)
    assert await vault.pending() == [("b", b"bbb"), ("a", b"aaa"), ("c", b"ccc")]
    await vault.drop(["a", "b"])
    assert await vault.pending() == [("c", b"ccc")]


async def test_the_same_command_again_changes_nothing(vault: Vault) -> None:
    await vault.put("a", b"first")
    await vault.put("b", b"other")
    await vault.put("a", b"second")
    assert await vault.pending() == [("a", b"first"), ("b", b"other")]


async def test_forgetting_a_visit_leaves_the_outbox(vault: Vault) -> None:
    await vault.keep_visit(kept_visit())
    await vault.put("a", b"body")
    await vault.forget_cart()
    await vault.forget_case()
    assert await vault.pending() == [("a", b"body")]


async def test_closing_twice_is_no_error(vault: Vault) -> None:
    await vault.close()
    await vault.close()
