"""Logging in: a link that works once, then a cookie for a shift."""

import secrets

from aiohttp import web

from kiosk_app.base.clock import Clock
from kiosk_app.office.admin import SESSION_VALID, token_hash
from kiosk_app.office.record import Agent
from kiosk_app.office.store.ports import Store

COOKIE = "hjalp_session"

_USED_PAGE = """<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><title>Länken gäller inte längre</title></head>
<body>
<h1>Länken gäller inte längre</h1>
<p>En inloggningslänk fungerar en gång och bara en kort stund. Be om en ny länk.</p>
<section lang="en">
<h2>This link is no longer valid</h2>
<p>A login link works once, and only for a short while. Ask for a new link:
<code>kiosk-app login-link</code>.</p>
</section>
</body>
</html>
"""


class Logins:
    """One-time links and sessions; the store has only their hashes."""

    def __init__(self, store: Store, clock: Clock, *, secure: bool) -> None:
        self._store = store
        self._clock = clock
        self._secure = secure

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """``GET /login?token=…``"""
        now = self._clock.wall()
        untrusted_token = request.query.get("token", "")
        agent = await self._store.use_login(token_hash(untrusted_token), now)
        if agent is None:
            return web.Response(text=_USED_PAGE, content_type="text/html", status=410)
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
