"""Logging in: a link that works once, then a cookie for a shift."""

import secrets

from aiohttp import web

from kiosk_app.base.clock import Clock
from kiosk_app.office.admin import SESSION_VALID, token_hash
from kiosk_app.office.gateway.plain import plain_page
from kiosk_app.office.record import Agent
from kiosk_app.office.store.ports import AgentStore

COOKIE = "hjalp_session"

_USED_SWEDISH = (
    "Länken gäller inte längre",
    "<p>En inloggningslänk fungerar en gång och bara en kort stund. Dina ärenden ligger kvar.</p>"
    "<p>Be om en ny länk, eller gör en på serverns dator med:"
    "<code>kiosk-app login-link --config office.toml --agent NAMN</code></p>",
)
_USED_ENGLISH = (
    "This link is no longer valid",
    "<p>A login link works once, and only for a short while. Your cases are safe.</p>"
    "<p>Ask for a new link, or make one on the office's computer with:"
    "<code>kiosk-app login-link --config office.toml --agent NAME</code></p>",
)


class Logins:
    """One-time links and sessions; the store has only their hashes."""

    def __init__(self, store: AgentStore, clock: Clock, *, secure: bool) -> None:
        self._store = store
        self._clock = clock
        self._secure = secure

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """``GET /login?token=…``"""
        now = self._clock.wall()
        untrusted_token = request.query.get("token", "")
        agent = await self._store.use_login(token_hash(untrusted_token), now)
        if agent is None:
            return plain_page(_USED_SWEDISH, _USED_ENGLISH, status=410)
        session = secrets.token_urlsafe(32)
        await self._store.put_session(token_hash(session), agent, now + SESSION_VALID)
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(
            COOKIE,
            session,
            max_age=int(SESSION_VALID.total_seconds()),
            path="/",
            httponly=True,
            samesite="Strict",
            secure=self._secure,
        )
        return response

    async def agent(self, request: web.Request) -> Agent | None:
        """Who sent ``request``, or None."""
        session = request.cookies.get(COOKIE)
        if session is None:
            return None
        return await self._store.session(token_hash(session), self._clock.wall())
