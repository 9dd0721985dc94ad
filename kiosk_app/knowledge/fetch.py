"""Gets a bundle from the office by HTTP, at most so large, beside the link and not through it."""

from urllib.parse import urlsplit, urlunsplit

from kiosk_app.knowledge.kept import ENVELOPE_BYTES
from kiosk_app.protocol.knowledge import BundleError
from kiosk_app.protocol.limits import BUNDLE_BYTES

FETCH_SECONDS = 120.0  # 16 MiB at 1 Mbit/s; a slower network fetches it at the next connection
CONNECT_SECONDS = 10.0
_CHUNK = 64 * 1024


def bundle_url(office_url: str, sha256: str) -> str:
    """Where the office of ``office_url`` (ws or wss) serves the bundle of this hash."""
    parts = urlsplit(office_url)
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    path = parts.path.rpartition("/")[0] + f"/knowledge/{sha256}"
    return urlunsplit((scheme, parts.netloc, path, "", ""))


async def fetch(url: str, *, most: int = BUNDLE_BYTES + ENVELOPE_BYTES) -> bytes:
    """What is at ``url``, at most ``most`` bytes of it; BundleError says why not."""
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=FETCH_SECONDS, sock_connect=CONNECT_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session,
            # Followed nowhere: only the office itself is asked.
            session.get(url, allow_redirects=False) as answer,
        ):
            if answer.status != 200:
                raise BundleError(f"The office answered HTTP {answer.status}.")
            data = bytearray()
            async for chunk in answer.content.iter_chunked(_CHUNK):
                data += chunk
                if len(data) > most:
                    raise BundleError(f"It is larger than the {most} bytes that are read.")
            return bytes(data)
    except (TimeoutError, aiohttp.ClientError, ValueError) as error:
        raise BundleError(
            f"The office could not be asked for it ({type(error).__name__})."
        ) from error
