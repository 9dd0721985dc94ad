"""Writes the wire down for others: JSON Schema and AsyncAPI, from the messages themselves.

``python -m kiosk_app.protocol.export`` writes three files into ``kiosk_app/protocol/schema/``:
``kiosk.schema.json`` (a kiosk's link), ``console.schema.json`` (an agent's browser, the data
channels it opens, and a shopper's phone; the pages' TypeScript types are made from it) and
``asyncapi.json`` (AsyncAPI 3.0 over all). A test compares them with what this module would write,
so that the wire cannot change unannounced.
"""

import inspect
import json
import sys
from pathlib import Path
from typing import Any, get_args

import msgspec

from kiosk_app.protocol import limits
from kiosk_app.protocol.call import CALL_TEXT_VERSION
from kiosk_app.protocol.frames import KioskFrame, OfficeFrame
from kiosk_app.protocol.from_console import FromConsole
from kiosk_app.protocol.from_kiosk import FromKiosk
from kiosk_app.protocol.from_phone import FromPhone
from kiosk_app.protocol.peer import OnPeer
from kiosk_app.protocol.to_console import ToConsole
from kiosk_app.protocol.to_kiosk import ToKiosk
from kiosk_app.protocol.to_phone import ToPhone

SCHEMA_DIR = Path(__file__).resolve().parent / "schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KIOSK_UNIONS: dict[str, Any] = {
    "KioskFrame": KioskFrame,
    "OfficeFrame": OfficeFrame,
    "FromKiosk": FromKiosk,
    "ToKiosk": ToKiosk,
}
# Not a message's own, and still the same on both sides: a page is built only with these.
_CONSTANTS = {
    "CallTextVersion": {
        "description": "The words under which a call is offered, as the case log names them.",
        "const": CALL_TEXT_VERSION,
    }
}
_CONSOLE_UNIONS: dict[str, Any] = {
    "FromConsole": FromConsole,
    "ToConsole": ToConsole,
    "FromPhone": FromPhone,
    "ToPhone": ToPhone,
    "OnPeer": OnPeer,
}


def _definitions(unions: dict[str, Any], ref: str) -> dict[str, Any]:
    """The schemas of every message and value in ``unions``, and of the unions by name."""
    schemas, components = msgspec.json.schema_components(
        list(unions.values()), ref_template=f"#/{ref}/{{name}}"
    )
    named: dict[str, Any] = dict(zip(unions, schemas, strict=True))
    for component in components.values():
        if "description" in component:
            # Docstrings keep their indentation up to Python 3.12 and lose it from 3.13 on.
            component["description"] = inspect.cleandoc(component["description"])
    return {**named, **dict(sorted(components.items()))}


def _document(
    title: str, unions: dict[str, Any], constants: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "$schema": _DIALECT,
        "title": title,
        "$defs": {**_definitions(unions, "$defs"), **(constants or {})},
    }


def _channel(address: str, description: str, unions: tuple[Any, ...]) -> dict[str, Any]:
    members = sorted({kind.__name__ for union in unions for kind in get_args(union)})
    return {
        "address": address,
        "description": description,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in members},
    }


def _operation(action: str, channel: str, union: Any, summary: str) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": summary,
        "messages": [
            {"$ref": f"#/channels/{channel}/messages/{kind.__name__}"} for kind in get_args(union)
        ],
    }


def _asyncapi() -> dict[str, Any]:
    on_sockets = (KioskFrame, OfficeFrame, FromConsole, ToConsole, FromPhone, ToPhone)
    kinds = {kind.__name__: kind for union in on_sockets for kind in get_args(union)}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Kiosk help",
            "version": str(limits.VERSION),
            "description": (
                f"Subprotocol {limits.SUBPROTOCOL}. JSON text frames of at most "
                f"{limits.FRAME_BYTES} bytes, one message each; unknown types and fields are "
                f"refused with a typed error."
            ),
        },
        "defaultContentType": "application/json",
        "channels": {
            "kiosk": _channel(
                "/kiosk", "One WebSocket per kiosk, opened by it.", (KioskFrame, OfficeFrame)
            ),
            "console": _channel(
                "/console/ws",
                "An agent's browser, after a cookie login.",
                (FromConsole, ToConsole),
            ),
            "phone": _channel(
                "/phone/ws",
                "A shopper's phone, after its code was exchanged for a session.",
                (FromPhone, ToPhone),
            ),
        },
        # The document is the office's: it receives what the others send.
        "operations": {
            "receiveFromKiosk": _operation("receive", "kiosk", KioskFrame, "A kiosk says"),
            "sendToKiosk": _operation("send", "kiosk", OfficeFrame, "The office says to a kiosk"),
            "receiveFromConsole": _operation("receive", "console", FromConsole, "An agent says"),
            "sendToConsole": _operation(
                "send", "console", ToConsole, "The office says to an agent"
            ),
            "receiveFromPhone": _operation("receive", "phone", FromPhone, "A phone says"),
            "sendToPhone": _operation("send", "phone", ToPhone, "The office says to a phone"),
        },
        "components": {
            "messages": {
                name: {
                    "name": kind.__struct_config__.tag,
                    "title": name,
                    "payload": {"$ref": f"#/components/schemas/{name}"},
                }
                for name, kind in sorted(kinds.items())
            },
            "schemas": _definitions({**_KIOSK_UNIONS, **_CONSOLE_UNIONS}, "components/schemas"),
        },
    }


def documents() -> dict[str, str]:
    """File name → text of every document, as it should stand in :data:`SCHEMA_DIR`."""
    made = {
        "kiosk.schema.json": _document("A kiosk's link to the office", _KIOSK_UNIONS),
        "console.schema.json": _document("An agent's browser", _CONSOLE_UNIONS, _CONSTANTS),
        "asyncapi.json": _asyncapi(),
    }
    return {
        name: json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        for name, document in made.items()
    }


def write(directory: Path = SCHEMA_DIR) -> None:
    """Write every document into ``directory``."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (directory / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else SCHEMA_DIR)
