"""Writes the help that comes with the program, for kiosks that have not met their office yet.

``python -m kiosk_app.office.knowledge.ship`` after a change in ``assets/knowledge``; a test
compares what it would write with ``assets/knowledge.json``.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kiosk_app.base.paths import assets_dir
from kiosk_app.office.knowledge.sources import read_sources
from kiosk_app.protocol.knowledge import Bundle

SOURCES, FILE = "knowledge", "knowledge.json"


def shipped(assets: Path) -> str:
    """The bundle of version 0, as the file holds it. KnowledgeError when a source is wrong."""
    contents = read_sources(assets / SOURCES)
    bundle = Bundle(
        version=0,
        made_at=datetime(1970, 1, 1, tzinfo=UTC),
        menu=contents.menu,
        articles=contents.articles,
        policy=contents.policy,
        hours=contents.hours,
    )
    return json.dumps(msgspec.to_builtins(bundle), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (assets_dir() / FILE).write_text(shipped(assets_dir()), "utf-8")
