"""``kiosk-app office``: the back office alone."""

import asyncio
from pathlib import Path

from kiosk_app.base.errors import SettingsError
from kiosk_app.base.log import set_up_logging
from kiosk_app.base.settings import OfficeSettings, describe, load_settings


def print_settings() -> int:
    print(describe(OfficeSettings), end="")
    return 0


def run(config: Path | None) -> int:
    """Run until SIGTERM or Ctrl-C. Raises KioskError subclasses in words."""
    if config is None:
        raise SettingsError(
            "Which office? Give its settings with --config FILE; "
            "kiosk-app office --print-settings shows every key."
        )
    settings = load_settings(config, OfficeSettings)
    set_up_logging(settings.log_level)

    from kiosk_app.office.app import run_office

    asyncio.run(run_office(settings))
    return 0
