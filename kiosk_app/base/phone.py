"""Telephone numbers as people type, read and dial them (E.164, by libphonenumber's data)."""

from dataclasses import dataclass

from phonenumbers import (
    AsYouTypeFormatter,
    NumberParseException,
    PhoneNumberFormat,
    country_code_for_region,
    format_number,
    is_valid_number,
    parse,
)


@dataclass(frozen=True, slots=True)
class Phone:
    """``e164`` is for machines, ``shown`` for people: "+46701234567", "+46 70 123 45 67"."""

    e164: str
    shown: str


def country_code(region: str) -> str:
    """What numbers of ``region`` (ISO 3166, two letters) begin with: "+46"; empty if unknown."""
    code = country_code_for_region(region)
    return f"+{code}" if code else ""


def read_phone(untrusted_text: str, region: str | None = None) -> Phone | None:
    """The number that was typed, or None where it cannot be one that answers.

    Without a country code it is one of ``region``'s; where that is None it cannot be told.
    """
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


def as_typed(untrusted_text: str, region: str) -> str:
    """Digits so far, grouped as people in ``region`` write them: "070-123 45"."""
    formatter, text = AsYouTypeFormatter(region), ""
    for digit in untrusted_text:
        text = formatter.input_digit(digit)
    return text
