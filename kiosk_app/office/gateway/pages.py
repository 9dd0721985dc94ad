"""The console's page and files, and what every answer of the office carries."""

import mimetypes
from pathlib import Path

from aiohttp import web

from kiosk_app.office.gateway.plain import plain_page

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; media-src 'self' blob:; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(), geolocation=()",
}
_NOT_BUILT_SWEDISH = (
    "Konsolen är inte byggd",
    "<p>Servern är i gång och ärendena är säkra.</p>"
    "<p>Det här bygger konsolen och startar servern igen:<code>deploy/demo</code></p>",
)
_NOT_BUILT_ENGLISH = (
    "The console is not built",
    "<p>The office runs, and cases are safe.</p>"
    "<p>This builds the console and starts the office again:<code>deploy/demo</code></p>",
)


async def put_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """To be called for every response before it is sent."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    # aiohttp names itself and Python with their versions; that helps nobody who should be helped.
    response.headers["Server"] = "kiosk-app"


async def healthz(_request: web.Request) -> web.StreamResponse:
    """``GET /healthz``: the office answers."""
    return web.json_response({"status": "ok"})


class ConsoleFiles:
    """Serves the files that are in ``directory`` now, and no path that is not one of them.

    They are listed once: whoever is not logged in must not keep the office's disk busy.
    """

    def __init__(self, directory: Path) -> None:
        self._files = {
            path.relative_to(directory).as_posix(): path
            for path in directory.rglob("*")
            if path.is_file()
        }

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """``GET /`` and every file of the build."""
        untrusted_path = request.match_info.get("path", "") or "index.html"
        if f"{untrusted_path}.html" in self._files:
            untrusted_path += ".html"
        return self._answer(untrusted_path)

    async def phone(self, _request: web.Request) -> web.StreamResponse:
        """``GET /p`` and ``GET /phone``: the shopper's page, the same for every code."""
        return self._answer("phone.html")

    def _answer(self, untrusted_path: str) -> web.StreamResponse:
        if untrusted_path not in self._files:
            if untrusted_path in ("index.html", "phone.html"):
                return plain_page(_NOT_BUILT_SWEDISH, _NOT_BUILT_ENGLISH, status=503)
            raise web.HTTPNotFound(text="There is no such page here.\n")
        path = self._files[untrusted_path]
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        headers = {"Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind}
        if untrusted_path.startswith("assets/"):
            # Vite names these by their content.
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return web.FileResponse(path, headers=headers)
