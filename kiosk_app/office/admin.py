"""What an administrator does: let kiosks in, add agents, make login links."""

import hashlib
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from kiosk_app.base.clock import Clock, SystemClock
from kiosk_app.base.paths import open_data_dir
from kiosk_app.base.settings import OfficeSettings
from kiosk_app.office.errors import OfficeError
from kiosk_app.office.gateway.hello import read_public_key
from kiosk_app.office.record import Agent, Kiosk
from kiosk_app.office.signing_key import SigningKey
from kiosk_app.office.store.ports import Store
from kiosk_app.office.store.sqlite import SqliteStore
from kiosk_app.protocol.shared import Position

LOGIN_VALID = timedelta(minutes=10)  # long enough to walk to another screen with the link
SESSION_VALID = timedelta(hours=12)  # one shift
DATABASE = "office.sqlite3"


def token_hash(token: str) -> str:
    """What the store keeps instead of a login or session token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def open_store(settings: OfficeSettings) -> SqliteStore:
    """The store in the office's data directory, not yet opened. DataDirError if unusable."""
    return SqliteStore(open_data_dir(Path(settings.data_dir)) / DATABASE)


class Admin:
    """Works on the store, whether or not the office is running.

    ``public_key`` is the office's own, which a kiosk's settings name as ``office_key``.
    """

    def __init__(self, store: Store, clock: Clock, *, public_key: str) -> None:
        self._store = store
        self._clock = clock
        self.public_key = public_key

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: OfficeSettings) -> AsyncIterator["Admin"]:
        """An administrator for the office of ``settings``. DataDirError or OfficeError."""
        store = open_store(settings)
        key = SigningKey.open(Path(settings.data_dir))
        try:
            await store.open()
            yield cls(store, SystemClock(), public_key=key.public_key)
        finally:
            await store.close()

    async def admit_kiosk(
        self,
        kiosk: str,
        *,
        public_key: str,
        store: str = "",
        till_name: str = "",
        position: str = "till",
    ) -> None:
        """Let ``kiosk`` connect with its raw Ed25519 ``public_key`` in base64.

        A key it had before no longer works. OfficeError where a value cannot be.
        """
        if not 0 < len(kiosk) <= 120:
            raise OfficeError(
                "A kiosk's name has 1 to 120 characters. Nothing was changed; give the name that "
                "stands in the kiosk's settings."
            )
        try:
            Position(position)
        except ValueError as error:
            known = ", ".join(sorted(Position))
            raise OfficeError(
                f"There is no position {position!r}. Nothing was changed; give one of {known}."
            ) from error
        read_public_key(public_key)
        await self._store.put_kiosk(
            Kiosk(
                kiosk=kiosk,
                public_key=public_key,
                store=store,
                till_name=till_name,
                position=position,
            )
        )

    async def add_agent(self, name: str, *, agent: str = "") -> str:
        """Add an agent, or rename the one with this id. Returns the id (made from the name)."""
        agent = agent or re.sub(r"\W+", "-", name.strip().lower()).strip("-")
        if not agent or len(name) > 120:
            raise OfficeError(
                "An agent's name has 1 to 120 characters, at least one of them a letter. "
                "Nothing was changed."
            )
        await self._store.put_agent(Agent(agent=agent, name=name.strip()))
        return agent

    async def login_token(self, agent: str, *, valid: timedelta = LOGIN_VALID) -> str:
        """A token for ``/login?token=…`` that logs ``agent`` in once, within ``valid``."""
        if await self._store.agent(agent) is None:
            raise OfficeError(
                f"There is no agent {agent!r}. No link was made; add the agent first."
            )
        token = secrets.token_urlsafe(32)
        await self._store.put_login(token_hash(token), agent, self._clock.wall() + valid)
        return token
