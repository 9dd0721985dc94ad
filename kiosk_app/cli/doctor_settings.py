"""The doctor's look at settings that can be read and still cannot be meant."""

from kiosk_app.base.errors import KioskError, SettingsError
from kiosk_app.base.settings import KioskSettings, window_size
from kiosk_app.cli.finding import Finding


def settings_check(settings: KioskSettings) -> Finding:
    """What ``kiosk-app run`` would stop at, or would run without its office for."""
    wrong = []
    for check in (_language, _window, _office_url, _office_key, _speech, _phone_region):
        try:
            check(settings)
        except KioskError as error:
            wrong.append(str(error))
    return Finding(
        "settings",
        not wrong,
        " ".join(wrong) or _seen(settings),
        "Correct the settings file; kiosk-app run --print-settings shows every key.",
    )


def _seen(settings: KioskSettings) -> str:
    if settings.office_key:
        return "all of them can be used"
    return "no office_key: no new help and no agent's order is taken; kiosk-app admit prints it"


def _language(settings: KioskSettings) -> None:
    from kiosk_app.base.language import Words

    Words(settings.language)


def _window(settings: KioskSettings) -> None:
    if settings.window:
        window_size(settings.window)


def _office_url(settings: KioskSettings) -> None:
    from kiosk_app.link.opening import check_url

    unusable = check_url(settings.office_url)
    if unusable is not None:
        raise SettingsError(unusable.reason)


def _office_key(settings: KioskSettings) -> None:
    from kiosk_app.identity.office_key import OfficeKey

    OfficeKey.read(settings.office_key)


def _speech(settings: KioskSettings) -> None:
    from kiosk_app.ui.speech.opening import read_speech

    read_speech(settings)


def _phone_region(settings: KioskSettings) -> None:
    from phonenumbers import SUPPORTED_REGIONS

    if settings.phone_region not in SUPPORTED_REGIONS:
        raise SettingsError(
            f"phone_region = {settings.phone_region!r} is no country. Numbers without a country "
            f"code are not understood. Give two capital letters, for example SE."
        )
