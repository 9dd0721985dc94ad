"""What can go wrong in the back office, each as a sentence for the person who meets it."""

from kiosk_app.base.errors import KioskError


class OfficeError(KioskError):
    """The office cannot do what it was asked; the message says what to do."""


class StoreError(OfficeError):
    """The store did not take or give something. Nothing was half written."""


class StaleError(StoreError):
    """The case was changed by someone else since it was read; read it again."""
