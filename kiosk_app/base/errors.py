"""The root of every error this product raises on purpose.

Each package has its own base error below this one. The message is a sentence for the person
who meets it: what happened, what is safe, what to do.
"""


class KioskError(Exception):
    """An expected failure whose message says what happened and what to do."""


class DataDirError(KioskError):
    """The data directory cannot be used as it is."""


class SettingsError(KioskError):
    """A settings file is missing, unreadable or says something it cannot say."""
