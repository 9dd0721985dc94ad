"""``GET /knowledge/<sha256>``: the newest help, for kiosks.

Nobody logs in for it: the address is only told to kiosks that have been let in, and what is there
holds no secret. That it is the office's is proved by its signature, not by where it came from.
"""

from aiohttp import web

from kiosk_app.office.knowledge.desk import KnowledgeDesk


class KnowledgeFile:
    def __init__(self, desk: KnowledgeDesk) -> None:
        self._desk = desk

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The signed bundle of this hash; 404 for any other, also for one that is outdated."""
        data = self._desk.file(request.match_info["sha256"])
        if data is None:
            raise web.HTTPNotFound(text="There is no such help here.\n")
        return web.Response(
            body=data,
            content_type="application/msgpack",
            headers={"Cache-Control": "public, max-age=31536000, immutable"},
        )
