"""The store as the parts of the office see it. One conformance suite runs on every store.

Every method may raise StoreError; then nothing of that call was written.
"""

from datetime import datetime
from typing import Protocol

from kiosk_app.office.record import Agent, CaseRecord, Change, Event, Kiosk, Wait
from kiosk_app.protocol.shared import ChatMessage


class CaseStore(Protocol):
    """Cases, what was said in them, and their log."""

    async def commit(self, change: Change) -> bool:
        """Write ``change`` in one transaction; False (and nothing) if its command is known.

        A record of version 1 must be new, a later one must follow the stored version by one;
        otherwise StaleError.
        """

    async def knows(self, command: str) -> bool:
        """Has this command been carried out?"""

    async def case(self, case: str) -> CaseRecord | None: ...

    async def open_cases(self) -> list[CaseRecord]:
        """Every case that has not ended, in no particular order."""

    async def cases_of_visit(self, visit: str) -> list[CaseRecord]:
        """Every case of ``visit``, the newest first."""

    async def paused_since(self, moment: datetime) -> list[CaseRecord]:
        """Cases that ended at or after ``moment`` with a pause of help at their kiosk."""

    async def chat(self, case: str) -> list[ChatMessage]:
        """Everything said, in the order it came; a message said twice is there once."""

    async def events(self, case: str) -> list[Event]:
        """The case log, in order."""

    async def waits_since(self, moment: datetime) -> list[Wait]:
        """The wait of every case that joined the queue at or after ``moment``, oldest first.

        Practice cases are no waits.
        """


class KioskStore(Protocol):
    """The kiosks that may connect."""

    async def put_kiosk(self, kiosk: Kiosk) -> None:
        """Admit a kiosk, or replace what was known of it."""

    async def kiosk(self, kiosk: str) -> Kiosk | None: ...

    async def kiosks(self) -> list[Kiosk]: ...


class AgentStore(Protocol):
    """Agents, and who of them is logged in."""

    async def put_agent(self, agent: Agent) -> None: ...

    async def agent(self, agent: str) -> Agent | None: ...

    async def put_login(self, token_hash: str, agent: str, expires: datetime) -> None:
        """Keep a one-time login; only the token's hash is ever stored."""

    async def use_login(self, token_hash: str, now: datetime) -> str | None:
        """The agent of an unused, unexpired login, which is now used; otherwise None."""

    async def put_session(self, token_hash: str, agent: str, expires: datetime) -> None: ...

    async def session(self, token_hash: str, now: datetime) -> Agent | None:
        """Who is logged in by this session, or None."""


class PhoneStore(Protocol):
    """The codes by which cases go on in phones, and the phones that they did."""

    async def put_handoff(self, token_hash: str, case: str, expires: datetime) -> None:
        """Keep the code by which ``case`` may go on in a phone; earlier unused ones are gone."""

    async def withdraw_handoffs(self, case: str) -> None:
        """No unused code of ``case`` is worth anything any more."""

    async def use_handoff(self, token_hash: str, now: datetime) -> str | None:
        """The case of an unused, unexpired code, which is now used; otherwise None."""

    async def put_phone(self, token_hash: str, case: str, expires: datetime) -> None:
        """Keep the session of a phone; only the token's hash is ever stored."""

    async def phone(self, token_hash: str, now: datetime) -> str | None:
        """The one case of the phone with this session, or None."""


class Store(CaseStore, KioskStore, AgentStore, PhoneStore, Protocol):
    """Durable before a call returns: what was committed survives a power cut."""

    async def open(self) -> None:
        """Open or make it, and bring it to the newest migration."""

    async def close(self) -> None: ...

    async def forget_before(self, moment: datetime) -> None:
        """Delete commands carried out, and logins, sessions and codes for phones that expired,
        before ``moment``.

        The case log is kept.
        """
