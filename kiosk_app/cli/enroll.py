"""``kiosk-app enroll``, ``admit`` and ``login-link``: who may speak to the office."""

import asyncio
from pathlib import Path

from kiosk_app.base.paths import open_data_dir
from kiosk_app.base.settings import KioskSettings, OfficeSettings, load_settings
from kiosk_app.identity.ports import Identity


def open_identity(settings: KioskSettings) -> Identity:
    """This kiosk's identity; its key is made at the first call. IdentityError if it cannot be."""
    from kiosk_app.identity.keys import KeyringIdentity

    directory = open_data_dir(Path(settings.data_dir))
    return KeyringIdentity.open(settings.kiosk, keyring_kind=settings.keyring, data_dir=directory)


def enroll(config: Path) -> int:
    """Make this kiosk's key if it has none and print the line that lets it in."""
    identity = open_identity(load_settings(config, KioskSettings))
    print("This kiosk's key is made and kept here. At the office, run:")
    print(
        f"kiosk-app admit --config office.toml --kiosk {identity.kiosk} "
        f"--key {identity.public_key}"
    )
    return 0


def admit(config: Path, kiosk: str, key: str) -> int:
    """Let ``kiosk`` in with its public ``key``; a key it had before no longer works."""
    from kiosk_app.office.admin import Admin

    async def admit_it() -> str:
        async with Admin.open(load_settings(config, OfficeSettings)) as admin:
            await admin.admit_kiosk(kiosk, public_key=key)
            return admin.public_key

    office_key = asyncio.run(admit_it())
    print(f"{kiosk} is let in. Put this line into its kiosk.toml:")
    print(f'office_key = "{office_key}"')
    print("Start it with: kiosk-app run --config kiosk.toml")
    print("One that runs already tries again by itself within 60 s.")
    return 0


def login_link(config: Path, agent: str) -> int:
    """Print a link that logs ``agent`` in, once."""
    from kiosk_app.office.admin import Admin

    settings = load_settings(config, OfficeSettings)

    async def make() -> str:
        async with Admin.open(settings) as admin:
            return await admin.login_token(await admin.add_agent(agent))

    token = asyncio.run(make())
    scheme = "https" if settings.tls_certificate or settings.behind_proxy else "http"
    host = settings.public_host or f"{settings.host}:{settings.port}"
    print(f"{scheme}://{host}/login?token={token}")
    return 0
