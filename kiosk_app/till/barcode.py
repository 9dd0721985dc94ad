"""Bar codes as a scanner types them: EAN-13, EAN-8 and UPC-A (GS1 General Specifications 7.9)."""

_LENGTHS = (8, 12, 13)


def check_digit(digits: str) -> str:
    """The digit that ends a code whose others are ``digits``: weights 3, 1, 3 … from the right."""
    weighted = (int(digit) * (3, 1)[at % 2] for at, digit in enumerate(reversed(digits)))
    return str(-sum(weighted) % 10)


def read_barcode(untrusted_text: str) -> str | None:
    """The code in ``untrusted_text``, UPC-A as EAN-13; None where it was not read right."""
    code = untrusted_text.strip()
    if len(code) not in _LENGTHS or not (code.isascii() and code.isdigit()):
        return None
    if check_digit(code[:-1]) != code[-1]:
        return None
    return code.zfill(13) if len(code) == 12 else code
