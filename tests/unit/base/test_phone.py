import pytest

from kiosk_app.base.phone import Phone, as_typed, country_code, read_phone


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("0701234567", "+46701234567"),
        ("070-123 45 67", "+46701234567"),
        ("+46701234567", "+46701234567"),
        ("08-123 456 78", "+46812345678"),
        ("+4791234567", "+4791234567"),
        ("0046701234567", "+46701234567"),
    ],
)
def test_a_number_is_swedish_unless_it_says_other(typed: str, e164: str) -> None:
    phone = read_phone(typed, "SE")
    assert phone is not None
    assert phone.e164 == e164


def test_people_read_it_in_groups() -> None:
    assert read_phone("0701234567", "SE") == Phone("+46701234567", "+46 70 123 45 67")


@pytest.mark.parametrize(
    "typed", ["", "070", "07012345678901", "+", "++46", "112", "hej", "0" * 99]
)
def test_what_nobody_answers_is_no_number(typed: str) -> None:
    assert read_phone(typed, "SE") is None


def test_it_is_grouped_while_it_is_typed() -> None:
    assert as_typed("", "SE") == ""
    assert as_typed("070123", "SE") == "070-123"
    assert as_typed("0701234567", "SE") == "070-123 45 67"
    assert as_typed("+4670123", "SE") == "+46 70 123"


def test_the_kiosks_country_decides_where_the_number_does_not() -> None:
    phone = read_phone("91234567", "NO")
    assert phone is not None
    assert phone.e164 == "+4791234567"
    assert read_phone("91234567") is None
    assert (country_code("SE"), country_code("NO"), country_code("QQ")) == ("+46", "+47", "")
