"""Pages that need nothing built: a few words in Swedish and English, well set, in one answer."""

import base64
import hashlib

from aiohttp import web

_STYLE = """
:root { color-scheme: light dark; --paper: #faf7f1; --ink: #1b1f1d; --second: #4a524e;
  --card: #ffffff; --line: #e2ddd2; --spruce: #0f5a43; }
@media (prefers-color-scheme: dark) { :root { --paper: #141816; --ink: #f2efe8;
  --second: #b3bdb7; --card: #1e2421; --line: #343c38; --spruce: #5cc3a0; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper);
  color: var(--ink); font: 17px/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; width: min(560px, 100% - 32px); margin: 32px 0; padding: 32px;
  background: var(--card); border: 1px solid var(--line); border-top: 6px solid var(--spruce);
  border-radius: 6px; }
h1, h2 { margin: 0 0 8px; font-size: 24px; line-height: 1.25; }
h2 { font-size: 19px; }
p { margin: 0 0 12px; }
section { margin-top: 24px; padding-top: 20px; border-top: 1px solid var(--line);
  color: var(--second); }
code { display: block; margin-top: 8px; padding: 10px 12px; border-radius: 4px;
  background: var(--paper); border: 1px solid var(--line); color: var(--ink);
  font: 14px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
# Only this very style and nothing else: not even the office's own files.
_CSP = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def plain_page(swedish: tuple[str, str], english: tuple[str, str], *, status: int) -> web.Response:
    """A page of two halves, each a heading and what stands under it as HTML of our own."""
    html = (
        '<!doctype html>\n<html lang="sv">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{swedish[0]}</title><style>{_STYLE}</style></head>\n<body>\n<main>\n"
        f"<h1>{swedish[0]}</h1>\n{swedish[1]}\n"
        f'<section lang="en">\n<h2>{english[0]}</h2>\n{english[1]}\n</section>\n'
        "</main>\n</body>\n</html>\n"
    )
    return web.Response(
        text=html,
        content_type="text/html",
        status=status,
        headers={"Content-Security-Policy": _CSP},
    )
