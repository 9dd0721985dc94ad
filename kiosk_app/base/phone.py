"""Telephone numbers as people type, read and dial them (E.164, by libphonenumber's data)."""

from dataclasses import dataclass

from phonenumbers import (
    AsYouTypeFormatter,
    NumberParseException,
    PhoneNumberFormat,
    format_number,
    is_valid_number,
    parse,
)

REGION = "SE"  # a number without a country's prefix is a Swedish one: +46


@dataclass(frozen=True, slots=True)
class Phone:
    """``e164`` is for machines, ``shown`` for people: "+46701234567", "+46 70 123 45 67"."""

    e164: str
    shown: str


def read_phone(untrusted_text: str, region: str = REGION) -> Phone | None:
    """The number that was typed, or None where it cannot be one that answers."""
    try:
        number = parse(untrusted_text, region)
    except NumberParseException:
        return None
    if not is_valid_number(number):
        return None
    return Phone(
        format_number(number, PhoneNumberFormat.E164),
        format_number(number, PhoneNumberFormat.INTERNATIONAL),
    )


def as_typed(untrusted_text: str, region: str = REGION) -> str:
    """Digits so far, grouped as people write them: "070-123 45"."""
    formatter, text = AsYouTypeFormatter(region), ""
    for digit in untrusted_text:
        text = formatter.input_digit(digit)
    return text
