"""Codes with known check digits: the examples of GS1's own check-digit page and real goods."""

import pytest

from kiosk_app.till.barcode import check_digit, read_barcode


@pytest.mark.parametrize("code", ["7310865004703", "6291041500213", "4006381333931", "96385074"])
def test_reads_a_right_code(code: str) -> None:
    assert check_digit(code[:-1]) == code[-1]
    assert read_barcode(f" {code}\r") == code


def test_reads_upc_a_as_ean_13() -> None:
    assert read_barcode("036000291452") == "0036000291452"


@pytest.mark.parametrize(
    "text",
    ["", "7310865004704", "731086500470", "73108650047030", "731086500470x", "٧٣١٠٨٦٥٠", "²" * 8],
)
def test_refuses_what_was_read_wrong(text: str) -> None:
    assert read_barcode(text) is None


@pytest.mark.parametrize("at", range(13))
def test_one_wrong_digit_never_passes(at: int) -> None:
    code = "7310865004703"
    for digit in "0123456789":
        if digit != code[at]:
            assert read_barcode(code[:at] + digit + code[at + 1 :]) is None
